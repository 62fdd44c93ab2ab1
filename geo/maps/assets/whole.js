/** The texts of a story that the page holds whole. */

import { allSides, sameThing } from "./accounts.js";
import { independentOrigins } from "./provenance.js";

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
export function wholeTexts({ ids, texts, haystacks, sites, arrows, standing }, columns) {
  const claimAt = new Map(ids.map((id, i) => [id, i]));
  const siteAt = new Map(sites.map(({ id }, i) => [id, i]));
  const told = { ...columns, ...standing };
  return {
    siteWords: (site) => sites[site],
    loadSites: async () => {},
    arrowWords: (arrow) => arrows[arrow],
    loadArrows: async () => {},
    path: (arrow) => arrows[arrow].path,
    text: async (claims) => claims.map((claim) => ({ ...texts[claim], responses: texts[claim].responses.map((response) => ({ ...response, claim: claimAt.get(response.claim_id) })) })),
    claimIds: (claims) => claims.map((claim) => ids[claim]),
    siteIds: (some) => some.map((site) => sites[site].id),
    locate: async ({ site, claim }) => ({ site: siteAt.get(site) ?? null, claim: claimAt.get(claim) ?? null }),
    find: async (terms) => new Set(haystacks.flatMap((hay, i) => (terms.every((term) => hay.includes(term)) ? [i] : []))),
    origins: async (claims, visible) => claims.map((claim) => independentOrigins(told, [claim, ...sameThing(told, visible, claim)])),
    sides: async (claim, visible) => ({ claims: allSides(told, visible, claim), more: false }),
  };
}
