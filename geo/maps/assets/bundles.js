/** Arrows bundled by the clusters that they link, and how many of each bundle are shown. */

import { narrow } from "./compact.js";
import { countedOrder, firstFrom } from "./countedorder.js";
import { KINDS } from "./marks.js";
import { isNext } from "./selector.js";
import { PART } from "./turns.js";

const PLANNED = KINDS.indexOf("planned");

/**
 * @param {import("./columns.js").Arrows} arrows
 * @param {import("./columns.js").Columns} columns
 */
export function makeBundles(arrows, columns) {
  const { size, claim, from, to } = arrows;
  const on = new Uint8Array(Math.ceil(size / 4) * 4); // which are shown; in whole words, to be compared by them
  const of = new Uint32Array(size); // the bundle of each
  let shown = new Uint32Array(0); // how many of each bundle are
  let planned = new Uint32Array(0); // and how many of these are only planned
  let offsets = new Uint32Array(1); // of its arrows among the members
  let members = new Uint32Array(0);
  let isInner = null; // whether both ends of a bundle are one cluster
  let near = null; // bundles that the view touches, and the view
  let turn = -1;

  /**
   * Bundle anew, by the cluster of each site.
   * @yields now and then
   */
  function* regroup(clusterOf) {
    const end = (site) => (site < 0 ? 0 : clusterOf[site] + 1);
    members = narrow(yield* byBothEnds(arrows, end, clusterOf.length));
    const starts = [];
    for (let place = 0, last = -1; place < size; place += 1) {
      if (place % PART === 0) yield;
      const arrow = members[place];
      if (last < 0 || end(from[arrow]) !== end(from[last]) || end(to[arrow]) !== end(to[last])) starts.push(place);
      of[arrow] = starts.length - 1;
      last = arrow;
    }
    offsets = Uint32Array.from([...starts, size]);
    isInner = (bundle) => end(from[members[offsets[bundle]]]) === end(to[members[offsets[bundle]]]);
    near = null;
    shown = new Uint32Array(starts.length);
    planned = new Uint32Array(starts.length);
    for (let arrow = 0; arrow < size; arrow += 1) count(arrow, on[arrow]);
  }

  function count(arrow, by) {
    shown[of[arrow]] += by;
    if (columns.kind(claim[arrow]) === PLANNED) planned[of[arrow]] += by;
  }

  function set(arrow, now) {
    count(arrow, now - on[arrow]);
    on[arrow] = now;
  }

  const isNear = (visible) => visible.turn === turn || isNext(visible, turn);

  /** Count what a selection shows: in turns, unless it is near. */
  function* follow(visible) {
    if (visible.turn === turn) return;
    if (isNext(visible, turn)) {
      for (const each of visible.changed.movements) for (let arrow = firstFrom(size, (i) => claim[i], each); arrow < size && claim[arrow] === each; arrow += 1) set(arrow, visible.isShown(each) ? 1 : 0);
    } else {
      turn = -1; // until all are counted
      for (let arrow = 0; arrow < size; arrow += 1) {
        if (arrow % PART === 0) yield;
        set(arrow, visible.isShown(claim[arrow]) ? 1 : 0);
      }
    }
    turn = visible.turn;
  }

  /**
   * The shown movements that the view touches: each by itself where they are few, else by bundles.
   * @param {{west: number, east: number, north: number, south: number}} view in units of the world
   * @param {{x: Float32Array, y: Float32Array}} world
   * @param {number} mostSingle
   * @param {number} mostBundles
   * @returns {{single: number[], bundled: {from: number, to: number, shown: number, planned: number, arrows: () => Iterable<number>}[]}} `arrows` are those shown
   */
  function inView(view, world, mostSingle, mostBundles) {
    const name = Object.values(view).join();
    if (near?.name !== name) near = { name, bundles: touching(view, world) };
    let movements = 0;
    for (const bundle of near.bundles) movements += shown[bundle];
    if (movements <= mostSingle) return { single: Array.from(near.bundles).flatMap((bundle) => [...shownOf(bundle)]).toSorted((a, b) => a - b), bundled: [] };
    return { single: [], bundled: busiest(near.bundles, mostBundles).map((bundle) => ({ from: from[firstOf(bundle)], to: to[firstOf(bundle)], shown: shown[bundle], planned: planned[bundle], arrows: () => shownOf(bundle) })) };
  }

  function firstOf(bundle) {
    return members[offsets[bundle]];
  }

  /** Bundles between two clusters, of which the box about their ends meets the view. */
  function touching({ west, east, north, south }, { x, y }) {
    const touches = (arrow) => {
      const [a, b] = [from[arrow] < 0 ? to[arrow] : from[arrow], to[arrow] < 0 ? from[arrow] : to[arrow]];
      return Math.min(x[a], x[b]) <= east && Math.max(x[a], x[b]) >= west && Math.min(y[a], y[b]) <= south && Math.max(y[a], y[b]) >= north;
    };
    const found = [];
    for (let bundle = 0; bundle < shown.length; bundle += 1) if (!isInner(bundle) && touches(firstOf(bundle))) found.push(bundle);
    return Uint32Array.from(found);
  }

  function* shownOf(bundle) {
    for (let place = offsets[bundle]; place < offsets[bundle + 1]; place += 1) if (on[members[place]]) yield members[place];
  }

  /** Those of the most movements, of as many the first. */
  function busiest(bundles, most) {
    const kept = [];
    let least = 0;
    for (const bundle of bundles) {
      if (shown[bundle] <= least) continue;
      let at = kept.length;
      while (at > 0 && shown[kept[at - 1]] < shown[bundle]) at -= 1;
      kept.splice(at, 0, bundle);
      if (kept.length > most) kept.pop();
      if (kept.length === most) least = shown[kept[most - 1]];
    }
    return kept;
  }

  return { on, regroup, isNear, follow, inView };
}

/**
 * Arrows by where they begin, those of one beginning by where they end. A function of its own: what stays of `regroup` would hold the order between.
 * @yields now and then
 */
function* byBothEnds({ size, from, to }, end, most) {
  const byTo = yield* countedOrder(size, (arrow) => end(to[arrow]), 0, most);
  const order = yield* countedOrder(size, (place) => end(from[byTo[place]]), 0, most);
  return order.map((place) => byTo[place]);
}
