/** A box for a typed day, as words or in ISO form: a browser's own date box speaks the reader's locale, not the story's. */

import { dayWords, typedDay } from "./days.js";
import { element, setValue } from "./dom.js";

/**
 * @param {string} words what the day is, for a screen reader
 * @param {(day: number | null) => void} choose called with a day that was typed; null for an emptied box
 * @param {string} [none] what an empty box says
 * @returns {{node: HTMLElement, show: (day: number | null) => void}}
 */
export function makeDayField(words, choose, none = "") {
  const node = element("input.typed-day", { type: "text", size: 11, spellcheck: "false", autocomplete: "off", placeholder: none, "aria-label": words, title: "Type a day: 2024-10-08 or 8 Oct 2024" });
  let typing = false; // no drawing may take away a day that is being typed
  node.addEventListener("input", () => (typing = true));
  node.addEventListener("blur", () => (typing = false));
  node.addEventListener("change", () => {
    const day = node.value.trim() ? typedDay(node.value) : null;
    const wrong = day === null && node.value.trim() !== "";
    node.setAttribute("aria-invalid", String(wrong));
    if (wrong) return;
    typing = false;
    choose(day);
  });
  const show = (day) => {
    if (typing) return;
    setValue(node, day === null ? "" : dayWords(day));
    node.setAttribute("aria-invalid", "false");
  };
  return { node, show };
}
