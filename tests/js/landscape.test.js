import assert from "node:assert/strict";
import test from "node:test";

import { makeCrowd } from "../../geo/maps/assets/labels.js";
import { freeSpots, spotsInView } from "../../geo/maps/assets/landscape.js";

const PX = 256 / 360; // pixels a degree at zoom 0

/** A view of 200 by 100 pixels whose upper left corner lies `left`, `top` pixels from that of a flat world at zoom 3. */
const viewAt = (left, top) => ({
  zoom: 3,
  width: 200,
  height: 100,
  margin: { x: 50, y: 25 },
  at: (lat, lon) => ({ x: (lon + 180) * PX * 8 - left, y: (90 - lat) * PX * 8 - top }),
});
const pixel = (degrees) => degrees * PX * 8;

// A country from 20° W to 60° E, labelled at 20° E on the equator; its name is 40 pixels wide.
const COUNTRY = [20, 0, 80, [0, -20, 60, 10, -20, 0, 10, 30, 60, -10, 50, 60]];
const WIDE = 40;

const nameSpots = (where, wide, sheet, crowds) => freeSpots(spotsInView(where, () => wide, sheet) ?? { own: [], parts: [] }, wide, sheet, crowds);

test("a name stands at its country's own place where that is in view", () => {
  const view = viewAt(pixel(200) - 100, pixel(90) - 50);
  const spots = nameSpots(COUNTRY, WIDE, view, []);
  assert.deepEqual(spots, [{ x: 100, y: 50 }]);
});

test("a name gives way to what stands at its place", () => {
  const view = viewAt(pixel(200) - 100, pixel(90) - 50);
  const taken = makeCrowd([{ x: 95, y: 45, width: 10, height: 10 }]);
  assert.deepEqual(nameSpots(COUNTRY, WIDE, view, [taken]), [{ x: 100, y: 32 }]);
});

test("where all around that place is taken, a name stands in another part of its country", () => {
  const view = viewAt(pixel(200) - 100, pixel(90) - 50);
  const taken = makeCrowd([{ x: 95, y: 0, width: 10, height: 100 }]);
  const [spot, ...others] = nameSpots([20, 0, 80, [0, -20, 60, 5, 21, 60]], WIDE, view, [taken]);
  assert.deepEqual(others, []);
  assert.ok(spot.x > 105 + WIDE / 2, `${spot.x}`);
});

test("where that place is out of view, a name stands in the longest part of the country that is", () => {
  const view = viewAt(pixel(240), pixel(80) - 30); // 60° E, the country's eastern end, is at the left edge
  assert.deepEqual(nameSpots(COUNTRY, WIDE, view, []), []);
  const wider = viewAt(pixel(240) - 150, pixel(80) - 30);
  const [spot, ...others] = nameSpots(COUNTRY, WIDE, wider, []);
  assert.deepEqual(others, []);
  assert.ok(Math.abs(spot.x - 75) < 1e-9 && Math.abs(spot.y - 30) < 1e-9, `${spot.x}, ${spot.y}`);
});

test("of parts that are as long, the nearest to the middle of the view bears the name", () => {
  const view = viewAt(pixel(240) - 150, pixel(90) - 70); // both parallels reach 150 pixels into it: y = 13 and y = 70
  const [spot] = nameSpots([170, 0, 80, [10, -20, 60, 0, -20, 60]], WIDE, view, []);
  assert.ok(Math.abs(spot.y - 70) < 1e-9, `${spot.y}`);
});

test("a name whose own place is cut by the view's edge moves into it, and doesn't stand there twice", () => {
  const view = viewAt(pixel(200) - 10, pixel(90) - 50);
  const [spot, ...others] = nameSpots(COUNTRY, WIDE, view, []);
  assert.deepEqual(others, []);
  assert.ok(spot.x > WIDE / 2, `${spot.x}`);
});

test("a name leaves a part of its country to what stands there, and takes the next", () => {
  const view = viewAt(pixel(240) - 150, pixel(90) - 70);
  const taken = makeCrowd([{ x: 70, y: 60, width: 10, height: 20 }]);
  const [spot] = nameSpots([170, 0, 80, [10, -20, 60, 0, -20, 60]], WIDE, view, [taken]);
  assert.ok(Math.abs(spot.y - (70 - pixel(10))) < 1e-9, `${spot.y}`);
});

test("a name is left out where no part of its country is long enough for it", () => {
  const view = viewAt(pixel(240) - 45, pixel(90) - 50);
  assert.deepEqual(nameSpots([170, 60, 80, [0, -20, 60]], WIDE, view, []), []);
});

test("a name is left out where its country is too small for it at this zoom", () => {
  const view = viewAt(pixel(200) - 100, pixel(90) - 50);
  assert.deepEqual(nameSpots([20, 0, 5, [0, -20, 60]], WIDE, view, []), []);
});

test("a name stands in a part beyond the 180th meridian too", () => {
  const view = viewAt(0, pixel(90) - 50); // from 180° W eastwards
  const [spot] = nameSpots([100, 0, 80, [0, 100, 210]], WIDE, view, []);
  assert.ok(Math.abs(spot.x - pixel(30) / 2) < 1e-9, `${spot.x}`);
});

test("no name is measured of a country that is out of view", () => {
  const view = viewAt(pixel(240) + 1000, pixel(90) - 50);
  assert.equal(spotsInView(COUNTRY, () => assert.fail("it was measured"), view), null);
});
