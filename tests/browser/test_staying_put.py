"""What the page reports to the server never disturbs the map: zoom, focus and the frame survive every rerun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage


@pytest.mark.app_only
def test_zoom_focus_and_frame_survive_a_rerun(atlas: AtlasPage) -> None:
    atlas.frame.evaluate("window.marker = 'still here'")
    atlas.frame.get_by_role("button", name="Zoom in").click()
    atlas.wait_rest()
    centre = atlas.frame.evaluate("[window.map.getZoom(), window.map.getCenter()]")
    atlas.testid("date-to").focus()
    atlas.page.keyboard.press("PageDown")
    atlas.wait_address({"to": "2024-10-02"})
    filtered = atlas.counts().filtered
    assert filtered > 0
    expect(atlas.page.get_by_text(re.compile(rf"{filtered} filtered out"))).to_be_attached()  # by the rerun, in a tab
    atlas.wait_rest()
    assert atlas.frame.evaluate("window.marker") == "still here"
    assert atlas.frame.evaluate("[window.map.getZoom(), window.map.getCenter()]") == centre
    expect(atlas.testid("date-to")).to_be_focused()


def test_a_search_keeps_the_cursor_while_the_page_follows(atlas: AtlasPage) -> None:
    atlas.frame.evaluate("window.marker = 'still here'")
    search = atlas.testid("search")
    search.focus()
    atlas.page.keyboard.type("troops ")
    atlas.wait_address({"q": "troops"})
    atlas.wait_rest()
    atlas.page.keyboard.type("sent")
    expect(search).to_have_value("troops sent")
    atlas.wait_address({"q": "troops sent"})
    assert atlas.frame.evaluate("window.marker") == "still here"


def test_a_resized_window_keeps_the_frame_and_the_state(atlas: AtlasPage) -> None:
    atlas.frame.evaluate("window.marker = 'still here'")
    atlas.click_site("khabarovsk")
    atlas.wait_address({"site": "khabarovsk"})
    try:
        atlas.page.set_viewport_size({"width": 1000, "height": 700})
        atlas.wait_rest()
        assert atlas.frame.evaluate("window.marker") == "still here"
        assert atlas.heading() == "Khabarovsk"
        assert atlas.site_pixel("khabarovsk")
        atlas.chip("kursk").click()
        atlas.page.set_viewport_size({"width": 1100, "height": 700})
        atlas.wait_rest()
        assert atlas.site_pixel("kursk")
    finally:
        atlas.page.set_viewport_size({"width": 1366, "height": 768})


def by_the_button(atlas: AtlasPage) -> None:
    atlas.frame.get_by_role("button", name="Zoom in").click()


def by_a_box(atlas: AtlasPage) -> None:
    centre = atlas.site_pixel("vladivostok")
    assert centre
    atlas.frame.evaluate("document.activeElement.blur()")  # the map hears no key
    atlas.page.keyboard.down("Shift")
    atlas.page.mouse.move(centre.x - 60, centre.y - 60)
    atlas.page.mouse.down()
    atlas.page.mouse.move(centre.x + 60, centre.y + 60, steps=4)
    atlas.page.mouse.up()
    atlas.page.keyboard.up("Shift")


@pytest.mark.parametrize("zoom_in", [by_the_button, by_a_box])
def test_a_resized_window_keeps_the_zoom(atlas: AtlasPage, zoom_in: Callable[[AtlasPage], None]) -> None:
    first = atlas.frame.evaluate("window.map.getZoom()")
    try:
        zoom_in(atlas)
        atlas.wait_rest()
        zoom = atlas.frame.evaluate("window.map.getZoom()")
        assert zoom >= first + 1
        atlas.page.set_viewport_size({"width": 1100, "height": 700})
        atlas.wait_rest()
        assert atlas.frame.evaluate("window.map.getZoom()") == zoom
    finally:
        atlas.page.set_viewport_size({"width": 1366, "height": 768})


def test_the_page_is_readable_on_a_laptop_without_scrolling(atlas: AtlasPage) -> None:
    height = atlas.page.evaluate("innerHeight")
    for name in ("search", "claims-map", "date-from", "counts", "site-list"):
        box = atlas.testid(name).bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
