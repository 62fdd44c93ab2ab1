/** When claims happened, or were said: a day of each and its span, from which its ends follow. */

import { inBlocks, ofSome } from "./compact.js";

const [LONG, OPEN_START, NO_DATE] = [252, 254, 255]; // spans that are no numbers of days, as `geo/maps/view_columns.py` writes them; at 253 the end is open
export const OPEN = -1;
const LIMITS = { 2: [-32_768, 32_767], 4: [-2_147_483_648, 2_147_483_647] }; // of whole numbers, by their bytes

/**
 * When claims happened, or were said, in days since 1970-01-01.
 * @typedef {object} Clock
 * @property {number} size how many claims there are
 * @property {(claim: number) => number} earliest `start` where the start is open
 * @property {(claim: number) => number} latest `end` where the end is open; a claim with both has no date
 * @property {(claim: number) => number} day the first possible one, the last where the start is open, `end` where it has no date
 * @property {(claim: number) => number} days from its first to its last; `OPEN` where one is
 * @property {number} start below every day
 * @property {number} end above every day
 * @property {{first: number, last: number} | null} span the first and the last day of any claim; null where none has one
 * @property {number} undated how many claims have no date
 */

/**
 * @param {"event" | "reported"} name
 * @param {Record<string, any>} raw as `unpack` gives them
 * @param {{span: object | null, undated: number}} told beside them
 * @returns {Clock}
 */
export function readClock(name, { [`${name}_day`]: days, [`${name}_span`]: spans, [`${name}_long`]: long, [`${name}_long_span`]: longSpans }, told) {
  const [start, end] = LIMITS[days.BYTES_PER_ELEMENT];
  return { size: spans.length, ...endsOf(inBlocks(days), spans, ofSome(long, longSpans), start, end), start, end, ...told };
}

function endsOf(dayOf, spans, longOf, start, end) {
  return {
    day: (claim) => (spans[claim] === NO_DATE ? end : dayOf(claim)),
    days: (claim) => (spans[claim] < LONG ? spans[claim] : spans[claim] === LONG ? longOf(claim) : OPEN),
    earliest: (claim) => (spans[claim] < OPEN_START ? dayOf(claim) : start),
    latest: (claim) => {
      const span = spans[claim];
      if (span < LONG) return dayOf(claim) + span;
      if (span === OPEN_START) return dayOf(claim);
      return span === LONG ? dayOf(claim) + longOf(claim) : end;
    },
  };
}
