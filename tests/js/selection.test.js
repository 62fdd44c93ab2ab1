import assert from "node:assert/strict";
import test from "node:test";

import { parseDay } from "../../geo/maps/assets/days.js";
import { KINDS } from "../../geo/maps/assets/marks.js";
import { CERTAIN, CLOCKS, everything, fold, makeSelector, OUT, overlaps, POSSIBLE, select, UNDATED, windowDays } from "../../geo/maps/assets/selection.js";
import { columnsOf, seeded } from "./help.js";

const asked = (patch) => ({ ...everything(), ...patch });
const window = (from, to) => asked({ from: from && parseDay(from), to: to && parseDay(to) });
const dated = (...spans) => columnsOf(spans.map(([start, end]) => ({ earliest: start && parseDay(start), latest: end && parseDay(end) })));
const unplaced = ({ inDateOrder, isShown }) => inDateOrder().filter((claim) => !isShown(claim));
const answers = (columns, state) => [...overlaps(columns.clocks.event, state.from, state.to)];

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
  assert.deepEqual([narrow, wide].map(({ clocks }) => clocks.event.earliest.BYTES_PER_ELEMENT), [2, 4]);
  const days = [null, -719_162, -32_769, -32_768, -32_767, -32_766, 0, 32_765, 32_766, 32_767, 32_768, 2_932_896];
  for (const from of days) {
    for (const to of days) {
      if (from !== null && to !== null && to < from) continue;
      assert.deepEqual(answers(narrow, { from, to }), answers(wide, { from, to }).slice(0, -1), `${from} to ${to}`);
    }
    assert.deepEqual([...select(narrow, asked({ known: from }), null).known], [...select(wide, asked({ known: from }), null).known].slice(0, -1), `known on ${from}`);
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
  assert.deepEqual([...select(some, asked({ undated: false }), null).verdict], [OUT, CERTAIN]);
});

test("each clock asks its own dates", () => {
  const some = columnsOf([{ earliest: 5, latest: 5, saidFrom: 9, saidTo: 9 }, { saidFrom: 5, saidTo: 5 }, { earliest: 5, latest: 5 }]);
  const verdicts = (patch) => [...select(some, asked({ from: 4, to: 6, ...patch }), null).verdict];
  assert.deepEqual(verdicts({ clock: "event" }), [CERTAIN, UNDATED, CERTAIN]);
  assert.deepEqual(verdicts({ clock: "reported" }), [OUT, CERTAIN, UNDATED]);
  assert.deepEqual(verdicts({ clock: "reported", undated: false }), [OUT, CERTAIN, OUT]);
});

test("what was said only after the day asked is filtered out, and what may have been is faint", () => {
  const some = columnsOf([{ saidFrom: 5, saidTo: 5 }, { saidTo: 6 }, { saidFrom: 6, saidTo: 6 }, {}]);
  const on = (known) => select(some, asked({ known }), null);
  assert.deepEqual([...on(4).known], [OUT, POSSIBLE, OUT, POSSIBLE]);
  assert.deepEqual([...on(5).known], [CERTAIN, POSSIBLE, OUT, POSSIBLE]);
  assert.deepEqual([...on(6).known], [CERTAIN, CERTAIN, CERTAIN, POSSIBLE]);
  const faint = (known) => [0, 1, 2, 3].map((claim) => on(known).isFaint(claim));
  assert.deepEqual(faint(5), [false, true, false, true]);
  assert.deepEqual([...on(5).asked], [1, 1, 0, 1]);
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
  const { asked: through, verdict } = select(columns, asked({ from: 40, claimant: "A service" }), new Set([0, 1, 2]));
  assert.deepEqual([...through], [1, 1, 0, 0]);
  assert.deepEqual([...verdict], [OUT, CERTAIN, OUT, OUT]);
});

test("a claim filtered out by anything has the verdict of one that is out", () => {
  const columns = columnsOf([{ earliest: 5, latest: 5, sites: [0] }]);
  assert.deepEqual([...select(columns, everything(), new Set()).verdict], [OUT]);
  assert.deepEqual([...select(columns, asked({ claimant: "nobody" }), null).verdict], [OUT]);
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
  assert.deepEqual(told(columns, select(columns, asked({ site: "elsewhere", claim: "c1" }), null)), told(columns, select(columns, everything(), null)));
});

/** All that a selection says, as it is now: the arrays of a selector that remembers change with its next step. */
function told({ size, places }, { verdict, known, asked: through, counts, tally, isFaint, shown, movements, inDateOrder, claimsAt }) {
  const numbers = Array.from({ length: size }, (_, claim) => claim);
  const sites = Array.from({ length: places.count }, (_, site) => claimsAt(site));
  return structuredClone({ verdict, known, through, counts, tally, faint: numbers.map(isFaint), lists: [shown(), movements(), inDateOrder()], few: [shown(2), movements(2), inDateOrder(2)], sites });
}

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
    assert.equal(verdict.filter((answer) => answer === OUT).length, counts.filtered);
    assert.ok(movements.every((claim) => shown.includes(claim) && columns.moves(claim)));
    assert.ok(shown.every((claim) => isShown(claim)));
    assert.deepEqual(new Set([0, 1, 2, 3].flatMap(visible.claimsAt)), new Set(shown));
  }
});

test("however often a selection changes, a selector that remembers says what one does that is new", () => {
  const below = seeded(5);
  for (let i = 0; i < 30; i += 1) eachStep(below, ({ columns, state, found, visible }) => assert.deepEqual(told(columns, visible), told(columns, select(columns, state, found))));
});

test("a step of the window names every site and movement that it changes, and none twice", () => {
  const below = seeded(6);
  const steps = { remembered: 0, anew: 0 };
  for (let i = 0; i < 30; i += 1) {
    let before = null;
    eachStep(below, ({ columns, visible, onlyTheWindow }) => {
      const now = told(columns, visible);
      const { changed } = visible;
      assert.equal(changed !== null, onlyTheWindow);
      steps[changed ? "remembered" : "anew"] += 1;
      if (changed) {
        const differs = (site) => ["claims", "faint", "contested"].some((name) => now.tally[name][site] !== before.tally[name][site]) || [0, 1, 2, 3].some((kind) => now.tally.kinds[site * 4 + kind] !== before.tally.kinds[site * 4 + kind]);
        const sites = now.sites.flatMap((_, site) => (differs(site) ? [site] : []));
        const movements = [...columns.movements].filter((claim) => now.verdict[claim] !== before.verdict[claim]);
        assert.deepEqual(sites.filter((site) => !changed.sites.includes(site)), []);
        assert.deepEqual(changed.movements.toSorted((a, b) => a - b), movements);
        assert.equal(new Set(changed.sites).size, changed.sites.length);
      }
      before = now;
    });
  }
  assert.ok(steps.remembered > 300 && steps.anew > 100, JSON.stringify(steps));
});

test("a site's tally counts its shown claims, by kind, the faint and the contested", () => {
  const below = seeded(7);
  for (let i = 0; i < 10; i += 1) {
    eachStep(below, ({ columns, state, visible: { tally, claimsAt, isFaint } }) => {
      const contested = (claim) => columns.contested[claim] !== columns.clocks.event.end && (state.known === null || columns.contested[claim] <= state.known);
      const count = (site, counts) => claimsAt(site).filter(counts).length;
      for (let site = 0; site < columns.places.count; site += 1) {
        assert.deepEqual([tally.claims[site], tally.faint[site], tally.contested[site]], [() => true, isFaint, contested].map((counts) => count(site, counts)));
        assert.deepEqual([...tally.kinds.subarray(site * 4, site * 4 + 4)], [0, 1, 2, 3].map((kind) => count(site, (claim) => columns.kind[claim] === kind)));
      }
      assert.equal(tally.sites, tally.claims.filter(Boolean).length);
    });
  }
});

/** A random story, of which a random selection changes a few dozen times as a reader's hand does it: mostly by an end of the window. */
function eachStep(below, look) {
  const columns = variedColumns(below);
  const selector = makeSelector(columns);
  let [state, found, started] = [everything(), null, false];
  for (let step = 0; step < 40; step += 1) {
    const patch = below(4) ? movedWindow(state, below) : changedFilter(below);
    const search = below(12) ? found : below(2) ? null : someOf(columns.size, below);
    const filters = Object.entries(patch).some(([name, value]) => !["from", "to"].includes(name) && value !== state[name]);
    const onlyTheWindow = started && !filters && search === found;
    [state, found, started] = [{ ...state, ...patch }, search, true];
    look({ columns, state, found, visible: selector(state, found), onlyTheWindow });
  }
}

function movedWindow({ from, to }, below) {
  const far = () => [-3_000_000, -40_000, 40_000, 3_000_000][below(4)]; // the first and the last that addresses may say lie beyond 16 bits
  const moved = (end) => (end === null || !below(6) ? 20_000 + below(200) : end + (below(2) ? below(5) - 2 : below(160) - 80));
  const next = (end) => [null, far, () => moved(end), () => moved(end), () => moved(end), () => moved(end)][below(6)]?.() ?? null;
  const ends = below(3) ? [below(2) ? next(from) : from, to] : [from, next(to)];
  return ends[0] !== null && ends[1] !== null && ends[1] < ends[0] ? { from: ends[1], to: ends[0] } : { from: ends[0], to: ends[1] };
}

function changedFilter(below) {
  const changes = [
    () => ({ clock: CLOCKS[below(2)] }),
    () => ({ known: below(3) ? 20_000 + below(200) : null }),
    () => ({ undated: below(2) === 1 }),
    () => ({ claimant: ["", "", "NIS", "nobody"][below(4)] }),
    () => ({ publisher: ["", "Substack"][below(2)] }),
    () => ({ modality: ["", "planned"][below(2)] }),
  ];
  return changes[below(changes.length)]();
}

/** Days of a year, spans of no day up to half a year, open ends and none; in every third story dates beyond 16 bits as well. */
function variedColumns(below) {
  const far = below(3) === 0;
  const span = () => {
    if (below(5) === 0) return [null, null];
    const start = far && below(8) === 0 ? [-700_000, 100_000, 2_900_000][below(3)] : 20_000 + below(200);
    const end = start + [0, 0, below(5), below(31), below(180)][below(5)];
    return [below(8) ? start : null, below(8) ? end : null];
  };
  const claims = Array.from({ length: below(80) }, () => {
    const [[earliest, latest], [saidFrom, saidTo]] = [span(), span()];
    const sites = [0, 1, 2, 3, 4, 5].filter(() => below(4) === 0);
    return { earliest, latest, saidFrom, saidTo, sites, kind: KINDS[below(4)], claimant: ["NIS", "Budanov"][below(2)], publisher: ["A paper", "Substack"][below(2)], modality: ["happened", "planned"][below(2)], moves: below(3) === 0, ...(below(3) ? {} : { contested: 20_000 + below(200) }) };
  });
  return columnsOf(claims, 6);
}

test("widening the window never loses a claim, nor makes one less sure", () => {
  const below = seeded(4);
  for (let i = 0; i < 500; i += 1) {
    const columns = randomColumns(below);
    const state = randomState(below);
    const wider = { ...state, from: state.from === null ? null : state.from - below(5), to: state.to === null ? null : state.to + below(5) };
    const [before, after] = [state, wider].map((each) => select(columns, each, null).verdict);
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
