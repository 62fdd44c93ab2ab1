"""A ship that may have turned back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.invented.reading import CONTESTED, cells, labels_of_movements, middles_apart, of, sentences
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.atlas import AtlasPage

pytestmark = of("ship")

OUT, AHEAD = "5 Jun 2031 · 1", "9 Jun 2031 · 1 forecast · hedged"
NAMED = [f"Port Halden Harbour Office · {OUT}", f"Halden Lines · {AHEAD}"]
BACK = "5 Jun 2031 or later · 1"


@pytest.mark.parametrize(
    ("known", "labels"),
    [
        ("2031-06-05", [OUT]),
        ("2031-06-06", NAMED),
        ("2031-06-08", [*NAMED, f"{BACK} · origin not stated"]),
        ("2031-06-10", [*NAMED, f"{BACK} · disputed · {CONTESTED} · origin not stated"]),
        ("2031-06-11", [*NAMED, f"{BACK} · disputed, denied · {CONTESTED} · origin not stated"]),
        (
            "2031-06-12",
            [
                *NAMED,
                f"{BACK} · disputed, denied · {CONTESTED} · origin not stated",
                f"9-12 Jun 2031 · 1 · {CONTESTED}",
            ],
        ),
    ],
)
def test_the_ship_leaves_is_expected_and_is_said_to_have_turned_back(
    atlas: AtlasPage, known: str, labels: list[str]
) -> None:
    atlas.show(known=known)
    assert sorted(labels_of_movements(atlas)) == sorted(labels)
    assert ("?" in atlas.texts()) is any("origin not stated" in label for label in labels)


def test_the_way_back_does_not_lie_on_the_way_out(atlas: AtlasPage) -> None:
    assert middles_apart(atlas) > 15


def test_in_and_turned_back_stand_against_each_other(atlas: AtlasPage) -> None:
    for claim in ("arrived", "turned-back", "lines-deny", "pilots-back"):
        expect(atlas.row(claim)).to_contain_text(CONTESTED)
    for claim in ("left", "expected", "radio-berth"):
        expect(atlas.row(claim)).not_to_contain_text(CONTESTED)
    atlas.show(claim="arrived")
    sides = atlas.testid("side-by-side")
    expect(sides.locator("thead button")).to_have_text(
        ["Sorrel Bay Post", "Fishermen of Halden", "Pilots of Sorrel Bay", "Halden Lines"]
    )
    assert cells(sides, "From") == ["—", "not stated", "Sorrel Bay", "—"]
    assert cells(sides, "To") == ["—", "Port Halden", "Port Halden", "—"]


def test_the_sentences_leave_open_what_is_not_stated(atlas: AtlasPage) -> None:
    assert sentences(atlas)[2] == (
        "Fishermen of Halden say that 1 ship was moved from a place that is not stated to Port Halden by ship"
        " on 5 June 2031 or later (date inferred by us). Also named: Halfway across the strait."
        " Denied by Halden Lines. Disputed by Sorrel Bay Post."
    )


def test_an_open_end_is_possibly_in_any_later_days_and_surely_in_none(atlas: AtlasPage) -> None:
    for last in ("2031-06-08", "2031-06-11"):
        atlas.show(**{"from": "2031-06-06", "to": last})
        expect(atlas.row("turned-back")).to_contain_text(
            "possibly in these days: 5 Jun 2031 or later reaches beyond them"
        )
    atlas.show(**{"from": "2031-06-05"})
    expect(atlas.row("turned-back")).not_to_contain_text("possibly")  # to the open end all of its days are asked for


def test_the_undated_claim_is_on_no_day_and_perhaps_known_on_any(atlas: AtlasPage) -> None:
    expect(atlas.row("radio-berth")).to_contain_text("not dated")
    expect(atlas.frame.locator(".undated .number")).to_have_text("(1)")
    atlas.show(known="2031-06-05")
    expect(atlas.row("radio-berth")).to_contain_text(
        "possibly said only after 5 Jun 2031: when it was said is not stated"
    )
    atlas.show(undated="0")
    expect(atlas.row("radio-berth")).to_have_count(0)
