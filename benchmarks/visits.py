"""A page in a real browser, seen from outside: its marks, its frames, what comes over the wire, what it keeps."""

from __future__ import annotations

import base64
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright
from serving import ATLAS, EMPTY, ROOT, DidNotFinishError, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Frame, Page

sys.path.append(str(ROOT / "tests"))
from find_browser import find_browser

PROBE = Path(__file__).with_name("probe.js")
LAPTOP = {"width": 1366, "height": 768}
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--headless",
]
CARD_MS = 1_000
ZOOM_MS = 500
MOST_ZOOMS = 8
DRAG_S = 2
THUMB_PX = 8  # half of a handle
REPORT_MS = 700  # longer than the story view waits until it tells the server
REST_MS = 1_500
LOOK_MS = 20
FRAME = "iframe[src*='streamlit_folium']"


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the browser that the tests use."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        yield browser
        browser.close()


@dataclass
class Wire:
    """What a page has received and sent, in bytes, by address; ``ws`` for the WebSocket."""

    received: dict[str, float] = field(default_factory=dict)
    sent: float = 0
    _urls: dict[str, str] = field(default_factory=dict)

    def watch(self, cdp: CDPSession) -> None:
        """Begin to count."""
        cdp.send("Network.enable")
        cdp.on(
            "Network.requestWillBeSent", lambda event: self._urls.update({event["requestId"]: event["request"]["url"]})
        )
        cdp.on("Network.loadingFinished", self._loaded)
        cdp.on("Network.webSocketFrameReceived", lambda event: self._add("ws", _size(event["response"])))
        cdp.on("Network.webSocketFrameSent", self._sent)

    def total(self) -> float:
        """Return what was received, without the base map's own file."""
        return sum(size for url, size in self.received.items() if "basemap" not in url)

    def _loaded(self, event: dict[str, Any]) -> None:
        self._add(self._urls.get(event["requestId"], ""), event["encodedDataLength"])

    def _sent(self, event: dict[str, Any]) -> None:
        self.sent += _size(event["response"])

    def _add(self, url: str, size: float) -> None:
        self.received[url] = self.received.get(url, 0) + size


def _size(frame: dict[str, Any]) -> int:
    data = frame["payloadData"]
    return len(base64.b64decode(data)) if frame["opcode"] == 2 else len(data.encode())


def _has_another_map(frame: Frame) -> bool:
    try:
        return frame.evaluate("Boolean(window.map && window.map !== window.before)")
    except Error:
        return False  # the frame went while it was asked: another comes in its place


class Visit:
    """A page of one kind in a fresh profile.

    Attributes
    ----------
    page, cdp
        Playwright's.
    frame
        That of the map; the page itself where it has none.
    wire
        Counts only if the visit was asked to: counting takes time of the page's own.
    """

    def __init__(self, browser: Browser, kind: str, server: Server, *, counting: bool = False) -> None:
        self.context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce")
        self.context.add_init_script(path=PROBE)
        self.page: Page = self.context.new_page()
        self.cdp = self.context.new_cdp_session(self.page)
        self.frame: Frame = self.page.main_frame
        self.kind, self.server = kind, server
        self.wire = Wire()
        if counting:
            self.wire.watch(self.cdp)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def load(self, limit_s: float) -> float:
        """Open the page and return the ms from the start of that until its map, or its text, is there."""
        deadline = time.monotonic() + limit_s
        name = "painted" if self.kind == ATLAS else "shown"
        try:
            self.page.goto(self.server.address, timeout=limit_s * 1000)
            if self.kind != EMPTY:
                found = self.page.wait_for_selector(
                    FRAME, state="attached", timeout=(deadline - time.monotonic()) * 1000
                )
                self.frame = found.content_frame() or self.frame
            while time.monotonic() < deadline:
                ready = self.frame.evaluate(f"bench.ready().{name}")
                if ready:
                    return ready - self.page.evaluate("performance.timeOrigin")
                self.page.wait_for_timeout(LOOK_MS)
        except Error as error:
            if "imeout" not in str(error):
                raise
        msg = f"not loaded in {limit_s:.0f} s"
        raise DidNotFinishError(msg)

    def rest(self, limit_s: float = 120) -> None:
        """Wait until the page's script has ended and what follows it is painted."""
        self.page.wait_for_timeout(REPORT_MS)
        try:
            selector = "[data-testid=stApp][data-test-script-state=notRunning]"
            self.page.wait_for_selector(selector, timeout=limit_s * 1000)
        except Error as error:
            msg = f"the page was not at rest in {limit_s:.0f} s"
            raise DidNotFinishError(msg) from error
        self.page.wait_for_timeout(REST_MS)

    def heap_mb(self) -> float:
        """Return what the page's scripts keep after a collection, array buffers included."""
        self.cdp.send("HeapProfiler.collectGarbage")
        usage = self.cdp.send("Runtime.getHeapUsage")
        return sum(usage.get(part, 0) for part in ("usedSize", "embedderHeapUsedSize", "backingStorageSize")) / 1e6

    def task_ms(self) -> float:
        """Return how long the page's main thread has worked so far."""
        self.cdp.send("Performance.enable")
        metrics = {metric["name"]: metric["value"] for metric in self.cdp.send("Performance.getMetrics")["metrics"]}
        return metrics["TaskDuration"] * 1000

    # In the story view

    def two_frames(self) -> float:
        """Return the ms that two frames take in which nothing happens."""
        return self.frame.evaluate("bench.twoFrames()")

    def step(self, by: int, limit_s: float) -> dict[str, float]:
        """Move the first day by one, and return the ms to the mark, to the frame after it, and frames before it."""
        return self._drawn("step", by, limit_s)

    def step_known(self, by: int, limit_s: float) -> dict[str, float]:
        """Move the known day, by 0 to the middle of all; as ``step`` otherwise."""
        return self._drawn("stepKnown", by, limit_s)

    def choose(self, limit_s: float) -> dict[str, float]:
        """Ask for one kind of claims, or for all again; as ``step`` otherwise."""
        found = self.frame.evaluate("ms => bench.choose(ms)", limit_s * 1000)
        if found is None:
            msg = f"no map within {limit_s:.0f} s of a choice"
            raise DidNotFinishError(msg)
        return found

    def _drawn(self, how: str, by: int, limit_s: float) -> dict[str, float]:
        found = self.frame.evaluate("([how, by, ms]) => bench[how](by, ms)", [how, by, limit_s * 1000])
        if found is None:
            msg = f"no map within {limit_s:.0f} s of a step"
            raise DidNotFinishError(msg)
        return found

    def drag(self) -> dict[str, float]:
        """Hold the first handle and move it at every frame, and return frames a second, and those with a new map.

        A mouse that is moved from outside waits for the page to answer each move, which takes it two frames.
        """
        handle = self.frame.get_by_test_id("date-from")
        handle.scroll_into_view_if_needed()
        box = handle.bounding_box()
        assert box
        now = self.frame.evaluate("h => (h.value - h.min) / Math.max(1, h.max - h.min)", handle.element_handle())
        left, width, y = box["x"] + THUMB_PX, box["width"] - 2 * THUMB_PX, box["y"] + box["height"] / 2
        self.page.mouse.move(left + now * width, y)
        self.page.mouse.down()
        self.frame.evaluate("bench.watch()")
        self.frame.evaluate("ms => bench.drag(ms)", DRAG_S * 1000)
        counted = self.frame.evaluate("bench.stop()")
        self.page.mouse.up()
        return counted

    def play(self, seconds: float) -> dict[str, float]:
        """Let the window run, and return frames a second, and those with a new map."""
        button = self.frame.get_by_test_id("play")
        button.click()
        self.frame.evaluate("bench.watch()")
        self.page.wait_for_timeout(seconds * 1000)
        counted = self.frame.evaluate("bench.stop()")
        button.click()
        return counted

    def click_map(self, k: int) -> dict[str, float] | None:
        """Click on the k-th shown site and return the ms to a claim's text, and to its frame.

        A mark that gathers several sites zooms; it is clicked again until the site opens. None where it never does.
        """
        corner = self.page.locator(FRAME).bounding_box()
        assert corner
        for _ in range(MOST_ZOOMS):
            pixel = self.frame.evaluate("k => claimsMap.sitePixel(k)", k)
            if not pixel:
                self.frame.locator(".leaflet-bar .home").click()
                self.page.wait_for_timeout(ZOOM_MS)
                continue
            self.frame.evaluate("bench.awaitCard()")
            self.page.mouse.click(corner["x"] + pixel["x"], corner["y"] + pixel["y"])
            taken = self.frame.evaluate("ms => bench.card(ms)", ZOOM_MS)
            if taken:
                return taken
        return None

    def click_list(self, k: int) -> dict[str, float] | None:
        """Click on the k-th choice of the list of sites; as ``click_map`` otherwise."""
        choices = self.frame.get_by_test_id("site-list").locator("button:visible")
        choice = choices.nth(k % max(1, choices.count()))
        choice.scroll_into_view_if_needed(timeout=5_000)
        self.frame.evaluate("bench.awaitCard()")
        choice.click(timeout=5_000)
        return self.frame.evaluate("ms => bench.card(ms)", CARD_MS)

    def step_takes(self, seconds: float) -> dict[str, float]:
        """Step at every frame, as a hand that doesn't rest; return bytes, and the server's ms beyond those at rest."""
        resting = self.server.cpu_ms()
        self.page.wait_for_timeout(seconds * 1000)
        bytes_before, before = self.wire.total() + self.wire.sent, self.server.cpu_ms()
        self.frame.evaluate("ms => bench.drag(ms)", seconds * 1000)
        taken, after = self.wire.total() + self.wire.sent - bytes_before, self.server.cpu_ms()
        return {"bytes": taken, "cpu_ms": (after - before) - (before - resting)}

    # In the naive page

    def naive_step(self, by: int, limit_s: float) -> float:
        """Move the first handle of Streamlit's slider by a key, and return the ms until another map stands there."""
        self.frame.evaluate("window.before = window.map")
        slider = self.page.get_by_role("slider").first
        slider.focus()
        start = time.monotonic()
        self.page.keyboard.press("ArrowRight" if by > 0 else "ArrowLeft")
        while time.monotonic() - start < limit_s:
            handle = self.page.query_selector(FRAME)
            frame = handle and handle.content_frame()
            if frame and _has_another_map(frame):
                self.frame = frame
                return (time.monotonic() - start) * 1000
            self.page.wait_for_timeout(5)
        msg = f"no map within {limit_s:.0f} s of a step"
        raise DidNotFinishError(msg)
