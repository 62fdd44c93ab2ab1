/** Claims by day: counting them, and the bars of the time bar. */

import { dayWords } from "./days.js";
import { plural } from "./dom.js";
import { isNext } from "./selector.js";
import { PART } from "./turns.js";

const MOST_BARS = 800; // about one a pixel on a laptop: more can be neither told apart nor pointed at
const STRIP_PX = 5; // height of one claim that may lie on a day
const ARROW_PX = 6;

/**
 * @typedef {object} Histogram
 * @property {number} step days of a bar: 1, and more only where the domain has more days than bars can be drawn
 * @property {Uint32Array} certain claims of just one day of the bar, one number a bar of the domain
 * @property {Uint32Array} possible claims whose span of days holds a day of the bar
 * @property {Uint32Array} open claims with one open end that may be of a day of the bar
 * @property {boolean} before whether any of them may be of days before the domain
 * @property {boolean} after
 * @property {number} undated claims of no day
 */

/** @param {{first: number, last: number}} domain @returns {number} how many days make one bar, or one step of playing */
export function daysPerBar({ first, last }) {
  return Math.ceil((last - first + 1) / MOST_BARS);
}

/**
 * The asked claims by day, kept from one selection to the next.
 * @param {Record<string, import("./clocks.js").Clock>} clocks
 * @param {{first: number, last: number}} domain
 * @returns {(visible: import("./selector.js").Visible, clock: string) => Generator<void, Histogram>} in turns, unless it is a step; the same object while nothing in it differs
 */
export function makeDayCounts(clocks, domain) {
  const { first, last } = domain;
  const step = daysPerBar(domain);
  const barOf = (day) => Math.floor((Math.max(first, Math.min(last, day)) - first) / step);
  const bars = barOf(last) + 1;
  let kept = null; // the counts
  let turn = -1;
  let told = null;

  function count(counts, { day, days, earliest, latest, start, end }, claim, by) {
    if (days(claim) === 0) {
      counts.certain[barOf(day(claim))] += by; // of most claims no more is asked
      return;
    }
    const [from, to] = [earliest(claim), latest(claim)];
    if (from === start && to === end) counts.undated += by;
    else {
      const change = from === start || to === end ? counts.open : counts.possible;
      change[barOf(from)] += by;
      change[barOf(to) + 1] -= by;
      if (from === start) counts.before += by;
      if (to === end) counts.after += by;
    }
  }

  function* everythingAnew(times, isAsked) {
    const [certain, possible, open] = [1, 2, 3].map(() => new Int32Array(bars + 1));
    const counts = { certain, possible, open, before: 0, after: 0, undated: 0 };
    for (let claim = 0; claim < times.size; claim += 1) {
      if (claim % PART === 0) yield;
      if (isAsked(claim)) count(counts, times, claim, 1);
    }
    return counts;
  }

  return function* countDays(visible, clock) {
    const steps = isNext(visible, turn);
    const isSame = visible.turn === turn || (steps && visible.changed.asked.length === 0);
    if (steps) for (const each of visible.changed.asked) count(kept, clocks[clock], each < 0 ? ~each : each, each < 0 ? -1 : 1);
    else if (!isSame) kept = yield* everythingAnew(clocks[clock], visible.isAsked);
    turn = visible.turn;
    if (isSame) return told;
    const { certain, possible, open, before, after, undated } = kept;
    told = { certain: certain.slice(0, bars), step, possible: summed(possible, bars), open: summed(open, bars), before: before > 0, after: after > 0, undated };
    return told;
  };
}

function summed(change, bars) {
  let sum = 0;
  return Uint32Array.from({ length: bars }, (_, bar) => (sum += change[bar]));
}

/**
 * @param {Histogram} bars
 * @param {number} day of the domain, from 0
 * @param {{first: number, last: number}} domain
 * @returns {string} what the bar of that day counts
 */
export function barWords({ step, certain, possible, open }, day, { first, last }) {
  const bar = Math.floor(day / step);
  const days = [first + bar * step, Math.min(last, first + (bar + 1) * step - 1)];
  const parts = [
    certain[bar] && `${plural(certain[bar], "claim")} of ${step === 1 ? "this day" : "one of these days"}`,
    possible[bar] && `${possible[bar]} possibly, of a span of days`,
    open[bar] && `${open[bar]} possibly, with an open end`,
  ].filter(Boolean);
  return `${[...new Set(days)].map(dayWords).join(" to ")}: ${parts.join(" · ") || "no claim"}`;
}

/**
 * The bars on a canvas. They are drawn once, dark and pale; a step of the window then only copies.
 * @param {HTMLCanvasElement} canvas
 * @returns {{show: (bars: Histogram, domain: {first: number, last: number}, window: {from: number, to: number}) => void, forget: () => void}}
 *   days outside of the window are pale; `forget` once size or colours may have changed
 */
export function makeBars(canvas) {
  const context = canvas.getContext("2d");
  let drawn = null;

  function draw(bars, domain) {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return null;
    const ratio = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const style = getComputedStyle(canvas);
    const how = { width, height, ratio, dark: style.getPropertyValue("--bar-certain"), light: style.getPropertyValue("--bar-possible") };
    return { bars, width, ratio, inside: picture(canvas, bars, domain, how, 1), outside: picture(canvas, bars, domain, how, 0.3) };
  }

  function show(bars, domain, { from, to }) {
    if (drawn?.bars !== bars) drawn = draw(bars, domain);
    if (!drawn) return;
    const { first, last } = domain;
    const { step, certain } = bars;
    const span = Math.max(1, last - first);
    const edgeBefore = (bar) => Math.max(0, Math.min(canvas.width, Math.round((((bar - 0.5) * step + (step - 1) / 2) / span) * drawn.width * drawn.ratio)));
    const left = from <= first ? 0 : edgeBefore(Math.floor((from - first) / step));
    const bar = Math.floor((Math.min(last, to) - first) / step);
    const right = bar >= certain.length - 1 ? canvas.width : edgeBefore(bar + 1);
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const [image, x, end] of [[drawn.outside, 0, left], [drawn.inside, left, right], [drawn.outside, right, canvas.width]]) {
      if (end > x) context.drawImage(image, x, 0, end - x, canvas.height, x, 0, end - x, canvas.height);
    }
  }

  return { show, forget: () => (drawn = null) };
}

function picture({ width: wide, height: high }, { step, certain, possible, open, before, after }, { first, last }, { width, height, ratio, dark, light }, opacity) {
  const image = document.createElement("canvas");
  [image.width, image.height] = [wide, high];
  const context = image.getContext("2d");
  context.scale(ratio, ratio);
  const most = largest(certain, 1);
  const span = Math.max(1, last - first);
  const bar = Math.max(1.5, ((width * step) / (span + 1)) * 0.72);
  // What may lie on any of many days stays low, or one month would outweigh every day that is known.
  const strip = (count) => Math.min(height / 4, count * STRIP_PX);
  const room = height - 2 - strip(largest(possible, 0)) - strip(largest(open, 0));
  context.globalAlpha = opacity;
  for (let i = 0; i < certain.length; i += 1) {
    const [start, end] = [i * step, Math.min(span, (i + 1) * step - 1)]; // days of the domain
    const x = ((start + end) / 2 / span) * width - bar / 2;
    const floor = height - strip(open[i]);
    const base = floor - strip(possible[i]);
    const tall = (certain[i] / most) * room;
    context.fillStyle = light;
    context.fillRect(x, base, bar, floor - base);
    context.fillStyle = dark;
    context.fillRect(x, base - tall - (tall && base < height ? 1 : 0), bar, tall);
    if (open[i]) outline(context, { x, y: floor, width: bar, height: height - floor }, light);
  }
  context.globalAlpha = 1;
  if (before) arrowHead(context, 0, height - ARROW_PX / 2 - 1, -1, dark);
  if (after) arrowHead(context, width, height - ARROW_PX / 2 - 1, 1, dark);
  return image;
}

function largest(counts, least) {
  return counts.reduce((best, count) => Math.max(best, count), least);
}

/** A claim with an open end is only outlined: no day of it is more likely than the days beyond the axis. */
function outline(context, { x, y, width, height }, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 1, Math.max(1, width - 1), Math.max(1, height - 2));
}

/** "It goes on": at the edge where a claim's end is open. */
function arrowHead(context, x, y, way, colour) {
  context.beginPath();
  context.moveTo(x + way * ARROW_PX, y);
  context.lineTo(x, y - ARROW_PX / 1.4);
  context.lineTo(x, y + ARROW_PX / 1.4);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}
