/** Where sites lie on the Web Mercator square (EPSG:3857), in units of the world's width from its upper left corner. */

export const MAX_LATITUDE = 85.051129; // where the square ends
export const WORLD_PX = 256; // width of Leaflet's world at zoom 0

/** @param {number} lat @param {number} lon degrees @returns {[number, number]} */
export function worldPoint(lat, lon) {
  const sine = Math.sin((Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** @param {number} x @param {number} y @returns {[number, number]} latitude and longitude in degrees */
export function degreesOf(x, y) {
  return [(Math.asin(Math.tanh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI, (x - 0.5) * 360];
}

/**
 * How points of the world lie on the screen.
 * @typedef {object} Lens
 * @property {number} scale pixels of the world's width
 * @property {number} left pixel of the world's left edge, in the copy of the world that the view's middle lies in
 * @property {number} top pixel of the world's upper edge
 */

/** @param {object} sheet @returns {Lens} */
export function lensOf({ at, zoom }) {
  const { x, y } = at(0, -180);
  const scale = WORLD_PX * 2 ** zoom;
  return { scale, left: x, top: y - scale / 2 };
}
