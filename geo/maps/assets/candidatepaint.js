/** Drawing candidates, the story's other sites and a pin on the canvas, in the colours of the story view. */

import { DISC_PX, radiusOf } from "./candidatescene.js";
import { freePlace, grow, makeCrowd, placesAround } from "./labels.js";
import { ringRadius } from "./marks.js";
import { FONT } from "./paint.js";

const SITE_PX = 5;

/**
 * @param {object} sheet
 * @param {{discs: object[], sites: object[], pin: object | null, km: number | null}} scene points in pixels
 * @param {Record<string, string>} colours
 * @returns {import("./labels.js").Crowd[]} what no country's name may cover
 */
export function paintCandidates(sheet, { discs, sites, pin, km }, colours) {
  const { context } = sheet;
  const standing = pin ?? discs.find(({ chosen }) => chosen);
  if (standing && km > 0) paintRing(context, standing, ringRadius(sheet.at, standing.lat, standing.lon, km), colours);
  for (const site of sites) paintSite(context, site, colours);
  for (const disc of discs.toReversed()) paintDisc(context, disc, colours);
  if (pin) paintCross(context, pin, colours);
  const boxes = [...discs.map((disc) => boxOf(disc, radiusOf(disc.key))), ...sites.map((site) => boxOf(site, SITE_PX)), ...(pin ? [boxOf(pin, DISC_PX)] : [])];
  const crowd = makeCrowd(boxes);
  for (const site of sites) paintName(sheet, site, crowd, colours);
  return [crowd];
}

function boxOf({ x, y }, radius) {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function paintRing(context, { x, y }, radius, colours) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.setLineDash([3, 4]);
  context.lineWidth = 1.2;
  context.strokeStyle = colours.ring;
  context.stroke();
  context.restore();
}

function paintSite(context, { x, y }, colours) {
  context.beginPath();
  context.arc(x, y, SITE_PX, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  context.lineWidth = 1.6;
  context.strokeStyle = colours.quiet;
  context.stroke();
}

function paintDisc(context, { x, y, key, chosen }, colours) {
  context.beginPath();
  context.arc(x, y, radiusOf(key) + 1.5, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  context.beginPath();
  context.arc(x, y, radiusOf(key), 0, 2 * Math.PI);
  context.fillStyle = colours.present;
  context.fill();
  if (chosen) {
    context.beginPath();
    context.arc(x, y, radiusOf(key) + 4.5, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = colours.focus;
    context.stroke();
  }
  if (!key) return;
  context.fillStyle = colours.paper;
  context.font = `600 13px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(key, x, y + 0.5);
}

function paintCross(context, { x, y }, colours) {
  context.save();
  context.lineCap = "round";
  for (const [width, colour] of [[6, colours.paper], [3, colours.focus]]) {
    context.beginPath();
    context.moveTo(x - DISC_PX, y);
    context.lineTo(x + DISC_PX, y);
    context.moveTo(x, y - DISC_PX);
    context.lineTo(x, y + DISC_PX);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.restore();
}

function paintName({ context, width, height }, { x, y, name }, crowd, colours) {
  context.save();
  context.font = `400 12px ${FONT}`;
  const size = { width: context.measureText(name).width + 4, height: 15 };
  const place = freePlace(placesAround({ x, y }, SITE_PX + 4, size), crowd, { x: 2, y: 2, width: width - 4, height: height - 4 });
  if (place) {
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.paper;
    context.strokeText(name, place.x + 2, place.y + place.height / 2);
    context.fillStyle = colours.quiet;
    context.fillText(name, place.x + 2, place.y + place.height / 2);
    crowd.add(grow(place, 2));
  }
  context.restore();
}
