/** Which claims a state lets through, and how surely: the twin in the browser of `geo/selection.py`. */

import { claimsOf } from "./columns.js";
import { dateOrder } from "./dateorder.js";
import { isoDay } from "./days.js";

export const OUT = 0;
export const POSSIBLE = 1;
export const CERTAIN = 2;
export const UNDATED = 3;
export const CLOCKS = ["event", "reported"];
const FACET_NAMES = { claimant: "claimants", publisher: "publishers", modality: "modalities" }; // each with the names behind its codes

/**
 * What the reader asked. Only `site` and `claim` filter nothing: they say what the panel shows.
 * @typedef {object} State
 * @property {number | null} from first day of the window, null for an open end
 * @property {number | null} to last day of the window, null for an open end
 * @property {"event" | "reported"} clock which dates the window is asked of
 * @property {number | null} known day as of which the story is read, null for all that was ever said
 * @property {boolean} undated whether claims without a date, by the clock, pass
 * @property {string} q
 * @property {string} claimant
 * @property {string} publisher
 * @property {string} modality
 * @property {string} site
 * @property {string} claim
 */

/** @returns {State} */
export function everything() {
  return { from: null, to: null, clock: "event", known: null, undated: true, q: "", claimant: "", publisher: "", modality: "", site: "", claim: "" };
}

/**
 * How surely a claim's days lie in a window. Open ends of either are the clock's own `start` and `end`: so an open end of
 * a claim is certain only where the window is open as well.
 */
function overlap(earliest, latest, { first, last, start, end }) {
  if (earliest === start && latest === end) return UNDATED;
  if (latest < first || last < earliest) return OUT;
  return first <= earliest && latest <= last ? CERTAIN : POSSIBLE;
}

/** A window of days as the clock's columns count them; a day that they can't hold is as far as they go. */
function windowOf({ start, end }, from, to) {
  const first = from === null ? start : Math.max(start + 1, Math.min(end, from));
  const last = to === null ? end : Math.max(start, Math.min(end - 1, to));
  return { first, last, start, end };
}

/**
 * @param {import("./columns.js").Clock} clock
 * @param {number | null} from
 * @param {number | null} to
 * @returns {Uint8Array} one answer a claim: OUT, POSSIBLE, CERTAIN or UNDATED
 */
export function overlaps(clock, from, to) {
  const { earliest, latest } = clock;
  const window = windowOf(clock, from, to);
  const answers = new Uint8Array(earliest.length);
  for (let i = 0; i < answers.length; i += 1) answers[i] = overlap(earliest[i], latest[i], window);
  return answers;
}

/**
 * @param {{reported: import("./columns.js").Clock}} clocks
 * @param {number | null} day
 * @returns {Uint8Array} how surely each claim had been said by the end of a day: OUT, POSSIBLE or CERTAIN
 */
export function knownBy({ reported }, day) {
  if (day === null) return new Uint8Array(reported.earliest.length).fill(CERTAIN);
  const answers = overlaps(reported, null, day);
  for (let i = 0; i < answers.length; i += 1) if (answers[i] === UNDATED) answers[i] = POSSIBLE; // may have been said by any day
  return answers;
}

/**
 * How many of the shown claims each site has; arrays of one element a site, `kinds` of four.
 * @typedef {object} Tally
 * @property {Uint32Array} claims
 * @property {Uint32Array} kinds of each of `KINDS` of marks.js
 * @property {Uint32Array} faint
 * @property {Uint32Array} contested
 * @property {number} sites how many sites have any
 */

/**
 * @typedef {object} Visible
 * @property {number} turn grows with every selection
 * @property {number | null} day as of which the story is read
 * @property {Uint8Array} verdict one answer a claim, after every filter
 * @property {Uint8Array} known one answer a claim: OUT for one that was said only after the day asked
 * @property {Uint8Array} asked 1 for a claim that search, facets and the known day let through, whatever its date
 * @property {object} askedOf stays the same while `asked` does
 * @property {{shown: number, unplaced: number, filtered: number, movements: number}} counts claims that pass and have a
 *   place; that pass and have none; that do not pass; shown claims that are movements
 * @property {Tally} tally
 * @property {{sites: number[], before: number[], movements: number[], several: number[]} | null} changed sites of which the
 *   tally, and movements of which the verdict, differs from the last turn's; null where all may. `before` has six numbers
 *   a site, of the last turn: of each kind, faint, contested. `several` are claims of several sites that came, and the
 *   complement (`~`) of those that went
 * @property {(claim: number) => boolean} isFaint whether it passes, and is only possibly in the window or possibly known
 * @property {(claim: number) => boolean} isShown whether it passes and has a place
 * @property {(limit?: number) => number[]} shown the first of the claims that pass and have a place
 * @property {(limit?: number) => number[]} movements the first of them that are movements
 * @property {(limit?: number) => number[]} inDateOrder the first of those that pass, by the clock's dates
 * @property {(site: number) => number[]} claimsAt shown claims of a site
 */

/**
 * @param {import("./columns.js").Columns} columns
 * @param {State} state
 * @param {{has: (claim: number) => boolean} | null} found the claims that the search found; null when nothing is searched
 * @returns {Visible}
 */
export function select(columns, state, found) {
  return makeSelector(columns)(state, found);
}

/**
 * A `select` that remembers: a step of the window costs what enters or leaves it, not what the story holds. The arrays of
 * what it gave before change with each step.
 * @param {import("./columns.js").Columns} columns
 * @returns {(state: State, found: {has: (claim: number) => boolean} | null) => Visible}
 */
export function makeSelector(columns) {
  const { size, clocks, contested, moves } = columns;
  const { offsets, sites, count: siteCount } = columns.places;
  const verdict = new Uint8Array(size);
  const asked = new Uint8Array(size);
  const orders = {};
  const touched = new Uint8Array(siteCount); // sites that are in `changed` already
  let known = null;
  let tally = null;
  let counts = null;
  let changed = null;
  let askedOf = {};
  let before = null; // what was asked last: the state, what was found, and the window
  let turn = 0;

  const order = (clock) => (orders[clock] ??= dateOrder(clocks[clock]));
  const isFaint = (claim) => verdict[claim] === POSSIBLE || (verdict[claim] !== OUT && known[claim] === POSSIBLE);
  const isPlaced = (claim) => offsets[claim + 1] > offsets[claim];
  const isShown = (claim) => verdict[claim] !== OUT && isPlaced(claim);
  const isContested = (claim) => isContestedBy(contested[claim], clocks.event, before.state.known);

  /** Count a claim that passes, or with `by` -1 no longer as it did. */
  function count(claim, by) {
    counts.filtered -= by;
    if (!isPlaced(claim)) {
      counts.unplaced += by;
      return;
    }
    counts.shown += by;
    if (moves(claim)) counts.movements += by;
    const faint = isFaint(claim) ? by : 0;
    const against = isContested(claim) ? by : 0;
    for (let place = offsets[claim]; place < offsets[claim + 1]; place += 1) {
      const site = sites[place];
      if (!touched[site]) {
        touched[site] = 1;
        changed.sites.push(site);
        for (let kind = 0; kind < 4; kind += 1) changed.before.push(tally.kinds[site * 4 + kind]);
        changed.before.push(tally.faint[site], tally.contested[site]);
      }
      if (tally.claims[site] === (by > 0 ? 0 : 1)) tally.sites += by;
      tally.claims[site] += by;
      tally.kinds[site * 4 + columns.kind[claim]] += by;
      tally.faint[site] += faint;
      tally.contested[site] += against;
    }
  }

  function everythingAnew(state, found, window) {
    known = knownBy(clocks, state.known);
    ask(state, found);
    const { earliest, latest } = clocks[state.clock];
    for (let i = 0; i < size; i += 1) {
      const answer = overlap(earliest[i], latest[i], window);
      verdict[i] = asked[i] && (answer !== UNDATED || state.undated) ? answer : OUT;
    }
    changed = null;
    countAll();
  }

  function ask(state, found) {
    asked.fill(1);
    askedOf = {};
    if (state.known !== null) for (let i = 0; i < size; i += 1) if (known[i] === OUT) asked[i] = 0;
    if (found) for (let i = 0; i < size; i += 1) if (!found.has(i)) asked[i] = 0;
    for (const [facet, names] of Object.entries(FACET_NAMES).filter(([name]) => state[name])) {
      const [codes, code] = [columns[facet], columns[names].indexOf(state[facet])];
      for (let i = 0; i < size; i += 1) if (codes[i] !== code) asked[i] = 0;
    }
  }

  /** The same as to `count` all that pass, in less than half the time: a site's claims are added up of its kinds. */
  function countAll() {
    const [claims, kinds, faint, against] = [1, 4, 1, 1].map((each) => new Uint32Array(siteCount * each));
    let [shown, unplaced, movements, withAny] = [0, 0, 0, 0];
    for (let claim = 0, place = 0; claim < size; claim += 1) {
      const end = offsets[claim + 1];
      if (verdict[claim] === OUT) place = end;
      else if (place === end) unplaced += 1;
      else {
        shown += 1;
        if (moves(claim)) movements += 1;
        if (isFaint(claim)) for (let at = place; at < end; at += 1) faint[sites[at]] += 1;
        if (isContested(claim)) for (let at = place; at < end; at += 1) against[sites[at]] += 1;
        for (; place < end; place += 1) kinds[sites[place] * 4 + columns.kind[claim]] += 1;
      }
    }
    for (let site = 0; site < siteCount; site += 1) {
      claims[site] = kinds[site * 4] + kinds[site * 4 + 1] + kinds[site * 4 + 2] + kinds[site * 4 + 3];
      if (claims[site]) withAny += 1;
    }
    tally = { claims, kinds, faint, contested: against, sites: withAny };
    counts = { shown, unplaced, filtered: size - shown - unplaced, movements };
  }

  function step({ clock }, window) {
    const { earliest, latest } = clocks[clock];
    const { at, loose, between } = order(clock);
    changed = { sites: [], before: [], movements: [], several: [] };
    const reconsider = (claim) => {
      if (!asked[claim]) return;
      const answer = overlap(earliest[claim], latest[claim], window);
      if (answer === verdict[claim] || answer === UNDATED) return; // no window moves what has no date
      const came = verdict[claim] === OUT;
      if (!came) count(claim, -1);
      verdict[claim] = answer;
      if (answer !== OUT) count(claim, 1);
      if (offsets[claim + 1] > offsets[claim] + 1 && came !== (answer === OUT)) changed.several.push(came ? claim : ~claim);
      if (moves(claim) && isPlaced(claim)) changed.movements.push(claim);
    };
    for (const claim of loose) reconsider(claim);
    for (const end of ["first", "last"]) {
      const days = [before.window[end], window[end]];
      if (days[0] === days[1]) continue;
      const [from, to] = between(Math.min(...days), Math.max(...days));
      for (let place = from; place < to; place += 1) reconsider(at(place));
    }
    for (const site of changed.sites) touched[site] = 0;
  }

  function firstOf(limit, passes, claimAt = (place) => place, places = size) {
    const claims = [];
    for (let place = 0; place < places && claims.length < limit; place += 1) if (passes(claimAt(place))) claims.push(claimAt(place));
    return claims;
  }

  return (state, found) => {
    const window = windowOf(clocks[state.clock], state.from, state.to);
    const moved = before !== null && before.found === found && ["clock", "known", "undated", "claimant", "publisher", "modality"].every((name) => before.state[name] === state[name]);
    const last = before;
    before = { state, found, window: last?.window };
    if (moved) step(state, window);
    else everythingAnew(state, found, window);
    before.window = window;
    turn += 1;
    return {
      turn,
      day: state.known,
      verdict,
      known,
      asked,
      askedOf,
      counts: { ...counts },
      tally,
      changed,
      isFaint,
      isShown,
      shown: (limit = Infinity) => firstOf(limit, isShown),
      movements: (limit = Infinity) => firstOf(limit, isShown, (place) => columns.movements[place], columns.movements.length),
      inDateOrder: (limit = Infinity) => firstOf(limit, (claim) => verdict[claim] !== OUT, order(state.clock).at),
      claimsAt: (site) => claimsOf(columns, site).filter((claim) => verdict[claim] !== OUT),
    };
  };
}

/**
 * @param {number} since first day by which a claim against it may be known, the clock's `end` where there is none
 * @param {import("./columns.js").Clock} clock
 * @param {number | null} day as of which the story is read, be it before all that the clock can hold
 * @returns {boolean}
 */
export function isContestedBy(since, { start, end }, day) {
  return since !== end && (day === null || since <= Math.max(start, day));
}

/** @param {import("./columns.js").Columns} columns @param {"claimant" | "publisher" | "modality"} facet @returns {Map<string, number>} its values, but for blank, and how many claims have each */
export function facetTally(columns, facet) {
  const counts = new Uint32Array(columns[FACET_NAMES[facet]].length);
  const codes = columns[facet];
  for (let i = 0; i < codes.length; i += 1) counts[codes[i]] += 1; // an iterator takes several times as long
  return new Map(columns[FACET_NAMES[facet]].map((name, code) => [name, counts[code]]).filter(([name, count]) => name && count > 0));
}

/** @param {string} text @returns {string} as search compares it: `geo.selection.fold` does the same */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {State} state
 * @param {{first: number, last: number} | null} domain days of the story; null when nothing is dated
 * @returns {{from: string | null, to: string | null}} the window's ends as ISO days, the story's own where open
 */
export function windowDays(state, domain) {
  const iso = (day) => (day === undefined ? null : isoDay(day));
  return { from: iso(state.from ?? domain?.first), to: iso(state.to ?? domain?.last) };
}
