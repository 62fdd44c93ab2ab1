import assert from "node:assert/strict";
import test from "node:test";

import { boxesAlong, boxesMeet, freePlace, grow, makeCrowd, placesAround } from "../../geo/maps/assets/labels.js";
import { seeded } from "./help.js";

const VIEW = { x: 0, y: 0, width: 400, height: 300 };
const box = (x, y, width = 10, height = 10) => ({ x, y, width, height });

test("boxes meet when they share more than an edge", () => {
  assert.ok(boxesMeet(box(0, 0), box(9, 9)));
  assert.ok(boxesMeet(box(0, 0, 30, 30), box(10, 10)));
  assert.ok(!boxesMeet(box(0, 0), box(10, 0)));
  assert.ok(!boxesMeet(box(0, 0), box(0, 10)));
  assert.ok(!boxesMeet(box(0, 0), box(50, 0)));
});

test("whether two boxes meet doesn't depend on which is named first", () => {
  const below = seeded(6);
  const any = () => box(below(30), below(30), 1 + below(20), 1 + below(20));
  for (let i = 0; i < 500; i += 1) {
    const [a, b] = [any(), any()];
    assert.equal(boxesMeet(a, b), boxesMeet(b, a));
    if (boxesMeet(a, b)) assert.ok(boxesMeet(grow(a, 2), b));
  }
});

test("a box grows on all four sides", () => {
  assert.deepEqual(grow(box(5, 6, 7, 8), 2), box(3, 4, 11, 12));
});

test("places around a mark have the label's size, keep off the mark, and begin at its right", () => {
  const places = placesAround({ x: 100, y: 100 }, 12, { width: 60, height: 16 });
  assert.equal(places.length, 8);
  assert.deepEqual(places[0], box(112, 92, 60, 16));
  const mark = box(92, 92, 16, 16); // the square within a circle of 12 pixels
  for (const place of places) {
    assert.deepEqual([place.width, place.height], [60, 16]);
    assert.ok(!boxesMeet(place, mark), JSON.stringify(place));
  }
});

test("the first place that is free is taken", () => {
  const places = [box(10, 10), box(30, 10), box(50, 10)];
  assert.equal(freePlace(places, makeCrowd([]), VIEW), places[0]);
  assert.equal(freePlace(places, makeCrowd([box(15, 15)]), VIEW), places[1]);
  assert.equal(freePlace(places, makeCrowd([box(0, 0, 400, 300)]), VIEW), null);
});

test("a place on a line is taken only where no other is free", () => {
  const places = [box(10, 10), box(30, 10), box(50, 10)];
  const none = makeCrowd([]);
  assert.equal(freePlace(places, none, VIEW, makeCrowd([box(15, 15)])), places[1]);
  assert.equal(freePlace(places, none, VIEW, makeCrowd([box(0, 0, 400, 300)])), places[0]);
  assert.equal(freePlace(places, makeCrowd([box(15, 15)]), VIEW, makeCrowd([box(0, 0, 400, 300)])), places[1]);
});

test("no more places are made than are needed", () => {
  let made = 0;
  const endless = (function* about() {
    for (let x = 0; ; x += 30) {
      made += 1;
      yield box(x, 10);
    }
  })();
  assert.equal(freePlace(endless, makeCrowd([box(5, 15)]), VIEW)?.x, 30);
  assert.equal(made, 2);
});

test("a crowd meets just what one of its boxes meets", () => {
  const below = seeded(9);
  const any = () => box(below(600) - 100, below(600) - 100, 1 + below(150), 1 + below(60));
  const boxes = Array.from({ length: 12 }, any);
  const crowd = makeCrowd(boxes.slice(0, 6));
  for (const late of boxes.slice(6)) crowd.add(late);
  for (let i = 0; i < 1000; i += 1) {
    const asked = any();
    assert.equal(crowd.meets(asked), boxes.some((each) => boxesMeet(each, asked)), JSON.stringify(asked));
  }
});

test("a crowd can leave one of its boxes out, and only that very one", () => {
  const [own, twin] = [box(10, 10), box(10, 10)];
  assert.ok(!makeCrowd([own]).meets(own, own));
  assert.ok(makeCrowd([own, twin]).meets(own, own));
});

test("no place outside the view is taken, not even by a pixel", () => {
  for (const outside of [box(-1, 10), box(10, -1), box(391, 10), box(10, 291)]) assert.equal(freePlace([outside], makeCrowd([]), VIEW), null, JSON.stringify(outside));
  for (const inside of [box(0, 0), box(390, 290)]) assert.equal(freePlace([inside], makeCrowd([]), VIEW), inside);
});

test("boxes along a line cover it without a gap wider than the step", () => {
  const line = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 50 }];
  const boxes = boxesAlong(line, 8);
  for (let x = 0; x < 100; x += 1) assert.ok(boxes.some((each) => Math.abs(each.x + each.width / 2 - x) <= 8 && boxesMeet(each, box(0, -1, 400, 2))), `at ${x}`);
  assert.ok(boxes.some((each) => boxesMeet(each, box(95, 40, 10, 5))));
  assert.deepEqual(boxesAlong([{ x: 1, y: 1 }], 8), []);
});

test("a line of no length has one box", () => {
  assert.equal(boxesAlong([{ x: 5, y: 5 }, { x: 5, y: 5 }], 8).length, 1);
});
