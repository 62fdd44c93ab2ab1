/** A claim card: who says so, when, how many, in which source, and what others say of it. */

import { dayWords } from "./days.js";
import { element, plural } from "./dom.js";
import { chainDiagram, chainWords } from "./provenance.js";

/**
 * @param {object} card the fields of `geo.card.Card`
 * @param {object} how
 * @param {string[]} how.reasons why it is pale, or outside of what is selected
 * @param {boolean} how.chosen
 * @param {boolean} how.contested whether others contradict it, and the reader has still to be led beside them
 * @param {number | null} how.known day as of which the story is read
 * @param {Map<string, object>} how.voices cards of the claims that respond to it and had been said by then, by id
 * @param {HTMLElement} how.origins
 * @param {(patch: object) => void} how.open
 * @param {string | null} how.permalink null where it would lead nobody here
 * @param {(HTMLElement | string)[]} how.share buttons
 * @returns {HTMLElement}
 */
export function makeCard(card, { reasons, chosen, contested, known, voices, origins, open, permalink, share }) {
  const words = [
    element("p.card-head", {}, chip(card), " ", element("span.when", {}, eventWords(card))),
    ...reasons.map((reason) => element("p.doubt", {}, reason)),
    contested && element("p.badge-words", {}, "≠ ", element("button.inline", { type: "button", onclick: () => open({ claim: card.claim_id, site: "" }) }, "others say otherwise: see them side by side")),
    element("p.statement", {}, element("b", {}, card.claimant), card.claimant_kind && element("span.claimant-kind", {}, ` (${card.claimant_kind})`), ": ", card.statement),
    quantity(card),
    places(card, open),
    card.excerpt && element("blockquote", {}, quoted(card.excerpt)),
    card.quotation_checked && element("details.quotation-check", {}, element("summary", {}, card.quotation_checked), element("p", {}, `SHA-256 of the text: ${card.text_sha256}`)),
    card.hedge && element("p.hedge", {}, "The source's own hedge: ", element("q", {}, card.hedge)),
    chainDiagram(card, known),
    origins,
    documentNotes(card.chain),
    about(card, open),
    responses(card, known, voices, open),
    card.note && element("p.note", {}, element("span.label", {}, "Our note: "), card.note),
    extra(card),
    element("p.card-foot.share", {}, permalink !== null && link(permalink, "Permalink", () => open({ claim: card.claim_id, site: "" })), ...share),
  ];
  return element("article.card", { "data-testid": "claim-card", "data-claim": card.claim_id, "data-kind": card.kind, class: chosen ? "card chosen" : "card" }, ...words);
}

/** @param {{kind: string, modality_words: string}} card @returns {HTMLElement} */
export function chip({ kind, modality_words: words }) {
  return element("span.chip", { "data-kind": kind }, words);
}

function link(address, words, onclick) {
  return element("a", { href: address, onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onclick();
  } }, words);
}

function eventWords({ event_words: when, event_basis: basis }) {
  return basis ? `${when} (${basis})` : when;
}

// An excerpt may begin or end inside the source's own quotation marks: ours go around it all the same.
function quoted(excerpt) {
  return `“${excerpt}”`;
}

function quantity({ quantity_words: words, quantity_unit: unit, quantity_of: what }) {
  if (!words) return null;
  return element("p.quantity", {}, element("b", {}, words), unit && !what.includes(unit) && ` ${unit}`, what && element("span", {}, ` — counts: ${what}`));
}

function places({ places: all, movement_words: movement, origin_stated: fromStated, destination_stated: toStated }, open) {
  if (all.length === 0) return element("p.places", {}, "Place: not stated");
  const named = (role, words) => {
    const here = all.filter((place) => place.role === role);
    if (here.length === 0) return [];
    const names = here.flatMap((place, i) => [i ? ", " : "", place.on_map ? element("button.inline", { type: "button", onclick: () => open({ site: place.location_id, claim: "" }) }, place.name) : `${place.name} (not on the map)`]);
    return [element("span.place", {}, `${words} `, ...names)];
  };
  const missing = (words) => [element("span.place", {}, words)];
  const from = movement && !fromStated ? missing("From: not stated") : named("from", "From");
  const to = movement && !toStated ? missing("To: not stated") : named("to", "To");
  const parts = [...named("at", "At"), ...from, ...to];
  return element("p.places", {}, ...parts);
}

function documentNotes(documents) {
  const notes = documents.filter(({ note }) => note).map(({ publisher, kind, note }) => element("li", {}, element("b", {}, [publisher, kind].filter(Boolean).join(", ")), `: ${note}`));
  return notes.length > 0 && element("details.document-notes", {}, element("summary", {}, "About these documents"), element("ul", {}, ...notes));
}

function about({ responds_to: targets }, open) {
  if (targets.length === 0) return null;
  const rows = targets.map((target) => element("li", {}, element("button.inline", { type: "button", onclick: () => open({ claim: target.claim_id, site: "" }) }, `${target.claimant}: ${target.statement}`)));
  return element("div.about", {}, element("span.label", {}, "This is about"), element("ul", {}, ...rows));
}

function responses({ responses: all }, known, voices, open) {
  const said = all.filter((response) => voices.has(response.claim_id));
  const left = all.length - said.length;
  const later = left > 0 && element("p.later", {}, `${plural(left, "response")} said only after ${dayWords(known)}.`);
  if (said.length === 0) return element("div.unanswered", {}, element("p", {}, known === null ? "Nobody in this story has assessed this claim." : `Nobody in this story had assessed this claim by ${dayWords(known)}.`), later);
  const rows = said.map((response) =>
    element(
      "li",
      { "data-stance": response.stance },
      element("b", {}, response.claimant),
      ` ${response.stance_words}: `,
      element("button.inline", { type: "button", onclick: () => open({ claim: response.claim_id, site: "" }) }, response.statement),
      element("span.quiet-words", {}, ` ${chainWords(voices.get(response.claim_id), known)}`),
    ),
  );
  return element("div.responses", {}, element("span.label", {}, "What others say of it"), element("ul", {}, ...rows), later);
}

function extra({ extra: columns }) {
  if (columns.length === 0) return null;
  return element("dl.extra", {}, ...columns.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}
