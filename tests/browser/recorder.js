// Runs in every frame before the page's own scripts. A canvas can't be read as text, so it is noted what is drawn on
// the map's: `drawnOnMap()` holds the texts, arrow heads, lines and circles since the canvas was last cleared, in CSS pixels
// from the map's upper left corner; `paintings` counts how often it was drawn. `liesStill()` is to be asked once a frame.
(() => {
  const pens = CanvasRenderingContext2D.prototype;
  const fresh = () => ({ texts: [], heads: [], lines: [], circles: [] });
  let drawn = fresh();
  let path = [];
  window.paintings = 0;
  window.drawnOnMap = () => drawn;

  // A page that loads moves and redraws its map several times, on a busy machine late: when it has come to rest shows
  // only in frames that are alike, with the style sheet and the letters there.
  const FRAMES_ALIKE = 12;
  let last = "";
  let alike = 0;
  window.liesStill = () => {
    const { map } = window;
    const box = map.getContainer().getBoundingClientRect();
    const { left, top } = (window.frameElement ?? document.body).getBoundingClientRect();
    const now = JSON.stringify([left, top, box, map.getSize(), map.getCenter(), map.getZoom(), window.paintings]);
    const isStyled = getComputedStyle(document.querySelector(".story-view")).getPropertyValue("--map-sea") !== "";
    const isMoving = map._animatingZoom || map._panAnim?._inProgress || document.fonts.status === "loading";
    alike = now === last && isStyled && !isMoving ? alike + 1 : 0;
    last = now;
    return alike >= FRAMES_ALIKE;
  };

  function listen(name, note) {
    const original = pens[name];
    pens[name] = function (...args) {
      if (this.canvas.classList.contains("sheet")) note(this, ...args);
      return original.apply(this, args);
    };
  }

  listen("clearRect", () => {
    drawn = fresh();
    window.paintings += 1;
  });
  listen("fillText", (pen, text, x, y) => drawn.texts.push({ text, x, y, width: pen.measureText(text).width }));
  listen("beginPath", () => (path = []));
  for (const name of ["moveTo", "lineTo", "arc", "rect", "roundRect", "closePath"]) {
    listen(name, (_, x, y, radius) => path.push({ name, x, y, radius }));
  }
  listen("fill", (pen, shape) => {
    // A filled triangle is an arrow head, and its first corner the tip.
    const isTriangle = path.map(({ name }) => name).join() === "moveTo,lineTo,lineTo,closePath";
    if (!(shape instanceof Path2D) && isTriangle) drawn.heads.push({ x: path[0].x, y: path[0].y, colour: pen.fillStyle, alpha: pen.globalAlpha });
  });
  listen("stroke", (pen, shape) => {
    if (path.length === 1 && path[0].name === "arc") drawn.circles.push({ x: path[0].x, y: path[0].y, radius: path[0].radius, dash: pen.getLineDash() });
    const isLine = path.length > 1 && path.every(({ name }, i) => name === (i ? "lineTo" : "moveTo"));
    if (shape instanceof Path2D || !isLine) return;
    drawn.lines.push({ points: path.map(({ x, y }) => ({ x, y })), dash: pen.getLineDash(), width: pen.lineWidth, colour: pen.strokeStyle });
  });
})();
