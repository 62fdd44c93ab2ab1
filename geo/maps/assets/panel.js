/** The panel: the story as a list, or the site or movement that was clicked with its claims. */

import { allSides, isContested, sameThing } from "./accounts.js";
import { chip, makeCard } from "./card.js";
import { element, plural } from "./dom.js";
import { makeMovementList } from "./movementlist.js";
import { originsList } from "./provenance.js";
import { reasonsFor, saidWords } from "./reasons.js";
import { OUT } from "./selection.js";
import { claimCitation, movementCitation, siteCitation } from "./share.js";
import { sideBySide } from "./sidebyside.js";
import { siteHead } from "./sitehead.js";

const PAGE = 100;

/**
 * @param {object} store
 * @param {{open: (patch: object) => void, focusSite: (site: number | null) => void, focusClaim: (claim: number | null) => void, href: (patch: object) => string, sharing: object}} acts
 * @returns {{node: HTMLElement, show: (state: object, visible: object) => Promise<void>, toTop: () => void, print: (begins: boolean) => Promise<void>}}
 */
export function makePanel(store, { open, focusSite, focusClaim, href, sharing }) {
  const chips = store.sites.map((site, index) => siteChip(site, index, open, focusSite));
  const siteList = element("div.site-list", { "data-testid": "site-list", role: "group", "aria-label": "Places on the map" }, ...chips.map(({ node }) => node));
  const movements = makeMovementList(store, { open, focusClaim });
  const list = element("section.story-list", { tabindex: "-1", "aria-label": "Claims in date order" });
  const detail = element("section.detail", { "data-testid": "site-claims", "aria-live": "polite", "aria-label": "Claims of the chosen place", tabindex: "-1" });
  const node = element("aside.panel", { "aria-label": "Claims" }, siteList, movements.node, detail, list);
  let limit = PAGE;
  let cardLimit = PAGE;
  let turn = 0;

  async function show(state, visible) {
    const mine = (turn += 1);
    const inside = node.contains(document.activeElement);
    const site = store.sites.findIndex(({ id }) => id === state.site);
    const claim = store.columns.id.indexOf(state.claim);
    chips.forEach((each, index) => each.show(visible.claimsAt.get(index)?.length ?? 0, index === site));
    void movements.show(visible, claim);
    const chosen = site >= 0 || claim >= 0;
    const content = chosen ? await chosenClaims(site, claim, state, visible) : await wholeStory(state, visible);
    if (mine !== turn) return; // a newer selection has overtaken this one
    detail.hidden = !chosen;
    list.hidden = chosen;
    detail.replaceChildren(...(chosen ? content : []));
    list.replaceChildren(...(chosen ? [] : content));
    // What had the focus is gone: it goes to what took its place.
    if (inside && !node.contains(document.activeElement)) (chosen ? detail : list).focus({ preventScroll: true });
  }

  async function chosenClaims(site, claim, state, visible) {
    const { claims: all, hidden } = claimsOf(store, visible, site, claim);
    const claims = all.slice(0, Math.max(cardLimit, all.indexOf(claim) + 1));
    const cards = await store.text(claims);
    const sides = site < 0 ? allSides(store.columns, visible, claim) : [];
    const beside = sides.length > 1 && sideBySide(await store.text(sides), { contested: sides.some((one) => isContested(store.columns, visible, one)), open });
    const voices = await respondents(cards, visible);
    const articles = cards.map((card, i) => {
      const origins = originsList(store, [claims[i], ...sameThing(store.columns, visible, claims[i])], open);
      const reasons = reasonsFor(card, claims[i], visible, state);
      return makeCard(card, { reasons, chosen: site >= 0 && claims[i] === claim, contested: site >= 0 && isContested(store.columns, visible, claims[i]), known: state.known, voices, origins, open, permalink: store.shareable ? href({ claim: card.claim_id }) : null, share: shareClaim(card) });
    });
    const head = site >= 0 ? siteHead(store.sites[site], shareSite(store.sites[site])) : claimHead(store, claim, shareMovement(cards[0]));
    const next = () => {
      cardLimit += PAGE;
      void show(state, visible);
    };
    return [back(open), ...head, beside || "", ...articles, more(all.length - claims.length, next), hiddenWords(hidden, open)];
  }

  const shareClaim = (card) => sharing.buttons(`claim of ${card.claimant}`, { claim: card.claim_id }, (place) => claimCitation(card, place));
  const shareMovement = (card) => sharing.buttons("this movement", { claim: card.claim_id }, (place) => movementCitation(card, place));
  const shareSite = (site) => sharing.buttons(site.name, { site: site.id }, (place) => siteCitation(site, place));

  /** The cards of the claims that respond to these and are known, by id. */
  async function respondents(cards, visible) {
    const ids = [...new Set(cards.flatMap(({ responses }) => responses.map(({ claim_id: id }) => id)))].filter((id) => visible.known[store.indexOf.get(id)] !== OUT);
    return new Map((await store.text(ids.map((id) => store.indexOf.get(id)))).map((card) => [card.claim_id, card]));
  }

  async function wholeStory(state, visible) {
    const claims = inDateOrder(store.columns.clocks[state.clock], [...visible.shown, ...visible.unplaced]);
    const indexes = claims.slice(0, limit);
    const cards = await store.text(indexes);
    const next = () => {
      limit += PAGE;
      void show(state, visible);
    };
    return [...storyRows(store, state, visible, indexes, cards, open), more(claims.length - indexes.length, next)];
  }

  const toTop = () => {
    cardLimit = PAGE;
    detail.scrollTop = 0;
    list.scrollTop = 0;
  };
  return { node, show, toTop, print: movements.print };
}

function siteChip(site, index, open, focusSite) {
  const count = element("span.number");
  const node = element(
    "button.site-chip",
    { type: "button", "data-site": site.id, onclick: () => open({ site: site.id, claim: "" }), onfocus: () => focusSite(index), onblur: () => focusSite(null), onmouseenter: () => focusSite(index), onmouseleave: () => focusSite(null) },
    site.name,
    " ",
    count,
  );
  const show = (claims, pressed) => {
    node.hidden = claims === 0 && !pressed;
    node.setAttribute("aria-pressed", String(pressed));
    node.setAttribute("aria-label", `${site.name}, ${plural(claims, "claim")}`);
    count.textContent = String(claims);
  };
  return { node, show };
}

/** The claims that a chosen site or movement has in the window, and how many the filter hides. */
function claimsOf(store, visible, site, claim) {
  if (site < 0) return { claims: [claim], hidden: 0 };
  const all = store.columns.sites.flatMap((sites, i) => (sites.includes(site) ? [i] : []));
  const claims = all.filter((i) => visible.verdict[i] !== OUT || i === claim);
  return { claims: inDateOrder(store.columns.clocks.event, claims), hidden: all.length - claims.length };
}

/** Dated claims by their first possible day, then those with an open start, then the undated, each in the story's order. */
function inDateOrder({ earliest, latest }, claims) {
  const day = (i) => earliest[i] ?? latest[i] ?? Infinity;
  return claims.toSorted((a, b) => (day(a) === day(b) ? a - b : day(a) - day(b)));
}

function back(open) {
  return element("button.back", { type: "button", onclick: () => open({ site: "", claim: "" }) }, "← All claims");
}

function claimHead(store, claim, share) {
  if (!store.columns.moves[claim]) return [element("h2", {}, "One claim")];
  const arrows = store.arrows.filter((arrow) => arrow.claim === claim);
  const names = (end) => [...new Set(arrows.map((arrow) => arrow[end]))].map((site) => (site === null ? "not stated" : store.sites[site].name)).join(", ");
  return [element("h2", {}, arrows.length ? `${names("from")} → ${names("to")}` : "Movement"), element("p.share", {}, ...share)];
}

function hiddenWords(hidden, open) {
  if (hidden === 0) return "";
  return element("p.hidden-words", {}, `${plural(hidden, "more claim")} about this place ${hidden === 1 ? "is" : "are"} filtered out. `, showEverything(open));
}

function showEverything(open) {
  return element("button.inline", { type: "button", onclick: () => open({ from: null, to: null, known: null, undated: true, q: "", claimant: "", publisher: "", modality: "" }) }, "Show everything");
}

function storyRows(store, state, visible, indexes, cards, open) {
  const unplaced = new Set(visible.unplaced);
  const row = (card, index) => {
    const faint = visible.faint[index] === 1;
    const reasons = reasonsFor(card, index, visible, state);
    const when = state.clock === "event" ? card.event_words : saidWords(card);
    return element(
      "li",
      {},
      element(
        "button.story-row",
        { type: "button", "data-claim": card.claim_id, class: faint ? "story-row possible" : "story-row", onclick: () => open({ claim: card.claim_id, site: "" }) },
        element("span.row-head", {}, chip(card), element("span.when", {}, when), isContested(store.columns, visible, index) && element("span.badge-words", {}, "≠ others say otherwise")),
        ...reasons.map((reason) => element("span.doubt", {}, reason)),
        element("span.row-text", {}, element("b", {}, card.claimant), `: ${card.statement}`),
      ),
    );
  };
  const group = (words, wanted, testid) => {
    const rows = indexes.flatMap((index, i) => (unplaced.has(index) === wanted ? [row(cards[i], index)] : []));
    const total = wanted ? visible.unplaced.length : visible.shown.length;
    if (rows.length === 0) return null;
    return element("section", { "data-testid": testid }, element("h2", {}, `${words} (${total})`), element("ol", {}, ...rows));
  };
  const groups = [group("On the map", false, null), group("Not on the map", true, "not-on-map")].filter(Boolean);
  return groups.length ? groups : [element("p.nothing", {}, "No claim passes this selection. ", showEverything(open))];
}

function more(left, onclick) {
  return left > 0 ? element("button.more", { type: "button", onclick }, `Show ${Math.min(left, PAGE)} more of ${left}`) : "";
}
