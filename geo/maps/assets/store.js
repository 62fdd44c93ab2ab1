/** The one seam for data: columns at once; texts, search and base map as promises. */

import { fold } from "./selection.js";

/**
 * @param {string} base64 of the story's JSON in UTF-8, as `geo/maps/payload.py` writes it
 * @returns {object} the store
 */
export function openStore(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const story = JSON.parse(new TextDecoder().decode(bytes));
  const { claims, sites, arrows, texts, haystacks } = story;
  return {
    title: story.title,
    columns: claims,
    indexOf: new Map(claims.id.map((id, i) => [id, i])),
    sites,
    arrows,
    modalities: story.modalities,
    shareable: story.shareable,
    /** @param {number[]} indexes of claims @returns {Promise<object[]>} their cards */
    text: async (indexes) => indexes.map((i) => texts[i]),
    /** @param {string} q @returns {Promise<Set<number> | null>} claims that have every word; null for no words */
    search: async (q) => {
      const terms = fold(q).split(/\p{White_Space}+/u).filter(Boolean); // Python's white space, not JavaScript's
      if (terms.length === 0) return null;
      const found = new Set();
      haystacks.forEach((hay, i) => terms.every((term) => hay.includes(term)) && found.add(i));
      return found;
    },
    /** @returns {Promise<object>} coast and borders, see basemap.md; by its address, or from an element of the page */
    basemap: async () => (story.basemap.startsWith("#") ? JSON.parse(document.querySelector(story.basemap).textContent) : (await fetch(story.basemap)).json()),
  };
}

/**
 * The days between the first and the last that claims speak of.
 * @param {...{earliest: (number | null)[], latest: (number | null)[]}} clocks
 * @returns {{first: number, last: number} | null} null when nothing is dated
 */
export function domainOf(...clocks) {
  const days = clocks.flatMap(({ earliest, latest }) => [...earliest, ...latest]).filter((day) => day !== null);
  if (days.length === 0) return null;
  return days.reduce((span, day) => ({ first: Math.min(span.first, day), last: Math.max(span.last, day) }), { first: Infinity, last: -Infinity });
}
