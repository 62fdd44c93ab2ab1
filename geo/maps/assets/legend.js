/** What the marks mean, in words. Samples are drawn by the style sheet. */

import { element } from "./dom.js";

const ROWS = [
  ["line", "moved", "solid", "movement reported as happened"],
  ["line", "moved", "dotted", "the same, hedged or denied"],
  ["line", "planned", "dashed", "planned or forecast"],
  ["dot", "moved", "", "a movement began or ended here"],
  ["dot", "planned", "", "planned or forecast here"],
  ["dot", "present", "", "reported to be so here"],
  ["dot", "said", "", "background, opinion or assessment"],
  ["ring", "", "", "how sure the place is"],
  ["area", "", "", "an area, not a point"],
  ["faint", "", "", "pale: only possibly in these days"],
];

/** @param {boolean} open @returns {HTMLElement} */
export function makeLegend(open) {
  const rows = ROWS.map(([shape, kind, style, words]) =>
    element("li", {}, element(`span.sample.sample-${shape}`, { "data-kind": kind || null, "data-style": style || null }), words),
  );
  return element(
    "details.legend",
    { open },
    element("summary", {}, "Legend"),
    element("ul", {}, ...rows),
    element("p", {}, "Arrows link reported places. They are not routes."),
  );
}
