/** The claims of the whole story as rows in two groups, those on the map and those that aren't. */

import { isContested } from "./accounts.js";
import { chip } from "./card.js";
import { element, inWords, setChildren } from "./dom.js";
import { reasonsFor, saidWords } from "./reasons.js";

/**
 * A row is made anew only where its words have changed, and one that stays is left where it is: while a hand drags a handle, to
 * lay out a hundred rows takes longer than to draw the map.
 * @param {object} store
 * @param {(patch: object) => void} open
 * @returns {(state: object, visible: object, claims: number[], cards: object[]) => HTMLElement[]} the groups that have any
 */
export function makeStoryRows(store, open) {
  const groups = [makeGroup("On the map", true, null), makeGroup("Not on the map", false, "not-on-map")];
  let rows = new Map(); // by claim, those that were shown last

  function rowOf(card, claim, state, visible) {
    const when = state.clock === "event" ? card.event_words : saidWords(card);
    const told = { when, reasons: reasonsFor(card, claim, visible, state), faint: visible.isFaint(claim), contested: isContested(store.columns, visible, claim) };
    const words = JSON.stringify(told);
    const before = rows.get(claim);
    return before?.words === words ? before : { words, node: makeRow(card, told, open) };
  }

  return (state, visible, claims, cards) => {
    rows = new Map(claims.map((claim, i) => [claim, rowOf(cards[i], claim, state, visible)]));
    return groups.flatMap((group) => (group.show(rows, visible) ? [group.node] : []));
  };
}

function makeGroup(words, placed, testid) {
  const heading = element("h2");
  const list = element("ol");
  const node = element("section", { "data-testid": testid }, heading, list);
  function show(rows, visible) {
    const mine = [...rows].flatMap(([claim, row]) => (visible.isShown(claim) === placed ? [row.node] : []));
    heading.textContent = `${words} (${inWords(placed ? visible.counts.shown : visible.counts.unplaced)})`;
    setChildren(list, mine);
    return mine.length > 0;
  }
  return { node, show };
}

function makeRow(card, { when, reasons, faint, contested }, open) {
  return element(
    "li",
    {},
    element(
      "button.story-row",
      { type: "button", "data-claim": card.claim_id, class: faint ? "story-row possible" : "story-row", onclick: () => open({ claim: card.claim_id, site: "" }) },
      element("span.row-head", {}, chip(card), element("span.when", {}, when), contested && element("span.badge-words", {}, "≠ others say otherwise")),
      ...reasons.map((reason) => element("span.doubt", {}, reason)),
      element("span.row-text", {}, element("b", {}, card.claimant), `: ${card.statement}`),
    ),
  );
}
