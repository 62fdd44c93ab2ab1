/** What several tests share: a seeded choice of numbers, columns of claims, and points that are nearly the same. */

import assert from "node:assert/strict";

/**
 * Numbers that look random and are the same on every run.
 * @param {number} seed
 * @returns {(below: number) => number} a whole number from 0, less than `below`
 */
export function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' generator
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Columns of claims as a store holds them, of which a test names only what it is about: `earliest` and `latest` day on
 * which it happened, `saidFrom` and `saidTo` of when it was said, and the columns by their names.
 * @param {object[]} claims
 * @returns {object}
 */
export function columnsOf(claims) {
  const blank = { kind: "said", modality: "happened", claimant: "A service", publisher: "A paper", moves: false, hedged: false, sites: [], responses: [], doubts: [], groups: [], number: -1, unit: -1, counted: -1, rests_on: [] };
  const rows = claims.map((claim, i) => ({ id: `c${i}`, ...blank, ...claim }));
  const column = (name) => rows.map((row) => row[name] ?? null);
  const clocks = { event: { earliest: column("earliest"), latest: column("latest") }, reported: { earliest: column("saidFrom"), latest: column("saidTo") } };
  return { clocks, accounts: [], ...Object.fromEntries(["id", ...Object.keys(blank)].map((name) => [name, column(name)])) };
}

/** @param {number} actual @param {number} expected @param {number} within @param {string} [what] */
export function near(actual, expected, within, what = "") {
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not within ${within} of ${expected}`);
}
