"""A claim card says when its quotation was checked, as long as the quotation is the one that was."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from browser.conftest import SMALL
from browser.facts import rows
from playwright.sync_api import expect
from typer.testing import CliRunner

from geo import cli
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browser.atlas import AtlasPage
    from browser.conftest import MadeUpStory
    from playwright.sync_api import Page

EXCERPT = "“One man” stood on the <b>hill</b>"


@pytest.fixture
def checked(made_up: MadeUpStory, tmp_path: Path) -> Iterator[MadeUpStory]:
    """Return a story of two claims, one with an excerpt that the command has looked up and found."""
    tables = copy.deepcopy(SMALL)
    tables["claims"] = [{**tables["claims"][0], "excerpt": EXCERPT}, {**tables["claims"][0], "claim_id": "silent"}]
    made_up.write(tables)
    (tmp_path / "paper.txt").write_text(f"They say {EXCERPT}.", encoding="utf-8")
    command = ["check-quotes", str(made_up.folder), "--source", f"paper={tmp_path / 'paper.txt'}", "--write"]
    assert CliRunner().invoke(cli.with_commands(), command).exit_code == 0
    yield made_up
    (made_up.folder / "quotations.csv").unlink()


def test_a_card_says_when_its_quotation_was_checked_and_in_which_text(
    checked: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    atlas = checked.open(new_page(), claim="seen")
    line = atlas.card("seen").locator(".quotation-check")
    stored = (checked.folder / "quotations.csv").read_text(encoding="utf-8").splitlines()[1]
    *_, day, sha256 = stored.split(",")
    expect(line.locator("summary")).to_have_text(f"Quotation checked against the text on {date_words(day)}")
    expect(line.get_by_text(sha256)).to_be_hidden()
    line.locator("summary").click()
    expect(line.get_by_text(sha256)).to_be_visible()
    box, quotation = line.bounding_box(), atlas.card("seen").locator("blockquote").bounding_box()
    assert box
    assert quotation
    assert box["y"] >= quotation["y"] + quotation["height"] - 1, "it stands under the quotation"
    assert box["width"] <= quotation["width"] + 1, "the hash doesn't stretch the card"


def test_a_card_whose_claim_has_no_checked_quotation_says_nothing_of_one(
    checked: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    atlas = checked.open(new_page(), claim="silent")
    expect(atlas.card("silent")).to_be_visible()
    expect(atlas.card("silent").locator(".quotation-check")).to_have_count(0)


@pytest.mark.app_only
def test_the_line_goes_when_the_excerpt_is_changed_and_the_page_says_why(
    checked: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    tables = copy.deepcopy(SMALL)
    tables["claims"] = [{**tables["claims"][0], "excerpt": EXCERPT.replace("One", "Two")}]
    checked.write(tables)
    atlas = checked.open(new_page(), claim="seen")
    expect(atlas.card("seen").locator("blockquote")).to_contain_text("Two man")
    expect(atlas.card("seen").locator(".quotation-check")).to_have_count(0)
    expect(atlas.page.get_by_test_id("stAlert")).to_contain_text("This story's files have problems")
    atlas.page.get_by_role("tab", name="Data").click()
    reason = atlas.page.locator("[data-testid=stDataFrame] td", has_text="is no longer the claim's excerpt")
    expect(reason.first).to_be_attached()


def test_every_card_of_the_shipped_story_says_it(atlas: AtlasPage) -> None:
    days = {row["claim_id"]: row["checked_on"] for row in rows("quotations")}
    atlas.click_site("vladivostok")
    for claim in atlas.cards():
        words = f"Quotation checked against the text on {date_words(days[claim])}"
        expect(atlas.card(claim).locator(".quotation-check summary")).to_have_text(words)
