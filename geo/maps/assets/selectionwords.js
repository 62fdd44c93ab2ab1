/** What a state asks, in words: for paper, where no control shows it. */

import { dayWords } from "./days.js";
import { inWords, plural } from "./dom.js";

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

/** @param {import("./selector.js").Visible} visible @returns {{parts: string[], total: string}} the numbers that add up to the story */
export function threeNumbers({ counts: { shown, filtered, unplaced } }) {
  return { parts: [`${inWords(shown)} on the map`, `${inWords(filtered)} filtered out`, `${inWords(unplaced)} without a place`], total: plural(shown + filtered + unplaced, "claim") };
}

/** @param {import("./selector.js").Visible} visible @returns {string} */
export function countWords(visible) {
  const { parts, total } = threeNumbers(visible);
  return `${parts.join(" · ")} = ${total}`;
}

function windowWords({ from, to }) {
  if (from === null) return to === null ? "" : `by ${dayWords(to)}`;
  if (to === null) return `from ${dayWords(from)} on`;
  return from === to ? `on ${dayWords(from)}` : `from ${dayWords(from)} to ${dayWords(to)}`;
}
