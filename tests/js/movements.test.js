import assert from "node:assert/strict";
import test from "node:test";

import { doubtsOf, movementStyle, movementWords, sharingALink } from "../../geo/maps/assets/movements.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { arrowsOf, columnsOf, select } from "./help.js";

const ARROW = { claim: 0, from: 0, to: 1, date: "8-13 Oct 2024", number: "1,500 in total", missing: [] };
const DENIED = columnsOf([
  { sites: [0, 1], moves: true, earliest: 10, latest: 15, saidFrom: 18, saidTo: 18, denied: 20, contested: 20 },
  { saidFrom: 20, saidTo: 20, contested: 18 },
  { saidFrom: 18, saidTo: 18 },
]);
const seen = (columns, patch = {}) => select(columns, { ...everything(), ...patch }, null);
const label = (columns, patch, arrow = ARROW, named = false) => movementWords({ columns, arrows: arrowsOf([arrow]), arrowWords: () => arrow }, seen(columns, patch), 0, named);

test("a movement is denied from the day on which somebody denies it, and not before", () => {
  const on = (known) => doubtsOf(DENIED, known, 0);
  assert.deepEqual([on(18), on(19), on(20), on(null)], [[], [], ["denied"], ["denied"]]);
  assert.deepEqual(label(DENIED, { known: 19 }), ["8-13 Oct 2024", "1,500 in total"]);
  assert.deepEqual(label(DENIED, { known: 20 }), ["8-13 Oct 2024", "1,500 in total", "denied", "≠ others say otherwise"]);
});

test("who is denied by somebody who may have said so at any time is denied on every day", () => {
  const ever = columnsOf([{ sites: [0], moves: true, contested: -Infinity, denied: -Infinity }]);
  for (const known of [-719_162, 0, 2_932_896, null]) assert.deepEqual(label(ever, { known }).slice(2, 4), ["denied", "≠ others say otherwise"]);
});

test("a facet that hides the denial doesn't take back that it was said", () => {
  const columns = columnsOf([{ sites: [0, 1], moves: true, denied: 20 }, { claimant: "Another", saidFrom: 20, saidTo: 20 }]);
  assert.ok(label(columns, { claimant: "A service" }).includes("denied"));
});

test("a hedge counts as the source's own doubt", () => {
  const columns = columnsOf([{ hedged: true, denied: 5, disputed: 5 }]);
  assert.deepEqual(doubtsOf(columns, null, 0), ["hedged", "disputed", "denied"]);
});

test("the line says by its style how it is asserted, and dotted that there is doubt", () => {
  const columns = columnsOf([{ kind: "moved" }, { kind: "moved", denied: 5 }, { kind: "planned" }, { kind: "planned", hedged: true }]);
  assert.deepEqual([0, 1, 2, 3].map((claim) => movementStyle(columns, null, claim)), ["solid", "dotted", "dashed", "dashed"]);
  assert.deepEqual([4, 5].map((day) => movementStyle(columns, day, 1)), ["solid", "dotted"]);
});

test("what is only possible is said in the label, and why", () => {
  assert.deepEqual(label(DENIED, { from: 12, to: 13, known: 19 }), ["8-13 Oct 2024", "1,500 in total", "possibly in these days"]);
  const bounded = columnsOf([{ saidTo: 19 }]);
  assert.deepEqual(label(bounded, { known: 17 }), ["8-13 Oct 2024", "1,500 in total", "possibly said only later"]);
});

test("what isn't stated is said, last of all", () => {
  const columns = columnsOf([{ hedged: true }]);
  const stub = { ...ARROW, date: "", number: "2,600 planned", missing: ["origin not stated"] };
  assert.deepEqual(label(columns, {}, stub), ["2,600 planned", "hedged", "origin not stated", "no date"]);
});

test("claims on one link are told apart by who speaks", () => {
  const arrows = arrowsOf([ARROW, { ...ARROW, claim: 1 }, { ...ARROW, claim: 2, from: 1, to: 0 }, { ...ARROW, claim: 3, from: null }, { ...ARROW, claim: 3, from: 2 }]);
  assert.deepEqual([...sharingALink(arrows, [0, 1, 2, 3, 4])], [0, 1]);
  assert.deepEqual([...sharingALink(arrows, [0, 2, 3, 4])], []);
  assert.equal(label(DENIED, {}, ARROW, true)[0], "A service");
});
