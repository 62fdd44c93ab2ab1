/** The head of a site in the panel: its names, which a click copies, and how the place is known. */

import { copyText } from "./copy.js";
import { element } from "./dom.js";

/**
 * @param {object} site
 * @param {(HTMLElement | string)[]} share buttons
 * @returns {HTMLElement[]}
 */
export function siteHead(site, share) {
  const place = [
    `${site.lat.toFixed(3)}, ${site.lon.toFixed(3)}`,
    site.uncertainty_km > 0 && `± ${site.uncertainty_km} km`,
    site.feature_type,
    site.extent && "the point is only where the label goes",
  ];
  const copied = element("span.copied", { role: "status" });
  const heading = element("h2", {}, site.name);
  const names = site.aliases.map((name) => copyButton(name, name, copied));
  return [
    element("div.site-title", {}, heading, copyButton("copy", site.name, copied, heading), copied),
    names.length > 0 && element("p.names", {}, ...names),
    element("p.place-facts", {}, place.filter(Boolean).join(" · ")),
    element("details.place-details", {}, element("summary", {}, "How the place is known"), element("p.place-facts", {}, site.provenance), site.note && element("p.place-facts", {}, site.note)),
    element("p.share", {}, ...share),
  ].filter(Boolean);
}

/** `written` is where the name stands; left out, it is the button's own words. */
function copyButton(words, name, copied, written = null) {
  const copy = () => copyText(name, copied, { done: `“${name}” is copied`, written: () => written ?? node });
  const node = element("button.name", { type: "button", title: "Copy this spelling", "aria-label": `Copy “${name}”`, onclick: copy }, words);
  return node;
}
