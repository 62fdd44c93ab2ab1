import assert from "node:assert/strict";
import test from "node:test";

import { domainOf } from "../../geo/maps/assets/store.js";
import { barWords, daysPerBar, makeDayCounts } from "../../geo/maps/assets/histogram.js";
import { CLOCKS, everything } from "../../geo/maps/assets/selection.js";
import { makeSelector } from "../../geo/maps/assets/selector.js";
import { atOnce } from "../../geo/maps/assets/turns.js";
import { columnsOf, seeded } from "./help.js";

const all = () => true;
const counts = (spans, domain, counted = all) => atOnce(makeDayCounts(columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest }))).clocks, domain)({ turn: 1, changed: null, isAsked: counted }, "event"));
const bars = (spans, domain, counted = all) => {
  const { certain, possible, open } = counts(spans, domain, counted);
  return [[...certain], [...possible], [...open]];
};

test("a claim of one day stands on that day, one of a span on each day it may be of", () => {
  assert.deepEqual(bars([[1, 1], [1, 1], [2, 4]], { first: 0, last: 5 }), [[0, 2, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0]]);
});

test("a claim with an open end stands apart on every day on to the story's end, and goes on beyond it", () => {
  assert.deepEqual(bars([[null, 2], [4, null]], { first: 0, last: 5 }), [[0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 1, 1]]);
  const goesOn = (...spans) => {
    const { before, after } = counts(spans, { first: 0, last: 5 });
    return [before, after];
  };
  assert.deepEqual(goesOn([null, 2]), [true, false]);
  assert.deepEqual(goesOn([4, null]), [false, true]);
  assert.deepEqual(goesOn([0, 5], [null, null]), [false, false]);
});

test("undated claims stand on no day, and are counted", () => {
  assert.deepEqual(bars([[null, null]], { first: 0, last: 2 }), [[0, 0, 0], [0, 0, 0], [0, 0, 0]]);
  assert.equal(counts([[null, null], [1, 1], [null, null]], { first: 0, last: 2 }).undated, 2);
  assert.equal(counts([[null, null], [null, null]], { first: 0, last: 2 }, (claim) => claim === 0).undated, 1);
});

test("a bar says what it counts: of that day, of a span, with an open end", () => {
  const some = counts([[1, 1], [1, 1], [0, 2], [null, 1]], { first: 0, last: 2 });
  assert.equal(barWords(some, 1, { first: 0, last: 2 }), "2 Jan 1970: 2 claims of this day · 1 possibly, of a span of days · 1 possibly, with an open end");
  assert.equal(barWords(some, 2, { first: 0, last: 2 }), "3 Jan 1970: 1 possibly, of a span of days");
  assert.equal(barWords(counts([], { first: 0, last: 2 }), 2, { first: 0, last: 2 }), "3 Jan 1970: no claim");
});

test("claims that the search leaves out are not counted", () => {
  assert.deepEqual(bars([[1, 1], [0, 1], [1, 1]], { first: 0, last: 1 }, (claim) => claim === 0), [[0, 1], [0, 0], [0, 0]]);
});

test("a story of one day has one bar", () => {
  assert.deepEqual(bars([[7, 7], [null, 7], [7, null]], { first: 7, last: 7 }), [[1], [0], [2]]);
});

test("from the year 1 to 9999 there are no more bars than a screen can show, each of several days", () => {
  const [first, last] = [-719162, 2932896];
  const found = counts([[first, first], [0, 0], [1, 1], [last, last], [-1, 1], [2, null]], { first, last });
  assert.equal(daysPerBar({ first, last }), found.step);
  assert.ok(found.certain.length <= 800 && found.certain.length > 750);
  const total = (numbers) => numbers.reduce((sum, count) => sum + count);
  assert.equal(total(found.certain), 4);
  assert.equal(total(found.open), found.open.length - Math.floor((2 - first) / found.step));
  assert.equal(barWords(found, -first, { first, last }), "15 Sep 1963 to 15 Mar 1976: 2 claims of one of these days · 1 possibly, of a span of days · 1 possibly, with an open end");
  assert.match(barWords(found, last - first, { first, last }), / to 31 Dec 9999: 1 claim of one of these days/);
});

test("a story of up to two years keeps a bar for every day", () => {
  assert.equal(daysPerBar({ first: 0, last: 0 }), 1);
  assert.equal(daysPerBar({ first: 0, last: 799 }), 1);
  assert.equal(daysPerBar({ first: 0, last: 800 }), 2);
});

test("for any claims, each day's bar counts those that may be of that day", () => {
  const below = seeded(9);
  for (let i = 0; i < 300; i += 1) {
    const spans = Array.from({ length: 1 + below(12) }, () => {
      const [start, length] = [below(20) - 10, below(8)];
      return [below(5) ? start : null, below(5) ? start + length : null];
    });
    const domain = domainOf(columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest }))).clocks.event);
    if (!domain) continue;
    const [certain, possible, open] = bars(spans, domain);
    for (let day = domain.first; day <= domain.last; day += 1) {
      const there = spans.filter(([start, end]) => (start !== null || end !== null) && (start ?? -99) <= day && day <= (end ?? 99));
      const sure = there.filter(([start, end]) => start === end).length;
      const unending = there.filter(([start, end]) => start === null || end === null).length;
      assert.deepEqual([certain, possible, open].map((counted) => counted[day - domain.first]), [sure, there.length - sure - unending, unending]);
    }
  }
});

test("counts that follow a selection step by step are those of one that is counted anew", () => {
  const below = seeded(14);
  const day = () => (below(6) ? 20_000 + below(60) : null);
  const claims = Array.from({ length: 60 }, () => {
    const [earliest, latest] = [day(), day()].toSorted((a, b) => (a ?? -1) - (b ?? 99_999));
    return { earliest, latest: below(2) ? earliest : latest, saidFrom: 20_000 + below(60), saidTo: 20_060 };
  });
  const { clocks, ...columns } = columnsOf(claims);
  const domain = domainOf(clocks.event, clocks.reported);
  const { select: selectNext } = makeSelector({ clocks, ...columns });
  const following = makeDayCounts(clocks, domain);
  let [state, last, same] = [{ ...everything(), known: 20_030 }, null, 0];
  for (let turn = 0; turn < 200; turn += 1) {
    state = { ...state, ...(below(3) ? { known: 20_000 + below(61) } : below(9) ? { from: 20_000 + below(60) } : { clock: CLOCKS[below(2)] }) };
    const visible = selectNext(state, null);
    if (below(10) === 0) continue; // a selection that isn't drawn
    const counted = atOnce(following(visible, state.clock));
    assert.deepEqual(counted, atOnce(makeDayCounts(clocks, domain)(visible, state.clock)), `in turn ${turn}`);
    same += counted === last ? 1 : 0;
    last = counted;
  }
  assert.ok(same > 20, `${same}`); // no window changes them
});
