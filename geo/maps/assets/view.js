/** The story view: holds the state, puts the parts together, and draws at most twice a frame. */

import { addressOf, readAddress } from "./address.js";
import { numbersWhere } from "./countedorder.js";
import { element } from "./dom.js";
import { makeCounts, makeHead, makeNotes } from "./frontpage.js";
import { findHost } from "./host.js";
import { makeKnownbar } from "./knownbar.js";
import { legendRows, NOT_ROUTES } from "./legend.js";
import { readColours } from "./paint.js";
import { makePanel } from "./panel.js";
import { drawPicture, PICTURE_RATIO, saveCanvas } from "./picture.js";
import { everything, facetTally, windowDays } from "./selection.js";
import { countWords, selectionWords } from "./selectionwords.js";
import { AT_ONCE, isStep, makeSelector } from "./selector.js";
import { viewCitation } from "./share.js";
import { makeSharing } from "./sharebuttons.js";
import { makeStage } from "./stage.js";
import { domainOf, openStore } from "./store.js";
import { makeTimebar } from "./timebar.js";
import { inTurns } from "./turns.js";

const REST_MS = 450; // after typing or keys; long enough not to fill the history with every letter
const DONE_REST_MS = 120; // after a click or a handle let go
const TEXT_FIRST_MS = 60; // how long the map's ring waits for the text of what was clicked
const MOST_LISTED = 1000;
const MOST_FOLLOWED = 100; // claims of a story of which the panel follows every step; of more it would take longer than the map
const PICTURE_NAME = "claim-atlas-map.png";

/**
 * Turn a Leaflet map into the story view.
 * @param {object} map Leaflet's
 * @param {string} [payload] base64, as `geo/maps/payload.py` writes it; none where the file of the data isn't there
 */
export async function mount(map, payload) {
  if (!payload) {
    document.body.append(element("p", { role: "alert" }, "The data of this story are missing. Their file belongs in the folder of this page, under the name that it was given."));
    return;
  }
  const waiting = element("p.waiting", { role: "status" }, "Reading the claims…");
  document.body.append(waiting);
  try {
    show(map, await openStore(payload));
  } catch (error) {
    document.body.append(element("p", { role: "alert" }, `The claims of this story can't be read (${error.message}). Load the page again.`));
    findHost().begun(); // what stands below the map doesn't need it
    throw error;
  } finally {
    waiting.remove();
  }
}

function show(map, store) {
  const host = findHost();
  const domain = domainOf(...Object.values(store.columns.clocks));
  const selector = makeSelector(store.columns);
  const facets = Object.fromEntries(["claimant", "publisher", "modality"].map((name) => [name, facetTally(store.columns, name)]));
  let state = everything();
  let at = { site: null, claim: null }; // the numbers of the site and the claim that the state names
  let asking = 0;
  let drawn = state; // what the screen shows, at most a frame behind
  let found = null;
  let foundThen = null; // what was found when it was drawn
  let told = {}; // what the panel shows: to fill it anew would take away what a hand is about to press
  let visible = null;
  let frame = 0; // the next one, where something waits for it or was drawn for it already
  let due = false; // whether something is to be drawn with it
  let resting = 0;
  let reported = "";
  let opening = false;
  let stepping = false; // whether the hand is still at work, and the panel of a larger story waits
  let looking = false; // whether a search hasn't answered yet: what is drawn is then as it was before
  let selecting = false; // the same while what is asked is selected in turns
  let dark = false;
  let paper = false;

  const sharing = makeSharing(store, { href, embeds: host.embeds });
  const share = sharing.menu(() => href(state), (place) => viewCitation(selectionWords(state, store.modalities), visible, place));
  const head = makeHead(store, facets, change, share);
  const notes = makeNotes();
  const counts = makeCounts();
  const stage = makeStage(window.L, map, store, { openAt, redraw: draw, save });
  const panel = makePanel(store, { open, openAt, focus: stage.focus, href, sharing });
  const timebar = makeTimebar(store.columns, domain, change);
  const knownbar = makeKnownbar(domainOf(store.columns.clocks.reported), change);
  const left = element("div.left", {}, stage.node, timebar.node, element("div.foot", {}, knownbar.node, counts.node));
  const root = element("div.story-view", {}, head.node, notes.node, element("main.body", { "aria-label": "Map and claims" }, left, panel.node));

  /** A step of reading; `done` says that the hand has let go. */
  function change(patch, done) {
    state = { ...state, ...patch };
    stepping = store.columns.size > MOST_FOLLOWED;
    root.classList.toggle("stepping", stepping);
    if (patch.q !== undefined) void search();
    draw(stepping && patch.q === undefined); // what is looked for is drawn with what is found
    if (!timebar.held() && !knownbar.held()) rest(done ? DONE_REST_MS : REST_MS);
  }

  /** Open a site or a claim in the panel by its id, or the list again. */
  async function open(patch) {
    const mine = (asking += 1);
    const numbers = await store.locate({ site: patch.site ?? state.site, claim: patch.claim ?? state.claim });
    if (mine !== asking) return; // something else was opened meanwhile
    state = { ...state, ...patch };
    if (patch.q !== undefined) void search();
    showAt(numbers);
    rest(DONE_REST_MS);
  }

  /** The same by their numbers: the panel doesn't wait for the ids, which only the address needs. */
  async function openAt(numbers) {
    const mine = (asking += 1);
    showAt(numbers);
    const { site, claim } = numbers;
    const [card] = await Promise.all([claim === null ? null : store.text([claim]), site === null ? null : store.loadSites([site])]);
    if (mine !== asking) return;
    state = { ...state, site: site === null ? "" : store.siteWords(site).id, claim: card === null ? "" : card[0].claim_id };
    rest(DONE_REST_MS);
  }

  function showAt(numbers) {
    at = numbers;
    stepping = false;
    root.classList.remove("stepping");
    panel.toTop();
    opening = at.site !== null || at.claim !== null;
    // The text doesn't wait for a map that takes a frame to draw; nor the map for long, where a server is far away.
    window.cancelAnimationFrame(frame);
    frame = 0;
    const text = visible && !looking && asksAlike(drawn, state) ? showPanel() : null;
    void Promise.race([text, new Promise((done) => window.setTimeout(done, TEXT_FIRST_MS))]).finally(() => { // also where the text can't be had
      stage.bringIntoView(chosenSites());
      drawNow(); // in one frame with the text
    });
  }

  async function search() {
    const { q } = state;
    look(true);
    const matches = await store.search(q);
    if (q !== state.q) return;
    look(false);
    found = matches;
    draw();
  }

  function look(begins) {
    looking = begins;
    root.classList.toggle("looking", begins);
  }

  /**
   * With the next frame, however often it is asked for. At once where none was drawn for that frame yet: of a larger story the
   * drawing then takes the time that it would else only wait.
   */
  function draw(atOnce = false) {
    due = true;
    if (atOnce && !frame) drawNow();
    frame ||= window.requestAnimationFrame(() => {
      frame = 0;
      if (due) drawNow();
    });
  }

  function drawNow() {
    due = false;
    if ((stage.isPreparing() && !paper) || !select() || !stage.draw(visible, at, stepping)) return;
    timebar.show(state, visible);
    knownbar.show(state);
    counts.show(looking ? null : visible);
    head.show(state);
    if (!stepping && !looking && !selecting && (told.visible !== visible || told.at !== at)) void showPanel();
    const detail = { sites: visible.tally.sites, movements: visible.counts.movements, claims: visible.counts.shown, ...windowDays(drawn, domain) };
    performance.clearMarks("claims:painted");
    performance.mark("claims:painted", { detail });
  }

  /** @returns {boolean} whether there is something to draw: what is selected in turns is drawn when it is done */
  function select() {
    if (visible && asksAlike(drawn, state) && foundThen === found) return true;
    if (selecting) return visible !== null;
    if (store.columns.size <= AT_ONCE || (visible && isStep({ state: drawn, found: foundThen }, { state, found }))) {
      visible = selector.select(state, found);
      [drawn, foundThen] = [state, found];
      return true;
    }
    void selectInTurns();
    return false;
  }

  /** What is asked meanwhile is looked at when it is done. */
  async function selectInTurns() {
    selecting = true;
    for (let done = null; done === null; ) {
      const asked = { state, found };
      done = await inTurns(selector.selectInTurns(state, found), () => isStep(asked, { state, found }));
      if (done) [visible, drawn, foundThen] = [done, asked.state, asked.found];
    }
    await inTurns(timebar.prepare(drawn, visible));
    selecting = false;
    drawNow();
  }

  function letPanelFollow() {
    stepping = false;
    root.classList.remove("stepping");
    draw();
    if (visible && !looking && !selecting) void showPanel();
  }

  async function showPanel() {
    told = { visible, at };
    await panel.show(state, visible, at);
    // On a phone the panel is below the map: what was tapped must come into sight.
    if (opening && root.classList.contains("phone")) panel.node.scrollIntoView({ block: "start" });
    opening = false;
  }

  function chosenSites() {
    if (at.site !== null) return [at.site];
    return at.claim === null ? [] : [...store.columns.sitesOf(at.claim)];
  }

  function href(patch) {
    return host.href(`?${new URLSearchParams(addressOf({ ...everything(), ...patch }))}`);
  }

  /** Report the selection once the hand rests: one message, and with it one entry of the history. */
  function rest(wait) {
    window.clearTimeout(resting);
    resting = window.setTimeout(() => {
      if (stepping) letPanelFollow();
      const address = addressOf(state);
      const now = JSON.stringify(address);
      if (now === reported) return;
      reported = now;
      host.report(address);
    }, wait);
  }

  /** Take the state from the address, at first and when the reader goes back or forward; report nothing. */
  async function readState() {
    if (await showState(host.search())) reported = JSON.stringify(addressOf(state));
  }

  /** A link to another state of this page, which would else be loaded anew: a reader's own copy would be lost. */
  async function follow(query) {
    if (await showState(query)) rest(0);
  }

  /** @returns {Promise<boolean>} false where another state was asked for meanwhile */
  async function showState(query) {
    const mine = (asking += 1);
    timebar.stop();
    knownbar.stop();
    window.clearTimeout(resting);
    const { site = "", claim = "" } = Object.fromEntries(new URLSearchParams(query));
    const located = await store.locate({ site, claim });
    if (mine !== asking) return false;
    at = located;
    const { state: read, notes: said } = readAddress(query, { ...facets, site: new Set(at.site === null ? [] : [site]), claim: new Set(at.claim === null ? [] : [claim]) });
    state = read;
    notes.show(said);
    void search();
    stage.bringIntoView(chosenSites());
    draw(!visible); // the first map waits for no frame
    return true;
  }

  function layOut() {
    const height = paper ? null : host.height();
    root.classList.toggle("phone", height === null);
    root.style.height = height === null ? "" : `${height}px`;
    host.setHeight(root.offsetHeight);
    stage.layOut();
    timebar.forget();
    if (visible) draw();
  }

  /** Paper is light and has its own width. The browser waits for what is done here, and for promises that are kept; not for a timer or an event. */
  async function print(begins) {
    paper = begins;
    root.classList.toggle("paper", paper);
    showTheme();
    layOut();
    drawNow();
    await panel.print(paper);
    host.fitPaper(paper ? Math.ceil(root.getBoundingClientRect().height) : null);
  }

  /** A picture goes where paper goes: it is light, whatever the theme. */
  function save() {
    root.dataset.theme = "light";
    const colours = readColours(root);
    showTheme();
    const taken = stage.picture(colours, PICTURE_RATIO);
    const asked = selectionWords(drawn, store.modalities).join(" · ");
    const selection = [asked && `Selected: ${asked}`, countWords(visible)].filter(Boolean);
    const credits = [NOT_ROUTES, taken.credit, ["Claim Atlas", sharing.link(href(state))].filter(Boolean).join(": ")];
    return saveCanvas(drawPicture(taken, { title: store.title, selection, notices: taken.notices.map((words) => `Out of view: ${words}`), legend: legendRows(store), credits }, colours), PICTURE_NAME);
  }

  function showTheme() {
    root.dataset.theme = dark && !paper ? "dark" : "light";
    stage.recolour(root);
    timebar.forget();
    if (visible) draw();
  }

  function keys(event) {
    if (event.key === "Escape" && (state.site || state.claim)) open({ site: "", claim: "" });
    else if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      head.focusSearch();
    }
  }

  document.body.append(root);
  for (const box of document.querySelectorAll("#root, body > span")) box.hidden = true; // streamlit-folium's own
  layOut();
  host.onTheme((now) => {
    dark = now;
    showTheme();
  });
  // The style sheet may come after the script: colours are read again with every change of size.
  const sizes = new ResizeObserver(() => {
    layOut();
    stage.recolour(root);
  });
  for (const node of [root, stage.node]) sizes.observe(node); // the map also gives room to what stands below it
  host.onResize(layOut);
  host.onReturn(() => void readState());
  host.onLink((query) => void follow(query));
  window.addEventListener("beforeprint", () => void print(true));
  window.addEventListener("afterprint", () => void print(false));
  document.addEventListener("keydown", keys);
  // Of a published story a file may be missing; the error of an element goes no further than to it, but comes by here.
  window.addEventListener("error", ({ target }) => target.localName === "script" && notes.show([missingWords(target.getAttribute("src"))]), { capture: true });
  void readState();
  void stage.ready.finally(host.begun);
  window.claimsMap = hooks();

  /** What others rely on to see what is drawn: design section 8. */
  function hooks() {
    const shownSites = () => (visible ? numbersWhere(store.sites.size, (site) => visible.tally.claims[site] > 0) : []);
    return {
      sitePixel: (k) => (shownSites()[k] === undefined ? null : stage.pixelOf(shownSites()[k])),
      state: () => ({ sites: store.siteIds(shownSites()), movements: store.claimIds(visible.movements(MOST_LISTED)), claims: store.claimIds(visible.shown(MOST_LISTED)), ...windowDays(drawn, domain) }),
    };
  }
}

/** Whether two states let the same claims through: what is open in the panel filters nothing. */
function asksAlike(one, other) {
  return Object.keys(other).every((name) => name === "site" || name === "claim" || one[name] === other[name]);
}

function missingWords(file) {
  return `${file} could not be read, so some texts are not shown. It belongs in the folder of this page.`;
}
