import assert from "node:assert/strict";
import test from "node:test";

import { wrapped } from "../../geo/maps/assets/picture.js";

const letters = (words) => words.length;

test("a text is broken between words, into lines no wider than there is room", () => {
  assert.deepEqual(wrapped("one two three four", 9, letters), ["one two", "three", "four"]);
  assert.deepEqual(wrapped("one", 9, letters), ["one"]);
});

test("a word that is too long is broken inside", () => {
  assert.deepEqual(wrapped("at https://example.org", 8, letters), ["at", "https://", "example.", "org"]);
});

test("a text without end is cut, and says so", () => {
  const lines = wrapped("x".repeat(10_000), 10, letters);
  assert.equal(lines.length, 40);
  assert.equal(lines.at(-1), "…");
});
