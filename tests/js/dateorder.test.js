import assert from "node:assert/strict";
import test from "node:test";

import { dateOrder } from "../../geo/maps/assets/dateorder.js";
import { atOnce } from "../../geo/maps/assets/turns.js";
import { columnsOf, overlaps, seeded } from "./help.js";

const clockOf = (spans) => columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest }))).clocks.event;
const numbersTo = (size) => Array.from({ length: size }, (_, i) => i);
const placesOf = (spans, order) => numbersTo(spans.length).map(order.at);
const UNDATED = [null, null];

/** By the first possible day, or the last where the start is open; those without a date last. */
function inOrder(spans) {
  const day = ([earliest, latest]) => earliest ?? latest ?? Infinity;
  return numbersTo(spans.length).toSorted((a, b) => (day(spans[a]) === day(spans[b]) ? 0 : day(spans[a]) - day(spans[b]))); // `toSorted` keeps equal ones as they are
}

/** Spans of no day up to half a year within `days`, with open ends and undated ones among them. */
function randomSpans(below, days, most = 60) {
  return Array.from({ length: below(most) }, () => {
    const start = below(days) - Math.floor(days / 2);
    const end = start + [0, 0, below(31), 31, 32, below(180)][below(6)];
    return below(6) ? [below(6) ? start : null, below(6) ? end : null] : UNDATED;
  });
}

test("claims stand in the order of their days, those of one day as they were, those without a date last", () => {
  const spans = [[5, 5], UNDATED, [3, 9], [null, 4], [5, 6], [3, null], UNDATED];
  assert.deepEqual(placesOf(spans, atOnce(dateOrder(clockOf(spans)))), [2, 5, 3, 0, 4, 1, 6]);
});

test("claims that are in order already, or are none, stand as they are", () => {
  for (const spans of [[], [[7, 7]], [[1, 1], [1, 3], [2, 2], UNDATED], [UNDATED, UNDATED]]) assert.deepEqual(placesOf(spans, atOnce(dateOrder(clockOf(spans)))), numbersTo(spans.length));
});

test("however many claims share how many days, their order is that of a stable sort", () => {
  const below = seeded(11);
  for (const days of [1, 3, 30, 1000, 60_000, 2_000_000]) {
    for (let i = 0; i < 50; i += 1) {
      const dated = randomSpans(below, days).filter(([earliest, latest]) => i % 2 || earliest !== null || latest !== null); // an undated one spreads the days far apart
      assert.deepEqual(placesOf(dated, atOnce(dateOrder(clockOf(dated)))), inOrder(dated), `${days} days`);
    }
  }
});

test("any moved end may touch a claim of more than a month, and one that opens or closes a window each with an open end", () => {
  const spans = [[1, 32], [1, 33], [1, null], [null, 1], UNDATED, [1, 1], [32_740, null], [null, -32_740]];
  const clock = clockOf(spans);
  const touched = (one, other) => [...new Set(atOnce(dateOrder(clock)).touched(one, other))].toSorted((a, b) => a - b);
  assert.deepEqual(touched(500, 600), [1]);
  for (const [one, other] of [[clock.start, 0], [500, clock.end]]) for (const claim of [2, 3, 6, 7]) assert.ok(touched(one, other).includes(claim), `${one} to ${other}: ${claim}`);
});

test("no claim that a moved end of the window touches is missed", () => {
  const below = seeded(12);
  let touched = 0;
  for (let i = 0; i < 3000; i += 1) {
    const spans = randomSpans(below, 300, 30);
    const clock = clockOf(spans);
    const { touched: looked } = atOnce(dateOrder(clock));
    const [from, to] = [below(300) - 150, below(9) ? below(300) - 150 : null][below(2) ? "slice" : "toReversed"]();
    const [still, movesFirst] = [[null, below(300) - 150][below(2)], below(2) === 1];
    const [before, after] = [from, to].map((day) => (movesFirst ? overlaps(clock, day, still) : overlaps(clock, still, day)));
    const differ = numbersTo(spans.length).filter((claim) => before[claim] !== after[claim]);
    const seen = new Set(looked(...[from, to].map((day) => day ?? (movesFirst ? clock.start : clock.end))));
    assert.deepEqual(differ.filter((claim) => !seen.has(claim)), [], `${movesFirst ? "first" : "last"} day from ${from} to ${to}`);
    touched += differ.length;
  }
  assert.ok(touched > 3000, `${touched}`);
});

test("beside a moved end only claims of the month before it and of its own days are looked at", () => {
  const spans = numbersTo(1000).map((day) => [day, day]);
  assert.deepEqual([...atOnce(dateOrder(clockOf(spans))).touched(502, 500)], numbersTo(34).map((i) => 469 + i));
});
