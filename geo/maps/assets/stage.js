/** The stage: the map with its canvas, edge notices and legend; what is drawn on it and what a click hits. */

import { NOWHERE } from "./columns.js";
import { makeCrowdedScene, MOST_APART } from "./crowdscene.js";
import { element } from "./dom.js";
import { edgeNotices, makeEdges, outOfView } from "./edges.js";
import { viewBeside } from "./fit.js";
import { firstView } from "./group.js";
import { landscapePainter, makeCountryNames, readLandscape } from "./landscape.js";
import { makeLegend } from "./legend.js";
import { addControls, takeOver } from "./mapframe.js";
import { measureAnew, measurer, paintScene, readColours } from "./paint.js";
import { makeRepainter } from "./repaint.js";
import { hitTest, makeScene } from "./scene.js";
import { createSheet, looseSheet } from "./sheet.js";
import { inTurns } from "./turns.js";

const ROOM_PX = { left: 70, top: 40, right: 110, bottom: 40 }; // for labels and controls around the sites
const CLOSEST_FIRST_ZOOM = 8;
const ONE_SITE_ZOOM = 6;
const WIDE_PX = 900;
const [ABOVE_PX, ABOVE_OF_MANY_PX] = [48, 162]; // what the legend leaves free above it: with many sites, rows for what is out of view to the upper right, right and lower right
const LINE_PX = 30; // more than a line of the controls below the map
const WORDS_MS = 250; // longer than between two steps of time

/**
 * @param {object} L Leaflet
 * @param {object} map Leaflet's
 * @param {object} store
 * @param {{openAt: (numbers: {site: number | null, claim: number | null}) => void, redraw: (atOnce?: boolean) => void, save: () => void}} acts
 *   called with the site or claim that was clicked; to be drawn, with the next frame or at once; when a picture is asked for
 * @returns {object} the stage: `node`, and what the view asks of it
 */
export function makeStage(L, map, store, { openAt, redraw, save }) {
  const edges = makeEdges();
  let legendIsOpen = window.innerWidth >= WIDE_PX; // on the screen
  let legendIsAsked = false; // whether the reader has opened or closed it
  const legend = makeLegend(store, legendIsOpen);
  const node = element("div.stage", {}, edges.node, legend);
  const container = map.getContainer();
  let visible = null;
  let scene = null;
  let drawnAt = null;
  let colours = null;
  let chosen = { site: null, claim: null };
  const focused = { site: null, claim: null };
  let landscape = null;
  let paintLandscape = null;
  let names = []; // of countries
  let countryNames = makeCountryNames(names);
  let aim = null; // the sites that the map was brought to; null for the first view
  const painted = Promise.withResolvers(); // kept with the first claims
  let homeCorners = null; // points that the first view holds, once they were looked for
  let moved = false; // whether the reader has moved the map since
  let fitted = { x: 0, y: 0 }; // the map's size by then

  const crowd = store.sites.size > MOST_APART ? makeCrowdedScene(store) : null;
  let outside = new Map(); // by side, what is out of view
  let controls = null; // boxes of the controls; null where they may have changed
  let loading = 0;
  let preparing = null; // the selection and the zoom that are being counted in turns

  const repaint = makeRepainter(paintAll);
  const sheet = createSheet(L, (canvas) => {
    if (!visible || !colours) return;
    announce(crowd ? crowd.beyond(visible, canvas, kmTo) : outOfView(store, visible, map));
    drawnAt = paneCorner();
    controls ??= obstacles();
    scene = sceneOn(canvas, controls);
    repaint(canvas, scene, countryNames.place(canvas, scene.crowds), { ground: paintLandscape, colours, countryNames, site: focused.site ?? chosen.site, claim: focused.claim ?? chosen.claim });
    painted.resolve();
    if (!crowd) return;
    loadWords();
    void crowd.finish(colours).then((more) => more && sheet.redraw());
  }, mayPaint);

  /** Of many sites another zoom or another selection is counted in turns; what is drawn stays until then. */
  function mayPaint() {
    if (!crowd || !visible || crowd.isReady(visible, map.getZoom())) return true;
    void prepare(visible, map.getZoom());
    return false;
  }

  async function prepare(selection, zoom) {
    if (preparing?.selection === selection && preparing.zoom === zoom) return;
    const mine = { selection, zoom };
    preparing = mine;
    await crowd.prepare(selection, zoom);
    if (mine !== preparing) return; // another is prepared now
    preparing = null;
    redraw(true);
  }

  function announce(found) {
    outside = found;
    if (edges.show(edgeNotices(store, visible, found, crowd !== null))) controls = null;
  }

  /** Names that the labels still lack, once the hand rests: a step asks the server nothing. */
  function loadWords() {
    window.clearTimeout(loading);
    loading = window.setTimeout(() => {
      const { sites, arrows } = crowd.missing();
      if (sites.length + arrows.length === 0) return;
      void Promise.all([store.loadSites(sites), store.loadArrows(arrows)]).then(() => sheet.redraw());
    }, WORDS_MS);
  }

  function kmTo(site) {
    return map.distance(map.getCenter(), store.sites.point(site)) / 1000;
  }

  function sceneOn(canvas, over) {
    const how = [visible, canvas, measurer(canvas.context), over];
    return crowd ? crowd.scene(...how) : makeScene(store, ...how);
  }

  function paneCorner() {
    return map.layerPointToContainerPoint([0, 0]);
  }

  /** While the hand drags the map the drawn picture moves along: by how much, in pixels. */
  function drift() {
    return paneCorner().subtract(drawnAt);
  }

  /** Boxes of what lies over the map: no label may hide below it. */
  function obstacles() {
    const origin = node.getBoundingClientRect();
    return [...node.querySelectorAll(".edge-notice, .legend, .leaflet-control")].map((control) => boxOf(control, origin));
  }

  function boxOf(control, origin) {
    const box = control.getBoundingClientRect();
    return { x: box.left - origin.left - 4, y: box.top - origin.top - 4, width: box.width + 8, height: box.height + 8 };
  }

  /** Bring places into view, with room around them and none under the legend. */
  function fit(corners, maxZoom, animate) {
    const { center, zoom } = viewBeside(L, map, corners, { room: ROOM_PX, maxZoom }, boxOf(legend, node.getBoundingClientRect()));
    map.setView(center, zoom, { animate });
    fitted = map.getSize();
  }

  function goTo(sites, animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    aim = sites;
    moved = false;
    const corners = sites.flatMap((index) => {
      const extent = store.sites.extents.get(index);
      return extent ? [[extent[0], extent[1]], [extent[2], extent[3]]] : [store.sites.point(index)];
    });
    fit(corners, sites.length > 1 ? map.getMaxZoom() : ONE_SITE_ZOOM, animate);
  }

  /** The notice is gone once its site is in view: the focus goes where the reader now looks. */
  function follow({ target }) {
    const notice = target.closest(".edge-notice");
    if (!notice) return;
    goTo(outside.get(notice.dataset.side).nearest);
    container.focus();
  }

  function home() {
    aim = null;
    moved = false;
    homeCorners ??= firstView(store.sites, (a, b) => map.distance(a, b) / 1000);
    if (homeCorners.length === 0) map.setView([20, 0], 2);
    else fit(homeCorners, CLOSEST_FIRST_ZOOM, false);
  }

  /** Move the map only if none of these sites is in view. */
  function bringIntoView(sites) {
    const inner = map.getBounds().pad(-0.05);
    const seen = sites.some((index) => inner.contains(store.sites.point(index)));
    if (sites.length && !seen) goTo(sites);
  }

  function click(point) {
    const hit = hitTest(scene, point);
    if (!hit) return;
    if (hit.bundle) openBundle(hit.bundle);
    else if (hit.claim !== undefined) openAt({ claim: hit.claim, site: null });
    else if (hit.mark.sites.length === 1) openAt({ site: hit.mark.sites[0], claim: null });
    else openGathered(hit.mark.sites);
  }

  /** The closest zoom that shows all of these sites. */
  function closest(sites) {
    return Math.min(map.getMaxZoom(), map.getBoundsZoom(L.latLngBounds(sites.map(store.sites.point)), false, L.point(ROOM_PX.left + ROOM_PX.right, ROOM_PX.top + ROOM_PX.bottom)));
  }

  /** Many movements over one link: the two places come nearer, until their movements come apart. */
  function openBundle({ from, to, claim }) {
    const ends = [from, to].filter((site) => site !== NOWHERE);
    if (ends.length > 1 && map.getZoom() < closest(ends) - 0.01) goTo(ends);
    else openAt({ claim, site: null });
  }

  /** Zoom until the gathered sites come apart; where they are one point, each click opens the next. */
  function openGathered(sites) {
    if (map.getZoom() < closest(sites)) {
      goTo(sites);
      return;
    }
    const next = sites[(sites.indexOf(chosen.site) + 1) % sites.length];
    openAt({ site: next, claim: null });
  }

  /**
   * Until the reader moves the map it keeps to what it was brought to, whatever the size of the window. A line more or less
   * below it doesn't move it, once it is drawn: the controls' words change with every step.
   */
  function layOut() {
    controls = null;
    fitLegend();
    map.invalidateSize({ animate: false, pan: false });
    node.style.setProperty("--legend-height", `${legend.offsetHeight}px`); // a notice at that corner stands above it
    const { x, y } = map.getSize();
    if (moved || (scene && x === fitted.x && Math.abs(y - fitted.y) < LINE_PX)) return;
    if (aim) goTo(aim, false);
    else home();
  }

  /** Close the legend where it leaves no room, unless the reader wants it open. It doesn't open again by itself: what a reader looks at would be covered. */
  function fitLegend() {
    const isOver = getComputedStyle(legend).position === "absolute"; // the map; not on paper, nor before the style sheet has come
    if (isOver && legendIsOpen && !legendIsAsked) legendIsOpen = node.clientHeight - legend.offsetHeight >= (crowd ? ABOVE_OF_MANY_PX : ABOVE_PX);
    legend.open = !isOver || legendIsOpen;
  }

  function listen() {
    const pixelOf = (event) => map.mouseEventToContainerPoint(event).subtract(drift());
    map.on("click", ({ originalEvent }) => {
      sheet.settle();
      if (scene) click(pixelOf(originalEvent));
    });
    container.addEventListener("mousemove", (event) => {
      if (scene) container.classList.toggle("over-mark", Boolean(hitTest(scene, pixelOf(event))));
    });
    const note = () => (moved = true);
    map.on("dragstart boxzoomend", note);
    container.addEventListener("touchmove", ({ touches }) => (moved ||= touches.length > 1), { passive: true });
    for (const event of ["wheel", "dblclick", "keydown"]) container.addEventListener(event, note, { passive: true });
    container.querySelector(".leaflet-control-zoom").addEventListener("click", note, { capture: true }); // Leaflet stops it at the button
    legend.querySelector("summary").addEventListener("click", () => ([legendIsOpen, legendIsAsked] = [!legend.open, true]));
    legend.addEventListener("toggle", () => {
      fitted = { x: 0, y: 0 }; // what it covers differs, whatever the size
      layOut();
    });
    edges.node.addEventListener("click", follow);
    document.fonts.addEventListener("loadingdone", () => {
      measureAnew();
      countryNames = makeCountryNames(names);
      sheet.redraw();
    });
  }

  takeOver(container, node);
  addControls(L, map, { home, save });
  sheet.addTo(map);
  listen();
  const ready = Promise.all([store.basemap(), painted.promise]).then(async ([data]) => { // claims first
    landscape = await inTurns(readLandscape(data));
    paintLandscape = landscapePainter(landscape);
    names = data.names;
    countryNames = makeCountryNames(names);
    sheet.redraw();
  });

  return {
    node,
    /** @type {Promise<void>} kept once the base map is drawn */
    ready,
    layOut,
    bringIntoView,
    /** Whether the next map is still being counted: until then what is drawn stays, and `redraw` is called after. */
    isPreparing: () => preparing !== null,
    /**
     * Draw a selection; `shown` names what the panel shows.
     * @returns {boolean} false where it must be prepared first
     */
    draw(selection, shown, stepping) {
      visible = selection;
      chosen = shown;
      return sheet.drawNow(stepping);
    },
    recolour(root) {
      colours = readColours(root);
      sheet.redraw();
    },
    /**
     * Paint what the view shows anew, without the controls that lie over it.
     * @param {Record<string, string>} picked colours
     * @param {number} ratio pixels of the canvas for one of the screen
     * @returns {{canvas: HTMLCanvasElement, width: number, height: number, notices: string[], credit: string}}
     */
    picture(picked, ratio) {
      const loose = looseSheet(map, ratio);
      const drawn = sceneOn(loose, []);
      paintAll(loose, drawn, countryNames.place(loose, drawn.crowds), { ground: landscape && landscapePainter(landscape), colours: picked, countryNames, ...chosen });
      return { canvas: loose.context.canvas, width: loose.width, height: loose.height, notices: edges.texts(), credit: container.querySelector(".leaflet-control-attribution").textContent };
    },
    /**
     * Show on the canvas which button is pointed at or has the focus, or no longer has. What doesn't change that isn't drawn: to
     * press the button that is pointed at takes the focus from another, and a click would wait for the map.
     * @param {"site" | "claim"} kind what the button opens: a site, or a movement by its sentence
     * @param {number} number
     * @param {boolean} on
     */
    focus(kind, number, on) {
      if ((focused[kind] === number) === on) return;
      focused[kind] = on ? number : null;
      redraw();
    },
    /** @returns {{x: number, y: number} | null} pixel of a site in the page, null out of view */
    pixelOf(site) {
      sheet.settle();
      const mark = scene?.marks.find((each) => each.has(site));
      if (!mark) return null;
      const { x: width, y: height } = map.getSize();
      const { x, y } = drift().add([mark.x, mark.y]);
      if (x < 0 || y < 0 || x > width || y > height) return null;
      const origin = container.getBoundingClientRect();
      return { x: origin.left + x, y: origin.top + y };
    },
  };
}

/** @param {object} canvas a sheet @param {import("./scene.js").Scene} scene @param {object[]} names placed @param {object} look what it is painted on and in, and what is lit */
function paintAll(canvas, scene, names, { ground, colours, countryNames, ...lit }) {
  ground?.(canvas, colours);
  countryNames.paint(canvas, colours, names);
  paintScene(canvas, scene, colours, lit);
}
