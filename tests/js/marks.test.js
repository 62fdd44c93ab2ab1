import assert from "node:assert/strict";
import test from "node:test";

import { covers, drawnExtent, KINDS, makeMarks, markRadius } from "../../geo/maps/assets/marks.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { seeded, select, storyOf } from "./help.js";

const at = (lat, lon) => ({ x: lon * 10, y: -lat * 10 });
const site = (lat, lon, extent = null) => ({ lat, lon, extent });
const marksOf = (sites, claims, state = everything()) => {
  const story = storyOf({ sites, claims });
  return makeMarks(story.sites, select(story.columns, state, null), at);
};

test("a mark grows with its claims, and not without end", () => {
  const radii = [1, 2, 5, 10, 100, 10_000].map(markRadius);
  radii.forEach((radius, i) => assert.ok(radius >= 5 && radius <= 20 && (i === 0 || radius >= radii[i - 1])));
  assert.ok(markRadius(4) > markRadius(1));
});

test("each site with a shown claim has one mark at its place, and no other site has", () => {
  const marks = marksOf([site(10, 20), site(40, 50), site(0, 0)], [{ sites: [0] }, { sites: [0, 1] }]);
  const seen = marks.map(({ sites, x, y }) => ({ sites, x: Math.round(x), y: Math.round(y) })).toSorted((a, b) => a.sites[0] - b.sites[0]);
  assert.deepEqual(seen, [{ sites: [0], x: 200, y: -100 }, { sites: [1], x: 500, y: -400 }]);
});

test("a mark counts its claims by kind", () => {
  const [mark] = marksOf([site(0, 0)], [{ sites: [0], kind: "moved" }, { sites: [0], kind: "said" }, { sites: [0], kind: "said" }]);
  assert.deepEqual(KINDS, ["moved", "planned", "present", "said"]);
  assert.deepEqual(mark.kinds, [1, 0, 0, 2]);
});

test("a mark is faint only if every one of its claims is but possibly in the window", () => {
  const window = { ...everything(), from: 10, to: 12 };
  const possible = { earliest: 5, latest: 11, sites: [0] };
  const certain = { earliest: 10, latest: 11, sites: [0] };
  assert.equal(marksOf([site(0, 0)], [possible, possible], window)[0].faint, true);
  assert.equal(marksOf([site(0, 0)], [possible, certain], window)[0].faint, false);
  assert.equal(marksOf([site(0, 0)], [possible, { sites: [0] }], window)[0].faint, false);
});

test("marks that would cover each other's centre are gathered with all their claims", () => {
  const claims = [{ sites: [0], kind: "moved" }, { sites: [1] }, { sites: [2] }];
  const marks = marksOf([site(0, 0), site(0.1, 0.1), site(30, 30)], claims);
  assert.equal(marks.length, 2);
  const [gathered] = marks;
  assert.deepEqual(gathered.sites.toSorted(), [0, 1]);
  assert.deepEqual(gathered.kinds, [1, 0, 0, 1]);
  assert.ok(gathered.radius >= markRadius(2));
});

test("marks that stand apart are not gathered", () => {
  assert.equal(marksOf([site(0, 0), site(0, 2)], [{ sites: [0] }, { sites: [1] }]).length, 2);
});

test("gathering is faint only if all are, and never keeps one area's extent for several places", () => {
  const window = { ...everything(), from: 10, to: 12 };
  const claims = [{ earliest: 5, latest: 11, sites: [0] }, { earliest: 10, latest: 11, sites: [1] }];
  const [gathered] = marksOf([site(0, 0, [-1, -1, 1, 1]), site(0, 0.1)], claims, window);
  assert.deepEqual([gathered.sites.length, gathered.faint, gathered.extent], [2, false, null]);
});

test("a mark has the badge if others contradict a claim of it, and keeps it where marks are gathered", () => {
  const quiet = { sites: [2], saidFrom: 1, saidTo: 1 };
  const claims = [{ sites: [0], saidFrom: 1, saidTo: 1, contested: 5 }, { sites: [1], saidFrom: 5, saidTo: 5, contested: 1 }, quiet, quiet];
  const badges = (places, known = null) => marksOf(places, claims, { ...everything(), known }).map(({ sites, contested }) => [sites.length, contested]);
  assert.deepEqual(badges([site(0, 0), site(0, 20), site(0, 40)]).toSorted(), [[1, false], [1, true], [1, true]]);
  assert.deepEqual(badges([site(0, 0), site(0, 20), site(0, 40)], 4), [[1, false], [1, false]]);
  assert.deepEqual(badges([site(0, 0), site(0, 20), site(0, 0.1)]), [[2, true], [1, true]]); // the larger mark, which has none, takes in the smaller
});

test("a claim against which something may have been said at any time has the badge on every day", () => {
  for (const known of [-719_162, 0, 2_932_896, null]) assert.equal(marksOf([site(0, 0)], [{ sites: [0], contested: -Infinity }], { ...everything(), known })[0].contested, true);
});

test("however sites lie, every one is in exactly one mark and no mark's centre is covered by another", () => {
  const below = seeded(8);
  for (let i = 0; i < 300; i += 1) {
    const sites = Array.from({ length: 1 + below(12) }, () => site(below(60) / 10, below(60) / 10));
    const claims = Array.from({ length: 40 }, () => ({ sites: [below(sites.length)] }));
    const marks = marksOf(sites, claims);
    const named = new Set(claims.flatMap((claim) => claim.sites));
    assert.deepEqual(marks.flatMap((mark) => mark.sites).toSorted((a, b) => a - b), [...named].toSorted((a, b) => a - b));
    assert.equal(marks.flatMap((mark) => mark.kinds).reduce((sum, count) => sum + count, 0), claims.length);
    for (const a of marks) for (const b of marks) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) >= Math.max(a.radius, b.radius));
  }
});

test("an area has its extent in pixels, north up", () => {
  const [mark] = marksOf([site(51, 36, [50, 34, 52, 38])], [{ sites: [0] }]);
  assert.deepEqual(mark.extent, { x: 340, y: -520, width: 40, height: 20 });
});

test("an area across 180° is as wide as it is, and not the rest of the world", () => {
  const [mark] = marksOf([site(60, 179, [55, 175, 65, -175])], [{ sites: [0] }]);
  assert.equal(mark.extent.width, 100);
  assert.ok(mark.extent.width > 0 && mark.extent.height > 0);
});

test("a mark covers what lies within its radius; an area covers its extent", () => {
  const mark = { x: 50, y: 50, radius: 8, extent: null };
  assert.ok(covers(mark, { x: 50, y: 58 }));
  assert.ok(!covers(mark, { x: 56, y: 56 }));
  const area = { x: 50, y: 50, radius: 8, extent: { x: 0, y: 20, width: 100, height: 60 } };
  assert.ok(covers(area, { x: 1, y: 21 }));
  assert.ok(!covers(area, { x: 50, y: 81 }));
});

test("an area too small to be seen is drawn about its site, large enough to be hit", () => {
  assert.deepEqual(drawnExtent({ x: 50, y: 40, extent: { x: 48, y: 39, width: 4, height: 2 } }), { x: 41, y: 31, width: 18, height: 18 });
  assert.deepEqual(drawnExtent({ x: 50, y: 40, extent: { x: 0, y: 0, width: 100, height: 60 } }), { x: 0, y: 0, width: 100, height: 60 });
  assert.equal(drawnExtent({ x: 50, y: 40, extent: null }), null);
});
