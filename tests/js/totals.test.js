import assert from "node:assert/strict";
import test from "node:test";

import { firstFrom } from "../../geo/maps/assets/countedorder.js";
import { runningTotals } from "../../geo/maps/assets/totals.js";
import { seeded } from "./help.js";

const totalsOf = (counts) => {
  const before = runningTotals(counts);
  return Array.from({ length: counts.length + 1 }, (_, i) => before(i));
};

function added(counts) {
  const sums = [0];
  for (const count of counts) sums.push(sums.at(-1) + count);
  return sums;
}

test("before each number stands the sum of those before it, and after the last one that of all", () => {
  const below = seeded(31);
  for (const size of [0, 1, 63, 64, 65, 127, 128, 129, 1000]) {
    const counts = Uint8Array.from({ length: size }, () => below(4));
    assert.deepEqual(totalsOf(counts), added(counts), `${size} numbers`);
  }
});

test("sums may be larger than a byte, or two, can hold", () => {
  for (const count of [4, 5, 255, 1024, 70_000]) {
    const counts = Uint32Array.from({ length: 200 }, (_, i) => (i % 3 === 0 ? 0 : count));
    assert.deepEqual(totalsOf(counts), added(counts), `numbers to ${count}`);
  }
});

test("of what is sorted, the first that is large enough is found, of equal ones the first", () => {
  const values = [2, 2, 5, 5, 5, 9];
  const found = (least) => firstFrom(values.length, (i) => values[i], least);
  assert.deepEqual([1, 2, 3, 5, 6, 9, 10].map(found), [0, 0, 2, 2, 5, 5, 6]);
  assert.equal(firstFrom(0, () => assert.fail("nothing is there to ask"), 1), 0);
});
