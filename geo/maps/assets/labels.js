/** Where labels go: tried around their mark in turn, taken where nothing else lies. */

const SQUARE_PX = 48;
const SQUARE_ROWS = 2 ** 24; // more squares than any picture is high

/** @typedef {{x: number, y: number, width: number, height: number}} Box upper left corner and size, in pixels */

/** @param {Box} a @param {Box} b @returns {boolean} */
export function boxesMeet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** @param {Box} box @param {number} by pixels @returns {Box} */
export function grow(box, by) {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

/** @param {{x: number, y: number, radius: number}} circle @returns {Box} */
export function circleBox({ x, y, radius }) {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

/**
 * Places around a mark, the most legible first.
 * @param {{x: number, y: number}} centre
 * @param {number} reach distance from the centre to the label, in pixels
 * @param {{width: number, height: number}} size of the label
 * @returns {Box[]}
 */
export function placesAround({ x, y }, reach, { width, height }) {
  const slant = reach * 0.75;
  const middle = y - height / 2;
  const above = y - slant - height;
  const below = y + slant;
  return [
    [x + reach, middle],
    [x - reach - width, middle],
    [x + slant, above],
    [x + slant, below],
    [x - slant - width, above],
    [x - slant - width, below],
    [x - width / 2, y - reach - height],
    [x - width / 2, y + reach],
  ].map(([left, top]) => ({ x: left, y: top, width, height }));
}

/**
 * Boxes sorted into squares of the screen: hundreds of labels are tried against tens of thousands of boxes.
 * @typedef {{add: (box: Box) => void, meets: (box: Box, own?: Box) => boolean}} Crowd `meets` leaves `own` out, the very one
 * @param {Box[]} boxes
 * @returns {Crowd}
 */
export function makeCrowd(boxes) {
  const squares = new Map();
  const squareOf = (pixel) => Math.floor(pixel / SQUARE_PX);
  const keyOf = (column, row) => column * SQUARE_ROWS + row;
  const add = (box) => {
    const [right, bottom] = [squareOf(box.x + box.width), squareOf(box.y + box.height)];
    for (let column = squareOf(box.x); column <= right; column += 1) {
      for (let row = squareOf(box.y); row <= bottom; row += 1) {
        const square = squares.get(keyOf(column, row));
        if (square) square.push(box);
        else squares.set(keyOf(column, row), [box]);
      }
    }
  };
  const meets = (box, own) => {
    const [right, bottom] = [squareOf(box.x + box.width), squareOf(box.y + box.height)];
    for (let column = squareOf(box.x); column <= right; column += 1) {
      for (let row = squareOf(box.y); row <= bottom; row += 1) {
        const square = squares.get(keyOf(column, row));
        if (square) for (const other of square) if (other !== own && boxesMeet(box, other)) return true;
      }
    }
    return false;
  };
  boxes.forEach(add);
  return { add, meets };
}

/**
 * @param {Iterable<Box>} places in order of preference
 * @param {Crowd} solid what must not be covered
 * @param {Box} view
 * @param {Crowd} [lines] what is covered only where there is no other room
 * @returns {Box | null} the first place that is free and in view; null if there is none
 */
export function freePlace(places, solid, view, lines) {
  let second = null;
  for (const box of places) {
    if (!inside(box, view) || solid.meets(box)) continue;
    if (!lines?.meets(box)) return box;
    second ??= box;
  }
  return second;
}

function inside(box, view) {
  return box.x >= view.x && box.y >= view.y && box.x + box.width <= view.x + view.width && box.y + box.height <= view.y + view.height;
}

/**
 * Boxes along a line, so that a label doesn't lie on it.
 * @param {{x: number, y: number}[]} line
 * @param {number} step pixels between boxes
 * @returns {Box[]}
 */
export function boxesAlong(line, step) {
  const boxes = [];
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]];
    const count = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / step));
    for (let k = 0; k < count; k += 1) {
      const x = a.x + ((b.x - a.x) * k) / count;
      const y = a.y + ((b.y - a.y) * k) / count;
      boxes.push({ x: x - 3, y: y - 3, width: 6, height: 6 });
    }
  }
  return boxes;
}
