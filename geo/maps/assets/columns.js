/** The claims as columns of numbers, and the sites and arrows that they speak of. */

import { readClock } from "./clocks.js";
import { listOf, narrow, ofSome, runningTotals } from "./compact.js";
import { firstFrom } from "./countedorder.js";
import { PART } from "./turns.js";
import { degreesOf, MAX_LATITUDE, worldPoint } from "./world.js";

export const NOWHERE = -1; // the end of an arrow that isn't stated, or not on the map
const PER_DEGREE = 100_000; // as `geo/maps/view_columns.py` writes coordinates
const [KIND, HEDGED, MOVES, MODALITY_AT] = [3, 4, 8, 4]; // of the bits of `traits`

/**
 * @typedef {object} Columns one element a claim, unless said otherwise
 * @property {number} size how many claims there are
 * @property {{event: import("./clocks.js").Clock, reported: import("./clocks.js").Clock}} clocks
 * @property {(claim: number) => number} kind a place in `KINDS` of marks.js
 * @property {(claim: number) => number} modality a place in `modalities`
 * @property {(claim: number) => number} claimant a place in `claimants`
 * @property {(claim: number) => number} publisher a place in `publishers`
 * @property {string[]} modalities
 * @property {string[]} claimants
 * @property {string[]} publishers
 * @property {Record<"claimant" | "publisher" | "modality", number[]>} counts how many claims have each of these
 * @property {Since} contested what claims are against
 * @property {Record<"disputed" | "denied", Since>} doubted
 * @property {Uint32Array} several claims that have several sites
 * @property {Places} places
 * @property {(claim: number) => ArrayLike<number>} sitesOf each site of a claim once
 * @property {(claim: number) => boolean} hedged
 * @property {(claim: number) => boolean} moves whether it names an origin or a destination
 */

/**
 * Since when something is known of some claims.
 * @typedef {object} Since
 * @property {Uint8Array | Uint16Array | Uint32Array} claims ascending
 * @property {Int16Array | Int32Array} days the first by which it may be known, of each of them
 * @property {(claim: number) => number | undefined} of
 */

/**
 * The sites of all claims in turn: those of a claim stand from its start to that of the next.
 * @typedef {object} Places
 * @property {(claim: number) => number} start the last claim has a next one as well
 * @property {import("./compact.js").List} sites
 * @property {number} count how many sites there are
 * @property {Uint8Array | Uint16Array | Uint32Array} weight how many claims name each
 */

/**
 * @param {Record<string, any>} raw as `unpack` gives them
 * @param {{modalities: string[], claimants: string[], publishers: string[], counts: Record<string, number[]>, days: Record<string, object>}} told beside them
 * @returns {Generator<void, Columns>}
 * @yields now and then
 */
export function* readColumns(raw, { days, ...told }) {
  const { traits, claimant, publisher } = raw; // no function that stays may hold `raw`, or all that it is made of stays
  const size = traits.length;
  const start = runningTotals(raw.places);
  yield;
  const sites = listOf(raw.sites);
  yield;
  const weight = weightsOf(raw.sites, raw.lat.length);
  yield;
  const several = severalOf(raw.places);
  yield;
  const event = readClock("event", raw, days.event);
  yield;
  const reported = readClock("reported", raw, days.reported);
  return {
    size,
    clocks: { event, reported },
    kind: (claim) => traits[claim] & KIND,
    modality: (claim) => traits[claim] >> MODALITY_AT,
    claimant: (claim) => claimant[claim],
    publisher: (claim) => publisher[claim],
    ...told,
    contested: sinceWhen("contested", raw),
    doubted: { disputed: sinceWhen("disputed", raw), denied: sinceWhen("denied", raw) },
    places: { start, sites, count: raw.lat.length, weight },
    several,
    sitesOf: (claim) => Array.from({ length: start(claim + 1) - start(claim) }, (_, i) => sites.at(start(claim) + i)),
    hedged: (claim) => (traits[claim] & HEDGED) !== 0,
    moves: (claim) => (traits[claim] & MOVES) !== 0,
  };
}

/** @param {Columns} columns @param {number} site @returns {number[]} all claims that name it */
export function claimsOf({ size, places: { start, sites } }, site) {
  const claims = [];
  for (let at = sites.indexOf(site, 0); at >= 0; at = sites.indexOf(site, start(claims.at(-1) + 1))) claims.push(firstFrom(size, (claim) => start(claim + 1), at + 1));
  return claims;
}

function weightsOf(sites, count) {
  const weight = new Uint32Array(count);
  for (let place = 0; place < sites.length; place += 1) weight[sites[place]] += 1;
  return narrow(weight);
}

function sinceWhen(name, { [name]: claims, [`${name}_from`]: days }) {
  return { claims, days, of: ofSome(claims, days) };
}

function severalOf(places) {
  const claims = [];
  for (let claim = 0; claim < places.length; claim += 1) if (places[claim] > 1) claims.push(claim);
  return Uint32Array.from(claims);
}

/**
 * @typedef {object} Sites
 * @property {number} size how many there are
 * @property {{x: Float32Array, y: Float32Array}} world where they lie on the square of `world.js`
 * @property {(site: number) => [number, number]} point latitude and longitude in degrees
 * @property {(site: number) => number} uncertaintyKm NaN where not known
 * @property {Map<number, number[]>} extents of areas, by site: south, west, north and east in degrees
 * @property {Uint32Array} firstClaim the first claim that names the site; the number of claims where none does. Counted when first asked for
 */

/**
 * @param {Record<string, any>} raw
 * @param {Columns} columns
 * @returns {Generator<void, Sites>}
 * @yields now and then
 */
export function* readSites(raw, columns) {
  const { extent, uncertainty, uncertainties } = raw;
  const size = raw.lat.length;
  const extents = new Map(Array.from(raw.area, (site, i) => [site, [...extent.subarray(i * 4, i * 4 + 4)]]));
  let firstClaim = null;
  return {
    size,
    ...(yield* placed(raw.lat, raw.lon)),
    uncertaintyKm: (site) => uncertainties[uncertainty[site]],
    extents,
    get firstClaim() {
      return (firstClaim ??= firstClaims(columns, size));
    },
  };
}

/**
 * Where sites lie, kept once: degrees follow from the square, but for the few that lie beyond it.
 * @yields now and then
 */
function* placed(lat, lon) {
  const size = lat.length;
  const world = { x: new Float32Array(size), y: new Float32Array(size) };
  const beyond = new Map(); // latitudes
  for (let site = 0; site < size; site += 1) {
    if (site % PART === 0) yield;
    const [north, east] = [lat[site] / PER_DEGREE, lon[site] / PER_DEGREE];
    [world.x[site], world.y[site]] = worldPoint(north, east);
    if (Math.abs(north) > MAX_LATITUDE) beyond.set(site, north);
  }
  const point = (site) => {
    const [north, east] = degreesOf(world.x[site], world.y[site]);
    return [beyond.get(site) ?? north, east];
  };
  return { world, point };
}

function firstClaims({ size, places: { start, sites } }, count) {
  const first = new Uint32Array(count).fill(size);
  for (let claim = size - 1; claim >= 0; claim -= 1) for (let at = start(claim); at < start(claim + 1); at += 1) first[sites.at(at)] = claim;
  return first;
}

/**
 * @typedef {object} Arrows in the order of their claims
 * @property {number} size how many there are
 * @property {Uint8Array | Uint16Array | Uint32Array} claim
 * @property {Int32Array} from site, or `NOWHERE`
 * @property {Int32Array} to the same
 * @property {Float32Array} quantity NaN where not stated
 */

/** @param {Record<string, any>} raw @returns {Arrows} */
export function readArrows({ arrow_claim: claim, arrow_from: from, arrow_to: to, arrow_quantity: quantity }) {
  return { size: claim.length, claim, from, to, quantity };
}
