"""A low window, as on a small laptop: the map is low there, and what lies over it must not lie over each other."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser.atlas import AtlasPage
    from browser.conftest import MadeUpStory
    from playwright.sync_api import FloatRect, Locator, Page, ViewportSize

LOW, HIGH = {"width": 1280, "height": 600}, {"width": 1280, "height": 1000}
SMALL = {"width": 1024, "height": 600}
PLACES = [
    {
        "location_id": f"p{lat}.{lon}", "name": f"Place {lat}.{lon}", "latitude": str(lat), "longitude": str(lon),
        "uncertainty_km": "5", "coordinate_source": "A map",
    }
    for lat, lon in product(range(35, 60, 2), range(-20, 80, 4))
]  # fmt: skip
SIGNS = [
    {"modality": "happened", "hedge": "likely"},
    {"modality": "planned"},
    {"modality": "background"},
    {"modality": "happened", "event_date": "2024"},
]

# All at once: the page may lay them out anew between one and the next.
BOXES = """() => [...document.querySelectorAll(".edge-notice, .legend, .leaflet-bar")].map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { words: node.innerText, x, y, width, height };
})"""


def made_up_claims() -> Iterator[dict[str, str]]:
    needed = {"source_id": "paper", "claimant": "A ministry", "modality": "happened", "event_date": "2024-05-01"}
    names = [place["location_id"] for place in PLACES]
    for i, name in enumerate(names):
        sign = SIGNS[i] if i < len(SIGNS) else {}
        yield needed | {"claim_id": f"at{i}", "statement": f"Statement {i}.", "locations": name} | sign
    for i, sign in enumerate(SIGNS):
        moves = {"statement": f"Movement {i}.", "origins": names[i], "destinations": names[-1 - i]}
        yield needed | {"claim_id": f"moves{i}"} | moves | sign
    yield needed | {"claim_id": "stub", "statement": "Some came.", "destinations": names[0]}
    denial = {"responds_to": "at9", "stance": "denies", "locations": names[9], "statement": "It was not so."}
    yield needed | {"claim_id": "denial"} | denial | {"claimant": "Another ministry"}


@pytest.fixture
def open_many(made_up: MadeUpStory, new_page: Callable[..., Page]) -> Callable[..., AtlasPage]:
    """Return a function that opens a story of many places, with Playwright's options for a fresh profile."""
    sources = [{"source_id": "paper", "title": "A paper", "publisher": "The press", "published": "2024-12-31"}]
    made_up.write({"locations": PLACES, "sources": sources, "claims": list(made_up_claims())})
    return lambda **options: made_up.open(new_page(**options))


def legend(atlas: AtlasPage) -> Locator:
    return atlas.frame.locator(".legend")


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


def overlap(one: FloatRect, other: FloatRect) -> bool:
    """Return whether two boxes share more than the line at which they meet."""
    apart = [
        one[start] + one[size] <= other[start] + 1 or other[start] + other[size] <= one[start] + 1
        for start, size in (("x", "width"), ("y", "height"))
    ]
    return not any(apart)


@pytest.mark.parametrize("viewport", [LOW, SMALL])
def test_what_is_out_of_view_is_said_beside_the_legend_and_the_buttons(
    open_many: Callable[..., AtlasPage], viewport: ViewportSize
) -> None:
    atlas = open_many(viewport=viewport)
    notices = atlas.frame.locator(".edge-notice")
    atlas.frame.locator(".leaflet-control-zoom-in").click()
    expect(notices.first).to_be_visible()
    atlas.frame.locator(".leaflet-control-zoom-in").click()
    expect(notices).to_have_count(8)
    boxes = atlas.frame.evaluate(BOXES)
    assert len(boxes) == 11  # with the legend and two bars of buttons
    assert [(one["words"], other["words"]) for one, other in combinations(boxes, 2) if overlap(one, other)] == []


def test_the_legend_is_open_only_where_it_has_room(open_many: Callable[..., AtlasPage]) -> None:
    atlas = open_many(viewport=HIGH)
    expect(legend(atlas)).to_have_attribute("open", "")
    atlas.page.set_viewport_size(LOW)
    expect(legend(atlas)).not_to_have_attribute("open", "")


def test_a_reader_opens_the_legend_of_a_low_map_and_it_stays_so(open_many: Callable[..., AtlasPage]) -> None:
    atlas = open_many(viewport=LOW)
    expect(legend(atlas)).not_to_have_attribute("open", "")
    legend(atlas).get_by_text("Legend").click()
    expect(legend(atlas)).to_have_attribute("open", "")
    atlas.page.set_viewport_size({**LOW, "height": LOW["height"] - 40})
    expect(atlas.frame.locator(".legend li").last).to_be_attached()
    atlas.wait_drawn()
    atlas.next_frame()
    expect(legend(atlas)).to_have_attribute("open", "")
    stage, inner = box(atlas.frame.locator(".claims-map")), box(legend(atlas))
    assert stage["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= stage["y"] + stage["height"]


def test_a_legend_that_is_closed_is_printed_and_then_closed_again(open_many: Callable[..., AtlasPage]) -> None:
    atlas = open_many(viewport=LOW)
    last = "document.querySelector('.legend li:last-child').checkVisibility({ contentVisibilityAuto: true })"
    atlas.frame.evaluate(f"addEventListener('beforeprint', () => (window.printed = {last}))")
    assert atlas.page.pdf().startswith(b"%PDF")
    assert atlas.frame.evaluate("window.printed")
    expect(legend(atlas)).not_to_have_attribute("open", "")


def test_the_shipped_story_has_room_for_its_legend(open_atlas: Callable[..., AtlasPage]) -> None:
    expect(legend(open_atlas(viewport=LOW))).to_have_attribute("open", "")
