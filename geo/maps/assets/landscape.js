/** The base map: land, coast, borders and country names from the bundled Natural Earth data. */

import { FONT } from "./paint.js";

const TILE = 256; // Leaflet's world is 256 pixels wide at zoom 0
const MAX_LATITUDE = 85.051129; // where the Web Mercator square ends
const WORLDS = [-1, 0, 1];
const NUDGES = [0, -18, 18, -36, 36]; // pixels by which a name may give way

/**
 * @param {object} data as basemap.md describes it
 * @returns {object} paths in units of one world's width, ready to be drawn at any zoom
 */
export function readLandscape(data) {
  const arcs = data.arcs.map((flat) => decodeArc(flat, data.scale));
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
  const trace = (lines, close) => {
    const path = new Path2D();
    for (const line of lines) follow(line, path, close);
    return path;
  };
  return { land: trace(data.land, true), coast: trace(data.coast, false), borders: trace(data.borders, false) };
}

function decodeArc(flat, scale) {
  const points = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < flat.length; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    points.push(unit(lat / scale, lon / scale));
  }
  return points;
}

/** Web Mercator (EPSG:3857) in units of the world's width, origin at the upper left. */
function unit(lat, lon) {
  const clipped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
  const sine = Math.sin((clipped * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
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
    const { context, ratio, margin } = sheet;
    const origin = sheet.at(MAX_LATITUDE, -180);
    const key = [origin.x, origin.y, sheet.zoom, ratio, sheet.width, sheet.height, colours.land].join();
    if (key !== drawn) {
      copy.width = context.canvas.width;
      copy.height = context.canvas.height;
      drawLandscape(copy.getContext("2d"), landscape, { ...sheet, origin, size: TILE * 2 ** sheet.zoom }, colours);
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
 * Names of countries that have room on the screen, where nothing of the story lies.
 * @param {object} sheet
 * @param {[string, number, number, number][]} names as basemap.md describes them
 * @param {Record<string, string>} colours
 * @param {import("./labels.js").Crowd[]} crowds what no name may cover
 */
export function paintCountryNames({ context, at, zoom, width, height, margin }, names, colours, crowds) {
  const size = TILE * 2 ** zoom;
  context.save();
  context.font = `500 ${zoom < 4 ? 10.5 : 12}px ${FONT}`;
  context.letterSpacing = "1.5px";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.country;
  for (const [name, lon, lat, degrees] of names) {
    const words = name.toUpperCase();
    const wide = context.measureText(words).width;
    if (wide > (degrees / 360) * size * 0.9) continue;
    for (const world of WORLDS) {
      const { x, y } = at(lat, lon + world * 360);
      if (x < -margin.x || y < -margin.y || x > width + margin.x || y > height + margin.y) continue;
      const free = NUDGES.find((by) => !crowds.some((crowd) => crowd.meets({ x: x - wide / 2, y: y + by - 8, width: wide, height: 16 })));
      if (free !== undefined) context.fillText(words, x, y + free);
    }
  }
  context.restore();
}
