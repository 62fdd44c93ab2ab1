"""What a selection takes out of a story: the claims that pass, and all that they refer to."""

from __future__ import annotations

import base64
import gzip
import re
from datetime import date

import pandas as pd
from export.stories import opened, whole
from small_story import cards_inside, unpacked

from geo.outputs import extract, published_page, selected_page
from geo.selection import Selection


def test_the_whole_story_comes_out_whole() -> None:
    found, tables = whole("pacific"), opened("pacific").tables
    for name in ("claims", "sources", "locations"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(tables, name))
    assert found.selection == "everything"
    assert found.summary == "15 of 15 claims: 12 on the map, 3 without a place, 0 filtered out"


def test_a_part_has_the_places_that_it_names_and_the_documents_that_its_own_go_back_to() -> None:
    found = extract(opened("pacific"), Selection(q="ministry"))
    assert list(found.claims["claim_id"]) == ["denial"]
    assert list(found.sources["source_id"]) == ["article", "wire"]
    assert list(found.locations["location_id"]) == []
    found = extract(opened("pacific"), Selection(from_=date(2024, 10, 8), to=date(2024, 10, 8), undated=False))
    assert set(found.claims["claim_id"]) == {"across", "back", "many", "nowhere-from", "nowhere-to"}
    assert set(found.locations["location_id"]) == {"suva", "apia", "lau", "lost"}
    assert set(found.sites["location_id"]) == {"suva", "apia", "lau"}
    assert found.asked == ("happened on 8 Oct 2024", "none without a date")


def test_claims_cards_and_verdicts_stand_in_one_order() -> None:
    found = extract(opened("pacific"), Selection(to=date(2024, 10, 10)))
    assert [card.claim_id for card in found.cards] == list(found.claims["claim_id"])
    assert len(found.verdicts) == len(found.known) == len(found.surely) == len(found.readable) == len(found.cards)


def test_as_known_on_a_day_no_card_holds_what_was_said_later() -> None:
    found = extract(opened("pacific"), Selection(known=date(2024, 10, 15)))
    across = next(card for card in found.cards if card.claim_id == "across")
    assert [other.claim_id for other in across.responses] == ["denial"]
    assert "echo" not in set(found.claims["claim_id"])


def test_checked_quotations_and_credits_come_along() -> None:
    found = whole("shipped")
    assert len(found.quotations) == 32
    assert found.credits == ("GeoNames (geonames.org), CC BY 4.0",)
    assert whole("pacific").credits == ()
    assert whole("hostile").licence == "]]><b>&amp;</b> <!-- x -->"


def test_a_page_of_a_selection_holds_nothing_else_and_says_so_in_its_title() -> None:
    story = opened("pacific")
    page = selected_page(story, Selection(q="ministry"))
    header, columns = unpacked(
        gzip.decompress(base64.b64decode(re.search(r"StoryView\.mount\(story_map, \"([\w+/=]+)\"", page)[1]))
    )
    inside = header["inside"]
    assert inside["ids"] == ["denial"]
    assert cards_inside(inside)[0]["responds_to"] == []  # what it denies is not in the page
    assert (inside["sites"], len(columns["traits"]), len(columns["lat"])) == ([], 1, 0)
    assert header["title"] == f"{story.tables.title} (with “ministry”)"
    assert published_page(story).count("<li>How it reached us") == 15
    assert page.count("<li>How it reached us") == 1


def test_a_page_of_everything_is_the_published_one() -> None:
    assert selected_page(opened("pacific"), Selection()) == published_page(opened("pacific"))
