"""Four questions that a reader who has never seen the atlas can answer from the page alone, in so many clicks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.atlas import AtlasPage


def count_clicks(atlas: AtlasPage) -> None:
    atlas.frame.evaluate(
        """() => {
            if (window.clicks === undefined) {
                document.addEventListener("pointerdown", () => (window.clicks += 1), { capture: true });
            }
            window.clicks = 0;
        }"""
    )


def clicks(atlas: AtlasPage) -> int:
    number: int = atlas.frame.evaluate("window.clicks")
    return number


def in_sight(atlas: AtlasPage, words: str) -> bool:
    """Return whether a text stands in the window without scrolling, not cut by what scrolls."""
    found = atlas.frame.get_by_text(words).first
    expect(found).to_be_visible()
    middle = found.evaluate(
        "node => { const box = node.getBoundingClientRect(); return [box.x + 8, box.y + box.height / 2]; }"
    )
    inside: bool = found.evaluate(
        "(node, [x, y]) => node.contains(document.elementFromPoint(x, y))"
        " || document.elementFromPoint(x, y)?.contains(node)",
        middle,
    )
    return inside


def test_who_says_that_10000_are_being_trained_takes_one_click_and_a_word(atlas: AtlasPage) -> None:
    count_clicks(atlas)
    atlas.testid("search").click()
    atlas.page.keyboard.type("10,000")
    expect(atlas.frame.locator(".story-row")).to_have_count(1)
    row = atlas.frame.locator(".story-row").inner_text()
    assert "Volodymyr Zelensky: Around 10,000 North Korean soldiers are being trained" in row
    assert clicks(atlas) == 1


def test_who_checked_the_video_takes_one_click_and_a_word(atlas: AtlasPage) -> None:
    count_clicks(atlas)
    atlas.testid("search").click()
    atlas.page.keyboard.type("video verified")
    row = atlas.frame.locator(".story-row[data-claim='video-unverified']")
    expect(row).to_contain_text("Newsweek: The video has not been independently verified.")
    expect(atlas.frame.locator(".story-row")).to_have_count(1)
    assert clicks(atlas) == 1


def test_who_checked_the_video_is_also_answered_on_its_card_in_one_click(atlas: AtlasPage) -> None:
    count_clicks(atlas)
    atlas.click_site("sergeevsky")
    answers = atlas.frame.locator("[data-claim='video-sergeevsky'] .responses")
    for words in (
        "Newsweek said this had not been verified: The video has not been independently verified.",
        "Institute for the Study of War called this and other reports consistent: Footage appears consistent",
    ):
        expect(answers).to_contain_text(words)
    assert clicks(atlas) == 1


def test_where_the_2600_come_from_takes_no_click(atlas: AtlasPage) -> None:
    count_clicks(atlas)
    notice = atlas.frame.locator(".edge-notice")
    expect(notice).to_contain_text("Kursk Oblast")
    expect(notice).to_contain_text(re.compile(r"2,600 planned .*origin not stated"))
    assert in_sight(atlas, "origin not stated")
    assert clicks(atlas) == 0


def test_how_many_independent_origins_the_movement_has_takes_one_click_and_who_they_are_another(
    atlas: AtlasPage,
) -> None:
    count_clicks(atlas)
    corner = atlas.map_corner()
    label = next(text for text in atlas.drawn()["texts"] if "1,500 in total" in text["text"])
    atlas.page.mouse.click(corner.x + label["x"] + 20, corner.y + label["y"])
    expect(atlas.testid("site-claims")).to_contain_text("1 independent origin")
    assert in_sight(atlas, "1 independent origin")
    assert clicks(atlas) == 1
    atlas.frame.get_by_text("1 independent origin").click()
    expect(atlas.testid("origins")).to_contain_text("South Korea's National Intelligence Service")
    assert clicks(atlas) == 2
