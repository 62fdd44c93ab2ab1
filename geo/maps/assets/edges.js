/** Notices at the map's edge: what the window lets through but the view doesn't show. */

import { element, inWords, plural } from "./dom.js";
import { KINDS, shownSites } from "./marks.js";
import { movementWords } from "./movements.js";

export const SIDES = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
const POINTERS = { n: "↑", ne: "↗", e: "→", se: "↘", s: "↓", sw: "↙", w: "←", nw: "↖" };

/**
 * The eighth of the compass in which a point lies, as seen on the screen from the view's centre.
 * @param {number} dx pixels to the right
 * @param {number} dy pixels down
 * @returns {string} one of n, ne, e, se, s, sw, w, nw
 */
export function sideOf(dx, dy) {
  return SIDES[sideNumber(dx, dy)];
}

/** @param {number} dx @param {number} dy @returns {number} the same as a number of `SIDES` */
export function sideNumber(dx, dy) {
  const turn = Math.atan2(dx, -dy) / (Math.PI / 4);
  return (Math.round(turn) + 8) % 8;
}

/**
 * What lies out of view on one side.
 * @typedef {object} Beyond
 * @property {number} count how many sites
 * @property {number[]} nearest some of them, the nearest first
 * @property {number} km to the nearest, from the view's middle
 */

/**
 * @param {object} story
 * @param {import("./selector.js").Visible} visible
 * @param {object} map Leaflet's
 * @returns {Map<string, Beyond>} by side
 */
export function outOfView(story, visible, map) {
  const { x: width, y: height } = map.getSize();
  const centre = map.getCenter();
  const found = new Map();
  for (const site of shownSites(story.sites, visible.tally)) {
    const point = story.sites.point(site);
    const { x, y } = map.latLngToContainerPoint(point);
    if (x >= 0 && x <= width && y >= 0 && y <= height) continue;
    const side = sideOf(x - width / 2, y - height / 2);
    if (!found.has(side)) found.set(side, []);
    found.get(side).push({ site, km: map.distance(centre, point) / 1000 });
  }
  return new Map([...found].map(([side, sites]) => {
    const near = sites.toSorted((a, b) => a.km - b.km);
    return [side, { count: near.length, nearest: near.map(({ site }) => site), km: near[0].km }];
  }));
}

/** @typedef {{side: string, kind: string, name: string, far: string, words: string}} Notice what a notice says */

/**
 * @param {object} story
 * @param {import("./selector.js").Visible} visible
 * @param {Map<string, Beyond>} found
 * @param {boolean} [brief] whether several sites are only counted: where there are many, their names would cover the map
 * @returns {Notice[]} one a side
 */
export function edgeNotices(story, visible, found, brief = false) {
  return [...found].map(([side, { count, nearest, km }]) => {
    const { words, kind } = count === 1 ? oneSite(story, visible, nearest[0]) : severalSites(story, count, brief ? [] : nearest);
    const name = count === 1 ? (story.siteWords(nearest[0])?.name ?? "1 place") : plural(count, "place");
    return { side, kind, name, far: ` ${count > 1 ? "from " : ""}${inWords(Math.round(km))} km`, words };
  });
}

/** @returns {{node: HTMLElement, show: (notices: Notice[]) => boolean, texts: () => string[]}} `show` tells whether there may be other room on the map now */
export function makeEdges() {
  const node = element("div.edges");
  let shown = [];

  /** Buttons stay where only words of one length take each other's place: to lay the page out anew takes longer than to draw the map. */
  function show(notices) {
    const before = shown;
    shown = notices;
    if (shapeOf(notices) !== shapeOf(before)) {
      node.replaceChildren(...notices.map(noticeButton));
      return true;
    }
    for (const [i, notice] of notices.entries()) if (textOf(notice) !== textOf(before[i])) node.children[i].replaceChildren(...noticeButton(notice).childNodes);
    return false;
  }

  return { node, show, texts: () => shown.map(textOf) };
}

function shapeOf(notices) {
  return notices.map((notice) => notice.side + notice.kind + textOf(notice).length).join();
}

function textOf({ side, name, far, words }) {
  return [`${POINTERS[side]} ${name}${far}`, words].filter(Boolean).join(": ");
}

function noticeButton({ side, kind, name, far, words }) {
  const heading = element("span.edge-name", {}, `${POINTERS[side]} `, element("b", {}, name), far);
  return element("button.edge-notice", { type: "button", "data-side": side, "data-kind": kind, title: "Go there" }, heading, words && element("span.edge-words", {}, words));
}

function oneSite(story, visible, site) {
  const { size, claim, from, to } = story.arrows;
  const kind = (number) => KINDS[story.columns.kind(number)];
  for (let arrow = 0; arrow < size; arrow += 1) {
    if ((to[arrow] !== site && from[arrow] !== site) || !visible.isShown(claim[arrow])) continue;
    return { words: movementWords(story, visible, arrow, false).join(" · "), kind: kind(claim[arrow]) };
  }
  return { words: plural(visible.tally.claims[site], "claim"), kind: kind(firstShownAt(site, story, visible)) };
}

function firstShownAt(site, { sites, columns }, visible) {
  let claim = sites.firstClaim[site];
  while (!visible.isShown(claim) || !columns.sitesOf(claim).includes(site)) claim += 1;
  return claim;
}

function severalSites(story, count, nearest) {
  const names = nearest.slice(0, 3).flatMap((site) => story.siteWords(site)?.name ?? []);
  if (names.length === 0) return { words: "", kind: "several" };
  const left = count - names.length;
  return { words: [names.join(", "), left > 0 && `${inWords(left)} more`].filter(Boolean).join(" and "), kind: "several" };
}
