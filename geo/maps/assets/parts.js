/** The texts of a big published story: in files beside the page, each loaded when something that it holds is first asked for. */

import { element } from "./dom.js";
import { inflate } from "./unpack.js";
import { claimsWith, idTexts, numberedCards, numbersOf, standingTexts } from "./whole.js";

const MOST_SOUGHT = 200; // sides, as `geo/served_view.py` has it: each may be in another file

/**
 * @param {object} beside as `geo/maps/payload.py` writes it
 * @param {import("./columns.js").Columns} columns
 * @param {(file: string) => Promise<any>} [load] gives what a file holds
 * @returns {import("./whole.js").Texts}
 */
export function partedTexts({ ids, sites: siteIds, parts }, columns, load = loadBeside) {
  const cards = makeShelf(parts.texts, async (file) => {
    const { cards: some, numbers } = await load(file);
    return numberedCards(some, (id) => numbers[id]);
  });
  const [arrows, sites, haystacks, standing] = ["arrows", "sites", "search", "standing"].map((kind) => makeShelf(parts[kind], load));
  return {
    siteWords: sites.at,
    loadSites: sites.load,
    arrowWords: arrows.at,
    loadArrows: arrows.load,
    path: () => null,
    text: async (claims) => {
      await cards.load(claims);
      return claims.map(cards.at);
    },
    find: async (terms) => claimsWith(await haystacks.all(), terms),
    ...idTexts(ids, numbersOf(ids), siteIds),
    ...standingTexts(async () => ({ ...columns, ...(await standing.all())[0] }), MOST_SOUGHT),
  };
}

/** Things by their numbers, of which each file holds `size`. */
function makeShelf({ size, files }, load) {
  const there = []; // what each file holds, by its number
  const coming = [];
  const partOf = (number) => Math.floor(number / size);

  async function open(part) {
    try {
      there[part] = await load(files[part]);
    } catch (error) {
      delete coming[part]; // asked for again, it is tried again
      throw error;
    }
  }

  const openAll = async (some) => void (await Promise.all(some.map((part) => (coming[part] ??= open(part)))));
  return {
    at: (number) => there[partOf(number)]?.[number % size] ?? null,
    load: (numbers) => openAll([...new Set(numbers.map(partOf))]),
    all: async () => {
      await openAll([...files.keys()]);
      return there.flat();
    },
  };
}

/** A page that is opened from a disk can't fetch. What a script leaves is taken before another runs: its load is told at once. */
function loadBeside(file) {
  return new Promise((done, fail) => {
    const script = element("script", {
      src: file,
      onload: () => {
        script.remove();
        done(inflate(window.storyData).json());
      },
      onerror: () => {
        script.remove();
        fail(new Error(`${file} is missing`));
      },
    });
    script.nonce = document.querySelector("script[nonce]").nonce; // the page's policy lets this one run
    document.head.append(script);
  });
}
