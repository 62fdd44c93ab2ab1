"""Everything is reached and worked without a mouse, and what has the focus is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.facts import CLAIMS, SITES
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage

MOST_STOPS = 120


def test_tab_walks_through_everything_in_reading_order_and_out_again(atlas: AtlasPage) -> None:
    stops = walk(atlas)
    names = [stop["name"] for stop in stops]
    landmarks = [
        "search",
        "facet-claimant",
        "facet-modality",
        "Zoom in",
        "Zoom out",
        "Back to the first view",
        "play",
        "From, first day shown",
        "To, last day shown",
        "undated",
        "date-from",
        "date-to",
        *SITES,
    ]
    assert [name for name in names if name in landmarks] == landmarks
    rows = [name for name in names if name in CLAIMS]
    assert set(rows) == set(CLAIMS)
    assert len(rows) == len(CLAIMS)
    assert names.index(rows[0]) > names.index("kursk")
    assert any(
        "Kursk Oblast" in stop["text"] for stop in stops if stop["tag"] == "BUTTON" and stop["name"] not in SITES
    )
    assert not atlas.has_focus()


def test_what_has_the_focus_is_outlined(atlas: AtlasPage) -> None:
    handles = ("date-from", "date-to")  # whose thumb is outlined, which no script can ask for
    plain = [stop["name"] or stop["text"] for stop in walk(atlas) if not stop["outlined"]]
    assert [name for name in plain if name not in handles] == []
    for name in handles:
        atlas.testid("search").focus()
        without = atlas.testid(name).screenshot()
        atlas.page.keyboard.press("Tab")
        atlas.testid(name).focus()
        assert atlas.testid(name).screenshot() != without


def test_a_slash_goes_to_the_search(atlas: AtlasPage) -> None:
    atlas.chip("hamhung").focus()
    atlas.page.keyboard.press("/")
    expect(atlas.testid("search")).to_be_focused()
    expect(atlas.testid("search")).to_have_value("")
    atlas.page.keyboard.press("/")
    expect(atlas.testid("search")).to_have_value("/")
    atlas.wait_address({"q": "/"})


@pytest.mark.parametrize("site", ["hamhung", "khabarovsk"])
def test_the_focus_of_a_site_in_the_list_is_drawn_around_its_mark(atlas: AtlasPage, site: str) -> None:
    atlas.frame.evaluate(READ_CANVAS)
    atlas.chip(site).focus()
    atlas.next_frame()
    changed = atlas.frame.evaluate(CHANGED)
    pixel, corner = atlas.site_pixel(site), atlas.map_corner()
    assert changed
    assert pixel
    assert abs(changed["x"] - (pixel.x - corner.x)) < 3
    assert abs(changed["y"] - (pixel.y - corner.y)) < 3
    assert 10 < changed["width"] < 60
    atlas.testid("search").focus()
    atlas.next_frame()
    assert atlas.frame.evaluate(CHANGED) is None


# folium forbids zooming by touch; in a frame, browsers don't heed that.
AXE_OPTIONS = {"rules": {"meta-viewport": {"enabled": False}}}


@pytest.mark.parametrize("colour_scheme", ["light", "dark"])
def test_axe_finds_nothing(open_atlas: Callable[..., AtlasPage], colour_scheme: str) -> None:
    atlas = open_atlas(color_scheme=colour_scheme, reduced_motion="reduce")  # colours on their way count for nothing
    found = violations(atlas)
    atlas.chip("vladivostok").click()
    expect(atlas.testid("claim-card").first).to_be_visible()
    found |= violations(atlas)
    atlas.typed("From").fill("nonsense")
    atlas.typed("From").press("Enter")
    atlas.page.keyboard.press("Escape")
    found |= violations(atlas)
    assert found == set()


def violations(atlas: AtlasPage) -> set[str]:
    """Return what axe finds in the story view and in the page around it, once the tabs have followed."""
    atlas.wait_rest()
    return {
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for part in (atlas.page, atlas.frame)
        for rule in Axe().run(part, options=AXE_OPTIONS).response["violations"]
        for node in rule["nodes"]
    }


def walk(atlas: AtlasPage) -> list[dict[str, Any]]:
    """Press Tab from the search on until the focus leaves the story view."""
    atlas.testid("search").focus()
    stops = []
    for _ in range(MOST_STOPS):
        if not atlas.has_focus():
            return stops
        stops.append(atlas.frame.evaluate(FOCUSED))
        atlas.page.keyboard.press("Tab")
    pytest.fail(f"Tab never leaves the story view: {stops[-3:]}")


FOCUSED = """() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    const { site, claim, testid } = node.dataset;
    const name = site ?? claim ?? testid ?? node.getAttribute("aria-label") ?? "";
    const outlined = (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    return { name, tag: node.tagName, text: node.textContent.slice(0, 60), outlined };
}"""

READ_CANVAS = """() => {
    const canvas = document.querySelector("canvas.sheet");
    window.read = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    window.before = window.read();
}"""

# Box around what has changed since, as centre and width in pixels from the map's corner.
CHANGED = """() => {
    const canvas = document.querySelector("canvas.sheet");
    const [now, before] = [window.read(), window.before];
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < now.length; i += 4) {
        if (now[i] === before[i] && now[i + 1] === before[i + 1] && now[i + 2] === before[i + 2]) continue;
        const [x, y] = [(i / 4) % canvas.width, Math.floor(i / 4 / canvas.width)];
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    if (right < 0) return null;
    const map = document.querySelector("[data-testid=claims-map]");
    const [from, to] = [canvas, map].map((node) => node.getBoundingClientRect());
    const [x, y] = [(left + right + 1) / 2 + from.left - to.left, (top + bottom + 1) / 2 + from.top - to.top];
    return { x, y, width: right - left + 1 };
}"""
