/** The base map: land, coast, borders and country names from the bundled Natural Earth data. */

import { FONT } from "./paint.js";
import { MAX_LATITUDE, WORLD_PX, worldPoint } from "./world.js";

const WORLDS = [-1, 0, 1];
const ARCS = 25; // of the coast, a millisecond's work
const NUDGES = [0, -18, 18, -36, 36]; // pixels by which a name may give way

/**
 * @param {object} data as basemap.md describes it
 * @returns {Generator<void, object>} paths in units of one world's width, ready to be drawn at any zoom
 * @yields now and then
 */
export function* readLandscape(data) {
  const arcs = [];
  for (const flat of data.arcs) {
    if (arcs.length % ARCS === 0) yield;
    arcs.push(decodeArc(flat, data.scale));
  }
  const follow = (line, path, close) => {
    let first = true;
    for (const index of line) {
      for (const [x, y] of arcs[index]) {
        if (first) path.moveTo(x, y);
        else path.lineTo(x, y);
        first = false;
      }
    }
    if (close) path.closePath();
  };
  const trace = function* (lines, close) {
    const path = new Path2D();
    for (let i = 0; i < lines.length; i += 1) {
      if (i % ARCS === 0) yield;
      follow(lines[i], path, close);
    }
    return path;
  };
  return { land: yield* trace(data.land, true), coast: yield* trace(data.coast, false), borders: yield* trace(data.borders, false) };
}

function decodeArc(flat, scale) {
  const points = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < flat.length; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    points.push(worldPoint(lat / scale, lon / scale));
  }
  return points;
}

/**
 * Draw the base map once per view; every step of time then copies the picture.
 * @param {object} landscape
 * @returns {(sheet: object, colours: Record<string, string>) => void}
 */
export function landscapePainter(landscape) {
  const copy = document.createElement("canvas");
  let drawn = "";
  return (sheet, colours) => {
    const { context, ratio, width, height, margin } = sheet;
    const origin = sheet.at(MAX_LATITUDE, -180);
    const key = [origin.x, origin.y, sheet.zoom, ratio, width, height, colours.land].join();
    if (key !== drawn) {
      copy.width = Math.round((width + 2 * margin.x) * ratio);
      copy.height = Math.round((height + 2 * margin.y) * ratio);
      drawLandscape(copy.getContext("2d"), landscape, { ...sheet, origin, size: WORLD_PX * 2 ** sheet.zoom }, colours);
      drawn = key;
    }
    context.drawImage(copy, -margin.x, -margin.y, copy.width / ratio, copy.height / ratio);
  };
}

function drawLandscape(context, landscape, { ratio, margin, origin, size, width, height }, colours) {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, width + 2 * margin.x, height + 2 * margin.y);
  for (const world of WORLDS) {
    const left = origin.x + margin.x + world * size;
    if (left > width + 2 * margin.x || left + size < 0) continue;
    context.setTransform(ratio * size, 0, 0, ratio * size, left * ratio, (origin.y + margin.y) * ratio);
    context.fillStyle = colours.land;
    context.fill(landscape.land, "evenodd");
    context.lineJoin = "round";
    context.lineWidth = 0.8 / size;
    context.strokeStyle = colours.coast;
    context.stroke(landscape.coast);
    context.strokeStyle = colours.border;
    context.lineWidth = 1 / size;
    context.stroke(landscape.borders);
  }
}

/**
 * Names of countries that have room on the screen, where nothing of the story lies. Where they may stand is looked for once
 * a view; a step of time then only asks what is free.
 * @typedef {{words: string, wide: number, x: number, y: number}} CountryName its middle and its width, in pixels
 * @param {[string, number, number, number, number[]][]} names as basemap.md describes them
 * @returns {{place: (sheet: object, crowds: import("./labels.js").Crowd[]) => CountryName[], paint: (sheet: object, colours: Record<string, string>, placed: CountryName[]) => void}}
 *   no name covers what the crowds hold
 */
export function makeCountryNames(names) {
  let candidates = [];
  let lookedIn = "";

  function place(sheet, crowds) {
    const corner = sheet.at(0, 0);
    const view = [corner.x, corner.y, sheet.zoom, sheet.width, sheet.height].join();
    if (view !== lookedIn) {
      lookedIn = view;
      candidates = inLetters(sheet, () => names.flatMap(([name, ...where]) => candidate(name.toUpperCase(), where, sheet) ?? []));
    }
    return candidates.flatMap(({ words, wide, ...spots }) => freeSpots(spots, wide, sheet, crowds).map(({ x, y }) => ({ words, wide, x, y })));
  }

  function paint(sheet, colours, placed) {
    inLetters(sheet, () => {
      sheet.context.fillStyle = colours.country;
      for (const { words, x, y } of placed) sheet.context.fillText(words, x, y);
    });
  }

  return { place, paint };
}

function inLetters({ context, zoom }, work) {
  context.save();
  context.font = `500 ${zoom < 4 ? 10.5 : 12}px ${FONT}`;
  context.letterSpacing = "1.5px";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const done = work();
  context.restore();
  return done;
}

function candidate(words, where, sheet) {
  const spots = spotsInView(where, () => sheet.context.measureText(words).width, sheet);
  return spots && { words, ...spots };
}

/**
 * @typedef {{wide: number, own: {x: number, y: number}[], parts: {x: number, y: number}[]}} Spots how many pixels a name takes, and where a name may stand: at the label's own
 *   place in every copy of the world, or in parts of the country
 * @param {[number, number, number, number[]]} where lon, lat and width of the label, and stretches of parallels
 * @param {() => number} measure tells how many pixels the name takes: a browser keeps all that it has measured, so what is out of view isn't
 * @param {object} sheet
 * @returns {Spots | null}
 */
export function spotsInView([lon, lat, degrees, stretches], measure, sheet) {
  const { at, zoom, width, height, margin } = sheet;
  const own = WORLDS.map((world) => at(lat, lon + world * 360)).filter(({ x, y }) => x >= -margin.x && y >= -margin.y && x <= width + margin.x && y <= height + margin.y);
  const parts = partsInView(stretches, sheet);
  if (own.length + parts.length === 0) return null;
  const wide = measure();
  if (wide > (degrees / 360) * WORLD_PX * 2 ** zoom * 0.9) return null;
  return { wide, own, parts: parts.filter(({ room }) => room >= wide / 0.8) };
}

/**
 * @param {Spots} spots
 * @param {number} wide pixels that the name takes
 * @param {object} sheet
 * @param {import("./labels.js").Crowd[]} crowds what no name may cover
 * @returns {{x: number, y: number}[]} where it stands: at all its own places; or, where none of these is in view and free, at
 *   one place in the part of the country that is
 */
export function freeSpots({ own: places, parts }, wide, { width, height }, crowds) {
  const isFree = ({ x, y }) => !crowds.some((crowd) => crowd.meets({ x: x - wide / 2, y: y - 8, width: wide, height: 16 }));
  const inView = ({ x, y }) => x >= wide / 2 && x <= width - wide / 2 && y >= 8 && y <= height - 8;
  const own = places.flatMap(({ x, y }) => NUDGES.map((by) => ({ x, y: y + by })).find(isFree) ?? []);
  if (own.some(inView)) return own;
  const elsewhere = parts.find(isFree);
  return elsewhere ? [elsewhere] : own;
}

/** Middles of the stretches in view, the longest first; of equal ones the nearest to the view's middle. */
function partsInView(stretches, { at, width, height }) {
  const parts = [];
  for (let i = 0; i < stretches.length; i += 3) {
    const [lat, west, east] = stretches.slice(i, i + 3);
    const { y } = at(lat, 0);
    if (y < 8 || y > height - 8) continue;
    for (const world of WORLDS) {
      const left = Math.max(0, at(lat, west + world * 360).x);
      const right = Math.min(width, at(lat, east + world * 360).x);
      if (right > left) parts.push({ x: (left + right) / 2, y, room: right - left });
    }
  }
  return parts.toSorted((a, b) => b.room - a.room || Math.abs(a.y - height / 2) - Math.abs(b.y - height / 2));
}
