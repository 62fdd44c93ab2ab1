"""The tab Movements as it is read, by whom it is read aloud to, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.facts import THE_MOVE, THE_STUB
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from playwright.sync_api import Locator

    OpenAtlas = Callable[..., AtlasPage]

pytestmark = pytest.mark.app_only


def open_tab(atlas: AtlasPage) -> Locator:
    atlas.page.get_by_role("tab", name="Movements").click()
    sentences = atlas.page.locator(".movements")
    expect(sentences).to_be_visible()
    return sentences


def test_the_sentences_are_lists_under_headings_in_the_order_of_dates(open_atlas: OpenAtlas) -> None:
    sentences = open_tab(open_atlas())
    expect(sentences.get_by_role("heading")).to_have_text(
        ["Chongjin, Hamhung and Musudan → Vladivostok: 1 account", "Origin not stated → Kursk Oblast: 1 account"]
    )
    expect(sentences.get_by_role("list")).to_have_count(2)
    expect(sentences.get_by_role("listitem")).to_contain_text(["were sent from Chongjin", "are to be deployed from"])
    expect(sentences.get_by_role("link")).to_have_text([f"Claim {THE_MOVE}", f"Claim {THE_STUB}"])


def test_a_permalink_opens_its_claim_and_keeps_the_rest_of_the_address(open_atlas: OpenAtlas) -> None:
    atlas = open_atlas("?from=2024-10-09&site=kursk")
    open_tab(atlas).get_by_role("link", name=THE_MOVE).click()
    atlas.page.wait_for_url(f"**/?from=2024-10-09&claim={THE_MOVE}")
    atlas.wait_drawn()
    expect(atlas.testid("claim-card")).to_have_count(1)
    assert atlas.cards() == [THE_MOVE]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_the_sentences_are_black_on_white_and_nothing_that_is_clicked_is_there(
    open_atlas: OpenAtlas, theme: str
) -> None:
    atlas = open_atlas(color_scheme=theme)
    sentences = open_tab(atlas)
    atlas.page.emulate_media(media="print")
    expect(sentences).to_be_visible()
    for each in (*sentences.locator("p, h3, a").all(), sentences.locator("h3 span").first):
        expect(each).to_have_css("color", "rgb(0, 0, 0)")
        expect(each).to_have_css("background-color", "rgb(255, 255, 255)")
    for around in (atlas.page.locator("body"), atlas.page.get_by_test_id("stApp")):
        expect(around).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(atlas.page.get_by_role("tablist")).to_be_hidden()
    for grid in atlas.page.get_by_role("tabpanel").get_by_test_id("stDataFrame").all():
        expect(grid).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sentences_hold_no_barrier_for_those_who_do_not_see(open_atlas: OpenAtlas, theme: str) -> None:
    atlas = open_atlas(color_scheme=theme, reduced_motion="reduce")  # colours on their way count for nothing
    open_tab(atlas).scroll_into_view_if_needed()  # of what is out of view axe can't tell the contrast
    atlas.wait_rest()
    found = Axe().run(atlas.page, context=".movements").response
    assert [rule["id"] for rule in found["violations"]] == []
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
