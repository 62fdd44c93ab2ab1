/** Which claims a state lets through, and how surely: the twin in the browser of `geo/selection.py`. */

import { isoDay } from "./days.js";

export const OUT = 0;
export const POSSIBLE = 1;
export const CERTAIN = 2;
export const UNDATED = 3;
export const CLOCKS = ["event", "reported"];
export const FACET_NAMES = { claimant: "claimants", publisher: "publishers", modality: "modalities" }; // each with the names behind its codes

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
 * @param {number} earliest
 * @param {number} latest
 * @param {Window} window
 * @returns {number} OUT, POSSIBLE, CERTAIN or UNDATED
 */
export function overlap(earliest, latest, { first, last, start, end }) {
  if (earliest === start && latest === end) return UNDATED;
  if (latest < first || last < earliest) return OUT;
  return first <= earliest && latest <= last ? CERTAIN : POSSIBLE;
}

/**
 * A window of days as a clock's columns count them; a day that they can't hold is as far as they go.
 * @typedef {{first: number, last: number, start: number, end: number}} Window
 * @param {import("./clocks.js").Clock} clock
 * @param {number | null} from
 * @param {number | null} to
 * @returns {Window}
 */
export function windowOf({ start, end }, from, to) {
  const first = from === null ? start : Math.max(start + 1, Math.min(end, from));
  const last = to === null ? end : Math.max(start, Math.min(end - 1, to));
  return { first, last, start, end };
}

/**
 * @param {import("./clocks.js").Clock} reported
 * @param {number} claim
 * @param {Window | null} window up to the day as of which the story is read, null for all that was ever said
 * @returns {number} how surely a claim had been said by then: OUT, POSSIBLE or CERTAIN
 */
export function knownBy({ earliest, latest }, claim, window) {
  if (window === null) return CERTAIN;
  const answer = overlap(earliest(claim), latest(claim), window);
  return answer === UNDATED ? POSSIBLE : answer; // may have been said by any day
}

/**
 * @param {number | undefined} since first day by which a claim against it may be known
 * @param {import("./clocks.js").Clock} clock
 * @param {number | null} day as of which the story is read, be it before all that the clock can hold
 * @returns {boolean}
 */
export function isContestedBy(since, { start }, day) {
  return since !== undefined && (day === null || since <= Math.max(start, day));
}

/** @param {import("./columns.js").Columns} columns @param {"claimant" | "publisher" | "modality"} facet @returns {Map<string, number>} its values, but for blank, and how many claims have each */
export function facetTally(columns, facet) {
  return new Map(columns[FACET_NAMES[facet]].map((name, code) => [name, columns.counts[facet][code]]).filter(([name, count]) => name && count > 0));
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
