"""Light and dark follow the reader's device; a phone shows everything in one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.facts import CLAIMS, SITES, claims_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_story_view_follows_the_theme_of_the_device(open_atlas: Callable[..., AtlasPage], theme: str) -> None:
    atlas = open_atlas(color_scheme=theme)
    root = atlas.frame.locator(".story-view")
    expect(root).to_have_attribute("data-theme", theme)
    around = atlas.page.locator(".stApp, body:has(> .story-view)").last  # the app's page, or the file's
    backgrounds = [part.evaluate("part => getComputedStyle(part).backgroundColor") for part in (around, root)]
    sea = atlas.frame.evaluate(
        "[...document.querySelector('canvas.sheet').getContext('2d').getImageData(5, 5, 1, 1).data.slice(0, 3)]"
    )
    for colour in (
        sea,
        *([int(part) for part in words[words.index("(") + 1 : -1].split(",")[:3]] for words in backgrounds),
    ):
        assert (sum(colour) / 3 < 128) is (theme == "dark"), (theme, colour)


def test_the_story_view_follows_when_the_device_goes_dark(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(color_scheme="light")
    atlas.page.emulate_media(color_scheme="dark")
    expect(atlas.frame.locator(".story-view")).to_have_attribute("data-theme", "dark")


def test_on_a_phone_everything_is_reached_by_scrolling_down_alone(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    for frame in (atlas.page.main_frame, atlas.frame):
        assert frame.evaluate("document.documentElement.scrollWidth") <= 360
    wide = atlas.frame.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((node) => {
            const { left, right, width } = node.getBoundingClientRect();
            return width && !node.closest(".claims-map, .visually-hidden") && (left < -1 || right > innerWidth + 1);
        }).map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert wide == []
    scrolling = atlas.frame.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll(".story-view, .story-view *")].filter((node) =>
            node.scrollHeight > node.clientHeight + 1 && ["auto", "scroll"].includes(getComputedStyle(node).overflowY)
        ).map((node) => node.outerHTML.slice(0, 100))"""
    )
    assert scrolling == []
    for name in ("search", "facet-claimant", "claims-map", "play", "date-from", "undated", "counts", "site-list"):
        part = atlas.testid(name)
        part.scroll_into_view_if_needed()
        expect(part).to_be_in_viewport()
    last = atlas.frame.locator(".story-row").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert len(atlas.listed()) == len(CLAIMS)


@pytest.mark.app_only
def test_on_a_phone_the_tabs_are_reached_by_scrolling_down(open_atlas: Callable[..., AtlasPage]) -> None:
    tab = open_atlas(**PHONE).page.get_by_role("tab", name="Claims")
    tab.scroll_into_view_if_needed()
    expect(tab).to_be_in_viewport()


def test_on_a_phone_a_tap_on_a_site_opens_its_claims(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    atlas.testid("claims-map").scroll_into_view_if_needed()
    pixel = atlas.site_pixel("khabarovsk")
    assert pixel
    atlas.page.touchscreen.tap(pixel.x, pixel.y)
    expect(atlas.testid("site-claims").locator("h2")).to_have_text(SITES["khabarovsk"][0])
    assert set(atlas.cards()) == claims_of("khabarovsk")
    expect(atlas.testid("site-claims").locator("h2")).to_be_in_viewport()
    atlas.wait_address({"site": "khabarovsk"})


def test_on_a_phone_a_long_label_is_whole_in_two_rows(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas("?site=kursk", **PHONE)
    texts = atlas.texts()
    for words in ("2,600 planned", "hedged", "origin not stated", "no date"):
        assert texts.count(words) == 1


def test_on_a_phone_two_fingers_zoom_the_map_to_stay(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    atlas.testid("claims-map").scroll_into_view_if_needed()
    first = atlas.frame.evaluate("window.map.getZoom()")
    pixel = atlas.site_pixel("khabarovsk")
    assert pixel
    fingers = atlas.page.context.new_cdp_session(atlas.page)
    for kind, apart in (("touchStart", 40), *(("touchMove", apart) for apart in range(50, 121, 10)), ("touchEnd", 0)):
        points = [{"x": pixel.x + side * apart / 2, "y": pixel.y, "id": side + 1} for side in (-1, 1)] if apart else []
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        atlas.next_frame()
    atlas.wait_rest()
    zoom = atlas.frame.evaluate("window.map.getZoom()")
    assert zoom >= first + 1
    pixel = atlas.site_pixel("khabarovsk")
    assert pixel
    atlas.page.touchscreen.tap(pixel.x, pixel.y)
    expect(atlas.testid("site-claims").locator("h2")).to_have_text(SITES["khabarovsk"][0])
    atlas.wait_rest()
    assert atlas.frame.evaluate("window.map.getZoom()") == zoom


def test_on_a_phone_buttons_and_boxes_are_large_enough_for_a_finger(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    small = atlas.frame.evaluate(
        """() => [...document.querySelectorAll(".story-view :is(button, select, input)")]
            .filter(({ type }) => !["checkbox", "range"].includes(type))
            .map((node) => [node.getBoundingClientRect(), node.outerHTML.slice(0, 80)])
            .filter(([{ width, height }]) => width && (width < 24 || height < 24))
            .map(([{ width, height }, html]) => `${width} x ${height}: ${html}`)"""
    )
    assert small == []
