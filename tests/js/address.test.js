import assert from "node:assert/strict";
import test from "node:test";

import { addressOf, readAddress } from "../../geo/maps/assets/address.js";
import { parseDay } from "../../geo/maps/assets/days.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { seeded } from "./help.js";

const HOSTILE = ["<script>alert(1)</script>", "a&b=c;d#e?f", "{{7*7}} ${1}", "“quotes” 'of' \"all\" `sorts`", "\u202Eright to left\u202C", "+ %20 %", "Чхонджин 청진", "\\\n\t", "__proto__", "constructor"];
const KNOWN = {
  claimant: new Set(["NIS", ...HOSTILE]),
  publisher: new Set(["Newsweek", ...HOSTILE]),
  modality: new Set(["happened", "planned"]),
  site: new Set(["vladivostok", ...HOSTILE]),
  claim: new Set(["nis-1500", ...HOSTILE]),
};
const read = (search) => readAddress(search, KNOWN);
const written = (state) => `?${new URLSearchParams(addressOf(state))}`;

test("an empty address asks for everything, and asking for everything needs no address", () => {
  for (const search of ["", "?", "?from=&to=&undated=&q=&site="]) assert.deepEqual(read(search), { state: everything(), notes: [] });
  assert.deepEqual(addressOf(everything()), {});
});

test("each parameter comes back from the address it is written into", () => {
  const values = { from: parseDay("2024-10-09"), to: parseDay("2024-10-10"), clock: "reported", known: parseDay("2024-10-18"), undated: false, q: "troops", claimant: "NIS", publisher: "Newsweek", modality: "planned", site: "vladivostok", claim: "nis-1500" };
  assert.deepEqual(Object.keys(values), Object.keys(everything()));
  for (const [name, value] of Object.entries(values)) {
    const state = { ...everything(), [name]: value };
    assert.deepEqual(Object.keys(addressOf(state)), [name]);
    assert.deepEqual(read(written(state)), { state, notes: [] });
  }
  const all = { ...everything(), ...values };
  assert.equal(written(all), "?from=2024-10-09&to=2024-10-10&known=2024-10-18&clock=reported&undated=0&q=troops&claimant=NIS&publisher=Newsweek&modality=planned&site=vladivostok&claim=nis-1500");
  assert.deepEqual(read(written(all)).state, all);
});

test("any state comes back from its address, whatever its words are made of", () => {
  const below = seeded(5);
  const one = (values) => (below(2) ? "" : [...values][below(values.size)]);
  for (let i = 0; i < 500; i += 1) {
    const from = below(2) ? null : 19_000 + below(100);
    const to = below(2) ? null : 19_100 + below(100);
    const words = Object.fromEntries(Object.entries(KNOWN).map(([name, values]) => [name, one(values)]));
    const state = { ...everything(), from, to, undated: below(2) === 1, q: one(new Set(HOSTILE)), ...words };
    assert.deepEqual(read(written(state)), { state, notes: [] });
  }
});

test("the first and the last day there are can be asked for, and so can the epoch", () => {
  for (const day of ["0001-01-01", "1970-01-01", "9999-12-31"]) {
    const { state, notes } = read(`?from=${day}&to=${day}`);
    assert.deepEqual([state.from, state.to, notes], [parseDay(day), parseDay(day), []]);
    assert.equal(written(state), `?from=${day}&to=${day}`);
  }
});

test("each wrong value is ignored with a note that names it, and the right ones beside it hold", () => {
  const wrong = { from: "2024-13-08", to: "8 Oct 2024", undated: "no", claimant: "ni", publisher: "newsweek", modality: "x", site: "atlantis", claim: "NIS-1500" };
  for (const [name, value] of Object.entries(wrong)) {
    const { state, notes } = read(`?q=troops&${new URLSearchParams({ [name]: value })}`);
    assert.deepEqual(state, { ...everything(), q: "troops" });
    assert.equal(notes.length, 1);
    assert.ok(notes[0].startsWith(`“${name}=${value}” in the address `), notes[0]);
    assert.ok(notes[0].endsWith(", so it is ignored."), notes[0]);
  }
  assert.equal(read(`?${new URLSearchParams(wrong)}`).notes.length, Object.keys(wrong).length);
});

test("a window that runs backwards keeps its first day and says so", () => {
  const { state, notes } = read("?from=2024-10-13&to=2024-10-08");
  assert.deepEqual([state.from, state.to], [parseDay("2024-10-13"), null]);
  assert.deepEqual(notes, ["“to=2024-10-08” in the address is before “from=2024-10-13”, so it is ignored."]);
  for (const search of ["?from=2024-10-13&to=2024-10-13", "?to=1960-01-01", "?from=2200-01-01"]) assert.deepEqual(read(search).notes, []);
});

test("a very long wrong value is cut in its note", () => {
  const { notes } = read(`?site=${"x".repeat(10_000)}`);
  assert.ok(notes[0].length < 150);
});

test("a search may be any text, and needs not be known", () => {
  for (const q of [...HOSTILE, "x".repeat(10_000)]) assert.deepEqual(read(`?${new URLSearchParams({ q })}`), { state: { ...everything(), q }, notes: [] });
});

test("of a parameter given twice the last counts, as on the page", () => {
  assert.equal(read("?q=first&q=last").state.q, "last");
  assert.equal(read("?from=2024-10-08&from=2024-10-09").state.from, parseDay("2024-10-09"));
});

test("parameters that others put into the address are no business of ours", () => {
  assert.deepEqual(read("?embed=true&__proto__=x&toString=y"), { state: everything(), notes: [] });
});
