/** Why a claim is pale, or not among those that are let through: in words, wherever the claim stands. */

import { dayWords } from "./days.js";
import { OUT, POSSIBLE } from "./selection.js";

const NOT_STATED = "not dated"; // as `geo/wording.py` says it

/** @param {{reported_words: string}} card @returns {string} such as "said 18 Oct 2024" */
export function saidWords({ reported_words: words }) {
  return words === NOT_STATED ? "when it was said is not stated" : `said ${words}`;
}

/**
 * @param {object} card
 * @param {number} claim
 * @param {import("./selector.js").Visible} visible
 * @param {import("./selection.js").State} state
 * @returns {string[]}
 */
export function reasonsFor(card, claim, visible, state) {
  const [when, in_] = state.clock === "event" ? [card.event_words, "in these days"] : [card.reported_words, "said in these days"];
  const later = visible.known(claim) === OUT;
  return [
    later && `said only after ${dayWords(state.known)}: ${saidWords(card)}`,
    !later && visible.verdict(claim) === OUT && "outside what is selected",
    visible.verdict(claim) === POSSIBLE && `possibly ${in_}: ${when} reaches beyond them`,
    visible.known(claim) === POSSIBLE && visible.verdict(claim) !== OUT && `possibly said only after ${dayWords(state.known)}: ${saidWords(card)}`,
  ].filter(Boolean);
}
