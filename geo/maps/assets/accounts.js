/** Claims of the same thing, and claims against each other: the twin in the browser of `geo/accounts.py`. */

import { isContestedBy, OUT } from "./selection.js";

/**
 * @param {object} columns of claims
 * @param {import("./selector.js").Visible} visible
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
  const [first, last] = [earliest(claim), latest(claim)];
  return columns.groups[claim].map((group) => {
    const { claims, dated } = columns.accounts[group];
    const mayMeet = (other) => !dated || (earliest(other) <= last && latest(other) >= first);
    return { claims, meets: (other) => other !== claim && known(other) !== OUT && mayMeet(other) };
  });
}

/** @param {import("./columns.js").Columns} columns @param {import("./selector.js").Visible} visible @param {number} claim @returns {boolean} whether a known claim is against it */
export function isContested({ contested, clocks }, { day }, claim) {
  return isContestedBy(contested.of(claim), clocks.event, day);
}

/**
 * @param {object} columns of claims
 * @param {import("./selector.js").Visible} visible
 * @param {number} claim
 * @param {number} [most] after which no more are looked for
 * @returns {number[]} itself, the known claims of the same thing and against it, those of theirs, and so on
 */
export function allSides(columns, visible, claim, most = Infinity) {
  const found = new Set([claim]);
  const whole = new Set(); // groups of which all known claims are found: there is nothing more to look for
  for (const one of found) {
    if (found.size > most) break;
    for (const other of columns.doubts[one]) if (visible.known(other) !== OUT) found.add(other);
    for (const [i, { claims, meets }] of accountsOf(columns, visible, one).entries()) {
      const group = columns.groups[one][i];
      if (whole.has(group)) continue;
      for (const other of claims) if (meets(other)) found.add(other);
      if (!columns.accounts[group].dated || claims.every((other) => visible.known(other) === OUT || found.has(other))) whole.add(group);
    }
  }
  return [...found];
}
