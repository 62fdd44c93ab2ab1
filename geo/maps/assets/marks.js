/** Marks of sites: their size, their kinds as sectors, and what is gathered because it would overlap. */

const EARTH_RADIUS_M = 6_371_008.8; // mean radius, IUGG
const LEAST_RING_PX = 3;
export const KINDS = ["moved", "planned", "present", "said"];

/**
 * @typedef {object} Mark
 * @property {number[]} sites by number; several where their marks would overlap
 * @property {number} places how many sites with a shown claim it stands for
 * @property {(site: number) => boolean} has whether it stands for a site
 * @property {string | undefined} name what its label says; none while it isn't loaded
 * @property {number} count its shown claims
 * @property {number} x
 * @property {number} y
 * @property {number} radius pixels
 * @property {number[]} kinds how many claims of each of KINDS
 * @property {boolean} faint whether every claim is only possibly in the window, or only possibly known
 * @property {boolean} contested whether others contradict a claim of it
 * @property {{x: number, y: number, width: number, height: number} | null} extent pixels, for an area
 */

/** @param {number} count of claims @returns {number} pixels: its area grows with the count */
export function markRadius(count) {
  return Math.min(20, 5 + 2 * Math.sqrt(count));
}

/**
 * @param {import("./columns.js").Sites} sites
 * @param {import("./selector.js").Visible} visible
 * @param {(lat: number, lon: number) => {x: number, y: number}} at
 * @returns {Mark[]}
 */
export function makeMarks(sites, { tally }, at) {
  const marks = shownSites(sites, tally).map((site) => {
    const count = tally.claims[site];
    const { x, y } = at(...sites.point(site));
    const kinds = [...tally.kinds.subarray(site * 4, site * 4 + 4)];
    return { sites: [site], x, y, radius: markRadius(count), kinds, faint: tally.faint[site] === count, contested: tally.contested[site] > 0, extent: extentBox(sites.extents.get(site), at) };
  });
  return gather(marks);
}

/**
 * How uncertain a place is, as a circle about it; an area shows that by itself.
 * @param {import("./columns.js").Sites} sites
 * @param {number[]} some
 * @param {(lat: number, lon: number) => {x: number, y: number}} at
 * @returns {{site: number, x: number, y: number, radius: number}[]} pixels; of those that can be seen
 */
export function makeRings({ point, uncertaintyKm, extents }, some, at) {
  return some.flatMap((site) => {
    const km = uncertaintyKm(site);
    if (extents.has(site) || !(km > 0)) return [];
    const [lat, lon] = point(site);
    const radius = ringRadius(at, lat, lon, km);
    return radius < LEAST_RING_PX ? [] : [{ site, ...at(lat, lon), radius }];
  });
}

/** @returns {number} pixels of so many kilometres at a place, towards the equator */
export function ringRadius(at, lat, lon, km) {
  const degrees = ((km * 1000) / EARTH_RADIUS_M) * (180 / Math.PI);
  return Math.abs(at(lat + (lat > 0 ? -degrees : degrees), lon).y - at(lat, lon).y);
}

/** @param {import("./columns.js").Sites} sites @param {import("./selector.js").Tally} tally @returns {number[]} sites with a shown claim, in the order of the claims that first name them */
export function shownSites({ size, firstClaim }, { claims }) {
  const shown = [];
  for (let site = 0; site < size; site += 1) if (claims[site] > 0) shown.push(site);
  return shown.toSorted((a, b) => firstClaim[a] - firstClaim[b]);
}

/** @param {number[] | undefined} extent of an area: south, west, north and east @param {(lat: number, lon: number) => {x: number, y: number}} at @returns {object | null} in pixels */
export function extentBox(extent, at) {
  if (!extent) return null;
  const [south, west, north, east] = extent;
  const low = at(south, west);
  const high = at(north, east < west ? east + 360 : east);
  return { x: low.x, y: high.y, width: high.x - low.x, height: low.y - high.y };
}

/** Join marks that cover each other by more than half, until none do. */
function gather(marks) {
  const kept = [];
  for (const mark of marks.toSorted((a, b) => b.radius - a.radius)) {
    const host = kept.find((other) => Math.hypot(other.x - mark.x, other.y - mark.y) < Math.max(other.radius, mark.radius));
    if (!host) {
      kept.push(mark);
      continue;
    }
    host.sites = [...host.sites, ...mark.sites];
    host.kinds = host.kinds.map((count, i) => count + mark.kinds[i]);
    host.faint &&= mark.faint;
    host.contested ||= mark.contested;
    host.extent = null;
    host.radius = markRadius(host.kinds.reduce((sum, count) => sum + count, 0)) + 2;
  }
  return kept.length < marks.length ? gather(kept) : kept; // a mark that has grown may cover another
}

/**
 * @param {Mark} mark
 * @param {{x: number, y: number}} point
 * @returns {boolean} whether the mark covers the point
 */
export function covers(mark, point) {
  const box = drawnExtent(mark);
  if (box) return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
  return Math.hypot(point.x - mark.x, point.y - mark.y) <= mark.radius;
}

/** @param {Mark} mark @returns {object | null} the extent as drawn: never too small to be seen and hit */
export function drawnExtent({ extent, x, y }) {
  if (!extent) return null;
  const [width, height] = [Math.max(extent.width, 18), Math.max(extent.height, 18)];
  const centre = extent.width < 18 || extent.height < 18 ? { x, y } : { x: extent.x + extent.width / 2, y: extent.y + extent.height / 2 };
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}
