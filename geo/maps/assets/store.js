/**
 * The one seam for data: columns at once; texts, search and base map as promises. A small story is in the page whole; of
 * a big one the columns come when it is opened, from the server or a file beside the page, and texts when they are asked for.
 */

import { readArrows, readColumns, readSites } from "./columns.js";
import { partedTexts } from "./parts.js";
import { fold } from "./selection.js";
import { servedTexts } from "./served.js";
import { inTurns } from "./turns.js";
import { inflate, unpack } from "./unpack.js";
import { wholeTexts } from "./whole.js";

/**
 * @param {string} base64 as `geo/maps/payload.py` writes it
 * @returns {Promise<object>} the store: `title`, `columns`, `sites`, `arrows` and what both kinds of texts offer
 */
export async function openStore(base64) {
  const whole = await inTurns(unpack(new Uint8Array(await inflate(base64).arrayBuffer())));
  const { title, basemap, shareable, modalities, served } = whole.header;
  const { header, columns: raw } = served ? await inTurns(unpack(await fetchBytes(`${served}columns`))) : whole;
  const { claimants, publishers, counts, days } = header;
  const columns = await inTurns(readColumns(raw, { modalities: Object.keys(modalities), claimants, publishers, counts, days }));
  const sites = await inTurns(readSites(raw, columns));
  const arrows = readArrows(raw);
  const texts = served ? servedTexts(served) : header.beside ? partedTexts(header.beside, columns) : wholeTexts(header.inside, columns);
  return {
    title,
    modalities,
    shareable,
    columns,
    sites,
    arrows,
    ...texts,
    dossiers: texts.dossiers ?? ((claims, visible) => dossiersOf(texts, claims, visible)),
    /** @param {string} q @returns {Promise<{has: (claim: number) => boolean} | null>} claims that have every word; null for no words */
    search: async (q) => {
      const terms = fold(q).split(/\p{White_Space}+/u).filter(Boolean); // Python's white space, not JavaScript's
      return terms.length === 0 ? null : texts.find(terms);
    },
    /** @returns {Promise<object>} coast and borders, see basemap.md; by its address, or from an element of the page */
    basemap: async () => (basemap.startsWith("#") ? JSON.parse(document.querySelector(basemap).textContent) : (await fetch(basemap)).json()),
  };
}

/**
 * What the panel tells of some claims.
 * @param {import("./whole.js").Texts} texts
 * @param {number[]} claims
 * @param {object} visible
 * @returns {Promise<{cards: object[], origins: number[][][], voices: object[]}>} `voices` are the cards of the claims that respond to these
 */
async function dossiersOf(texts, claims, visible) {
  const [cards, origins] = await Promise.all([texts.text(claims), texts.origins(claims, visible)]);
  const voices = await texts.text([...new Set(cards.flatMap(({ responses }) => responses.map(({ claim }) => claim)))]);
  return { cards, origins, voices };
}

async function fetchBytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/**
 * The days between the first and the last that claims speak of.
 * @param {...import("./clocks.js").Clock} clocks
 * @returns {{first: number, last: number} | null} null when nothing is dated
 */
export function domainOf(...clocks) {
  const spans = clocks.flatMap(({ span }) => span ?? []);
  return spans.length === 0 ? null : { first: Math.min(...spans.map(({ first }) => first)), last: Math.max(...spans.map(({ last }) => last)) };
}
