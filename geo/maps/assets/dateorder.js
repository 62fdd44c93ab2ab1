/** Claims in the order of their dates, and which of them a moved end of the window can touch. */

import { countedOrder, firstFrom } from "./countedorder.js";
import { PART } from "./turns.js";

const TIGHT_DAYS = 31; // a month: most imprecise dates span no more

/**
 * @typedef {object} DateOrder dated claims by their first possible day, or their last where the start is open; then those without a date
 * @property {(place: number) => number} at the claim at a place of the order
 * @property {Uint32Array} loose claims whose span has an open end or is longer than `TIGHT_DAYS`: any window may touch them
 * @property {(from: number, to: number) => [number, number]} between places of the claims, but for the loose, of which an end may lie in these days
 */

/**
 * @param {import("./columns.js").Clock} clock
 * @returns {Generator<void, DateOrder>}
 * @yields now and then
 */
export function* dateOrder({ earliest, latest, start, end }) {
  const dayOf = (claim) => (earliest[claim] === start ? latest[claim] : earliest[claim]);
  const order = yield* sorted(earliest.length, dayOf, end);
  const at = order ? (place) => order[place] : (place) => place;
  const isLoose = (claim) => earliest[claim] === start || latest[claim] === end || latest[claim] - earliest[claim] > TIGHT_DAYS;
  const loose = [];
  for (let claim = 0; claim < earliest.length; claim += 1) {
    if (claim % PART === 0) yield;
    if (isLoose(claim) && !(earliest[claim] === start && latest[claim] === end)) loose.push(claim);
  }
  const placeOf = (day) => firstFrom(earliest.length, (place) => dayOf(at(place)), day);
  return { at, loose: Uint32Array.from(loose), between: (from, to) => [placeOf(from - TIGHT_DAYS), placeOf(to + 1)] };
}

/**
 * The numbers from 0 sorted by day, those of one day as they are and of none last; null where they are sorted already.
 * @yields now and then
 */
function* sorted(size, dayOf, none) {
  let [low, high, rising] = [Infinity, -Infinity, true];
  for (let i = 0, before = -Infinity; i < size; i += 1) {
    if (i % PART === 0) yield;
    const day = dayOf(i);
    rising &&= before <= day;
    before = day;
    if (day === none) continue;
    if (day < low) low = day;
    if (day > high) high = day;
  }
  if (rising) return null;
  if (high - low < 10 * size) return yield* countedOrder(size, (i) => Math.min(dayOf(i), high + 1), low, high + 1);
  return Uint32Array.from({ length: size }, (_, i) => i).toSorted((a, b) => dayOf(a) - dayOf(b) || a - b);
}
