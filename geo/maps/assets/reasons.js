/** Why a claim is pale, or not among those that are let through: in words, wherever the claim stands. */

import { dayWords } from "./days.js";
import { OUT, POSSIBLE } from "./selection.js";

/**
 * @param {object} card
 * @param {number} claim
 * @param {import("./selection.js").Visible} visible
 * @param {import("./selection.js").State} state
 * @returns {string[]}
 */
export function reasonsFor(card, claim, visible, state) {
  const [when, in_] = state.clock === "event" ? [card.event_words, "in these days"] : [card.reported_words, "said in these days"];
  const later = visible.known[claim] === OUT;
  return [
    later && `said only after ${dayWords(state.known)}: said ${card.reported_words}`,
    !later && visible.verdict[claim] === OUT && "outside what is selected",
    visible.verdict[claim] === POSSIBLE && `possibly ${in_}: ${when} reaches beyond them`,
    visible.known[claim] === POSSIBLE && visible.verdict[claim] !== OUT && `possibly said only after ${dayWords(state.known)}: said ${card.reported_words}`,
  ].filter(Boolean);
}
