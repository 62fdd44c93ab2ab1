/** Long work in turns, between which the page answers. */

const TURN_MS = 8; // half a frame

/**
 * @template Result
 * @param {Generator<void, Result>} work pauses every few milliseconds
 * @param {() => boolean} isWanted asked between two turns
 * @returns {Promise<Result | null>} null where it was no longer wanted
 */
export async function inTurns(work, isWanted) {
  for (;;) {
    const until = performance.now() + TURN_MS;
    let turn = work.next();
    while (!turn.done && performance.now() < until) turn = work.next();
    if (turn.done) return turn.value;
    await new Promise((done) => setTimeout(done));
    if (!isWanted()) return null;
  }
}
