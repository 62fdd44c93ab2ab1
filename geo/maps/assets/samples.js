/** The samples of the legend, drawn on a canvas as the style sheet draws them on the page. */

import { DASHES, paintSign } from "./paint.js";

export const SAMPLE_PX = 40;
const RADIUS_PX = 5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{shape: string, kind: string, style: string}} row of the legend
 * @param {{x: number, y: number}} at left end and middle of the sample
 * @param {Record<string, string>} colours
 */
export function paintSample(context, { shape, kind, style }, { x, y }, colours) {
  const colour = colours[kind] ?? colours.ring;
  const middle = { x: x + SAMPLE_PX / 2 - 6, y };
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.4;
  if (shape === "move") move(context, DASHES[style], { x, y });
  else if (shape === "unknown") paintSign(context, "?", middle, colour, colours.paper);
  else if (shape === "badge") paintSign(context, "≠", middle, colours.ink, colours.paper);
  else if (shape === "area") area(context, middle);
  else if (shape === "hair") hairline(context, { x, y }, colours.ring);
  else disc(context, middle, shape);
  context.restore();
}

function move(context, dash, { x, y }) {
  const tip = x + SAMPLE_PX - 10;
  context.lineWidth = 2.5;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(tip - 7, y);
  context.stroke();
  context.beginPath();
  context.moveTo(tip, y);
  context.lineTo(tip - 9, y - 4.5);
  context.lineTo(tip - 9, y + 4.5);
  context.closePath();
  context.fill();
}

function hairline(context, { x, y }, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y + 3);
  context.lineTo(x + SAMPLE_PX - 10, y - 3);
  context.stroke();
}

function area(context, { x, y }) {
  context.setLineDash([5, 4]);
  context.strokeRect(x - 10, y - 5, 20, 10);
}

function disc(context, { x, y }, shape) {
  context.beginPath();
  context.arc(x, y, RADIUS_PX, 0, 2 * Math.PI);
  if (shape === "ring") {
    context.setLineDash([3, 3]);
    context.stroke();
    return;
  }
  if (shape === "faint") context.globalAlpha = 0.5;
  context.fill();
}
