/** What of a drawn map must be painted anew. A step of time changes a few marks and labels; the rest stays on the canvas. */

import { boxesMeet, circleBox, grow } from "./labels.js";
import { drawnExtent } from "./marks.js";

const MOST_BOXES = 24; // to paint more of them takes longer than to paint all at once
const MOST_SHARE = 0.4; // of the view, likewise
const MARK_ROOM_PX = 9; // beyond a mark: its rim and its "≠"
const LINE_ROOM_PX = 24; // beyond an arrow's line: its head, its "?"
const TEXT_ROOM_PX = 4; // beyond a label: the rim of its letters

/** @typedef {import("./labels.js").Box} Box */
/** @typedef {Map<string, () => Box>} Looks by all that a thing looks like, and where it stands, the pixels that it takes */

/**
 * @param {(sheet: object, scene: import("./scene.js").Scene, names: object[], look: object) => void} paint all of it
 * @returns {(sheet: object, scene: import("./scene.js").Scene, names: object[], look: Record<string, unknown>) => void} the same, but of what the
 *   canvas has kept only what has changed; where a part of `look` is another, that is all
 */
export function makeRepainter(paint) {
  let last = null;
  return (sheet, scene, names, look) => {
    const looks = looksOf(scene, names);
    const isAlike = sheet.kept && last && Object.keys(look).every((part) => look[part] === last.look[part]);
    const boxes = isAlike ? changedBoxes(last.looks, looks, scene.hairlines?.changed, sheet) : null;
    last = { looks, look };
    const { context, width, height } = sheet;
    if (!sheet.kept) paint(sheet, scene, names, look);
    else {
      for (const box of boxes ?? [{ x: 0, y: 0, width, height }]) {
        context.save();
        context.beginPath();
        context.rect(box.x, box.y, box.width, box.height);
        context.clip();
        context.clearRect(box.x, box.y, box.width, box.height);
        paint(sheet, partOf(scene, box), names.filter((name) => boxesMeet(nameBox(name), box)), look);
        context.restore();
      }
    }
  };
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {object[]} names of countries, as they are placed
 * @returns {Looks} of everything but the hairlines
 */
export function looksOf({ rings, marks, arrows, labels, arrowLabels }, names) {
  const looks = new Map();
  for (const ring of rings) looks.set(`ring ${ring.site}`, () => ringBox(ring));
  for (const mark of marks) looks.set(`mark ${mark.cluster ?? mark.sites} ${mark.site} ${spot(mark)} ${mark.kinds} ${mark.count} ${mark.places} ${mark.faint} ${mark.contested}`, () => markBox(mark));
  for (const arrow of arrows) looks.set(`arrow ${arrow.claim} ${arrow.from} ${arrow.to} ${arrow.kind} ${arrow.style} ${arrow.width} ${arrow.faint} ${arrow.lines.map(course)}`, () => arrowBox(arrow));
  for (const label of labels) looks.set(`label ${label.name} ${label.tally} ${label.mark.faint} ${spot(label.box)}`, () => labelBox(label));
  for (const label of arrowLabels) looks.set(`words ${label.claim} ${label.kind} ${label.style} ${label.faint} ${label.rows} ${spot(label.box)} ${spot(label.anchor)}`, () => arrowLabelBox(label));
  for (const name of names) looks.set(`country ${name.words} ${spot(name)}`, () => nameBox(name));
  return looks;
}

/** Sixteenths of a pixel: whole numbers are written faster. */
function spot({ x, y }) {
  return `${Math.round(x * 16)},${Math.round(y * 16)}`;
}

/** A line is known by its ends and its middle: a bend moves that, and a mark's rim the end. */
function course(line) {
  return [line[0], line[line.length >> 1], line.at(-1)].map(spot);
}

/**
 * @param {Looks} before
 * @param {Looks} now
 * @param {Box | null} lines what of the hairlines has changed
 * @param {{width: number, height: number, ratio: number}} sheet
 * @returns {Box[] | null} what must be painted anew, in whole pixels of the canvas; null: all of it
 */
export function changedBoxes(before, now, lines, sheet) {
  const boxes = lines ? [lines] : [];
  for (const [one, other] of [[before, now], [now, before]]) {
    for (const [look, box] of one) {
      if (other.has(look)) continue;
      boxes.push(box());
      if (boxes.length > 2 * MOST_BOXES) return null;
    }
  }
  const view = { x: 0, y: 0, width: sheet.width, height: sheet.height };
  const joined = join(boxes.filter((box) => boxesMeet(box, view)).map((box) => inPixels(box, sheet)));
  const size = joined.reduce((sum, { width, height }) => sum + width * height, 0);
  return joined.length > MOST_BOXES || size > MOST_SHARE * view.width * view.height ? null : joined;
}

function inPixels(box, { width, height, ratio }) {
  const [left, top] = [box.x, box.y].map((at) => Math.floor(Math.max(0, at) * ratio) / ratio);
  const right = Math.ceil(Math.min(width, box.x + box.width) * ratio) / ratio;
  const bottom = Math.ceil(Math.min(height, box.y + box.height) * ratio) / ratio;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What lies on each other becomes one: a mark and its label before and after a step. */
function join(boxes) {
  const joined = [];
  for (let box of boxes) {
    for (let i = 0; i < joined.length; i += 1) {
      if (!boxesMeet(joined[i], box)) continue;
      box = around([box, ...joined.splice(i, 1)]);
      i = -1; // what has grown may meet another
    }
    joined.push(box);
  }
  return joined;
}

/** What of a scene lies in a box, be it in part. */
function partOf(scene, box) {
  const meets = (boxOf) => (thing) => boxesMeet(boxOf(thing), box);
  const { rings, marks, arrows, labels, arrowLabels } = scene;
  return { ...scene, rings: rings.filter(meets(ringBox)), marks: marks.filter(meets(markBox)), arrows: arrows.filter(meets(arrowBox)), labels: labels.filter(meets(labelBox)), arrowLabels: arrowLabels.filter(meets(arrowLabelBox)) };
}

function ringBox(ring) {
  return grow(circleBox(ring), 1);
}

function markBox(mark) {
  return grow(drawnExtent(mark) ?? circleBox(mark), MARK_ROOM_PX);
}

function arrowBox({ lines }) {
  return grow(around(lines.flat().map(({ x, y }) => ({ x, y, width: 0, height: 0 }))), LINE_ROOM_PX);
}

function labelBox({ box }) {
  return grow(box, TEXT_ROOM_PX);
}

function arrowLabelBox({ box, anchor }) {
  return grow(around([box, { ...anchor, width: 0, height: 0 }]), TEXT_ROOM_PX);
}

function nameBox({ x, y, wide }) {
  return grow({ x: x - wide / 2, y: y - 8, width: wide, height: 16 }, TEXT_ROOM_PX);
}

function around(boxes) {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...boxes.map(({ x, width }) => x + width)), Math.max(...boxes.map(({ y, height }) => y + height))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
