/** The first view: the densest group of sites, not the whole Earth. */

const LINK_KM = 1000; // sites within this of one another are one neighbourhood
const LINK_DEGREES = LINK_KM / 110; // of latitude: two that lie farther apart are no neighbours, wherever they lie
const CELL_DEGREES = 5; // of many sites, those of a square count as one place
const CELLS_ACROSS = 360 / CELL_DEGREES + 1;
const MOST_COMPARED = 500; // sites that are compared one with another
const MOST_LOOKED_AT = 20_000; // of very many, some tell as well where they lie
const GOLDEN = (Math.sqrt(5) - 1) / 2; // steps of this share of the whole never fall in with an order of the sites
const OUTERMOST = 0.02; // share of many sites that the first view may leave out at each side

/**
 * @param {import("./columns.js").Sites} sites
 * @param {(a: [number, number], b: [number, number]) => number} distanceKm
 * @returns {[number, number][]} points that the first view shall hold, in degrees
 */
export function firstView({ size, point }, distanceKm) {
  if (size <= MOST_COMPARED) return densestGroup(Array.from({ length: size }, (_, site) => placeAt(point(site))), distanceKm).map((site) => [site.lat, site.lon]);
  const cells = new Map(); // each with the sites that were looked at
  for (let i = 0; i < Math.min(size, MOST_LOOKED_AT); i += 1) {
    const site = size > MOST_LOOKED_AT ? Math.floor(((i * GOLDEN) % 1) * size) : i;
    const [lat, lon] = point(site);
    const cell = Math.floor((lat + 90) / CELL_DEGREES) * CELLS_ACROSS + Math.floor((lon + 180) / CELL_DEGREES);
    if (cells.has(cell)) cells.get(cell).push(site);
    else cells.set(cell, [site]);
  }
  const places = [...cells.values()].map((held) => ({ held, ...placeAt(point(held[0])), weight: held.length }));
  const chosen = densestGroup(places, distanceKm).flatMap(({ held }) => held);
  const between = (part) => {
    const sorted = Float32Array.from(chosen, (site) => point(site)[part]).toSorted();
    return [sorted[Math.floor(OUTERMOST * sorted.length)], sorted[Math.ceil((1 - OUTERMOST) * sorted.length) - 1]];
  };
  const [[south, north], [west, east]] = [0, 1].map(between);
  return [[south, west], [north, east], [south, east], [north, west]];
}

function placeAt([lat, lon]) {
  return { lat, lon };
}

/**
 * @template {{lat: number, lon: number, weight?: number}} Site
 * @param {Site[]} sites
 * @param {(a: [number, number], b: [number, number]) => number} distanceKm
 * @returns {Site[]} the weightiest set of sites in which each has a neighbour near by; the first of several as large
 */
export function densestGroup(sites, distanceKm) {
  const left = new Set(sites);
  let best = [];
  const weightOf = (group) => group.reduce((sum, { weight = 1 }) => sum + weight, 0);
  for (const start of sites) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const site of group) {
      for (const other of left) {
        if (Math.abs(site.lat - other.lat) > LINK_DEGREES || distanceKm([site.lat, site.lon], [other.lat, other.lon]) > LINK_KM) continue;
        left.delete(other);
        group.push(other);
      }
    }
    if (weightOf(group) > weightOf(best)) best = group;
  }
  return best;
}
