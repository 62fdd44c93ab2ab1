/** What several tests share: a seeded choice of numbers, columns of claims, and points that are nearly the same. */

import assert from "node:assert/strict";

import { NOWHERE, readArrows, readColumns, readSites } from "../../geo/maps/assets/columns.js";
import { KINDS } from "../../geo/maps/assets/marks.js";

/**
 * Numbers that look random and are the same on every run.
 * @param {number} seed
 * @returns {(below: number) => number} a whole number from 0, less than `below`
 */
export function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' generator
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Columns of claims as a store holds them, of which a test names only what it is about: `earliest` and `latest` day on
 * which it happened, `saidFrom` and `saidTo` of when it was said, `contested`, `disputed` and `denied` since when it is,
 * and the columns by their names. With them stands what a page knows of a whole story beside its columns.
 * @param {object[]} claims
 * @param {number} [siteCount]
 * @returns {object}
 */
export function columnsOf(claims, siteCount = Math.max(0, ...claims.flatMap(({ sites = [] }) => sites.map((site) => site + 1)))) {
  const [start, end] = [-(2 ** 31), 2 ** 31 - 1];
  const days = (name, open) => Int32Array.from(claims, (claim) => claim[name] ?? open);
  const column = (name, blank) => claims.map((claim) => claim[name] ?? blank);
  const coded = (values) => {
    const names = [...new Set(values)];
    return { names, codes: Uint32Array.from(values, (value) => names.indexOf(value)) };
  };
  const [claimant, publisher, modality] = [coded(column("claimant", "A service")), coded(column("publisher", "A paper")), coded(column("modality", "happened"))];
  const since = (name) => claims.flatMap((claim, i) => (claim[name] === undefined ? [] : [[i, claim[name]]]));
  const raw = {
    event_earliest: days("earliest", start), event_latest: days("latest", end), reported_earliest: days("saidFrom", start), reported_latest: days("saidTo", end),
    kind: Uint8Array.from(column("kind", "said"), (kind) => KINDS.indexOf(kind)), modality: modality.codes, claimant: claimant.codes, publisher: publisher.codes,
    flags: Uint8Array.from(claims, ({ hedged, moves }) => (hedged ? 1 : 0) + (moves ? 2 : 0)),
    places: Uint8Array.from(column("sites", []), (sites) => sites.length), sites: Uint32Array.from(column("sites", []).flat()), lat: new Int32Array(siteCount),
    contested: days("contested", end),
    ...Object.fromEntries(["disputed", "denied"].flatMap((name) => [[name, since(name).map(([i]) => i)], [`${name}_from`, since(name).map(([, day]) => day)]])),
  };
  const standing = Object.fromEntries(["doubts", "groups", "rests_on"].map((name) => [name, column(name, [])]));
  return { ...readColumns(raw, { claimants: claimant.names, publishers: publisher.names, modalities: modality.names }), accounts: [], ...standing };
}

/**
 * Sites as a store holds them.
 * @param {{lat: number, lon: number, uncertainty_km?: number, extent?: number[]}[]} sites
 * @param {object} columns
 * @returns {import("../../geo/maps/assets/columns.js").Sites}
 */
export function sitesOf(sites, columns = columnsOf([], sites.length)) {
  const areas = sites.flatMap(({ extent }, i) => (extent ? [i] : []));
  const parts = (name) => Int32Array.from(sites, (site) => Math.round(site[name] * 100_000));
  return readSites({ lat: parts("lat"), lon: parts("lon"), uncertainty_km: Float32Array.from(sites, ({ uncertainty_km: km }) => km ?? NaN), area: areas, extent: Float32Array.from(areas.flatMap((i) => sites[i].extent)) }, columns);
}

/**
 * Arrows as a store holds them.
 * @param {{claim: number, from: number | null, to: number | null, quantity?: number}[]} arrows
 * @returns {import("../../geo/maps/assets/columns.js").Arrows}
 */
export function arrowsOf(arrows) {
  const end = (name) => Int32Array.from(arrows, (arrow) => arrow[name] ?? NOWHERE);
  return readArrows({ arrow_claim: Uint32Array.from(arrows, ({ claim }) => claim), arrow_from: end("from"), arrow_to: end("to"), arrow_quantity: Float32Array.from(arrows, ({ quantity }) => quantity ?? NaN) });
}

/** @param {number} actual @param {number} expected @param {number} within @param {string} [what] */
export function near(actual, expected, within, what = "") {
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not within ${within} of ${expected}`);
}
