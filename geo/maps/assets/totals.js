/** Running totals of small numbers, in a quarter of the memory that they take written out. */

const BLOCK_BITS = 6; // numbers of a block share a total: what comes on top of it mostly fits in a byte
const IN_BLOCK = (1 << BLOCK_BITS) - 1;

/**
 * @param {ArrayLike<number>} counts
 * @returns {(i: number) => number} the sum of those before it; after the last one, of all
 */
export function runningTotals(counts) {
  const size = counts.length;
  const before = new Uint32Array((size >> BLOCK_BITS) + 1); // of each block, the sum of all before it
  let [sum, most] = [0, 0];
  for (let i = 0; i < size; i += 1) {
    if ((i & IN_BLOCK) === 0) before[i >> BLOCK_BITS] = sum;
    sum += counts[i];
    most = Math.max(most, sum - before[i >> BLOCK_BITS]);
  }
  if ((size & IN_BLOCK) === 0) before[size >> BLOCK_BITS] = sum;
  const within = new (most < 256 ? Uint8Array : Uint32Array)(size + 1);
  for (let i = 1; i <= size; i += 1) within[i] = (i & IN_BLOCK) === 0 ? 0 : within[i - 1] + counts[i - 1];
  return (i) => before[i >> BLOCK_BITS] + within[i];
}
