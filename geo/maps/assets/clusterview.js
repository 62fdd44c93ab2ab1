/** Where clusters lie in one view: looked for once, while steps of time only ask what is shown of them. */

import { SIDES, sideNumber } from "./edges.js";

const NEAREST = 3; // of a side, the nearest first
const IN_VIEW = SIDES.length;

/**
 * @typedef {object} ClusterView
 * @property {{cluster: number, x: number, y: number}[]} inside clusters whose place is on the sheet, be it in its margin; pixels
 * @property {(places: Uint32Array) => Map<string, {count: number, nearest: number[]}>} beyond by side of the view, how many
 *   sites with shown claims its clusters hold, and the nearest of these clusters
 */

/**
 * @param {import("./clusters.js").Clusters} clusters
 * @param {{x: Float32Array, y: Float32Array}} world
 * @param {import("./world.js").Lens} lens
 * @param {{width: number, height: number, margin: {x: number, y: number}}} sheet
 * @returns {ClusterView}
 */
export function viewClusters({ size, seed }, world, lens, { width, height, margin }) {
  const inside = [];
  const side = new Uint8Array(size);
  const far = new Float32Array(size); // the square of its distance from the view's middle, in pixels
  for (let cluster = 0; cluster < size; cluster += 1) {
    const x = lens.left + world.x[seed[cluster]] * lens.scale;
    const y = lens.top + world.y[seed[cluster]] * lens.scale;
    if (x >= -margin.x && y >= -margin.y && x <= width + margin.x && y <= height + margin.y) inside.push({ cluster, x, y });
    const [dx, dy] = [x - width / 2, y - height / 2];
    side[cluster] = x >= 0 && x <= width && y >= 0 && y <= height ? IN_VIEW : sideNumber(dx, dy);
    far[cluster] = dx * dx + dy * dy;
  }

  function beyond(places) {
    const counts = new Uint32Array(SIDES.length);
    const nearest = SIDES.map(() => []);
    const within = new Float32Array(SIDES.length).fill(Infinity); // no nearer than this is the last of the nearest
    for (let cluster = 0; cluster < size; cluster += 1) {
      const there = side[cluster];
      if (places[cluster] === 0 || there === IN_VIEW) continue;
      counts[there] += places[cluster];
      if (far[cluster] >= within[there]) continue;
      insert(nearest[there], cluster);
      if (nearest[there].length === NEAREST) within[there] = far[nearest[there][NEAREST - 1]];
    }
    return new Map(SIDES.flatMap((name, i) => (counts[i] > 0 ? [[name, { count: counts[i], nearest: nearest[i] }]] : [])));
  }

  /** Into its place among the nearest; clusters as far as another one stand after it. */
  function insert(nearest, cluster) {
    let at = nearest.length;
    while (at > 0 && far[nearest[at - 1]] > far[cluster]) at -= 1;
    nearest.splice(at, 0, cluster);
    nearest.length = Math.min(nearest.length, NEAREST);
  }

  return { inside, beyond };
}
