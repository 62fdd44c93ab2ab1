/** A claim card: who says so, when, how many, in which source, and what others say of it. */

import { element, outsideLink } from "./dom.js";

/**
 * @param {object} card the fields of `geo.dossier.Card`
 * @param {{possible?: boolean, outside?: boolean, chosen?: boolean, open: (patch: object) => void, href: (patch: object) => string}} how
 * @returns {HTMLElement}
 */
export function makeCard(card, { possible = false, outside = false, chosen = false, open, href }) {
  const words = [
    element("p.card-head", {}, chip(card), " ", element("span.when", {}, eventWords(card)), possible && element("span.doubt", {}, " · only possibly in these days"), outside && element("span.doubt", {}, " · outside what is selected")),
    element("p.statement", {}, element("b", {}, card.claimant), card.claimant_kind && element("span.claimant-kind", {}, ` (${card.claimant_kind})`), ": ", card.statement),
    quantity(card),
    places(card, open),
    card.excerpt && element("blockquote", {}, quoted(card.excerpt)),
    card.quotation_checked && element("details.quotation-check", {}, element("summary", {}, card.quotation_checked), element("p", {}, `SHA-256 of the text: ${card.text_sha256}`)),
    card.hedge && element("p.hedge", {}, "The source's own hedge: ", element("q", {}, card.hedge)),
    chain(card),
    documentNotes(card.chain),
    about(card, open),
    responses(card, open),
    card.note && element("p.note", {}, element("span.label", {}, "Our note: "), card.note),
    extra(card),
    element("p.card-foot", {}, link(href({ claim: card.claim_id }), "Permalink", () => open({ claim: card.claim_id, site: "" }))),
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

function chain(card) {
  const said = `said ${card.reported_words}${card.reported_basis ? ` (${card.reported_basis})` : ""}`;
  const own = card.chain[0].publisher === card.claimant; // the chain begins with the claimant's own document
  const first = own ? chainStep(card.chain[0], said) : element("li", {}, card.claimant, element("span.quiet-words", {}, ` ${said}`));
  const steps = (own ? card.chain.slice(1) : card.chain).map((source) => chainStep(source, source.published_words));
  return element("div.chain", {}, element("span.label", {}, "How it reached us"), element("ol", {}, first, ...steps));
}

function documentNotes(documents) {
  const notes = documents.filter(({ note }) => note).map(({ publisher, kind, note }) => element("li", {}, element("b", {}, [publisher, kind].filter(Boolean).join(", ")), `: ${note}`));
  return notes.length > 0 && element("details.document-notes", {}, element("summary", {}, "About these documents"), element("ul", {}, ...notes));
}

function chainStep(source, when) {
  const name = [source.publisher, source.title && `“${source.title}”`].filter(Boolean).join(", ") || source.source_id;
  const copy = source.archived_url && element("span", {}, " · ", outsideLink(source.archived_url, "archived copy"));
  const details = [source.kind, when].filter(Boolean).join(", ");
  return element("li", {}, outsideLink(source.url, name), element("span.quiet-words", {}, ` (${details})`), copy);
}

function about({ responds_to: targets }, open) {
  if (targets.length === 0) return null;
  const rows = targets.map((target) => element("li", {}, element("button.inline", { type: "button", onclick: () => open({ claim: target.claim_id, site: "" }) }, `${target.claimant}: ${target.statement}`)));
  return element("div.about", {}, element("span.label", {}, "This is about"), element("ul", {}, ...rows));
}

function responses({ responses: all }, open) {
  if (all.length === 0) return element("p.unanswered", {}, "Nobody in this story has said anything of this claim.");
  const rows = all.map((response) => element("li", { "data-stance": response.stance }, element("b", {}, response.claimant), ` ${response.stance_words}: `, element("button.inline", { type: "button", onclick: () => open({ claim: response.claim_id, site: "" }) }, response.statement)));
  return element("div.responses", {}, element("span.label", {}, "What others say of it"), element("ul", {}, ...rows));
}

function extra({ extra: columns }) {
  if (columns.length === 0) return null;
  return element("dl.extra", {}, ...columns.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}
