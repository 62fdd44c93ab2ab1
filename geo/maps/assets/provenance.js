/** How a claim reached us, as a small diagram, and on how many independent origins it rests. */

import { element, outsideLink, plural } from "./dom.js";
import { dayWords } from "./days.js";
import { saidWords } from "./reasons.js";

const MOST_ORIGINS = 20;

/**
 * Claims grouped by origin: the twin in the browser of `geo.provenance.independent_origins`. Two claims are of one origin if
 * they have one claimant, or if a document stands behind both.
 * @param {{claimant: (claim: number) => number, rests_on: number[][]}} columns
 * @param {number[]} claims
 * @returns {number[][]} groups of claims
 */
export function independentOrigins({ claimant, rests_on: restsOn }, claims) {
  const above = new Map(); // from a claimant or a document to another one of the same origin: thousands of claims may be asked
  const rootOf = (mark) => {
    let root = mark;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) {
      if (above.has(next)) above.set(root, above.get(next)); // shortens the way
      root = next;
    }
    return root;
  };
  const voice = (claim) => `claimant ${claimant(claim)}`;
  for (const claim of claims) {
    for (const document of restsOn[claim]) {
      const [one, other] = [rootOf(document), rootOf(voice(claim))];
      if (one !== other) above.set(one, other);
    }
  }
  return [...Map.groupBy(claims, (claim) => rootOf(voice(claim))).values()];
}

/**
 * @param {object} card
 * @param {number | null} known day as of which the story is read: later documents are not drawn
 * @returns {HTMLElement} from the first statement to the document that was read
 */
export function chainDiagram(card, known) {
  const basis = card.reported_basis && ` (${card.reported_basis})`;
  const said = `${saidWords(card)}${basis}`;
  const own = card.chain[0].publisher === card.claimant; // the chain begins with the claimant's own document
  const first = own ? step(card.chain[0], said) : element("li", {}, element("b", {}, card.claimant), element("span.quiet-words", {}, ` ${said}`));
  const out = outBy(card.chain, known);
  const steps = out.slice(own ? 1 : 0).map((source) => step(source, source.published_words));
  const left = card.chain.length - out.length;
  const later = left > 0 && element("li.later", {}, `and later, after ${dayWords(known)}: ${plural(left, "document")}`);
  return element("div.chain", {}, element("span.label", {}, "How it reached us"), element("ol.chain-steps", {}, first, ...steps, later));
}

/** @param {object} card @param {number | null} known @returns {string} its documents by who issued them, first to last */
export function chainWords({ chain }, known) {
  return outBy(chain, known).map(({ publisher, title, source_id: id }) => publisher || title || id).join(" → ");
}

/** The documents of a chain that can have been out by a day: one that derives from a later one is later as well. */
function outBy(chain, known) {
  const cut = known === null ? -1 : chain.findIndex(({ earliest }) => earliest !== null && earliest > known);
  return cut < 0 ? chain : chain.slice(0, cut);
}

function step(source, when) {
  const name = element("b", {}, source.publisher || source.title || source.source_id);
  const title = source.publisher && source.title && `, “${source.title}”`;
  const copy = source.archived_url && element("span", {}, " · ", outsideLink(source.archived_url, "archived copy"));
  const details = [source.kind, when].filter(Boolean).join(", ");
  return element("li", {}, outsideLink(source.url, element("span", {}, name, title)), element("span.quiet-words", {}, ` ${details}`), copy);
}

/**
 * @param {object} store
 * @param {number[][]} groups claims that speak of the same thing and are known, by origin
 * @param {(numbers: {site: number | null, claim: number | null}) => void} openAt
 * @returns {HTMLElement} the number of independent origins, with the list behind it
 */
export function originsList({ columns }, groups, openAt) {
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const rows = groups.slice(0, MOST_ORIGINS).map((group) => {
    const told = [...new Map(group.toReversed().map((claim) => [columns.claimant(claim), claim]))].toReversed(); // the first claim of each
    const who = told.slice(0, 3).map(([claimant, claim], i) => element("span", {}, i ? ", " : "", element("button.inline", { type: "button", onclick: () => openAt({ claim, site: null }) }, columns.claimants[claimant])));
    return element("li", {}, ...who, told.length > 3 && ` and ${told.length - 3} more`, group.length > 1 && element("span.quiet-words", {}, ` (${plural(group.length, "claim")})`));
  });
  const more = groups.length > MOST_ORIGINS && element("li", {}, `and ${groups.length - MOST_ORIGINS} more`);
  const why = count > 1 ? `Of ${plural(count, "claim")} of the same thing. Claims of one claimant, and claims behind which one document stands, count once.` : "No other claim in this story speaks of the same thing.";
  return element("details.origins", { "data-testid": "origins" }, element("summary", {}, plural(groups.length, "independent origin")), element("ul", {}, ...rows, more), element("p.quiet-words", {}, why));
}
