/** The places that are on the map, as buttons: for the keyboard and for screen readers what the marks are for the eye. */

import { attention, element, inWords, plural, setChildren } from "./dom.js";

const MOST_CHIPS = 100; // places; where a story has more, those with the most claims come first

/**
 * @param {object} store
 * @param {{openAt: (numbers: object) => void, focus: (kind: string, number: number, on: boolean) => void}} acts
 * @returns {{node: HTMLElement, show: (visible: import("./selector.js").Visible, chosen: number | null) => Promise<void>}}
 */
export function makeSiteList(store, { openAt, focus }) {
  const node = element("div.site-list", { "data-testid": "site-list", role: "group", "aria-label": "Places on the map" });
  const chips = new Map();
  let limit = MOST_CHIPS;
  const more = element("button.inline", { type: "button", onclick: () => {
    limit += MOST_CHIPS;
    void show(...latest);
  } });
  let latest = null;
  let ranked = { turn: -1, limit: 0, sites: [] }; // to sort them takes its time, and a click changes nothing of it

  async function show(visible, chosen) {
    latest = [visible, chosen];
    const { turn, tally } = visible;
    if (ranked.turn !== turn || ranked.limit !== limit) ranked = { turn, limit, sites: sitesToList(tally, store.sites.size, limit) };
    const sites = withChosen(ranked.sites, chosen);
    await store.loadSites(sites);
    if (visible.turn !== turn) return;
    for (const site of sites) {
      if (!chips.has(site)) chips.set(site, siteChip(store.siteWords(site), site, openAt, focus));
      chips.get(site).show(tally.claims[site], site === chosen);
    }
    const left = tally.sites - sites.length;
    more.hidden = left <= 0 || store.sites.size <= MOST_CHIPS;
    more.textContent = `Show ${Math.min(left, MOST_CHIPS)} more of ${plural(tally.sites, "place")}`;
    setChildren(node, [...sites.map((site) => chips.get(site).node), more]);
  }
  return { node, show };
}

/**
 * @param {import("./selector.js").Tally} tally
 * @param {number} size how many sites the story has
 * @param {number} limit
 * @returns {number[]} all sites where they are few; else those with the most shown claims
 */
export function sitesToList({ claims }, size, limit) {
  if (size <= MOST_CHIPS) return Array.from({ length: size }, (_, site) => site);
  const counts = claims.toSorted().toReversed();
  const least = Math.max(1, counts[Math.min(limit, size) - 1]);
  const [above, just] = [[], []];
  for (let site = 0; site < size; site += 1) {
    if (claims[site] > least) above.push(site);
    else if (claims[site] === least && just.length < limit) just.push(site);
  }
  return [...above.toSorted((a, b) => claims[b] - claims[a] || a - b), ...just].slice(0, limit);
}

/** The chosen site is listed, however few claims it has. */
export function withChosen(sites, chosen) {
  return chosen === null || sites.includes(chosen) ? sites : [chosen, ...sites];
}

function siteChip(site, index, openAt, focus) {
  const count = element("span.number");
  const node = element(
    "button.site-chip",
    { type: "button", "data-site": site.id, onclick: () => openAt({ site: index, claim: null }), ...attention((on) => focus("site", index, on)) },
    site.name,
    " ",
    count,
  );
  let shown = "";
  const show = (claims, pressed) => {
    if (shown === `${claims} ${pressed}`) return; // what is written anew is laid out anew
    shown = `${claims} ${pressed}`;
    node.hidden = claims === 0 && !pressed;
    node.setAttribute("aria-pressed", String(pressed));
    node.setAttribute("aria-label", `${site.name}, ${plural(claims, "claim")}`);
    count.textContent = inWords(claims);
  };
  return { node, show };
}
