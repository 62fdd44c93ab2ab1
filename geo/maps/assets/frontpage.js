/** The head of the element: title, method, search and facets, notes, counts. */

import { element, setWords } from "./dom.js";
import { selectionWords, threeNumbers } from "./selectionwords.js";

const FACETS = { claimant: "Anyone says", publisher: "Any publisher", modality: "Any kind" };

/**
 * @param {object} store
 * @param {Record<string, Map<string, number>>} tallies by the names of `FACETS`, as `facetTally` gives them
 * @param {(patch: object, resting: boolean) => void} change
 * @param {HTMLElement} share the menu
 * @returns {{node: HTMLElement, show: (state: object) => void, focusSearch: () => void}}
 */
export function makeHead(store, tallies, change, share) {
  const search = element("input.search", { type: "search", placeholder: "Find a place, a claimant, a word", "aria-label": "Search the claims", "data-testid": "search", oninput: () => change({ q: search.value.trim() }, false) });
  const facets = Object.entries(FACETS).map(([name, words]) => facet(name, words, tallies[name], store.modalities, change));
  const title = element("h1", {}, store.title);
  const method = element("p.method", {}, "What has been said, where, when and by whom. Every mark is a sourced claim; nothing here is verified by us.");
  const asked = element("p.asked", { "data-testid": "asked" });
  for (const { node: select } of facets) select.hidden = select.options.length < 3; // one value to choose is no choice
  const node = element("header.head", { "aria-label": "Story" }, element("div.title", {}, element("div.title-row", {}, title, share), method, asked), element("div.ask", { role: "search" }, search, element("div.facets", {}, ...facets.map((each) => each.node))));
  const show = (state) => {
    if (search.value.trim() !== state.q) search.value = state.q; // a blank typed last shall stay
    for (const each of facets) each.show(state);
    const phrases = selectionWords(state, store.modalities);
    setWords(asked, phrases.length ? `Selected: ${phrases.join(" · ")}` : "");
  };
  return { node, show, focusSearch: () => search.focus() };
}

function facet(name, words, tally, modalities, change) {
  const names = [...tally.keys()].toSorted((a, b) => tally.get(b) - tally.get(a) || a.localeCompare(b));
  const label = (value) => (name === "modality" ? modalities[value] : value);
  const options = names.map((value) => element("option", { value }, `${label(value)} (${tally.get(value)})`));
  const node = element("select.facet", { "aria-label": `Filter by ${name}`, "data-testid": `facet-${name}`, onchange: () => change({ [name]: node.value }, true) }, element("option", { value: "" }, words), ...options);
  let shown = "";
  const show = (state) => {
    if (shown === state[name]) return; // to set one of thousands takes the browser a while
    shown = state[name];
    node.value = shown;
    node.classList.toggle("active", state[name] !== "");
  };
  return { node, show };
}

/** @returns {{node: HTMLElement, show: (notes: string[]) => void}} what the page has to say of the address */
export function makeNotes() {
  const node = element("div.notes", { role: "status", "data-testid": "notes" });
  const show = (notes) => {
    const close = element("button.quiet", { type: "button", "aria-label": "Close the note", onclick: () => show([]) }, "×");
    node.replaceChildren(...notes.map((note) => element("p", {}, note)), ...(notes.length ? [close] : []));
    node.hidden = notes.length === 0;
  };
  return { node, show };
}

/** @returns {{node: HTMLElement, show: (visible: object | null) => void}} the three numbers that add up to the story; null while they are not known */
export function makeCounts() {
  const node = element("p.counts", { "data-testid": "counts", role: "status" });
  const numbers = [0, 1, 2].map(() => element("span"));
  const whole = element("span.total");
  const sum = numbers.flatMap((number, i) => (i ? [" · ", number] : [number])).concat(whole);
  const show = (visible) => {
    if (!visible) {
      node.textContent = "Looking through the texts…";
      return;
    }
    const { parts, total } = threeNumbers(visible);
    for (const [i, words] of parts.entries()) setWords(numbers[i], words);
    setWords(whole, ` = ${total}`);
    if (whole.parentNode !== node) node.replaceChildren(...sum);
  };
  return { node, show };
}
