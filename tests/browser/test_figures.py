"""The tab Figures in a real page: charts that draw, each thing that is counted in a panel of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.test_appearance import PHONE
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from playwright.sync_api import Locator

pytestmark = pytest.mark.app_only

CHART = ".stVegaLiteChart svg"


def texts(charts: Locator) -> list[str]:
    """Return the texts that the charts draw."""
    return charts.locator("text").all_text_contents()


def test_the_first_tab_draws_the_four_numbers_of_the_story_in_four_panels(atlas: AtlasPage) -> None:
    tab = atlas.page.get_by_role("tabpanel", name="Figures")
    expect(tab).to_be_visible()
    expect(tab.locator(".figures-thing")).to_have_count(4)
    charts = tab.locator(CHART)
    expect(charts).to_have_count(8)  # of each thing the numbers, and the days
    drawn = texts(charts)
    for words in ("1,500 · reported", "about 10,000 · ", "2,600 · planned", "about 11,000 · forecast"):
        assert len([text for text in drawn if text.startswith(words)]) == 1, words
    assert drawn.count("Reported number") == drawn.count("Reported date") == 4
    marks = charts.locator("g.mark-symbol path, g.mark-rect path")
    assert marks.count() >= 8
    for box in charts.evaluate_all("all => all.map((chart) => chart.getBoundingClientRect().toJSON())"):
        assert box["width"] > 200
        assert box["height"] > 80


def test_the_rows_of_numbers_and_of_days_stand_side_by_side(atlas: AtlasPage) -> None:
    panels = atlas.page.locator("[data-testid=stHorizontalBlock]:has(.stVegaLiteChart)")
    expect(panels).to_have_count(4)
    for panel in panels.all():
        expect(panel.locator(CHART)).to_have_count(2)
        tops = panel.locator(CHART).evaluate_all(
            """charts => charts.map((chart) => {
                const lines = [...chart.querySelectorAll(".role-axis-grid line")];
                const boxes = lines.map((line) => line.getBoundingClientRect()).filter(({ width }) => width > 100);
                return Math.min(...boxes.map(({ y }) => y));
            })"""
        )
        assert max(tops) - min(tops) < 1.5


def test_a_chart_offers_no_way_out_of_the_page(atlas: AtlasPage) -> None:
    chart = atlas.page.locator(".stVegaLiteChart").first
    chart.hover()
    expect(atlas.page.locator(".vega-embed details, .vega-actions")).to_have_count(0)
    buttons = atlas.page.locator(".st-key-figures button")
    shown = [button.get_attribute("aria-label") or "" for button in buttons.all() if button.is_visible()]
    assert shown
    assert not [name for name in shown if "data" in name.lower() or "spec" in name.lower() or "csv" in name.lower()]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_of_a_chart_stand_out_from_the_page(open_atlas: Callable[..., AtlasPage], theme: str) -> None:
    atlas = open_atlas(color_scheme=theme)
    label = atlas.page.locator(f"{CHART} g.mark-text.role-mark text").first
    colour = label.evaluate("text => getComputedStyle(text).fill").removeprefix("rgb(").removesuffix(")").split(",")
    assert (sum(map(int, colour)) / 3 > 180) is (theme == "dark")
    assert (sum(map(int, colour)) / 3 < 80) is (theme == "light")


def test_on_a_phone_the_charts_are_as_wide_as_the_page(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    charts = atlas.page.locator(CHART)
    expect(charts).to_have_count(8)
    for box in charts.evaluate_all("all => all.map((chart) => chart.getBoundingClientRect().toJSON())"):
        assert box["left"] >= 0
        assert box["right"] <= 360
        assert box["width"] > 300
    words = atlas.page.locator(".figures-words").first
    words.scroll_into_view_if_needed()
    expect(words).to_contain_text("South Korea's National Intelligence Service, 18 Oct 2024 (inferred): 1,500 troops")
    expect(words).to_be_in_viewport()
    assert atlas.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_tab_follows_the_day_as_of_which_the_story_is_read(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas("?known=2024-10-17")
    expect(atlas.page.locator(".figures-thing")).to_have_count(3)
    assert not [text for text in texts(atlas.page.locator(CHART)) if "1,500 ·" in text]
