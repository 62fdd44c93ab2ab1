import assert from "node:assert/strict";
import test from "node:test";

import { reasonsFor } from "../../geo/maps/assets/reasons.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { columnsOf, select } from "./help.js";

const CARD = { event_words: "8-13 Jan 1970", reported_words: "by 20 Jan 1970 at the latest" };
const COLUMNS = columnsOf([{ earliest: 7, latest: 12, saidTo: 19 }]);
const reasons = (patch, columns = COLUMNS) => {
  const state = { ...everything(), ...patch };
  return reasonsFor(CARD, 0, select(columns, state, null), state);
};

test("a claim in no doubt needs no reason", () => {
  assert.deepEqual(reasons({}), []);
  assert.deepEqual(reasons({ from: 7, to: 12, known: 19 }), []);
});

test("a claim only possibly in the window says which date reaches beyond it", () => {
  assert.deepEqual(reasons({ from: 8, to: 9 }), ["possibly in these days: 8-13 Jan 1970 reaches beyond them"]);
  assert.deepEqual(reasons({ from: 8, to: 30, clock: "reported" }), ["possibly said in these days: by 20 Jan 1970 at the latest reaches beyond them"]);
});

test("a claim only possibly known says by when it was said at the latest", () => {
  assert.deepEqual(reasons({ known: 16 }), ["possibly said only after 17 Jan 1970: said by 20 Jan 1970 at the latest"]);
});

test("a claim that is filtered out says why", () => {
  assert.deepEqual(reasons({ from: 13 }), ["outside what is selected"]);
  const later = columnsOf([{ saidFrom: 19, saidTo: 19 }]);
  assert.deepEqual(reasons({ known: 16 }, later), ["said only after 17 Jan 1970: said by 20 Jan 1970 at the latest"]);
});

test("a claim of which it isn't known when it was said says so in a sentence", () => {
  const undated = columnsOf([{}]);
  const state = { ...everything(), known: 16 };
  assert.deepEqual(reasonsFor({ ...CARD, reported_words: "not dated" }, 0, select(undated, state, null), state), ["possibly said only after 17 Jan 1970: when it was said is not stated"]);
});
