import assert from "node:assert/strict";
import test from "node:test";

import { parseDay } from "../../geo/maps/assets/days.js";
import { CERTAIN, CLOCKS, everything, fold, OUT, POSSIBLE, UNDATED, windowDays } from "../../geo/maps/assets/selection.js";
import { columnsOf, overlaps, seeded, select } from "./help.js";

const asked = (patch) => ({ ...everything(), ...patch });
const window = (from, to) => asked({ from: from && parseDay(from), to: to && parseDay(to) });
const dated = (...spans) => columnsOf(spans.map(([start, end]) => ({ earliest: start && parseDay(start), latest: end && parseDay(end) })));
const unplaced = ({ inDateOrder, isShown }) => inDateOrder().filter((claim) => !isShown(claim));
const answers = (columns, state) => overlaps(columns.clocks.event, state.from, state.to);
const numbersOf = ({ size }) => Array.from({ length: size }, (_, claim) => claim);
const verdicts = (columns, state, found = null) => numbersOf(columns).map(select(columns, state, found).verdict);
const knownOn = (columns, known) => numbersOf(columns).map(select(columns, asked({ known }), null).known);

test("a date is certainly, possibly or not inside a window, and both ends of both count", () => {
  const movement = dated(["2024-10-08", "2024-10-13"]);
  const cases = [
    ["2024-10-08", "2024-10-13", CERTAIN],
    ["2024-10-07", "2024-10-14", CERTAIN],
    ["2024-10-09", "2024-10-10", POSSIBLE],
    ["2024-10-13", "2024-10-20", POSSIBLE],
    ["2024-10-01", "2024-10-08", POSSIBLE],
    ["2024-10-14", "2024-10-20", OUT],
    ["2024-10-01", "2024-10-07", OUT],
  ];
  for (const [from, to, answer] of cases) assert.deepEqual(answers(movement, window(from, to)), [answer], `${from} to ${to}`);
});

test("a date with an open end is certainly inside only where the window is open as well", () => {
  const open = dated([null, "2024-11-01"], ["2024-10-08", null]);
  assert.deepEqual(answers(open, window("2024-10-01", "2024-12-01")), [POSSIBLE, POSSIBLE]);
  assert.deepEqual(answers(open, window(null, "2024-11-01")), [CERTAIN, POSSIBLE]);
  assert.deepEqual(answers(open, window("2024-11-02", null)), [OUT, POSSIBLE]);
  assert.deepEqual(answers(open, window("2024-10-01", null)), [POSSIBLE, CERTAIN]);
  assert.deepEqual(answers(open, window(null, "2024-10-07")), [POSSIBLE, OUT]);
});

test("a window beyond the days that 16 bits hold asks what it asks of a story that needs 32", () => {
  const spans = [[null, 20_100], [20_000, null], [20_000, 20_100], [null, null], [-32_767, 32_766]].map(([earliest, latest]) => ({ earliest, latest, saidFrom: earliest, saidTo: latest }));
  const [narrow, wide] = [columnsOf(spans), columnsOf([...spans, { earliest: 2_932_896 }])];
  assert.deepEqual([narrow, wide].map(({ clocks }) => clocks.event.end), [32_767, 2_147_483_647]);
  const days = [null, -719_162, -32_769, -32_768, -32_767, -32_766, 0, 32_765, 32_766, 32_767, 32_768, 2_932_896];
  for (const from of days) {
    for (const to of days) {
      if (from !== null && to !== null && to < from) continue;
      assert.deepEqual(answers(narrow, { from, to }), answers(wide, { from, to }).slice(0, -1), `${from} to ${to}`);
    }
    assert.deepEqual(knownOn(narrow, from), knownOn(wide, from).slice(0, -1), `known on ${from}`);
  }
});

test("with no window asked, every dated claim is certain", () => {
  const some = dated([null, "2024-11-01"], ["2024-10-08", null], ["2024-10-08", "2024-10-13"], [null, null]);
  assert.deepEqual(answers(some, everything()), [CERTAIN, CERTAIN, CERTAIN, UNDATED]);
});

test("a window with one open end holds what lies on its other side", () => {
  const some = dated(["2024-10-08", "2024-10-08"], ["2024-10-20", "2024-10-20"]);
  assert.deepEqual(answers(some, window("2024-10-14", null)), [OUT, CERTAIN]);
  assert.deepEqual(answers(some, window(null, "2024-10-14")), [CERTAIN, OUT]);
});

test("undated claims pass every window until they are switched off", () => {
  const some = dated([null, null], ["2024-10-08", "2024-10-08"]);
  assert.deepEqual(answers(some, window("2024-10-14", null)), [UNDATED, OUT]);
  assert.deepEqual(verdicts(some, asked({ undated: false })), [OUT, CERTAIN]);
});

test("each clock asks its own dates", () => {
  const some = columnsOf([{ earliest: 5, latest: 5, saidFrom: 9, saidTo: 9 }, { saidFrom: 5, saidTo: 5 }, { earliest: 5, latest: 5 }]);
  const from4To6 = (patch) => verdicts(some, asked({ from: 4, to: 6, ...patch }));
  assert.deepEqual(from4To6({ clock: "event" }), [CERTAIN, UNDATED, CERTAIN]);
  assert.deepEqual(from4To6({ clock: "reported" }), [OUT, CERTAIN, UNDATED]);
  assert.deepEqual(from4To6({ clock: "reported", undated: false }), [OUT, CERTAIN, OUT]);
});

test("what was said only after the day asked is filtered out, and what may have been is faint", () => {
  const some = columnsOf([{ saidFrom: 5, saidTo: 5 }, { saidTo: 6 }, { saidFrom: 6, saidTo: 6 }, {}]);
  const on = (known) => select(some, asked({ known }), null);
  assert.deepEqual(knownOn(some, 4), [OUT, POSSIBLE, OUT, POSSIBLE]);
  assert.deepEqual(knownOn(some, 5), [CERTAIN, POSSIBLE, OUT, POSSIBLE]);
  assert.deepEqual(knownOn(some, 6), [CERTAIN, CERTAIN, CERTAIN, POSSIBLE]);
  const faint = (known) => [0, 1, 2, 3].map((claim) => on(known).isFaint(claim));
  assert.deepEqual(faint(5), [false, true, false, true]);
  assert.deepEqual(numbersOf(some).map(on(5).isAsked), [true, true, false, true]);
  assert.equal(on(5).counts.filtered, 1);
  assert.deepEqual(faint(null), [false, false, false, false]);
});

test("day 0 is a day like any other, as an end of a date and as an end of a window", () => {
  const epoch = dated(["1970-01-01", "1970-01-01"]);
  assert.deepEqual(answers(epoch, window("1970-01-01", "1970-01-01")), [CERTAIN]);
  assert.deepEqual(answers(epoch, window("1970-01-02", null)), [OUT]);
  assert.deepEqual(answers(epoch, window(null, "1969-12-31")), [OUT]);
  assert.deepEqual(answers(dated(["1969-12-31", "1969-12-31"]), window("1970-01-01", null)), [OUT]);
});

test("facets match the whole value and nothing else", () => {
  const columns = columnsOf([{ claimant: "NIS", sites: [0] }, { claimant: "NIS of South Korea", sites: [0] }, { claimant: "Budanov", publisher: "Substack", modality: "planned", sites: [0] }]);
  assert.deepEqual(select(columns, asked({ claimant: "NIS" }), null).shown(), [0]);
  assert.deepEqual(select(columns, asked({ publisher: "Substack" }), null).shown(), [2]);
  assert.deepEqual(select(columns, asked({ modality: "planned" }), null).shown(), [2]);
  assert.deepEqual(select(columns, asked({ modality: "planned", claimant: "NIS" }), null).shown(), []);
});

test("what the search did not find is filtered out, and no search filters nothing", () => {
  const columns = columnsOf([{ sites: [0] }, { sites: [0] }, {}]);
  assert.deepEqual(select(columns, everything(), new Set([1, 2])).shown(), [1]);
  assert.deepEqual(unplaced(select(columns, everything(), new Set([1, 2]))), [2]);
  assert.equal(select(columns, everything(), new Set()).counts.filtered, 3);
  assert.equal(select(columns, everything(), null).counts.filtered, 0);
});

test("what search and facets let through is told apart from its date, for the time bar", () => {
  const columns = columnsOf([{ earliest: 5, latest: 5 }, { earliest: 50, latest: 50 }, { claimant: "Budanov" }, { earliest: 5, latest: 5 }]);
  const { isAsked, verdict } = select(columns, asked({ from: 40, claimant: "A service" }), new Set([0, 1, 2]));
  assert.deepEqual([0, 1, 2, 3].map(isAsked), [true, true, false, false]);
  assert.deepEqual([0, 1, 2, 3].map(verdict), [OUT, CERTAIN, OUT, OUT]);
});

test("a claim filtered out by anything has the verdict of one that is out", () => {
  const columns = columnsOf([{ earliest: 5, latest: 5, sites: [0] }]);
  assert.deepEqual(verdicts(columns, everything(), new Set()), [OUT]);
  assert.deepEqual(verdicts(columns, asked({ claimant: "nobody" })), [OUT]);
});

test("a shown claim stands at each of its sites, and a movement is counted once", () => {
  const columns = columnsOf([{ sites: [2, 0, 1], moves: true }, { sites: [1] }, { moves: true }]);
  const visible = select(columns, everything(), null);
  assert.deepEqual([0, 1, 2].map(visible.claimsAt), [[0], [0, 1], [0]]);
  assert.deepEqual(visible.movements(), [0]);
  assert.deepEqual([visible.shown(), unplaced(visible)], [[0, 1], [2]]);
  assert.deepEqual(visible.counts, { shown: 2, unplaced: 1, filtered: 0, movements: 1 });
  assert.deepEqual([[...visible.tally.claims], visible.tally.sites], [[1, 2, 1], 3]);
});

test("an open site or claim filters nothing", () => {
  const columns = columnsOf([{ sites: [0] }, {}, { sites: [1] }]);
  const [opened, none] = [{ site: "elsewhere", claim: "c1" }, {}].map((patch) => select(columns, asked(patch), null));
  assert.deepEqual([opened.shown(), opened.counts, opened.tally], [none.shown(), none.counts, none.tally]);
});

const someOf = (size, below) => new Set(Array.from({ length: size }, (_, claim) => claim).filter(() => below(2)));

function randomColumns(below) {
  const end = () => (below(4) ? 20_000 + below(40) : null);
  const claims = Array.from({ length: below(30) }, () => {
    const ends = [end(), end()];
    if (ends[0] !== null && ends[1] !== null) ends.sort((a, b) => a - b);
    const said = below(3) ? 20_000 + below(40) : null;
    return { earliest: ends[0], latest: ends[1], saidFrom: below(2) ? said : null, saidTo: said, claimant: ["NIS", "Budanov"][below(2)], moves: below(2) === 1, sites: below(3) ? [below(4)] : [] };
  });
  return columnsOf(claims);
}

function randomState(below) {
  const day = () => (below(3) ? 20_000 + below(40) : null);
  const [from, to] = [day(), day()];
  const backwards = from !== null && to !== null && to < from;
  return asked({ from: backwards ? to : from, to: backwards ? from : to, clock: CLOCKS[below(2)], known: day(), undated: below(2) === 1, claimant: ["", "", "NIS"][below(3)] });
}

test("at every moment each claim is in exactly one of three: shown, without a place, or filtered out", () => {
  const below = seeded(3);
  for (let i = 0; i < 500; i += 1) {
    const columns = randomColumns(below);
    const found = below(2) ? null : someOf(columns.size, below);
    const visible = select(columns, randomState(below), found);
    const { counts, verdict, isShown } = visible;
    const [shown, elsewhere, movements] = [visible.shown(), unplaced(visible), visible.movements()];
    assert.equal(counts.shown + counts.unplaced + counts.filtered, columns.size);
    assert.deepEqual([shown.length, elsewhere.length, movements.length], [counts.shown, counts.unplaced, counts.movements]);
    assert.equal(new Set([...shown, ...elsewhere]).size, counts.shown + counts.unplaced);
    assert.equal(numbersOf(columns).filter((claim) => verdict(claim) === OUT).length, counts.filtered);
    assert.ok(movements.every((claim) => shown.includes(claim) && columns.moves(claim)));
    assert.ok(shown.every((claim) => isShown(claim)));
    assert.deepEqual(new Set([0, 1, 2, 3].flatMap(visible.claimsAt)), new Set(shown));
  }
});

test("widening the window never loses a claim, nor makes one less sure", () => {
  const below = seeded(4);
  for (let i = 0; i < 500; i += 1) {
    const columns = randomColumns(below);
    const state = randomState(below);
    const wider = { ...state, from: state.from === null ? null : state.from - below(5), to: state.to === null ? null : state.to + below(5) };
    const [before, after] = [state, wider].map((each) => verdicts(columns, each));
    before.forEach((answer, k) => {
      if (answer !== OUT) assert.notEqual(after[k], OUT);
      if (answer === CERTAIN) assert.equal(after[k], CERTAIN);
    });
  }
});

test("folding takes away case, accents and width, in any script", () => {
  assert.equal(fold("CAFÉ"), "cafe");
  assert.equal(fold("cafe\u0301"), "cafe");
  assert.equal(fold("ＡＢ１２ ﬁn"), "ab12 fin");
  assert.equal(fold("Ё Й"), "е и");
  assert.equal(fold("Ch'ŏngjin"), "ch'ongjin");
  assert.equal(fold("우수리스크"), fold("우수리스크".normalize("NFD")));
});

test("an open window reads as the story's own days", () => {
  const domain = { first: parseDay("2024-08-01"), last: parseDay("2024-11-01") };
  assert.deepEqual(windowDays(everything(), domain), { from: "2024-08-01", to: "2024-11-01" });
  assert.deepEqual(windowDays(window("2024-10-09", "2024-10-10"), domain), { from: "2024-10-09", to: "2024-10-10" });
  assert.deepEqual(windowDays(everything(), null), { from: null, to: null });
  assert.deepEqual(windowDays(everything(), { first: 0, last: 0 }), { from: "1970-01-01", to: "1970-01-01" });
});
