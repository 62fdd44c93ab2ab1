import assert from "node:assert/strict";
import test from "node:test";

import { firstFrom } from "../../geo/maps/assets/countedorder.js";
import { inBlocks, listOf, narrow, ofSome, runningTotals } from "../../geo/maps/assets/compact.js";
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

test("numbers are read as they were, be they close to their neighbours or far from them", () => {
  const below = seeded(32);
  for (const size of [0, 1, 63, 64, 65, 200]) {
    for (const apart of [2, 256, 257, 60_000]) {
      const values = Int16Array.from({ length: size }, (_, i) => -30_000 + Math.min(apart === 60_000 ? 0 : i * 20, 400) + below(apart));
      const read = inBlocks(values);
      assert.deepEqual(Array.from(values, (_, i) => read(i)), [...values], `${size} numbers, ${apart} apart`);
    }
  }
});

test("a list tells its numbers and where they stand, whether one, two or three bytes hold them, some bits more, or only four", () => {
  const below = seeded(33);
  for (const most of [200, 65_535, 65_536, 262_143, 262_144, 1_048_575, 1_048_576, 16_777_215, 16_777_216, 4_000_000_000]) {
    const some = [0, 1, most - 65_536, most - 1, most].filter((value) => value >= 0);
    const values = Uint32Array.from({ length: 100 }, () => some[below(some.length)]);
    values[99] = most;
    const list = listOf(most > 65_535 ? values : narrow(values));
    assert.deepEqual(Array.from({ length: list.length }, (_, i) => list.at(i)), [...values]);
    for (const value of [...some, 5]) for (const from of [0, 50, 100]) assert.equal(list.indexOf(value, from), values.indexOf(value, from), `${value} from ${from}`);
  }
});

test("the narrowest array that holds numbers is one of a byte, of two, or of four", () => {
  assert.deepEqual([255, 256, 65_535, 65_536].map((most) => narrow(Uint32Array.of(3, most))), [Uint8Array.of(3, 255), Uint16Array.of(3, 256), Uint16Array.of(3, 65_535), Uint32Array.of(3, 65_536)]);
  assert.deepEqual(narrow(new Uint32Array(0)), new Uint8Array(0));
});

test("what is known of a few is told of those alone", () => {
  const of = ofSome([2, 5], [-7, 0]);
  assert.deepEqual([0, 2, 3, 5, 9].map(of), [undefined, -7, undefined, 0, undefined]);
});

test("of neighbours that a byte just holds apart, and of those that it just doesn't, none is taken for another", () => {
  for (const apart of [254, 255, 256]) {
    const read = inBlocks(Int16Array.of(-7, apart - 7));
    assert.deepEqual([read(0), read(1)], [-7, apart - 7]);
  }
});

test("a few numbers that are far from their neighbours, above them or below, are read as they were, and so are their neighbours", () => {
  const below = seeded(34);
  for (const Numbers of [Int16Array, Int32Array]) {
    for (const far of [-30_000, 0, 255, 19_700, 20_255, 32_767]) {
      const values = Numbers.from({ length: 500 }, (_, i) => (i === 7 || i === 450 ? far : 20_000 + below(250)));
      const read = inBlocks(values);
      assert.deepEqual(Array.from(values, (_, i) => read(i)), [...values], `${far} among them`);
    }
  }
});
