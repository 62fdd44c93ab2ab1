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

test("loose are the dated claims with an open end or of more than a month", () => {
  const spans = [[1, 32], [1, 33], [1, null], [null, 1], UNDATED, [1, 1], [32_740, null], [null, -32_740]];
  assert.deepEqual([...atOnce(dateOrder(clockOf(spans))).loose], [1, 2, 3, 6, 7]);
});

test("no claim that a moved end of the window touches is missed", () => {
  const below = seeded(12);
  let touched = 0;
  for (let i = 0; i < 3000; i += 1) {
    const spans = randomSpans(below, 300, 30);
    const clock = clockOf(spans);
    const { at, between, loose } = atOnce(dateOrder(clock));
    const [from, to] = [below(300) - 150, below(300) - 150].toSorted((a, b) => a - b);
    const [still, movesFirst] = [[null, below(300) - 150][below(2)], below(2) === 1];
    const [before, after] = [from, to].map((day) => (movesFirst ? overlaps(clock, day, still) : overlaps(clock, still, day)));
    const differ = numbersTo(spans.length).filter((claim) => before[claim] !== after[claim]);
    const [first, last] = between(from, to);
    const looked = new Set([...loose, ...numbersTo(spans.length).slice(first, last).map(at)]);
    assert.deepEqual(differ.filter((claim) => !looked.has(claim)), [], `${movesFirst ? "first" : "last"} day from ${from} to ${to}`);
    touched += differ.length;
  }
  assert.ok(touched > 3000, `${touched}`);
});

test("beside a moved end only claims of the month before it and of its own days are looked at", () => {
  const spans = numbersTo(1000).map((day) => [day, day]);
  assert.deepEqual(atOnce(dateOrder(clockOf(spans))).between(500, 502), [469, 503]);
});
