/** The panel: the story as a list, or the site or movement that was clicked with its claims. */

import { chip, makeCard } from "./card.js";
import { element, plural } from "./dom.js";
import { OUT, POSSIBLE } from "./selection.js";

const PAGE = 100;

/**
 * @param {object} store
 * @param {{open: (patch: object) => void, focusSite: (site: number | null) => void, href: (patch: object) => string}} acts
 * @returns {{node: HTMLElement, show: (state: object, visible: object) => Promise<void>, toTop: () => void}}
 */
export function makePanel(store, { open, focusSite, href }) {
  const chips = store.sites.map((site, index) => siteChip(site, index, open, focusSite));
  const siteList = element("div.site-list", { "data-testid": "site-list", role: "group", "aria-label": "Places on the map" }, ...chips.map(({ node }) => node));
  const list = element("section.story-list", { tabindex: "-1", "aria-label": "Claims in date order" });
  const detail = element("section.detail", { "data-testid": "site-claims", "aria-live": "polite", "aria-label": "Claims of the chosen place", tabindex: "-1" });
  const node = element("aside.panel", { "aria-label": "Claims" }, siteList, detail, list);
  let limit = PAGE;
  let turn = 0;

  async function show(state, visible) {
    const mine = (turn += 1);
    const inside = node.contains(document.activeElement);
    const site = store.sites.findIndex(({ id }) => id === state.site);
    const claim = store.columns.id.indexOf(state.claim);
    chips.forEach((each, index) => each.show(visible.claimsAt.get(index)?.length ?? 0, index === site));
    const chosen = site >= 0 || claim >= 0;
    const shown = chosen ? claimsOf(store, visible, site, claim) : { claims: inDateOrder(store.columns.clocks[state.clock], [...visible.shown, ...visible.unplaced]), hidden: 0 };
    const indexes = chosen ? shown.claims : shown.claims.slice(0, limit);
    const cards = await store.text(indexes);
    if (mine !== turn) return; // a newer selection has overtaken this one
    detail.hidden = !chosen;
    list.hidden = chosen;
    if (chosen) {
      list.replaceChildren();
      const head = site >= 0 ? siteHead(store.sites[site]) : claimHead(store, claim);
      const articles = cards.map((card, i) => makeCard(card, { possible: visible.verdict[indexes[i]] === POSSIBLE, outside: visible.verdict[indexes[i]] === OUT, chosen: site >= 0 && indexes[i] === claim, open, href }));
      detail.replaceChildren(back(open), ...head, ...articles, hiddenWords(shown.hidden, open));
    } else {
      detail.replaceChildren();
      list.replaceChildren(...storyRows(store, visible, indexes, cards, open), more(shown.claims.length - indexes.length, () => {
        limit += PAGE;
        void show(state, visible);
      }));
    }
    // What had the focus is gone: it goes to what took its place.
    if (inside && !node.contains(document.activeElement)) (chosen ? detail : list).focus({ preventScroll: true });
  }
  const toTop = () => {
    detail.scrollTop = 0;
    list.scrollTop = 0;
  };
  return { node, show, toTop };
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

function siteHead(site) {
  const place = [
    `${site.lat.toFixed(3)}, ${site.lon.toFixed(3)}`,
    site.uncertainty_km > 0 && `± ${site.uncertainty_km} km`,
    site.feature_type,
    site.extent && "the point is only where the label goes",
  ];
  return [
    element("h2", {}, site.name),
    site.aliases.length > 0 && element("p.aliases", {}, site.aliases.join(" · ")),
    element("p.place-facts", {}, place.filter(Boolean).join(" · ")),
    element("details.place-details", {}, element("summary", {}, "How the place is known"), element("p.place-facts", {}, site.provenance), site.note && element("p.place-facts", {}, site.note)),
  ].filter(Boolean);
}

function claimHead(store, claim) {
  if (!store.columns.moves[claim]) return [element("h2", {}, "One claim")];
  const arrows = store.arrows.filter((arrow) => arrow.claim === claim);
  const names = (end) => [...new Set(arrows.map((arrow) => arrow[end]))].map((site) => (site === null ? "not stated" : store.sites[site].name)).join(", ");
  return [element("h2", {}, arrows.length ? `${names("from")} → ${names("to")}` : "Movement")];
}

function hiddenWords(hidden, open) {
  if (hidden === 0) return "";
  return element("p.hidden-words", {}, `${plural(hidden, "more claim")} about this place ${hidden === 1 ? "is" : "are"} filtered out. `, showEverything(open));
}

function showEverything(open) {
  return element("button.inline", { type: "button", onclick: () => open({ from: null, to: null, undated: true, q: "", claimant: "", publisher: "", modality: "" }) }, "Show everything");
}

function storyRows(store, visible, indexes, cards, open) {
  const unplaced = new Set(visible.unplaced);
  const row = (card, index) => {
    const possible = visible.verdict[index] === POSSIBLE;
    return element(
      "li",
      {},
      element(
        "button.story-row",
        { type: "button", "data-claim": card.claim_id, class: possible ? "story-row possible" : "story-row", onclick: () => open({ claim: card.claim_id, site: "" }) },
        element("span.row-head", {}, chip(card), element("span.when", {}, card.event_words), possible && element("span.doubt", {}, "possibly in these days")),
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
