import assert from "node:assert/strict";
import test from "node:test";

import { isUnder, roomsBeside, viewBeside } from "../../geo/maps/assets/fit.js";

const ROOM = { left: 70, top: 40, right: 110, bottom: 40 };
const SIZE = { x: 800, y: 450 };
const LEGEND = { x: 500, y: 250, width: 280, height: 180 };

test("a mark beside the legend is seen, one below it or cut by it is not", () => {
  assert.equal(isUnder({ x: 600, y: 300 }, LEGEND), true);
  assert.equal(isUnder({ x: 490, y: 300 }, LEGEND), true);
  assert.equal(isUnder({ x: 450, y: 300 }, LEGEND), false);
  assert.equal(isUnder({ x: 600, y: 200 }, LEGEND), false);
});

test("the rooms to try leave out the legend's columns, or its rows", () => {
  const [asked, beside, above] = roomsBeside(ROOM, LEGEND, SIZE);
  assert.deepEqual(asked, ROOM);
  assert.ok(SIZE.x - beside.right < LEGEND.x && beside.bottom === ROOM.bottom);
  assert.ok(SIZE.y - above.bottom < LEGEND.y && above.right === ROOM.right);
});

test("a view in which the legend hides nothing is taken as it was asked for", () => {
  const { zoom, center } = viewBeside(L, flatMap(), [[0, 0], [0, 100]], { room: ROOM, maxZoom: 99 }, { ...LEGEND, x: 2000 });
  assert.equal(zoom, 6.2); // (800 - 70 - 110) / 100
  assert.equal(center.x, 50 + 20 / 6.2);
});

test("a place that the legend would hide comes out from under it, at the closest zoom that shows it", () => {
  const corners = [[0, 0], [40, 100]];
  const { zoom, center } = viewBeside(L, flatMap(), corners, { room: ROOM, maxZoom: 99 }, LEGEND);
  const pixel = ([y, x]) => ({ x: (x - center.x) * zoom + SIZE.x / 2, y: (y - center.y) * zoom + SIZE.y / 2 });
  assert.ok(corners.every((corner) => !isUnder(pixel(corner), LEGEND)));
  assert.equal(zoom, 4.625); // above it; beside it there would be room for 4.05
});

test("where no room is left the view is as it was asked for", () => {
  const everywhere = { x: 0, y: 0, width: 800, height: 450 };
  const corners = [[0, 0], [40, 100]];
  assert.deepEqual(viewBeside(L, flatMap(), corners, { room: ROOM, maxZoom: 3 }, everywhere), viewBeside(L, flatMap(), corners, { room: ROOM, maxZoom: 3 }, { ...LEGEND, x: 2000 }));
});

/** Points that add up as Leaflet's do. */
function point(x, y) {
  const of = (other) => (Array.isArray(other) ? other : [other.x, other.y]);
  return { x, y, add: (other) => point(x + of(other)[0], y + of(other)[1]), subtract: (other) => point(x - other.x, y - other.y), divideBy: (by) => point(x / by, y / by) };
}

const L = {
  point,
  latLngBounds: (corners) => ({ getSouthWest: () => [Math.max(...corners.map(([y]) => y)), Math.min(...corners.map(([, x]) => x))], getNorthEast: () => [Math.min(...corners.map(([y]) => y)), Math.max(...corners.map(([, x]) => x))] }),
};

/** A plane on which a zoom is the pixels of one unit. */
function flatMap() {
  return {
    getSize: () => point(SIZE.x, SIZE.y),
    project: (place, zoom) => (Array.isArray(place) ? point(place[1] * zoom, place[0] * zoom) : point(place.x * zoom, place.y * zoom)),
    unproject: ({ x, y }, zoom) => ({ x: x / zoom, y: y / zoom }),
    getBoundsZoom: (bounds, _, room) => {
      const [[south, west], [north, east]] = [bounds.getSouthWest(), bounds.getNorthEast()];
      return Math.min((SIZE.x - room.x) / (east - west || 1e-9), (SIZE.y - room.y) / (south - north || 1e-9));
    },
  };
}
