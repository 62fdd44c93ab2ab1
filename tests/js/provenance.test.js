import assert from "node:assert/strict";
import test from "node:test";

import { chainWords, independentOrigins } from "../../geo/maps/assets/provenance.js";
import { columnsOf } from "./help.js";

test("claims of one claimant, or behind which one document stands, have one origin", () => {
  const columns = columnsOf([{ claimant: "A", rests_on: [0] }, { claimant: "A", rests_on: [1] }, { claimant: "B", rests_on: [2, 1] }, { claimant: "C", rests_on: [3] }]);
  assert.deepEqual(independentOrigins(columns, [0, 1, 2, 3]), [[0, 1, 2], [3]]);
  assert.deepEqual(independentOrigins(columns, [0, 2]), [[0], [2]]);
});

test("a claim that links two origins makes them one", () => {
  const columns = columnsOf([{ claimant: "A", rests_on: [0] }, { claimant: "B", rests_on: [1] }, { claimant: "C", rests_on: [0, 1] }]);
  assert.equal(independentOrigins(columns, [0, 1]).length, 2);
  assert.equal(independentOrigins(columns, [0, 1, 2]).length, 1);
});

test("as known on a day, a chain ends before the first document that was out only later", () => {
  const chain = [{ publisher: "A", earliest: 18 }, { publisher: "B", earliest: 19 }, { publisher: "", title: "C", earliest: null }];
  assert.equal(chainWords({ chain }, null), "A → B → C");
  assert.equal(chainWords({ chain }, 18), "A");
  assert.equal(chainWords({ chain }, 19), "A → B → C");
});

test("thousands of claims behind which one document stands are one origin", () => {
  const columns = columnsOf(Array.from({ length: 5000 }, (_, i) => ({ claimant: `C${i}`, rests_on: [i + 1, 0] })));
  assert.equal(independentOrigins(columns, Array.from({ length: columns.size }, (_, i) => i)).length, 1);
});
