/**
 * What stands where on the map of a story with many sites: marks of clusters, the busiest links as arrows, the others as
 * hairlines. What it costs follows the screen and what a step changes. It draws nothing.
 */

import { strokeWidth } from "./arrows.js";
import { makeBundles } from "./bundles.js";
import { makeClusters } from "./clusters.js";
import { makeClusterTally } from "./clustertally.js";
import { viewClusters } from "./clusterview.js";
import { countedOrder } from "./countedorder.js";
import { inWords, plural } from "./dom.js";
import { greatCircle } from "./greatcircle.js";
import { makeHairlines } from "./hairlines.js";
import { extentBox, KINDS, makeRings } from "./marks.js";
import { movementStyle } from "./movements.js";
import { arrowItem, layOut, nameApart, placeArrows } from "./scene.js";
import { atOnce, inTurns } from "./turns.js";
import { lensOf, WORLD_PX } from "./world.js";

export const MOST_APART = 100; // sites of a story whose marks are still compared one with another
const MOST_SINGLE = 40; // movements in view that are drawn each for itself
const MOST_BUNDLES = 24; // else so many links of the most movements are drawn as arrows
const MOST_BUNDLE_LABELS = 8;
const LEAST_RADIUS = 4;
const MOST_RADIUS = 18;
const MOST_LABELS = 90;
const LINES = 250; // hairlines, a millisecond's work
const LINES_AT_ONCE = 2_000; // more than a step brings; of more, as where the view has moved, all follow in turns
const MOST_NAMED = 150; // marks of which the names are loaded

/**
 * @typedef {object} CrowdedScene
 * @property {(visible: import("./selector.js").Visible, zoom: number) => boolean} isReady whether no more than a step is to be counted
 *   before the map can be drawn
 * @property {(visible: import("./selector.js").Visible, zoom: number) => Promise<void>} prepare count what else is, in turns; kept once
 *   that is done or given up, because something else was counted meanwhile
 * @property {(visible: import("./selector.js").Visible, sheet: object, measure: (text: string, bold: boolean) => number, obstacles: object[]) => import("./scene.js").Scene} scene as `makeScene` makes it
 * @property {(visible: object, sheet: object, kmTo: (site: number) => number) => Map<string, import("./edges.js").Beyond>} beyond what is out of view, by side
 * @property {() => {sites: number[], arrows: number[]}} missing the words that labels still lack
 * @property {(colours: Record<string, string>) => Promise<boolean>} finish add the hairlines that were too many for one frame, in turns; kept
 *   with whether the picture has others now
 */

/** @param {object} story the store @returns {CrowdedScene} */
export function makeCrowdedScene(story) {
  const { sites, arrows, columns } = story;
  const { world } = sites;
  const { weight } = columns.places;
  const heaviest = weight.reduce((most, each) => Math.max(most, each), 0);
  const bundles = makeBundles(arrows, columns);
  let counting = null; // the newest work on what is shown of them: what was begun before must not go on
  let zoom = null; // that the sites are gathered for
  let clusters = null;
  let told = null; // of each cluster, what is shown of it
  let weightIn = null; // of each cluster, how many claims of the whole story name its sites
  let view = null; // where they lie
  let claimsNow = null; // shown claims of each site
  let hairlines = null;
  let hairView = "";
  const drawn = new Uint8Array(bundles.on.length); // arrows that are among the hairlines
  let adding = null; // the work that is left to have all that are shown among them, and no other
  let atEdges = []; // sites that a notice names
  let missingSites = [];
  let missingArrows = [];

  /**
   * Gather the sites anew; only another zoom asks for it.
   * @yields now and then
   */
  function* regroup(now) {
    zoom = null; // until all is gathered
    const order = yield* countedOrder(sites.size, (site) => heaviest - weight[site], 0, heaviest);
    clusters = yield* makeClusters(world, order, WORLD_PX * 2 ** now);
    yield* bundles.regroup(clusters.of);
    told = makeClusterTally(columns, clusters);
    weightIn = new Uint32Array(clusters.size);
    for (let site = 0; site < sites.size; site += 1) weightIn[clusters.of[site]] += weight[site];
    view = null;
    hairView = "";
    zoom = now;
  }

  function* countAnew(visible, now) {
    if (now !== zoom) yield* regroup(now);
    yield* told.follow(visible);
    yield* bundles.follow(visible);
  }

  async function prepare(visible, now) {
    const mine = countAnew(visible, now);
    counting = mine;
    await inTurns(mine, () => mine === counting);
  }

  function prepareNow(visible, now) {
    counting = countAnew(visible, now);
    atOnce(counting);
  }

  /** Look anew where the clusters lie; only another view asks for it. */
  function lookFrom(sheet) {
    const lens = lensOf(sheet);
    const { width, height, margin } = sheet;
    const from = [lens.left, lens.top, zoom, width, height, margin.x].join();
    if (from === view?.from) return view;
    const found = viewClusters(clusters, world, lens, sheet);
    view = { ...found, from, lens, most: found.inside.reduce((most, { cluster }) => Math.max(most, weightIn[cluster]), 1) };
    return view;
  }

  function marksIn({ inside, most }, { at }) {
    const marked = inside.filter(({ cluster }) => told.places[cluster] > 0);
    return marked.map((each) => markOf(each, most, at)).toSorted((a, b) => b.count - a.count || a.cluster - b.cluster);
  }

  function markOf({ cluster, x, y }, most, at) {
    const kinds = [...told.kinds.subarray(cluster * 4, cluster * 4 + 4)];
    const named = kinds[0] + kinds[1] + kinds[2] + kinds[3];
    const count = named - told.repeated[cluster];
    const places = told.places[cluster];
    const site = namesake(cluster);
    return {
      cluster,
      site,
      x,
      y,
      radius: inHalves(LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(Math.min(1, count / most))),
      kinds,
      count,
      places,
      faint: told.faint[cluster] === named,
      contested: told.contested[cluster] > 0,
      extent: places === 1 ? extentBox(sites.extents.get(site), at) : null,
      has: (each) => clusters.of[each] === cluster,
      get sites() {
        return [...clusters.members(cluster)].filter((each) => claimsNow[each] > 0);
      },
      name: nameOf(site, places),
    };
  }

  /** The site that a mark is named after: the one it is gathered about, or of those that are shown the weightiest. */
  function namesake(cluster) {
    const seed = clusters.seed[cluster];
    if (claimsNow[seed] > 0) return seed;
    let best = -1;
    for (const site of clusters.members(cluster)) if (claimsNow[site] > 0 && (best < 0 || weight[site] > weight[best])) best = site;
    return best;
  }

  function nameOf(site, places) {
    const name = story.siteWords(site)?.name;
    return name && (places > 1 ? `${name} +${inWords(places - 1)}` : name);
  }

  function linesIn(visible, sheet, markAt) {
    const { single, bundled } = bundles.inView(viewOf(sheet), world, MOST_SINGLE, MOST_BUNDLES);
    missingArrows = single.filter((arrow) => story.arrowWords(arrow) === null);
    const items = single.length > 0 ? single.map((arrow) => withPath(arrowItem(story, visible, arrow))) : bundled.map((bundle) => withPath(bundleItem(bundle, visible)));
    const placed = placeArrows(items.filter(({ from, to }) => markAt(from) ?? markAt(to)), sheet, markAt);
    if (single.length > 0) nameApart(story, visible, placed, single);
    return placed;
  }

  function withPath(item) {
    return item.path === null && item.from >= 0 && item.to >= 0 ? { ...item, path: greatCircle(markedPlace(item.from), markedPlace(item.to)) } : item;
  }

  /** Where the mark of a site is. */
  function markedPlace(site) {
    return sites.point(clusters.seed[clusters.of[site]]);
  }

  /** Many movements over one link: of a kind, a style and faint only where they all are. */
  function bundleItem({ from: start, to: end, shown, planned, arrows: members }, visible) {
    const [from, to] = [start, end].map((site) => (site < 0 ? site : clusters.seed[clusters.of[site]]));
    const [arrow] = members();
    const claim = arrows.claim[arrow];
    const kindOf = (each) => columns.kind(arrows.claim[each]);
    const styleOf = (each) => movementStyle(columns, visible.day, arrows.claim[each]);
    const ahead = planned === shown ? "planned or forecast" : planned > 0 && `${inWords(planned)} planned`;
    return {
      from,
      to,
      arrow,
      path: null,
      claim,
      words: [plural(shown, "movement"), ahead].filter(Boolean),
      kind: agree(members(), kindOf, kindOf(arrow)) ? KINDS[kindOf(arrow)] : "moved",
      style: agree(members(), styleOf, styleOf(arrow)) ? styleOf(arrow) : "solid",
      faint: agree(members(), (each) => visible.isFaint(arrows.claim[each]), true),
      width: inHalves(strokeWidth(10 * shown)),
      bundle: { from, to, claim },
    };
  }

  /** The whole view anew where it has moved; else only the links that came or went. What isn't done at once leaves the picture as it was. */
  function hairlinesIn(sheet, { from: seenFrom, lens }) {
    const { width, height, margin } = sheet;
    const moved = seenFrom !== hairView;
    if (moved) {
      hairView = seenFrom;
      const [wide, high] = [width + 2 * margin.x, height + 2 * margin.y];
      if (hairlines?.width === wide && hairlines.height === high) hairlines.clear();
      else hairlines = makeHairlines(wide, high);
      drawn.fill(0);
    }
    const changes = changedArrows();
    adding = addLines(changes, lens, margin);
    if (sheet.whole || changes.length <= LINES_AT_ONCE) {
      atOnce(adding);
      adding = null;
    }
    const paint = (context, colour) => {
      if (!adding) atOnce(hairlines.update(colour));
      hairlines.paint(context, -margin.x, -margin.y);
    };
    const box = adding ? null : hairlines.changed();
    return { paint, changed: moved ? { x: 0, y: 0, width, height } : box && { ...box, x: box.x - margin.x, y: box.y - margin.y } };
  }

  /** Of most four in a row nothing has changed. */
  function changedArrows() {
    const changed = [];
    const [now, before] = [bundles.on, drawn].map(({ buffer }) => new Uint32Array(buffer));
    for (let four = 0; four < now.length; four += 1) {
      if (now[four] === before[four]) continue;
      for (let arrow = four * 4; arrow < four * 4 + 4; arrow += 1) if (bundles.on[arrow] !== drawn[arrow]) changed.push(arrow);
    }
    return changed;
  }

  function* addLines(changes, lens, margin) {
    for (let i = 0; i < changes.length; i += 1) {
      if (i % LINES === LINES - 1) yield;
      const arrow = changes[i];
      addLine(arrow, bundles.on[arrow] - drawn[arrow], lens, margin);
      drawn[arrow] = bundles.on[arrow];
    }
  }

  function addLine(arrow, by, lens, margin) {
    const [a, b] = [arrows.from[arrow], arrows.to[arrow]];
    if (a < 0 || b < 0 || clusters.of[a] === clusters.of[b]) return;
    const half = lens.scale / 2;
    const x0 = lens.left + world.x[a] * lens.scale + margin.x;
    let x1 = lens.left + world.x[b] * lens.scale + margin.x;
    if (x1 - x0 > half) x1 -= lens.scale; // the short way round
    else if (x0 - x1 > half) x1 += lens.scale;
    hairlines.add(x0, lens.top + world.y[a] * lens.scale + margin.y, x1, lens.top + world.y[b] * lens.scale + margin.y, by);
  }

  async function finish({ ring }) {
    const mine = adding;
    if (!mine) return false;
    return (await inTurns(addRest(mine, ring), () => mine === adding)) === true;
  }

  function* addRest(work, colour) {
    yield* work;
    yield* hairlines.update(colour);
    adding = null;
    return true;
  }

  function viewOf(sheet) {
    const { scale, left, top } = lensOf(sheet);
    return { west: -left / scale, east: (sheet.width - left) / scale, north: -top / scale, south: (sheet.height - top) / scale };
  }

  function scene(visible, sheet, measure, obstacles) {
    prepareNow(visible, sheet.zoom);
    const seen = lookFrom(sheet);
    claimsNow = visible.tally.claims;
    const marks = marksIn(seen, sheet);
    const byCluster = new Map(marks.map((mark) => [mark.cluster, mark]));
    const markAt = (site) => byCluster.get(clusters.of[site]);
    const placed = linesIn(visible, sheet, markAt);
    const lines = hairlinesIn(sheet, seen);
    missingSites = [...marks.slice(0, MOST_NAMED).map(({ site }) => site), ...atEdges].filter((site) => story.siteWords(site) === null);
    const single = marks.flatMap(({ cluster, site, places }) => (places === 1 && site === clusters.seed[cluster] ? [site] : []));
    const rings = makeRings(sites, single, sheet.at);
    return layOut({ marks, arrows: placed, rings, hairlines: lines, mostLabels: MOST_LABELS, mostArrowLabels: placed[0]?.bundle ? MOST_BUNDLE_LABELS : MOST_SINGLE }, sheet, measure, obstacles);
  }

  /** The twin of `outOfView`, by clusters. */
  function beyond(visible, sheet, kmTo) {
    prepareNow(visible, sheet.zoom);
    const seen = lookFrom(sheet);
    claimsNow = visible.tally.claims;
    const sides = [...seen.beyond(told.places)].map(([side, { count, nearest }]) => [side, { count, nearest: nearest.map(namesake) }]);
    atEdges = sides.flatMap(([, { count, nearest }]) => (count === 1 ? nearest : []));
    return new Map(sides.map(([side, { count, nearest }]) => [side, { count, nearest, km: kmTo(nearest[0]) }]));
  }

  return {
    isReady: (visible, now) => now === zoom && told.isNear(visible) && bundles.isNear(visible),
    prepare,
    scene,
    beyond,
    missing: () => ({ sites: missingSites, arrows: missingArrows }),
    finish,
  };
}

/** Pixels by halves: where a step changes a count by little, the arrows that end at a mark stay as they are. */
function inHalves(pixels) {
  return Math.round(pixels * 2) / 2;
}

function agree(arrows, answer, wanted) {
  for (const arrow of arrows) if (answer(arrow) !== wanted) return false;
  return true;
}
