/** What stands where on the map for one selection and one view: marks, arrows and labels. It draws nothing. */

import { arrival, bend, distanceTo, pointAlong, spread, stopAtRim, strokeWidth, stub } from "./arrows.js";
import { NOWHERE } from "./columns.js";
import { inWords } from "./dom.js";
import { boxesAlong, boxesMeet, circleBox, freePlace, grow, makeCrowd, placesAround } from "./labels.js";
import { covers, drawnExtent, KINDS, makeMarks, makeRings, shownSites } from "./marks.js";
import { movementStyle, movementWords, sharingALink } from "./movements.js";

const LABEL_HEIGHT = 17;
const LABEL_GAP = 5; // between a mark and its label
export const ARROW_LABEL_HEIGHT = 24;
export const ARROW_ROW_HEIGHT = 17;
const ARROW_REACHES = [18, 40, 70]; // pixels between a point of an arrow and its label, the nearest first
const PADDING = 8;
const NARROW_PX = 500; // of a map on which an arrow's label may need a third row

/**
 * @typedef {object} Scene
 * @property {import("./marks.js").Mark[]} marks
 * @property {object[]} arrows `{claim, from, to, linked, words, kind, style, lines, width, faint}`
 * @property {object[]} rings the uncertainty of places, as `makeRings` gives it
 * @property {{paint: (context: CanvasRenderingContext2D, colour: string) => void, changed: import("./labels.js").Box | null} | null} hairlines links that are
 *   too many for arrows, and where others are painted than before
 * @property {object[]} labels `{box, mark, name, tally}` of sites; `tally` is the number of claims
 * @property {object[]} arrowLabels `{box, claim, rows, anchor}`, one a movement; `rows` are its words
 * @property {import("./labels.js").Crowd[]} crowds boxes of all these
 */

/**
 * @param {object} story `{sites, columns, arrows}`
 * @param {import("./selector.js").Visible} visible
 * @param {object} sheet from the canvas layer
 * @param {(text: string, bold: boolean) => number} measure width of a text in pixels
 * @param {object[]} obstacles boxes that controls cover
 * @returns {Scene}
 */
export function makeScene(story, visible, sheet, measure, obstacles) {
  const marks = makeMarks(story.sites, visible, sheet.at).map((mark) => withName(mark, story, visible));
  const markOf = new Map(marks.flatMap((mark) => mark.sites.map((site) => [site, mark])));
  const shown = Array.from({ length: story.arrows.size }, (_, arrow) => arrow).filter((arrow) => visible.isShown(story.arrows.claim[arrow]));
  const arrows = placeArrows(shown.map((arrow) => arrowItem(story, visible, arrow)), sheet, (site) => markOf.get(site));
  nameApart(story, visible, arrows, shown);
  return layOut({ marks, arrows, rings: makeRings(story.sites, shownSites(story.sites, visible.tally), sheet.at), hairlines: null }, sheet, measure, obstacles);
}

function withName(mark, story, visible) {
  const { sites } = mark;
  return { ...mark, places: sites.length, has: (site) => sites.includes(site), name: sites.length > 1 ? `${sites.length} places` : story.siteWords(sites[0])?.name, count: countOf(mark, story, visible) };
}

/**
 * Give the parts of a scene their labels.
 * @param {{marks: import("./marks.js").Mark[], arrows: object[], rings: object[], hairlines: object | null, mostLabels?: number, mostArrowLabels?: number}} parts
 * @param {object} sheet
 * @param {(text: string, bold: boolean) => number} measure
 * @param {object[]} obstacles
 * @returns {Scene}
 */
export function layOut(parts, sheet, measure, obstacles) {
  const { marks, arrows, mostLabels = Infinity, mostArrowLabels = Infinity } = parts;
  const view = { x: 4, y: 4, width: sheet.width - 8, height: sheet.height - 8 };
  const boxes = new Map(marks.map((mark) => [mark, drawnExtent(mark) ?? circleBox(mark)]));
  const solid = makeCrowd([...obstacles, ...boxes.values()]);
  const inView = arrows.flatMap((arrow) => arrow.lines.flatMap((line) => boxesAlong(line, 8))).filter((box) => boxesMeet(box, view));
  const drawn = makeCrowd(inView);
  const labels = placeLabels(boxes, mostLabels, solid, drawn, view, measure);
  const arrowLabels = placeArrowLabels(arrows.slice(0, mostArrowLabels), solid, drawn, view, measure);
  return { ...parts, labels, arrowLabels, crowds: [solid, drawn] };
}

/** @returns {object} what an arrow of one movement is drawn as, but for its lines */
export function arrowItem(story, visible, arrow) {
  const { columns, arrows } = story;
  const claim = arrows.claim[arrow];
  const ends = { from: arrows.from[arrow], to: arrows.to[arrow] };
  return { ...ends, arrow, path: story.path(arrow), claim, words: movementWords(story, visible, arrow, false), kind: KINDS[columns.kind(claim)], style: movementStyle(columns, visible.day, claim), faint: visible.isFaint(claim), width: strokeWidth(arrows.quantity[arrow]) };
}

/** Movements over one link are told apart in their labels by who speaks. */
export function nameApart(story, visible, items, shown) {
  const sharing = sharingALink(story.arrows, shown);
  for (const item of items) if (sharing.has(item.claim)) item.words = movementWords(story, visible, item.arrow, true);
}

/**
 * @param {object[]} items as `arrowItem` makes them
 * @param {object} sheet
 * @param {(site: number) => import("./marks.js").Mark} markAt
 * @returns {object[]} the items with their `lines`, spread so that none hides another
 */
export function placeArrows(items, sheet, markAt) {
  const stubs = new Map(); // how many there are at each mark: each is turned away from the one before
  const placed = items.map((item) => ({ ...item, linked: item.path !== null, lines: linesOf(item.path, item, sheet, markAt, stubs) }));
  fanOut(placed, markAt);
  for (const item of placed) {
    const target = item.to !== NOWHERE && markAt(item.to);
    if (target) item.lines[item.lines.length - 1] = stopAtRim(item.lines.at(-1), (point) => covers(target, point));
  }
  return placed;
}

function linesOf(path, { from, to }, sheet, markAt, stubs) {
  if (path) return path.map((piece) => piece.map(([lat, lon]) => sheet.at(lat, lon)));
  const arrives = to !== NOWHERE;
  const mark = markAt(arrives ? to : from);
  const box = drawnExtent(mark);
  const turn = stubs.get(mark) ?? 0;
  stubs.set(mark, turn + 1);
  return [stub(box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : mark, arrives, box ? box.width / 2 : mark.radius, turn)];
}

/** Turn the arrows of each destination apart; those whose line is cut at 180° are left as they are. */
function fanOut(placed, markAt) {
  const byTarget = Map.groupBy(placed.filter(({ linked, lines, to }) => linked && lines.length === 1 && markAt(to)), ({ to }) => markAt(to));
  for (const group of byTarget.values()) {
    const turns = spread(group.map(({ lines }) => arrival(lines[0])));
    group.forEach((item, i) => {
      item.lines = [bend(item.lines[0], turns[i] + oppositeTurn(item, placed))];
    });
  }
}

/** An arrow that has a counterpart the other way keeps to its own side, so that neither hides the other. */
function oppositeTurn({ from, to }, placed) {
  const meets = placed.some((other) => other.from === to && other.to === from);
  return meets ? 0.2 : 0;
}

function placeLabels(boxes, most, solid, drawn, view, measure) {
  const labels = [];
  const marked = makeCrowd([...boxes.values()]);
  for (const mark of [...boxes.keys()].toSorted((a, b) => b.radius - a.radius).slice(0, most)) {
    const { name, count } = mark;
    if (!name) continue;
    const tally = mark.faint ? `${count} possibly` : inWords(count);
    const size = { width: measure(name, true) + measure(` ${tally}`, false) + 6, height: LABEL_HEIGHT };
    const box = drawnExtent(mark);
    const reach = (box ? box.width / 2 : mark.radius) + LABEL_GAP;
    const centre = box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : mark;
    const places = placesAround(centre, reach, size);
    // Beside another mark it would be read as that one's name. On a line it can be read; on a mark or a label it can't.
    const own = places.filter((each) => !marked.meets(grow(each, LABEL_GAP), boxes.get(mark)));
    const place = freePlace(own, solid, view, drawn) ?? freePlace(places, solid, view, drawn);
    if (!place) continue;
    labels.push({ box: place, mark, name, tally });
    solid.add(place);
  }
  return labels;
}

/** A claim of several of the gathered sites counts once. */
function countOf({ sites, kinds }, { columns }, visible) {
  const named = kinds.reduce((sum, count) => sum + count, 0);
  if (sites.length === 1) return named;
  const gathered = new Set(sites);
  const isRepeated = (claim) => [...columns.sitesOf(claim)].filter((site) => gathered.has(site)).length - 1;
  return named - columns.several.reduce((sum, claim) => sum + (visible.isShown(claim) ? Math.max(0, isRepeated(claim)) : 0), 0);
}

function placeArrowLabels(arrows, solid, drawn, view, measure) {
  const widthOf = (words) => measure(words.join(" · "), true);
  const mostRows = view.width < NARROW_PX ? 3 : 2;
  const labels = [];
  for (const [claim, group] of Map.groupBy(arrows, (item) => item.claim)) {
    const { words, kind, style, faint, bundle } = group[0];
    const anchors = group.flatMap(({ lines }) => [0.5, 0.35, 0.65, 0.2].map((t) => pointAlong(lines[0], t)));
    for (let most = 1; most <= mostRows; most += 1) {
      const rows = inRows(words, most, widthOf);
      const size = { width: Math.max(...rows.map(widthOf)) + 2 * PADDING, height: ARROW_LABEL_HEIGHT + (rows.length - 1) * ARROW_ROW_HEIGHT };
      const place = freePlace(placesBeside(anchors, size, view), solid, view, drawn);
      if (!place) continue;
      labels.push({ box: place, claim, bundle, rows, anchor: place.anchor, kind, style, faint });
      solid.add(grow(place, 3));
      break;
    }
  }
  return labels;
}

/**
 * Places about the points of an arrow, made one after another: most labels need few of them.
 * @yields {import("./labels.js").Box & {anchor: {x: number, y: number}}}
 */
function* placesBeside(anchors, size, view) {
  const outside = [];
  for (const anchor of anchors) {
    for (const reach of ARROW_REACHES) {
      for (const box of placesAround(anchor, reach, size)) {
        const place = { ...box, anchor };
        yield place;
        if (box.x < view.x || box.x + box.width > view.x + view.width) outside.push(place);
      }
    }
  }
  for (const place of outside) yield pushedInto(view, place);
}

/** A box moved sideways as far as it must be to lie in the view: a line leads from it to its arrow all the same. */
function pushedInto(view, box) {
  return { ...box, x: Math.max(view.x, Math.min(view.x + view.width - box.width, box.x)) };
}

/** The words in so many rows of as nearly one width as can be: on a phone a long label has no room in one. */
function inRows(words, most, widthOf) {
  if (most === 1 || words.length === 1) return [words];
  const splits = words.slice(1).map((_, i) => [words.slice(0, i + 1), ...inRows(words.slice(i + 1), most - 1, widthOf)]);
  const widest = (rows) => Math.max(...rows.map(widthOf));
  return splits.toSorted((a, b) => widest(a) - widest(b))[0];
}

/**
 * @param {Scene} scene
 * @param {{x: number, y: number}} point
 * @returns {{mark?: object, claim?: number, bundle?: {from: number, to: number}} | null} what lies under the point: of a bundle the sites that its arrow links
 */
export function hitTest(scene, point) {
  const dot = { ...point, width: 0, height: 0 };
  const near = scene.marks
    .map((mark) => ({ mark, distance: covers(mark, point) ? 0 : Math.hypot(mark.x - point.x, mark.y - point.y) - mark.radius }))
    .filter(({ mark, distance }) => distance < (mark.extent ? 1 : 6))
    .toSorted((a, b) => a.distance - b.distance || Math.hypot(a.mark.x - point.x, a.mark.y - point.y) - Math.hypot(b.mark.x - point.x, b.mark.y - point.y));
  if (near.length) return { mark: near[0].mark };
  const label = [...scene.labels, ...scene.arrowLabels].find(({ box }) => boxesMeet(box, dot));
  if (label) return label.mark ? { mark: label.mark } : movementHit(label);
  const arrow = scene.arrows.find(({ lines }) => lines.some((line) => distanceTo(line, point) < 7));
  return arrow ? movementHit(arrow) : null;
}

function movementHit({ claim, bundle }) {
  return bundle ? { bundle } : { claim };
}
