/** Copying a text, and saying that it is copied. */

/**
 * @param {string} text
 * @param {HTMLElement} told of `role=status`
 * @param {{done: string, written: () => HTMLElement}} how what to say; where the text stands, to be selected where the browser forbids copying
 * @returns {Promise<void>}
 */
export async function copyText(text, told, { done, written }) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = done;
  } catch {
    window.getSelection().selectAllChildren(written()); // the reader's own keys will do
    told.textContent = "selected: copy it with Ctrl-C";
  }
}
