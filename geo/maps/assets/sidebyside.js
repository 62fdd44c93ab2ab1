/** Claims about the same thing, side by side: any number of sides, and where they differ. */

import { chip } from "./card.js";
import { element } from "./dom.js";

export const MOST_SIDES = 12;
// A row's words and what a card says there; last, what of it is compared where not the whole.
const SIDE_ROWS = [
  ["How many", ({ quantity_words: number, quantity_unit: unit, quantity_of: what }) => number && [number, unit && !what.includes(unit) && unit].filter(Boolean).join(" "), (cell) => cell.replace(/ in total( |$)/, "$1")],
  ["What it counts", ({ quantity_of: what }) => what],
  ["At", (card) => placesOf(card, "at")],
  ["From", (card) => placesOf(card, "from") || (card.movement_words && "not stated")],
  ["To", (card) => placesOf(card, "to") || (card.movement_words && "not stated")],
  ["When", ({ event_words: words, event_basis: basis }) => (basis ? `${words} (${basis})` : words), (cell) => cell.replace(/ \(.*$/, "")],
  ["Said", ({ reported_words: words }) => words],
  ["Hedge", ({ hedge }) => hedge && `“${hedge}”`],
  ["In its words", ({ excerpt }) => excerpt && `“${excerpt}”`],
  ["Read in", ({ chain }) => chain.at(-1).publisher || chain.at(-1).source_id],
];

function placesOf({ places }, role) {
  return places.filter((place) => place.role === role).map(({ name }) => name).join(", ");
}

/**
 * @param {object[]} cards of two claims or more, the one that was opened first, `MOST_SIDES` at most
 * @param {{count: number, more: boolean, contested: boolean, open: (patch: object) => void}} how
 * @returns {HTMLElement}
 */
export function sideBySide(cards, { count, more, contested, open }) {
  const heads = cards.map((card) =>
    element("th", { scope: "col" }, element("button.inline", { type: "button", onclick: () => open({ claim: card.claim_id, site: "" }) }, card.claimant), element("span.side-statement", {}, card.statement), chip(card)),
  );
  const rows = SIDE_ROWS.map(([words, say, compared]) => [words, cards.map((card) => say(card) || ""), compared]).filter(([, cells]) => cells.some(Boolean));
  const body = rows.map(([words, cells, compared = (cell) => cell]) => {
    const differs = new Set(cells.filter(Boolean).map(compared)).size > 1;
    return element("tr", { "data-differs": differs ? "" : null }, element("th", { scope: "row" }, words, differs && element("span.sr-only", {}, " (they differ)")), ...cells.map((cell) => element("td", {}, cell || "—")));
  });
  const table = element("table", {}, element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...body));
  const left = count - cards.length;
  return element(
    "section.sides",
    { "data-testid": "side-by-side", "aria-label": "Claims of the same thing, side by side" },
    element("h3", {}, contested && element("span.badge", { "aria-hidden": "true" }, "≠"), `${count} claims ${more ? "or more " : ""}about the same thing, side by side`),
    element("div.sides-scroll", { tabindex: "0", role: "group", "aria-label": "Table, scrolls sideways" }, table),
    left > 0 && element("p.quiet-words", {}, `and ${left} ${more ? "or more" : "more"}: the list of all claims has them`),
  );
}
