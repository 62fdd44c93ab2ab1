"""A card says everything that the tables say of a claim, in words, and nothing else."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geo.card import Card, Link, MovementWords, Place, Response
from geo.dossier import Cards
from geo.provenance import chains, reported_bounds
from geo.schema import CLAIMS, LOCATIONS, QUOTATIONS, SOURCES, Kind, Table

BLANK = {Kind.NUMBER: math.nan, Kind.FLAG: False, Kind.LIST: (), Kind.EXTENT: ()}
PLACES = ("chongjin", "hamhung", "vladivostok", "kursk")


def table(kind: Table, *rows: dict[str, object]) -> pd.DataFrame:
    """Return a table whose cells are blank but for those given."""
    blank = {column.name: BLANK.get(column.kind, "") for column in kind.columns}
    frame = pd.DataFrame([{**blank, **row} for row in rows], columns=[*blank, *(k for k in rows[0] if k not in blank)])
    return frame.set_axis(range(2, 2 + len(rows)))


def claim(claim_id: str = "c", **cells: object) -> dict[str, object]:
    usual = {
        "statement": f"Statement of {claim_id}.",
        "claimant": "NIS",
        "source_id": "article",
        "modality": "happened",
    }
    return {"claim_id": claim_id, **usual, **cells}


LOCATION_TABLE = table(
    LOCATIONS, *({"location_id": place, "name": place.title(), "aliases": (f"Ж-{place}",)} for place in PLACES)
)
SOURCE_TABLE = table(
    SOURCES,
    {
        "source_id": "article", "title": "Troops", "publisher": "Newsweek", "kind": "article",
        "published": "2024-10-19", "url": "https://example.org/a", "archived_url": "https://archive.example.org/a",
        "language": "en", "note": "By someone.", "derived_from": ("statement",),
    },
    {"source_id": "statement", "publisher": "NIS", "kind": "statement", "published": "2024-10-18"},
)  # fmt: skip
ARROWS = claim(
    origins=("chongjin", "hamhung"),
    destinations=("vladivostok",),
    event_date="2024-10-08/2024-10-13",
    quantity_min=1500.0,
    quantity_max=1500.0,
)


def cards(claims: pd.DataFrame, placed: set[str], quotations: pd.DataFrame | None = None) -> tuple[Card, ...]:
    paths = chains(claims, SOURCE_TABLE)
    reported = reported_bounds(claims, SOURCE_TABLE, paths)
    return Cards(claims, SOURCE_TABLE, LOCATION_TABLE, paths, reported, placed, quotations).all()


def deal(*rows: dict[str, object]) -> tuple[Card, ...]:
    return cards(table(CLAIMS, *rows), {"chongjin", "vladivostok"})


def label(*rows: dict[str, object]) -> str:
    said = deal(*rows)[0].movement_words
    assert said
    return " · ".join(filter(None, (said.date, said.number, said.missing)))


def test_a_card_shows_every_column_of_its_claim() -> None:
    shown = {
        "statement": "Troops <script>{{7*7}}</script> went.",
        "claimant": "Newsweek",
        "claimant_kind": "outlet",
        "hedge": "purports to",
        "quantity_unit": "troops",
        "quantity_of": "sent so far",
        "mode": "ship",
        "excerpt": "“troops went”",
        "note": "Read twice.",
    }
    (card,) = deal(claim(**shown, event_date="2024-10-08", event_date_basis="inferred", reported_date="2024-10-19",
                         reported_date_basis="stated", quantity_min=3.0, quantity_approximate=True))  # fmt: skip
    assert {name: getattr(card, name) for name in shown} == shown
    assert (card.event_words, card.event_basis) == ("8 Oct 2024", "inferred by us")
    assert (card.reported_words, card.reported_basis) == ("19 Oct 2024", "stated by the source")
    assert (card.modality, card.modality_words, card.kind) == ("happened", "reported as happened", "present")
    assert card.quantity_words == "at least about 3"
    assert card.movement_words is None


def test_a_card_says_when_its_quotation_was_checked_and_that_of_an_unchecked_claim_nothing() -> None:
    found = {"claim_id": "c", "source_id": "article", "checked_on": "2026-11-24", "text_sha256": "ab" * 32}
    claims = table(CLAIMS, claim(), claim("d"))
    first, second = cards(claims, set(), table(QUOTATIONS, found))
    assert first.quotation_checked == "Quotation checked against the text on 24 Nov 2026"
    assert first.text_sha256 == "ab" * 32
    assert (second.quotation_checked, second.text_sha256) == ("", "")
    assert deal(claim())[0].quotation_checked == ""


def test_what_is_not_stated_is_not_made_up() -> None:
    (card,) = deal(claim(modality="opinion"))
    assert card.kind == "said"
    assert card.event_words == "not dated"
    assert (card.event_basis, card.quantity_words, card.hedge, card.excerpt) == ("", "", "", "")
    assert (card.places, card.responses, card.responds_to, card.extra) == ((), (), (), ())
    assert not any((card.origin_stated, card.destination_stated))


def test_a_claim_of_unknown_day_was_known_when_its_first_document_was_out() -> None:
    (card,) = deal(claim())
    assert card.reported_words == "by 18 Oct 2024 at the latest"
    assert card.reported_basis == "from the dates of the documents it stands in"


def test_the_chain_leads_from_the_first_document_to_the_one_that_was_read() -> None:
    (card,) = deal(claim())
    article = Link(
        "article", "Troops", "Newsweek", "article", "19 Oct 2024", 20015, "https://example.org/a",
        "https://archive.example.org/a", "en", "By someone.",
    )  # fmt: skip
    assert card.chain == (Link("statement", "", "NIS", "statement", "18 Oct 2024", 20014, "", "", "", ""), article)


def test_places_say_their_part_in_the_claim_their_spellings_and_whether_the_map_has_them() -> None:
    (card,) = deal(claim(locations=("kursk",), origins=("chongjin", "hamhung"), destinations=("vladivostok",)))
    assert card.places == (
        Place("at", "kursk", "Kursk", ("Ж-kursk",), on_map=False),
        Place("from", "chongjin", "Chongjin", ("Ж-chongjin",), on_map=True),
        Place("from", "hamhung", "Hamhung", ("Ж-hamhung",), on_map=False),
        Place("to", "vladivostok", "Vladivostok", ("Ж-vladivostok",), on_map=True),
    )
    assert card.origin_stated
    assert card.destination_stated


def test_a_response_stands_on_both_cards_and_on_no_other() -> None:
    about = {"responds_to": ("c",), "stance": "unverified", "claimant": "Newsweek"}
    first, second, third = deal(claim(), claim("v", **about), claim("x"))
    words = ("unverified", "said this had not been verified")
    assert first.responses == (Response("v", "Newsweek", *words, "Statement of v."),)
    assert second.responds_to == (Response("c", "NIS", *words, "Statement of c."),)
    assert (first.responds_to, second.responses, third.responses, third.responds_to) == ((), (), (), ())


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"claimant": "Newsweek", "stance": "comments_on"}, "commented on this"),
        ({"claimant": "Newsweek", "stance": "comments_on", "modality": "request"}, "asked for comment on this"),
        ({"stance": "supports"}, "supported this (the same claimant)"),
    ],
)
def test_a_response_says_who_only_asks_and_who_speaks_of_an_own_claim(cells: dict[str, object], words: str) -> None:
    first, second = deal(claim(), claim("v", responds_to=("c",), **cells))
    assert [first.responses[0].stance_words, second.responds_to[0].stance_words] == [words, words]


def test_an_arrow_is_labelled_with_its_days_and_the_total_of_its_origins() -> None:
    assert deal(ARROWS)[0].movement_words == MovementWords("8-13 Oct 2024", "1,500 in total", "")
    assert deal(ARROWS)[0].quantity_words == "1,500 in total"
    assert label(ARROWS) == "8-13 Oct 2024 · 1,500 in total"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"modality": "planned", "quantity_max": 20.0}, "at most 20 planned · origin not stated"),
        ({}, "number not stated · origin not stated"),
        ({"modality": "forecast"}, "forecast, number not stated · origin not stated"),
        ({"destinations": (), "origins": ("kursk",)}, "number not stated · destination not stated"),
        ({"event_date": "2024-10"}, "Oct 2024 · number not stated · origin not stated"),
        (
            {"modality": "planned", "quantity_max": 9.0, "destinations": ("kursk", "hamhung")},
            "at most 9 planned in total · origin not stated",
        ),
    ],
)  # fmt: skip
def test_a_label_says_what_is_not_stated(cells: dict[str, object], words: str) -> None:
    assert label(claim(**{"destinations": ("kursk",), **cells})) == words


def test_a_number_is_a_total_only_where_places_share_it() -> None:
    number = {"quantity_min": 5.0, "quantity_max": 5.0}
    one, two = deal(claim(locations=("kursk",), **number), claim("d", locations=("kursk", "hamhung"), **number))
    assert (one.quantity_words, two.quantity_words) == ("5", "5 in total")


def test_columns_that_the_schema_does_not_know_are_shown_where_they_say_something() -> None:
    first, second = deal(claim(**{"Our desk": "Seoul", "1 x": ""}), claim("d", **{"1 x": "<b>", "Our desk": ""}))
    assert first.extra == (("Our desk", "Seoul"),)
    assert second.extra == (("1 x", "<b>"),)


def test_a_story_without_claims_has_no_cards() -> None:
    nothing = table(CLAIMS, claim()).iloc[:0]
    assert cards(nothing, set()) == ()
