/** Claims of the same thing, and claims against each other: the twin in the browser of `geo/accounts.py`. */

import { OUT } from "./selection.js";

const NONE = -1; // what isn't stated
const remembered = new WeakMap(); // by columns: which claims others contradict, as of one day

/**
 * @param {object} columns of claims
 * @param {import("./selection.js").Visible} visible
 * @param {number} claim
 * @returns {number[]} the other claims that speak of the same thing, and are known
 */
export function sameThing(columns, { known }, claim) {
  const { earliest, latest } = columns.clocks.event;
  const mayMeet = (other) => (earliest[other] ?? -Infinity) <= (latest[claim] ?? Infinity) && (latest[other] ?? Infinity) >= (earliest[claim] ?? -Infinity);
  const found = new Set();
  for (const { claims, dated } of columns.groups[claim].map((group) => columns.accounts[group])) {
    for (const other of claims) if (other !== claim && known[other] !== OUT && (!dated || mayMeet(other))) found.add(other);
  }
  return [...found];
}

/**
 * @param {object} columns of claims
 * @param {import("./selection.js").Visible} visible
 * @param {number} claim
 * @returns {number[]} the known claims against it: that deny or dispute it, that it denies or disputes, that give another number
 */
export function rivalsOf(columns, visible, claim) {
  const others = new Set([...columns.doubts[claim], ...sameThing(columns, visible, claim).filter((other) => numbersDiffer(columns, claim, other))]);
  return [...others].filter((other) => visible.known[other] !== OUT);
}

/** @param {object} columns @param {import("./selection.js").Visible} visible @param {number} claim @returns {boolean} */
export function isContested(columns, visible, claim) {
  if (remembered.get(columns)?.day !== visible.day) remembered.set(columns, { day: visible.day, answers: new Map() });
  const { answers } = remembered.get(columns);
  if (!answers.has(claim)) answers.set(claim, rivalsOf(columns, visible, claim).length > 0);
  return answers.get(claim);
}

function numbersDiffer({ claimant, number, unit, counted }, a, b) {
  const agree = (codes) => codes[a] === codes[b] || codes[a] === NONE || codes[b] === NONE;
  return claimant[a] !== claimant[b] && number[a] !== NONE && number[b] !== NONE && number[a] !== number[b] && agree(unit) && agree(counted);
}
