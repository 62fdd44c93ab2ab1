/** Arrows bundled by the clusters that they link, and which of them a step of time brings or takes. */

import { KINDS } from "./marks.js";

const PLANNED = KINDS.indexOf("planned");

/**
 * @param {import("./columns.js").Arrows} arrows
 * @param {import("./columns.js").Columns} columns
 */
export function makeBundles(arrows, columns) {
  const { size, claim, from, to } = arrows;
  const on = new Uint8Array(size); // which are shown
  const of = new Uint32Array(size); // the bundle of each
  let shown = new Uint32Array(0); // how many of each bundle are
  let planned = new Uint32Array(0);
  let first = new Uint32Array(0); // an arrow of each bundle
  let inner = []; // whether both its ends are one cluster
  let turn = -1;
  let waiting = []; // what came, and the complement of what went, since the last asked for

  /** Bundle anew, by the cluster of each site. */
  function regroup(clusterOf) {
    const numbers = new Map();
    const firsts = [];
    inner = [];
    const count = clusterOf.length + 1;
    const end = (site) => (site < 0 ? 0 : clusterOf[site] + 1);
    for (let arrow = 0; arrow < size; arrow += 1) {
      const key = end(from[arrow]) * count + end(to[arrow]);
      let bundle = numbers.get(key);
      if (bundle === undefined) {
        bundle = firsts.push(arrow) - 1;
        inner.push(end(from[arrow]) === end(to[arrow]));
        numbers.set(key, bundle);
      }
      of[arrow] = bundle;
    }
    first = Uint32Array.from(firsts);
    [shown, planned] = [new Uint32Array(first.length), new Uint32Array(first.length)];
    for (let arrow = 0; arrow < size; arrow += 1) if (on[arrow]) tell(arrow, 1);
  }

  function tell(arrow, by) {
    shown[of[arrow]] += by;
    if (columns.kind[claim[arrow]] === PLANNED) planned[of[arrow]] += by;
  }

  function set(arrow, now) {
    if (on[arrow] === now) return;
    on[arrow] = now;
    tell(arrow, now ? 1 : -1);
    waiting.push(now ? arrow : ~arrow);
  }

  function follow(visible) {
    if (visible.turn === turn) return;
    if (visible.changed && visible.turn === turn + 1) {
      for (const each of visible.changed.movements) for (let arrow = firstArrowOf(each); arrow < size && claim[arrow] === each; arrow += 1) set(arrow, visible.isShown(each) ? 1 : 0);
    } else {
      for (let arrow = 0; arrow < size; arrow += 1) set(arrow, visible.isShown(claim[arrow]) ? 1 : 0);
    }
    turn = visible.turn;
  }

  function firstArrowOf(each) {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (claim[middle] < each) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * @param {import("./selection.js").Visible} visible
   * @param {boolean} all whether all that are shown are wanted, as if none had been before
   * @returns {number[]} arrows that came, and the complement (`~`) of those that went, since this was last asked
   */
  function changes(visible, all) {
    follow(visible);
    const found = waiting;
    waiting = [];
    if (!all) return found;
    const shownNow = [];
    for (let arrow = 0; arrow < size; arrow += 1) if (on[arrow]) shownNow.push(arrow);
    return shownNow;
  }

  /**
   * The shown movements that the view touches: each by itself where they are few, else by bundles.
   * @param {import("./selection.js").Visible} visible
   * @param {{west: number, east: number, north: number, south: number}} view in units of the world
   * @param {{x: Float32Array, y: Float32Array}} world
   * @param {number} mostSingle
   * @param {number} mostBundles
   * @returns {{single: number[], bundled: {from: number, to: number, shown: number, planned: number, first: number}[]}}
   */
  function inView(visible, view, { x, y }, mostSingle, mostBundles) {
    follow(visible);
    const touches = (arrow) => {
      const [a, b] = [from[arrow] < 0 ? to[arrow] : from[arrow], to[arrow] < 0 ? from[arrow] : to[arrow]];
      return Math.min(x[a], x[b]) <= view.east && Math.max(x[a], x[b]) >= view.west && Math.min(y[a], y[b]) <= view.south && Math.max(y[a], y[b]) >= view.north;
    };
    const busy = [];
    let movements = 0;
    for (let bundle = 0; bundle < first.length; bundle += 1) {
      if (shown[bundle] === 0 || inner[bundle] || !touches(first[bundle])) continue;
      movements += shown[bundle];
      busy.push(bundle);
    }
    if (movements <= mostSingle) {
      const wanted = new Set(busy);
      const single = [];
      if (wanted.size) for (let arrow = 0; arrow < size; arrow += 1) if (on[arrow] && wanted.has(of[arrow])) single.push(arrow);
      return { single, bundled: [] };
    }
    const bundled = busiest(busy, mostBundles);
    return { single: [], bundled: bundled.map((bundle) => ({ from: from[first[bundle]], to: to[first[bundle]], shown: shown[bundle], planned: planned[bundle], first: first[bundle] })) };
  }

  /** Those of the most movements; sorted only once they are few. */
  function busiest(busy, most) {
    const byCount = new Map();
    for (const bundle of busy) byCount.set(shown[bundle], (byCount.get(shown[bundle]) ?? 0) + 1);
    let [least, left] = [0, most];
    for (const count of [...byCount.keys()].toSorted((a, b) => b - a)) {
      least = count;
      left -= byCount.get(count);
      if (left <= 0) break;
    }
    return busy.filter((bundle) => shown[bundle] >= least).toSorted((a, b) => shown[b] - shown[a] || a - b).slice(0, most);
  }

  return { regroup, changes, inView };
}
