import assert from "node:assert/strict";
import test from "node:test";

import { domainOf } from "../../geo/maps/assets/store.js";
import { histogram } from "../../geo/maps/assets/timebar.js";
import { columnsOf, seeded } from "./help.js";

const all = () => true;
const bars = (spans, domain, counted = all) => {
  const { certain, possible } = histogram(columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest }))).clocks.event, domain, counted);
  return [[...certain], [...possible]];
};

test("a claim of one day stands on that day, one of a span on each day it may be of", () => {
  assert.deepEqual(bars([[1, 1], [1, 1], [2, 4]], { first: 0, last: 5 }), [[0, 2, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0]]);
});

test("a claim with an open end may be of every day on to the story's end", () => {
  assert.deepEqual(bars([[null, 2], [4, null]], { first: 0, last: 5 })[1], [1, 1, 1, 0, 1, 1]);
});

test("undated claims stand on no day", () => {
  assert.deepEqual(bars([[null, null]], { first: 0, last: 2 }), [[0, 0, 0], [0, 0, 0]]);
});

test("claims that the search leaves out are not counted", () => {
  assert.deepEqual(bars([[1, 1], [0, 1], [1, 1]], { first: 0, last: 1 }, (claim) => claim === 0), [[0, 1], [0, 0]]);
});

test("a story of one day has one bar", () => {
  assert.deepEqual(bars([[7, 7], [null, 7], [7, null]], { first: 7, last: 7 }), [[1], [2]]);
});

test("for any claims, each day's bar counts those that may be of that day", () => {
  const below = seeded(9);
  for (let i = 0; i < 300; i += 1) {
    const spans = Array.from({ length: 1 + below(12) }, () => {
      const [start, length] = [below(20) - 10, below(8)];
      return [below(5) ? start : null, below(5) ? start + length : null];
    });
    const domain = domainOf({ earliest: spans.map(([start]) => start), latest: spans.map(([, end]) => end) });
    if (!domain) continue;
    const [certain, possible] = bars(spans, domain);
    for (let day = domain.first; day <= domain.last; day += 1) {
      const there = spans.filter(([start, end]) => (start !== null || end !== null) && (start ?? -99) <= day && day <= (end ?? 99));
      const sure = there.filter(([start, end]) => start === end).length;
      assert.deepEqual([certain[day - domain.first], possible[day - domain.first]], [sure, there.length - sure]);
    }
  }
});
