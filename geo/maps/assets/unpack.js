/** Columns as bytes: the twin in the browser of `geo/maps/packing.py`. */

const ARRAYS = { Uint8Array, Uint16Array, Uint32Array, Int16Array, Int32Array, Float32Array };
const BITS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/**
 * @param {Uint8Array} bytes
 * @returns {Generator<void, {header: object, columns: Record<string, Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array>}>}
 * @yields after each column
 */
export function* unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { columns: layout, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const columns = {};
  let start = 4 + length;
  for (const [name, { array, length: size, beside }] of Object.entries(layout)) {
    const values = new ARRAYS[array](size);
    gatherPlanes(bytes.subarray(start, start + values.byteLength), values);
    start += values.byteLength;
    const base = columns[beside];
    if (base) for (let i = 0; i < size; i += 1) values[i] += base[i]; // wraps round, as it was written
    columns[name] = values;
    yield;
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

/** All lowest bytes come first, then those above them. Written whole: byte by byte it takes twice as long. */
function gatherPlanes(planes, values) {
  const size = values.length;
  const bits = new BITS[values.BYTES_PER_ELEMENT](values.buffer); // whatever they stand for
  if (values.BYTES_PER_ELEMENT === 1) bits.set(planes);
  else if (values.BYTES_PER_ELEMENT === 2) for (let i = 0; i < size; i += 1) bits[i] = planes[i] | (planes[size + i] << 8);
  else for (let i = 0; i < size; i += 1) bits[i] = planes[i] | (planes[size + i] << 8) | (planes[2 * size + i] << 16) | (planes[3 * size + i] << 24);
}
