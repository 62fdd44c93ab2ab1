"""A story too big to be selected anew within a frame: that goes in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.atlas import wait_until
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from browser.conftest import MadeUpStory
    from playwright.sync_api import Page

CLAIMANTS = ("Claimant 0", "Claimant 1", "Claimant 2")
CLAIMS = 100_000  # twice as many as `selector.js` selects at once
PLACE = {"location_id": "here", "name": "Here", "latitude": "50", "longitude": "30", "coordinate_source": "A map"}

ASK = """(asked) => {
    for (const [name, value] of asked) {
        const control = document.querySelector(`[data-testid=${name}]`);
        control.value = value === null ? String(Number(control.min) + 1) : value;
        control.dispatchEvent(new Event(control.localName === "select" ? "change" : "input", { bubbles: true }));
    }
}"""


@pytest.fixture(scope="module")
def very_big(made_up: MadeUpStory) -> MadeUpStory:
    sources = [{"source_id": "paper", "title": "A paper", "publisher": "The press", "published": "2024-12-31"}]
    said = {"statement": "It was so.", "locations": "here", "source_id": "paper", "modality": "happened"}
    claims = [
        {"claim_id": f"c{i}", "claimant": CLAIMANTS[i % 3], "event_date": f"2024-10-{1 + i * 20 // CLAIMS:02}"} | said
        for i in range(CLAIMS)
    ]
    made_up.write({"locations": [PLACE], "sources": sources, "claims": claims}, title="A very big story")
    return made_up


@pytest.fixture
def atlas(very_big: MadeUpStory, new_page: Callable[..., Page]) -> AtlasPage:
    return very_big.open(new_page())


def test_what_a_facet_lets_through_is_shown(atlas: AtlasPage) -> None:
    atlas.testid("facet-claimant").select_option(CLAIMANTS[1])
    expect(atlas.testid("counts")).to_contain_text(f"{len(range(1, CLAIMS, 3)):,} on the map")
    assert atlas.state()["claims"][:2] == ["c1", "c4"]


def test_the_last_that_was_asked_is_shown_whatever_is_asked_meanwhile(atlas: AtlasPage) -> None:
    asked = [["facet-claimant", CLAIMANTS[1]], ["facet-claimant", CLAIMANTS[2]], ["date-from", None]]
    atlas.frame.evaluate(ASK, asked)
    left = [i for i in range(2, CLAIMS, 3) if i * 20 // CLAIMS > 0]
    expect(atlas.testid("counts")).to_contain_text(f"{len(left):,} on the map")
    assert (atlas.state()["from"], atlas.state()["claims"][0]) == ("2024-10-02", f"c{left[0]}")
    expect(atlas.frame.locator(".panel")).to_contain_text(CLAIMANTS[2])
    expect(atlas.frame.locator(".panel")).not_to_contain_text(CLAIMANTS[1])


def test_a_line_more_below_the_map_does_not_move_it(atlas: AtlasPage) -> None:
    look = "() => [document.querySelector('.stage').clientHeight, claimsMap.sitePixel(0)]"
    height, pixel = atlas.frame.evaluate(look)
    atlas.frame.evaluate(ASK, [["known", None]])
    expect(atlas.frame.get_by_role("button", name="All that was said")).to_be_visible()
    expect(atlas.testid("counts")).to_contain_text(f"{CLAIMS:,} on the map")
    wait_until(atlas.frame, "(height) => document.querySelector('.stage').clientHeight < height", height)
    assert atlas.frame.evaluate(look)[1] == pixel
