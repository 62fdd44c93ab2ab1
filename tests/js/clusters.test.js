import assert from "node:assert/strict";
import test from "node:test";

import { makeBundles } from "../../geo/maps/assets/bundles.js";
import { makeClusters } from "../../geo/maps/assets/clusters.js";
import { countedOrder } from "../../geo/maps/assets/countedorder.js";
import { greatCircle } from "../../geo/maps/assets/greatcircle.js";
import { clip } from "../../geo/maps/assets/hairlines.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { makeSelector } from "../../geo/maps/assets/selector.js";
import { atOnce } from "../../geo/maps/assets/turns.js";
import { worldPoint } from "../../geo/maps/assets/world.js";
import { arrowsOf, columnsOf, near, seeded, sitesOf } from "./help.js";

const REACH = 38; // pixels
const PLAIN = { west: 0, east: 1, north: 0, south: 1 };

function scattered(seed, count) {
  const chance = seeded(seed);
  const points = Array.from({ length: count }, () => ({ lat: 40 + chance(2000) / 100, lon: 20 + chance(3000) / 100 }));
  return sitesOf(points).world;
}

test("every site is in one cluster, that of a site within reach, and no two marks are nearer to each other", () => {
  for (const scale of [2 ** 11, 2 ** 14, 2 ** 18]) {
    const world = scattered(scale, 500);
    const order = Uint32Array.from({ length: 500 }, (_, i) => 499 - i);
    const { size, of, seed, members } = atOnce(makeClusters(world, order, scale));
    const apart = (a, b) => Math.hypot(world.x[a] - world.x[b], world.y[a] - world.y[b]) * scale;
    for (let site = 0; site < 500; site += 1) assert.ok(apart(site, seed[of[site]]) < REACH);
    for (let a = 0; a < size; a += 1) for (let b = 0; b < a; b += 1) assert.ok(apart(seed[a], seed[b]) >= REACH);
    assert.deepEqual(Array.from({ length: size }, (_, cluster) => [...members(cluster)]).flat().toSorted((a, b) => a - b), Array.from({ length: 500 }, (_, i) => i));
  }
});

test("a cluster has the place of its weightiest site", () => {
  const world = sitesOf([{ lat: 50, lon: 30 }, { lat: 50.001, lon: 30 }, { lat: 10, lon: 0 }]).world;
  const { seed, of } = atOnce(makeClusters(world, Uint32Array.of(1, 0, 2), 2 ** 12));
  assert.deepEqual([...seed], [1, 2]);
  assert.deepEqual([...of], [0, 0, 1]);
});

test("the corners of the world lie where Web Mercator has them", () => {
  assert.deepEqual(worldPoint(0, -180), [0, 0.5]);
  const [x, y] = worldPoint(85.051129, 180);
  near(x, 1, 1e-9);
  near(y, 0, 1e-7);
});

test("sorting by counting keeps the order of equal keys", () => {
  const keys = [3, 1, 3, 0, 1];
  assert.deepEqual([...atOnce(countedOrder(5, (i) => keys[i], 0, 3))], [3, 1, 4, 0, 2]);
});

test("a line is cut at the edges of the picture, and one beside it is left out", () => {
  assert.deepEqual(clip(-10, 5, 30, 5, 20, 10), [0, 5, 20, 5]);
  assert.deepEqual(clip(2, 3, 4, 5, 20, 10), [2, 3, 4, 5]);
  assert.equal(clip(-10, -1, 30, -1, 20, 10), null);
  assert.equal(clip(-10, 5, -2, 20, 20, 10), null);
});

test("a great circle begins and ends at its places, bends towards the pole and is cut at 180°", () => {
  const [line, ...none] = greatCircle([43, 132], [51, 36]);
  assert.deepEqual([none, line[0], line.at(-1)], [[], [43, 132], [51, 36]]);
  assert.ok(Math.max(...line.map(([lat]) => lat)) > 58);
  const [west, east] = greatCircle([64.7, 177.5], [64.5, -165.4]);
  assert.deepEqual([west.at(-1)[1], east[0][1]], [180, -180]);
  near(west.at(-1)[0], east[0][0], 1e-9);
  assert.equal(greatCircle([43, 131], [43, 131]), null);
});

test("a great circle passes where spherical trigonometry puts its middle", () => {
  const points = greatCircle([0, 0], [0, 90])[0];
  for (const [lat] of points) near(lat, 0, 1e-9);
  const [middle] = greatCircle([60, 0], [60, 180])[0].filter(([lat]) => lat > 89);
  assert.ok(middle, "over the pole");
});

function moving(seed, claims, siteCount) {
  const chance = seeded(seed);
  const made = Array.from({ length: claims }, (_, i) => ({ claim: i, from: chance(5) ? chance(siteCount) : null, to: chance(siteCount) }));
  const days = made.map(() => chance(100));
  const columns = columnsOf(made.map(({ from, to }, i) => ({ moves: true, kind: chance(4) ? "moved" : "planned", sites: [...new Set([from, to].filter((site) => site !== null))], earliest: days[i], latest: days[i] })), siteCount);
  return { columns, arrows: arrowsOf(made) };
}

test("bundles that follow step by step count what is shown", () => {
  const { columns, arrows } = moving(5, 300, 40);
  const world = scattered(9, 40);
  const { select } = makeSelector(columns);
  const bundles = makeBundles(arrows, columns);
  atOnce(bundles.regroup(Uint32Array.from({ length: 40 }, (_, site) => site % 10)));
  const chance = seeded(3);
  for (let turn = 0; turn < 60; turn += 1) {
    const from = chance(90);
    const visible = select({ ...everything(), from, to: from + chance(20), known: turn % 20 === 19 ? 5 : null }, null);
    if (turn === 30) atOnce(bundles.regroup(Uint32Array.from({ length: 40 }, (_, site) => site % 10))); // as with another zoom
    assert.equal(bundles.isNear(visible), visible.changed !== null);
    atOnce(bundles.follow(visible));
    const shown = Array.from({ length: arrows.size }, (_, arrow) => arrow).filter((arrow) => visible.isShown(arrows.claim[arrow]));
    assert.deepEqual(Array.from({ length: arrows.size }, (_, arrow) => arrow).filter((arrow) => bundles.on[arrow]), shown);
    const { bundled } = bundles.inView(PLAIN, world, 0, 1000);
    const between = shown.filter((arrow) => arrows.from[arrow] < 0 || arrows.from[arrow] % 10 !== arrows.to[arrow] % 10);
    assert.equal(bundled.reduce((sum, each) => sum + each.shown, 0), between.length);
    assert.equal(bundled.reduce((sum, each) => sum + each.planned, 0), between.filter((arrow) => columns.kind(arrows.claim[arrow]) === 1).length);
  }
});

test("few movements in view stand each for itself, of many the busiest links", () => {
  const { columns, arrows } = moving(8, 200, 12);
  const world = scattered(4, 12);
  const visible = makeSelector(columns).select(everything(), null);
  const bundles = makeBundles(arrows, columns);
  atOnce(bundles.regroup(Uint32Array.from({ length: 12 }, (_, site) => site)));
  atOnce(bundles.follow(visible));
  const few = bundles.inView(PLAIN, world, 1000, 5);
  assert.equal(few.bundled.length, 0);
  assert.ok(few.single.length > 150);
  const many = bundles.inView(PLAIN, world, 20, 5).bundled.map(({ shown }) => shown);
  const all = bundles.inView(PLAIN, world, 20, 1000).bundled.map(({ shown }) => shown);
  assert.equal(many.length, 5);
  assert.deepEqual(many, all.slice(0, 5));
  assert.deepEqual(all, all.toSorted((a, b) => b - a));
  assert.deepEqual(bundles.inView({ west: 0.9, east: 1, north: 0.9, south: 1 }, world, 20, 5), { single: [], bundled: [] });
});
