/**
 * Says what the map makes of addresses: reads stories and addresses from the JSON file that is named, and writes for
 * each address the state, the parameters that were noted as wrong, what becomes of each claim, and what stands with it
 * and against it.
 */

import { readFile } from "node:fs/promises";

import { isContested, rivalsOf, sameThing } from "../../geo/maps/assets/accounts.js";
import { addressOf, readAddress } from "../../geo/maps/assets/address.js";
import { doubtsOf } from "../../geo/maps/assets/movements.js";
import { independentOrigins } from "../../geo/maps/assets/provenance.js";
import { CERTAIN, OUT, POSSIBLE, select, UNDATED } from "../../geo/maps/assets/selection.js";
import { selectionWords } from "../../geo/maps/assets/selectionwords.js";
import { openStore } from "../../geo/maps/assets/store.js";

const WORDS = { [CERTAIN]: "certain", [OUT]: "filtered", [POSSIBLE]: "possible", [UNDATED]: "undated" };

function standing(columns, visible, claim) {
  const same = sameThing(columns, visible, claim);
  return { same, rivals: [...rivalsOf(columns, visible, claim)], contested: isContested(columns, visible, claim), origins: independentOrigins(columns, [claim, ...same]), doubts: doubtsOf(columns, visible.known, claim) };
}

async function answer(store, known, search) {
  const { columns } = store;
  const { state, notes } = readAddress(search, known);
  const visible = select(columns, state, await store.search(state.q));
  const { verdict, known: said, shown, unplaced, filtered } = visible;
  const places = columns.id.map(() => "filtered");
  for (const i of shown) places[i] = "shown";
  for (const i of unplaced) places[i] = "not_on_map";
  const noted = notes.map((note) => /^“(\w+)=/.exec(note)[1]);
  return { address: addressOf(state), words: selectionWords(state, store.modalities), noted, verdicts: [...verdict].map((code) => WORDS[code]), known: [...said].map((code) => (code === OUT ? "none" : WORDS[code])), places, counts: [shown.length, filtered, unplaced.length], standing: columns.id.map((id, claim) => standing(columns, visible, claim)) };
}

async function answersOf({ payload, addresses }) {
  const store = openStore(payload);
  const { columns, sites } = store;
  const facets = ["claimant", "publisher", "modality"].map((name) => [name, new Set(columns[name])]);
  const known = { claim: new Set(columns.id), site: new Set(sites.map(({ id }) => id)), ...Object.fromEntries(facets) };
  return Promise.all(addresses.map((search) => answer(store, known, search)));
}

const stories = JSON.parse(await readFile(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(stories.map(answersOf))));
