import assert from "node:assert/strict";
import test from "node:test";

import { outOfView, sideOf } from "../../geo/maps/assets/edges.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { select, storyOf } from "./help.js";

/** A map of 100 by 60 pixels about (0, 0), one pixel a degree; a degree is 100 km long. As Leaflet does, it tells whole pixels. */
const MAP = {
  getSize: () => ({ x: 100, y: 60 }),
  getCenter: () => ({ lat: 0, lng: 0 }),
  latLngToContainerPoint: ([lat, lon]) => ({ x: Math.round(50 + lon), y: Math.round(30 - lat) }),
  distance: ({ lat, lng }, [lat2, lon2]) => Math.round(Math.hypot(lat - lat2, lng - lon2) * 100) * 1000,
};
const found = (points, claims) => {
  const story = storyOf({ sites: points.map(([lat, lon]) => ({ lat, lon })), claims });
  return outOfView(story, select(story.columns, everything(), null), MAP);
};
const beyond = (...points) => Object.fromEntries(found(points, points.map((_, site) => ({ sites: [site] }))));

test("a direction on the screen is named by the eighth of the compass it lies in", () => {
  const sides = { n: [0, -9], ne: [9, -9], e: [9, 0], se: [9, 9], s: [0, 9], sw: [-9, 9], w: [-9, 0], nw: [-9, -9] };
  for (const [side, [dx, dy]] of Object.entries(sides)) assert.equal(sideOf(dx, dy), side);
});

test("a direction belongs to the eighth whose middle is nearest", () => {
  for (const [degrees, side] of [[22, "n"], [23, "ne"], [67, "ne"], [68, "e"], [179, "s"], [-179, "s"], [-158, "s"], [-157, "sw"], [-22, "n"], [-23, "nw"]]) {
    const angle = (degrees * Math.PI) / 180;
    assert.equal(sideOf(Math.sin(angle), -Math.cos(angle)), side, `${degrees}°`);
  }
});

test("what is in view is not announced, not even at its very edge", () => {
  assert.deepEqual(beyond([0, 0], [29, 49], [30, 50], [-30, -50]), {});
});

test("a site out of view is announced on its side with its distance in kilometres", () => {
  assert.deepEqual(beyond([0, -80]), { w: { count: 1, nearest: [0], km: 8000 } });
  assert.deepEqual(beyond([0, 10], [31, 0]), { n: { count: 1, nearest: [1], km: 3100 } });
});

test("sites on one side are announced together, the nearest first", () => {
  const sides = beyond([0, 90], [0, 60], [0, -60], [0, 70]);
  assert.deepEqual(sides.e.nearest, [1, 3, 0]);
  assert.deepEqual(sides.w.nearest, [2]);
});

test("a site without a shown claim is not announced", () => {
  assert.equal(found([[0, 90]], [{}]).size, 0);
});
