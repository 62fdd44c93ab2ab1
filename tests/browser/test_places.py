"""The desk in a real browser: places decided by keys alone and by clicks on its map, then put on the map."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.atlas import USUAL_MS, AtlasPage, Pixel
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser.conftest import MadeUpStory
    from playwright.sync_api import Frame, Page

pytestmark = pytest.mark.app_only

# Names of several places each, in no order.
NAMES = (
    "Mikhaylovka", "Ivanovka", "Pokrovka", "Nikolayevka", "Kamenka", "Krasnyy Yar",
    "Springfield", "San Antonio", "Sergeyevka", "Alekseyevka", "Georgetown", "Santa Cruz",
)  # fmt: skip
SOURCES = [{"source_id": "paper", "title": "A paper", "publisher": "The press", "kind": "article"}]


def seen(claim_id: str, location_id: str) -> dict[str, str]:
    return {
        "claim_id": claim_id,
        "statement": f"Lorries were seen at {location_id}.",
        "claimant": "A resident",
        "source_id": "paper",
        "locations": location_id,
        "modality": "happened",
    }


def story_of(*names: str) -> dict[str, Any]:
    """Return a story of one pinned port and of places with these names, the first named by most claims."""
    port = {"latitude": "43.1", "longitude": "131.9", "coordinate_source": "A chart", "uncertainty_km": "7"}
    locations = [{"location_id": "port", "name": "The port", **port}]
    locations += [{"location_id": f"p{number}", "name": name} for number, name in enumerate(names)]
    claims = [
        seen(f"c{number}-{time}", f"p{number}") for number in range(len(names)) for time in range(len(names) - number)
    ]
    return {"locations": locations, "sources": SOURCES, "claims": [seen("port", "port"), *claims]}


class DeskPage(AtlasPage):
    """A page of the atlas with the tab Places open."""

    def open_desk(self) -> DeskPage:
        self.page.get_by_role("tab", name="Places").click()
        expect(self.page.get_by_test_id("place")).to_be_visible(timeout=60_000)
        # It hears its key from when it is there, and Streamlit loads it when it is first needed.
        expect(self.page.get_by_role("button", name="Next")).to_be_visible(timeout=60_000)
        return self.rest()

    def rest(self) -> DeskPage:
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
        return self

    def press(self, key: str, then: str | re.Pattern[str]) -> None:
        """Press a key, and wait until the place of that name is shown."""
        self.page.keyboard.press(key)
        expect(self.page.get_by_test_id("place").locator("h3")).to_have_text(then, timeout=USUAL_MS)
        self.rest()

    @property
    def place(self) -> str:
        return self.page.get_by_test_id("place").locator("h3").inner_text()

    @property
    def map(self) -> Frame:
        """Return the frame of the map of candidates, drawn for the place that is shown."""
        frame = self.page.locator("iframe[src*='story_view']").element_handle().content_frame()
        assert frame
        frame.wait_for_function("performance.getEntriesByName('candidates:painted').length")
        return frame

    def on_candidates_map(self, lat: float, lon: float) -> Pixel:
        """Return where the map of candidates has a point of the Earth, in the window."""
        self.page.locator("iframe[src*='story_view']").scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # the page scrolls a moment longer
        box = self.page.locator("iframe[src*='story_view']").bounding_box()
        assert box
        point = self.map.evaluate("([lat, lon]) => window.candidateMap.pixelOf(lat, lon)", [lat, lon])
        return Pixel(box["x"] + point["x"], box["y"] + point["y"])

    def progress(self) -> str:
        return self.page.get_by_test_id("stProgress").inner_text().strip()

    def put_on_the_map(self) -> None:
        put = self.page.get_by_role("button", name=re.compile("on the map$", re.IGNORECASE))
        self.redraw(put.filter(has_text=re.compile("^Put")))
        expect(self.page.get_by_text("Your own copy")).to_be_visible()

    def downloaded(self) -> list[dict[str, str]]:
        """Return the rows of the finished ``locations.csv``."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="locations.csv").click()
        assert download.value.suggested_filename == "locations.csv"
        content = download.value.path().read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(content)))


@pytest.fixture
def open_desk(
    new_page: Callable[..., Page], made_up: MadeUpStory, atlas_server: Callable[[Path], str]
) -> Callable[..., DeskPage]:
    """Return a function that opens the desk of a story of places with the names given."""

    def open_one(*names: str, **options: object) -> DeskPage:
        made_up.write(story_of(*names))
        desk = DeskPage(new_page(**options), f"{atlas_server(made_up.folder)}/")
        desk.open()
        return desk.open_desk()

    return open_one


def test_twelve_places_are_decided_by_keys_alone(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk(*NAMES)
    for done, name in enumerate(NAMES):
        assert desk.progress() == f"{done} of {len(NAMES)} decided"
        after = NAMES[done + 1] if done + 1 < len(NAMES) else name
        desk.press("o" if name == "Springfield" else "2" if done % 2 else "1", after)
    expect(desk.page.get_by_text("Every place that was in doubt is decided.")).to_be_visible()
    assert desk.progress() == "12 of 12 decided"
    rows = {row["name"]: row for row in desk.downloaded()}
    assert rows["The port"]["coordinate_source"] == "A chart"
    assert rows["Springfield"]["coordinate_source"].startswith("left off the map by hand on ")
    for name in set(NAMES) - {"Springfield"}:
        assert re.fullmatch(
            r"GeoNames \d+, chosen by hand among \d+ candidates of the offline gazetteer, on \d{4}-\d\d-\d\d",
            rows[name]["coordinate_source"],
        )
        assert rows[name]["latitude"]
        assert rows[name]["gazetteer_id"] in rows[name]["coordinate_source"]


def test_keys_step_through_the_list_undo_and_take_back(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka", "Springfield")
    desk.press("n", "Ivanovka")
    desk.press("p", "Mikhaylovka")
    desk.press("p", "Springfield")
    desk.press("1", "Mikhaylovka")
    assert desk.progress() == "1 of 3 decided"
    desk.press("u", "Springfield")
    assert desk.progress() == "0 of 3 decided"
    numbers = desk.map.evaluate("window.candidateMap.given().candidates.filter(({key}) => key).length")
    assert numbers == 9
    before = desk.map.evaluate("window.candidateMap.given().candidates.find(({key}) => key === '1')")
    desk.page.keyboard.press("m")
    desk.map.wait_for_function(
        "was => window.candidateMap.given().candidates.find(({key}) => key === '1').lat !== was", arg=before["lat"]
    )
    desk.rest()
    desk.press("1", "Mikhaylovka")
    chosen = next(row for row in desk.downloaded() if row["name"] == "Springfield")
    assert float(chosen["latitude"]) != pytest.approx(before["lat"], abs=1e-6)


def test_a_key_that_is_typed_or_pressed_in_another_tab_decides_nothing(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka")
    desk.page.get_by_label("From what, or why").click()
    desk.page.keyboard.type("on 1 map")
    desk.page.keyboard.press("Enter")
    desk.rest()
    assert (desk.place, desk.progress()) == ("Mikhaylovka", "0 of 2 decided")
    desk.page.get_by_role("tab", name="Data").click()
    expect(desk.page.get_by_test_id("place")).to_have_count(0)
    desk.rest()
    for key in "1on":
        desk.page.keyboard.press(key)
    desk.rest()
    desk.open_desk()
    assert (desk.place, desk.progress()) == ("Mikhaylovka", "0 of 2 decided")


def test_a_click_on_the_map_pins_the_place_where_it_was_clicked(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka", "Springfield")
    desk.press("o", "Ivanovka")
    desk.press("n", "Springfield")
    desk.press("p", "Ivanovka")
    lat, lon = 51.5, 45.25
    desk.click(desk.on_candidates_map(lat, lon))
    expect(desk.page.get_by_test_id("place")).to_contain_text("Decided: pinned at 5")
    desk.rest()
    box = desk.page.get_by_role("spinbutton", name="Uncertainty, km")
    box.fill("40")
    box.press("Enter")
    desk.map.wait_for_function("window.candidateMap.given().uncertainty_km === 40")
    desk.page.get_by_label("From what, or why").fill("a photograph")
    desk.page.get_by_label("From what, or why").press("Enter")
    desk.rest()
    rows = {row["name"]: row for row in desk.downloaded()}
    pinned = rows["Ivanovka"]
    pixel_km = float(re.search(r"where a pixel was ([\d.]+) km", pinned["coordinate_source"])[1])  # type: ignore[index]
    assert float(pinned["latitude"]) == pytest.approx(lat, abs=2 * pixel_km / 111)
    assert float(pinned["longitude"]) == pytest.approx(lon, abs=2 * pixel_km / 60)
    assert pinned["uncertainty_km"] == "40"
    assert re.match(
        r"pinned by hand on \d{4}-\d\d-\d\d on the map of Claim Atlas.*: a photograph$", pinned["coordinate_source"]
    )
    desk.put_on_the_map()
    shown = desk.frame.evaluate("window.claimsMap.state()")["sites"]
    assert set(shown) == {"port", "p1"}
    counts = desk.counts()
    assert (counts.shown, counts.filtered, counts.unplaced, counts.total) == (3, 0, 4, 7)
    desk.show(site="p1")
    desk.wait_rest()
    expected = desk.leaflet_pixel(float(pinned["latitude"]), float(pinned["longitude"]))
    site = desk.site_pixel("p1")
    assert site
    assert site.distance(expected) < 2
    expect(desk.page.get_by_test_id("place").locator("h3")).to_have_text("Springfield")
    assert desk.progress() == "0 of 1 decided"


def test_a_candidate_is_chosen_by_a_click_and_the_keys_go_on(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka", "Springfield")
    first = desk.map.evaluate("window.candidateMap.given().candidates.find(({key}) => key === '1')")
    desk.click(desk.on_candidates_map(first["lat"], first["lon"]))
    expect(desk.page.get_by_test_id("place").locator("h3")).to_have_text("Ivanovka")
    desk.rest()
    desk.press("n", "Springfield")
    row = next(row for row in desk.downloaded() if row["name"] == "Mikhaylovka")
    assert (float(row["latitude"]), float(row["longitude"])) == (first["lat"], first["lon"])


def test_what_was_put_on_the_map_is_undone_above_it(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka")
    desk.press("1", "Ivanovka")
    desk.put_on_the_map()
    desk.wait_state(sites=["port", "p0"])
    desk.redraw(desk.page.get_by_role("button", name="Undo (1)"))
    desk.wait_state(sites=["port"])
    assert desk.progress() == "1 of 2 decided", "the decision still stands at the desk"


def test_coordinates_that_are_typed_pin_the_place_and_others_are_refused(open_desk: Callable[..., DeskPage]) -> None:
    desk = open_desk("Mikhaylovka", "Ivanovka")
    box = desk.page.get_by_label("Pin at latitude, longitude")
    box.fill("131.9, 43.1")
    box.press("Enter")
    expect(desk.page.get_by_text("'131.9, 43.1' is no point on Earth.")).to_be_visible()
    assert desk.progress() == "0 of 2 decided"
    box.fill("43.25, 131.75")
    box.press("Enter")
    expect(desk.page.get_by_test_id("place")).to_contain_text("Decided: pinned at 43.2500, 131.7500.")
    desk.map.wait_for_function("window.candidateMap.given().pin?.lat === 43.25")
    assert desk.progress() == "1 of 2 decided"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_of_candidates_follows_the_theme(open_desk: Callable[..., DeskPage], theme: str) -> None:
    desk = open_desk("Mikhaylovka", color_scheme=theme)
    expect(desk.map.locator(".candidate-map")).to_have_attribute("data-theme", theme, timeout=USUAL_MS)


def test_hostile_names_stay_text(open_desk: Callable[..., DeskPage]) -> None:
    names = ["<img src=x onerror=alert(1)>", "{{ 7*7 }}", "**bold** [link](javascript:alert(1))"]
    desk = open_desk(*names)
    for name, after in zip(names, [*names[1:], names[0]], strict=True):
        assert desk.place == name
        assert desk.page.get_by_test_id("place").locator("h3 > *").count() == 0
        desk.press("n", after)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_tab(open_desk: Callable[..., DeskPage], theme: str) -> None:
    desk = open_desk("Mikhaylovka", color_scheme=theme)
    for part in (desk.page, desk.map):
        found = Axe().run(part).response["violations"]
        assert [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]] == []
