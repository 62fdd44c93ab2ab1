/** Where the element lives: in a frame of the app, or in a file of its own. Both have an address, a theme and a height. */

const TABS_PEEK_PX = 54; // what the frame leaves of the window, so that the tabs below are seen to be there
const PHONE_PX = 700;
const LEAST_PX = 480;
const TAB_COMES_MS = 3000;

/** @returns {object} the host of this page */
export function findHost() {
  return window.Streamlit ? appHost(window.Streamlit) : fileHost();
}

function appHost(Streamlit) {
  const page = window.parent;
  let seq = 0;
  let theme = null;
  let room = null; // the height that the window left for the frame when last asked
  const listeners = [];
  Streamlit.events.addEventListener(Streamlit.RENDER_EVENT, ({ detail }) => {
    const told = detail.theme ? isDark(detail.theme.backgroundColor) : null;
    if (told === null || told === theme) return;
    theme = told;
    for (const listener of listeners) listener(theme);
  });
  borrowFonts(page.document);
  bringTabsIntoView(page);
  warnOfLoss(page);
  showOpened(page);
  return {
    search: () => page.location.search,
    href: (query) => `${page.location.pathname}${query}`,
    embeds: false, // what a reader embeds is a published page
    onLink: (listener) => followLinks(page, listener),
    onReturn: (listener) => {
      page.addEventListener("popstate", listener);
      // The frame may be rebuilt while the page stays: a listener of a frame that is gone must not answer.
      window.addEventListener("pagehide", () => page.removeEventListener("popstate", listener));
    },
    report: (selection) => {
      seq += 1;
      Streamlit.setComponentValue({ ...selection, seq });
    },
    begun: () => {
      seq += 1;
      Streamlit.setComponentValue({ begun: true, seq });
    },
    onTheme: (listener) => {
      listeners.push(listener);
      listener(theme ?? isDark(getComputedStyle(document.body).backgroundColor));
    },
    height: () => (room = roomFor(window.frameElement, page)),
    onResize: (listener) => {
      // What stands above the frame still changes while the page loads.
      const around = new page.ResizeObserver(() => roomFor(window.frameElement, page) !== room && listener());
      around.observe(blockOf(window.frameElement));
      page.addEventListener("resize", listener);
      window.addEventListener("pagehide", () => {
        around.disconnect();
        page.removeEventListener("resize", listener);
      });
    },
    setHeight: (height) => Streamlit.setFrameHeight(height),
    fitPaper: (height) => {
      // Streamlit would set the height too late, so the frame's own attribute is overruled for the while.
      window.frameElement.style.height = height === null ? "" : `${height}px`;
    },
  };
}

/** How high the frame may be, below what the page shows above it, such as a warning; null on a phone, where all scrolls. */
function roomFor(frame, page) {
  if (window.innerWidth < PHONE_PX) return null;
  const above = frame.getBoundingClientRect().top - blockOf(frame).getBoundingClientRect().top;
  return Math.max(LEAST_PX, page.innerHeight - TABS_PEEK_PX - above);
}

function blockOf(frame) {
  return frame.closest('[data-testid="stMainBlockContainer"]') ?? frame.ownerDocument.body;
}

/** The frame fills the window: what a tab holds opens below it, where a reader who clicked the tab would not see it. */
function bringTabsIntoView(page) {
  let stay = () => {};
  const follow = ({ target }) => {
    const tab = target.closest('[role="tab"]');
    if (!tab) return;
    stay();
    // What the tab holds comes from the server: only then may the page be long enough.
    const grows = new page.ResizeObserver(() => tab.scrollIntoView());
    grows.observe(blockOf(window.frameElement));
    const ended = page.setTimeout(() => stay(), TAB_COMES_MS);
    stay = () => {
      grows.disconnect();
      page.clearTimeout(ended);
    };
  };
  const leave = () => stay(); // the hand goes elsewhere
  page.document.addEventListener("click", follow, { capture: true }); // Streamlit stops it at the tab
  for (const event of ["wheel", "touchmove", "keydown"]) page.document.addEventListener(event, leave, { capture: true, passive: true });
  window.addEventListener("pagehide", () => {
    stay();
    page.document.removeEventListener("click", follow, { capture: true });
    for (const event of ["wheel", "touchmove", "keydown"]) page.document.removeEventListener(event, leave, { capture: true });
  });
}

/** What stands below the frame links to states of the story view. */
function followLinks(page, listener) {
  const follow = (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    listener(link.search);
    window.frameElement.scrollIntoView();
  };
  page.document.addEventListener("click", follow, { capture: true });
  window.addEventListener("pagehide", () => page.document.removeEventListener("click", follow, { capture: true }));
}

/** A reader's own copy of a story ends with the page: the browser asks before it is closed or loaded anew. */
function warnOfLoss(page) {
  const ask = (event) => page.document.querySelector(".st-key-draft-bar") && event.preventDefault();
  page.addEventListener("beforeunload", ask);
  window.addEventListener("pagehide", () => page.removeEventListener("beforeunload", ask));
}

/** Whoever opened a story did so below the map, and shall see the map. */
function showOpened(page) {
  if (page.document.querySelector(".st-key-draft-opened")) window.frameElement.closest('[data-testid="stMain"]')?.scrollTo(0, 0);
}

/**
 * Speak in the page's own font: its faces are declared there, and a frame doesn't inherit them.
 * @param {Document} parent
 */
export function borrowFonts(parent) {
  const faces = [...parent.styleSheets].flatMap((sheet) => (sheet.href && !sheet.href.startsWith(window.location.origin) ? [] : [...sheet.cssRules].filter((rule) => rule instanceof parent.defaultView.CSSFontFaceRule).map((rule) => [rule, sheet.href ?? parent.baseURI])));
  for (const [{ style }, base] of faces) {
    const source = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue("src"));
    const family = style.getPropertyValue("font-family").replaceAll(/["']/g, "");
    if (!source || family !== "Source Sans") continue;
    const descriptors = { weight: style.getPropertyValue("font-weight") || "normal", style: style.getPropertyValue("font-style") || "normal" };
    document.fonts.add(new FontFace(family, `url("${new URL(source[1], base).href}")`, descriptors));
  }
}

function fileHost() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const embedded = window.parent !== window; // there the way back is the way out of the page around it
  return {
    search: () => window.location.search,
    href: (query) => `${window.location.pathname}${query}`,
    embeds: true,
    onLink: () => {}, // its links are all the element's own
    onReturn: (listener) => window.addEventListener("popstate", listener),
    report: (selection) => {
      const query = new URLSearchParams(selection).toString();
      window.history[embedded ? "replaceState" : "pushState"](null, "", query ? `?${query}` : window.location.pathname);
    },
    begun: () => {},
    onTheme: (listener) => {
      dark.addEventListener("change", () => listener(dark.matches));
      listener(dark.matches);
    },
    height: () => (window.innerWidth < PHONE_PX ? null : window.innerHeight),
    onResize: (listener) => window.addEventListener("resize", listener),
    setHeight: () => {},
    fitPaper: () => {},
  };
}

/** @param {string} colour as `#rgb`, `#rrggbb`, `rgb(…)` or `rgba(…)` @returns {boolean} */
export function isDark(colour) {
  if (/^#[0-9a-f]{3}$/i.test(colour)) return isDark(colour.replaceAll(/[0-9a-f]/gi, "$&$&"));
  const parts = colour.startsWith("#") ? [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16)) : colour.match(/[\d.]+/g)?.map(Number);
  if (!parts || parts.length < 3 || parts[3] === 0) return false;
  // Relative luminance without the gamma step: enough to tell light from dark.
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}
