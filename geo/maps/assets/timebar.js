/** The time bar: claims per day, two handles, typed dates, play. */

import { dayTicks, dayWords, typedDay } from "./days.js";
import { element } from "./dom.js";

const PAGE_DAYS = 30;
const STEP_MS = 120;
const LABEL_PX = 74;
const STRIP_PX = 5; // height of one claim that may lie on a day

/**
 * How many claims fall on each day: surely, or possibly within a span.
 * @param {object} columns of claims
 * @param {{first: number, last: number}} domain
 * @param {(claim: number) => boolean} counted
 * @returns {{certain: Uint32Array, possible: Uint32Array}} one number a day of the domain
 */
export function histogram({ earliest, latest }, { first, last }, counted) {
  const days = last - first + 1;
  const certain = new Uint32Array(days);
  const change = new Int32Array(days + 1);
  for (let i = 0; i < earliest.length; i += 1) {
    if ((earliest[i] === null && latest[i] === null) || !counted(i)) continue;
    const start = Math.max(first, earliest[i] ?? first);
    const end = Math.min(last, latest[i] ?? last);
    if (earliest[i] !== null && earliest[i] === latest[i]) certain[start - first] += 1;
    else if (start <= end) {
      change[start - first] += 1;
      change[end - first + 1] -= 1;
    }
  }
  let open = 0;
  const possible = Uint32Array.from({ length: days }, (_, day) => (open += change[day]));
  return { certain, possible };
}

/**
 * @param {object} columns of claims
 * @param {{first: number, last: number} | null} span the story's days; null when nothing is dated
 * @param {(patch: object, done: boolean) => void} change called with every step; `done` once the hand lets go
 * @returns {{node: HTMLElement, show: (state: object, visible: object) => void, stop: () => void, held: () => boolean}}
 */
export function makeTimebar(columns, span, change) {
  const domain = span ?? { first: 0, last: 0 };
  const handle = (name, words) =>
    element("input", { type: "range", min: domain.first, max: domain.last, step: 1, "aria-label": words, "data-testid": `date-${name}`, class: `handle handle-${name}` });
  const low = handle("from", "First day shown");
  const high = handle("to", "Last day shown");
  const typed = (words) => element("input.typed-day", { type: "text", size: 11, spellcheck: "false", autocomplete: "off", "aria-label": words, title: "Type a day: 2024-10-08 or 8 Oct 2024" });
  const typedFrom = typed("From, first day shown");
  const typedTo = typed("To, last day shown");
  const undatedCount = element("span.number");
  const undatedBox = element("input", { type: "checkbox", "data-testid": "undated", onchange: (event) => change({ undated: event.target.checked }, true) });
  const play = element("button.play", { type: "button", "data-testid": "play", onclick: () => (timer ? pause() : start()) });
  const reset = element("button.quiet", { type: "button", onclick: () => change({ from: null, to: null }, true) }, "All dates");
  const bars = element("canvas.bars", { "aria-hidden": "true" });
  const range = element("div.range", { "aria-hidden": "true" });
  const ticks = element("div.ticks", { "aria-hidden": "true" });
  const track = element("div.track", {}, bars, range, low, high, ticks);
  const controls = element(
    "div.time-controls",
    {},
    play,
    element("span.typed", {}, typedFrom, element("span", {}, "to"), typedTo),
    reset,
    element("label.undated", { title: "Claims of which the source doesn't say when" }, undatedBox, "undated ", undatedCount),
  );
  const node = element("section.timebar", { "aria-label": "Dates" }, controls, track);
  let timer = 0;
  let current = { from: null, to: null };
  let held = false;
  const drafts = new Set(); // boxes in which a day is being typed: no drawing may take it away
  track.hidden = span === null;
  for (const part of [play, typedFrom.parentElement]) part.hidden = span === null;

  /** Ask for another window. It counts at once: the next key may come before the next frame. */
  const ask = (window, done) => {
    current = { ...current, ...window };
    change(window, done);
  };
  const ends = () => ({ from: current.from ?? domain.first, to: current.to ?? domain.last });
  // A handle at the story's end asks for nothing: the window is open there.
  const atEnds = ({ from, to }) => ({ from: from <= domain.first ? null : from, to: to >= domain.last ? null : to });

  const step = (name, day) => {
    const asked = { ...ends(), [name]: Math.max(domain.first, Math.min(domain.last, day)) };
    if (asked.from > asked.to) asked[name === "from" ? "to" : "from"] = asked[name];
    return atEnds(asked);
  };
  for (const [input, name] of [[low, "from"], [high, "to"]]) {
    input.addEventListener("pointerdown", () => (held = true));
    input.addEventListener("input", () => {
      stop();
      ask(step(name, Number(input.value)), false);
    });
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
      ask(step(name, Number(input.value)), false);
    });
  }
  for (const [input, name] of [[typedFrom, "from"], [typedTo, "to"]]) {
    input.addEventListener("input", () => drafts.add(input));
    input.addEventListener("blur", () => drafts.delete(input));
    input.addEventListener("change", () => {
      const day = input.value.trim() ? typedDay(input.value) : null;
      const wrong = day === null && input.value.trim() !== "";
      input.setAttribute("aria-invalid", String(wrong));
      if (wrong) return;
      drafts.delete(input);
      stop();
      const asked = { ...current, [name]: day };
      if (asked.from !== null && asked.to !== null && asked.from > asked.to) asked[name === "from" ? "to" : "from"] = day;
      ask({ from: asked.from, to: asked.to }, true);
    });
  }

  function start() {
    if (ends().to >= domain.last) ask({ to: Math.max(ends().from, domain.first) }, false);
    timer = window.setInterval(() => {
      const next = ends().to + 1;
      ask(step("to", next), false);
      if (next >= domain.last) pause();
    }, STEP_MS);
    showPlay();
  }
  function stop() {
    window.clearInterval(timer);
    timer = 0;
    showPlay();
  }
  function pause() {
    stop();
    change({}, true);
  }
  function showPlay() {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", timer ? "Pause" : "Play the days");
    play.title = timer ? "Pause" : "Play: let the last day run to the end";
  }

  function show(state, visible) {
    current = { from: state.from, to: state.to };
    const { from, to } = ends();
    for (const [input, day] of [[low, from], [high, to]]) {
      input.value = String(day);
      input.setAttribute("aria-valuetext", dayWords(day));
    }
    for (const [input, day] of [[typedFrom, from], [typedTo, to]]) {
      if (drafts.has(input)) continue;
      input.value = dayWords(day);
      input.setAttribute("aria-invalid", "false");
    }
    reset.hidden = state.from === null && state.to === null;
    undatedBox.checked = state.undated;
    undatedCount.textContent = `(${columns.clocks[state.clock].earliest.filter((day, i) => day === null && columns.clocks[state.clock].latest[i] === null).length})`;
    drawBars(bars, histogram(columns.clocks[state.clock], domain, (i) => visible.asked[i] === 1), domain, { from, to });
    const share = (day) => ((day - domain.first) / Math.max(1, domain.last - domain.first)) * 100;
    range.style.left = `${Math.max(0, Math.min(100, share(from)))}%`;
    range.style.right = `${Math.max(0, Math.min(100, 100 - share(to)))}%`;
    // With both handles at the last day the lower one must stay within reach.
    low.classList.toggle("above", from >= domain.last);
    drawTicks(ticks, domain);
  }
  showPlay();
  return { node, show, stop, held: () => held };
}

function drawBars(canvas, { certain, possible }, { first, last }, { from, to }) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const [dark, light] = ["--bar-certain", "--bar-possible"].map((name) => style.getPropertyValue(name));
  const most = certain.reduce((best, count) => Math.max(best, count), 1);
  const span = Math.max(1, last - first);
  const bar = Math.max(1.5, (width / (span + 1)) * 0.72);
  // What may lie on any of many days stays low, or one month would outweigh every day that is known.
  const strip = (count) => Math.min(height / 3, count * STRIP_PX);
  const room = height - 2 - strip(possible.reduce((best, count) => Math.max(best, count), 0));
  for (let day = 0; day < certain.length; day += 1) {
    const x = (day / span) * width - bar / 2;
    const base = height - strip(possible[day]);
    const tall = (certain[day] / most) * room;
    context.globalAlpha = day + first < from || day + first > to ? 0.3 : 1;
    context.fillStyle = light;
    context.fillRect(x, base, bar, height - base);
    context.fillStyle = dark;
    context.fillRect(x, base - tall - (tall && base < height ? 1 : 0), bar, tall);
  }
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
