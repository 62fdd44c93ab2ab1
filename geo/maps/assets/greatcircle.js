/** The shortest line between two places on a sphere, for stories whose arrows come without their geodesics. */

const RADIANS = Math.PI / 180;
const STEP = 2 * RADIANS; // of the circle between two points of the line
const MOST_POINTS = 90;

/**
 * A great circle by spherical linear interpolation (Shoemake, Animating rotation with quaternion curves, SIGGRAPH 1985),
 * cut where it crosses 180°.
 * @param {[number, number]} from latitude and longitude in degrees
 * @param {[number, number]} to
 * @returns {[number, number][][] | null} pieces of points; null where both are one place
 */
export function greatCircle(from, to) {
  const [a, b] = [vector(from), vector(to)];
  const angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return null; // some metres: the arc cosine tells no less apart
  const count = Math.max(2, Math.min(MOST_POINTS, Math.ceil(angle / STEP) + 1));
  const points = Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1);
    const [of, on] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    return placeOf(a.map((part, axis) => of * part + on * b[axis]));
  });
  [points[0], points[count - 1]] = [from, to];
  return cut(points);
}

function vector([lat, lon]) {
  const [phi, lambda] = [lat * RADIANS, lon * RADIANS];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function placeOf([x, y, z]) {
  return [Math.atan2(z, Math.hypot(x, y)) / RADIANS, Math.atan2(y, x) / RADIANS];
}

function cut(points) {
  const pieces = [[points[0]]];
  for (let i = 1; i < points.length; i += 1) {
    const [[lat, lon], [nextLat, nextLon]] = [points[i - 1], points[i]];
    if (Math.abs(nextLon - lon) > 180) {
      const edge = lon > 0 ? 180 : -180;
      const beyond = nextLon + 2 * edge; // the next point as seen without the cut
      const middle = lat + ((nextLat - lat) * (edge - lon)) / (beyond - lon);
      pieces.at(-1).push([middle, edge]);
      pieces.push([[middle, -edge]]);
    }
    pieces.at(-1).push(points[i]);
  }
  return pieces;
}
