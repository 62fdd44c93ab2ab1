/** Columns as bytes: the twin in the browser of `geo/maps/packing.py`. */

const ARRAYS = { Uint8Array, Uint16Array, Uint32Array, Int16Array, Int32Array, Float32Array };

/**
 * @param {Uint8Array} bytes
 * @returns {{header: object, columns: Record<string, Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array>}}
 */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { columns: layout, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const columns = {};
  let start = 4 + length;
  for (const [name, { array, length: size, beside }] of Object.entries(layout)) {
    const values = new ARRAYS[array](size);
    gatherPlanes(bytes.subarray(start, start + values.byteLength), new Uint8Array(values.buffer), values.BYTES_PER_ELEMENT);
    start += values.byteLength;
    if (beside) for (let i = 0; i < size; i += 1) values[i] += columns[beside][i]; // wraps round, as it was written
    columns[name] = values;
  }
  return { header, columns };
}

/** @param {string} base64 @returns {Uint8Array} */
function bytesOf(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/**
 * Undo `letters` of `geo/maps/packing.py`.
 * @param {string} base64
 * @returns {Response} which gives the bytes, or what they are the JSON of
 */
export function inflate(base64) {
  return new Response(new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** All lowest bytes come first, then those above them. */
function gatherPlanes(planes, into, width) {
  if (width === 1) {
    into.set(planes);
    return;
  }
  const size = planes.length / width;
  for (let plane = 0; plane < width; plane += 1) {
    const from = plane * size;
    for (let i = 0, at = plane; i < size; i += 1, at += width) into[at] = planes[from + i];
  }
}
