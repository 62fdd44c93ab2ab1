"""What holds of each of the invented stories: clean, marked as invented, in sight, counted."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from browser.invented.reading import STORIES, of
from playwright.sync_api import expect

from geo.tables import read_story

if TYPE_CHECKING:
    from browser.atlas import AtlasPage

NAMES = ("convoy", "denial", "ship")
in_each_story = of(*NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_clean_and_cannot_be_taken_for_real(name: str) -> None:
    tables = read_story(STORIES / name)
    assert tables.problems == ()
    assert "invented for a test" in tables.title
    with (STORIES / name / "locations.csv").open(encoding="utf-8", newline="") as file:
        assert {row["coordinate_source"] for row in csv.DictReader(file)} == {"invented for a test"}
    dates = [*tables.claims["event_date"], *tables.claims["reported_date"], *tables.sources["published"]]
    assert all(part.startswith("2031-") for date in dates for part in date.split("/") if part not in ("", ".."))


@in_each_story
def test_every_site_is_in_the_first_view_and_labelled_and_none_lies_under_the_legend(atlas: AtlasPage) -> None:
    legend = atlas.frame.locator(".legend").bounding_box()
    assert legend
    for site in atlas.state()["sites"]:
        pixel = atlas.site_pixel(site)
        assert pixel, site
        assert not (legend["x"] < pixel.x and legend["y"] < pixel.y), site
        assert atlas.texts().count(atlas.chip(site).inner_text().rsplit(maxsplit=1)[0]) == 1


@in_each_story
def test_the_map_keeps_its_size_when_days_are_chosen(atlas: AtlasPage) -> None:
    before = atlas.testid("claims-map").bounding_box()
    atlas.show(**{"from": "2031-06-06", "to": "2031-06-08"})
    expect(atlas.frame.get_by_role("button", name="All dates")).to_be_visible()
    assert atlas.testid("claims-map").bounding_box() == before


@in_each_story
def test_the_counts_add_up_on_every_day_on_which_something_became_known(atlas: AtlasPage) -> None:
    total = atlas.counts().total
    for day in ("2031-03-02", "2031-03-05", "2031-06-08", "2031-06-11", "2031-09-12", "2031-09-14"):
        atlas.show(known=day)
        counts = atlas.counts()
        assert counts.shown + counts.filtered + counts.unplaced == counts.total == total
