/** A button that takes one step after another until there is none left, or the reader pauses. */

import { element } from "./dom.js";

/**
 * @param {{testid: string, play: string, pause: string, title: string}} words
 * @param {{begin: () => void, step: () => boolean, rest: () => void, everyMs: number}} acts `step` says whether more can follow
 * @returns {{node: HTMLElement, stop: () => void}} `stop` ends it with no rest, as where the hand takes over
 */
export function makePlayer({ testid, play, pause, title }, { begin, step, rest, everyMs }) {
  const node = element("button.play", { type: "button", "data-testid": testid, onclick: () => (timer ? end() : start()) });
  let timer = 0;

  function start() {
    begin();
    timer = window.setInterval(() => step() || end(), everyMs);
    show();
  }
  function stop() {
    window.clearInterval(timer);
    timer = 0;
    show();
  }
  function end() {
    stop();
    rest();
  }
  function show() {
    node.textContent = timer ? "❚❚" : "▶";
    node.setAttribute("aria-label", timer ? pause : play);
    node.title = timer ? pause : title;
  }
  show();
  return { node, stop };
}
