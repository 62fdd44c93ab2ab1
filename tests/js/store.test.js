import assert from "node:assert/strict";
import test from "node:test";

import { domainOf, openStore } from "../../geo/maps/assets/store.js";
import { cardOf, columnsOf, near, payloadOf } from "./help.js";

const HOSTILE = "{{7*7}} ${1} </script><b> \"'` \u202Eabc\u202C \u2028 Владивосток 청진 🇰🇵 \0";
const TEXTS = ["1,500 troops sent to Vladivostok Владивосток", "2,600 troops Ёлка", "Ch'ŏngjin 청진 café", "C++ (x|y) .* $&"];

const storeOf = (title, texts) => openStore(payloadOf({ title }, { claims: texts.map(() => ({})), texts }));
const store = (title = "A story", texts = TEXTS) => storeOf(title, texts.map((statement) => cardOf({ statement })));

const days = (...spans) => domainOf(columnsOf(spans.map(([earliest, latest]) => ({ earliest, latest }))).clocks.event);
const found = async (q) => {
  const claims = await (await store()).search(q);
  return claims && [...claims];
};

test("texts in any script, with every hostile character, come out as they went in", async () => {
  const opened = await store(HOSTILE, [HOSTILE.repeat(200)]);
  assert.equal(opened.title, HOSTILE);
  assert.equal((await opened.text([0]))[0].statement, HOSTILE.repeat(200));
});

test("texts come in the order they are asked for", async () => {
  const opened = await store();
  assert.deepEqual((await opened.text([2, 0])).map(({ statement }) => statement), [TEXTS[2], TEXTS[0]]);
  assert.deepEqual(await opened.text([]), []);
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

test("a search looks in what a claim says, in the publishers of its chain, and in its places by all their names", async () => {
  const said = { statement: "stated", claimant: "claimed", excerpt: "quoted", hedge: "hedged", note: "noted", quantity_of: "counted" };
  const passed = { chain: ["first", "second"].map((publisher) => ({ publisher, title: "unsearched" })) };
  const placed = { places: [{ name: "here", aliases: ["hither", "yon"] }, { name: "there", aliases: [] }] };
  const opened = await storeOf("", [cardOf({ ...said, ...passed, ...placed }), cardOf({})]);
  const words = [...Object.values(said), "first", "second", "here", "hither", "yon", "there"];
  for (const word of words) assert.deepEqual([...(await opened.search(word))], [0], word);
  assert.deepEqual([...(await opened.search(words.join(" ")))], [0]);
  for (const word of ["unsearched", "statedclaimed"]) assert.deepEqual([...(await opened.search(word))], [], word);
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

test("of each thing the whole story is there by its number, and by its id", async () => {
  const opened = await openStore(payloadOf({}, {
    sites: [{ id: "port", lat: 43.10562, lon: 131.87353 }, { id: "hill", lat: 51, lon: 36, extent: [50, 34, 52, 38] }],
    claims: [{ id: "sent", sites: [0, 1], moves: true, claimant: "A service" }, { id: "no", claimant: "A ministry" }],
    arrows: [{ claim: 0, from: 0, to: 1, quantity: 1500, date: "2024", path: [[[43, 131], [51, 36]]] }],
    texts: [{ claim_id: "sent", responses: [{ claim_id: "no", stance: "denies" }] }, { claim_id: "no", responses: [] }],
  }));
  const { columns, sites, arrows } = opened;
  assert.deepEqual([columns.size, sites.size, arrows.size], [2, 2, 1]);
  assert.deepEqual([0, 1].map((claim) => columns.claimants[columns.claimant(claim)]), ["A service", "A ministry"]);
  assert.deepEqual([arrows.claim[0], arrows.from[0], arrows.to[0], arrows.quantity[0]], [0, 0, 1, 1500]);
  near(sites.point(0)[0], 43.10562, 1e-5, "latitude");
  assert.deepEqual([opened.siteWords(1).id, opened.arrowWords(0).date, opened.path(0).length], ["hill", "2024", 1]);
  assert.deepEqual([opened.claimIds([1, 0]), opened.siteIds([1])], [["no", "sent"], ["hill"]]);
  assert.deepEqual(await opened.locate({ site: "hill", claim: "no" }), { site: 1, claim: 1 });
  assert.deepEqual(await opened.locate({ site: "", claim: "nowhere" }), { site: null, claim: null });
  assert.deepEqual((await opened.text([0]))[0].responses, [{ claim_id: "no", stance: "denies", claim: 1 }]);
});

test("a story's days reach from the first end that is stated to the last", () => {
  assert.deepEqual(days([null, 20], [10, null], [12, 12]), { first: 10, last: 20 });
  assert.deepEqual(days([0, null]), { first: 0, last: 0 });
  assert.deepEqual(days([null, null], [-400, -300]), { first: -400, last: -300 });
});

test("a story without a date has no days", () => {
  assert.equal(days([null, null]), null);
  assert.equal(days(), null);
});
