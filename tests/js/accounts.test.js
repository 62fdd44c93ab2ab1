import assert from "node:assert/strict";
import test from "node:test";

import { allSides, isContested, sameThing } from "../../geo/maps/assets/accounts.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { columnsOf, select } from "./help.js";

const seen = (columns, known = null) => select(columns, { ...everything(), known }, null);
const grouped = (claims, ...accounts) => {
  const groupsOf = (i) => accounts.flatMap(({ claims: members }, number) => (members.includes(i) ? [number] : []));
  return { ...columnsOf(claims.map((claim, i) => ({ groups: groupsOf(i), ...claim }))), accounts };
};

test("claims of one link speak of the same thing on days that may be the same", () => {
  const columns = grouped([{ earliest: 8, latest: 13 }, { earliest: 13, latest: 20 }, { earliest: 14, latest: 20 }, {}, { earliest: null, latest: 7 }], { claims: [0, 1, 2, 3, 4], dated: true });
  assert.deepEqual(sameThing(columns, seen(columns), 0), [1, 3]);
  assert.deepEqual(sameThing(columns, seen(columns), 3), [0, 1, 2, 4]);
});

test("numbers that count the same thing may be of any day", () => {
  const columns = grouped([{ earliest: 8, latest: 8 }, { earliest: 20, latest: 20 }], { claims: [0, 1], dated: false });
  assert.deepEqual(sameThing(columns, seen(columns), 0), [1]);
});

test("a rival counts from the day on which it was said", () => {
  const columns = columnsOf([{ contested: 9, saidFrom: 5, saidTo: 5 }, { contested: 5, saidFrom: 9, saidTo: 9 }]);
  assert.deepEqual([8, 9, 8, null].map((day) => isContested(columns, seen(columns, day), 0)), [false, true, false, true]);
});

test("beside a claim stand those of the same thing and those against it, theirs too, but none that isn't known", () => {
  const claims = [{ doubts: [3] }, { earliest: 1, latest: 5 }, { earliest: 5, latest: 9 }, { doubts: [0], saidFrom: 9, saidTo: 9 }, { earliest: 9, latest: 9 }, {}];
  const columns = grouped(claims, { claims: [1, 2, 4], dated: true }, { claims: [0, 1], dated: false });
  assert.deepEqual(allSides(columns, seen(columns), 0), [0, 3, 1, 2, 4]);
  assert.deepEqual(allSides(columns, seen(columns, 8), 0), [0, 1, 2, 4]);
  assert.deepEqual(allSides(columns, seen(columns), 5), [5]);
});

test("of thousands of claims of the same thing not every pair is looked at", () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ earliest: i % 30, latest: i % 30 }));
  const columns = grouped(many);
  columns.accounts = [{ claims: many.map((_, i) => i), dated: true }, { claims: many.map((_, i) => i), dated: false }];
  columns.groups = many.map(() => [0, 1]);
  const visible = seen(columns);
  let looks = 0;
  const { known } = visible;
  visible.known = (claim) => ((looks += 1), known(claim));
  assert.equal(allSides(columns, visible, 0).length, many.length);
  assert.ok(looks < many.length * 100, `${looks} looks`); // every pair would be 25 million
});

test("of very many sides no more are looked for than asked", () => {
  const claims = Array.from({ length: 9 }, (_, i) => ({ doubts: [i - 1, i + 1].filter((other) => other >= 0 && other < 9) }));
  const columns = grouped(claims);
  assert.deepEqual(allSides(columns, seen(columns), 0, 3), [0, 1, 2, 3]);
  assert.equal(allSides(columns, seen(columns), 0).length, 9);
});
