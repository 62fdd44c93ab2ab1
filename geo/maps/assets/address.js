/** The state as a query string, and back: the address of any state can be shared. */

import { isoDay, parseDay } from "./days.js";
import { CLOCKS, everything } from "./selection.js";

const DAYS = ["from", "to", "known"];
const WORDS = ["q", "claimant", "publisher", "modality", "site", "claim"];

/**
 * Read a state from an address. A wrong value is ignored, with a note that says so.
 * @param {string} search such as "?from=2024-10-09&undated=0"
 * @param {Record<string, Set<string>>} known the values that exist, by parameter
 * @returns {{state: import("./selection.js").State, notes: string[]}}
 */
export function readAddress(search, known) {
  // Of a parameter given twice the last counts, as Streamlit has it.
  const asked = new Map(new URLSearchParams(search));
  const state = everything();
  const notes = [];
  const refuse = (name, value, reason) => notes.push(`“${name}=${shortWords(value)}” in the address ${reason}, so it is ignored.`);
  for (const name of DAYS) {
    if (!asked.get(name)) continue;
    state[name] = parseDay(asked.get(name));
    if (state[name] === null) refuse(name, asked.get(name), "is not a day such as 2024-10-08");
  }
  if (state.from !== null && state.to !== null && state.to < state.from) {
    refuse("to", asked.get("to"), `is before “from=${asked.get("from")}”`);
    state.to = null;
  }
  const clock = asked.get("clock") ?? "";
  if (CLOCKS.includes(clock)) state.clock = clock;
  else if (clock) refuse("clock", clock, `is not one of ${CLOCKS.join(" and ")}`);
  const undated = asked.get("undated") ?? "";
  if (undated === "0") state.undated = false;
  else if (!["", "1"].includes(undated)) refuse("undated", undated, "is neither 0 nor 1");
  for (const name of WORDS) {
    const value = asked.get(name) ?? "";
    if (value && known[name] && !known[name].has(value)) refuse(name, value, "is not in this story");
    else state[name] = value;
  }
  return { state, notes };
}

/**
 * @param {import("./selection.js").State} state
 * @returns {Record<string, string>} only what differs from asking for everything
 */
export function addressOf(state) {
  const address = {};
  for (const name of DAYS) if (state[name] !== null) address[name] = isoDay(state[name]);
  if (state.clock !== everything().clock) address.clock = state.clock;
  if (!state.undated) address.undated = "0";
  for (const name of WORDS) if (state[name]) address[name] = state[name];
  return address;
}

function shortWords(value) {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}
