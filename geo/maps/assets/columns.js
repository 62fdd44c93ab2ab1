/** The claims as columns of numbers, and the sites and arrows that they speak of. */

export const NOWHERE = -1; // the end of an arrow that isn't stated, or not on the map
const PER_DEGREE = 100_000; // as `geo/maps/view_columns.py` writes coordinates
const HEDGED = 1;
const MOVES = 2;
const LIMITS = { 2: [-32_768, 32_767], 4: [-2_147_483_648, 2_147_483_647] }; // of whole numbers, by their bytes

/**
 * When claims happened, or were said, in days since 1970-01-01.
 * @typedef {object} Clock
 * @property {Int16Array | Int32Array} earliest `start` where the start is open
 * @property {Int16Array | Int32Array} latest `end` where the end is open; a claim with both has no date
 * @property {number} start below every day
 * @property {number} end above every day
 */

/**
 * @typedef {object} Columns one element a claim, unless said otherwise
 * @property {number} size how many claims there are
 * @property {{event: Clock, reported: Clock}} clocks
 * @property {Uint8Array} kind a place in `KINDS` of marks.js
 * @property {Uint8Array} modality a place in `modalities`
 * @property {Uint8Array | Uint16Array | Uint32Array} claimant a place in `claimants`
 * @property {Uint8Array | Uint16Array | Uint32Array} publisher a place in `publishers`
 * @property {string[]} modalities
 * @property {string[]} claimants
 * @property {string[]} publishers
 * @property {Int16Array | Int32Array} contested the first day by which a claim against it may be known; `end` of a clock where there is none
 * @property {Record<"disputed" | "denied", Map<number, number>>} doubted the same for what is disputed, and denied, by claim
 * @property {Uint32Array} movements claims that are movements and have a site
 * @property {Uint32Array} several claims that have several sites
 * @property {Places} places
 * @property {(claim: number) => ArrayLike<number>} sitesOf each site of a claim once
 * @property {(claim: number) => boolean} hedged
 * @property {(claim: number) => boolean} moves whether it names an origin or a destination
 */

/**
 * The sites of all claims in turn: those of a claim stand between its offset and the next.
 * @typedef {object} Places
 * @property {Uint32Array} offsets one more than there are claims
 * @property {Uint8Array | Uint16Array | Uint32Array} sites
 * @property {number} count how many sites there are
 * @property {Uint32Array} weight how many claims name each
 */

/**
 * @param {Record<string, any>} raw as `unpack` gives them
 * @param {{modalities: string[], claimants: string[], publishers: string[]}} names
 * @returns {Columns}
 */
export function readColumns(raw, names) {
  const { kind, modality, claimant, publisher, flags, contested, sites } = raw;
  const size = kind.length;
  const offsets = offsetsOf(raw.places);
  const moves = (claim) => (flags[claim] & MOVES) !== 0;
  return {
    size,
    clocks: { event: clockOf(raw.event_earliest, raw.event_latest), reported: clockOf(raw.reported_earliest, raw.reported_latest) },
    kind,
    modality,
    claimant,
    publisher,
    ...names,
    contested,
    doubted: { disputed: sinceWhen(raw.disputed, raw.disputed_from), denied: sinceWhen(raw.denied, raw.denied_from) },
    places: { offsets, sites, count: raw.lat.length, weight: weightsOf(sites, raw.lat.length) },
    several: chosenNumbers(size, (i) => offsets[i + 1] > offsets[i] + 1),
    movements: chosenNumbers(size, (i) => moves(i) && offsets[i + 1] > offsets[i]),
    sitesOf: (claim) => sites.subarray(offsets[claim], offsets[claim + 1]),
    hedged: (claim) => (flags[claim] & HEDGED) !== 0,
    moves,
  };
}

/** @param {Columns} columns @param {number} site @returns {number[]} all claims that name it */
export function claimsOf({ size, places: { offsets, sites } }, site) {
  const claims = [];
  for (let at = sites.indexOf(site), claim = 0; at >= 0; at = sites.indexOf(site, offsets[claim + 1])) {
    for (let end = size; end - claim > 1; ) { // the last claim whose places begin here or before
      const middle = (claim + end) >>> 1;
      if (offsets[middle] <= at) claim = middle;
      else end = middle;
    }
    claims.push(claim);
  }
  return claims;
}

function offsetsOf(counts) {
  const offsets = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) offsets[i + 1] = offsets[i] + counts[i];
  return offsets;
}

function weightsOf(sites, count) {
  const weight = new Uint32Array(count);
  for (let place = 0; place < sites.length; place += 1) weight[sites[place]] += 1;
  return weight;
}

function sinceWhen(claims, days) {
  return new Map(Array.from(claims, (claim, i) => [claim, days[i]]));
}

function clockOf(earliest, latest) {
  const [start, end] = LIMITS[earliest.BYTES_PER_ELEMENT];
  return { earliest, latest, start, end };
}

function chosenNumbers(size, chosen) {
  const numbers = [];
  for (let i = 0; i < size; i += 1) if (chosen(i)) numbers.push(i);
  return Uint32Array.from(numbers);
}

/**
 * @typedef {object} Sites
 * @property {number} size how many there are
 * @property {Float32Array} lat degrees
 * @property {Float32Array} lon degrees
 * @property {Float32Array} uncertaintyKm NaN where not known
 * @property {Map<number, number[]>} extents of areas, by site: south, west, north and east in degrees
 * @property {Uint32Array} firstClaim the first claim that names the site; the number of claims where none does
 */

/** @param {Record<string, any>} raw @param {Columns} columns @returns {Sites} */
export function readSites(raw, columns) {
  const size = raw.lat.length;
  const degrees = (whole) => {
    const parts = new Float32Array(size);
    for (let site = 0; site < size; site += 1) parts[site] = whole[site] / PER_DEGREE;
    return parts;
  };
  const firstClaim = new Uint32Array(size).fill(columns.size);
  const { offsets, sites } = columns.places;
  for (let claim = columns.size - 1; claim >= 0; claim -= 1) for (let at = offsets[claim]; at < offsets[claim + 1]; at += 1) firstClaim[sites[at]] = claim;
  const extents = new Map(Array.from(raw.area, (site, i) => [site, [...raw.extent.subarray(i * 4, i * 4 + 4)]]));
  return { size, lat: degrees(raw.lat), lon: degrees(raw.lon), uncertaintyKm: raw.uncertainty_km, extents, firstClaim };
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
