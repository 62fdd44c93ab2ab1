/** What several tests share: a seeded choice of numbers, columns of claims, and points that are nearly the same. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { NOWHERE, readArrows, readColumns, readSites } from "../../geo/maps/assets/columns.js";
import { KINDS } from "../../geo/maps/assets/marks.js";
import { overlap, windowOf } from "../../geo/maps/assets/selection.js";
import { makeSelector } from "../../geo/maps/assets/selector.js";
import { atOnce } from "../../geo/maps/assets/turns.js";

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
 * which it happened, `saidFrom` and `saidTo` of when it was said, `contested`, `disputed` and `denied` since when it is
 * (`-Infinity` for ever), and the columns by their names. With them stands what a page knows of a whole story beside its columns.
 * @param {object[]} claims
 * @param {number} [siteCount]
 * @returns {object}
 */
export function columnsOf(claims, siteCount = 1 + Math.max(-1, ...claims.flatMap(({ sites = [] }) => sites))) {
  const { columns, names } = claimColumns(claims);
  return { ...atOnce(readColumns({ ...columns, lat: new Int32Array(siteCount) }, names)), ...standingOf(claims) };
}

/**
 * Sites as a store holds them.
 * @param {{lat: number, lon: number, uncertainty_km?: number, extent?: number[]}[]} sites
 * @param {object} columns
 * @returns {import("../../geo/maps/assets/columns.js").Sites}
 */
export function sitesOf(sites, columns = columnsOf([], sites.length)) {
  return atOnce(readSites(siteColumns(sites), columns));
}

/**
 * Arrows as a store holds them.
 * @param {{claim: number, from: number | null, to: number | null, quantity?: number}[]} arrows
 * @returns {import("../../geo/maps/assets/columns.js").Arrows}
 */
export function arrowsOf(arrows) {
  return readArrows(arrowColumns(arrows));
}

/**
 * What a drawing asks of a store. An arrow has its words and its line, `path`, beside its ends.
 * @param {{sites?: object[], claims?: object[], arrows?: object[]}} story as `sitesOf`, `columnsOf` and `arrowsOf` take them
 * @returns {object}
 */
export function storyOf({ sites = [], claims = [], arrows = [] }) {
  const columns = columnsOf(claims, sites.length);
  return { columns, sites: sitesOf(sites, columns), arrows: arrowsOf(arrows), siteWords: (site) => sites[site], arrowWords: (arrow) => arrows[arrow], path: (arrow) => arrows[arrow].path };
}

/** What a state lets through that was the first to be asked. */
export function select(columns, state, found) {
  return makeSelector(columns).select(state, found);
}

/** @returns {number[]} how surely the days of each claim lie in a window */
export function overlaps(clock, from, to) {
  const window = windowOf(clock, from, to);
  return Array.from({ length: clock.size }, (_, claim) => overlap(clock.earliest(claim), clock.latest(claim), window));
}

/** A card that says nothing but what is given. */
export function cardOf(said) {
  return { statement: "", claimant: "", excerpt: "", hedge: "", note: "", quantity_of: "", chain: [], places: [], responses: [], ...said };
}

/** Cards field by field, as `geo/maps/payload.py` writes them. */
export function columned(cards) {
  const columns = Object.fromEntries(Object.keys(cards[0] ?? {}).map((name) => [name, cards.map((card) => card[name])]));
  const shared = {};
  for (const name of ["chain", "places"].filter((each) => columns[each])) {
    shared[name] = columns[name].flat();
    let next = 0;
    columns[name] = columns[name].map((held) => held.map(() => next++));
  }
  return { columns, shared };
}

/**
 * A whole story as `geo/maps/payload.py` writes it.
 * @param {object} head what its header says beside what claims, sites and arrows do
 * @param {{sites?: object[], claims?: object[], arrows?: object[], texts?: object[]}} inside
 * @returns {string} base64
 */
export function payloadOf(head, { sites = [], claims = [], arrows = [], texts = [] }) {
  const { columns, names } = claimColumns(claims);
  const modalities = Object.fromEntries(names.modalities.map((name) => [name, name]));
  const header = { title: "", basemap: "", shareable: false, ...names, modalities, ...head, inside: { ids: claims.map(({ id }, i) => id ?? `c${i}`), sites, arrows, texts: columned(texts), standing: standingOf(claims) } };
  return gzipSync(packed(header, { ...columns, ...siteColumns(sites), ...arrowColumns(arrows) })).toString("base64");
}

/**
 * Bytes that `unpack` reads: the twin of `geo/maps/packing.py`.
 * @param {object} header
 * @param {Record<string, object>} columns typed arrays
 * @param {Record<string, string>} [beside] of a column the one that it is written as the difference from
 * @returns {Uint8Array}
 */
export function packed(header, columns, beside = {}) {
  const named = Object.entries(columns);
  const layout = Object.fromEntries(named.map(([name, values]) => [name, { array: values.constructor.name, length: values.length, beside: beside[name] ?? "" }]));
  const text = new TextEncoder().encode(JSON.stringify({ ...header, columns: layout }));
  const parts = named.map(([name, values]) => planesOf(beside[name] ? values.map((value, i) => value - columns[beside[name]][i]) : values));
  return Buffer.concat([new Uint8Array(Uint32Array.of(text.length).buffer), text, ...parts]);
}

function planesOf({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: width, length }) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return Uint8Array.from(bytes, (_, at) => bytes[(at % length) * width + Math.floor(at / length)]);
}

/** Days are as narrow as they can be, as in `geo/maps/view_columns.py`. */
function claimColumns(claims) {
  const dated = ["earliest", "latest", "saidFrom", "saidTo"].flatMap((name) => claims.map((claim) => claim[name] ?? 0));
  const Days = dated.every((day) => day > -32_768 && day < 32_767) ? Int16Array : Int32Array;
  const start = Days === Int16Array ? -32_768 : -2_147_483_648;
  const column = (name, blank) => claims.map((claim) => claim[name] ?? blank);
  const coded = (values) => {
    const names = [...new Set(values)];
    return { names, codes: Uint32Array.from(values, (value) => names.indexOf(value)) };
  };
  const [claimant, publisher, modality] = [coded(column("claimant", "A service")), coded(column("publisher", "A paper")), coded(column("modality", "happened"))];
  const since = (name) => claims.flatMap((claim, i) => (claim[name] === undefined ? [] : [[i, claim[name]]]));
  const columns = {
    ...clockColumns("event", claims.map(({ earliest, latest }) => [earliest ?? null, latest ?? null]), Days), ...clockColumns("reported", claims.map(({ saidFrom, saidTo }) => [saidFrom ?? null, saidTo ?? null]), Days),
    traits: Uint8Array.from(claims, ({ kind = "said", hedged, moves }, i) => KINDS.indexOf(kind) + (hedged ? 4 : 0) + (moves ? 8 : 0) + 16 * modality.codes[i]), claimant: claimant.codes, publisher: publisher.codes,
    places: Uint8Array.from(column("sites", []), (sites) => sites.length), sites: Uint32Array.from(column("sites", []).flat()),
    ...Object.fromEntries(["contested", "disputed", "denied"].flatMap((name) => [[name, Uint32Array.from(since(name), ([i]) => i)], [`${name}_from`, Days.from(since(name), ([, day]) => Math.max(start, day))]])),
  };
  const counts = Object.fromEntries(Object.entries({ claimant, publisher, modality }).map(([name, { names, codes }]) => [name, names.map((_, code) => codes.filter((each) => each === code).length)]));
  const days = { event: daysTold(claims, "earliest", "latest"), reported: daysTold(claims, "saidFrom", "saidTo") };
  return { columns, names: { claimants: claimant.names, publishers: publisher.names, modalities: modality.names, counts, days } };
}

function clockColumns(clock, ends, Days) {
  const spanOf = ([from, to]) => (from === null ? (to === null ? 255 : 254) : to === null ? 253 : Math.min(252, to - from));
  const long = ends.flatMap((both, claim) => (spanOf(both) === 252 ? [claim] : []));
  const longSpans = Uint32Array.from(long, (claim) => ends[claim][1] - ends[claim][0]);
  return { [`${clock}_day`]: Days.from(ends, ([from, to]) => from ?? to ?? 0), [`${clock}_span`]: Uint8Array.from(ends, spanOf), [`${clock}_long`]: Uint32Array.from(long), [`${clock}_long_span`]: longSpans };
}

function daysTold(claims, from, to) {
  const dated = claims.flatMap((claim) => [claim[from] ?? [], claim[to] ?? []].flat()).toSorted((a, b) => a - b);
  return { span: dated.length ? { first: dated[0], last: dated.at(-1) } : null, undated: claims.filter((claim) => (claim[from] ?? claim[to] ?? null) === null).length };
}

function standingOf(claims) {
  return { accounts: [], ...Object.fromEntries(["doubts", "groups", "rests_on"].map((name) => [name, claims.map((claim) => claim[name] ?? [])])) };
}

function siteColumns(sites) {
  const areas = sites.flatMap(({ extent }, i) => (extent ? [i] : []));
  const parts = (name) => Int32Array.from(sites, (site) => Math.round(site[name] * 100_000));
  return { lat: parts("lat"), lon: parts("lon"), uncertainty: Uint8Array.from(sites, (_, i) => i), uncertainties: Float32Array.from(sites, ({ uncertainty_km: km }) => km ?? NaN), area: Uint32Array.from(areas), extent: Float32Array.from(areas.flatMap((i) => sites[i].extent)) };
}

function arrowColumns(arrows) {
  const end = (name) => Int32Array.from(arrows, (arrow) => arrow[name] ?? NOWHERE);
  return { arrow_claim: Uint32Array.from(arrows, ({ claim }) => claim), arrow_from: end("from"), arrow_to: end("to"), arrow_quantity: Float32Array.from(arrows, ({ quantity }) => quantity ?? NaN) };
}

/** @param {number} actual @param {number} expected @param {number} within @param {string} [what] */
export function near(actual, expected, within, what = "") {
  assert.ok(Math.abs(actual - expected) <= within, `${what} ${actual} is not within ${within} of ${expected}`);
}
