/** The first view: the densest group of sites, not the whole Earth. */

const LINK_KM = 1000; // sites within this of one another are one neighbourhood

/**
 * @template {{lat: number, lon: number}} Site
 * @param {Site[]} sites
 * @param {(a: [number, number], b: [number, number]) => number} distanceKm
 * @returns {Site[]} the largest set of sites in which each has a neighbour near by; the first of several as large
 */
export function densestGroup(sites, distanceKm) {
  const left = new Set(sites);
  let best = [];
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
    if (group.length > best.length) best = group;
  }
  return best;
}
