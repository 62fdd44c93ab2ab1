"""The atlas as a test uses it: the story view in a frame of the app or in a published file, its address, its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import FloatRect, Frame, Locator, Page

RECORDER = Path(__file__).with_name("recorder.js")
FRAME = "iframe[src*='streamlit_folium']"
TROUBLE = "[data-testid=stException], [data-testid=stAlertContentError]"
PAINTED = "() => window.claimsMap && performance.getEntriesByName('claims:painted').length"
USUAL_MS = 10_000
SLOW_MS = 60_000  # the first page of a server that has just started, on a busy machine


@dataclass(frozen=True)
class Counts:
    """The three numbers of the story view, and the total that it says they make."""

    shown: int
    filtered: int
    unplaced: int
    total: int


@dataclass(frozen=True)
class Pixel:
    """A point of the browser's window, in CSS pixels."""

    x: float
    y: float

    def distance(self, other: Pixel) -> float:
        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5


def wait_until(frame: Frame, predicate: str, given: object = None, ms: float = USUAL_MS) -> None:
    """Ask a function of JavaScript once a frame until it says yes.

    Playwright's own ``wait_for_function`` asks by ``eval``, which the policy of a published page forbids.
    """
    script = """([given, deadline]) => new Promise((done, fail) => {
        const ask = () => {
            if ((%s)(given)) done();
            else if (performance.now() > deadline) fail(new Error("waited in vain"));
            else requestAnimationFrame(ask);
        };
        deadline += performance.now();
        ask();
    })"""
    frame.evaluate(script % predicate, [given, ms])


class AtlasPage:
    """A page of a browser with the app in it, and the story view in a frame of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.frame: Frame = page.main_frame
        self.sent: list[str | bytes] = []  # by WebSocket, to the server
        page.set_default_timeout(USUAL_MS)
        page.add_init_script(path=RECORDER)
        page.on("websocket", lambda socket: socket.on("framesent", self._note_sent))

    def _note_sent(self, payload: str | bytes) -> None:
        self.sent.append(payload)

    def open(self, query: str = "", **parameters: str) -> AtlasPage:
        """Go to an address and wait until its map is drawn."""
        asked = query or (f"?{urlencode(parameters)}" if parameters else "")
        self.page.goto(f"{self.address}{asked}", timeout=SLOW_MS)
        return self.wait_drawn()

    def wait_drawn(self) -> AtlasPage:
        """Find the story view, and wait until it is drawn, with the base map under it, and lies still."""
        self.find_story_view()
        self.wait_rest()
        return self

    def find_story_view(self) -> None:
        # Waiting for either: an app that fails shall fail the test at once.
        found = self.page.wait_for_selector(f"{FRAME}, {TROUBLE}", timeout=SLOW_MS)
        frame = found.content_frame()
        assert frame, found.inner_text()
        self.frame = frame
        wait_until(self.frame, PAINTED, ms=SLOW_MS)
        # Country names come with the base map, which arrives last.
        wait_until(
            self.frame, "() => performance.getEntriesByType('resource').some(({name}) => name.endsWith('.json'))"
        )

    def redraw(self, button: Locator) -> None:
        """Press what brings another story or state of it, and wait until that is drawn in a frame of its own."""
        frame = self.page.query_selector(FRAME)
        button.click()
        self.page.wait_for_function("frame => !frame.isConnected", arg=frame, timeout=SLOW_MS)
        self.wait_drawn()

    def visit(self, query: str) -> None:
        """Put an address into the history of the open page, and have the page read it as Back has."""
        self.page.evaluate(
            "query => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }", query
        )

    def show(self, **parameters: str) -> None:
        """Visit an address by its parameters, and wait until it is drawn."""
        self.visit(f"?{urlencode(parameters)}")
        self.next_frame()

    def begin_anew(self) -> None:
        """Bring an open page back to the story's first view."""
        self.wait_rest()
        self.open_first_tab()
        self.visit(urlsplit(self.page.url).path)
        self.scroll_to_top()
        self.frame.evaluate("document.activeElement.blur()")
        self.frame.evaluate("document.querySelector('.movement-list').open = false")
        self.page.mouse.move(0, 0)
        self.frame.get_by_role("button", name="Back to the first view").click()
        self.wait_rest()
        self.sent.clear()

    def open_first_tab(self) -> None:
        tab = self.page.get_by_role("tab").first
        if tab.get_attribute("aria-selected") != "true":
            tab.click()
            self.wait_for_page()

    def scroll_to_top(self) -> None:
        self.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")

    # What the story view says of itself

    def state(self) -> dict[str, Any]:
        return self.frame.evaluate("window.claimsMap.state()")

    def painted(self) -> dict[str, Any]:
        return self.frame.evaluate("performance.getEntriesByName('claims:painted').at(-1).detail")

    def drawn(self) -> dict[str, list[dict[str, Any]]]:
        """Return what the recorder noted since the map was last cleared."""
        return self.frame.evaluate("window.drawnOnMap()")

    def texts(self) -> list[str]:
        """Return the texts on the map in view, without the dots that join the parts of a label."""
        width, height = self.frame.evaluate("(({x, y}) => [x, y])(window.map.getSize())")
        inside = [text for text in self.drawn()["texts"] if 0 <= text["x"] <= width and 0 <= text["y"] <= height]
        return [text["text"].removeprefix(" · ") for text in inside]

    def counts(self) -> Counts:
        words = self.testid("counts").inner_text()
        found = re.fullmatch(
            r"(\d+) on the map · (\d+) filtered out · (\d+) without a place\s*=\s*(\d+) claims?",
            words.strip().replace(",", ""),
        )
        assert found, words
        return Counts(*map(int, found.groups()))

    def heading(self) -> str:
        """Return the heading of the panel, blank where it lists the whole story."""
        heading = self.testid("site-claims").locator("h2")
        return heading.inner_text() if heading.count() else ""

    def cards(self) -> list[str]:
        """Return the ids of the claims whose cards the panel shows."""
        return self.frame.eval_on_selector_all(
            "[data-testid=claim-card]", "cards => cards.map(card => card.dataset.claim)"
        )

    def listed(self) -> list[str]:
        """Return the ids of the claims in the panel's list."""
        return self.frame.eval_on_selector_all(".story-row", "rows => rows.map(row => row.dataset.claim)")

    def all_of_it(self) -> dict[str, Any]:
        """Return everything that an address must bring back."""
        values = "nodes => nodes.map(({type, checked, value}) => type === 'checkbox' ? checked : value)"
        return {
            "state": self.state(),
            "counts": self.counts(),
            "heading": self.heading(),
            "cards": self.cards(),
            "listed": self.listed(),
            "inputs": self.frame.eval_on_selector_all(".story-view :is(input, select)", values),
        }

    # Finding and waiting

    def testid(self, name: str) -> Locator:
        return self.frame.get_by_test_id(name)

    def chip(self, site: str) -> Locator:
        return self.testid("site-list").locator(f"[data-site='{site}']")

    def card(self, claim: str) -> Locator:
        return self.frame.locator(f"[data-testid=claim-card][data-claim='{claim}']")

    def row(self, claim: str) -> Locator:
        """Return a claim's row in the panel's list."""
        return self.frame.locator(f".story-row[data-claim='{claim}']")

    def typed(self, end: str) -> Locator:
        """Return the box for a typed day: ``From`` or ``To``."""
        return self.frame.get_by_label(re.compile(f"^{end}, "))

    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.page.url).query, keep_blank_values=True))

    def wait_address(self, expected: Mapping[str, str]) -> None:
        """Wait until the address holds exactly these parameters."""
        wait_until(
            self.page.main_frame,
            "wanted => JSON.stringify([...new URLSearchParams(location.search)].sort()) === wanted",
            self.frame.evaluate("pairs => JSON.stringify(pairs.sort())", [list(pair) for pair in expected.items()]),
        )

    def wait_state(self, **expected: object) -> None:
        """Wait until the state has these values."""
        wait_until(
            self.frame,
            """expected => Object.entries(expected).every(
                ([name, value]) => JSON.stringify(window.claimsMap.state()[name]) === JSON.stringify(value))""",
            expected,
        )

    def wait_rest(self) -> None:
        """Wait until the page has painted everything and the map stands still, wherever the page has moved it."""
        self.wait_for_page()
        self.next_frame()  # in which Leaflet begins what it was just asked for
        wait_until(self.frame, "() => window.liesStill()", ms=SLOW_MS)
        self.next_frame()

    def wait_for_page(self) -> None:
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW_MS)

    def next_frame(self) -> None:
        self.frame.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def has_focus(self) -> bool:
        """Return whether the focus is somewhere in the story view."""
        focused: bool = self.page.evaluate("document.activeElement.tagName === 'IFRAME'")
        return focused

    # Places on the screen

    def corner(self) -> Pixel:
        """Return the upper left corner of the story view's frame in the window."""
        box = self._box(self.page.locator(FRAME))
        return Pixel(box["x"], box["y"])

    def map_corner(self) -> Pixel:
        box = self._box(self.testid("claims-map"))
        return Pixel(box["x"], box["y"])

    def site_pixel(self, site: str) -> Pixel | None:
        """Return where the hook says that a shown site is, in the window; None out of view."""
        k = self.state()["sites"].index(site)
        found = self.frame.evaluate("k => window.claimsMap.sitePixel(k)", k)
        corner = self.corner()
        return Pixel(found["x"] + corner.x, found["y"] + corner.y) if found else None

    def leaflet_pixel(self, lat: float, lon: float) -> Pixel:
        """Return where Leaflet has a point of the Earth, in the window."""
        found = self.frame.evaluate("point => window.map.latLngToContainerPoint(point)", [lat, lon])
        corner = self.map_corner()
        return Pixel(found["x"] + corner.x, found["y"] + corner.y)

    def click(self, pixel: Pixel) -> None:
        self.page.mouse.click(pixel.x, pixel.y)

    def click_site(self, site: str) -> None:
        pixel = self.site_pixel(site)
        assert pixel, f"{site} is out of view"
        self.click(pixel)

    @staticmethod
    def _box(locator: Locator) -> FloatRect:
        box = locator.bounding_box()
        assert box
        return box


class PublishedPage(AtlasPage):
    """A published file in a browser that is offline: the story view is the whole page."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page, address)
        page.context.set_offline(True)

    def find_story_view(self) -> None:
        self.frame = self.page.main_frame
        wait_until(self.frame, PAINTED)
        self.frame.evaluate("window.map = window.story_map")  # as streamlit-folium calls it

    def open_first_tab(self) -> None:
        """Open nothing: a published file has no tabs."""

    def scroll_to_top(self) -> None:
        self.page.evaluate("scrollTo(0, 0)")

    def wait_for_page(self) -> None:
        """Wait for nothing: around the story view there is no page."""

    def has_focus(self) -> bool:
        focused: bool = self.page.evaluate("document.activeElement.closest('.story-view') !== null")
        return focused

    def corner(self) -> Pixel:
        return Pixel(0, 0)
