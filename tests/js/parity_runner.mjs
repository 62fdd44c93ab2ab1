/**
 * Says what the map makes of addresses: reads stories and addresses from the JSON file that is named, and writes for
 * each address the state, the parameters that were noted as wrong, what becomes of each claim, what stands with it and
 * whether anything stands against it.
 */

import { readFile } from "node:fs/promises";

import { isContested } from "../../geo/maps/assets/accounts.js";
import { addressOf, readAddress } from "../../geo/maps/assets/address.js";
import { doubtsOf } from "../../geo/maps/assets/movements.js";
import { CERTAIN, facetTally, OUT, POSSIBLE, UNDATED } from "../../geo/maps/assets/selection.js";
import { selectionWords } from "../../geo/maps/assets/selectionwords.js";
import { openStore } from "../../geo/maps/assets/store.js";
import { select } from "./help.js";

const WORDS = { [CERTAIN]: "certain", [OUT]: "filtered", [POSSIBLE]: "possible", [UNDATED]: "undated" };

const numbersTo = (size) => Array.from({ length: size }, (_, i) => i);

async function standing(store, visible, claim) {
  const [origins] = await store.origins([claim], visible);
  const same = origins.flat().filter((other) => other !== claim);
  return { same, contested: isContested(store.columns, visible, claim), origins, doubts: doubtsOf(store.columns, visible.day, claim) };
}

async function answer(store, known, search) {
  const { columns } = store;
  const { state, notes } = readAddress(search, known);
  const visible = select(columns, state, await store.search(state.q));
  const { verdict, known: said, counts, isShown } = visible;
  const claims = numbersTo(columns.size);
  const places = claims.map((claim) => (isShown(claim) ? "shown" : verdict(claim) === OUT ? "filtered" : "not_on_map"));
  const noted = notes.map((note) => /^“(\w+)=/.exec(note)[1]);
  return { address: addressOf(state), words: selectionWords(state, store.modalities), noted, verdicts: claims.map((claim) => WORDS[verdict(claim)]), known: claims.map((claim) => (said(claim) === OUT ? "none" : WORDS[said(claim)])), places, counts: [counts.shown, counts.filtered, counts.unplaced], standing: await Promise.all(claims.map((claim) => standing(store, visible, claim))) };
}

async function answersOf({ payload, addresses }) {
  const store = await openStore(payload);
  const { columns, sites } = store;
  const facets = ["claimant", "publisher", "modality"].map((name) => [name, new Set(facetTally(columns, name).keys())]);
  const known = { claim: new Set(store.claimIds(numbersTo(columns.size))), site: new Set(store.siteIds(numbersTo(sites.size))), ...Object.fromEntries(facets) };
  return Promise.all(addresses.map((search) => answer(store, known, search)));
}

const stories = JSON.parse(await readFile(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(stories.map(answersOf))));
