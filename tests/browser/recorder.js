// Runs in every frame before the page's own scripts. A canvas can't be read as text, so it is noted what is drawn on
// the map's: `drawnOnMap()` holds the texts, arrow heads, lines and circles since the canvas was last cleared, in CSS pixels
// from the map's upper left corner; `paintings` counts how often it was drawn.
(() => {
  const pens = CanvasRenderingContext2D.prototype;
  const fresh = () => ({ texts: [], heads: [], lines: [], circles: [] });
  let drawn = fresh();
  let path = [];
  window.paintings = 0;
  window.drawnOnMap = () => drawn;

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
