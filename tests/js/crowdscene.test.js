import assert from "node:assert/strict";
import test from "node:test";

import { makeBundles } from "../../geo/maps/assets/bundles.js";
import { makeClusters } from "../../geo/maps/assets/clusters.js";
import { makeClusterTally } from "../../geo/maps/assets/clustertally.js";
import { viewClusters } from "../../geo/maps/assets/clusterview.js";
import { makeCrowdedScene } from "../../geo/maps/assets/crowdscene.js";
import { sideOf } from "../../geo/maps/assets/edges.js";
import { makeHairlines } from "../../geo/maps/assets/hairlines.js";
import { everything } from "../../geo/maps/assets/selection.js";
import { makeSelector } from "../../geo/maps/assets/selector.js";
import { atOnce } from "../../geo/maps/assets/turns.js";
import { worldPoint } from "../../geo/maps/assets/world.js";
import { arrowsOf, columnsOf, seeded, select, sitesOf, storyOf } from "./help.js";

const SITES = 60;
const ORDER = Uint32Array.from({ length: SITES }, (_, i) => i);

function scattered(below) {
  return sitesOf(Array.from({ length: SITES }, () => ({ lat: 40 + below(2000) / 100, lon: 20 + below(3000) / 100 }))).world;
}

function claims(below) {
  return Array.from({ length: 300 }, () => {
    const earliest = below(100);
    const sites = [...new Set([below(SITES), ...(below(3) ? [] : [below(SITES), below(SITES)])])];
    return { sites, kind: ["moved", "planned", "present", "said"][below(4)], earliest, latest: earliest + below(3), ...(below(8) ? {} : { contested: below(50) }) };
  });
}

test("counts of clusters kept from step to step are those that are counted anew", () => {
  const below = seeded(21);
  const columns = columnsOf(claims(below), SITES);
  const clusters = atOnce(makeClusters(scattered(below), ORDER, 2 ** 11));
  assert.ok(clusters.size > 5 && clusters.size < SITES / 2);
  const remembering = makeSelector(columns);
  const kept = makeClusterTally(columns, clusters);
  let [steps, followed] = [0, 0];
  for (let turn = 0; turn < 200; turn += 1) {
    const from = below(90);
    const state = { ...everything(), from, to: from + below(30), known: turn % 50 === 49 ? 30 : null };
    const visible = remembering.select(state, null);
    if (below(10) === 0) continue; // a selection that isn't drawn
    steps += visible.changed ? 1 : 0;
    assert.equal(kept.isNear(visible), visible.changed !== null && visible.turn === followed + 1);
    atOnce(kept.follow(visible));
    followed = visible.turn;
    const anew = makeClusterTally(columns, clusters);
    atOnce(anew.follow(select(columns, state, null)));
    for (const name of ["places", "kinds", "faint", "contested", "repeated"]) assert.deepEqual(kept[name], anew[name], `${name} in turn ${turn}`);
  }
  assert.ok(steps > 100);
});

test("counts that were left half done are near to no selection", () => {
  const below = seeded(22);
  const columns = columnsOf(claims(below), SITES);
  const clusters = atOnce(makeClusters(scattered(below), ORDER, 2 ** 11));
  const { select: selectNext } = makeSelector(columns);
  const bundles = makeBundles(arrowsOf([{ claim: 0, from: 0, to: 1 }]), columns);
  atOnce(bundles.regroup(clusters.of));
  const before = selectNext(everything(), null);
  for (const counts of [makeClusterTally(columns, clusters), bundles]) {
    atOnce(counts.follow(before));
    assert.ok(counts.isNear(before));
    counts.follow(selectNext({ ...everything(), clock: "reported" }, null)).next();
    assert.ok(!counts.isNear(before));
    selectNext(everything(), null);
  }
});

test("a claim of several sites of one cluster is counted once", () => {
  const world = sitesOf([{ lat: 50, lon: 30 }, { lat: 50, lon: 30.01 }, { lat: 10, lon: 0 }]).world;
  const clusters = atOnce(makeClusters(world, Uint32Array.of(0, 1, 2), 2 ** 11));
  const columns = columnsOf([{ sites: [0, 1, 2], kind: "moved" }, { sites: [1], kind: "said" }]);
  const tally = makeClusterTally(columns, clusters);
  atOnce(tally.follow(select(columns, everything(), null)));
  assert.deepEqual([...tally.places], [2, 1]);
  assert.deepEqual([...tally.kinds.subarray(0, 4)], [2, 0, 0, 1]);
  assert.deepEqual([...tally.repeated], [1, 0]);
});

test("of the clusters beyond the view each side has its number of places and the nearest three", () => {
  const below = seeded(5);
  const world = scattered(below);
  const clusters = atOnce(makeClusters(world, ORDER, 2 ** 13));
  const lens = { scale: 2 ** 13, left: -4700, top: -2500 };
  const [width, height] = [200, 160];
  const view = viewClusters(clusters, world, lens, { width, height, margin: { x: 50, y: 40 } });
  const placed = Array.from({ length: clusters.size }, (_, cluster) => {
    const [x, y] = [lens.left + world.x[clusters.seed[cluster]] * lens.scale, lens.top + world.y[clusters.seed[cluster]] * lens.scale];
    const isIn = x >= 0 && y >= 0 && x <= width && y <= height;
    return { cluster, x, y, side: isIn ? "" : sideOf(x - width / 2, y - height / 2), far: Math.hypot(x - width / 2, y - height / 2) };
  });
  const onSheet = placed.filter(({ x, y }) => x >= -50 && y >= -40 && x <= width + 50 && y <= height + 40);
  assert.deepEqual(view.inside.map(({ cluster }) => cluster), onSheet.map(({ cluster }) => cluster));
  assert.ok(onSheet.length > 0);
  for (let turn = 0; turn < 30; turn += 1) {
    const places = Uint32Array.from({ length: clusters.size }, () => below(3));
    const found = view.beyond(places);
    const out = placed.filter(({ cluster, side }) => side && places[cluster] > 0);
    assert.deepEqual([...found.keys()].toSorted(), [...new Set(out.map(({ side }) => side))].toSorted());
    for (const [side, { count, nearest }] of found) {
      const there = out.filter((each) => each.side === side).toSorted((a, b) => a.far - b.far);
      assert.equal(count, there.reduce((sum, { cluster }) => sum + places[cluster], 0));
      assert.deepEqual(nearest, there.slice(0, 3).map(({ cluster }) => cluster));
    }
  }
});

const pixel = ([x, y], [left, top]) => ({ x: (x - left) * 256 * 2 ** 5, y: (y - top) * 256 * 2 ** 5 });
/** Canvases that keep the pixels put on them in `data`, and whose colours are all the same grey. */
function fakeCanvases() {
  const canvases = [];
  const canvas = () => {
    const self = { width: 0, height: 0 };
    const context = {
      createImageData: (width, height) => ({ width, data: new Uint8ClampedArray(4 * width * height) }),
      getImageData: () => ({ data: [100, 100, 100, 255] }),
      clearRect(x, y, width, height) {
        for (let row = y; self.data && row < y + height; row += 1) self.data.fill(0, 4 * (row * self.width + x), 4 * (row * self.width + x + width));
      },
      fillRect() {},
      putImageData(image, x, y, left, top, width, height) {
        self.data ??= new Uint8ClampedArray(4 * self.width * self.height);
        for (let row = top; row < top + height; row += 1) {
          const from = 4 * (row * image.width + left);
          self.data.set(image.data.subarray(from, from + 4 * width), 4 * ((y + row) * self.width + x + left));
        }
      },
      drawImage() {},
    };
    return Object.assign(self, { getContext: () => context });
  };
  globalThis.document = { createElement: () => canvases[canvases.push(canvas()) - 1] };
  return canvases;
}

test("hairlines that came and went leave the picture of those that are there, and more of them are darker", () => {
  const below = seeded(4);
  const [width, height] = [90, 60];
  const canvases = fakeCanvases();
  const line = () => [below(160) - 40, below(100) - 20, below(160) - 40, below(100) - 20];
  const kept = makeHairlines(width, height);
  const there = [];
  for (let turn = 0; turn < 40; turn += 1) {
    const one = there.length > 30 || (there.length > 5 && below(3) === 0) ? there.splice(below(there.length), 1)[0] : null;
    if (one) kept.add(...one, -1);
    else kept.add(...there[there.push(line()) - 1], 1);
    if (turn === 20) {
      kept.clear();
      there.length = 0;
    }
    if (below(2)) continue;
    atOnce(kept.update("grey"));
    const anew = makeHairlines(width, height);
    for (const each of there) anew.add(...each, 1);
    atOnce(anew.update("grey"));
    assert.deepEqual(canvases[0].data, canvases.at(-1).data);
  }
  const opacity = (many) => {
    const some = makeHairlines(width, height);
    for (let i = 0; i < many; i += 1) some.add(0, 5, 80, 5, 1);
    atOnce(some.update("grey"));
    return canvases.at(-1).data[4 * (5 * width + 40) + 3];
  };
  const [none, one, ten, thousand] = [0, 1, 10, 1000].map(opacity);
  assert.ok(none === 0 && one > 10 && ten > one && thousand >= ten && thousand < 128);
});

test("however many hairlines lie on a pixel, the picture forgets none: once most of them went, it shows the others", () => {
  const [width, height] = [40, 10];
  const canvases = fakeCanvases();
  const shadeOf = (many) => {
    const lines = makeHairlines(width, height);
    for (let i = 0; i < many; i += 1) lines.add(0, 5, 30, 5, 1);
    atOnce(lines.update("grey"));
    return canvases.at(-1).data[4 * (5 * width + 20) + 3];
  };
  const kept = makeHairlines(width, height);
  const picture = canvases.at(-1);
  const seen = (many) => {
    atOnce(kept.update("grey"));
    assert.equal(picture.data[4 * (5 * width + 20) + 3], shadeOf(Math.min(many, 100)), `${many} lines`);
  };
  for (const turn of [1, 2]) {
    for (let many = 1; many <= 800; many += 1) {
      kept.add(0, 5, 30, 5, 1);
      if (many % 7 === turn) seen(many);
    }
    for (let many = 799; many >= 0; many -= 1) {
      kept.add(0, 5, 30, 5, -1);
      if (many < 30 || many % 7 === turn) seen(many);
    }
  }
});

const SHEET = { width: 400, height: 300, margin: { x: 100, y: 75 }, zoom: 5, whole: true, at: (lat, lon) => pixel(worldPoint(lat, lon), worldPoint(52, 26)) };
const MOVED = { ...SHEET, at: (lat, lon) => pixel(worldPoint(lat, lon), worldPoint(53, 27)) };
const measure = (text) => text.length * 7;
const PLACES = [{ lat: 50, lon: 30, name: "Great Town" }, { lat: 50.01, lon: 30.01, name: "Small Town" }, { lat: 48, lon: 36, name: "An Oblast", extent: [46, 33, 50, 39] }];

function sceneOf(told, arrows = [], state = {}) {
  const story = storyOf({ sites: PLACES, claims: told, arrows: arrows.map((arrow) => ({ path: null, date: "2024", number: "10", missing: [], ...arrow })) });
  fakeCanvases();
  return makeCrowdedScene(story).scene(select(story.columns, { ...everything(), ...state }, null), SHEET, measure, []);
}

test("a mark is named after the place that the most claims name, of those that the window lets through", () => {
  const told = [{ sites: [0], earliest: 1, latest: 1 }, { sites: [0], earliest: 1, latest: 1 }, { sites: [1], earliest: 9, latest: 9 }];
  assert.deepEqual(sceneOf(told).marks.map(({ name, count }) => [name, count]), [["Great Town +1", 3]]);
  const [later] = sceneOf(told, [], { from: 5 }).marks;
  assert.deepEqual([later.name, later.count, later.sites], ["Small Town", 1, [1]]);
});

test("an area that is alone in its cluster is drawn as an area, and no other mark is", () => {
  const scene = sceneOf([{ sites: [2] }, { sites: [0] }]);
  assert.deepEqual(scene.marks.map(({ name, extent }) => [name, extent && Math.round(extent.width)]).toSorted(), [["An Oblast", 137], ["Great Town", null]]);
});

test("an arrow of many movements has a style, a kind, and is pale only where all of those shown are", () => {
  const moves = (patch) => ({ sites: [0, 2], moves: true, kind: "moved", earliest: 9, latest: 12, ...patch });
  const bundle = (odd, state) => {
    const told = Array.from({ length: 50 }, (_, i) => moves(i ? { hedged: true } : odd));
    const { arrows } = sceneOf(told, told.map((_, claim) => ({ claim, from: 0, to: 2 })), state);
    assert.equal(arrows.length, 1);
    return arrows[0];
  };
  assert.deepEqual([bundle({ hedged: true }).style, bundle({ hedged: false }).style], ["dotted", "solid"]);
  const hidden = bundle({ hedged: false, kind: "planned", earliest: 1, latest: 1 }, { from: 5 });
  assert.deepEqual([hidden.style, hidden.kind, hidden.claim, hidden.words], ["dotted", "moved", 1, ["49 movements"]]);
  assert.deepEqual([bundle({}, { from: 10 }).faint, bundle({ earliest: 10 }, { from: 10 }).faint], [true, false]);
});

/** Many movements between two places, and a crowded scene of them. */
function manyLines(count) {
  const told = Array.from({ length: count }, (_, i) => ({ sites: [0, 2], moves: true, kind: "moved", earliest: i % 90, latest: i % 90 }));
  return storyOf({ sites: PLACES, claims: told, arrows: told.map((_, claim) => ({ claim, from: 0, to: 2, path: null, date: "2024", number: "10", missing: [] })) });
}

/** The hairlines of a story's selection, drawn at once. */
function pictureOf(story, state, sheet) {
  const canvases = fakeCanvases();
  const { hairlines } = makeCrowdedScene(story).scene(select(story.columns, { ...everything(), ...state }, null), sheet, measure, []);
  hairlines.paint({ drawImage() {} }, "grey");
  return canvases.at(-1).data;
}

/** Turns of the least work: each look at the clock finds that time is up. */
function leapingClock(t) {
  let now = 0;
  t.mock.method(performance, "now", () => (now += 100));
}

async function someTurns() {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
}

test("hairlines that are too many for a frame come in turns, and then the picture is that of those that are drawn at once", async (t) => {
  leapingClock(t);
  const story = manyLines(3000);
  const visible = select(story.columns, everything(), null);
  const pictures = [true, false].map((whole) => {
    const canvases = fakeCanvases();
    const crowd = makeCrowdedScene(story);
    const painted = crowd.scene(visible, { ...SHEET, whole }, measure, []);
    painted.hairlines.paint({ drawImage() {} }, "grey");
    return { crowd, shown: () => canvases.at(-1).data };
  });
  const [whole, turned] = pictures;
  assert.ok(whole.shown().some((byte) => byte > 0));
  assert.equal(turned.shown(), undefined);
  assert.equal(await whole.crowd.finish({ ring: "grey" }), false);
  assert.equal(await turned.crowd.finish({ ring: "grey" }), true);
  assert.deepEqual(turned.shown(), whole.shown());
});

test("hairlines in turns follow what is shown meanwhile", async (t) => {
  leapingClock(t);
  const story = manyLines(6000);
  const { select: selectNext } = makeSelector(story.columns);
  const canvases = fakeCanvases();
  const crowd = makeCrowdedScene(story);
  const draw = (state, sheet = SHEET) => crowd.scene(selectNext({ ...everything(), ...state }, null), { ...sheet, whole: false }, measure, []);
  draw({});
  const first = crowd.finish({ ring: "grey" });
  await someTurns();
  draw({ from: 3 });
  assert.equal(await first, false);
  assert.equal(await crowd.finish({ ring: "grey" }), true);
  const picture = canvases.at(-1);
  assert.deepEqual(picture.data, pictureOf(story, { from: 3 }, SHEET));
  draw({ from: 3 }, MOVED);
  const moved = crowd.finish({ ring: "grey" });
  await someTurns();
  draw({ from: 3 });
  assert.equal(await moved, false);
  assert.equal(await crowd.finish({ ring: "grey" }), true);
  assert.deepEqual(picture.data, pictureOf(story, { from: 3 }, SHEET));
});

test("what is being counted for another zoom is given up where the map is drawn meanwhile, and spoils nothing", async (t) => {
  leapingClock(t);
  const story = manyLines(100);
  const visible = select(story.columns, everything(), null);
  fakeCanvases();
  const crowd = makeCrowdedScene(story);
  const places = (scene) => scene.marks.map(({ sites, count }) => [sites, count]);
  assert.equal(crowd.isReady(visible, 5), false);
  await crowd.prepare(visible, 5);
  assert.equal(crowd.isReady(visible, 5), true);
  const before = places(crowd.scene(visible, SHEET, measure, []));
  const preparing = crowd.prepare(visible, 0);
  for (let wait = 0; wait < 1000 && crowd.isReady(visible, 5); wait += 1) await new Promise(setImmediate);
  assert.equal(crowd.isReady(visible, 5), false);
  assert.deepEqual(places(crowd.scene(visible, SHEET, measure, [])), before);
  await preparing;
  assert.equal(crowd.isReady(visible, 5), true);
  assert.equal(crowd.isReady(visible, 0), false);
  assert.deepEqual(places(crowd.scene(visible, SHEET, measure, [])), before);
});
