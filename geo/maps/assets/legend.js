/** What the marks mean, in words. Samples are drawn by the style sheet. */

import { isContested } from "./accounts.js";
import { element } from "./dom.js";
import { finalStyle } from "./movements.js";
import { CLOCKS, knownBy } from "./selection.js";

export const NOT_ROUTES = "Arrows link reported places. They are not routes.";

// Each row with the test of whether the story has such a thing: a legend of what isn't there only takes room.
const ROWS = [
  ["move", "moved", "solid", "moved, as reported", ({ arrows }) => arrows.some(({ kind }) => kind === "moved")], // what is denied later is solid before
  ["move", "moved", "dotted", "the same, hedged or denied", arrowLike("moved", "dotted")],
  ["move", "planned", "dashed", "planned or forecast", siteLike("planned")],
  ["unknown", "planned", "", "an end not stated, or not on the map", ({ arrows }) => arrows.some(({ from, to }) => from === null || to === null)],
  ["dot", "present", "", "reported here", siteLike("present")],
  ["dot", "said", "", "background, opinion or denial", siteLike("said")],
  ["ring", "", "", "how sure the place is", ({ sites }) => sites.some((site) => site.uncertainty_km > 0 && !site.extent)],
  ["area", "", "", "an area, not a point", ({ sites }) => sites.some((site) => site.extent)],
  ["badge", "", "", "others say otherwise", ({ columns }) => columns.sites.some((sites, i) => sites.length > 0 && isContested(columns, everKnown(columns), i))],
  ["faint", "", "", "pale: only possibly, for the days asked", ({ columns }) => CLOCKS.some((clock) => columns.clocks[clock].earliest.some((day, i) => day !== columns.clocks[clock].latest[i]))],
];

/** As if today: with all that was ever said. */
function everKnown({ clocks }) {
  return { day: null, known: knownBy(clocks, null) };
}

function arrowLike(kind, style) {
  return (store) => store.arrows.some((arrow) => arrow.kind === kind && finalStyle(store, arrow) === style);
}

function siteLike(kind) {
  return ({ columns }) => columns.kind.some((each, i) => each === kind && columns.sites[i].length > 0);
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
