/** The texts of a story that is too big to be in the page: the server is asked for those that are wanted. */

import { isoDay } from "./days.js";
import { numberedCards } from "./whole.js";

/**
 * @param {string} address under which `geo/routes.py` serves the story, ending in a slash
 * @returns {import("./whole.js").Texts}
 */
export function servedTexts(address) {
  const siteWords = new Map();
  const arrowWords = new Map();
  let pending = Promise.resolve();
  const addressOf = (what, asked) => `${address}${what}?${new URLSearchParams(asked)}`;
  const ask = async (what, asked) => checked(await fetch(addressOf(what, asked)));
  const json = async (what, asked) => (await ask(what, asked)).json();
  const knownOf = ({ day }) => (day === null ? {} : { known: isoDay(day) });

  /** `words` holds null for what was asked for and hasn't come yet; all wait for what was asked before. */
  async function load(words, what, numbers) {
    const missing = numbers.filter((number) => !words.has(number));
    for (const number of missing) words.set(number, null);
    if (missing.length > 0) pending = Promise.all([pending, json(what, { numbers: missing.join() }).then((found) => missing.forEach((number, i) => words.set(number, found[i])))]);
    await pending;
  }

  /** Only what looks at the page from outside asks so: it can't wait for a promise. */
  function jsonAtOnce(what, numbers) {
    if (numbers.length === 0) return [];
    const request = new XMLHttpRequest();
    request.open("GET", addressOf(what, { numbers: numbers.join() }), false);
    request.send();
    return JSON.parse(request.responseText);
  }

  return {
    siteWords: (site) => siteWords.get(site) ?? null,
    loadSites: (sites) => load(siteWords, "sites", sites),
    arrowWords: (arrow) => arrowWords.get(arrow) ?? null,
    loadArrows: (arrows) => load(arrowWords, "arrows", arrows),
    path: () => null,
    text: async (claims) => (claims.length === 0 ? [] : numbered(await json("cards", { numbers: claims.join() })).cards),
    dossiers: async (claims, visible) => (claims.length === 0 ? { cards: [], origins: [], voices: [] } : numbered(await json("dossiers", { numbers: claims.join(), ...knownOf(visible) }))),
    claimIds: (claims) => jsonAtOnce("claim-ids", claims),
    siteIds: (sites) => jsonAtOnce("site-ids", sites),
    locate: async ({ site = "", claim = "" }) => (site || claim ? json("locate", { site, claim }) : { site: null, claim: null }),
    find: async (terms) => {
      const bits = new Uint8Array(await (await ask("search", { q: terms.join(" ") })).arrayBuffer());
      return { has: (claim) => ((bits[claim >> 3] >> (claim & 7)) & 1) === 1 };
    },
    sides: (claim, visible) => json("sides", { numbers: claim, ...knownOf(visible) }),
  };
}

/** Give each response the number of its claim. */
function numbered({ cards, numbers, ...rest }) {
  return { ...rest, cards: numberedCards(cards, (id) => numbers[id]) };
}

function checked(answer) {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer;
}
