/** The one canvas of the map: a Leaflet layer that follows pan and zoom and hands its context to a painter. */

/**
 * @param {object} L Leaflet
 * @param {(sheet: {context: CanvasRenderingContext2D, width: number, height: number, margin: {x: number, y: number}, kept: boolean, at: (lat: number, lon: number) => {x: number, y: number}, zoom: number}) => void} paint
 *   called with a context whose units are CSS pixels and whose origin is the map's upper left corner; `margin` is what is painted beyond
 *   the view on each side, where the canvas has room for it. The canvas is cleared, or `kept`: it shows this very view as it was painted last
 * @param {() => boolean} [mayPaint] asked before; where it says no, the sheet stays as it is until it is asked to draw again
 * @returns {object} the layer, with `redraw()` for the next frame, however often it is asked for; `drawNow(inView)`, of the view alone
 *   or with the margin, which tells whether it drew; and `settle()` for who can't wait for what was asked for
 */
export function createSheet(L, paint, mayPaint = () => true) {
  const Sheet = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "sheet leaflet-zoom-animated", map.getPane("overlayPane"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.redraw();
    },
    onRemove() {
      window.cancelAnimationFrame(this.frame);
      this.canvas.remove();
    },
    getEvents() {
      return { viewreset: this.redraw, moveend: this.redraw, zoomend: this.redraw, resize: this.redraw, zoomanim: this.follow };
    },
    /** While Leaflet animates a zoom the drawn picture is stretched along; `zoomend` draws it sharp. */
    follow({ center, zoom }) {
      const scale = this._map.getZoomScale(zoom, this.zoom);
      const offset = this._map._latLngBoundsToNewLayerBounds(this.bounds, zoom, center).min;
      L.DomUtil.setTransform(this.canvas, offset, scale);
    },
    redraw() {
      this.frame ||= window.requestAnimationFrame(() => this.drawNow());
    },
    settle() {
      if (this.frame || this.late) this.draw();
    },
    drawNow(inView = false) {
      window.cancelAnimationFrame(this.frame);
      this.frame = 0;
      this.late = !this.isWhole() && !mayPaint();
      if (!this.late) this.draw(inView);
      return !this.late;
    },
    /** Whether there is no next frame to draw a rest in. */
    isWhole() {
      return this.canvas.closest(".paper") !== null;
    },
    draw(inView = false) {
      window.cancelAnimationFrame(this.frame);
      this.frame = 0;
      this.late = false;
      const map = this._map;
      if (!map) return;
      const { x: width, y: height } = map.getSize();
      if (width * height === 0) return; // the frame is folded away, or on its way out of the page
      // A margin is drawn around the view, so that a drag doesn't bare an empty edge. Who steps through time drags nothing.
      const margin = L.point(Math.round(width / 4), Math.round(height / 4));
      const room = inView ? L.point(0, 0) : margin;
      const ratio = window.devicePixelRatio || 1;
      const corner = map.containerPointToLayerPoint([0, 0]).subtract(room);
      const [wide, high] = [width + 2 * room.x, height + 2 * room.y];
      const place = [corner.x, corner.y, map.getZoom(), map.getPixelOrigin(), wide, high, ratio].join();
      const kept = inView && place === this.place;
      this.place = place;
      if (this.canvas.width !== Math.round(wide * ratio) || this.canvas.height !== Math.round(high * ratio)) {
        this.canvas.width = Math.round(wide * ratio);
        this.canvas.height = Math.round(high * ratio);
        this.canvas.style.width = `${wide}px`;
        this.canvas.style.height = `${high}px`;
      }
      this.zoom = map.getZoom();
      this.bounds = L.latLngBounds(map.layerPointToLatLng(corner), map.layerPointToLatLng(corner.add([wide, high])));
      L.DomUtil.setTransform(this.canvas, corner, 1);
      const context = this.canvas.getContext("2d");
      context.save();
      context.setTransform(ratio, 0, 0, ratio, room.x * ratio, room.y * ratio);
      if (!kept) context.clearRect(-room.x, -room.y, wide, high);
      paint({ context, width, height, margin, kept, at: pointOn(map), zoom: this.zoom, ratio, whole: this.isWhole() });
      context.restore();
    },
  });
  return new Sheet();
}

/**
 * A canvas of the view alone, to be painted and kept.
 * @param {object} map Leaflet's
 * @param {number} ratio pixels of the canvas for one of the screen
 * @returns {object} a sheet, as `createSheet` hands one to its painter; `whole`: there is no next frame to draw the rest in
 */
export function looseSheet(map, ratio) {
  const { x: width, y: height } = map.getSize();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * ratio, height * ratio];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height, margin: { x: 0, y: 0 }, kept: false, at: pointOn(map), zoom: map.getZoom(), ratio, whole: true };
}

/** Leaflet's own latLngToContainerPoint rounds to whole pixels, and lines of many short pieces then wobble. */
function pointOn(map) {
  return (lat, lon) => map.layerPointToContainerPoint(map.project([lat, lon]).subtract(map.getPixelOrigin()));
}
