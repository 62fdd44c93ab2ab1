import assert from "node:assert/strict";
import test from "node:test";

import { KINDS } from "../../geo/maps/assets/marks.js";
import { CLOCKS, everything } from "../../geo/maps/assets/selection.js";
import { isStep, makeSelector } from "../../geo/maps/assets/selector.js";
import { columnsOf, seeded, select } from "./help.js";

/** All that a selection says, as it is now: with its next step the selector tells of another. */
function told({ size, places }, { verdict, known, isAsked, counts, tally, isFaint, shown, movements, inDateOrder, claimsAt }) {
  const claims = Array.from({ length: size }, (_, claim) => [verdict(claim), known(claim), isAsked(claim), isFaint(claim)]);
  const sites = Array.from({ length: places.count }, (_, site) => claimsAt(site));
  return structuredClone({ claims, counts, tally, lists: [shown(), movements(), inDateOrder()], few: [shown(2), movements(2), inDateOrder(2)], sites });
}

const someOf = (size, below) => new Set(Array.from({ length: size }, (_, claim) => claim).filter(() => below(2)));

test("however often a selection changes, a selector that remembers says what one does that is new", () => {
  const below = seeded(5);
  for (let i = 0; i < 30; i += 1) eachStep(below, ({ columns, state, found, visible }) => assert.deepEqual(told(columns, visible), told(columns, select(columns, state, found))));
});

test("a step names every site and movement that it changes, and none twice", () => {
  const below = seeded(6);
  const steps = { window: 0, known: 0, anew: 0 };
  for (let i = 0; i < 30; i += 1) {
    let before = null;
    eachStep(below, ({ columns, visible, moved }) => {
      const now = told(columns, visible);
      const { changed } = visible;
      assert.equal(changed !== null, moved !== null);
      steps[moved ?? "anew"] += 1;
      if (changed) {
        const differs = (site) => ["claims", "faint", "contested"].some((name) => now.tally[name][site] !== before.tally[name][site]) || [0, 1, 2, 3].some((kind) => now.tally.kinds[site * 4 + kind] !== before.tally.kinds[site * 4 + kind]);
        const sites = now.sites.flatMap((_, site) => (differs(site) ? [site] : []));
        const movements = Array.from({ length: columns.size }, (_, claim) => claim).filter((claim) => columns.moves(claim) && columns.sitesOf(claim).length > 0 && now.claims[claim][0] !== before.claims[claim][0]);
        assert.deepEqual(sites.filter((site) => !changed.sites.includes(site)), []);
        assert.deepEqual(changed.movements.toSorted((a, b) => a - b), movements);
        assert.deepEqual(changed.asked.toSorted((a, b) => a - b), now.claims.flatMap(([, , asked], claim) => (asked === before.claims[claim][2] ? [] : [asked ? claim : ~claim])).toSorted((a, b) => a - b));
        assert.equal(new Set(changed.sites).size, changed.sites.length);
      }
      before = now;
    });
  }
  assert.ok(steps.window > 300 && steps.known > 30 && steps.anew > 100, JSON.stringify(steps));
});

test("a site's tally counts its shown claims, by kind, the faint and the contested", () => {
  const below = seeded(7);
  for (let i = 0; i < 10; i += 1) {
    eachStep(below, ({ columns, state, visible: { tally, claimsAt, isFaint } }) => {
      const contested = (claim) => columns.contested.of(claim) !== undefined && (state.known === null || columns.contested.of(claim) <= state.known);
      const count = (site, counts) => claimsAt(site).filter(counts).length;
      for (let site = 0; site < columns.places.count; site += 1) {
        assert.deepEqual([tally.claims[site], tally.faint[site], tally.contested[site]], [() => true, isFaint, contested].map((counts) => count(site, counts)));
        assert.deepEqual([...tally.kinds.subarray(site * 4, site * 4 + 4)], [0, 1, 2, 3].map((kind) => count(site, (claim) => columns.kind(claim) === kind)));
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
    const patch = { ...(below(4) ? movedWindow(state, below) : changedFilter(below)), ...(below(8) ? {} : { known: 20_000 + below(200) }) };
    const search = below(12) ? found : below(2) ? null : someOf(columns.size, below);
    const moved = started && search === found ? movedOf(state, { ...state, ...patch }) : null;
    assert.equal(started && isStep({ state, found }, { state: { ...state, ...patch }, found: search }), moved !== null);
    [state, found, started] = [{ ...state, ...patch }, search, true];
    look({ columns, state, found, visible: selector.select(state, found), moved });
  }
}

/** What a hand moved: the window, or the known day and perhaps the window too; null where something else is asked. */
function movedOf(before, now) {
  const differ = Object.keys(now).filter((name) => now[name] !== before[name]);
  if (differ.every((name) => name === "from" || name === "to")) return "window";
  return differ.every((name) => ["from", "to", "known"].includes(name)) && before.known !== null && now.known !== null ? "known" : null;
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
    () => ({ known: below(6) ? 20_000 + below(200) : null }),
    () => ({ known: 20_000 + below(200) }),
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

test("until a selection in turns is done, the one before it stands as it was", () => {
  const below = seeded(13);
  const columns = variedColumns(below);
  const { select: selectNow, selectInTurns } = makeSelector(columns);
  const before = selectNow(everything(), null);
  const [stood, asked] = [told(columns, before), { ...everything(), claimant: "NIS", known: 20_100 }];
  const turns = selectInTurns(asked, null);
  let pauses = 0;
  let turn = turns.next();
  for (; !turn.done; turn = turns.next()) {
    pauses += 1;
    assert.deepEqual(told(columns, before), stood);
  }
  assert.ok(pauses > 1);
  assert.deepEqual(told(columns, turn.value), told(columns, select(columns, asked, null)));
  assert.notDeepEqual(told(columns, before), stood);
  const { state, found } = { state: { ...asked, from: 20_050 }, found: null };
  assert.deepEqual(told(columns, selectNow(state, found)), told(columns, select(columns, state, found)));
});

test("a place may have more claims than 16 bits count", () => {
  const columns = columnsOf(Array.from({ length: 65_537 }, (_, i) => ({ earliest: i % 9, latest: i % 9, sites: [0] })));
  const { select: selectNext } = makeSelector(columns);
  assert.equal(selectNext(everything(), null).tally.claims[0], 65_537);
  const later = selectNext({ ...everything(), from: 1 }, null);
  assert.equal(later.tally.claims[0], later.counts.shown);
  assert.equal(selectNext({ ...everything(), from: 0 }, null).tally.claims[0], 65_537);
});
