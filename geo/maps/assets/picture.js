/** The map as a picture that says by itself what it shows: title, selection, legend, credits and the link to it. */

import { FONT } from "./paint.js";
import { paintSample, SAMPLE_PX } from "./samples.js";

export const PICTURE_RATIO = 2; // pixels of the picture for one of the screen
const PAD_PX = 20;
const LEAST_WIDTH_PX = 480; // of the text, below a phone's map
const LEGEND_COLUMN_PX = 290;
const MOST_LINES = 40; // of one text: a title of 10,000 letters is no picture
const PAPER = "#ffffff";

/**
 * @param {{canvas: HTMLCanvasElement, width: number, height: number}} map as it is drawn, with its size on the screen
 * @param {object} words
 * @param {string} words.title
 * @param {string[]} words.selection what was selected, and the three numbers
 * @param {string[]} words.notices what is out of view
 * @param {{shape: string, kind: string, style: string, words: string}[]} words.legend
 * @param {string[]} words.credits whose data it is, and the link
 * @param {Record<string, string>} colours
 * @returns {HTMLCanvasElement}
 */
export function drawPicture(map, { title, selection, notices, legend, credits }, colours) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const width = Math.max(map.width, LEAST_WIDTH_PX);
  const text = (size, weight, colour) => (words) => textBlock(context, words, { font: `${weight} ${size}px ${FONT}`, line: size * 1.4, colour, width });
  const parts = [
    text(22, 650, colours.ink)(title),
    ...selection.map(text(14, 400, colours.quiet)),
    mapBlock(context, map, colours),
    ...notices.map(text(14, 400, colours.ink)),
    legendBlock(context, legend, width, colours),
    ...credits.map(text(12, 400, colours.quiet)),
  ];
  canvas.width = Math.round((width + 2 * PAD_PX) * PICTURE_RATIO);
  canvas.height = Math.round((parts.reduce((sum, { height }) => sum + height, 0) + 2 * PAD_PX) * PICTURE_RATIO);
  context.setTransform(PICTURE_RATIO, 0, 0, PICTURE_RATIO, 0, 0);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  let y = PAD_PX;
  for (const part of parts) {
    part.paint(y);
    y += part.height;
  }
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {string} name of the file */
export async function saveCanvas(canvas, name) {
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const address = URL.createObjectURL(picture);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/**
 * @param {string} words
 * @param {number} width
 * @param {(words: string) => number} measure
 * @returns {string[]} lines no wider than that, broken between words, or inside one that is too long
 */
export function wrapped(words, width, measure) {
  const lines = [""];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (measure(line) <= width) {
      lines[lines.length - 1] = line;
      continue;
    }
    if (lines.at(-1)) lines.push("");
    for (const letter of word) {
      if (lines.at(-1) && measure(lines.at(-1) + letter) > width) lines.push("");
      lines[lines.length - 1] += letter;
      if (lines.length > MOST_LINES) return [...lines.slice(0, MOST_LINES - 1), "…"];
    }
  }
  return lines.slice(0, MOST_LINES);
}

function textBlock(context, words, { font, line, colour, width }) {
  context.font = font;
  const lines = wrapped(words, width, (part) => context.measureText(part).width);
  const paint = (y) => {
    context.font = font;
    context.fillStyle = colour;
    context.textBaseline = "middle";
    for (const [i, part] of lines.entries()) context.fillText(part, PAD_PX, y + line * (i + 0.5));
  };
  return { height: lines.length * line, paint };
}

function mapBlock(context, map, colours) {
  const paint = (y) => {
    context.drawImage(map.canvas, PAD_PX, y + 10, map.width, map.height);
    context.strokeStyle = colours.coast;
    context.lineWidth = 1;
    context.strokeRect(PAD_PX, y + 10, map.width, map.height);
  };
  return { height: map.height + 22, paint };
}

function legendBlock(context, rows, width, colours) {
  const columns = Math.max(1, Math.floor(width / LEGEND_COLUMN_PX));
  const paint = (y) => {
    context.font = `400 13px ${FONT}`;
    context.textBaseline = "middle";
    for (const [i, row] of rows.entries()) {
      const at = { x: PAD_PX + (i % columns) * LEGEND_COLUMN_PX, y: y + 16 + 20 * Math.floor(i / columns) };
      paintSample(context, row, at, colours);
      context.fillStyle = colours.ink;
      context.fillText(row.words, at.x + SAMPLE_PX, at.y);
    }
  };
  return { height: 20 * Math.ceil(rows.length / columns) + 14, paint };
}
