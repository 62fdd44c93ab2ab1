/** Sites that lie too close together at a zoom to have marks of their own, gathered about the one with most claims. */

const CLUSTER_PX = 38; // marks are never nearer to each other

/**
 * @typedef {object} Clusters of all sites, whatever is selected: a step of time moves no mark
 * @property {number} size how many there are
 * @property {Uint32Array} of the cluster of each site
 * @property {Uint32Array} seed the site that a cluster is gathered about, and whose place its mark has
 * @property {(cluster: number) => Uint32Array} members its sites
 */

/**
 * Each site in the order of weight takes those about it that no other has taken. The order and the distances don't depend
 * on the view, so neither do the clusters.
 * @param {{x: Float32Array, y: Float32Array}} world
 * @param {Uint32Array} order sites, the weightiest first
 * @param {number} scale pixels of the world's width
 * @returns {Clusters}
 */
export function makeClusters({ x, y }, order, scale) {
  const size = order.length;
  const reach = CLUSTER_PX / scale;
  const squares = sortIntoSquares(x, y, reach);
  const none = size;
  const of = new Uint32Array(size).fill(none);
  const seed = [];
  for (const site of order) {
    if (of[site] !== none) continue;
    const cluster = seed.push(site) - 1;
    squares.visitAbout(site, (other) => {
      if (of[other] === none && Math.hypot(x[other] - x[site], y[other] - y[site]) < reach) of[other] = cluster;
    });
  }
  const { offsets, members } = groupsOf(of, seed.length);
  return { size: seed.length, of, seed: Uint32Array.from(seed), members: (cluster) => members.subarray(offsets[cluster], offsets[cluster + 1]) };
}

/** Sites by squares as wide as the reach: all within reach of one lie in its own and the eight around it. */
function sortIntoSquares(x, y, reach) {
  const across = Math.ceil(1 / reach) + 3;
  const keyOf = (site) => (Math.floor(y[site] / reach) + 1) * across + Math.floor(x[site] / reach) + 1;
  const numbers = new Map();
  const squareOf = new Uint32Array(x.length);
  for (let site = 0; site < x.length; site += 1) {
    const key = keyOf(site);
    let square = numbers.get(key);
    if (square === undefined) {
      square = numbers.size;
      numbers.set(key, square);
    }
    squareOf[site] = square;
  }
  const { offsets, members } = groupsOf(squareOf, numbers.size);
  const visitAbout = (site, visit) => {
    const key = keyOf(site);
    for (let row = -across; row <= across; row += across) {
      for (let column = -1; column <= 1; column += 1) {
        const square = numbers.get(key + row + column);
        if (square === undefined) continue;
        for (let i = offsets[square]; i < offsets[square + 1]; i += 1) visit(members[i]);
      }
    }
  };
  return { visitAbout };
}

/** Numbers from 0 by the group that each belongs to: those of a group stand between its offset and the next. */
function groupsOf(group, count) {
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < group.length; i += 1) offsets[group[i] + 1] += 1;
  for (let i = 0; i < count; i += 1) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const members = new Uint32Array(group.length);
  for (let i = 0; i < group.length; i += 1) {
    members[next[group[i]]] = i;
    next[group[i]] += 1;
  }
  return { offsets, members };
}
