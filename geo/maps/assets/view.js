/** The story view: puts the parts together, holds the state, and draws at most once a frame. */

import { addressOf, readAddress } from "./address.js";
import { element } from "./dom.js";
import { edgeNotices, outOfView } from "./edges.js";
import { makeCounts, makeHead, makeNotes } from "./frontpage.js";
import { findHost } from "./host.js";
import { landscapePainter, paintCountryNames, readLandscape } from "./landscape.js";
import { makeLegend } from "./legend.js";
import { measurer, paintScene, readColours } from "./paint.js";
import { makePanel } from "./panel.js";
import { hitTest, makeScene } from "./scene.js";
import { select, windowDays } from "./selection.js";
import { createSheet } from "./sheet.js";
import { domainOf, openStore } from "./store.js";
import { makeTimebar } from "./timebar.js";
import { densestGroup } from "./group.js";

const REST_MS = 450;
const CLICK_REST_MS = 120;
const ANY_DAY = { first: 0, last: 0 };
const MOST_LISTED = 1000;

/**
 * Turn a Leaflet map into the story view.
 * @param {object} map Leaflet's
 * @param {string} payload base64, as `geo/maps/payload.py` writes it
 */
export function mount(map, payload) {
  const L = window.L;
  const store = openStore(payload);
  const host = findHost();
  const domain = domainOf(store.columns);
  const ids = { claim: new Set(store.columns.id), site: new Set(store.sites.map(({ id }) => id)) };
  const known = { ...ids, claimant: new Set(store.columns.claimant), publisher: new Set(store.columns.publisher), modality: new Set(store.columns.modality) };
  let state = readAddress("", known).state;
  let found = null;
  let visible = null;
  let scene = null;
  let colours = null;
  let paintLandscape = null;
  let countryNames = [];
  let focused = null;
  let frame = 0;
  let resting = 0;
  let reported = "";
  let moved = false;

  const head = makeHead(store, change);
  const notes = makeNotes();
  const counts = makeCounts();
  const panel = makePanel(store, { open, focusSite, href });
  const timebar = makeTimebar(store.columns, domain ?? ANY_DAY, change);
  const edges = element("div.edges");
  const legend = makeLegend(store, window.innerWidth >= 900);
  const stage = element("div.stage", {}, edges, legend);
  const left = element("div.left", {}, stage, timebar.node, counts.node);
  const root = element("div.story-view", {}, head.node, notes.node, element("div.body", {}, left, panel.node));

  function change(patch, now) {
    if (patch.q !== undefined && patch.q !== state.q) void search(patch.q);
    state = { ...state, ...patch };
    draw();
    rest(now ? CLICK_REST_MS : REST_MS);
  }

  function open(patch) {
    const wasOpen = state.site || state.claim;
    state = { ...state, ...patch };
    bringIntoView();
    draw();
    rest(CLICK_REST_MS);
    panel.detail.scrollTop = 0;
    if (wasOpen && !state.site && !state.claim) panel.node.querySelector(".site-chip:not([hidden])")?.focus();
  }

  async function search(q) {
    const matches = await store.search(q);
    if (q !== state.q) return;
    found = matches;
    draw();
  }

  function draw() {
    frame ||= window.requestAnimationFrame(() => {
      frame = 0;
      drawNow();
    });
  }

  function drawNow() {
    visible = select(store.columns, state, found);
    visible.searched = (i) => !found || found.has(i);
    sheet.redraw();
    timebar.show(state, visible);
    counts.show(visible);
    head.show(state);
    void panel.show(state, visible);
    const days = windowDays(state, domain ?? ANY_DAY);
    const detail = { sites: visible.claimsAt.size, movements: visible.movements.length, claims: visible.shown.length, ...days };
    performance.clearMarks("claims:painted");
    performance.mark("claims:painted", { detail });
  }

  const sheet = createSheet(L, (canvas) => {
    if (!visible || !colours) return;
    if (paintLandscape) paintLandscape(canvas, colours);
    const hidden = outOfView(store, visible, map);
    edges.replaceChildren(...edgeNotices(store, visible, hidden, goTo));
    scene = makeScene(store, visible, canvas, measurer(canvas.context), obstacles());
    paintCountryNames(canvas, countryNames, colours, scene.taken);
    paintScene(canvas, scene, store, visible, colours, { site: focused ?? chosenSite(), claim: state.claim ? store.columns.id.indexOf(state.claim) : null });
  });

  function obstacles() {
    const origin = stage.getBoundingClientRect();
    const covering = stage.querySelectorAll(".edge-notice, .legend, .leaflet-control");
    return [...covering].map((node) => {
      const box = node.getBoundingClientRect();
      return { x: box.left - origin.left - 4, y: box.top - origin.top - 4, width: box.width + 8, height: box.height + 8 };
    });
  }

  function chosenSite() {
    return state.site ? store.sites.findIndex(({ id }) => id === state.site) : null;
  }

  function focusSite(site) {
    focused = site;
    sheet.redraw();
  }

  function href(patch) {
    return host.href(`?${new URLSearchParams(addressOf({ ...state, site: "", claim: "", ...patch }))}`);
  }

  function bringIntoView() {
    const site = chosenSite();
    if (site === null || site < 0) return;
    const { lat, lon } = store.sites[site];
    if (!map.getBounds().pad(-0.05).contains([lat, lon])) goTo([site]);
  }

  function goTo(sites) {
    moved = true;
    const corners = sites.flatMap((index) => {
      const { lat, lon, extent } = store.sites[index];
      return extent ? [[extent[0], extent[1]], [extent[2], extent[3]]] : [[lat, lon]];
    });
    fit(corners, sites.length > 1 ? 8 : 6);
  }

  function fit(corners, maxZoom) {
    map.fitBounds(corners, { maxZoom, paddingTopLeft: [70, 40], paddingBottomRight: [110, 40], animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
  }

  /** Until the reader moves the map, it keeps to the first view whatever the size of the window. */
  function settle() {
    if (!moved) home(false);
  }

  function home(animate) {
    const group = densestGroup(store.sites, (a, b) => map.distance(a, b) / 1000);
    if (group.length === 0) return map.setView([20, 0], 2);
    const corners = group.map(({ lat, lon }) => [lat, lon]);
    if (animate) return fit(corners, 8);
    return map.fitBounds(corners, { maxZoom: 8, paddingTopLeft: [70, 40], paddingBottomRight: [110, 40], animate: false });
  }

  /** Report the selection once the hand rests: one message, and with it one entry of the history. */
  function rest(wait) {
    window.clearTimeout(resting);
    resting = window.setTimeout(() => {
      const address = addressOf(state);
      const now = JSON.stringify(address);
      if (now === reported) return;
      reported = now;
      host.report(address);
    }, wait);
  }

  function readState() {
    timebar.stop(false);
    window.clearTimeout(resting);
    const { state: read, notes: said } = readAddress(host.search(), known);
    state = read;
    reported = JSON.stringify(addressOf(state));
    notes.show(said);
    void search(state.q);
    draw();
  }

  function layOut() {
    const height = host.height();
    root.classList.toggle("phone", height === null);
    root.style.height = height === null ? "" : `${height}px`;
    host.setHeight(root.offsetHeight);
    map.invalidateSize({ animate: false, pan: false });
    stage.style.setProperty("--legend-height", `${legend.offsetHeight}px`); // a notice at that corner stands above it
    settle();
  }

  place(map, root, stage);
  addControls(L, map, () => {
    moved = false;
    home(true);
  });
  sheet.addTo(map);
  listen();
  layOut();
  host.onTheme((dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    colours = readColours(root);
    draw();
  });
  readState();
  bringIntoView();
  void store.basemap().then((data) => {
    paintLandscape = landscapePainter(readLandscape(data));
    countryNames = data.names;
    draw();
  });
  window.claimsMap = hooks();

  function listen() {
    new ResizeObserver(() => {
      layOut();
      colours = readColours(root);
      draw();
    }).observe(root);
    host.onResize(layOut);
    host.onReturn(readState);
    const container = map.getContainer();
    const pointOf = (event) => map.mouseEventToContainerPoint(event);
    map.on("click", ({ originalEvent }) => click(pointOf(originalEvent)));
    container.addEventListener("mousemove", (event) => {
      container.classList.toggle("over-mark", Boolean(scene && hitTest(scene, pointOf(event))));
    });
    map.on("dragstart", () => (moved = true));
    container.addEventListener("wheel", () => (moved = true), { passive: true });
    container.addEventListener("dblclick", () => (moved = true));
    container.addEventListener("keydown", () => (moved = true));
    container.querySelector(".leaflet-control-zoom").addEventListener("click", () => (moved = true));
    void document.fonts.ready.then(draw);
    document.fonts.addEventListener("loadingdone", draw);
    legend.addEventListener("toggle", layOut);
    root.addEventListener("keydown", (event) => {
      const typing = event.target.matches("input, select");
      if (event.key === "Escape" && (state.site || state.claim)) open({ site: "", claim: "" });
      else if (event.key === "/" && !typing) {
        event.preventDefault();
        head.focusSearch();
      }
    });
  }

  function click(point) {
    const hit = scene && hitTest(scene, point);
    if (!hit) return;
    if (hit.claim !== undefined) open({ claim: store.columns.id[hit.claim], site: "" });
    else if (hit.mark.sites.length === 1) open({ site: store.sites[hit.mark.sites[0]].id, claim: "" });
    else openGathered(hit.mark.sites);
  }

  /** Zoom until the gathered sites come apart; where they are one point, each click opens the next. */
  function openGathered(sites) {
    if (map.getZoom() < map.getMaxZoom()) {
      const before = map.getZoom();
      goTo(sites);
      if (map.getZoom() === before) map.setZoom(before + 1);
      return;
    }
    const next = sites[(sites.indexOf(chosenSite() ?? -1) + 1) % sites.length];
    open({ site: store.sites[next].id, claim: "" });
  }

  function hooks() {
    const shownSites = () => [...(visible?.claimsAt.keys() ?? [])].toSorted((a, b) => a - b);
    return {
      sitePixel: (k) => {
        const site = shownSites()[k];
        if (site === undefined) return null;
        const mark = scene?.marks.find(({ sites }) => sites.includes(site));
        const { x: width, y: height } = map.getSize();
        if (!mark || mark.x < 0 || mark.y < 0 || mark.x > width || mark.y > height) return null;
        const origin = map.getContainer().getBoundingClientRect();
        return { x: origin.left + mark.x, y: origin.top + mark.y };
      },
      state: () => ({
        sites: shownSites().map((index) => store.sites[index].id),
        movements: visible.movements.slice(0, MOST_LISTED).map((i) => store.columns.id[i]),
        claims: visible.shown.slice(0, MOST_LISTED).map((i) => store.columns.id[i]),
        ...windowDays(state, domain ?? ANY_DAY),
      }),
    };
  }
}

/** Take the map out of streamlit-folium's own frame of boxes and into ours. */
function place(map, root, stage) {
  const container = map.getContainer();
  document.body.append(root);
  stage.prepend(container);
  for (const box of document.querySelectorAll("#root, body > span")) box.hidden = true;
  container.classList.add("claims-map");
  container.dataset.testid = "claims-map";
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Map of the claims. Every site on it is also a button in the list of places.");
}

function addControls(L, map, home) {
  map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth; Ukraine and Western Sahara by UN resolutions");
  const Home = L.Control.extend({
    onAdd: () => {
      const button = element("button.home", { type: "button", title: "Back to the first view", "aria-label": "Back to the first view", onclick: home }, "⌂");
      L.DomEvent.disableClickPropagation(button);
      return element("div.leaflet-bar", {}, button);
    },
  });
  new Home({ position: "topleft" }).addTo(map);
}
