import assert from "node:assert/strict";
import test from "node:test";

import { fold } from "../../geo/maps/assets/selection.js";
import { domainOf, openStore } from "../../geo/maps/assets/store.js";
import { columnsOf } from "./help.js";

const HOSTILE = "{{7*7}} ${1} </script><b> \"'` \u202Eabc\u202C \u2028 Владивосток 청진 🇰🇵 \0";
const TEXTS = ["1,500 troops sent to Vladivostok Владивосток", "2,600 troops Ёлка", "Ch'ŏngjin 청진 café", "C++ (x|y) .* $&"];

function store(patch = {}) {
  const story = { title: "A story", basemap: "x.json", modalities: {}, claims: columnsOf(TEXTS.map(() => ({}))), sites: [], arrows: [], texts: TEXTS.map((statement) => ({ statement })), haystacks: TEXTS.map(fold), ...patch };
  return openStore(Buffer.from(JSON.stringify(story), "utf8").toString("base64"));
}

const found = async (q) => {
  const claims = await store().search(q);
  return claims && [...claims];
};

test("texts in any script, with every hostile character, come out as they went in", async () => {
  const opened = store({ title: HOSTILE, texts: [{ statement: HOSTILE.repeat(200) }] });
  assert.equal(opened.title, HOSTILE);
  assert.equal((await opened.text([0]))[0].statement, HOSTILE.repeat(200));
});

test("texts come in the order they are asked for", async () => {
  assert.deepEqual((await store().text([2, 0])).map(({ statement }) => statement), [TEXTS[2], TEXTS[0]]);
  assert.deepEqual(await store().text([]), []);
});

test("every word of a search must be found, in any order", async () => {
  assert.deepEqual(await found("troops"), [0, 1]);
  assert.deepEqual(await found("troops 1,500"), [0]);
  assert.deepEqual(await found(" vladivostok \t troops\n"), [0]);
  assert.deepEqual(await found("troops nowhere"), []);
});

test("a search ignores case and accents in Latin, Cyrillic and Hangul", async () => {
  assert.deepEqual(await found("ВЛАДИВОСТОК"), [0]);
  assert.deepEqual(await found("елка"), [1]);
  assert.deepEqual(await found("CHONG"), []);
  assert.deepEqual(await found("ch'ongjin"), [2]);
  assert.deepEqual(await found("CAFE\u0301"), [2]);
  assert.deepEqual(await found("청진"), [2]);
  assert.deepEqual(await found("청진".normalize("NFD")), [2]);
});

test("no sign of a search is a pattern", async () => {
  assert.deepEqual(await found(".*"), [3]);
  assert.deepEqual(await found("c++ (x|y)"), [3]);
  assert.deepEqual(await found("("), [3]);
  assert.deepEqual(await found("[a-z]"), []);
});

test("a search for nothing is no search", async () => {
  for (const q of ["", "  ", "\t\n", "\u3000", "\u0301"]) assert.equal(await found(q), null, JSON.stringify(q));
});

test("words are parted where Python parts them", async () => {
  for (const space of ["\u00A0", "\u2003", "\u3000", "\u0085"]) assert.deepEqual(await found(`1,500${space}troops`), [0], JSON.stringify(space));
  assert.deepEqual(await found("1,500\uFEFFtroops"), []);
});

test("a story's days reach from the first end that is stated to the last", () => {
  assert.deepEqual(domainOf({ earliest: [null, 10, 12], latest: [20, null, 12] }), { first: 10, last: 20 });
  assert.deepEqual(domainOf({ earliest: [0], latest: [null] }), { first: 0, last: 0 });
  assert.deepEqual(domainOf({ earliest: [null, -400], latest: [null, -300] }), { first: -400, last: -300 });
});

test("a story without a date has no days", () => {
  assert.equal(domainOf({ earliest: [null], latest: [null] }), null);
  assert.equal(domainOf({ earliest: [], latest: [] }), null);
});
