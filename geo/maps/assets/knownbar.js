/** As known on: the day as of which the story is read. Sliding it replays how the story became known. */

import { makeDayField } from "./dayfield.js";
import { dayWords } from "./days.js";
import { element, setValue } from "./dom.js";
import { daysPerBar } from "./histogram.js";
import { makePlayer, pace } from "./player.js";

const REPLAY_MS = 8000; // for the whole story, in steps that are neither hectic nor slow
const REPLAY_STEP_MS = { least: 20, most: 1000 };

/**
 * @param {{first: number, last: number} | null} span days on which something was said; null when no such day is known
 * @param {(patch: object, done: boolean) => void} change
 * @returns {{node: HTMLElement, show: (state: object) => void, stop: () => void, held: () => boolean}}
 */
export function makeKnownbar(span, change) {
  // From the day before anything was said, to one step past the last: there nothing is asked.
  const [first, end] = span ? [span.first - 1, span.last + 1] : [0, 0];
  const slider = element("input.known-slider", { type: "range", min: first, max: end, step: 1, "aria-label": "As known on", "data-testid": "known" });
  const field = makeDayField("As known on, day", (day) => ask(day, true), "today");
  const player = makePlayer(
    { testid: "play-known", play: "Replay how it became known", pause: "Pause", title: "Replay how the story became known" },
    { begin: () => ask(first, false), step: playOn, rest: () => change({}, true), everyMs: pace(REPLAY_MS, { first, last: end }, REPLAY_STEP_MS) },
  );
  const reset = element("button.quiet", { type: "button", onclick: () => ask(null, true) }, "All that was said");
  const node = element("div.known", { role: "group", "aria-label": "As known on a day", title: "What was said after this day doesn't count" }, element("span.known-words", {}, "As known on"), player.node, slider, field.node, reset);
  let current = null;
  let held = false;
  node.hidden = span === null;

  function ask(day, done) {
    if (done) player.stop();
    current = day;
    change({ known: day }, done);
  }
  function playOn() {
    const next = (current ?? first) + daysPerBar({ first, last: end });
    ask(next >= end ? null : next, false);
    return next < end;
  }
  slider.addEventListener("pointerdown", () => (held = true));
  slider.addEventListener("input", () => {
    player.stop();
    const day = Number(slider.value);
    ask(day >= end ? null : day, false);
  });
  for (const letGo of ["pointerup", "pointercancel"]) {
    slider.addEventListener(letGo, () => {
      held = false;
      change({}, true);
    });
  }

  function show({ known }) {
    current = known;
    setValue(slider, String(known ?? end));
    slider.setAttribute("aria-valuetext", known === null ? "today: all that was said" : dayWords(known));
    field.show(known);
    reset.hidden = known === null;
    node.classList.toggle("active", known !== null);
  }
  return { node, show, stop: player.stop, held: () => held };
}
