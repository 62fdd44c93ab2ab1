/** The first view: the densest group of sites, not the whole Earth. */

const LINK_KM = 1000; // sites within this of one another are one neighbourhood

const CELL_DEGREES = 5; // of many sites, those of a square count as one place
const MOST_COMPARED = 2000; // sites that are compared one with another
const OUTERMOST = 0.02; // share of many sites that the first view may leave out at each side

/**
 * @param {import("./columns.js").Sites} sites
 * @param {(a: [number, number], b: [number, number]) => number} distanceKm
 * @returns {[number, number][]} points that the first view shall hold, in degrees
 */
export function firstView({ size, lat, lon }, distanceKm) {
  const all = Array.from({ length: size }, (_, site) => ({ lat: lat[site], lon: lon[site], weight: 1 }));
  if (size <= MOST_COMPARED) return densestGroup(all, distanceKm).map((site) => [site.lat, site.lon]);
  const cells = [...Map.groupBy(all, (site) => `${Math.floor(site.lat / CELL_DEGREES)} ${Math.floor(site.lon / CELL_DEGREES)}`).values()];
  const group = densestGroup(cells.map((members) => ({ ...members[0], weight: members.length, members })), distanceKm).flatMap(({ members }) => members);
  const between = (name) => {
    const sorted = Float64Array.from(group, (site) => site[name]).toSorted();
    return [sorted[Math.floor(OUTERMOST * sorted.length)], sorted[Math.ceil((1 - OUTERMOST) * sorted.length) - 1]];
  };
  const [[south, north], [west, east]] = [between("lat"), between("lon")];
  return [[south, west], [north, east], [south, east], [north, west]];
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
        if (distanceKm([site.lat, site.lon], [other.lat, other.lon]) > LINK_KM) continue;
        left.delete(other);
        group.push(other);
      }
    }
    if (weightOf(group) > weightOf(best)) best = group;
  }
  return best;
}
