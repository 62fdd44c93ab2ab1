/** Which claims a state lets through, and how surely: the twin in the browser of `geo/selection.py`. */

import { isoDay } from "./days.js";

export const OUT = 0;
export const POSSIBLE = 1;
export const CERTAIN = 2;
export const UNDATED = 3;
export const CLOCKS = ["event", "reported"];

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
 * @param {{earliest: (number | null)[], latest: (number | null)[]}} days of one clock
 * @param {number | null} from
 * @param {number | null} to
 * @returns {Uint8Array} one answer a claim: OUT, POSSIBLE, CERTAIN or UNDATED
 */
export function overlaps({ earliest, latest }, from, to) {
  const first = from ?? -Infinity;
  const last = to ?? Infinity;
  return Uint8Array.from(earliest, (start, i) => {
    const end = latest[i];
    if (start === null && end === null) return UNDATED;
    const lowest = start ?? -Infinity;
    const highest = end ?? Infinity;
    if (highest < first || last < lowest) return OUT;
    // An open end is certain only where the window is open as well.
    const sure = (start !== null || from === null) && (end !== null || to === null);
    return sure && first <= lowest && highest <= last ? CERTAIN : POSSIBLE;
  });
}

/**
 * @param {{reported: object}} clocks
 * @param {number | null} day
 * @returns {Uint8Array} how surely each claim had been said by the end of a day: OUT, POSSIBLE or CERTAIN
 */
export function knownBy({ reported }, day) {
  if (day === null) return new Uint8Array(reported.earliest.length).fill(CERTAIN);
  // One whose day can't be told may have been said by any.
  return overlaps(reported, null, day).map((answer) => (answer === UNDATED ? POSSIBLE : answer));
}

/**
 * @typedef {object} Visible
 * @property {Uint8Array} verdict one answer a claim, after every filter
 * @property {number | null} day as of which the story is read
 * @property {Uint8Array} known one answer a claim: OUT for one that was said only after the day asked
 * @property {Uint8Array} asked 1 for a claim that search, facets and the known day let through, whatever its date
 * @property {Uint8Array} faint 1 for a claim that is only possibly in the window, or only possibly known
 * @property {number[]} shown claims that pass and have a place, by index
 * @property {number[]} unplaced claims that pass and have none
 * @property {number} filtered how many do not pass
 * @property {Map<number, number[]>} claimsAt shown claims of each site, by the site's index
 * @property {number[]} movements shown claims that are movements
 */

/**
 * @param {object} columns of claims
 * @param {State} state
 * @param {Set<number> | null} found the claims that the search found; null when nothing is searched
 * @returns {Visible}
 */
export function select(columns, state, found) {
  const verdict = overlaps(columns.clocks[state.clock], state.from, state.to);
  const known = knownBy(columns.clocks, state.known);
  const facets = ["claimant", "publisher", "modality"].filter((facet) => state[facet]);
  const asked = new Uint8Array(verdict.length);
  const faint = new Uint8Array(verdict.length);
  const visible = { day: state.known, verdict, known, asked, faint, shown: [], unplaced: [], filtered: 0, claimsAt: new Map(), movements: [] };
  for (let i = 0; i < verdict.length; i += 1) {
    asked[i] = known[i] !== OUT && (!found || found.has(i)) && facets.every((facet) => columns[facet][i] === state[facet]) ? 1 : 0;
    if (verdict[i] === UNDATED && !state.undated) verdict[i] = OUT;
    if (!asked[i]) verdict[i] = OUT;
    faint[i] = verdict[i] === POSSIBLE || (verdict[i] !== OUT && known[i] === POSSIBLE) ? 1 : 0;
    if (verdict[i] === OUT) {
      visible.filtered += 1;
    } else if (columns.sites[i].length === 0) {
      visible.unplaced.push(i);
    } else {
      visible.shown.push(i);
      if (columns.moves[i]) visible.movements.push(i);
      for (const site of columns.sites[i]) {
        if (!visible.claimsAt.has(site)) visible.claimsAt.set(site, []);
        visible.claimsAt.get(site).push(i);
      }
    }
  }
  return visible;
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
