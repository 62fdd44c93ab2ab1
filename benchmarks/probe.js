/** Put into every frame before its own scripts: notes what is painted and when, and acts in the story view. Times are in ms of the frame's own clock. */
window.bench = (() => {
  const painted = [];
  // What shows that a page without our marks is there: its text, or its map.
  const shows = window.parent === window ? "[data-testid=stMarkdownContainer] p" : ".leaflet-container";
  let shown = null;
  let attended = null;

  /** A frame keeps its window, and so this script, from its blank page on; what was begun there doesn't go on. */
  function attend() {
    if (attended === document) return;
    attended = document;
    new PerformanceObserver((list) => {
      for (const { startTime, detail } of list.getEntriesByName("claims:painted")) painted.push({ at: startTime, detail });
    }).observe({ type: "mark", buffered: true });
    const look = () => requestAnimationFrame(document.querySelector(shows) ? () => (shown = performance.now()) : look);
    look();
  }
  attend();

  const frame = () => new Promise(requestAnimationFrame);
  const byTestid = (name) => document.querySelector(`[data-testid=${name}]`);

  /** Ask once a frame until there is an answer; null after `limit`. */
  async function until(ask, limit) {
    const deadline = performance.now() + limit;
    for (let frames = 0; performance.now() < deadline; frames += 1) {
      const answer = ask();
      if (answer) return { answer, frames, seen: performance.now() };
      await frame();
    }
    return null;
  }

  const day = (iso, by) => (iso ? new Date(Date.parse(iso) + by * 86_400_000).toISOString().slice(0, 10) : null);

  /** Tell the page that a control was moved, and wait for the map that is wanted. */
  async function drawnAfter(control, event, isWanted, limit) {
    const known = painted.length;
    const start = performance.now();
    control.dispatchEvent(new Event(event, { bubbles: true }));
    const found = await until(() => painted.slice(known).find(({ at, detail }) => at >= start && isWanted(detail)), limit);
    return found && { painted: found.answer.at - start, presented: found.seen - start, frames: found.frames };
  }

  return {
    painted,
    /** When the page was first there, by the clock of the machine. */
    ready: () => {
      attend();
      const at = painted[0]?.at ?? null;
      return { painted: at && performance.timeOrigin + at, shown: shown && performance.timeOrigin + shown };
    },
    twoFrames: async () => {
      const start = performance.now();
      await frame();
      await frame();
      return performance.now() - start;
    },
    /** Move the first day by one, and wait for the map of just that window. */
    async step(by, limit) {
      const handle = byTestid("date-from");
      const wanted = day(painted.at(-1).detail.from, by);
      by > 0 ? handle.stepUp() : handle.stepDown();
      return drawnAfter(handle, "input", ({ from }) => !wanted || from === wanted, limit);
    },
    /** Move the known day: to the middle of all by 0, else by days. */
    async stepKnown(by, limit) {
      const handle = byTestid("known");
      handle.value = by === 0 ? Math.round((Number(handle.min) + Number(handle.max)) / 2) : Number(handle.value) + by;
      return drawnAfter(handle, "input", () => true, limit);
    },
    /** Ask for one kind of claims, or for all again. */
    async choose(limit) {
      const list = byTestid("facet-modality");
      const { claims } = painted.at(-1).detail;
      list.selectedIndex = list.selectedIndex === 0 ? 1 : 0;
      return drawnAfter(list, "change", (detail) => detail.claims !== claims, limit);
    },
    /** Count frames, and those in which the map was painted, until it is stopped. */
    watch() {
      const times = [performance.now()];
      const known = painted.length;
      let going = true;
      const count = () => {
        times.push(performance.now()); // a late frame is told the time at which it was due, before the last one's map
        if (going) requestAnimationFrame(count);
      };
      requestAnimationFrame(count);
      window.bench.stop = () => {
        going = false;
        const marks = painted.slice(known).map(({ at }) => times.findLastIndex((time) => time <= at));
        const seconds = (performance.now() - times[0]) / 1000;
        return { frames: (times.length - 1) / seconds, painted: new Set(marks).size / seconds };
      };
    },
    /** Before a click: note when it comes, and when another claim's text stands in the panel. */
    awaitCard() {
      const first = () => {
        const card = byTestid("site-claims").querySelector("[data-testid=claim-card]");
        return card?.textContent.trim() ? card : null;
      };
      const before = first();
      const text = before?.textContent;
      let start = null;
      const note = ({ timeStamp }) => (start ??= timeStamp);
      addEventListener("pointerup", note, { capture: true, once: true });
      addEventListener("click", note, { capture: true, once: true });
      let written = null;
      const watching = new MutationObserver(() => {
        const card = first();
        if (start === null || !card || (card === before && card.textContent === text)) return;
        written ??= performance.now();
      });
      watching.observe(byTestid("site-claims"), { childList: true, subtree: true, characterData: true });
      window.bench.card = async (limit) => {
        const found = await until(() => written, limit);
        if (found) await frame();
        watching.disconnect();
        removeEventListener("pointerup", note, { capture: true });
        removeEventListener("click", note, { capture: true });
        return found && { text: written - start, presented: performance.now() - start };
      };
    },
    /** Step each frame for a while, as a hand does that drags. */
    async drag(ms) {
      const handle = byTestid("date-from");
      for (const end = performance.now() + ms; performance.now() < end; ) {
        const before = handle.value;
        handle.stepUp();
        if (handle.value === before) handle.value = handle.min;
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
      }
    },
  };
})();
