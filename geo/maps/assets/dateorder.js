/** Claims in the order of their dates, and which of them a moved end of the window can touch. */

import { OPEN } from "./clocks.js";
import { countedOrder, firstFrom, numbersWhere } from "./countedorder.js";
import { PART } from "./turns.js";

const TIGHT_DAYS = 31; // a month: most imprecise dates span no more

/**
 * @typedef {object} DateOrder dated claims by their first possible day, or their last where the start is open; then those without a date
 * @property {(place: number) => number} at the claim at a place of the order
 * @property {(one: number, other: number) => Iterable<number>} touched claims that an end of a window may touch which moves from one day to
 *   another, some of them twice: those of which an end lies in these days, and every one whose span is long. An open end lies in no
 *   days, so only to a window that opens or closes does it matter.
 */

/**
 * @param {import("./clocks.js").Clock} clock
 * @returns {Generator<void, DateOrder>}
 * @yields now and then
 */
export function* dateOrder({ size, day, days, start, end }) {
  const order = yield* sorted(size, day, end);
  const at = order ? (place) => order[place] : (place) => place;
  const found = [];
  for (let claim = 0; claim < size; claim += 1) {
    if (claim % PART === 0) yield;
    if (days(claim) > TIGHT_DAYS) found.push(claim);
  }
  const long = Uint32Array.from(found);
  const placeOf = (least) => firstFrom(size, (place) => day(at(place)), least);

  function* touched(one, other) {
    yield* long;
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    if (from === start || to === end) yield* numbersWhere(size, (claim) => days(claim) === OPEN);
    for (let place = placeOf(from - TIGHT_DAYS), past = placeOf(to + 1); place < past; place += 1) yield at(place);
  }
  return { at, touched };
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
