/** What the marks mean, in words. Samples are drawn by the style sheet. */

import { NOWHERE } from "./columns.js";
import { MOST_APART } from "./crowdscene.js";
import { element } from "./dom.js";
import { KINDS } from "./marks.js";
import { movementStyle } from "./movements.js";
import { CLOCKS } from "./selection.js";

export const NOT_ROUTES = "Arrows link reported places. They are not routes.";

// Each row with the test of whether the story has such a thing: a legend of what isn't there only takes room.
const ROWS = [
  ["move", "moved", "solid", "moved, as reported", ({ arrows, columns }) => some(arrows.size, (i) => kindOf(columns, arrows.claim[i]) === "moved")], // what is denied later is solid before
  ["move", "moved", "dotted", "the same, hedged or denied", ({ arrows, columns }) => some(arrows.size, (i) => kindOf(columns, arrows.claim[i]) === "moved" && movementStyle(columns, null, arrows.claim[i]) === "dotted")],
  ["move", "planned", "dashed", "planned or forecast", siteLike("planned")],
  ["unknown", "planned", "", "an end not stated, or not on the map", ({ arrows: { size, from, to } }) => some(size, (i) => from[i] === NOWHERE || to[i] === NOWHERE)],
  ["dot", "present", "", "reported here", siteLike("present")],
  ["dot", "said", "", "background, opinion or denial", siteLike("said")],
  ["ring", "", "", "how sure the place is", ({ sites: { size, uncertaintyKm, extents } }) => some(size, (i) => uncertaintyKm(i) > 0 && !extents.has(i))],
  ["area", "", "", "an area, not a point", ({ sites: { extents } }) => extents.size > 0],
  ["badge", "", "", "others say otherwise", ({ columns: { contested, sitesOf } }) => contested.claims.some((claim) => sitesOf(claim).length > 0)],
  ["hair", "", "", "more links: thin lines, arrows when closer", ({ sites }) => sites.size > MOST_APART],
  ["faint", "", "", "pale: only possibly, for the days asked", ({ columns: { size, clocks } }) => CLOCKS.some((clock) => some(size, (i) => isImprecise(clocks[clock], i)))],
];

function isImprecise({ earliest, latest, start, end }, claim) {
  return earliest(claim) !== latest(claim) && !(earliest(claim) === start && latest(claim) === end);
}

function kindOf({ kind }, claim) {
  return KINDS[kind(claim)];
}

function siteLike(kind) {
  return ({ columns }) => some(columns.size, (i) => kindOf(columns, i) === kind && columns.sitesOf(i).length > 0);
}

function some(size, test) {
  for (let i = 0; i < size; i += 1) if (test(i)) return true;
  return false;
}

/** @param {object} store @returns {{shape: string, kind: string, style: string, words: string}[]} what the story has */
export function legendRows(store) {
  return ROWS.filter(([, , , , has]) => has(store)).map(([shape, kind, style, words]) => ({ shape, kind, style, words }));
}

/** @param {object} store @param {boolean} open @returns {HTMLElement} */
export function makeLegend(store, open) {
  const rows = legendRows(store).map(({ shape, kind, style, words }) =>
    element("li", {}, element(`span.sample.sample-${shape}`, { "data-kind": kind || null, "data-style": style || null }), words),
  );
  return element(
    "details.legend",
    { open },
    element("summary", {}, "Legend"),
    element("ul", {}, ...rows),
    element("p", {}, NOT_ROUTES),
  );
}
