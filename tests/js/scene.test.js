import assert from "node:assert/strict";
import test from "node:test";

import { distanceTo } from "../../geo/maps/assets/arrows.js";
import { boxesMeet } from "../../geo/maps/assets/labels.js";
import { hitTest, makeScene } from "../../geo/maps/assets/scene.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { select, storyOf } from "./help.js";

const SHEET = { width: 800, height: 600, at: (lat, lon) => ({ x: 400 + lon * 10, y: 300 - lat * 10 }) };
const measure = (text) => text.length * 7;
const SITES = [
  { id: "chongjin", name: "Chongjin", lat: 5, lon: -20, extent: null },
  { id: "hamhung", name: "Hamhung", lat: -5, lon: -20, extent: null },
  { id: "vladivostok", name: "Vladivostok", lat: 0, lon: 10, extent: null },
  { id: "kursk", name: "Kursk Oblast", lat: 15, lon: 25, extent: [13, 22, 17, 28] },
];
const path = (from, to) => [Array.from({ length: 17 }, (_, i) => [SITES[from].lat + ((SITES[to].lat - SITES[from].lat) * i) / 16, SITES[from].lon + ((SITES[to].lon - SITES[from].lon) * i) / 16])];
const arrow = (claim, from, to, date, number, ...missing) => ({ claim, from, to, date, number, missing, quantity: 1500, path: from === null || to === null ? null : path(from, to) });
const CLAIMS = [{ sites: [0, 1, 2], moves: true, earliest: 10, latest: 15 }, { sites: [3], moves: true }, { sites: [2] }];
const ARROWS = [arrow(0, 0, 2, "8-13 Oct 2024", "1,500 in total"), arrow(0, 1, 2, "8-13 Oct 2024", "1,500 in total"), arrow(1, null, 3, "2024", "2,600 planned", "origin not stated")];
const STORY = storyOf({ sites: SITES, claims: CLAIMS, arrows: ARROWS });
const sceneOf = (patch = {}, obstacles = [], story = STORY) => makeScene(story, select(story.columns, { ...everything(), ...patch }, null), SHEET, measure, obstacles);
const ends = (scene, k) => [scene.arrows[k].lines[0][0], scene.arrows[k].lines[0].at(-1)];

test("each shown site has its mark and its label with the number of its claims", () => {
  const scene = sceneOf();
  assert.equal(scene.marks.length, 4);
  assert.deepEqual(scene.labels.map(({ name, tally }) => `${name} ${tally}`).toSorted(), ["Chongjin 1", "Hamhung 1", "Kursk Oblast 1", "Vladivostok 2"]);
});

test("arrows that share one number share one label", () => {
  const { arrows, arrowLabels } = sceneOf();
  assert.equal(arrows.length, 3);
  assert.deepEqual(arrowLabels.map(({ claim, rows }) => [claim, rows]).toSorted(), [[0, [["8-13 Oct 2024", "1,500 in total"]]], [1, [["2024", "2,600 planned", "origin not stated"]]]]);
});

test("a label that has no room in one row takes two", () => {
  const words = ["2,600 planned", "hedged", "origin not stated", "no date"];
  const claims = CLAIMS.map((claim, i) => ({ ...claim, hedged: i === 1 }));
  const story = storyOf({ sites: SITES, claims, arrows: [arrow(1, null, 3, "", "2,600 planned", "origin not stated")] });
  const wide = measure(words.join(" · ")) + 16;
  const narrow = { ...SHEET, width: wide, at: (lat, lon) => ({ x: wide / 2 + (lon - 25) * 4, y: 300 - (lat - 15) * 4 }) };
  const [label] = makeScene(story, select(story.columns, everything(), null), narrow, measure, []).arrowLabels;
  assert.deepEqual(label.rows, [["2,600 planned", "hedged"], ["origin not stated", "no date"]]);
  assert.ok(label.box.width < wide / 1.5 && label.box.height > 36);
});

test("a label that has no room in two rows takes three", () => {
  const claims = CLAIMS.map((claim, i) => ({ ...claim, hedged: i === 1 }));
  const story = storyOf({ sites: SITES, claims, arrows: [arrow(1, null, 3, "", "2,600 planned", "origin not stated")] });
  const wide = measure("2,600 planned · hedged") + 40;
  const narrow = { ...SHEET, width: wide, at: (lat, lon) => ({ x: wide / 2 + (lon - 25) * 4, y: 300 - (lat - 15) * 4 }) };
  const [label] = makeScene(story, select(story.columns, everything(), null), narrow, measure, []).arrowLabels;
  assert.deepEqual(label.rows, [["2,600 planned", "hedged"], ["origin not stated"], ["no date"]]);
});

test("no label lies on another, on a mark, or on what the controls cover", () => {
  const obstacles = [{ x: 0, y: 0, width: 190, height: 400 }];
  const { labels, arrowLabels, marks } = sceneOf({}, obstacles);
  const boxes = [...labels, ...arrowLabels].map(({ box }) => box);
  assert.ok(boxes.length >= 5);
  for (const [i, a] of boxes.entries()) {
    assert.ok(boxes.every((b, k) => k === i || !boxesMeet(a, b)));
    assert.ok(!boxesMeet(a, obstacles[0]));
    for (const { x, y, radius, extent } of marks) assert.ok(!boxesMeet(a, extent ?? { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  }
});

test("labels of sites close together, and of movements to one place, give way to each other", () => {
  const sites = [{ ...SITES[0], lat: 0, lon: 0 }, { ...SITES[1], lat: -1.2, lon: 0 }];
  const close = sceneOf({}, [], storyOf({ sites, claims: [{ sites: [0] }, { sites: [1] }] }));
  const twice = storyOf({ sites: SITES, claims: [{ sites: [2], moves: true }, { sites: [2], moves: true }], arrows: [arrow(0, null, 2, "2024", "1,500 in total"), arrow(1, null, 2, "2024", "3,000 in total")] });
  for (const labels of [close.labels, sceneOf({}, [], twice).arrowLabels]) {
    assert.equal(labels.length, 2);
    assert.ok(!boxesMeet(labels[0].box, labels[1].box));
  }
});

test("no label stands where it would be read as the name of another mark", () => {
  const sites = [[-1, -0.2], [-1.8, 0], [0, 0]].map(([lat, lon], i) => ({ ...SITES[i], lat, lon }));
  const { labels, marks } = sceneOf({}, [], storyOf({ sites, claims: [{ sites: [0] }, { sites: [1] }, { sites: [2] }] }));
  const distance = ({ x, y, width, height }, mark) => Math.hypot(Math.max(x - mark.x, mark.x - x - width, 0), Math.max(y - mark.y, mark.y - y - height, 0)) - mark.radius;
  assert.equal(labels.length, 3);
  for (const { box, mark, name } of labels) assert.ok(marks.every((other) => other === mark || distance(box, other) > distance(box, mark)), name);
});

test("an arrow begins at its origin and stops short of its destination's mark", () => {
  const scene = sceneOf();
  const [start, end] = ends(scene, 0);
  assert.deepEqual(start, SHEET.at(5, -20));
  const target = scene.marks.find(({ sites }) => sites.includes(2));
  const gap = Math.hypot(end.x - target.x, end.y - target.y);
  assert.ok(Math.abs(gap - target.radius) < 1, `${gap} from a mark of ${target.radius}`);
});

test("a movement of which the origin isn't stated is a stub that arrives", () => {
  const [start, end] = ends(sceneOf(), 2);
  const [centre, size] = [SHEET.at(15, 25), { width: 60, height: 40 }];
  assert.ok(Math.abs(end.x - centre.x) <= size.width / 2 + 1 && Math.abs(end.y - centre.y) <= size.height / 2 + 1);
  assert.ok(Math.hypot(start.x - centre.x, start.y - centre.y) > 64);
});

test("arrows there and back don't lie on each other", () => {
  const story = storyOf({ sites: SITES, claims: [{ sites: [0, 2], moves: true }, { sites: [0, 2], moves: true }], arrows: [arrow(0, 0, 2, "2024", "there"), arrow(1, 2, 0, "2024", "back")] });
  const [there, back] = sceneOf({}, [], story).arrows.map(({ lines }) => lines[0][8]);
  assert.ok(Math.hypot(there.x - back.x, there.y - back.y) > 12);
});

test("an arrow that has its line for itself is straight", () => {
  const story = storyOf({ sites: SITES, claims: [{ sites: [0, 2], moves: true }], arrows: [arrow(0, 0, 2, "2024", "there")] });
  const [line] = sceneOf({}, [], story).arrows[0].lines;
  assert.ok(distanceTo([line[0], line.at(-1)], line[8]) < 1e-6);
});

test("an arrow whose two ends are one point is drawn as a stub, and doesn't break the picture", () => {
  const story = storyOf({ sites: SITES, claims: [{ sites: [2], moves: true }], arrows: [{ ...arrow(0, 2, 2, "2024", "round"), path: null }] });
  assert.equal(sceneOf({}, [], story).arrows.length, 1);
});

test("an arrow that is cut at 180° keeps both its pieces", () => {
  const cut = { ...arrow(0, 0, 2, "2024", "across"), path: [[[5, -20], [5, -39]], [[0, 39], [0, 10]]] };
  const story = storyOf({ sites: SITES, claims: [{ sites: [0, 2], moves: true }], arrows: [cut] });
  assert.equal(sceneOf({}, [], story).arrows[0].lines.length, 2);
});

test("what the selection leaves out is neither marked, drawn nor labelled", () => {
  const scene = sceneOf({ from: 16, undated: false });
  assert.deepEqual([scene.marks, scene.arrows, scene.labels, scene.arrowLabels], [[], [], [], []]);
});

test("an arrow only possibly in the window is faint", () => {
  assert.deepEqual(sceneOf({ from: 12 }).arrows.map(({ faint }) => faint), [true, true, false]);
  assert.deepEqual(sceneOf({ from: 10 }).arrows.map(({ faint }) => faint), [false, false, false]);
});

test("a click finds the mark, the label and the arrow that lie under it, and else nothing", () => {
  const scene = sceneOf();
  assert.deepEqual(hitTest(scene, SHEET.at(0, 10)).mark.sites, [2]);
  assert.deepEqual(hitTest(scene, SHEET.at(16, 27)).mark.sites, [3]);
  for (const { box, mark, claim } of [...scene.labels, ...scene.arrowLabels]) {
    const hit = hitTest(scene, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    assert.ok(mark ? hit.mark === mark : hit.claim === claim);
  }
  assert.equal(hitTest(scene, scene.arrows[0].lines[0][6]).claim, 0);
  assert.equal(hitTest(scene, { x: 5, y: 595 }), null);
});

test("of two marks that a click may mean the nearer one is opened", () => {
  for (const apart of [12, 20]) {
    const sites = [{ ...SITES[0], lat: 0, lon: 0 }, { ...SITES[1], lat: 0, lon: apart / 10 }];
    const scene = sceneOf({}, [], storyOf({ sites, claims: [{ sites: [0] }, { sites: [1] }] }));
    for (const [share, site] of [[0.4, 0], [0.6, 1]]) assert.deepEqual(hitTest(scene, { x: 400 + share * apart, y: 300 }).mark.sites, [site], `${share} of ${apart}`);
  }
});

test("two stubs at one site lie apart", () => {
  const story = storyOf({ sites: SITES, claims: [{ sites: [2], moves: true }, { sites: [2], moves: true }], arrows: [arrow(0, null, 2, "2024", "10"), arrow(1, null, 2, "2024", "20")] });
  const { arrows } = sceneOf({}, [], story);
  const [a, b] = arrows.map(({ lines }) => lines[0][0]);
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 20);
});
