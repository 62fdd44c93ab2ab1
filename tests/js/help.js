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
 * Columns of claims as a store holds them, of which a test names only what it is about.
 * @param {object[]} claims
 * @returns {object}
 */
export function columnsOf(claims) {
  const blank = { earliest: null, latest: null, kind: "said", modality: "happened", claimant: "A service", publisher: "A paper", moves: false, sites: [] };
  const rows = claims.map((claim, i) => ({ id: `c${i}`, ...blank, ...claim }));
  return Object.fromEntries(["id", ...Object.keys(blank)].map((name) => [name, rows.map((row) => row[name])]));
}

/** @param {number} actual @param {number} expected @param {number} within @param {string} [what] */
export function near(actual, expected, within, what = "") {
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not within ${within} of ${expected}`);
}
