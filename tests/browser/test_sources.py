"""The tab Sources draws the network of documents in the real page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from playwright.sync_api import Locator

pytestmark = pytest.mark.app_only

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
CHART = "[data-testid=stVegaLiteChart]"
PATHS = "path[stroke='#2f7fb8'], path[fill='#2f7fb8']"  # what is drawn in the colour of the chosen document


def open_sources(atlas: AtlasPage) -> Locator:
    atlas.page.get_by_role("tab", name="Sources").click()
    chart = atlas.page.get_by_role("tabpanel", name="Sources").locator(CHART)
    expect(chart.locator("text").first).to_be_visible()
    return chart


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_document_is_drawn_with_its_words_in_the_colour_of_the_page(
    open_atlas: Callable[..., AtlasPage], theme: str
) -> None:
    atlas = open_atlas(color_scheme=theme)
    chart = open_sources(atlas)
    for words in ("Newsweek", "19 Oct 2024 · 32 claims", "Mick Ryan", "not dated · 0 claims", "satellite imagery"):
        expect(chart.locator("text", has_text=words).first).to_be_visible()
    ink = chart.locator("text").first.evaluate("text => getComputedStyle(text).fill")
    lightness = sum(int(part) for part in ink[ink.index("(") + 1 : -1].split(",")[:3]) / 3
    assert (lightness > 128) is (theme == "dark")
    assert chart.locator(".vega-actions, summary").count() == 0  # nothing that would open an editor elsewhere


def test_another_document_is_chosen_with_the_keyboard_and_coloured(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas()
    chart = open_sources(atlas)
    panel = atlas.page.get_by_role("tabpanel", name="Sources")
    expect(panel.get_by_text("32 of 32 claims")).to_be_visible()
    coloured = chart.locator(PATHS).count()
    choice = atlas.page.get_by_role("combobox", name="What rests only on this document?")
    choice.focus()
    atlas.page.keyboard.type("(statement)")
    atlas.page.keyboard.press("Enter")
    expect(panel.get_by_text("2 of 2 claims")).to_be_visible()
    expect(chart.locator(PATHS)).not_to_have_count(coloured)
    assert chart.locator(PATHS).count() < coloured


def test_on_a_phone_the_drawing_scrolls_sideways_and_the_page_does_not(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    chart = open_sources(atlas)
    expect(chart.locator("svg").first).to_be_visible()
    atlas.page.wait_for_function(f"document.querySelector('.st-key-source-network {CHART} svg').clientWidth > 500")
    assert atlas.page.evaluate("document.documentElement.scrollWidth") <= 360
    scroller = atlas.page.locator(".st-key-source-network")
    assert scroller.evaluate("box => box.scrollWidth > box.clientWidth + 100")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_tab(open_atlas: Callable[..., AtlasPage], theme: str) -> None:
    atlas = open_atlas(color_scheme=theme, reduced_motion="reduce")
    open_sources(atlas)
    atlas.wait_rest()
    found = Axe().run(atlas.page).response["violations"]
    assert [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]] == []
