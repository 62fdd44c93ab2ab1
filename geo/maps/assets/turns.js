/** Long work in turns, between which the page answers. It is a generator that pauses every millisecond or two. */

export const PART = 10_000; // claims, sites or arrows that a loop goes through between two pauses
const TURN_MS = 10; // with what comes after the last pause still less than a frame

/**
 * @template Result
 * @param {Generator<void, Result>} work
 * @param {() => boolean} [isWanted] asked before each turn
 * @returns {Promise<Result | null>} null where it was no longer wanted
 */
export async function inTurns(work, isWanted = () => true) {
  for (;;) {
    await pause();
    if (!isWanted()) return null;
    const until = performance.now() + TURN_MS;
    let turn = work.next();
    while (!turn.done && performance.now() < until) turn = work.next();
    if (turn.done) return turn.value;
  }
}

/** A message comes as soon as what else waits is done; a timer that is set again and again only some milliseconds later. */
function pause() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.addEventListener("message", () => {
      port1.close();
      done();
    });
    port1.start();
    port2.postMessage(null);
  });
}

/**
 * @template Result
 * @param {Generator<void, Result>} work
 * @returns {Result} of what is little work, or can't wait
 */
export function atOnce(work) {
  let turn = work.next();
  while (!turn.done) turn = work.next();
  return turn.value;
}
