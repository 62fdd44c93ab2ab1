/**
 * What stands where on the map of a story with many sites: marks of clusters, the busiest links as arrows, the others as
 * hairlines. What it costs follows the screen and what a step changes. It draws nothing.
 */

import { strokeWidth } from "./arrows.js";
import { makeBundles } from "./bundles.js";
import { makeClusters } from "./clusters.js";
import { countedOrder } from "./countedorder.js";
import { plural } from "./dom.js";
import { sideOf } from "./edges.js";
import { greatCircle } from "./greatcircle.js";
import { makeHairlines } from "./hairlines.js";
import { KINDS } from "./marks.js";
import { movementStyle } from "./movements.js";
import { arrowItem, layOut, nameApart, placeArrows } from "./scene.js";
import { OUT } from "./selection.js";
import { lensOf, WORLD_PX, worldOf } from "./world.js";

export const MOST_APART = 400; // sites of a story whose marks are still compared one with another
const MOST_SINGLE = 40; // movements in view that are drawn each for itself
const MOST_BUNDLES = 24; // else so many links of the most movements are drawn as arrows
const MOST_BUNDLE_LABELS = 8;
const LEAST_RADIUS = 4;
const MOST_RADIUS = 18;
const MOST_LABELS = 90;
const MOST_NAMED = 150; // marks of which the names are loaded
const MOST_NAMED_AT_EDGE = 3;

/**
 * @param {object} story the store
 * @returns {{scene: (visible: import("./selection.js").Visible, sheet: object, measure: (text: string, bold: boolean) => number, obstacles: object[]) => import("./scene.js").Scene, beyond: (visible: object, sheet: object, kmTo: (site: number) => number) => Map<string, import("./edges.js").Beyond>, missing: () => {sites: number[], arrows: number[]}}}
 *   `scene` as `makeScene` makes it; `beyond` what is out of view, by side; `missing` the words that labels still lack
 */
export function makeCrowdedScene(story) {
  const { sites, arrows, columns } = story;
  const world = worldOf(sites);
  const weight = weights(columns);
  const heaviest = weight.reduce((most, each) => Math.max(most, each), 0);
  const order = countedOrder(sites.size, (site) => heaviest - weight[site], 0, heaviest);
  const bundles = makeBundles(arrows, columns);
  let zoom = null;
  let clusters = null;
  let told = null; // of each cluster, what is shown of it
  let hairlines = null;
  let hairView = "";
  let atEdges = []; // sites that a notice names
  let missingSites = [];
  let missingArrows = [];

  /** Gather the sites anew; only another zoom asks for it. */
  function regroup(now) {
    zoom = now;
    clusters = makeClusters(world, order, WORLD_PX * 2 ** zoom);
    bundles.regroup(clusters.of);
    told = { turn: -1, places: new Uint32Array(clusters.size), kinds: new Uint32Array(clusters.size * 4), faint: new Uint32Array(clusters.size), contested: new Uint32Array(clusters.size), repeated: new Uint32Array(clusters.size), weight: new Float64Array(clusters.size) };
    for (let site = 0; site < sites.size; site += 1) told.weight[clusters.of[site]] += weight[site];
    hairView = "";
  }

  function tallyClusters(visible) {
    const { turn, tally } = visible;
    if (told.turn === turn) return;
    told.turn = turn;
    told.tally = tally;
    for (const name of ["places", "kinds", "faint", "contested", "repeated"]) told[name].fill(0);
    const { of } = clusters;
    for (let site = 0; site < sites.size; site += 1) {
      if (tally.claims[site] === 0) continue;
      const cluster = of[site];
      told.places[cluster] += 1;
      told.faint[cluster] += tally.faint[site];
      told.contested[cluster] += tally.contested[site];
      for (let kind = 0; kind < 4; kind += 1) told.kinds[cluster * 4 + kind] += tally.kinds[site * 4 + kind];
    }
    for (const claim of columns.several) if (visible.verdict[claim] !== OUT) countRepeated(claim);
  }

  /** A claim of several of the gathered sites counts once. */
  function countRepeated(claim) {
    const { offsets, sites: named } = columns.places;
    for (let i = offsets[claim] + 1; i < offsets[claim + 1]; i += 1) {
      for (let k = offsets[claim]; k < i; k += 1) {
        if (clusters.of[named[k]] !== clusters.of[named[i]]) continue;
        told.repeated[clusters.of[named[i]]] += 1;
        break;
      }
    }
  }

  function marksIn(sheet, lens) {
    const { width, height, margin } = sheet;
    const inside = [];
    let most = 1;
    for (let cluster = 0; cluster < clusters.size; cluster += 1) {
      const seed = clusters.seed[cluster];
      const x = lens.left + world.x[seed] * lens.scale;
      const y = lens.top + world.y[seed] * lens.scale;
      if (x < -margin.x || y < -margin.y || x > width + margin.x || y > height + margin.y) continue;
      most = Math.max(most, told.weight[cluster]);
      if (told.places[cluster] > 0) inside.push({ cluster, x, y });
    }
    return inside.map((each) => markOf(each, most)).toSorted((a, b) => b.count - a.count || a.cluster - b.cluster);
  }

  function markOf({ cluster, x, y }, most) {
    const kinds = [...told.kinds.subarray(cluster * 4, cluster * 4 + 4)];
    const named = kinds[0] + kinds[1] + kinds[2] + kinds[3];
    const count = named - told.repeated[cluster];
    const seed = clusters.seed[cluster];
    const places = told.places[cluster];
    return {
      cluster,
      x,
      y,
      radius: LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(Math.min(1, count / most)),
      kinds,
      count,
      places,
      faint: told.faint[cluster] === named,
      contested: told.contested[cluster] > 0,
      extent: null,
      has: (site) => clusters.of[site] === cluster,
      get sites() {
        return [...clusters.members(cluster)].filter((site) => told.tally.claims[site] > 0);
      },
      name: nameOf(seed, places),
    };
  }

  function nameOf(seed, places) {
    const name = story.siteWords(seed)?.name;
    return name && (places > 1 ? `${name} +${(places - 1).toLocaleString("en-GB")}` : name);
  }

  function linesIn(visible, sheet, markAt) {
    const { single, bundled } = bundles.inView(visible, viewOf(sheet), world, MOST_SINGLE, MOST_BUNDLES);
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
    const seed = clusters.seed[clusters.of[site]];
    return [sites.lat[seed], sites.lon[seed]];
  }

  /** Many movements over one link: of one kind and style only if they all are. */
  function bundleItem({ from: start, to: end, shown, first, planned }, visible) {
    const [from, to] = [start, end].map((site) => (site < 0 ? site : clusters.seed[clusters.of[site]]));
    const claim = arrows.claim[first];
    const ahead = planned === shown ? "planned or forecast" : planned > 0 && `${planned.toLocaleString("en-GB")} planned`;
    return { from, to, arrow: first, path: null, claim, words: [plural(shown, "movement"), ahead].filter(Boolean), kind: planned === shown ? "planned" : KINDS[columns.kind[claim]], style: planned === shown ? "dashed" : shown === 1 ? movementStyle(columns, visible.day, claim) : "solid", faint: false, width: strokeWidth(10 * shown), bundle: { from, to, claim } };
  }

  /** The whole view anew where it has moved; else only the links that came or went. */
  function hairlinesIn(visible, sheet, lens) {
    const { width, height, margin, zoom: now } = sheet;
    const view = [lens.left, lens.top, now, width, height].join();
    const changed = bundles.changes(visible, view !== hairView);
    if (view !== hairView) {
      hairView = view;
      hairlines = makeHairlines(width + 2 * margin.x, height + 2 * margin.y);
    }
    const { from, to } = arrows;
    const half = lens.scale / 2;
    for (const each of changed) {
      const [arrow, by] = each < 0 ? [~each, -1] : [each, 1];
      const [a, b] = [from[arrow], to[arrow]];
      if (a < 0 || b < 0 || clusters.of[a] === clusters.of[b]) continue;
      const x0 = lens.left + world.x[a] * lens.scale + margin.x;
      let x1 = lens.left + world.x[b] * lens.scale + margin.x;
      if (x1 - x0 > half) x1 -= lens.scale; // the short way round
      else if (x0 - x1 > half) x1 += lens.scale;
      hairlines.add(x0, lens.top + world.y[a] * lens.scale + margin.y, x1, lens.top + world.y[b] * lens.scale + margin.y, by);
    }
    return { paint: (context, colour) => hairlines.paint(context, colour, -margin.x, -margin.y) };
  }

  function viewOf(sheet) {
    const { scale, left, top } = lensOf(sheet);
    return { west: -left / scale, east: (sheet.width - left) / scale, north: -top / scale, south: (sheet.height - top) / scale };
  }

  function scene(visible, sheet, measure, obstacles) {
    if (sheet.zoom !== zoom) regroup(sheet.zoom);
    tallyClusters(visible);
    const lens = lensOf(sheet);
    const marks = marksIn(sheet, lens);
    const byCluster = new Map(marks.map((mark) => [mark.cluster, mark]));
    const markAt = (site) => byCluster.get(clusters.of[site]);
    const placed = linesIn(visible, sheet, markAt);
    const lines = hairlinesIn(visible, sheet, lens);
    missingSites = [...marks.slice(0, MOST_NAMED).map(({ cluster }) => clusters.seed[cluster]), ...atEdges].filter((seed) => story.siteWords(seed) === null);
    const rings = marks.flatMap(({ cluster, places }) => (places === 1 ? [clusters.seed[cluster]] : []));
    return layOut({ marks, arrows: placed, rings, hairlines: lines, mostLabels: MOST_LABELS, mostArrowLabels: placed[0]?.bundle ? MOST_BUNDLE_LABELS : MOST_SINGLE }, sheet, measure, obstacles);
  }

  /** The twin of `outOfView`, by clusters. */
  function beyond(visible, sheet, kmTo) {
    if (sheet.zoom !== zoom) regroup(sheet.zoom);
    tallyClusters(visible);
    const lens = lensOf(sheet);
    const found = new Map();
    for (let cluster = 0; cluster < clusters.size; cluster += 1) {
      const count = told.places[cluster];
      if (count === 0) continue;
      const seed = clusters.seed[cluster];
      const x = lens.left + world.x[seed] * lens.scale;
      const y = lens.top + world.y[seed] * lens.scale;
      if (x >= 0 && x <= sheet.width && y >= 0 && y <= sheet.height) continue;
      const [dx, dy] = [x - sheet.width / 2, y - sheet.height / 2];
      const side = sideOf(dx, dy);
      const far = Math.hypot(dx, dy);
      if (!found.has(side)) found.set(side, { count: 0, nearest: [] });
      const there = found.get(side);
      there.count += count;
      there.nearest.push({ site: seed, far });
      if (there.nearest.length > 4 * MOST_NAMED_AT_EDGE) there.nearest = nearestOf(there.nearest);
    }
    const sides = [...found].map(([side, { count, nearest }]) => {
      const some = nearestOf(nearest).map(({ site }) => site);
      return [side, { count, nearest: some, km: kmTo(some[0]) }];
    });
    atEdges = sides.flatMap(([, { count, nearest }]) => (count === 1 ? nearest : []));
    return new Map(sides);
  }

  return { scene, beyond, missing: () => ({ sites: missingSites, arrows: missingArrows }) };
}

function nearestOf(some) {
  return some.toSorted((a, b) => a.far - b.far).slice(0, MOST_NAMED_AT_EDGE);
}

/** How many claims of the whole story name each site. */
function weights({ places: { sites, count } }) {
  const weight = new Uint32Array(count);
  for (const site of sites) weight[site] += 1;
  return weight;
}
