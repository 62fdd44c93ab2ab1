import assert from "node:assert/strict";
import test from "node:test";

import { sitesToList, withChosen } from "../../geo/maps/assets/sitelist.js";
import { seeded } from "./help.js";

const tallyOf = (claims) => ({ claims: Uint32Array.from(claims) });
const many = (counts) => tallyOf([...counts, ...Array.from({ length: 101 }, () => 0)]);
const listed = (tally, limit, chosen = null) => withChosen(sitesToList(tally, tally.claims.length, limit), chosen);

test("few places are listed all, in the story's order, whatever the selection lets through", () => {
  assert.deepEqual(listed(tallyOf([0, 3, 1]), 100), [0, 1, 2]);
  assert.equal(listed(tallyOf(Array.from({ length: 100 }, () => 0)), 100, 7).length, 100);
});

test("of many places those with the most claims come first, those with as many in the story's order", () => {
  assert.deepEqual(listed(many([2, 9, 4, 4, 1]), 3), [1, 2, 3]);
  assert.deepEqual(listed(many([4, 4, 4, 9]), 3), [3, 0, 1]);
});

test("of many places none without a shown claim is listed", () => {
  assert.deepEqual(listed(many([0, 2, 0, 1]), 100), [1, 3]);
  assert.deepEqual(listed(many([]), 100), []);
});

test("the chosen place is always listed, once", () => {
  assert.deepEqual(listed(many([3, 2, 1]), 2, 2), [2, 0, 1]);
  assert.deepEqual(listed(many([3, 2, 0]), 2, 2), [2, 0, 1]);
  assert.deepEqual(listed(many([3, 2, 1]), 2, 1), [0, 1]);
});

test("however the claims are spread, the list is what sorting all places gives", () => {
  const below = seeded(14);
  for (let i = 0; i < 300; i += 1) {
    const claims = Array.from({ length: 101 + below(200) }, () => below(1 + below(6)));
    const [limit, chosen] = [100 * (1 + below(3)), below(2) ? below(claims.length) : null];
    const places = claims.map((_, site) => site).filter((site) => claims[site] > 0);
    const first = places.toSorted((a, b) => claims[b] - claims[a] || a - b).slice(0, limit);
    assert.deepEqual(listed(tallyOf(claims), limit, chosen), chosen === null || first.includes(chosen) ? first : [chosen, ...first]);
  }
});
