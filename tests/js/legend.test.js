import assert from "node:assert/strict";
import test from "node:test";

import { legendRows } from "../../geo/maps/assets/legend.js";
import { storyOf } from "./help.js";

const PORT = { lat: 43, lon: 131 };
const words = (story) => legendRows(storyOf(story)).map((row) => row.words);

test("the legend says of movements what the story has of them", () => {
  assert.deepEqual(words({ sites: [PORT, PORT], claims: [{ kind: "moved", sites: [0, 1] }], arrows: [{ claim: 0, from: 0, to: 1 }] }), ["moved, as reported"]);
  assert.deepEqual(words({ sites: [PORT, PORT], claims: [{ kind: "moved", sites: [0, 1], hedged: true }], arrows: [{ claim: 0, from: 0, to: 1 }] }), ["moved, as reported", "the same, hedged or denied"]);
});

test("the legend says of places what claims say of them", () => {
  assert.deepEqual(words({ sites: [PORT], claims: [{ kind: "present", sites: [0] }] }), ["reported here"]);
  assert.deepEqual(words({ sites: [PORT], claims: [{ kind: "planned", sites: [0] }, { kind: "said", sites: [0] }] }), ["planned or forecast", "background, opinion or denial"]);
});

test("the legend has a sign for claims that others speak against, where one is on the map", () => {
  const claims = (sites) => [{ kind: "said", sites, contested: 10 }];
  assert.deepEqual(words({ sites: [PORT], claims: claims([0]) }), ["background, opinion or denial", "others say otherwise"]);
  assert.deepEqual(words({ sites: [PORT], claims: claims([]) }), []);
});
