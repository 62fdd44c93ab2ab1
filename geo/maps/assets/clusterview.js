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
    const nearest = new Int32Array(SIDES.length * NEAREST).fill(-1); // those of a side in a row; an engine compiles anew what fills lists of one length and another
    for (let cluster = 0; cluster < size; cluster += 1) {
      const there = side[cluster];
      if (places[cluster] === 0 || there === IN_VIEW) continue;
      counts[there] += places[cluster];
      insert(nearest, there * NEAREST, cluster);
    }
    const ofSide = (i) => ({ count: counts[i], nearest: [...nearest.subarray(i * NEAREST, (i + 1) * NEAREST)].filter((cluster) => cluster >= 0) });
    return new Map(SIDES.flatMap((name, i) => (counts[i] > 0 ? [[name, ofSide(i)]] : [])));
  }

  /** Into its place among the nearest of a side; clusters as far as another one stand after it. */
  function insert(nearest, first, cluster) {
    const isNearer = (place) => nearest[place] < 0 || far[nearest[place]] > far[cluster];
    let at = first + NEAREST - 1;
    if (!isNearer(at)) return;
    for (; at > first && isNearer(at - 1); at -= 1) nearest[at] = nearest[at - 1];
    nearest[at] = cluster;
  }

  return { inside, beyond };
}
