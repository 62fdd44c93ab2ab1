import assert from "node:assert/strict";
import { test } from "node:test";
import { DISC_PX, firstCorners, hitKey, inNearestWorld, radiusOf } from "../../geo/maps/assets/candidatescene.js";

const near = { lat: 43, lon: 131, key: "1", chosen: false };
const far = { lat: -20, lon: 30, key: "", chosen: false };
const site = { lat: 50, lon: 10, name: "A site" };

test("the first view shows the candidates that have a key, and the pin", () => {
  assert.deepEqual(firstCorners({ candidates: [near, far], sites: [site], pin: null }), [[43, 131]]);
  assert.deepEqual(firstCorners({ candidates: [near, far], sites: [site], pin: { lat: 1, lon: 2 } }), [[43, 131], [1, 2]]);
});

test("a candidate that was chosen is in view though its key has gone", () => {
  assert.deepEqual(firstCorners({ candidates: [near, { ...far, chosen: true }], sites: [], pin: null }), [[43, 131], [-20, 30]]);
});

test("where there is no candidate the other sites give the view, and nothing where there is none either", () => {
  assert.deepEqual(firstCorners({ candidates: [], sites: [site], pin: null }), [[50, 10]]);
  assert.deepEqual(firstCorners({ candidates: [], sites: [], pin: null }), []);
});

test("a point is drawn in the copy of the world that is nearest to the view", () => {
  assert.equal(inNearestWorld(-170, 175), 190);
  assert.equal(inNearestWorld(170, -175), -190);
  assert.equal(inNearestWorld(10, 12), 10);
});

test("a click hits the nearest disc within reach, and no dot", () => {
  const discs = [{ x: 100, y: 100, key: "1" }, { x: 110, y: 100, key: "2" }, { x: 200, y: 200, key: "" }];
  assert.equal(hitKey(discs, { x: 103, y: 100 }), "1");
  assert.equal(hitKey(discs, { x: 107, y: 100 }), "2");
  assert.equal(hitKey(discs, { x: 200, y: 200 }), "");
  assert.equal(hitKey(discs, { x: 100 - DISC_PX - 5, y: 100 }), "");
});

test("what has a key is larger than what has none", () => {
  assert.ok(radiusOf("1") > radiusOf(""));
});
