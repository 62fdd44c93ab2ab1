/** What a state asks, in words: for paper, where no control shows it. */

import { dayWords } from "./days.js";

/**
 * @param {import("./selection.js").State} state
 * @param {Record<string, string>} modalities their words
 * @returns {string[]} a phrase for each thing asked; none for everything
 */
export function selectionWords(state, modalities) {
  const days = windowWords(state);
  return [
    days && `${state.clock === "event" ? "happened" : "said"} ${days}`,
    !state.undated && "none without a date",
    state.known !== null && `as known on ${dayWords(state.known)}`,
    state.q && `with “${state.q}”`,
    state.claimant && `claimed by ${state.claimant}`,
    state.publisher && `published by ${state.publisher}`,
    state.modality && modalities[state.modality],
  ].filter(Boolean);
}

function windowWords({ from, to }) {
  if (from === null) return to === null ? "" : `by ${dayWords(to)}`;
  if (to === null) return `from ${dayWords(from)} on`;
  return from === to ? `on ${dayWords(from)}` : `from ${dayWords(from)} to ${dayWords(to)}`;
}
