/** What the map of candidates shows, and what a click on it hits. It draws nothing. */

export const DISC_PX = 11; // radius of a candidate that has a key
const DOT_PX = 4; // and of one that has none
const REACH_PX = 4; // beside a disc

/**
 * @typedef {object} Candidate
 * @property {number} lat
 * @property {number} lon
 * @property {string} key by which it is chosen; blank where it has none now
 * @property {boolean} chosen
 */

/** @param {string} key @returns {number} pixels */
export function radiusOf(key) {
  return key ? DISC_PX : DOT_PX;
}

/**
 * The corners of what is to be seen first: the candidates that have a key and the point that stands, else all candidates,
 * else the story's other sites.
 * @param {{candidates: Candidate[], sites: {lat: number, lon: number}[], pin: {lat: number, lon: number} | null}} given
 * @returns {[number, number][]}
 */
export function firstCorners({ candidates, sites, pin }) {
  const keyed = candidates.filter(({ key, chosen }) => key || chosen);
  const group = [...(keyed.length ? keyed : candidates), ...(pin ? [pin] : [])];
  return (group.length ? group : sites).map(({ lat, lon }) => [lat, lon]);
}

/**
 * @param {number} lon
 * @param {number} centre longitude of the middle of the view, which may lie beyond 180
 * @returns {number} the same meridian in the copy of the world that is nearest to the view
 */
export function inNearestWorld(lon, centre) {
  return lon + 360 * Math.round((centre - lon) / 360);
}

/**
 * @param {{x: number, y: number, key: string}[]} discs in the order of their keys
 * @param {{x: number, y: number}} point
 * @returns {string} the key of the nearest disc under the point, blank where there is none
 */
export function hitKey(discs, point) {
  const near = discs
    .filter(({ key }) => key)
    .map(({ x, y, key }) => ({ key, distance: Math.hypot(x - point.x, y - point.y) }))
    .filter(({ distance }) => distance <= DISC_PX + REACH_PX)
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.key ?? "";
}
