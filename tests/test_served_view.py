"""A big story's view: it numbers the claims by date, and what it answers by these numbers is what the story holds."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from small_story import BASEMAP, claim, pinned, small_story, unpacked

from geo.served_view import MOST_SIDES, ServedView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.stories import Story

ADDRESS = "../../story/key/"
PLACES = [pinned("port", 43, 131), pinned("hill", 44, 132, uncertainty_km="5"), {"location_id": "lost", "name": "Lost"}]
SOURCES = [
    {"source_id": "statement", "publisher": "A service", "published": "2024-10-18"},
    {"source_id": "article", "publisher": "A paper", "derived_from": "statement"},
]
SENT = {"origins": "port", "destinations": "hill", "quantity_unit": "troops"}
CLAIMS = [
    claim("undated", locations="hill"),
    claim("late", event_date="2024-10-20", locations="port", hedge="alleged"),
    claim("sent", event_date="2024-10-08/2024-10-13", quantity_min="1500", quantity_max="1500", **SENT),
    claim("until", event_date="../2024-10-01", locations="lost"),
    claim("other", event_date="2024-10-10", claimant="B", quantity_min="3", quantity_max="3", **SENT),
    claim("denial", claimant="C", responds_to="sent", stance="denies", reported_date="2024-10-25"),
]
BY_DATE = ["until", "sent", "other", "late", "undated", "denial"]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return small_story(tmp_path, CLAIMS, PLACES, SOURCES)


@pytest.fixture
def view(story: Story) -> ServedView:
    return ServedView(story, BASEMAP, ADDRESS, shareable=True)


def columns_of(view: ServedView) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    return unpacked(gzip.decompress(view.columns))


def test_claims_are_numbered_by_their_first_possible_day_and_those_without_one_come_last(view: ServedView) -> None:
    assert json.loads(view.claim_ids(range(6))) == BY_DATE
    _, columns = columns_of(view)
    assert columns["event_day"][1:4].tolist() == [20004, 20006, 20016]
    assert [columns[f"event_{name}"][0].tolist() for name in ("day", "span")] == [19997, 254]  # its start is open
    assert columns["event_span"][1:3].tolist() == [5, 0]


def test_claims_of_one_day_come_by_the_place_that_they_name_first_and_those_of_one_place_as_in_the_table(
    tmp_path: Path,
) -> None:
    day = {"event_date": "2024-10-08"}
    claims = [
        claim("nowhere", locations="lost", **day),
        claim("hill", locations="lost;hill", **day),
        claim("hill-again", origins="port", locations="hill;port", **day),
        claim("port", locations="port", **day),
        claim("port-still", locations="port;hill", **day),
        claim("earlier", event_date="2024-10-07", locations="hill"),
    ]
    view = ServedView(small_story(tmp_path, claims, PLACES), BASEMAP, ADDRESS, shareable=True)
    assert json.loads(view.claim_ids(range(6))) == ["earlier", "port", "port-still", "hill", "hill-again", "nowhere"]


def test_every_column_speaks_of_the_claim_that_has_the_number(view: ServedView) -> None:
    header, columns = columns_of(view)
    assert [header["claimants"][code] for code in columns["claimant"]] == [
        "A service", "A service", "B", "A service", "A service", "C",
    ]  # fmt: skip
    assert (columns["traits"] & 12).tolist() == [0, 8, 8, 4, 0, 0]
    assert columns["places"].tolist() == [0, 2, 2, 1, 1, 0]
    assert columns["sites"].tolist() == [0, 1, 0, 1, 0, 1]
    assert columns["arrow_claim"].tolist() == [1, 2]
    assert columns["arrow_quantity"].tolist() == [1500, 3]
    assert columns["denied"].tolist() == [1]
    assert columns["contested"].tolist() == [1, 2, 5]


def test_cards_come_in_the_order_asked_with_the_numbers_of_what_responds_to_them(
    story: Story, view: ServedView
) -> None:
    answer = json.loads(view.cards([1, 0]))
    assert [card["claim_id"] for card in answer["cards"]] == ["sent", "until"]
    assert answer["numbers"] == {"denial": 5}
    assert answer["cards"][0]["statement"] == story.tables.claims["statement"].iloc[2]


def test_words_of_sites_and_arrows_are_those_of_the_numbers(view: ServedView) -> None:
    assert [(site["id"], site["uncertainty_km"]) for site in json.loads(view.sites([1, 0]))] == [
        ("hill", 5.0),
        ("port", None),
    ]
    assert json.loads(view.site_ids()) == ["port", "hill"]
    assert json.loads(view.arrows([1])) == [{"date": "10 Oct 2024", "number": "3", "missing": []}]


def test_what_is_not_in_the_story_has_no_number(view: ServedView) -> None:
    assert json.loads(view.locate("hill", "late")) == {"site": 1, "claim": 3}
    assert json.loads(view.locate("lost", "")) == {"site": None, "claim": None}


def test_a_search_answers_with_a_bit_for_each_claim(view: ServedView) -> None:
    bits = np.unpackbits(np.frombuffer(view.search("hill PORT"), np.uint8), bitorder="little")
    assert bits[:6].tolist() == [0, 1, 1, 0, 0, 0]


def test_a_dossier_holds_the_card_its_origins_and_the_cards_of_those_who_respond(view: ServedView) -> None:
    told = json.loads(view.dossiers([1, 3], None))
    assert [card["claim_id"] for card in told["cards"]] == ["sent", "late"]
    assert [sorted(map(sorted, origins)) for origins in told["origins"]] == [[[1, 2]], [[3]]]
    assert ([card["claim_id"] for card in told["voices"]], told["numbers"]) == (["denial"], {"denial": 5})
    assert json.loads(view.dossiers([3], None))["voices"] == []


def test_sides_are_those_of_the_known_claims_by_their_numbers(view: ServedView) -> None:
    assert json.loads(view.sides(1, None)) == {"claims": [1, 2, 5], "more": False}
    assert json.loads(view.sides(1, date(2024, 10, 20)))["claims"] == [1, 2]


def test_of_very_many_sides_the_first_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    claims = [claim(f"c{i}", **SENT) for i in range(MOST_SIDES + 50)]
    view = ServedView(small_story(tmp_path, claims, PLACES, SOURCES), BASEMAP, ADDRESS, shareable=True)
    answer = json.loads(view.sides(7, None))
    assert (len(answer["claims"]), answer["claims"][0], answer["more"]) == (MOST_SIDES, 7, True)


@pytest.mark.parametrize(
    "ask", [lambda view: view.cards([6]), lambda view: view.sites([2]), lambda view: view.arrows([2])]
)
def test_a_number_that_is_nobodys_is_an_error(view: ServedView, ask: Callable[[ServedView], bytes]) -> None:
    with pytest.raises(IndexError):
        ask(view)


def test_the_page_is_told_only_where_the_view_is(view: ServedView) -> None:
    assert len(view.payload) < 2_000
