/** The texts of a story that the page holds whole. */

import { allSides, sameThing } from "./accounts.js";
import { independentOrigins } from "./provenance.js";
import { fold } from "./selection.js";

/**
 * What a store offers beside its columns. `visible` says which claims are known.
 * @typedef {object} Texts
 * @property {(site: number) => object | null} siteWords as `site_words` of `geo/maps/payload.py` makes them; null while not loaded
 * @property {(sites: number[]) => Promise<void>} loadSites
 * @property {(arrow: number) => {date: string, number: string, missing: string[]} | null} arrowWords null while not loaded
 * @property {(arrows: number[]) => Promise<void>} loadArrows
 * @property {(arrow: number) => [number, number][][] | null} path the line of an arrow in pieces of points; null for a stub, or where it isn't in the page
 * @property {(claims: number[]) => Promise<object[]>} text their cards, as `geo.card.Card` has them; each response with its claim's number as `claim`
 * @property {(claims: number[]) => string[]} claimIds
 * @property {(sites: number[]) => string[]} siteIds
 * @property {(ids: {site?: string, claim?: string}) => Promise<{site: number | null, claim: number | null}>} locate null for an id that is not in the story
 * @property {(terms: string[]) => Promise<{has: (claim: number) => boolean}>} find claims that have all of the folded terms
 * @property {(claims: number[], visible: object) => Promise<number[][][]>} [origins] of each claim: it and the known claims of the same thing, grouped by origin
 * @property {(claims: number[], visible: object) => Promise<object>} [dossiers] cards, origins and voices at once, as `dossiersOf` makes them of the others
 * @property {(claim: number, visible: object) => Promise<{claims: number[], more: boolean}>} sides itself, and the known claims beside and against it; `more` where there are more than were looked for
 */

/**
 * @param {object} inside as `geo/maps/payload.py` writes it
 * @param {import("./columns.js").Columns} columns
 * @returns {Texts}
 */
export function wholeTexts({ ids, texts, sites, arrows, standing }, columns) {
  const claimAt = numbersOf(ids);
  const cardAt = cardsOf(texts);
  const told = { ...columns, ...standing };
  let haystacks = null; // not before the first search
  return {
    siteWords: (site) => sites[site],
    loadSites: async () => {},
    arrowWords: (arrow) => arrows[arrow],
    loadArrows: async () => {},
    path: (arrow) => arrows[arrow].path,
    text: async (claims) => numberedCards(claims.map(cardAt), (id) => claimAt.get(id)),
    find: async (terms) => claimsWith((haystacks ??= ids.map((_, claim) => haystackOf(cardAt(claim)))), terms),
    ...idTexts(ids, claimAt, sites.map(({ id }) => id)),
    ...standingTexts(async () => told),
  };
}

/** The cards of claims: what many of them name is in the page once. */
function cardsOf({ columns, shared }) {
  const fields = Object.keys(columns);
  return (claim) => Object.fromEntries(fields.map((name) => [name, shared[name] ? columns[name][claim].map((number) => shared[name][number]) : columns[name][claim]]));
}

/** @param {string[]} ids @returns {Map<string, number>} */
export function numbersOf(ids) {
  return new Map(ids.map((id, i) => [id, i]));
}

/** @param {object[]} cards @param {(id: string) => number} numberOf @returns {object[]} the same, each response with its claim's number */
export function numberedCards(cards, numberOf) {
  return cards.map((card) => ({ ...card, responses: card.responses.map((response) => ({ ...response, claim: numberOf(response.claim_id) })) }));
}

/** All that a search looks in, folded: the twin of `haystack` in `geo/search_index.py`. */
function haystackOf({ statement, claimant, excerpt, hedge, note, quantity_of: counted, chain, places }) {
  const spellings = places.flatMap(({ name, aliases }) => [name, ...aliases]);
  // a term has no line breaks, so that none is found across two texts
  return fold([statement, claimant, excerpt, hedge, note, counted, ...chain.map(({ publisher }) => publisher), ...spellings].join("\n"));
}

/** @param {string[]} haystacks one a claim @param {string[]} terms @returns {Set<number>} the claims that have all of them */
export function claimsWith(haystacks, terms) {
  return new Set(haystacks.flatMap((hay, i) => (terms.every((term) => hay.includes(term)) ? [i] : [])));
}

/** What a page answers that has all ids. */
export function idTexts(ids, claimAt, siteIds) {
  const siteAt = numbersOf(siteIds);
  return {
    claimIds: (claims) => claims.map((claim) => ids[claim]),
    siteIds: (sites) => sites.map((site) => siteIds[site]),
    locate: async ({ site, claim }) => ({ site: siteAt.get(site) ?? null, claim: claimAt.get(claim) ?? null }),
  };
}

/**
 * What a page answers that has what stands together or against each other.
 * @param {() => Promise<object>} read gives the columns with `standing` of `geo/maps/payload.py`
 * @param {number} [most] how many sides are looked for
 */
export function standingTexts(read, most = Infinity) {
  return {
    origins: async (claims, visible) => {
      const told = await read();
      return claims.map((claim) => independentOrigins(told, [claim, ...sameThing(told, visible, claim)]));
    },
    sides: async (claim, visible) => {
      const claims = allSides(await read(), visible, claim, most);
      return { claims: claims.slice(0, most), more: claims.length > most };
    },
  };
}
