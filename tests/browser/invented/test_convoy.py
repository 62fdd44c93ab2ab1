"""A convoy with a split destination: planned, reported, counted differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.invented.reading import (
    CONTESTED,
    DASHED,
    DOTTED,
    SOLID,
    cells,
    dashes_of_arrows,
    differing,
    labels_of_movements,
    of,
    sentences,
)
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.atlas import AtlasPage

pytestmark = of("convoy")

BOARD = "Marrowdale Relief Board"
PLAN = "4 Mar 2031 · 40 planned in total"
LEFT = "4 Mar 2031 · 40 in total"


@pytest.mark.parametrize(
    ("known", "labels", "dashes", "heads"),
    [
        ("2031-03-01", [], [], 0),
        ("2031-03-02", [PLAN], [DASHED], 2),
        ("2031-03-04", [f"{BOARD} · {PLAN}", f"{BOARD} · {LEFT}"], [DASHED, SOLID], 4),
        (
            "2031-03-05",
            [
                f"{BOARD} · {PLAN}",
                f"{BOARD} · {LEFT} · {CONTESTED}",
                f"Plainsong Agency · {LEFT} · {CONTESTED}",
                f"Plains Hauliers' Union · 4 Mar 2031 · about 35 in total · hedged · {CONTESTED}",
            ],
            [DASHED, SOLID, DOTTED],
            8,
        ),
    ],
)
def test_the_convoy_is_planned_first_and_reported_later(
    atlas: AtlasPage, known: str, labels: list[str], dashes: list[list[int]], heads: int
) -> None:
    atlas.show(known=known)
    assert sorted(labels_of_movements(atlas)) == sorted(labels)
    assert sorted(dashes_of_arrows(atlas)) == sorted(dashes)
    assert len(atlas.drawn()["heads"]) == heads  # each claim has two destinations


def test_a_split_destination_is_one_number_and_its_split_is_said_to_be_missing(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board")
    expect(atlas.card("left-board").locator(".quantity")).to_have_text(
        "40 in total — counts: trucks that left in the relief convoy"
    )
    expect(atlas.card("left-board").locator(".places")).to_contain_text("Tessick, Upper Quell")
    assert sentences(atlas)[1] == (
        "Marrowdale Relief Board says that 40 trucks in total were sent from Marrowdale to Tessick and Upper Quell"
        " (how it is split is not stated) by road on 4 March 2031."
    )
    assert "20" not in " ".join([*atlas.texts(), atlas.testid("site-claims").inner_text()]).split()


def test_another_number_for_the_same_trucks_stands_beside_the_first(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board")
    sides = atlas.testid("side-by-side")
    expect(sides.locator("h3")).to_have_text("≠4 claims about the same thing, side by side")
    expect(sides.locator("thead button")).to_have_text(
        [BOARD, "Plainsong Agency", "Plains Hauliers' Union", "Road Watch"]
    )
    assert cells(sides, "How many") == ["40 in total", "40 in total", "about 35 in total", "40"]
    assert differing(sides) >= {"How many", "In its words"}
    assert not differing(sides) & {"What it counts", "When"}  # a date inferred by us is the same day all the same
    expect(sides).not_to_contain_text("22")


def test_equal_numbers_do_not_differ_because_one_of_them_is_a_total(atlas: AtlasPage) -> None:
    atlas.show(claim="watch-supports", known="2031-03-04")  # when the union had not yet spoken
    assert "How many" not in differing(atlas.testid("side-by-side"))


def test_a_reprint_is_no_second_origin_and_an_own_count_is(atlas: AtlasPage) -> None:
    atlas.show(claim="left-agency")
    origins = atlas.card("left-agency").get_by_test_id("origins")
    expect(origins.locator("summary")).to_have_text("3 independent origins")
    assert sorted(origins.locator("li").all_text_contents()) == [
        "Plains Hauliers' Union",
        "Plainsong Agency, Marrowdale Relief Board (2 claims)",
        "Road Watch",
    ]


def test_what_arrived_is_another_thing_than_what_left(atlas: AtlasPage) -> None:
    expect(atlas.row("left-board")).to_contain_text(CONTESTED)
    expect(atlas.row("quell-22")).not_to_contain_text(CONTESTED)
    atlas.show(claim="quell-22")
    expect(atlas.card("quell-22")).to_contain_text("22 — counts: trucks that had arrived at Upper Quell")
    expect(atlas.testid("side-by-side")).to_have_count(0)
    expect(atlas.card("quell-22").get_by_test_id("origins")).to_contain_text("1 independent origin")


def test_who_confirms_is_heard_from_the_day_on_which_they_spoke(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board", known="2031-03-06")
    found = atlas.card("left-board")
    expect(found).to_contain_text("Mayor of Tessick commented on this")
    expect(found).not_to_contain_text("Road Watch")
    expect(found).to_contain_text("1 response said only after 6 Mar 2031.")
    atlas.show(claim="left-board", known="2031-03-07")
    expect(found).to_contain_text("Road Watch supported this")
