/** What the label of a movement says and how its line is drawn, given what is known and what else is shown. */

import { isContested } from "./accounts.js";
import { KINDS } from "./marks.js";
import { isContestedBy, POSSIBLE } from "./selection.js";

/**
 * @param {import("./columns.js").Columns} columns
 * @param {number | null} day as of which the story is read: what was said only later doesn't count
 * @param {number} claim
 * @returns {string[]} "hedged", "disputed", "denied": by the source's own words, or by others
 */
export function doubtsOf({ clocks, doubted, hedged }, day, claim) {
  const said = Object.keys(doubted).filter((word) => isContestedBy(doubted[word].of(claim), clocks.event, day));
  return hedged(claim) ? ["hedged", ...said] : said;
}

/** @param {import("./columns.js").Columns} columns @param {number | null} day @param {number} claim @returns {"solid" | "dashed" | "dotted"} */
export function movementStyle(columns, day, claim) {
  if (KINDS[columns.kind(claim)] === "planned") return "dashed";
  return doubtsOf(columns, day, claim).length ? "dotted" : "solid";
}

/**
 * @param {import("./columns.js").Arrows} arrows
 * @param {number[]} shown numbers of those that are
 * @returns {Set<number>} claims that have a link, from one place to another, in common with another one
 */
export function sharingALink({ claim, from, to }, shown) {
  const byLink = Map.groupBy(shown, (arrow) => `${from[arrow]} ${to[arrow]}`);
  const crowded = [...byLink.values()].filter((group) => group.length > 1);
  return new Set(crowded.flatMap((group) => group.map((arrow) => claim[arrow])));
}

/**
 * @param {object} store
 * @param {import("./selector.js").Visible} visible
 * @param {number} arrow any of the movement's
 * @param {boolean} named whether the label must say who speaks
 * @returns {string[]} the parts of its label, what isn't stated last
 */
export function movementWords({ columns, arrows, arrowWords }, visible, arrow, named) {
  const claim = arrows.claim[arrow];
  const { date, number, missing } = arrowWords(arrow) ?? { date: "", number: "", missing: [] };
  return [
    named && columns.claimants[columns.claimant(claim)],
    date,
    number,
    doubtsOf(columns, visible.day, claim).join(", "),
    isContested(columns, visible, claim) && "≠ others say otherwise",
    visible.verdict(claim) === POSSIBLE && "possibly in these days",
    visible.known(claim) === POSSIBLE && "possibly said only later",
    ...missing,
    !date && "no date",
  ].filter(Boolean);
}
