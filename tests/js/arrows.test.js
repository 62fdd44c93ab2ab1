import assert from "node:assert/strict";
import test from "node:test";

import { arrival, bend, distanceTo, pointAlong, spread, stopAtRim, strokeWidth, stub } from "../../geo/maps/assets/arrows.js";
import { near, seeded } from "./help.js";

const DEGREE = Math.PI / 180;
const APART = 18 * DEGREE;
const MOST = 32 * DEGREE;
const straight = (from, to, steps = 16) => Array.from({ length: steps + 1 }, (_, i) => ({ x: from.x + ((to.x - from.x) * i) / steps, y: from.y + ((to.y - from.y) * i) / steps }));
const arriving = (angles) => spread(angles).map((turn, i) => angles[i] + turn);

/** The direction in which a line's last step goes, in radians. */
function lastStep(line) {
  const [a, b] = line.slice(-2);
  return Math.atan2(b.y - a.y, b.x - a.x);
}

test("an arrow that arrives alone, or far from all others, is not turned", () => {
  assert.deepEqual(spread([]), []);
  assert.deepEqual(spread([1.2]), [0]);
  spread([-2, 0, 1, 2]).forEach((turn) => near(turn, 0, 1e-12));
});

test("arrows that arrive close together are turned apart by the same amount to both sides", () => {
  const [left, right] = spread([0, 2 * DEGREE]);
  near(left, -8 * DEGREE, 1e-9);
  near(right, 8 * DEGREE, 1e-9);
  const [first, second, third] = arriving([0, 0, 0]);
  assert.deepEqual([first, second, third].map((angle) => Math.round(angle / DEGREE)), [-18, 0, 18]);
});

test("turns come back in the order in which the arrows were named", () => {
  const [right, left] = spread([2 * DEGREE, 0]);
  assert.ok(left < 0 && right > 0);
});

test("arrows about 180°, where angles change their sign, are turned apart as well", () => {
  const [up, down] = arriving([179 * DEGREE, -179 * DEGREE]);
  near((down + 2 * Math.PI - up) / DEGREE, 18, 1e-9);
});

test("a bunch that is fanned out doesn't run into its neighbour", () => {
  const angles = [0, 1, 2, 3, 22].map((degrees) => degrees * DEGREE);
  const arrived = arriving(angles);
  for (let i = 1; i < arrived.length; i += 1) assert.ok(arrived[i] > arrived[i - 1], String(arrived.map((angle) => angle / DEGREE)));
});

test("turning arrows apart keeps their order, bends none too far, and separates as many as there is room for", () => {
  const below = seeded(7);
  for (let i = 0; i < 500; i += 1) {
    const angles = Array.from({ length: 1 + below(4) }, () => (below(120) - 60) * DEGREE);
    const turns = spread(angles);
    const order = angles.map((_, k) => k).toSorted((a, b) => angles[a] - angles[b]);
    const arrived = order.map((k) => angles[k] + turns[k]);
    assert.ok(turns.every((turn) => Math.abs(turn) <= MOST + 1e-9));
    for (let k = 1; k < arrived.length; k += 1) assert.ok(arrived[k] - arrived[k - 1] >= APART - 1e-9, `${angles.map((angle) => angle / DEGREE)} arrive at ${arrived.map((angle) => angle / DEGREE)}`);
  }
});

test("of many arrows from one direction the outer ones are bent no further than allowed, and stay in order", () => {
  const angles = Array.from({ length: 9 }, (_, i) => i * DEGREE);
  const arrived = arriving(angles);
  arrived.forEach((angle, i) => assert.ok(Math.abs(angle - angles[i]) <= MOST + 1e-9 && (i === 0 || angle > arrived[i - 1])));
});

test("a bent line keeps its ends and arrives turned by about the angle asked for", () => {
  for (const degrees of [-40, -20, -5, 5, 20, 40]) {
    const line = straight({ x: 10, y: 20 }, { x: 210, y: -80 }, 200);
    const bent = bend(line, degrees * DEGREE);
    for (const [k, end] of [[0, line[0]], [-1, line.at(-1)]]) {
      near(bent.at(k).x, end.x, 1e-9);
      near(bent.at(k).y, end.y, 1e-9);
    }
    near((lastStep(bent) - lastStep(line)) / DEGREE, degrees, 1.5, `asked for ${degrees}:`);
  }
});

test("a line that shall not be turned, or that has no length, stays as it is", () => {
  const line = straight({ x: 0, y: 0 }, { x: 100, y: 0 });
  assert.equal(bend(line, 0), line);
  const point = [{ x: 5, y: 5 }, { x: 5, y: 5 }];
  assert.equal(bend(point, 0.3), point);
});

test("a line of few points is bent into a smooth one", () => {
  assert.ok(bend([{ x: 0, y: 0 }, { x: 100, y: 0 }], 0.3).length >= 16);
});

test("a point is found along a line from its start to its end", () => {
  const line = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 30 }];
  assert.deepEqual(pointAlong(line, 0), { x: 0, y: 0 });
  assert.deepEqual(pointAlong(line, 0.5), { x: 10, y: 0 });
  assert.deepEqual(pointAlong(line, 0.75), { x: 10, y: 15 });
  assert.deepEqual(pointAlong(line, 1), { x: 10, y: 30 });
});

test("a line arrives in the direction of its last piece", () => {
  near(arrival(straight({ x: 0, y: 0 }, { x: 0, y: 50 })), 90 * DEGREE, 1e-9);
  near(arrival(straight({ x: 0, y: 0 }, { x: -50, y: 0 })), 180 * DEGREE, 1e-9);
});

test("a line stops at the rim of the mark it goes to", () => {
  const [centre, radius] = [{ x: 100, y: 50 }, 12];
  const hides = ({ x, y }) => Math.hypot(x - centre.x, y - centre.y) <= radius;
  for (const steps of [1, 2, 16, 300]) {
    const stopped = stopAtRim(straight({ x: 0, y: 0 }, centre, steps), hides);
    const end = stopped.at(-1);
    near(Math.hypot(end.x - centre.x, end.y - centre.y), radius, 0.1, `${steps} steps:`);
    assert.deepEqual(stopped[0], { x: 0, y: 0 });
    assert.ok(!stopped.some(hides));
  }
});

test("a stub ends at its destination, begins at its origin, and comes out from under the mark", () => {
  const site = { x: 100, y: 100 };
  assert.deepEqual(stub(site, true, 10).at(-1), site);
  assert.deepEqual(stub(site, false, 10)[0], site);
  for (const [k, arrives] of [[0, true], [1, false]]) {
    for (const reach of [5, 20, 200]) {
      const far = stub(site, arrives, reach)[k];
      assert.ok(Math.hypot(far.x - site.x, far.y - site.y) > reach + 50);
    }
  }
});

test("the distance to a line is that to its nearest point, beyond its ends too", () => {
  const line = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }];
  near(distanceTo(line, { x: 50, y: 7 }), 7, 1e-9);
  near(distanceTo(line, { x: 93, y: 50 }), 7, 1e-9);
  near(distanceTo(line, { x: -3, y: -4 }), 5, 1e-9);
  near(distanceTo(line, { x: 103, y: 104 }), 5, 1e-9);
  near(distanceTo(line, { x: 100, y: 0 }), 0, 1e-9);
  near(distanceTo([{ x: 1, y: 1 }, { x: 1, y: 1 }], { x: 4, y: 5 }), 5, 1e-9);
});

test("a line is the wider the more it carries, never hair-thin and never a river", () => {
  const widths = [1, 2, 10, 100, 1500, 2600, 10_000, 1e6, 1e9, 1e15].map(strokeWidth);
  widths.forEach((width, i) => assert.ok(width >= 1.6 && width <= 6 && (i === 0 || width >= widths[i - 1])));
  assert.ok(strokeWidth(10_000) > strokeWidth(1500) + 0.5);
});

test("a number that isn't stated, and a number of none, give a line of middling width", () => {
  for (const quantity of [null, Number.NaN, undefined, 0, -1]) assert.equal(strokeWidth(quantity), 2);
});
