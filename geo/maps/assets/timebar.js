/** The time bar: claims per day by one of two clocks, two handles, typed dates, play. */

import { makeDayField } from "./dayfield.js";
import { dayTicks, dayWords } from "./days.js";
import { element, inWords, plural, setValue, setWords } from "./dom.js";
import { barWords, daysPerBar, makeBars, makeDayCounts } from "./histogram.js";
import { makePlayer, pace } from "./player.js";
import { atOnce } from "./turns.js";

const PAGE_DAYS = 30;
const PLAY_MS = 15_000; // for all the days, in steps that are neither hectic nor slow
const PLAY_STEP_MS = { least: 16, most: 120 };
const LABEL_PX = 74;
const CLOCK_WORDS = {
  event: { words: "happened", title: "Filter by when it is said to have happened", undated: "Claims of which the source doesn't say when it happened" },
  reported: { words: "said", title: "Filter by when it was said", undated: "Claims of which it isn't known when they were said" },
};

/**
 * @param {import("./columns.js").Columns} columns
 * @param {{first: number, last: number} | null} span the story's days; null when nothing is dated
 * @param {(patch: object, done: boolean) => void} change called with every step; `done` once the hand lets go
 * @returns {{node: HTMLElement, show: (state: object, visible: object) => void, prepare: (state: object, visible: object) => Generator<void, object>, forget: () => void, stop: () => void, held: () => boolean}}
 *   `prepare` does in turns what `show` would do at once
 */
export function makeTimebar(columns, span, change) {
  const domain = span ?? { first: 0, last: 0 };
  const handle = (name, words) =>
    element("input", { type: "range", min: domain.first, max: domain.last, step: 1, "aria-label": words, "data-testid": `date-${name}`, class: `handle handle-${name}` });
  const low = handle("from", "First day shown");
  const high = handle("to", "Last day shown");
  const typedFrom = makeDayField("From, first day shown", (day) => type("from", day));
  const typedTo = makeDayField("To, last day shown", (day) => type("to", day));
  const undated = makeUndated(change);
  const clock = makeClock(change);
  const player = makePlayer(
    { testid: "play", play: "Play the days", pause: "Pause", title: "Play: let the last day run to the end" },
    { begin: () => ends().to >= domain.last && ask({ to: ends().from }, false), step: playOn, rest: () => change({}, true), everyMs: pace(PLAY_MS, domain, PLAY_STEP_MS) },
  );
  const reset = element("button.quiet", { type: "button", onclick: () => change({ from: null, to: null }, true) }, "All dates");
  const bars = element("canvas.bars", { "aria-hidden": "true" });
  const shownBars = makeBars(bars);
  const range = element("div.range", { "aria-hidden": "true" });
  const knownLine = element("div.known-line", { "aria-hidden": "true" });
  const ticks = element("div.ticks", { "aria-hidden": "true" });
  const track = element("div.track", {}, bars, range, knownLine, low, high, ticks);
  const typed = element("span.typed", {}, typedFrom.node, element("span", {}, "to"), typedTo.node);
  const controls = element("div.time-controls", {}, player.node, typed, reset, clock.node, undated.node, makeKey());
  const axis = element("div.time-axis", {}, track, undated.bar);
  const node = element("section.timebar", { "aria-label": "Dates" }, controls, axis);
  let current = { from: null, to: null };
  const countDays = makeDayCounts(columns.clocks, domain);
  let counted = null; // the histogram, which no window changes
  let held = false;
  let measured = false;
  axis.hidden = span === null;
  for (const part of [player.node, typed, clock.node]) part.hidden = span === null;

  /** Ask for another window. It counts at once: the next key may come before the next frame. */
  function ask(window, done) {
    current = { ...current, ...window };
    change(window, done);
  }
  function ends() {
    return { from: current.from ?? domain.first, to: current.to ?? domain.last };
  }
  function step(name, day) {
    const asked = pushed(ends(), name, Math.max(domain.first, Math.min(domain.last, day)));
    // A handle at the story's end asks for nothing: the window is open there.
    return { from: asked.from <= domain.first ? null : asked.from, to: asked.to >= domain.last ? null : asked.to };
  }
  function type(name, day) {
    player.stop();
    const { from, to } = pushed(current, name, day);
    ask({ from, to }, true);
  }
  function playOn() {
    const next = ends().to + daysPerBar(domain);
    ask(step("to", next), false);
    return next < domain.last;
  }
  for (const [input, name] of [[low, "from"], [high, "to"]]) {
    const moveTo = (day) => {
      player.stop();
      ask(step(name, day), false);
    };
    input.addEventListener("pointerdown", () => (held = true));
    input.addEventListener("input", () => moveTo(Number(input.value)));
    for (const end of ["pointerup", "pointercancel"]) {
      input.addEventListener(end, () => {
        held = false;
        change({}, true);
      });
    }
    input.addEventListener("keydown", (event) => {
      const pages = { PageUp: PAGE_DAYS, PageDown: -PAGE_DAYS }[event.key];
      if (!pages) return;
      event.preventDefault();
      input.value = String(Number(input.value) + pages); // at once: the next key may come before the next frame
      moveTo(Number(input.value));
    });
  }
  track.addEventListener("pointermove", ({ clientX }) => {
    const box = bars.getBoundingClientRect();
    const day = Math.round(((clientX - box.left) / box.width) * (domain.last - domain.first));
    if (counted && day >= 0 && day <= domain.last - domain.first) track.title = barWords(counted, day, domain);
  });

  function show(state, visible) {
    current = { from: state.from, to: state.to };
    const { from, to } = ends();
    for (const [input, day] of [[low, from], [high, to]]) {
      setValue(input, String(day));
      input.setAttribute("aria-valuetext", dayWords(day));
    }
    typedFrom.show(from);
    typedTo.show(to);
    reset.hidden = state.from === null && state.to === null;
    clock.show(state);
    counted = atOnce(countDays(visible, state.clock));
    shownBars.show(counted, domain, { from, to });
    undated.show(state, columns.clocks[state.clock].undated, counted);
    const share = (day) => Math.max(0, Math.min(100, ((day - domain.first) / Math.max(1, domain.last - domain.first)) * 100));
    // Painted, not moved: a box of another size has the browser sort all its layers anew, which takes as long as the map.
    range.style.setProperty("--from", `${share(from)}%`);
    range.style.setProperty("--to", `${share(to)}%`);
    knownLine.hidden = state.known === null || state.known < domain.first || state.known > domain.last;
    knownLine.style.left = `${share(state.known)}%`;
    // With both handles at the last day the lower one must stay within reach.
    low.classList.toggle("above", from >= domain.last);
    if (!measured) drawTicks(ticks, domain);
    measured = true;
  }

  /** The size or the colours of the page may have changed. To ask for them at every step would lay it out anew. */
  function forget() {
    measured = false;
    shownBars.forget();
  }
  return { node, show, prepare: (state, visible) => countDays(visible, state.clock), forget, stop: player.stop, held: () => held };
}

/** A window with one end moved; the other end gives way. */
function pushed(window, name, day) {
  const asked = { from: window.from, to: window.to, [name]: day };
  if (asked.from !== null && asked.to !== null && asked.from > asked.to) asked[name === "from" ? "to" : "from"] = day;
  return asked;
}

/** The switch between the two clocks. */
function makeClock(change) {
  const inputs = Object.keys(CLOCK_WORDS).map((name) => element("input", { type: "radio", name: "clock", value: name, "data-testid": `clock-${name}`, onchange: () => change({ clock: name }, true) }));
  const labels = inputs.map((input) => element("label", { title: CLOCK_WORDS[input.value].title }, input, element("span", {}, CLOCK_WORDS[input.value].words)));
  const node = element("span.clock", { role: "radiogroup", "aria-label": "Filter by the days on which it" }, ...labels);
  const show = (state) => inputs.forEach((input) => (input.checked = input.value === state.clock));
  return { node, show };
}

/** Claims of no day: the switch, and their bar, which stands beside the axis and on no day of it. */
function makeUndated(change) {
  const number = element("span.number");
  const box = element("input", { type: "checkbox", "data-testid": "undated", onchange: (event) => change({ undated: event.target.checked }, true) });
  const node = element("label.undated", {}, box, "undated ", number);
  const fill = element("div.undated-fill");
  const bar = element("div.undated-bar", { "aria-hidden": "true" }, element("div.undated-room", {}, fill), element("span", {}, "no date"));
  const show = (state, all, { undated, certain }) => {
    box.checked = state.undated;
    node.title = CLOCK_WORDS[state.clock].undated;
    setWords(number, `(${inWords(all)})`);
    bar.title = `${plural(undated, "claim")} of no day`;
    bar.classList.toggle("off", !state.undated);
    fill.hidden = undated === 0;
    fill.style.height = `${Math.min(1, undated / certain.reduce((best, count) => Math.max(best, count), 1)) * 100}%`;
  };
  return { node, bar, show };
}

function makeKey() {
  const sample = (look, words) => element("span.bar-key", { "data-look": look }, words);
  return element("span.bar-keys", {}, sample("certain", "of that day"), sample("possible", "possibly"), sample("open", "open end"));
}

function drawTicks(node, { first, last }) {
  const room = Math.max(2, Math.floor(node.clientWidth / LABEL_PX));
  const key = `${room}`;
  if (node.dataset.room === key) return;
  node.dataset.room = key;
  const marks = dayTicks(first, last, room).map(({ day, words }) => {
    const tick = element("span", {}, words);
    const share = (day - first) / Math.max(1, last - first);
    tick.style.left = `${share * 100}%`;
    // The outermost labels lean inwards, so that none is cut at the edge.
    tick.style.transform = `translateX(${share < 0.03 ? -25 : share > 0.97 ? -75 : -50}%)`;
    return tick;
  });
  node.replaceChildren(...marks);
}
