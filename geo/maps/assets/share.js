/** What is handed on of a claim, a site, a movement or a view: a citation in plain text, and the markup of an embedded page. */

import { dayWords } from "./days.js";
import { countWords } from "./selectionwords.js";

const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
const FRAME_HEIGHT_PX = 640;

/**
 * @typedef {object} Place where a thing is read
 * @property {string} title of the story
 * @property {string} address of the state; blank where no link leads there
 * @property {number} today day on which it is read
 */

/** @param {object} card the fields of `geo.card.Card` @param {Place} place @returns {string} */
export function claimCitation(card, place) {
  return sentences(`${card.claimant}: ${card.statement}`, card.hedge && `The source's own hedge: “${card.hedge}”`, card.excerpt && `In the source's words: “${card.excerpt}”`, reachedUs(card), readIn(place));
}

/** @param {object} card of a movement @param {Place} place @returns {string} */
export function movementCitation(card, place) {
  return sentences(card.sentence, card.hedge && `The source's own hedge: “${card.hedge}”`, reachedUs(card), readIn(place));
}

/** @param {object} site @param {Place} place @returns {string} */
export function siteCitation(site, place) {
  const known = site.uncertainty_km > 0 ? `± ${site.uncertainty_km} km` : "how sure is not stated";
  const where = site.extent ? `an area from ${site.extent[0]}, ${site.extent[1]} to ${site.extent[2]}, ${site.extent[3]}` : `${site.lat}, ${site.lon} (${known})`;
  const names = site.aliases.length > 0 ? ` (${site.aliases.join(", ")})` : "";
  return sentences(`${site.name}${names}: ${where}, latitude before longitude, WGS 84`, site.provenance && `How the place is known: ${site.provenance}`, readIn(place));
}

/**
 * @param {string[]} asked the selection in words
 * @param {import("./selector.js").Visible} visible
 * @param {Place} place
 * @returns {string}
 */
export function viewCitation(asked, visible, place) {
  return sentences(asked.length > 0 ? `Selected: ${asked.join("; ")}` : "The whole story", countWords(visible), readIn(place));
}

/** @param {Place} place @returns {string} markup that shows this state inside another page */
export function frameMarkup({ title, address }) {
  return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${FRAME_HEIGHT_PX}" loading="lazy" sandbox="${SANDBOX}" allow="clipboard-write"></iframe>`;
}

function reachedUs({ chain }) {
  const documents = chain.map(({ publisher, title, source_id: id, published_words: when, url, archived_url: copy }) => [publisher || (title ? "" : id), title && `“${title}”`, when, url, copy && `archived: ${copy}`].filter(Boolean).join(", "));
  return `Source: ${documents.join(" → ")}`;
}

function readIn({ title, address, today }) {
  return [`Read in Claim Atlas, “${title}”, on ${dayWords(today)}`, address].filter(Boolean).join(": ");
}

/** Each part ends with a stop, but for one that ends with an address: it would be read as a part of it. */
function sentences(...parts) {
  return parts.filter(Boolean).map((part) => (/[.!?]$|\w:\/\/\S+$/.test(part) ? part : `${part}.`)).join(" ");
}

function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
