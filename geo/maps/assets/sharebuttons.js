/** Buttons that copy a link, a citation or the markup of a frame; what they copy is made in `share.js`. */

import { copyText } from "./copy.js";
import { thisDay } from "./days.js";
import { element } from "./dom.js";
import { frameMarkup } from "./share.js";

const OWN_COPY = "In your own copy; publish or download it to share.";
const HOST_FIRST = "This page is a file on a disk: put it on a web server first, and its address can be embedded.";

/**
 * @param {object} store
 * @param {{href: (patch: object) => string, embeds: boolean}} host how the address of a state is made; whether the page can stand in another
 * @returns {object} what shares the states of this story
 */
export function makeSharing(store, { href, embeds }) {
  const absolute = (query) => (store.shareable ? new URL(query, window.location.href).href : "");
  // A path on somebody's disk tells others nothing: it is copied when asked for, and written nowhere else.
  const link = (query) => (window.location.protocol === "file:" ? "" : absolute(query));
  const place = (query) => ({ title: store.title, today: thisDay(), address: link(query) });

  /** Buttons in a row; each is named with what it copies of. */
  function row(name, told, ...copies) {
    const text = element("p.to-copy", { hidden: true });
    const button = ([words, done, make]) => {
      const onclick = () => {
        const copied = make();
        text.hidden = true;
        text.textContent = copied;
        return copyText(copied, told, { done, written: () => shown(text) });
      };
      return element("button.inline", { type: "button", "aria-label": `${words}: ${name}`, onclick }, words);
    };
    return [...copies.filter(Boolean).map(button), told, text];
  }

  function linkAndCitation(where, cite) {
    return [
      store.shareable && ["Copy link", "link copied", () => absolute(where())],
      ["Cite", "citation copied", () => cite(place(where()))],
    ];
  }

  return {
    /** Where others see the same; blank where they can't. */
    link,

    /**
     * @param {string} name of the claim, site or movement
     * @param {object} patch its state
     * @param {(place: import("./share.js").Place) => string} cite
     * @returns {(HTMLElement | string)[]}
     */
    buttons(name, patch, cite) {
      const told = element("span.copied", { role: "status" });
      return [...row(name, told, ...linkAndCitation(() => href(patch), cite)), !store.shareable && element("span.quiet-words", {}, OWN_COPY)].filter(Boolean);
    },

    /**
     * @param {() => string} here the address of what is shown
     * @param {(place: import("./share.js").Place) => string} cite
     * @returns {HTMLElement} the menu of the whole view
     */
    menu(here, cite) {
      const told = element("p.copied", { role: "status" });
      const embed = () => frameMarkup(place(here()));
      const offered = row("this view", told, ...linkAndCitation(here, cite), embeds && window.location.protocol !== "file:" && ["Embed", "markup copied", embed]);
      const why = [!store.shareable && OWN_COPY, embeds && window.location.protocol === "file:" && HOST_FIRST].filter(Boolean);
      const node = element("details.share-menu", { "data-testid": "share" }, element("summary", {}, "Share"), element("div.share-box", { role: "group", "aria-label": "Share this view" }, ...offered, ...why.map((words) => element("p.quiet-words", {}, words))));
      closeByItself(node, told);
      return node;
    },
  };
}

function shown(text) {
  text.hidden = false;
  return text;
}

/** A menu is gone when the reader turns to something else. */
function closeByItself(menu, told) {
  const close = () => (menu.open = false);
  document.addEventListener("pointerdown", ({ target }) => !menu.contains(target) && close());
  menu.addEventListener("focusout", ({ relatedTarget: next }) => next && !menu.contains(next) && close());
  menu.addEventListener("toggle", () => (told.textContent = ""));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation(); // it would close what the panel shows
    close();
    menu.querySelector("summary").focus();
  });
}
