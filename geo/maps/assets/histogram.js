/** Claims by day: counting them, and the bars of the time bar. */

import { dayWords } from "./days.js";
import { plural } from "./dom.js";

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
 * @param {import("./columns.js").Clock} clock
 * @param {{first: number, last: number}} domain
 * @param {(claim: number) => boolean} counted
 * @returns {Histogram}
 */
export function histogram({ earliest, latest, start, end }, { first, last }, counted) {
  const step = daysPerBar({ first, last });
  const barOf = (day) => Math.floor((day - first) / step);
  const bars = barOf(last) + 1;
  const certain = new Uint32Array(bars);
  const changes = { possible: new Int32Array(bars + 1), open: new Int32Array(bars + 1) };
  const found = { before: false, after: false, undated: 0 };
  for (let i = 0; i < earliest.length; i += 1) {
    if (!counted(i)) continue;
    const [from, to] = [earliest[i], latest[i]];
    if (from === start && to === end) {
      found.undated += 1;
      continue;
    }
    if (from === to) {
      certain[barOf(from)] += 1;
      continue;
    }
    const change = from === start || to === end ? changes.open : changes.possible;
    change[barOf(Math.max(first, from))] += 1;
    change[barOf(Math.min(last, to)) + 1] -= 1;
    found.before ||= from === start;
    found.after ||= to === end;
  }
  return { certain, step, possible: summed(changes.possible, bars), open: summed(changes.open, bars), ...found };
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
 * @param {HTMLCanvasElement} canvas
 * @param {Histogram} bars
 * @param {{first: number, last: number}} domain
 * @param {{from: number, to: number}} window days outside of it are pale
 */
export function drawBars(canvas, { step, certain, possible, open, before, after }, { first, last }, { from, to }) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const [dark, light] = ["--bar-certain", "--bar-possible"].map((name) => style.getPropertyValue(name));
  const most = largest(certain, 1);
  const span = Math.max(1, last - first);
  const bar = Math.max(1.5, ((width * step) / (span + 1)) * 0.72);
  // What may lie on any of many days stays low, or one month would outweigh every day that is known.
  const strip = (count) => Math.min(height / 4, count * STRIP_PX);
  const room = height - 2 - strip(largest(possible, 0)) - strip(largest(open, 0));
  for (let i = 0; i < certain.length; i += 1) {
    const [start, end] = [i * step, Math.min(span, (i + 1) * step - 1)]; // days of the domain
    const x = ((start + end) / 2 / span) * width - bar / 2;
    context.globalAlpha = end + first < from || start + first > to ? 0.3 : 1;
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
