import assert from "node:assert/strict";
import test from "node:test";

import { parseDay } from "../../geo/maps/assets/days.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { selectionWords } from "../../geo/maps/assets/selectionwords.js";

const [EIGHTH, TENTH] = [parseDay("2024-10-08"), parseDay("2024-10-10")];
const words = (asked) => selectionWords({ ...everything(), ...asked }, { planned: "planned", about: "about verification" });

test("who asks for everything, or only opens a site or a claim, has asked nothing that hides", () => {
  assert.deepEqual(words({}), []);
  assert.deepEqual(words({ site: "hill", claim: "seen" }), []);
});

test("a window has two ends, one, or a single day", () => {
  assert.deepEqual(words({ from: EIGHTH, to: TENTH }), ["happened from 8 Oct 2024 to 10 Oct 2024"]);
  assert.deepEqual(words({ from: EIGHTH, to: EIGHTH }), ["happened on 8 Oct 2024"]);
  assert.deepEqual(words({ from: EIGHTH }), ["happened from 8 Oct 2024 on"]);
  assert.deepEqual(words({ to: TENTH, clock: "reported" }), ["said by 10 Oct 2024"]);
});

test("a clock alone hides nothing", () => assert.deepEqual(words({ clock: "reported" }), []));

test("all else that is asked is said, in the words of the page", () => {
  const asked = { undated: false, known: TENTH, q: "troops", claimant: "The service", publisher: "The press", modality: "about" };
  assert.deepEqual(words(asked), ["none without a date", "as known on 10 Oct 2024", "with “troops”", "claimed by The service", "published by The press", "about verification"]);
});
