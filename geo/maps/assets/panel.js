/** The panel: the story as a list, or the site or movement that was clicked with its claims. */

import { isContested } from "./accounts.js";
import { makeCard } from "./card.js";
import { claimsOf } from "./columns.js";
import { element, inWords, plural, setChildren } from "./dom.js";
import { makeMovementList } from "./movementlist.js";
import { originsList } from "./provenance.js";
import { reasonsFor } from "./reasons.js";
import { OUT } from "./selection.js";
import { claimCitation, movementCitation, siteCitation } from "./share.js";
import { MOST_SIDES, sideBySide } from "./sidebyside.js";
import { siteHead } from "./sitehead.js";
import { makeSiteList } from "./sitelist.js";
import { makeStoryRows } from "./storyrows.js";

const PAGE = 100;
const FIRST = 2; // cards that the eye meets; the others follow at once

/**
 * @param {object} store
 * @param {{open: (patch: object) => void, openAt: (numbers: object) => void, focus: (kind: string, number: number, on: boolean) => void, href: (patch: object) => string, sharing: object}} acts
 * @returns {{node: HTMLElement, show: (state: object, visible: object, at: {site: number | null, claim: number | null}) => Promise<void>, toTop: () => void, print: (begins: boolean) => Promise<void>}}
 */
export function makePanel(store, { open, openAt, focus, href, sharing }) {
  const siteList = makeSiteList(store, { openAt, focus });
  const movements = makeMovementList(store, { open, focus });
  const storyRows = makeStoryRows(store, open);
  const list = element("section.story-list", { tabindex: "-1", "aria-label": "Claims in date order" });
  const detail = element("section.detail", { "data-testid": "site-claims", "aria-live": "polite", "aria-label": "Claims of the chosen place", tabindex: "-1" });
  const node = element("aside.panel", { "aria-label": "Claims" }, siteList.node, movements.node, detail, list);
  let limit = PAGE;
  let cardLimit = PAGE;
  let turn = 0;
  let fromTop = false; // whether what comes is read from its beginning

  /** `at` are the numbers of the site and the claim that the state names. Kept once the first cards are shown. */
  async function show(state, visible, at) {
    const mine = (turn += 1);
    const inside = node.contains(document.activeElement);
    const chosen = at.site !== null || at.claim !== null;
    // The buttons change together with the texts: alone they would be laid out before, and a click wait for that.
    const showButtons = () => {
      if (mine !== turn) return;
      void siteList.show(visible, at.site);
      void movements.show(visible, at.claim);
    };
    const { first, others } = await (chosen ? chosenClaims(at, state, visible) : wholeStory(state, visible)).finally(showButtons);
    if (mine !== turn) return; // a newer selection has overtaken this one
    detail.hidden = !chosen;
    list.hidden = chosen;
    setChildren(detail, chosen ? first : []);
    setChildren(list, chosen ? [] : first);
    if (fromTop) window.requestAnimationFrame(() => (detail.scrollTop = list.scrollTop = 0)); // not before: it lays the page out
    fromTop = false;
    // What had the focus is gone: it goes to what took its place.
    if (inside && !node.contains(document.activeElement)) (chosen ? detail : list).focus({ preventScroll: true });
    void Promise.resolve(others).then((rest) => mine === turn && (chosen ? detail : list).append(...rest.filter(Boolean)));
  }

  /** The first cards at once, for the eye; the others follow. */
  async function chosenClaims({ site, claim }, state, visible) {
    const { claims: all, hidden } = claimsAt(store, visible, site, claim);
    const claims = all.slice(0, Math.max(cardLimit, all.indexOf(claim) + 1));
    const seen = claims.indexOf(claim) < FIRST ? FIRST : claims.length; // the chosen one is brought into sight
    const [told, sides] = await Promise.all([store.dossiers(claims.slice(0, seen), visible), site === null ? store.sides(claim, visible) : { claims: [] }, site === null ? null : store.loadSites([site])]);
    const beside = sides.claims.length > 1 && sideBySide(await store.text(sides.claims.slice(0, MOST_SIDES)), { count: sides.claims.length, more: sides.more, contested: sides.claims.some((one) => isContested(store.columns, visible, one)), open });
    const articles = ({ cards, origins, voices }, numbers) =>
      cards.map((card, i) => {
        const reasons = reasonsFor(card, numbers[i], visible, state);
        return makeCard(card, { reasons, chosen: site !== null && numbers[i] === claim, contested: site !== null && isContested(store.columns, visible, numbers[i]), known: state.known, voices: knownVoices(cards, voices, visible), origins: originsList(store, origins[i], openAt), open, permalink: store.shareable ? href({ claim: card.claim_id }) : null, share: shareClaim(card) });
      });
    const [card] = told.cards;
    const head = site === null ? claimHead(store, claim, card, shareMovement(card)) : siteHead(store.siteWords(site), shareSite(store.siteWords(site)));
    const next = () => {
      cardLimit += PAGE;
      void show(state, visible, { site, claim });
    };
    const later = claims.slice(seen);
    const end = [more(all.length - claims.length, next), hiddenWords(hidden, open)];
    const others = later.length === 0 ? end : store.dossiers(later, visible).then((rest) => [...articles(rest, later), ...end]);
    return { first: [back(open), ...head, beside, ...articles(told, claims)], others };
  }

  const shareClaim = (card) => sharing.buttons(`claim of ${card.claimant}`, { claim: card.claim_id }, (place) => claimCitation(card, place));
  const shareMovement = (card) => sharing.buttons("this movement", { claim: card.claim_id }, (place) => movementCitation(card, place));
  const shareSite = (site) => sharing.buttons(site.name, { site: site.id }, (place) => siteCitation(site, place));

  async function wholeStory(state, visible) {
    const claims = visible.inDateOrder(limit);
    const cards = await store.text(claims);
    const next = () => {
      limit += PAGE;
      void show(state, visible, { site: null, claim: null });
    };
    const groups = storyRows(state, visible, claims, cards);
    const nothing = element("p.nothing", {}, "No claim passes this selection. ", showEverything(open));
    return { first: [...(groups.length ? groups : [nothing]), more(visible.counts.shown + visible.counts.unplaced - claims.length, next)], others: [] };
  }

  const toTop = () => {
    cardLimit = PAGE;
    fromTop = true;
  };
  return { node, show, toTop, print: movements.print };
}

/** The cards of the claims that respond to these and are known, by id. */
function knownVoices(cards, voices, visible) {
  const known = new Set(cards.flatMap(({ responses }) => responses.flatMap(({ claim, claim_id }) => (visible.known(claim) === OUT ? [] : [claim_id]))));
  return new Map(voices.flatMap((card) => (known.has(card.claim_id) ? [[card.claim_id, card]] : [])));
}

/** The claims that a chosen site or movement has in the window, and how many the filter hides. */
function claimsAt({ columns }, visible, site, claim) {
  if (site === null) return { claims: [claim], hidden: 0 };
  const all = claimsOf(columns, site);
  const claims = all.filter((i) => visible.verdict(i) !== OUT || i === claim);
  return { claims: inDateOrder(columns.clocks.event, claims), hidden: all.length - claims.length };
}

/** Dated claims by their first possible day, or their last where the start is open; then the undated; each in the story's order. */
function inDateOrder({ day }, claims) {
  return claims.toSorted((a, b) => day(a) - day(b) || a - b);
}

function back(open) {
  return element("button.back", { type: "button", onclick: () => open({ site: "", claim: "" }) }, "← All claims");
}

function claimHead({ columns }, claim, { places, origin_stated: fromStated, destination_stated: toStated }, share) {
  if (!columns.moves(claim)) return [element("h2", {}, "One claim")];
  const onMap = (role) => places.filter((place) => place.role === role && place.on_map).map(({ name }) => name);
  const [from, to] = [onMap("from"), onMap("to")];
  if (from.length + to.length === 0) return [element("h2", {}, "Movement"), element("p.share", {}, ...share)];
  const words = (names, stated) => (names.length ? names.join(", ") : stated ? "not on the map" : "not stated");
  return [element("h2", {}, `${words(from, fromStated)} → ${words(to, toStated)}`), element("p.share", {}, ...share)];
}

function hiddenWords(hidden, open) {
  if (hidden === 0) return null;
  return element("p.hidden-words", {}, `${plural(hidden, "more claim")} about this place ${hidden === 1 ? "is" : "are"} filtered out. `, showEverything(open));
}

function showEverything(open) {
  return element("button.inline", { type: "button", onclick: () => open({ from: null, to: null, known: null, undated: true, q: "", claimant: "", publisher: "", modality: "" }) }, "Show everything");
}

function more(left, onclick) {
  return left > 0 && element("button.more", { type: "button", onclick }, `Show ${Math.min(left, PAGE)} more of ${inWords(left)}`);
}
