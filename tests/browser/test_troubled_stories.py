"""A story with problems opens and says what is left out; one that can't be opened says why."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

import pytest
from browser.atlas import AtlasPage, Pixel
from browser.conftest import SMALL
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.conftest import MadeUpStory
    from playwright.sync_api import Page


KM_A_DEGREE = 111.2  # of latitude


@pytest.fixture
def tables() -> dict[str, list[dict[str, str]]]:
    """Return the small sound story, to be spoilt."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def opened(made_up: MadeUpStory, new_page: Callable[..., Page]) -> Callable[[object], AtlasPage]:
    """Return a function that writes a story and opens it."""

    def open_tables(tables: object) -> AtlasPage:
        made_up.write(tables)
        return made_up.open(new_page())

    return open_tables


@pytest.mark.app_only
def test_rows_with_problems_are_left_out_and_named(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    tables["locations"].append({"location_id": "nowhere", "name": "Nowhere", "latitude": "143.1", "longitude": "16"})
    sound = tables["claims"][0]
    tables["claims"] += [
        {**sound, "claim_id": "when", "event_date": "2024-13-08"},
        {**sound, "claim_id": "how", "modality": "rumour"},
        {**sound, "claim_id": "whence", "source_id": "no-such-source"},
    ]
    atlas = opened(tables)
    assert atlas.state()["claims"] == ["seen"]
    assert atlas.counts().total == 1
    expect(atlas.page.get_by_test_id("stAlert")).to_contain_text("4 rows of this story are left out")
    expect(atlas.page.get_by_test_id("stAlert")).to_contain_text("The tab Data says which")
    lowest = atlas.testid("counts").bounding_box()
    assert lowest
    assert lowest["y"] + lowest["height"] <= atlas.page.evaluate("innerHeight")  # the map makes room for the warning
    atlas.page.get_by_role("tab", name="Data").click()
    cells = atlas.page.locator("[data-testid=stDataFrame] td")
    for words in ("2024-13-08", "rumour", "no-such-source", "claims.csv", "locations.csv"):
        expect(cells.filter(has_text=words).first).to_be_attached()


def test_a_place_that_no_gazetteer_settles_is_named_and_its_claim_kept(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    tables["locations"].append({"location_id": "xq", "name": "Xqzzvyk"})
    tables["claims"].append({**tables["claims"][0], "claim_id": "there", "locations": "xq"})
    atlas = opened(tables)
    expect(atlas.page.get_by_test_id("stAlert")).to_contain_text("1 place is not settled")
    counts = atlas.counts()
    assert (counts.shown, counts.unplaced, counts.total) == (1, 1, 2)
    atlas.testid("not-on-map").get_by_role("button").click()
    expect(atlas.testid("claim-card")).to_contain_text("Xqzzvyk (not on the map)")


def test_a_story_of_one_undated_claim_at_one_site_works(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    atlas = opened(tables)
    assert atlas.state()["sites"] == ["hill"]
    assert "The hill" in atlas.texts()
    expect(atlas.testid("facet-claimant")).to_be_hidden()  # one value is no choice
    expect(atlas.page.get_by_test_id("stAlert")).to_have_count(0)
    pixel = atlas.site_pixel("hill")
    assert pixel
    assert pixel.distance(atlas.leaflet_pixel(48.2, 16.4)) < 3
    atlas.click_site("hill")
    expect(atlas.testid("claim-card")).to_contain_text("Somebody stood on the hill.")
    expect(atlas.testid("claim-card")).to_contain_text("not dated")
    expect(atlas.frame.locator(".legend li")).to_have_text(["reported here", "how sure the place is"])
    for words in ("1970", "NaN", "undefined", "null"):
        expect(atlas.frame.locator("body")).not_to_contain_text(words)


def test_a_circle_of_so_many_kilometres_says_how_sure_a_place_is(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    atlas = opened(tables)
    centre, north = atlas.leaflet_pixel(48.2, 16.4), atlas.leaflet_pixel(48.2 + 5 / KM_A_DEGREE, 16.4)
    circles = [circle for circle in atlas.drawn()["circles"] if circle["dash"]]
    assert [circle["radius"] for circle in circles] == [pytest.approx(centre.distance(north), abs=1)]


def test_a_story_of_one_day_has_a_time_bar_that_works(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    tables["claims"][0]["event_date"] = "2024-10-08"
    atlas = opened(tables)
    atlas.testid("date-from").press("ArrowRight")
    atlas.testid("date-to").press("ArrowLeft")
    atlas.testid("play").click()
    expect(atlas.testid("play")).to_have_accessible_name("Play the days")
    atlas.wait_rest()
    assert atlas.state() == {
        "sites": ["hill"],
        "movements": [],
        "claims": ["seen"],
        "from": "2024-10-08",
        "to": "2024-10-08",
    }
    expect(atlas.frame.locator(".ticks")).to_have_text("8 Oct")
    bars = "bars => bars.getContext('2d').getImageData(0, 0, bars.width, bars.height).data.some(Boolean)"
    assert atlas.frame.locator(".bars").evaluate(bars)


def test_a_story_without_any_place_opens(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    tables["locations"] = []
    tables["claims"][0]["locations"] = ""
    atlas = opened(tables)
    assert atlas.state()["sites"] == []
    assert atlas.counts().unplaced == 1
    expect(atlas.testid("not-on-map")).to_contain_text("Somebody stood on the hill.")


def test_sites_at_one_point_can_all_be_opened_by_clicks(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    tables["locations"].append({**tables["locations"][0], "location_id": "chapel", "name": "The chapel"})
    tables["claims"].append({**tables["claims"][0], "claim_id": "heard", "locations": "chapel"})
    atlas = opened(tables)
    assert "2 places" in atlas.texts()
    seen = set()
    for _ in range(12):
        atlas.click_site("hill")
        atlas.wait_rest()
        seen.add(atlas.heading())
    assert {"The hill", "The chapel"} <= seen


@pytest.mark.parametrize(
    ("stated", "words"), [("origins", "destination not stated"), ("destinations", "origin not stated")]
)
def test_an_end_that_is_not_stated_is_a_question_mark_on_the_map_and_in_the_legend(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage], stated: str, words: str
) -> None:
    tables["claims"][0] |= {"locations": "", stated: "hill"}
    atlas = opened(tables)
    drawn = {text["text"].removeprefix(" · "): text for text in atlas.drawn()["texts"]}
    assert words in drawn
    hill = atlas.site_pixel("hill")
    corner = atlas.map_corner()
    assert hill
    assert 40 < Pixel(drawn["?"]["x"] + corner.x, drawn["?"]["y"] + corner.y).distance(hill) < 120
    [head] = atlas.drawn()["heads"]
    arrives = Pixel(head["x"] + corner.x, head["y"] + corner.y).distance(hill) < 20
    assert arrives is (stated == "destinations")
    expect(atlas.frame.locator(".legend")).to_contain_text("an end not stated, or not on the map")


def test_an_arrow_across_the_180th_meridian_does_not_cross_the_map(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    west = tables["locations"][0] | {"location_id": "west", "name": "West", "latitude": "52", "longitude": "175"}
    east = west | {"location_id": "east", "name": "East", "longitude": "-175"}
    tables["locations"] = [west, east]
    tables["claims"][0] |= {"locations": "", "origins": "west", "destinations": "east"}
    atlas = opened(tables)
    atlas.chip("west").click()
    atlas.wait_rest()
    lines = [line["points"] for line in atlas.drawn()["lines"] if line["width"] > 1.5]
    assert lines
    width = atlas.frame.evaluate("window.map.project([0, 10]).x - window.map.project([0, 0]).x")
    assert all(abs(line[0]["x"] - line[-1]["x"]) < width for line in lines)


@pytest.mark.app_only
@pytest.mark.parametrize("missing", ["claims.csv", "locations.csv"])
def test_a_story_without_one_of_its_files_says_so_and_shows_no_traceback(
    made_up: MadeUpStory, new_page: Callable[..., Page], missing: str
) -> None:
    made_up.write(SMALL)
    (made_up.folder / missing).unlink()
    page = new_page()
    page.goto(made_up.host(page, made_up.folder).address)
    if missing == "claims.csv":
        expect(page.get_by_text("This story can't be opened.")).to_be_visible(timeout=30_000)
    else:
        said = page.get_by_test_id("stAlert")
        expect(said).to_contain_text("The tab Data says which", timeout=30_000)
        page.get_by_role("tab", name="Data").click()
    cells = page.locator("[data-testid=stDataFrame] td")
    for words in (missing, "the file is missing"):
        expect(cells.filter(has_text=words).first).to_be_attached()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_long_list_is_shown_a_hundred_claims_at_a_time(
    tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    sound = tables["claims"][0]
    tables["claims"] = [{**sound, "claim_id": f"seen-{number}"} for number in range(250)]
    atlas = opened(tables)
    for shown, button in ((100, "Show 100 more of 150"), (200, "Show 50 more of 50")):
        assert len(atlas.listed()) == shown
        atlas.frame.get_by_role("button", name=button, exact=True).click()
    expect(atlas.frame.locator(".story-row")).to_have_count(250)
    expect(atlas.frame.get_by_role("button", name=re.compile("^Show"))).to_have_count(0)


@pytest.mark.app_only
def test_a_changed_file_shows_at_the_next_load(
    made_up: MadeUpStory, tables: dict[str, list[dict[str, str]]], opened: Callable[[object], AtlasPage]
) -> None:
    atlas = opened(tables)
    tables["claims"][0]["statement"] = "Nobody stood on the hill."
    made_up.write(tables)
    atlas.open()
    expect(atlas.frame.locator(".story-row")).to_contain_text("Nobody stood on the hill.")
