/** The map of one place's candidates: numbered discs to choose by a click, and a point to pin by a click beside them. */

import { paintCandidates } from "./candidatepaint.js";
import { firstCorners, hitKey, inNearestWorld } from "./candidatescene.js";
import { joinPage } from "./component.js";
import { element } from "./dom.js";
import { borrowFonts, isDark } from "./host.js";
import { landscapePainter, makeCountryNames, readLandscape } from "./landscape.js";
import { readColours } from "./paint.js";
import { createSheet } from "./sheet.js";
import { inTurns } from "./turns.js";

const MAP_HEIGHT_PX = 300;
const MARGIN_PX = 34; // around the candidates
const CLOSEST_CANDIDATES_ZOOM = 7;
const ZOOMS = { minZoom: 1, maxZoom: 12 }; // the base map is drawn for 1:50 million; closer it shows nothing more

/** Take over the frame, and draw whatever Python gives from now on. */
export function showCandidates() {
  const L = window.L;
  const container = element("div.claims-map", { role: "region", "aria-label": "Map of the candidates. Each is also a button below the table." });
  const root = element("div.story-view.candidate-map", {}, container);
  document.body.append(root);
  borrowFonts(window.parent.document);
  const map = L.map(container, { ...ZOOMS, zoomSnap: 0.25, worldCopyJump: true, zoomControl: true }).setView([20, 0], 1);
  map.attributionControl.setPrefix("Leaflet").addAttribution("Natural Earth; Ukraine and Western Sahara by UN resolutions | Places: GeoNames, CC BY 4.0");
  let given = null;
  let colours = null;
  let discs = [];
  let paintLandscape = null;
  let countryNames = null;

  const sheet = createSheet(L, (canvas) => {
    if (!given || !colours) return;
    if (paintLandscape) paintLandscape(canvas, colours);
    const centre = map.getCenter().lng;
    const placed = (point) => ({ ...point, ...canvas.at(point.lat, inNearestWorld(point.lon, centre)) });
    discs = given.candidates.map(placed);
    const scene = { discs, sites: given.sites.map(placed), pin: given.pin && placed(given.pin), km: given.uncertainty_km };
    const crowds = paintCandidates(canvas, scene, colours);
    countryNames?.paint(canvas, colours, countryNames.place(canvas, crowds));
    performance.clearMarks("candidates:painted");
    performance.mark("candidates:painted", { detail: { place: given.place, candidates: discs.length } });
  });

  const page = joinPage((args, theme) => {
    const before = given?.view;
    given = args;
    root.dataset.theme = theme && isDark(theme.backgroundColor ?? "") ? "dark" : "light";
    colours = readColours(root);
    if (args.basemap && !paintLandscape) void loadBasemap(args.basemap);
    if (before === args.view) sheet.redraw();
    else fit();
  });

  /** A folded frame has no size yet: then the place is brought into view when it has one. */
  function fit() {
    const corners = firstCorners(given);
    map.invalidateSize({ animate: false, pan: false });
    if (corners.length) map.fitBounds(corners, { padding: [MARGIN_PX, MARGIN_PX], maxZoom: CLOSEST_CANDIDATES_ZOOM, animate: false });
    else map.setView([20, 0], ZOOMS.minZoom, { animate: false });
    sheet.redraw();
  }

  async function loadBasemap(address) {
    paintLandscape = () => {};
    const data = await (await fetch(address)).json();
    paintLandscape = landscapePainter(await inTurns(readLandscape(data)));
    countryNames = makeCountryNames(data.names);
    sheet.redraw();
  }

  map.on("click", ({ containerPoint, latlng }) => {
    if (!given) return;
    const key = hitKey(discs, containerPoint);
    const { lat, lng } = latlng.wrap();
    const { view, place } = given;
    if (key) page.tell({ view, place, key });
    else page.tell({ view, place, lat, lon: lng, pixel_km: pixelKm(latlng) });
    // Keys are the page's: they must go on after a click.
    window.frameElement?.blur();
    window.parent.focus();
  });
  container.addEventListener("mousemove", (event) => container.classList.toggle("over-mark", hitKey(discs, map.mouseEventToContainerPoint(event)) !== ""));

  /** How many kilometres a pixel is, so that it can be said how exact a click was. */
  function pixelKm({ lat, lng }) {
    const { x, y } = map.latLngToContainerPoint([lat, lng]);
    return map.distance([lat, lng], map.containerPointToLatLng([x, y + 10])) / 10_000;
  }

  sheet.addTo(map);
  document.fonts.addEventListener("loadingdone", () => sheet.redraw());
  new ResizeObserver(() => given && fit()).observe(container);
  page.setHeight(MAP_HEIGHT_PX);
  window.candidateMap = {
    /** @returns {{x: number, y: number}} pixel of a point of the Earth in this frame */
    pixelOf: (lat, lon) => map.latLngToContainerPoint([lat, inNearestWorld(lon, map.getCenter().lng)]),
    given: () => given,
  };
}
