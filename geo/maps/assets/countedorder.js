/** Sorting by counting, a million numbers in the time of a frame; and finding in what is sorted. */

import { PART } from "./turns.js";

/**
 * @param {number} size
 * @param {(i: number) => number} keyOf a whole number from `low` to `high`
 * @param {number} low
 * @param {number} high
 * @returns {Generator<void, Uint32Array>} the numbers from 0 by their keys, those of one key as they are
 * @yields now and then
 */
export function* countedOrder(size, keyOf, low, high) {
  const next = new Uint32Array(high - low + 2);
  for (let i = 0; i < size; i += 1) {
    if (i % PART === 0) yield;
    next[keyOf(i) - low + 1] += 1;
  }
  for (let key = 1; key < next.length; key += 1) next[key] += next[key - 1];
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    if (i % PART === 0) yield;
    const key = keyOf(i) - low;
    order[next[key]] = i;
    next[key] += 1;
  }
  return order;
}

/**
 * @param {ArrayLike<number>} group that each number from 0 belongs to
 * @param {number} count how many groups there are
 * @returns {{offsets: Uint32Array, members: Uint32Array}} the numbers by their groups: those of one stand between its offset and the next
 */
export function groupsOf(group, count) {
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < group.length; i += 1) offsets[group[i] + 1] += 1;
  for (let i = 0; i < count; i += 1) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const members = new Uint32Array(group.length);
  for (let i = 0; i < group.length; i += 1) {
    members[next[group[i]]] = i;
    next[group[i]] += 1;
  }
  return { offsets, members };
}

/**
 * @param {number} size
 * @param {(i: number) => number} valueOf of each number from 0, none less than that of the number before
 * @param {number} least
 * @returns {number} the first of which the value is not less; `size` where there is none
 */
export function firstFrom(size, valueOf, least) {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueOf(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {number} size @param {(i: number) => boolean} test @returns {number[]} the numbers from 0 that pass it */
export function numbersWhere(size, test) {
  const numbers = [];
  for (let i = 0; i < size; i += 1) if (test(i)) numbers.push(i);
  return numbers;
}
