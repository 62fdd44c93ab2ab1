/** Which claims a state lets through, and how surely: the twin in the browser of `geo/selection.py`. */

import { isoDay } from "./days.js";

export const OUT = 0;
export const POSSIBLE = 1;
export const CERTAIN = 2;
export const UNDATED = 3;

/**
 * What the reader asked. Only `site` and `claim` filter nothing: they say what the panel shows.
 * @typedef {object} State
 * @property {number | null} from first day of the window, null for an open end
 * @property {number | null} to last day of the window, null for an open end
 * @property {boolean} undated whether claims without a date pass
 * @property {string} q
 * @property {string} claimant
 * @property {string} publisher
 * @property {string} modality
 * @property {string} site
 * @property {string} claim
 */

/** @returns {State} */
export function everything() {
  return { from: null, to: null, undated: true, q: "", claimant: "", publisher: "", modality: "", site: "", claim: "" };
}

/**
 * @param {object} columns of claims, as `store.columns` holds them
 * @param {State} state
 * @returns {Uint8Array} one answer a claim: OUT, POSSIBLE, CERTAIN or UNDATED, by its date alone
 */
export function overlaps({ earliest, latest }, { from, to, undated }) {
  const first = from ?? -Infinity;
  const last = to ?? Infinity;
  const unasked = from === null && to === null;
  return Uint8Array.from(earliest, (start, i) => {
    const end = latest[i];
    if (start === null && end === null) return undated ? UNDATED : OUT;
    const lowest = start ?? -Infinity;
    const highest = end ?? Infinity;
    if (highest < first || last < lowest) return OUT;
    const inside = first <= lowest && highest <= last && (unasked || (start !== null && end !== null));
    return inside ? CERTAIN : POSSIBLE;
  });
}

/**
 * @typedef {object} Visible
 * @property {Uint8Array} verdict one answer a claim, after every filter
 * @property {Uint8Array} asked 1 for a claim that search and facets let through, whatever its date
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
  const verdict = overlaps(columns, state);
  const facets = ["claimant", "publisher", "modality"].filter((facet) => state[facet]);
  const asked = new Uint8Array(verdict.length);
  const visible = { verdict, asked, shown: [], unplaced: [], filtered: 0, claimsAt: new Map(), movements: [] };
  for (let i = 0; i < verdict.length; i += 1) {
    asked[i] = (!found || found.has(i)) && facets.every((facet) => columns[facet][i] === state[facet]) ? 1 : 0;
    if (!asked[i] || verdict[i] === OUT) {
      verdict[i] = OUT;
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
