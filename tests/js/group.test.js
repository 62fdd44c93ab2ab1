import assert from "node:assert/strict";
import test from "node:test";

import { densestGroup, firstView } from "../../geo/maps/assets/group.js";

const km = ([lat, lon], [lat2, lon2]) => Math.hypot(lat - lat2, lon - lon2) * 111;
const site = (lat, lon) => ({ lat, lon });

test("the first view holds the sites that lie together and not the one far off", () => {
  const [sergeevsky, vladivostok, hamhung, kursk] = [site(44.3, 131.7), site(43.1, 131.9), site(39.9, 127.5), site(51.75, 36)];
  assert.deepEqual(new Set(densestGroup([kursk, sergeevsky, vladivostok, hamhung], km)), new Set([sergeevsky, vladivostok, hamhung]));
});

test("sites are of one group when each has a neighbour near by, though its ends lie far apart", () => {
  const chain = [site(0, 0), site(0, 32), site(0, 8), site(0, 24), site(0, 16)];
  assert.equal(densestGroup(chain, km).length, 5);
  assert.equal(densestGroup([site(0, 0), site(0, 9.1)], km).length, 1);
});

test("of groups as large the first named is taken", () => {
  const [a, b, c, d] = [site(0, 0), site(0, 1), site(50, 0), site(50, 1)];
  assert.deepEqual(densestGroup([c, a, b, d], km), [c, d]);
});

test("places that are one point are still several sites", () => {
  assert.equal(densestGroup([site(1, 1), site(1, 1), site(60, 60)], km).length, 2);
});

test("no site makes no group", () => {
  assert.deepEqual(densestGroup([], km), []);
});

test("of very many sites a part is looked at, and the view holds nearly all of the densest group and nothing far off", () => {
  const size = 200_000;
  const near = (i) => i % 10 !== 0; // nine of ten lie together, the tenth far off: no regular step may pick that alone
  const spread = (i, by) => ((i * 7919) % 1000) / 1000 * by;
  const lat = Float32Array.from({ length: size }, (_, i) => (near(i) ? 45 + spread(i, 8) : -40));
  const lon = Float32Array.from({ length: size }, (_, i) => (near(i) ? 25 + spread(i + 1, 12) : 170));
  const corners = firstView({ size, point: (i) => [lat[i], lon[i]] }, km);
  const [south, north] = [Math.min(...corners.map(([at]) => at)), Math.max(...corners.map(([at]) => at))];
  const [west, east] = [Math.min(...corners.map(([, at]) => at)), Math.max(...corners.map(([, at]) => at))];
  for (const [found, wanted] of [[south, 45], [north, 53], [west, 25], [east, 37]]) assert.ok(Math.abs(found - wanted) < 0.5, `${found} for ${wanted}`);
});
