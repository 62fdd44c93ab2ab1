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
export function sameThing(columns, visible, claim) {
  const found = new Set();
  for (const { claims, meets } of accountsOf(columns, visible, claim)) for (const other of claims) if (meets(other)) found.add(other);
  return [...found];
}

/** The groups that a claim is in, each with what tells which others of the group speak of the same thing, and are known. */
function accountsOf(columns, { known }, claim) {
  const { earliest, latest } = columns.clocks.event;
  const [first, last] = [earliest[claim] ?? -Infinity, latest[claim] ?? Infinity];
  return columns.groups[claim].map((group) => {
    const { claims, dated } = columns.accounts[group];
    const mayMeet = (other) => !dated || ((earliest[other] ?? -Infinity) <= last && (latest[other] ?? Infinity) >= first);
    return { claims, meets: (other) => other !== claim && known[other] !== OUT && mayMeet(other) };
  });
}

/**
 * @param {object} columns of claims
 * @param {import("./selection.js").Visible} visible
 * @param {number} claim
 * @yields {number} the known claims against it, once each: that deny or dispute it, that it denies or disputes, that give
 *   another number; one by one, since most ask only whether there is any, and thousands may speak of the same thing
 */
export function* rivalsOf(columns, visible, claim) {
  const found = new Set(columns.doubts[claim].filter((other) => visible.known[other] !== OUT));
  yield* found;
  if (columns.number[claim] === NONE) return;
  for (const { claims, meets } of accountsOf(columns, visible, claim)) {
    for (const other of claims) {
      if (found.has(other) || !numbersDiffer(columns, claim, other) || !meets(other)) continue;
      found.add(other);
      yield other;
    }
  }
}

/** @param {object} columns @param {import("./selection.js").Visible} visible @param {number} claim @returns {boolean} */
export function isContested(columns, visible, claim) {
  if (remembered.get(columns)?.day !== visible.day) remembered.set(columns, { day: visible.day, answers: new Map() });
  const { answers } = remembered.get(columns);
  if (!answers.has(claim)) answers.set(claim, !rivalsOf(columns, visible, claim).next().done);
  return answers.get(claim);
}

function numbersDiffer({ claimant, number, unit, counted }, a, b) {
  const agree = (codes) => codes[a] === codes[b] || codes[a] === NONE || codes[b] === NONE;
  return claimant[a] !== claimant[b] && number[a] !== NONE && number[b] !== NONE && number[a] !== number[b] && agree(unit) && agree(counted);
}

/**
 * @param {object} columns of claims
 * @param {import("./selection.js").Visible} visible
 * @param {number} claim
 * @returns {number[]} itself, the known claims of the same thing and against it, those of theirs, and so on
 */
export function allSides(columns, visible, claim) {
  const found = new Set([claim]);
  const whole = new Set(); // groups of which all known claims are found: there is nothing more to look for
  for (const one of found) {
    for (const other of columns.doubts[one]) if (visible.known[other] !== OUT) found.add(other);
    for (const [i, { claims, meets }] of accountsOf(columns, visible, one).entries()) {
      const group = columns.groups[one][i];
      if (whole.has(group)) continue;
      for (const other of claims) if (meets(other)) found.add(other);
      if (!columns.accounts[group].dated || claims.every((other) => visible.known[other] === OUT || found.has(other))) whole.add(group);
    }
  }
  return [...found];
}
