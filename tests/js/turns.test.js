import assert from "node:assert/strict";
import test from "node:test";

import { atOnce, inTurns } from "../../geo/maps/assets/turns.js";

function* counting(to, done) {
  for (let i = 0; i < to; i += 1) {
    done.push(i);
    yield;
  }
  return to;
}

test("work in turns lets others in between, and gives what it comes to", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => (now += 4)); // two parts and a half of a turn
  const done = [];
  let others = 0;
  const isWanted = () => (others += 1) > 0;
  assert.equal(await inTurns(counting(12, done), isWanted), 12);
  assert.equal(done.length, 12);
  assert.ok(others >= 4 && others <= 7, `${others} turns`);
});

test("work that is no longer wanted is left where it is, or not begun", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => (now += 100));
  const done = [];
  let turns = 3;
  assert.equal(await inTurns(counting(12, done), () => (turns -= 1) >= 0), null);
  assert.deepEqual(done, [0, 1, 2]);
  assert.equal(await inTurns(counting(12, done), () => false), null);
  assert.deepEqual(done, [0, 1, 2]);
});

test("work that can't wait is done at once", () => {
  const done = [];
  assert.equal(atOnce(counting(5, done)), 5);
  assert.deepEqual(done, [0, 1, 2, 3, 4]);
});
