/** A button that takes one step after another until there is none left, or the reader pauses. */

import { element, setWords } from "./dom.js";
import { daysPerBar } from "./histogram.js";

/**
 * @param {{testid: string, play: string, pause: string, title: string}} words
 * @param {{begin: () => void, step: () => boolean, rest: () => void, everyMs: number}} acts `step` says whether more can follow
 * @returns {{node: HTMLElement, stop: () => void}} `stop` ends it with no rest, as where the hand takes over
 */
export function makePlayer({ testid, play, pause, title }, { begin, step, rest, everyMs }) {
  const node = element("button.play", { type: "button", "data-testid": testid, onclick: () => (frame ? end() : start()) });
  let frame = 0;
  let due = 0;
  let more = true;

  function start() {
    begin();
    more = true;
    due = performance.now() + everyMs;
    frame = window.requestAnimationFrame(goOn);
    show();
  }
  /** A step where one is due. The last one is seen as long as the others before it ends. */
  function goOn(now) {
    if (now >= due) {
      due = Math.max(due + everyMs, now);
      if (!more) {
        end();
        return;
      }
      more = step();
    }
    frame = window.requestAnimationFrame(goOn); // only now: the step's drawing comes before the next step, or two would be drawn as one
  }
  function stop() {
    window.cancelAnimationFrame(frame);
    frame = 0;
    show();
  }
  function end() {
    stop();
    rest();
  }
  function show() {
    setWords(node, frame ? "❚❚" : "▶");
    node.setAttribute("aria-label", frame ? pause : play);
    node.title = frame ? pause : title;
  }
  show();
  return { node, stop };
}

/**
 * @param {number} wholeMs how long all the days shall take
 * @param {{first: number, last: number}} domain which are played a bar of the histogram at a time
 * @param {{least: number, most: number}} stepMs
 * @returns {number} milliseconds for a step
 */
export function pace(wholeMs, domain, { least, most }) {
  const steps = Math.ceil((domain.last - domain.first) / daysPerBar(domain)) || 1;
  return Math.max(least, Math.min(most, wholeMs / steps));
}
