import assert from "node:assert/strict";
import test from "node:test";

import { boxesMeet } from "../../geo/maps/assets/labels.js";
import { changedBoxes, looksOf } from "../../geo/maps/assets/repaint.js";

const SHEET = { width: 800, height: 600, ratio: 1 };

function mark(cluster, x, y, changes = {}) {
  return { cluster, site: cluster, x, y, radius: 10, kinds: [1, 0, 2, 0], count: 3, places: 1, faint: false, contested: false, extent: null, ...changes };
}

function sceneOf(marks, parts = {}) {
  return { rings: [], marks, arrows: [], labels: [], arrowLabels: [], ...parts };
}

function changed(before, now, { names = [[], []], lines = null, sheet = SHEET } = {}) {
  return changedBoxes(looksOf(before, names[0]), looksOf(now, names[1]), lines, sheet);
}

const MARKS = [mark(0, 100, 100), mark(1, 400, 300)];
const [LABEL, ARROW, WORDS, RING, COUNTRY] = [
  { name: "A place", tally: "3", mark: MARKS[0], box: { x: 115, y: 92, width: 80, height: 17 } },
  { claim: 7, from: 0, to: 1, kind: "moved", style: "solid", width: 2, faint: false, lines: [[{ x: 100, y: 100 }, { x: 250, y: 210 }, { x: 390, y: 292 }]] },
  { claim: 7, kind: "moved", style: "solid", faint: false, rows: [["5 movements"]], box: { x: 500, y: 100, width: 120, height: 24 }, anchor: { x: 250, y: 210 } },
  { site: 1, x: 400, y: 300, radius: 40 },
  { words: "FRANCE", wide: 60, x: 700, y: 500 },
];

test("where nothing has changed nothing is painted anew", () => {
  const scene = () => sceneOf(MARKS.map((each) => ({ ...each })), { labels: [LABEL], arrows: [ARROW], arrowLabels: [WORDS], rings: [RING] });
  assert.deepEqual(changed(scene(), scene(), { names: [[COUNTRY], [{ ...COUNTRY }]] }), []);
});

for (const [what, change] of Object.entries({ count: { count: 2 }, kinds: { kinds: [0, 1, 2, 0] }, places: { places: 2 }, faint: { faint: true }, contested: { contested: true }, x: { x: 101 }, site: { site: 9 } })) {
  test(`a mark of another ${what} is painted anew, with its rim, and no other`, () => {
    const boxes = changed(sceneOf(MARKS), sceneOf([mark(0, 100, 100, change), MARKS[1]]));
    assert.equal(boxes.length, 1);
    const [{ x, y, width, height }] = boxes;
    assert.ok(x <= 88 && y <= 88 && x + width >= 112 && y + height >= 112);
    assert.ok(!boxesMeet(boxes[0], { x: 380, y: 280, width: 40, height: 40 }));
  });
}

for (const [what, { parts, spots }] of Object.entries({
  label: { parts: { labels: [LABEL] }, spots: [[116, 93], [194, 108]] },
  arrow: { parts: { arrows: [ARROW] }, spots: [[100, 100], [250, 210], [389, 291]] },
  "an arrow's words": { parts: { arrowLabels: [WORDS] }, spots: [[501, 101], [619, 123], [251, 209]] },
  ring: { parts: { rings: [RING] }, spots: [[361, 300], [439, 300], [400, 339]] },
})) {
  test(`what comes is painted, and where it was when it goes: ${what}`, () => {
    for (const scenes of [[sceneOf(MARKS), sceneOf(MARKS, parts)], [sceneOf(MARKS, parts), sceneOf(MARKS)]]) {
      const boxes = changed(...scenes);
      for (const [x, y] of spots) assert.ok(boxes.some((box) => boxesMeet(box, { x, y, width: 0.1, height: 0.1 })), `${x}, ${y}`);
    }
  });
}

test("an arrow whose bend or end differs is another", () => {
  for (const point of [1, 2]) {
    const line = ARROW.lines[0].map(({ x, y }, i) => ({ x: x + (i === point ? 2 : 0), y }));
    assert.equal(changed(sceneOf([], { arrows: [ARROW] }), sceneOf([], { arrows: [{ ...ARROW, lines: [line] }] })).length, 1);
  }
});

test("a country's name that gives way leaves its place to be painted", () => {
  assert.ok(boxesMeet(changed(sceneOf([]), sceneOf([]), { names: [[COUNTRY], []] })[0], { x: 671, y: 493, width: 58, height: 14 }));
});

test("a mark and its label, before and after, are one box in whole pixels of the canvas", () => {
  const now = { ...LABEL, tally: "2", mark: mark(0, 100, 100, { count: 2 }) };
  const boxes = changed(sceneOf(MARKS, { labels: [LABEL] }), sceneOf([now.mark, MARKS[1]], { labels: [now] }), { sheet: { ...SHEET, ratio: 1.5 } });
  assert.equal(boxes.length, 1);
  for (const edge of [boxes[0].x, boxes[0].y, boxes[0].x + boxes[0].width, boxes[0].y + boxes[0].height]) assert.ok(Math.abs(edge * 1.5 - Math.round(edge * 1.5)) < 1e-9);
});

test("hairlines that came or went are painted, in the view alone", () => {
  assert.deepEqual(changed(sceneOf(MARKS), sceneOf(MARKS), { lines: { x: -200, y: 32, width: 300, height: 64 } }), [{ x: 0, y: 32, width: 100, height: 64 }]);
  assert.deepEqual(changed(sceneOf(MARKS), sceneOf(MARKS), { lines: { x: -200, y: 32, width: 100, height: 64 } }), []);
});

test("where much has changed all is painted at once: in many places, or over much of the view", () => {
  const many = Array.from({ length: 30 }, (_, i) => mark(i, 60 + 120 * (i % 6), 60 + 110 * Math.floor(i / 6)));
  assert.equal(changed(sceneOf(many), sceneOf(many.map((each) => ({ ...each, count: 4 })))), null);
  assert.equal(changed(sceneOf(MARKS), sceneOf(MARKS), { lines: { x: 0, y: 0, width: 700, height: 400 } }), null);
});
