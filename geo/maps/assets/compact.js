/** Whole numbers in less memory than they take written out, each read by a function. */

import { firstFrom } from "./countedorder.js";

const BLOCK_BITS = 6; // numbers of a block share a base: what each has above that mostly fits in a byte
const BLOCK = 1 << BLOCK_BITS;
const FAR = 255; // a byte that stands for a number kept elsewhere
const FEW = 100; // of so many numbers one may be
const MOST_IN_8_BITS = 255;
const MOST_IN_LOW_BITS = 65_535;
const LOW_BITS = 16;

/**
 * Numbers of which most are close to their neighbours: in a byte each, and a few for every block; as they came where too many aren't.
 * @param {Int16Array | Int32Array | Uint32Array} values
 * @returns {(i: number) => number}
 */
export function inBlocks(values) {
  const size = values.length;
  const base = new Int32Array(Math.ceil(size / BLOCK));
  const bytes = new Uint8Array(size);
  const far = []; // those that no byte holds
  for (let from = 0; from < size; from += BLOCK) {
    const to = Math.min(size, from + BLOCK);
    let [low, high] = [values[from], values[from]];
    for (let i = from; i < to; i += 1) {
      const value = values[i];
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    if (high - low >= FAR) low = values.subarray(from, to).toSorted()[(to - from) >> 1] - (FAR >> 1); // about the middle one lie the most
    base[from >> BLOCK_BITS] = low;
    for (let i = from; i < to; i += 1) {
      const above = values[i] - low;
      const isFar = above < 0 || above >= FAR;
      bytes[i] = isFar ? FAR : above;
      if (isFar) far.push(i);
    }
    if (far.length > size / FEW) return overBase(base.fill(0), values, (i) => values[i]);
  }
  return overBase(base, bytes, ofSome(far, far.map((i) => values[i])));
}

/** A function of its own: one that stays would else hold all that the others are made of. One for both: an engine inlines only one. */
function overBase(base, above, farOf) {
  return (i) => (above[i] === FAR ? farOf(i) : base[i >> BLOCK_BITS] + above[i]);
}

/**
 * Running totals.
 * @param {ArrayLike<number>} counts
 * @returns {(i: number) => number} the sum of those before it; after the last one, of all
 */
export function runningTotals(counts) {
  const sums = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) sums[i + 1] = sums[i] + counts[i];
  return inBlocks(sums);
}

/**
 * A list of numbers; of those that two bytes don't hold and three do, in two and the few bits above.
 * @typedef {object} List
 * @property {number} length
 * @property {(i: number) => number} at
 * @property {(value: number, from: number) => number} indexOf the first place from there on where it stands; -1 for none
 */

/** @param {Uint8Array | Uint16Array | Uint32Array} values @returns {List} */
export function listOf(values) {
  const { length } = values;
  if (values.BYTES_PER_ELEMENT < 4) return { length, ...asTheyCame(values) };
  const most = highest(values) >>> LOW_BITS;
  const bits = [2, 4, 8].find((each) => most >> each === 0);
  return { length, ...(bits ? inParts(new Uint16Array(values), highBits(values, bits), bits) : asTheyCame(values)) };
}

function asTheyCame(values) {
  return { at: (i) => values[i], indexOf: (value, from) => values.indexOf(value, from) };
}

/** Of each number the bits above two bytes: of several in a byte, the first one's lowest. */
function highBits(values, bits) {
  const high = new Uint8Array(Math.ceil((values.length * bits) / 8));
  for (let i = 0; i < values.length; i += 1) high[(i * bits) >> 3] |= (values[i] >>> LOW_BITS) << ((i * bits) & 7);
  return high;
}

function inParts(low, high, bits) {
  const mask = (1 << bits) - 1;
  const above = (i) => (high[(i * bits) >> 3] >> ((i * bits) & 7)) & mask;
  return {
    at: (i) => low[i] | (above(i) << LOW_BITS),
    indexOf: (value, from) => {
      let at = low.indexOf(value & MOST_IN_LOW_BITS, from);
      while (at >= 0 && above(at) !== value >>> LOW_BITS) at = low.indexOf(value & MOST_IN_LOW_BITS, at + 1);
      return at;
    },
  };
}

/**
 * What is known of a few.
 * @param {ArrayLike<number>} numbers whose it is, ascending
 * @param {ArrayLike<number>} values
 * @returns {(number: number) => number | undefined}
 */
export function ofSome(numbers, values) {
  return (number) => {
    const at = firstFrom(numbers.length, (i) => numbers[i], number);
    return numbers[at] === number ? values[at] : undefined;
  };
}

/** @param {Uint32Array} values @returns {Uint8Array | Uint16Array | Uint32Array} the same in the narrowest array that holds them */
export function narrow(values) {
  const most = highest(values);
  return most <= MOST_IN_8_BITS ? Uint8Array.from(values) : most <= MOST_IN_LOW_BITS ? Uint16Array.from(values) : values;
}

function highest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) if (values[i] > most) most = values[i];
  return most;
}
