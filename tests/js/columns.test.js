import assert from "node:assert/strict";
import test from "node:test";

import { claimsOf, NOWHERE } from "../../geo/maps/assets/columns.js";
import { KINDS } from "../../geo/maps/assets/marks.js";
import { arrowsOf, columnsOf, near, seeded, sitesOf } from "./help.js";

const CLAIMS = [{ sites: [2, 0] }, {}, { sites: [0], moves: true, hedged: true }, { moves: true }, { sites: [3, 1, 0], moves: true }];
const POINTS = [[0, 0], [10, 20], [-45.00001, 179.99999], [1, 1], [2, 2]].map(([lat, lon]) => ({ lat, lon }));
const all = (size, what) => Array.from({ length: size }, (_, i) => what(i));

test("a claim tells its sites in its own order, and a site its claims in the story's", () => {
  const columns = columnsOf(CLAIMS, 5);
  assert.deepEqual(all(5, (claim) => [...columns.sitesOf(claim)]), [[2, 0], [], [0], [], [3, 1, 0]]);
  assert.deepEqual(all(5, (site) => claimsOf(columns, site)), [[0, 2, 4], [4], [0], [4], []]);
});

test("a claim tells whether it is hedged and whether it moves, and which are of several sites is told apart", () => {
  const columns = columnsOf(CLAIMS);
  assert.deepEqual(all(5, columns.hedged), [false, false, true, false, false]);
  assert.deepEqual(all(5, columns.moves), [false, false, true, true, true]);
  assert.deepEqual([...columns.several], [0, 4]);
});

test("what is against some claims is told of those alone, with the day", () => {
  const { contested, doubted } = columnsOf([{}, { contested: 7, denied: 9 }, {}, { contested: -3 }, {}]);
  assert.deepEqual(all(5, contested.of), [undefined, 7, undefined, -3, undefined]);
  assert.deepEqual(all(5, doubted.denied.of), [undefined, 9, undefined, undefined, undefined]);
  assert.deepEqual(all(5, doubted.disputed.of), all(5, () => undefined));
});

test("kind and modality of a claim are told apart from whether it moves or is hedged", () => {
  const told = KINDS.flatMap((kind) => ["happened", "opinion", "forecast"].map((modality, i) => ({ kind, modality, hedged: i === 1, moves: kind === "moved", sites: [0] })));
  const columns = columnsOf(told);
  assert.deepEqual(all(told.length, (claim) => ({ kind: KINDS[columns.kind(claim)], modality: columns.modalities[columns.modality(claim)], hedged: columns.hedged(claim), moves: columns.moves(claim), sites: [...columns.sitesOf(claim)] })), told);
});

test("a site knows the first claim that names it; one that none does comes after all", () => {
  assert.deepEqual([...sitesOf(POINTS, columnsOf(CLAIMS, 5)).firstClaim], [0, 4, 0, 4, 5]);
});

test("a site's place is known to a metre, and how sure it is only where that is stated", () => {
  const sites = sitesOf([...POINTS, { lat: 43.10562, lon: 131.87353, uncertainty_km: 15 }, { lat: -90, lon: 0 }]);
  const isAt = (site, lat, lon) => [lat, lon].forEach((degrees, i) => near(sites.point(site)[i], degrees, 1.1e-5, `${site}`));
  isAt(2, -45.00001, 179.99999);
  isAt(5, 43.10562, 131.87353);
  isAt(6, -90, 0); // beyond the map
  assert.deepEqual(all(7, sites.uncertaintyKm), [NaN, NaN, NaN, NaN, NaN, 15, NaN]);
});

test("areas have their own extents, and points have none", () => {
  const { extents } = sitesOf([{ lat: 0, lon: 0 }, { lat: 51, lon: 36, extent: [50, 34, 52, 38] }, { lat: 0, lon: 0 }, { lat: 60, lon: 179, extent: [55, 175, 65, -175] }]);
  assert.deepEqual([...extents], [[1, [50, 34, 52, 38]], [3, [55, 175, 65, -175]]]);
});

test("an arrow whose end is not stated, or not on the map, goes nowhere from there", () => {
  const { size, claim, from, to, quantity } = arrowsOf([{ claim: 2, from: null, to: 0, quantity: 2600 }, { claim: 4, from: 3, to: null }]);
  assert.deepEqual([size, [...claim], [...from], [...to], [...quantity]], [2, [2, 4], [NOWHERE, 3], [0, NOWHERE], [2600, NaN]]);
});

test("a story without a claim has columns as any other", () => {
  const columns = columnsOf([], 2);
  assert.deepEqual([columns.size, [...columns.several], claimsOf(columns, 1)], [0, [], []]);
  assert.deepEqual([...sitesOf(POINTS.slice(0, 2), columns).firstClaim], [0, 0]);
});

test("whoever asks for a site's claims finds those that name it", () => {
  const below = seeded(15);
  for (let i = 0; i < 200; i += 1) {
    const claims = Array.from({ length: below(30) }, () => ({ sites: [0, 1, 2, 3, 4].filter(() => below(3) === 0) }));
    const columns = columnsOf(claims, 5);
    const { firstClaim } = sitesOf(POINTS, columns);
    for (let site = 0; site < 5; site += 1) {
      const naming = claims.flatMap(({ sites }, claim) => (sites.includes(site) ? [claim] : []));
      assert.deepEqual(claimsOf(columns, site), naming);
      assert.equal(firstClaim[site], naming[0] ?? claims.length);
    }
  }
});
