/** Links that are too many for arrows: one pixel wide, and darker where several lie on each other. */

const MOST_OPAQUE = 0.42;
const BAND_PX = 8; // rows that are painted anew together
const DENSE = 24; // links on a pixel that make it as opaque as may be
const FULL = 255; // of a byte
const PARCEL = FULL - DENSE; // links that a full byte hands over: what it keeps is still as opaque as may be

/**
 * Counts of links a pixel. A link that comes or goes is added or taken away: what else is there stays.
 * @param {number} width
 * @param {number} height
 * @returns {{width: number, height: number, clear: () => void, changed: () => import("./labels.js").Box | null, add: (x0: number, y0: number, x1: number, y1: number, by: number) => void, update: (colour: string) => Generator<void>, paint: (context: CanvasRenderingContext2D, x: number, y: number) => void}}
 *   `paint` paints the picture as it was last brought up to date, by `update`; of none it is blank. `changed` tells where the next is another
 */
export function makeHairlines(width, height) {
  const counts = new Uint8Array(width * height);
  const parcels = new Map(); // by pixel, where it has more links than a byte counts
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const band = context.createImageData(width, BAND_PX); // a picture of all would take twice the memory of the counts
  const pixels = new Uint32Array(band.data.buffer);
  const changed = new Uint8Array(Math.ceil(height / BAND_PX)); // bands, since they were painted
  let [left, right] = [width, 0]; // columns between which they have
  let shades = new Uint32Array(DENSE + 1); // pixel values by count
  let shadesOf = "";

  function add(x0, y0, x1, y1, by) {
    const clipped = clip(x0, y0, x1, y1, width - 1, height - 1);
    if (!clipped) return;
    const [fromX, fromY, toX, toY] = clipped;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
    const [dx, dy] = [(toX - fromX) / steps, (toY - fromY) / steps];
    for (let i = 0, x = fromX + 0.5, y = fromY + 0.5; i <= steps; i += 1, x += dx, y += dy) {
      const pixel = (y | 0) * width + (x | 0);
      if (counts[pixel] === (by > 0 ? FULL : DENSE)) carry(pixel, by);
      counts[pixel] += by;
    }
    changed.fill(1, Math.floor(Math.min(fromY, toY) / BAND_PX), Math.floor((Math.max(fromY, toY) + 0.5) / BAND_PX) + 1);
    left = Math.min(left, Math.floor(Math.min(fromX, toX)));
    right = Math.max(right, Math.floor(Math.max(fromX, toX) + 0.5) + 1);
  }

  function carry(pixel, by) {
    const kept = (parcels.get(pixel) ?? 0) + by;
    if (kept < 0) return; // none was handed over
    parcels.set(pixel, kept);
    counts[pixel] -= by * PARCEL;
  }

  function changeAll() {
    changed.fill(1);
    [left, right] = [0, width];
  }

  function paintBand(top) {
    const rows = Math.min(BAND_PX, height - top);
    for (let row = 0; row < rows; row += 1) {
      for (let x = left, from = (top + row) * width; x < right; x += 1) {
        const count = counts[from + x];
        pixels[row * width + x] = shades[count > DENSE ? DENSE : count];
      }
    }
    context.putImageData(band, 0, top, left, 0, right - left, rows);
  }

  function* update(colour) {
    if (shadesOf !== colour) {
      shades = shadesFor(context, colour);
      shadesOf = colour;
      changeAll();
    }
    for (let number = 0; number < changed.length; number += 1) {
      if (!changed[number]) continue;
      yield;
      paintBand(number * BAND_PX);
      changed[number] = 0;
    }
    [left, right] = [width, 0];
  }

  function changedBox() {
    const [first, last] = [changed.indexOf(1), changed.lastIndexOf(1)];
    return first < 0 ? null : { x: left, y: first * BAND_PX, width: right - left, height: (last + 1 - first) * BAND_PX };
  }

  function paint(onto, x, y) {
    onto.drawImage(canvas, x, y);
  }

  function clear() {
    counts.fill(0);
    parcels.clear();
    context.clearRect(0, 0, width, height);
    changed.fill(0);
    [left, right] = [width, 0];
  }

  return { width, height, add, clear, changed: changedBox, update, paint };
}

/** Opacity by the logarithm of the count: one link can be seen, and a thousand are no carpet. */
function shadesFor(context, colour) {
  context.fillStyle = colour;
  context.clearRect(0, 0, 1, 1);
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  const shades = new Uint32Array(DENSE + 1);
  const bytes = new Uint8Array(shades.buffer);
  for (let count = 1; count <= DENSE; count += 1) bytes.set([red, green, blue, Math.round(255 * MOST_OPAQUE * (0.25 + 0.75 * (Math.log(count) / Math.log(DENSE))))], count * 4);
  return shades;
}

/**
 * The part of a line inside a box from 0, 0 (Liang and Barsky, A New Concept and Method for Line Clipping, ACM
 * Transactions on Graphics 3, 1984); null where there is none.
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 * @param {number} right @param {number} bottom
 * @returns {[number, number, number, number] | null}
 */
export function clip(x0, y0, x1, y1, right, bottom) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [[-dx, x0], [dx, right - x0], [-dy, y0], [dy, bottom - y0]]) {
    if (step === 0 && room < 0) return null;
    if (step < 0) enter = Math.max(enter, room / step);
    else if (step > 0) leave = Math.min(leave, room / step);
  }
  return enter > leave ? null : [x0 + enter * dx, y0 + enter * dy, x0 + leave * dx, y0 + leave * dy];
}
