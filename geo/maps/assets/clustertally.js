/** What is shown of each cluster, kept from step to step: a step of time costs what it changes. */

import { OUT } from "./selection.js";
import { isNext } from "./selector.js";
import { PART } from "./turns.js";

const KIND_COUNT = 4;
export const BEFORE_SIZE = KIND_COUNT + 2; // numbers of a changed site in `changed.before`: of each kind, faint, contested

/**
 * @typedef {object} ClusterTally arrays of one element a cluster, `kinds` of four
 * @property {(visible: import("./selector.js").Visible) => boolean} isNear whether it is one step, or none, to a selection
 * @property {(visible: import("./selector.js").Visible) => Generator<void>} follow count what a selection shows; in turns, unless it is near
 * @property {Uint32Array} places sites with a shown claim
 * @property {Uint32Array} kinds claims of each kind, once for each of their sites; so `faint` and `contested`
 * @property {Uint32Array} faint
 * @property {Uint32Array} contested
 * @property {Uint32Array} repeated how often a claim was counted again because it names several sites of the cluster
 */

/**
 * @param {import("./columns.js").Columns} columns
 * @param {import("./clusters.js").Clusters} clusters
 * @returns {ClusterTally}
 */
export function makeClusterTally(columns, { size, of }) {
  const told = { places: new Uint32Array(size), kinds: new Uint32Array(size * KIND_COUNT), faint: new Uint32Array(size), contested: new Uint32Array(size), repeated: new Uint32Array(size) };
  let turn = -1;

  const isNear = (visible) => visible.turn === turn || isNext(visible, turn);

  function* follow(visible) {
    if (visible.turn === turn) return;
    if (isNext(visible, turn)) step(visible);
    else yield* everythingAnew(visible);
    turn = visible.turn;
  }

  function* everythingAnew({ tally, verdict }) {
    turn = -1; // until all is counted
    for (const counts of Object.values(told)) counts.fill(0);
    for (let site = 0; site < of.length; site += 1) {
      if (site % PART === 0) yield;
      if (tally.claims[site] > 0) add(site, tally);
    }
    for (let i = 0; i < columns.several.length; i += 1) {
      if (i % PART === 0) yield;
      if (verdict(columns.several[i]) !== OUT) countRepeated(columns.several[i], 1);
    }
  }

  function step({ tally, changed: { sites, before, several } }) {
    for (let i = 0; i < sites.length; i += 1) {
      takeAway(of[sites[i]], before, i * BEFORE_SIZE);
      if (tally.claims[sites[i]] > 0) add(sites[i], tally);
    }
    for (const each of several) countRepeated(each < 0 ? ~each : each, each < 0 ? -1 : 1);
  }

  function add(site, tally) {
    const cluster = of[site];
    told.places[cluster] += 1;
    told.faint[cluster] += tally.faint[site];
    told.contested[cluster] += tally.contested[site];
    for (let kind = 0; kind < KIND_COUNT; kind += 1) told.kinds[cluster * KIND_COUNT + kind] += tally.kinds[site * KIND_COUNT + kind];
  }

  function takeAway(cluster, before, at) {
    let claims = 0;
    for (let kind = 0; kind < KIND_COUNT; kind += 1) {
      told.kinds[cluster * KIND_COUNT + kind] -= before[at + kind];
      claims += before[at + kind];
    }
    if (claims > 0) told.places[cluster] -= 1;
    told.faint[cluster] -= before[at + KIND_COUNT];
    told.contested[cluster] -= before[at + KIND_COUNT + 1];
  }

  /** A claim of several of the gathered sites counts once. */
  function countRepeated(claim, by) {
    const { start, sites } = columns.places;
    for (let i = start(claim) + 1; i < start(claim + 1); i += 1) {
      for (let k = start(claim); k < i; k += 1) {
        if (of[sites.at(k)] !== of[sites.at(i)]) continue;
        told.repeated[of[sites.at(i)]] += by;
        break;
      }
    }
  }

  return { ...told, isNear, follow };
}
