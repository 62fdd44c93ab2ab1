/** What the label of a movement says and how its line is drawn, given what is known and what else is shown. */

import { isContested } from "./accounts.js";
import { knownBy, OUT, POSSIBLE } from "./selection.js";

const DOUBT_WORDS = { disputes: "disputed", denies: "denied" };

/**
 * @param {object} columns of claims
 * @param {Uint8Array} known by claim: what was said only later doesn't count
 * @param {number} claim
 * @returns {string[]} "hedged", "disputed", "denied": by the source's own words, or by others
 */
export function doubtsOf(columns, known, claim) {
  const stances = new Set(columns.responses[claim].filter(([other]) => known[other] !== OUT).map(([, stance]) => stance));
  const said = Object.keys(DOUBT_WORDS).filter((stance) => stances.has(stance)).map((stance) => DOUBT_WORDS[stance]);
  return columns.hedged[claim] ? ["hedged", ...said] : said;
}

/** @param {string} kind of the claim @param {string[]} doubts @returns {"solid" | "dashed" | "dotted"} */
export function movementStyle(kind, doubts) {
  if (kind === "planned") return "dashed";
  return doubts.length ? "dotted" : "solid";
}

/** @param {object} store @param {object} arrow @returns {string} its style with all that was ever said */
export function finalStyle({ columns }, arrow) {
  return movementStyle(arrow.kind, doubtsOf(columns, knownBy(columns.clocks, null), arrow.claim));
}

/**
 * @param {object[]} arrows
 * @param {number[]} movements shown claims
 * @returns {Set<number>} those that have a link, from one place to another, in common with another one
 */
export function sharingALink(arrows, movements) {
  const shown = new Set(movements);
  const byLink = Map.groupBy(arrows.filter(({ claim }) => shown.has(claim)), ({ from, to }) => `${from} ${to}`);
  const crowded = [...byLink.values()].filter((group) => group.length > 1);
  return new Set(crowded.flatMap((group) => group.map(({ claim }) => claim)));
}

/**
 * @param {object} columns of claims
 * @param {import("./selection.js").Visible} visible
 * @param {object} arrow any of the movement's
 * @param {boolean} named whether the label must say who speaks
 * @returns {string[]} the parts of its label, what isn't stated last
 */
export function movementWords(columns, visible, arrow, named) {
  const { claim, date, number, missing } = arrow;
  return [
    named && columns.claimant[claim],
    date,
    number,
    doubtsOf(columns, visible.known, claim).join(", "),
    isContested(columns, visible, claim) && "≠ others say otherwise",
    visible.verdict[claim] === POSSIBLE && "possibly in these days",
    visible.known[claim] === POSSIBLE && "possibly said only later",
    ...missing,
    !date && "no date",
  ].filter(Boolean);
}
