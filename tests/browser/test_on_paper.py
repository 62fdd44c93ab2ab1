"""What the browser's print command gives: the story view and the tab, light, whole and as wide as the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.facts import CLAIMS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage

# Registered last and run last, so it sees what is printed. The promises of earlier listeners are kept by then.
NOTE_WHAT_IS_PRINTED = """() => window.addEventListener("beforeprint", () => {
    const root = document.querySelector(".story-view");
    const canvas = document.querySelector("canvas.sheet");
    const low = [root, ...root.querySelectorAll(".story-list *")].map((node) => node.getBoundingClientRect().bottom);
    window.printed = {
        theme: root.dataset.theme,
        sea: [...canvas.getContext("2d").getImageData(5, 5, 1, 1).data.slice(0, 3)],
        map: document.querySelector(".claims-map").getBoundingClientRect().toJSON(),
        over: [...document.querySelectorAll(".legend, .edge-notice")].map((node) => node.getBoundingClientRect().top),
        width: root.offsetWidth,
        asked: document.querySelector("[data-testid=asked]").innerText,
        frame: (window.frameElement ?? document.documentElement).getBoundingClientRect().height,
        lowest: Math.max(...low),
        claims: root.querySelectorAll(".story-list [data-claim]").length,
        sentences: [...root.querySelectorAll(".movement-list li")].filter((node) => node.checkVisibility()).length,
        buttons: [...root.querySelectorAll(".timebar, .known, .site-list, .head input, .leaflet-control-zoom")]
            .filter((node) => node.checkVisibility()).length,
    };
})"""


def print_page(atlas: AtlasPage) -> dict[str, Any]:
    """Print the page and return what the story view looked like at that moment."""
    atlas.frame.evaluate(NOTE_WHAT_IS_PRINTED)
    assert atlas.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    printed: dict[str, Any] = atlas.frame.evaluate("window.printed")
    return printed


def test_a_dark_page_prints_light_and_whole(open_atlas: Callable[..., AtlasPage]) -> None:
    printed = print_page(open_atlas(color_scheme="dark"))
    assert printed["theme"] == "light"
    assert sum(printed["sea"]) / 3 > 128
    assert printed["claims"] == len(CLAIMS)
    assert printed["sentences"] == 2
    assert printed["lowest"] <= printed["frame"]
    assert printed["buttons"] == 0


def test_paper_says_what_was_selected_and_the_screen_leaves_it_to_the_controls(
    open_atlas: Callable[..., AtlasPage],
) -> None:
    atlas = open_atlas("?from=2024-10-09&to=2024-10-10&known=2024-10-18&claimant=Newsweek")
    asked = print_page(atlas)["asked"]
    assert asked == "Selected: happened from 9 Oct 2024 to 10 Oct 2024 · as known on 18 Oct 2024 · claimed by Newsweek"
    expect(atlas.testid("asked")).to_be_hidden()
    atlas.show()
    assert print_page(atlas)["asked"] == ""


def test_nothing_lies_over_the_printed_map(open_atlas: Callable[..., AtlasPage]) -> None:
    printed = print_page(open_atlas())
    assert printed["map"]["width"] == printed["width"] - 2  # its border
    assert len(printed["over"]) >= 2
    assert min(printed["over"]) >= printed["map"]["bottom"]


@pytest.mark.app_only
def test_the_page_is_no_wider_than_the_paper(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas()
    paper_px = print_page(atlas)["width"]
    expect(atlas.page.locator("svg.marks").first).to_be_visible()
    atlas.page.emulate_media(media="print")
    # On the screen scripts make these as wide as the window. None runs between the command to print and the paper.
    widths = atlas.page.evaluate(
        """() => [...document.querySelectorAll(".stMainBlockContainer :is(iframe, svg.marks)")].map((node) => {
            node.setAttribute("width", 1300);
            return node.getBoundingClientRect().width;
        })"""
    )
    assert len(widths) >= 2
    assert max(widths) <= paper_px


def test_after_printing_the_screen_is_as_it_was(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(color_scheme="dark")
    atlas.page.evaluate("dispatchEvent(new Event('resize'))")  # the page above the frame has moved while it loaded
    atlas.wait_drawn()
    before, pixel = atlas.frame.evaluate("claimsMap.state()"), atlas.site_pixel("vladivostok")
    print_page(atlas)
    root = atlas.frame.locator(".story-view")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).not_to_contain_class("paper")
    expect(atlas.frame.locator(".timebar")).to_be_visible()
    assert atlas.frame.evaluate("document.querySelector('.movement-list').open") is False
    assert atlas.frame.evaluate("window.frameElement?.style.height ?? ''") == ""
    atlas.wait_drawn()
    assert atlas.frame.evaluate("claimsMap.state()") == before
    assert atlas.site_pixel("vladivostok").distance(pixel) < 1
