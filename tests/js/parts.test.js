import assert from "node:assert/strict";
import test from "node:test";

import { partedTexts } from "../../geo/maps/assets/parts.js";
import { everything, fold } from "../../geo/maps/assets/selection.js";
import { wholeTexts } from "../../geo/maps/assets/whole.js";
import { cardOf, columned, columnsOf, select } from "./help.js";

const COUNT = 7;
const DENIAL = 6;
const numbers = Array.from({ length: COUNT }, (_, i) => i);
const ids = numbers.map((i) => `c${i}`);
const claims = numbers.map((i) => ({ claimant: `Claimant ${i % 2}`, rests_on: [i % 3], doubts: i === 1 ? [DENIAL] : i === DENIAL ? [1] : [], groups: i < 4 ? [0] : [], saidFrom: i, saidTo: i }));
const statements = numbers.map((i) => `Number ${i} ${i % 2 ? "odd" : "even"}`);
const cards = ids.map((id, i) => cardOf({ claim_id: id, statement: statements[i], responses: i === 1 ? [{ claim_id: ids[DENIAL], stance: "denies" }] : [] }));
const sites = ["port", "hill", "cape"].map((id) => ({ id, name: id.toUpperCase() }));
const arrows = ["2020", "2021", "2022"].map((date) => ({ date, number: "", missing: [], path: null }));
const columns = columnsOf(claims);
const standing = { accounts: [{ claims: [0, 1, 2, 3], dated: false }], ...Object.fromEntries(["doubts", "groups", "rests_on"].map((name) => [name, claims.map((claim) => claim[name])])) };

const partsOf = (things, size) => Array.from({ length: Math.ceil(things.length / size) }, (_, part) => things.slice(part * size, (part + 1) * size));
const CONTENT = {
  texts: [2, partsOf(cards, 2).map((some) => ({ cards: some, numbers: { [ids[DENIAL]]: DENIAL } }))],
  sites: [2, partsOf(sites, 2)],
  arrows: [2, partsOf(arrows, 2)],
  search: [3, partsOf(statements.map(fold), 3)],
  standing: [COUNT, [standing]],
};
const parts = Object.fromEntries(Object.entries(CONTENT).map(([kind, [size, contents]]) => [kind, { size, files: contents.map((_, part) => `${kind}-${part}.js`) }]));

/** A story in parts, with the files that it has asked for; `missing` are not there. */
function parted(missing = []) {
  const asked = [];
  const load = async (file) => {
    asked.push(file);
    if (missing.includes(file)) throw new Error(`${file} is missing`);
    const [kind, part] = file.replace(".js", "").split("-");
    return structuredClone(CONTENT[kind][1][Number(part)]);
  };
  return { texts: partedTexts({ ids, sites: sites.map(({ id }) => id), parts }, columns, load), asked };
}

const whole = wholeTexts({ ids, texts: columned(cards), sites, arrows, standing }, columns);
const seen = (known = null) => select(columns, { ...everything(), known }, null);

test("a file is loaded when something in it is first asked for, and once", async () => {
  const { texts, asked } = parted();
  await texts.text([3, 2]);
  assert.deepEqual(asked, ["texts-1.js"]);
  await Promise.all([texts.text([2, 6]), texts.text([6])]);
  assert.deepEqual(asked, ["texts-1.js", "texts-3.js"]);
  assert.deepEqual(await texts.text([]), []);
});

test("cards come in the order they are asked for, with the numbers of what responds to them", async () => {
  const { texts } = parted();
  assert.deepEqual(await texts.text([5, 1, 0]), await whole.text([5, 1, 0]));
  assert.equal((await texts.text([1]))[0].responses[0].claim, DENIAL);
});

test("words of sites and arrows are there once they are loaded, and null before", async () => {
  const { texts, asked } = parted();
  assert.deepEqual([texts.siteWords(2), texts.arrowWords(2)], [null, null]);
  await texts.loadSites([2]);
  await texts.loadArrows([2, 0]);
  assert.deepEqual([texts.siteWords(2), texts.arrowWords(2), texts.arrowWords(1)], [sites[2], arrows[2], arrows[1]]);
  assert.deepEqual([texts.siteWords(0), texts.path(0)], [null, null]);
  assert.deepEqual(asked, ["sites-1.js", "arrows-1.js", "arrows-0.js"]);
});

test("ids need no file", async () => {
  const { texts, asked } = parted();
  assert.deepEqual([texts.claimIds([4, 0]), texts.siteIds([1])], [["c4", "c0"], ["hill"]]);
  assert.deepEqual(await texts.locate({ site: "cape", claim: "c5" }), { site: 2, claim: 5 });
  assert.deepEqual(await texts.locate({ site: "", claim: "nowhere" }), { site: null, claim: null });
  assert.deepEqual(asked, []);
});

test("a search loads all that it looks in, once, and finds what a whole story finds", async () => {
  const { texts, asked } = parted();
  for (const terms of [["odd"], ["number", "even"], ["6"], ["nowhere"]]) assert.deepEqual(await texts.find(terms), await whole.find(terms));
  assert.deepEqual(asked, ["search-0.js", "search-1.js", "search-2.js"]);
});

test("origins and sides are those of a whole story, from a file of their own", async () => {
  const { texts, asked } = parted();
  for (const visible of [seen(), seen(3)]) {
    assert.deepEqual(await texts.origins(numbers, visible), await whole.origins(numbers, visible));
    for (const claim of numbers) assert.deepEqual(await texts.sides(claim, visible), await whole.sides(claim, visible));
  }
  assert.deepEqual(asked, ["standing-0.js"]);
});

test("of very many sides the first are told, and that there are more", async () => {
  const many = Array.from({ length: 300 }, (_, i) => i);
  const all = { accounts: [{ claims: many, dated: false }], doubts: many.map(() => []), groups: many.map(() => [0]), rests_on: many.map(() => []) };
  const crowd = columnsOf(many.map(() => ({})));
  const texts = partedTexts({ ids: [], sites: [], parts: { ...parts, standing: { size: 300, files: ["standing"] } } }, crowd, async () => all);
  const { claims: found, more } = await texts.sides(7, select(crowd, everything(), null));
  assert.deepEqual([found.length, found[0], more], [200, 7, true]);
});

test("a file that is missing is named, and asked for again the next time", async () => {
  const missing = ["texts-1.js"];
  const { texts, asked } = parted(missing);
  await assert.rejects(texts.text([0, 2]), /texts-1\.js is missing/);
  missing.pop();
  assert.deepEqual(await texts.text([0, 2]), await whole.text([0, 2]));
  assert.deepEqual(asked, ["texts-0.js", "texts-1.js", "texts-1.js"]);
});
