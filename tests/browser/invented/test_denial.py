"""A denied movement with two rival numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.invented.reading import (
    CONTESTED,
    DOTTED,
    SOLID,
    cells,
    dashes_of_arrows,
    differing,
    labels_of_movements,
    middles_apart,
    of,
    sentences,
)
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.atlas import AtlasPage

pytestmark = of("denial")

HERALD, VILLAGERS = "The Northern Herald · 10 Sep 2031 · 1,200", "Villagers of Ambry · 9-10 Sep 2031 · 300"
DENIED, DISPUTED = "Denied by Ministry of Defence of Corrin.", "Disputed by Lake Monitors."
UNVERIFIED = "Not verified, according to Corrin Gazette."


@pytest.mark.parametrize(
    ("known", "doubts", "dash"),
    [
        ("2031-09-11", ("", ""), SOLID),
        ("2031-09-12", ("", ""), SOLID),
        ("2031-09-13", (" · denied", " · denied"), DOTTED),
        ("2031-09-14", (" · disputed, denied", " · denied"), DOTTED),
        ("", (" · disputed, denied", " · denied"), DOTTED),
    ],
)
def test_a_denied_movement_stays_on_the_map_and_is_marked_from_the_day_of_the_denial(
    atlas: AtlasPage, known: str, doubts: tuple[str, str], dash: list[int]
) -> None:
    atlas.show(**({"known": known} if known else {}))
    assert atlas.state()["movements"] == ["herald-1200", "villagers-300"]
    wanted = [f"{words}{doubt} · {CONTESTED}" for words, doubt in zip((HERALD, VILLAGERS), doubts, strict=True)]
    assert sorted(labels_of_movements(atlas)) == wanted
    assert dashes_of_arrows(atlas) == [dash]
    assert atlas.texts().count("≠") == 2  # a badge at either end


def test_a_story_of_denied_movements_explains_both_kinds_of_line(atlas: AtlasPage) -> None:
    legend = atlas.frame.locator(".legend li")
    assert {"moved, as reported", "the same, hedged or denied"} <= set(legend.all_inner_texts())


def test_two_claims_on_one_link_lie_apart_and_each_can_be_clicked(atlas: AtlasPage) -> None:
    assert middles_apart(atlas) > 15
    for claim, claimant in (("herald-1200", "The Northern Herald"), ("villagers-300", "Villagers of Ambry")):
        text = next(text for text in atlas.drawn()["texts"] if text["text"] == claimant)
        corner = atlas.map_corner()
        atlas.page.mouse.click(corner.x + text["x"] + 5, corner.y + text["y"])
        expect(atlas.card(claim)).to_be_visible()


def test_a_contested_claim_of_a_site_leads_to_the_claims_beside_it(atlas: AtlasPage) -> None:
    atlas.chip("lake-ambry").click()
    expect(atlas.card("monitors-tents")).to_be_visible()
    expect(atlas.card("monitors-tents")).not_to_contain_text(CONTESTED)  # nobody contradicts the tents
    expect(atlas.testid("side-by-side")).to_have_count(0)
    atlas.card("villagers-300").get_by_role("button", name="see them side by side").click()
    expect(atlas.testid("side-by-side")).to_contain_text("The Northern Herald")
    expect(atlas.card("villagers-300").get_by_role("button", name="see them side by side")).to_have_count(0)


def test_the_two_numbers_stand_side_by_side_before_anybody_denies_them(atlas: AtlasPage) -> None:
    atlas.show(claim="villagers-300", known="2031-09-12")
    sides = atlas.testid("side-by-side")
    assert cells(sides, "How many") == ["300", "1,200"]
    assert {"How many", "When"} <= differing(sides)
    assert not differing(sides) & {"From", "To", "What it counts", "Said"}
    expect(atlas.testid("site-claims")).not_to_contain_text("1,500")  # nobody adds rivals up


def test_not_verified_is_said_of_one_of_the_two_alone(atlas: AtlasPage) -> None:
    for claim, said in (("villagers-300", True), ("herald-1200", False)):
        atlas.show(claim=claim)
        expect(atlas.card(claim)).to_contain_text("Ministry of Defence of Corrin denied this")
        assert ("not been verified" in atlas.card(claim).inner_text()) is said


def test_the_sentences_name_who_denies_disputes_or_could_not_verify_and_only_once_they_have(atlas: AtlasPage) -> None:
    for known, herald, villagers in (
        ("2031-09-11", [], []),
        ("2031-09-12", [], [UNVERIFIED]),
        ("2031-09-13", [DENIED], [DENIED, UNVERIFIED]),
        ("2031-09-14", [DENIED, DISPUTED], [DENIED, UNVERIFIED]),
    ):
        atlas.show(known=known)
        assert sentences(atlas) == [
            " ".join(
                [
                    "The Northern Herald says that 1,200 soldiers were moved from Fort Corrin to Lake Ambry"
                    " on 10 September 2031.",
                    *herald,
                ]
            ),
            " ".join(
                [
                    "Villagers of Ambry say that 300 soldiers were moved from Fort Corrin to Lake Ambry"
                    " between 9 and 10 September 2031 (date inferred by us).",
                    *villagers,
                ]
            ),
        ]
