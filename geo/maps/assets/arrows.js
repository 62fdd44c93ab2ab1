/** The shape of arrows on the screen: bent just enough that those which arrive together stay apart. */

const APART = (18 * Math.PI) / 180; // least angle between two heads at one site
const MOST = (32 * Math.PI) / 180; // more bend than this would look like a route
const STUB_PX = 64;
const STUB_APART = (32 * Math.PI) / 180; // angle between two stubs at one site

/** @typedef {{x: number, y: number}} Point in pixels */

/**
 * The angle by which each arrow of one destination is turned, so that no two heads cover each other. Each bunch of
 * arrows is fanned out about its mean, and bunches that would then touch are fanned out as one.
 * @param {number[]} angles at which the arrows would arrive, in radians
 * @returns {number[]} turns in radians, one an arrow, in the order given
 */
export function spread(angles) {
  const turns = angles.map(() => 0);
  const bunches = [];
  for (const one of aroundTheCircle(angles)) {
    let bunch = [one];
    while (bunches.length && firstOf(bunch) - lastOf(bunches.at(-1)) < APART) bunch = [...bunches.pop(), ...bunch];
    bunches.push(bunch);
  }
  for (const bunch of bunches) {
    bunch.forEach(({ i, angle }, rank) => {
      turns[i] = Math.max(-MOST, Math.min(MOST, firstOf(bunch) + rank * APART - angle));
    });
  }
  return turns;
}

/** Angles in rising order from behind the widest gap, so that a bunch about 180° isn't torn in two. */
function aroundTheCircle(angles) {
  const order = angles.map((angle, i) => ({ angle, i })).toSorted((a, b) => a.angle - b.angle);
  const turned = order.map(({ angle, i }) => ({ angle: angle + 2 * Math.PI, i }));
  const gapBefore = (k) => (k ? order[k].angle - order[k - 1].angle : order[0].angle + 2 * Math.PI - order.at(-1).angle);
  const start = order.reduce((widest, _, k) => (gapBefore(k) > gapBefore(widest) ? k : widest), 0);
  return [...order.slice(start), ...turned.slice(0, start)];
}

function firstOf(bunch) {
  return bunch.reduce((sum, { angle }) => sum + angle, 0) / bunch.length - ((bunch.length - 1) / 2) * APART;
}

function lastOf(bunch) {
  return firstOf(bunch) + (bunch.length - 1) * APART;
}

/**
 * @param {Point[]} line
 * @param {number} turn radians by which it shall arrive otherwise
 * @returns {Point[]} the line, bowed sideways; its ends stay
 */
export function bend(line, turn) {
  if (turn === 0 || line.length < 2) return line;
  const [a, b] = [line[0], line.at(-1)];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return line;
  const across = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  const steps = Math.max(line.length, 16);
  return Array.from({ length: steps }, (_, i) => {
    const t = i / (steps - 1);
    const at = pointAlong(line, t);
    // t(1 - t) has slope -1 at the end: the line then arrives turned by just `turn`.
    const aside = -Math.tan(turn) * length * t * (1 - t);
    return { x: at.x + across.x * aside, y: at.y + across.y * aside };
  });
}

/** @param {Point[]} line @param {number} t from 0 to 1 @returns {Point} */
export function pointAlong(line, t) {
  const place = t * (line.length - 1);
  const i = Math.min(Math.floor(place), line.length - 2);
  const rest = place - i;
  return { x: line[i].x + (line[i + 1].x - line[i].x) * rest, y: line[i].y + (line[i + 1].y - line[i].y) * rest };
}

/**
 * @param {Point[]} line
 * @param {(point: Point) => boolean} hides whether a mark covers the point
 * @returns {Point[]} the line up to the rim of the mark at its end
 */
export function stopAtRim(line, hides) {
  let end = line.length - 1;
  while (end > 1 && hides(line[end - 1])) end -= 1;
  let [free, covered] = [line[end - 1], line[end]];
  for (let i = 0; i < 12; i += 1) {
    const middle = { x: (free.x + covered.x) / 2, y: (free.y + covered.y) / 2 };
    if (hides(middle)) covered = middle;
    else free = middle;
  }
  return [...line.slice(0, end), free];
}

/**
 * A movement of which one end is not stated: a short line at the end that is.
 * @param {Point} site
 * @param {boolean} arrives whether the site is the destination
 * @param {number} reach radius of the site's mark in pixels
 * @param {number} [turn] how many stubs the site has already: each lies beside the one before
 * @returns {Point[]}
 */
export function stub(site, arrives, reach, turn = 0) {
  const angle = Math.PI / 6 + turn * STUB_APART; // from the upper left
  const far = { x: site.x - (reach + STUB_PX) * Math.cos(angle), y: site.y - (reach + STUB_PX) * Math.sin(angle) };
  return arrives ? [far, site] : [site, far];
}

/** @param {Point[]} line @returns {number} radians of its last piece, as it arrives */
export function arrival(line) {
  const end = line.at(-1);
  const from = pointAlong(line, 0.9);
  return Math.atan2(end.y - from.y, end.x - from.x);
}

/** @param {Point[]} line @param {Point} point @returns {number} pixels from the line to the point */
export function distanceTo(line, point) {
  let best = Infinity;
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]];
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
    const along = length ? Math.max(0, Math.min(1, ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length)) : 0;
    best = Math.min(best, Math.hypot(point.x - a.x - along * (b.x - a.x), point.y - a.y - along * (b.y - a.y)));
  }
  return best;
}

/** @param {number} quantity NaN or null where not stated @returns {number} pixels: wider for more, by order of magnitude */
export function strokeWidth(quantity) {
  return quantity > 0 ? Math.max(1.6, Math.min(6, 0.8 + 0.8 * Math.log10(quantity))) : 2;
}
