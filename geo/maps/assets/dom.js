/** Building the page from data: text becomes text nodes, links only if they are http(s). */

/**
 * @param {string} tag such as "button.quiet"
 * @param {Record<string, unknown>} [props] attributes; `on…` names listeners; false and null leave out
 * @param {...(Node | string | null | false)} children strings become text
 * @returns {HTMLElement}
 */
export function element(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" "); // a list of classes would be kept with the node
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** @param {(on: boolean) => void} tell @returns {object} handlers by which a button tells that it is pointed at or has the focus, and that it no longer is or has */
export function attention(tell) {
  const [begins, ends] = [true, false].map((on) => () => tell(on));
  return { onfocus: begins, onmouseenter: begins, onblur: ends, onmouseleave: ends };
}

/**
 * Give a node just these children. One that it has already isn't put anew: it keeps its focus, and isn't laid out once more.
 * @param {HTMLElement} node
 * @param {(Node | null | false)[]} children
 */
export function setChildren(node, children) {
  const wanted = children.filter(Boolean);
  const stays = new Set(wanted);
  for (const child of [...node.childNodes].filter((each) => !stays.has(each))) child.remove();
  let next = node.firstChild;
  for (const child of wanted) {
    if (child === next) next = next.nextSibling;
    else node.insertBefore(child, next);
  }
}

/**
 * Let a field hold a value. One that it holds already isn't set anew, which takes a good part of a step.
 * @param {HTMLInputElement} field
 * @param {string} value
 */
export function setValue(field, value) {
  if (field.value !== value) field.value = value;
}

/**
 * Let a node say just these words. Those that it says already aren't put anew: the page would be laid out once more.
 * @param {HTMLElement} node
 * @param {string} words
 */
export function setWords(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/**
 * @param {string} url from the data
 * @param {HTMLElement | string} words
 * @returns {HTMLElement | string} a link, or the words alone if the address is not http(s)
 */
export function outsideLink(url, words) {
  if (!isWebAddress(url)) return words;
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}

/** @param {string} url @returns {boolean} */
export function isWebAddress(url) {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

const NUMBERS = new Intl.NumberFormat("en-GB"); // kept: to make one takes longer than to draw a mark

/** @param {number} number @returns {string} with commas: "12,000" */
export function inWords(number) {
  return NUMBERS.format(number);
}

/** @param {number} count @param {string} one @param {string} [many] @returns {string} "1 claim", "2 claims" */
export function plural(count, one, many = `${one}s`) {
  return `${inWords(count)} ${count === 1 ? one : many}`;
}
