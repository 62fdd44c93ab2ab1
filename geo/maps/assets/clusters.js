/** Sites that lie too close together at a zoom to have marks of their own, gathered about the one with most claims. */

import { narrow } from "./compact.js";
import { groupsOf } from "./countedorder.js";
import { PART } from "./turns.js";

const CLUSTER_PX = 38; // marks are never nearer to each other

/**
 * @typedef {object} Clusters of all sites, whatever is selected: a step of time moves no mark
 * @property {number} size how many there are
 * @property {Uint8Array | Uint16Array | Uint32Array} of the cluster of each site
 * @property {Uint32Array} seed the site that a cluster is gathered about, and whose place its mark has
 * @property {(cluster: number) => Uint8Array | Uint16Array | Uint32Array} members its sites
 */

/**
 * Each site in the order of weight takes those about it that no other has taken. The order and the distances don't depend
 * on the view, so neither do the clusters.
 * @param {{x: Float32Array, y: Float32Array}} world
 * @param {Uint32Array} order sites, the weightiest first
 * @param {number} scale pixels of the world's width
 * @returns {Generator<void, Clusters>}
 * @yields now and then
 */
export function* makeClusters({ x, y }, order, scale) {
  const size = order.length;
  const reach = CLUSTER_PX / scale;
  const squares = yield* sortIntoSquares(x, y, reach);
  const none = size;
  const of = new Uint32Array(size).fill(none);
  const seed = [];
  let looks = 0; // at a site: the weightiest lie where many are
  for (const site of order) {
    if ((looks += 1) > PART) {
      looks = 0;
      yield;
    }
    if (of[site] !== none) continue;
    const cluster = seed.push(site) - 1;
    squares.visitAbout(site, (other) => {
      looks += 1;
      if (of[other] === none && (x[other] - x[site]) ** 2 + (y[other] - y[site]) ** 2 < reach ** 2) of[other] = cluster;
    });
  }
  return { size: seed.length, of: narrow(of), seed: Uint32Array.from(seed), members: groupReader(groupsOf(of, seed.length)) };
}

/** A function of its own: one that stays would else hold what the clusters were made with. */
function groupReader({ offsets, members }) {
  const kept = narrow(members);
  return (group) => kept.subarray(offsets[group], offsets[group + 1]);
}

/**
 * Sites by squares as wide as the reach: all within reach of one lie in its own and the eight around it. The squares share
 * a table of lists, so a visit may also meet sites of others, and some of them twice.
 */
function* sortIntoSquares(x, y, reach) {
  const mask = 2 ** Math.ceil(Math.log2(x.length + 1)) - 1;
  const slotOf = (column, row) => (Math.imul(column, 73_856_093) ^ Math.imul(row, 19_349_663)) & mask; // Teschner et al., Optimized spatial hashing, VMV 2003
  const latest = new Int32Array(mask + 1).fill(-1);
  const next = new Int32Array(x.length);
  for (let site = 0; site < x.length; site += 1) {
    if (site % PART === 0) yield;
    const slot = slotOf(Math.floor(x[site] / reach), Math.floor(y[site] / reach));
    next[site] = latest[slot];
    latest[slot] = site;
  }
  const visitAbout = (site, visit) => {
    const [column, row] = [Math.floor(x[site] / reach), Math.floor(y[site] / reach)];
    for (let down = -1; down <= 1; down += 1) {
      for (let across = -1; across <= 1; across += 1) for (let other = latest[slotOf(column + across, row + down)]; other >= 0; other = next[other]) visit(other);
    }
  };
  return { visitAbout };
}
