/** Drawing a scene on the canvas. Every colour comes from the style sheet, every position from the scene. */

import { NOWHERE } from "./columns.js";
import { drawnExtent, KINDS } from "./marks.js";
import { ARROW_LABEL_HEIGHT, ARROW_ROW_HEIGHT } from "./scene.js";

// Liberation before the system's own: on a bare Linux that is DejaVu, which is so wide that labels find no room.
export const FONT = '"Source Sans", "Source Sans 3", "Liberation Sans", system-ui, "Noto Sans", sans-serif';
const MOST_WIDTHS = 5000; // texts of which the width is remembered: to measure one takes longer than to place it
const [plainWidths, boldWidths] = [new Map(), new Map()];
export const DASHES = { solid: [], dashed: [9, 6], dotted: [2, 5] };
const LEAST_NUMBERED_PX = 9; // radius of a mark that has room for a number
const HALF_DIGIT_PX = 3.5; // of its number
const SMALL_SIGN_PX = 4.5; // at a mark that it would else hide
const SIGN_PX = 7; // radius of the disc of a "?" or a "≠"

/** @param {CanvasRenderingContext2D} context @returns {(text: string, bold: boolean) => number} */
export function measurer(context) {
  return (text, bold) => {
    const widths = bold ? boldWidths : plainWidths;
    if (widths.size > MOST_WIDTHS) widths.clear();
    if (!widths.has(text)) {
      context.font = `${bold ? 600 : 400} 13px ${FONT}`;
      widths.set(text, context.measureText(text).width);
    }
    return widths.get(text);
  };
}

/** Forget the widths: the font has come. */
export function measureAnew() {
  plainWidths.clear();
  boldWidths.clear();
}

/** @param {HTMLElement} root @returns {Record<string, string>} the map's colours, as the style sheet sets them */
export function readColours(root) {
  const style = getComputedStyle(root);
  const names = ["sea", "land", "coast", "border", "country", "paper", "ink", "quiet", "ring", "focus", ...KINDS];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
}

/**
 * @param {object} sheet
 * @param {import("./scene.js").Scene} scene
 * @param {Record<string, string>} colours
 * @param {{site: number | null, claim: number | null}} chosen what the panel shows, or has the focus
 */
export function paintScene({ context }, scene, colours, chosen) {
  if (scene.hairlines) scene.hairlines.paint(context, colours.ring);
  paintRings(context, scene.rings, colours);
  for (const mark of scene.marks) if (mark.extent) paintExtent(context, mark, colours);
  for (const item of scene.arrows) paintArrow(context, item, colours, item.claim === chosen.claim);
  for (const mark of scene.marks) if (!mark.extent) paintMark(context, mark, colours);
  for (const mark of scene.marks) if (chosen.site !== null && mark.has(chosen.site)) paintFocus(context, mark, colours);
  for (const mark of scene.marks) if (mark.contested) paintBadge(context, mark, colours);
  paintLabels(context, scene.labels, colours);
  for (const label of scene.arrowLabels) paintArrowLabel(context, label, colours, label.claim === chosen.claim);
}

function paintRings(context, rings, colours) {
  context.setLineDash([3, 4]);
  context.lineWidth = 1;
  context.strokeStyle = colours.ring;
  for (const { x, y, radius } of rings) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.setLineDash([]);
}

function paintExtent(context, mark, colours) {
  const box = drawnExtent(mark);
  const colour = colours[mainKind(mark)];
  context.save();
  context.globalAlpha = mark.faint ? 0.08 : 0.16;
  context.fillStyle = colour;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.globalAlpha = mark.faint ? 0.5 : 0.9;
  context.setLineDash([5, 4]);
  context.lineWidth = 1.4;
  context.strokeStyle = colour;
  context.strokeRect(box.x, box.y, box.width, box.height);
  context.restore();
}

function mainKind(mark) {
  return KINDS[mark.kinds.findIndex((count) => count > 0)];
}

function paintMark(context, mark, colours) {
  const total = mark.kinds.reduce((sum, count) => sum + count, 0);
  context.save();
  context.beginPath();
  context.arc(mark.x, mark.y, mark.radius + 1.5, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  context.globalAlpha = mark.faint ? 0.5 : 1;
  let angle = -Math.PI / 2;
  mark.kinds.forEach((count, i) => {
    if (count === 0) return;
    const end = angle + (count / total) * 2 * Math.PI;
    context.beginPath();
    context.moveTo(mark.x, mark.y);
    context.arc(mark.x, mark.y, mark.radius, angle, end);
    context.closePath();
    context.fillStyle = colours[KINDS[i]];
    context.fill();
    angle = end;
  });
  const number = String(mark.places);
  if (mark.places > 1 && mark.radius >= Math.max(LEAST_NUMBERED_PX, number.length * HALF_DIGIT_PX)) {
    context.fillStyle = colours.paper;
    context.font = `600 12px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(number, mark.x, mark.y + 0.5);
  }
  context.restore();
}

function paintFocus(context, mark, colours) {
  const box = drawnExtent(mark);
  context.beginPath();
  if (box) context.rect(box.x - 4, box.y - 4, box.width + 8, box.height + 8);
  else context.arc(mark.x, mark.y, mark.radius + 4.5, 0, 2 * Math.PI);
  context.lineWidth = 2.5;
  context.strokeStyle = colours.focus;
  context.stroke();
}

function paintArrow(context, { lines, width, faint, from, to, kind, style }, colours, chosen) {
  const colour = colours[kind];
  const head = 6 + width * 2.4;
  context.save();
  context.lineCap = style === "dotted" ? "round" : "butt";
  context.lineJoin = "round";
  const trace = (line) => {
    context.beginPath();
    line.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  };
  const end = lines.at(-1).at(-1);
  const drawn = to === NOWHERE ? [...lines.slice(0, -1), shorten(lines.at(-1), SIGN_PX + 2)] : lines; // room for the "?"
  for (const [i, line] of drawn.entries()) {
    const last = i === drawn.length - 1;
    const shaft = last ? shorten(line, head * 0.7) : line;
    context.globalAlpha = chosen ? 0.5 : 0.85; // dots and dashes must be told apart on what lies under the chosen
    context.strokeStyle = chosen ? colours.focus : colours.paper;
    context.lineWidth = width + (chosen ? 5 : 3);
    trace(shaft);
    context.globalAlpha = faint ? 0.5 : 1;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(DASHES[style]);
    trace(shaft);
    context.setLineDash([]);
    if (last) paintHead(context, line, head, colour, colours.paper);
  }
  if (from === NOWHERE) paintSign(context, "?", lines[0][0], colour, colours.paper);
  if (to === NOWHERE) paintSign(context, "?", end, colour, colours.paper);
  context.restore();
}

function shorten(line, by) {
  const [a, b] = [line.at(-2), line.at(-1)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const kept = Math.max(0, length - by) / length;
  return [...line.slice(0, -1), { x: a.x + (b.x - a.x) * kept, y: a.y + (b.y - a.y) * kept }];
}

function paintHead(context, line, size, colour, paper) {
  const tip = line.at(-1);
  const back = line.findLast(({ x, y }) => Math.hypot(tip.x - x, tip.y - y) >= size * 0.8) ?? line[0];
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  for (const side of [0.42, -0.42]) {
    context.lineTo(tip.x - size * Math.cos(angle + side), tip.y - size * Math.sin(angle + side));
  }
  context.closePath();
  context.lineWidth = 2;
  context.strokeStyle = paper;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

/**
 * A sign in a small disc: "?" at an end that is not stated, "≠" at what others contradict.
 * @param {CanvasRenderingContext2D} context
 * @param {string} sign
 * @param {{x: number, y: number}} at
 * @param {string} colour
 * @param {string} paper
 * @param {number} [radius] pixels
 */
export function paintSign(context, sign, { x, y }, colour, paper, radius = SIGN_PX) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = paper;
  context.fill();
  context.lineWidth = 1.4;
  context.strokeStyle = colour;
  context.stroke();
  context.fillStyle = colour;
  context.font = `600 ${Math.round(radius * 1.57)}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(sign, x, y + 0.5);
}

/** "≠": claims here that others contradict. */
function paintBadge(context, mark, colours) {
  const box = drawnExtent(mark);
  const [x, y] = box ? [box.x + box.width, box.y] : [mark.x + mark.radius * 0.75, mark.y - mark.radius * 0.75];
  paintSign(context, "≠", { x, y }, colours.ink, colours.paper, mark.radius < SIGN_PX ? SMALL_SIGN_PX : SIGN_PX);
}

/** All names, and then all numbers: to change the font for each takes as long as to write it. */
function paintLabels(context, labels, colours) {
  context.save();
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
  const write = (text, { box, mark }, x) => {
    context.globalAlpha = mark.faint ? 0.75 : 1;
    context.strokeText(text, x, box.y + box.height / 2);
    context.fillText(text, x, box.y + box.height / 2);
  };
  context.font = `600 13px ${FONT}`;
  context.fillStyle = colours.ink;
  for (const label of labels) write(label.name, label, label.box.x + 2);
  const widthOf = measurer(context);
  const widths = labels.map(({ name }) => widthOf(name, true));
  context.font = `400 12px ${FONT}`;
  context.fillStyle = colours.quiet;
  for (const [i, label] of labels.entries()) write(label.tally, label, label.box.x + 2 + widths[i] + 4);
  context.restore();
}

function paintArrowLabel(context, { box, rows, anchor, kind, style, faint }, colours, chosen) {
  const colour = colours[kind];
  const nearest = { x: clamp(anchor.x, box.x, box.x + box.width), y: clamp(anchor.y, box.y, box.y + box.height) };
  context.save();
  context.beginPath();
  context.moveTo(anchor.x, anchor.y);
  context.lineTo(nearest.x, nearest.y);
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.globalAlpha = 0.6;
  context.stroke();
  context.globalAlpha = 1;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 4);
  context.fillStyle = colours.paper;
  context.fill();
  context.setLineDash(style === "solid" ? [] : [4, 3]);
  context.lineWidth = chosen ? 2.5 : 1.2;
  context.strokeStyle = chosen ? colours.focus : colour;
  context.stroke();
  context.setLineDash([]);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.globalAlpha = faint ? 0.85 : 1;
  const widthOf = measurer(context);
  for (const [row, words] of rows.entries()) {
    const y = box.y + ARROW_LABEL_HEIGHT / 2 + row * ARROW_ROW_HEIGHT + 0.5;
    let x = box.x + 8;
    for (const [i, word] of words.entries()) {
      const text = i ? ` · ${word}` : word;
      const leads = row === 0 && i === 0;
      context.font = `${leads ? 600 : 400} 13px ${FONT}`;
      context.fillStyle = leads ? colour : colours.ink;
      context.fillText(text, x, y);
      x += widthOf(text, leads);
    }
  }
  context.restore();
}

function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
