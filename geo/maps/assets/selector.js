/** The selection, kept from one state to the next: what a reader's hand moves costs what it changes, not what the story holds. */

import { claimsOf } from "./columns.js";
import { dateOrder } from "./dateorder.js";
import { FACET_NAMES, isContestedBy, knownBy, OUT, overlap, POSSIBLE, UNDATED, windowOf } from "./selection.js";
import { atOnce, PART } from "./turns.js";

const ANSWER = 3; // bits of what is told of a claim: how surely it lies in the window,
const FAINT = 4; // whether it is only possibly there or possibly known,
const CONTESTED = 8; // whether a known claim is against it,
const ASKED = 16; // whether search, facets and the known day let it through, whatever its date,
const RIVALLED = 32; // and whether a claim is against it, known or not
const MOST_IN_16_BITS = 65_535;
export const AT_ONCE = 5 * PART; // of a larger story a selection takes turns

/**
 * How many of the shown claims each site has; arrays of one element a site, `kinds` of four.
 * @typedef {object} Tally
 * @property {Uint16Array | Uint32Array} claims
 * @property {Uint16Array | Uint32Array} kinds of each of `KINDS` of marks.js
 * @property {Uint16Array | Uint32Array} faint
 * @property {Uint16Array | Uint32Array} contested
 * @property {number} sites how many sites have any
 */

/**
 * What a state lets through. All but `turn`, `day`, `counts` and `changed` tells of the newest selection.
 * @typedef {object} Visible
 * @property {number} turn grows with every selection
 * @property {number | null} day as of which the story is read
 * @property {(claim: number) => number} verdict OUT, POSSIBLE, CERTAIN or UNDATED, after every filter
 * @property {(claim: number) => number} known OUT for one that was said only after the day asked, else POSSIBLE or CERTAIN
 * @property {(claim: number) => boolean} isAsked whether search, facets and the known day let it through, whatever its date
 * @property {{shown: number, unplaced: number, filtered: number, movements: number}} counts claims that pass and have a
 *   place; that pass and have none; that do not pass; shown claims that are movements
 * @property {Tally} tally
 * @property {Changed | null} changed null where all may have
 * @property {(claim: number) => boolean} isFaint whether it passes, and is only possibly in the window or possibly known
 * @property {(claim: number) => boolean} isShown whether it passes and has a place
 * @property {(limit?: number) => number[]} shown the first of the claims that pass and have a place
 * @property {(limit?: number) => number[]} movements the first of them that are movements
 * @property {(limit?: number) => number[]} inDateOrder the first of those that pass, by the clock's dates
 * @property {(site: number) => number[]} claimsAt shown claims of a site
 */

/**
 * What differs from the last turn. Of a claim that came there is its number, of one that went the complement (`~`).
 * @typedef {object} Changed
 * @property {number[]} sites those of which the tally does
 * @property {number[]} before six numbers each of them had: of each kind, faint, contested
 * @property {number[]} movements those of which the verdict does, by their numbers
 * @property {number[]} several claims of several sites that came or went
 * @property {number[]} asked claims that search, facets and the known day came to let through, or no longer do
 */

/** @typedef {{has: (claim: number) => boolean} | null} Found the claims that the search found; null when nothing is searched */

/**
 * Whether a selector goes from one question to the other by a step, which costs what it changes: where only an end of the
 * window or the known day moves.
 * @param {{state: import("./selection.js").State, found: Found}} one
 * @param {{state: import("./selection.js").State, found: Found}} other
 * @returns {boolean}
 */
export function isStep(one, other) {
  if (one.found !== other.found || (one.state.known === null) !== (other.state.known === null)) return false;
  return ["clock", "undated", ...Object.keys(FACET_NAMES)].every((name) => one.state[name] === other.state[name]);
}

/** @param {Visible} visible @param {number} turn @returns {boolean} whether a step leads to a selection from that turn */
export function isNext(visible, turn) {
  return visible.changed !== null && visible.turn === turn + 1;
}

/**
 * @param {import("./columns.js").Columns} columns
 * @returns {{select: (state: import("./selection.js").State, found: Found) => Visible, selectInTurns: (state: import("./selection.js").State, found: Found) => Generator<void, Visible>}}
 *   `selectInTurns` selects all anew and pauses now and then: until it is done, what was selected before stays as it is
 */
export function makeSelector(columns) {
  const { size, clocks, contested, moves, kind } = columns;
  const { start, sites, count: siteCount, weight } = columns.places;
  const Counts = weight.some((claims) => claims > MOST_IN_16_BITS) ? Uint32Array : Uint16Array; // of a site's claims
  const orders = {};
  const touched = new Uint8Array(siteCount); // sites that are in `changed` already
  let question = null; // what was asked last
  let told = null; // one element a claim
  let tally = null;
  let counts = null;
  let changed = null;
  let turn = 0;

  const order = (name) => (orders[name] ??= atOnce(makeOrder(name)));
  const verdict = (claim) => told[claim] & ANSWER;
  const isFaint = (claim) => (told[claim] & FAINT) !== 0;
  const isPlaced = (claim) => start(claim + 1) > start(claim);
  const isShown = (claim) => verdict(claim) !== OUT && isPlaced(claim);

  /**
   * Of all claims by a clock, or of those that others are against by the days since when.
   * @yields now and then
   */
  function* makeOrder(name) {
    if (name !== "contested") return yield* dateOrder(clocks[name]);
    const { claims, days } = contested;
    const { touched: placesTouched } = yield* dateOrder({ ...clocks.event, size: days.length, day: (place) => days[place], days: () => 0 });
    return { touched: (one, other) => [...placesTouched(one, other)].map((place) => claims[place]) };
  }

  function questionOf(state, found) {
    const filters = Object.entries(FACET_NAMES).filter(([facet]) => state[facet]);
    return {
      state,
      found,
      window: windowOf(clocks[state.clock], state.from, state.to),
      known: state.known === null ? null : windowOf(clocks.reported, null, state.known),
      facets: filters.map(([facet, names]) => ({ codeOf: columns[facet], code: columns[names].indexOf(state[facet]) })),
    };
  }

  /** Tell anew of the claims from one on and before another. */
  function tell(onto, { state, found, window, known, facets }, from, before) {
    const { earliest, latest } = clocks[state.clock];
    each: for (let claim = from; claim < before; claim += 1) {
      onto[claim] &= RIVALLED;
      const said = knownBy(clocks.reported, claim, known);
      if (said === OUT || (found !== null && !found.has(claim))) continue;
      for (const { codeOf, code } of facets) if (codeOf(claim) !== code) continue each;
      const answer = overlap(earliest(claim), latest(claim), window);
      const passes = answer !== OUT && (answer !== UNDATED || state.undated);
      const faint = answer === POSSIBLE || said === POSSIBLE ? FAINT : 0;
      const against = onto[claim] && (state.known === null || isContestedBy(contested.of(claim), clocks.event, state.known)) ? CONTESTED : 0;
      onto[claim] |= passes ? ASKED | answer | faint | against : ASKED;
    }
  }

  /** Count a claim as it is told, or with `by` -1 no longer. */
  function count(claim, by) {
    counts.filtered -= by;
    if (!isPlaced(claim)) {
      counts.unplaced += by;
      return;
    }
    counts.shown += by;
    if (moves(claim)) counts.movements += by;
    const faint = isFaint(claim) ? by : 0;
    const against = told[claim] & CONTESTED ? by : 0;
    for (let place = start(claim), end = start(claim + 1); place < end; place += 1) {
      const site = sites.at(place);
      if (!touched[site]) {
        touched[site] = 1;
        changed.sites.push(site);
        for (let each = 0; each < 4; each += 1) changed.before.push(tally.kinds[site * 4 + each]);
        changed.before.push(tally.faint[site], tally.contested[site]);
      }
      if (tally.claims[site] === (by > 0 ? 0 : 1)) tally.sites += by;
      tally.claims[site] += by;
      tally.kinds[site * 4 + kind(claim)] += by;
      tally.faint[site] += faint;
      tally.contested[site] += against;
    }
  }

  function reconsider(claim) {
    const before = told[claim];
    tell(told, question, claim, claim + 1);
    const now = told[claim];
    if (now === before) return;
    if ((now ^ before) & ASKED) changed.asked.push(now & ASKED ? claim : ~claim);
    const [was, is] = [before & ANSWER, now & ANSWER];
    if (was !== OUT) {
      told[claim] = before;
      count(claim, -1);
      told[claim] = now;
    }
    if (is !== OUT) count(claim, 1);
    if (start(claim + 1) > start(claim) + 1 && (was === OUT) !== (is === OUT)) changed.several.push(is !== OUT ? claim : ~claim);
    if (was !== is && moves(claim) && isPlaced(claim)) changed.movements.push(claim);
  }

  /** Reconsider what an end of a window touches that moves from one day to another. */
  function reconsiderBetween(name, one, other) {
    if (one === other) return;
    for (const claim of order(name).touched(one, other)) reconsider(claim);
  }

  function step(last) {
    const { state, window, known } = question;
    changed = { sites: [], before: [], movements: [], several: [], asked: [] };
    for (const end of ["first", "last"]) reconsiderBetween(state.clock, last.window[end], window[end]);
    if (known) {
      reconsiderBetween("reported", last.known.last, known.last);
      reconsiderBetween("contested", last.state.known, state.known);
    }
    for (const site of changed.sites) touched[site] = 0;
  }

  /** The same as to `count` all that pass, in less than half the time: a site's claims are added up of its kinds. */
  function* countAll(all) {
    const [claims, kinds, faint, against] = [1, 4, 1, 1].map((each) => new Counts(siteCount * each));
    let [shown, unplaced, movements, withAny] = [0, 0, 0, 0];
    for (let claim = 0, place = 0; claim < size; claim += 1) {
      if (claim % PART === 0) yield;
      const end = start(claim + 1);
      const now = all[claim];
      if ((now & ANSWER) === OUT) place = end;
      else if (place === end) unplaced += 1;
      else {
        shown += 1;
        if (moves(claim)) movements += 1;
        if (now & FAINT) for (let at = place; at < end; at += 1) faint[sites.at(at)] += 1;
        if (now & CONTESTED) for (let at = place; at < end; at += 1) against[sites.at(at)] += 1;
        for (; place < end; place += 1) kinds[sites.at(place) * 4 + kind(claim)] += 1;
      }
    }
    for (let site = 0; site < siteCount; site += 1) {
      claims[site] = kinds[site * 4] + kinds[site * 4 + 1] + kinds[site * 4 + 2] + kinds[site * 4 + 3];
      if (claims[site]) withAny += 1;
    }
    return { tally: { claims, kinds, faint, contested: against, sites: withAny }, counts: { shown, unplaced, filtered: size - shown - unplaced, movements } };
  }

  function* selectInTurns(state, found) {
    const asked = questionOf(state, found);
    const all = new Uint8Array(size);
    for (const claim of contested.claims) all[claim] = RIVALLED;
    for (let claim = 0; claim < size; claim += PART) {
      yield;
      tell(all, asked, claim, Math.min(size, claim + PART));
    }
    const counted = yield* countAll(all);
    for (const name of [state.clock, ...(asked.known ? ["reported", "contested"] : [])]) orders[name] ??= yield* makeOrder(name); // which the next step needs
    [question, told, changed] = [asked, all, null];
    ({ tally, counts } = counted);
    return newest();
  }

  function select(state, found) {
    if (question !== null && isStep(question, { state, found })) {
      const last = question;
      question = questionOf(state, found);
      step(last);
      return newest();
    }
    return atOnce(selectInTurns(state, found));
  }

  function firstOf(limit, passes, claimAt = (place) => place) {
    const claims = [];
    for (let place = 0; place < size && claims.length < limit; place += 1) if (passes(claimAt(place))) claims.push(claimAt(place));
    return claims;
  }

  function newest() {
    turn += 1;
    return {
      turn,
      day: question.state.known,
      verdict,
      known: (claim) => knownBy(clocks.reported, claim, question.known),
      isAsked: (claim) => (told[claim] & ASKED) !== 0,
      counts: { ...counts },
      tally,
      changed,
      isFaint,
      isShown,
      shown: (limit = Infinity) => firstOf(limit, isShown),
      movements: (limit = Infinity) => firstOf(limit, (claim) => moves(claim) && isShown(claim)),
      inDateOrder: (limit = Infinity) => firstOf(limit, (claim) => verdict(claim) !== OUT, order(question.state.clock).at),
      claimsAt: (site) => claimsOf(columns, site).filter((claim) => verdict(claim) !== OUT),
    };
  }

  return { select, selectInTurns };
}
