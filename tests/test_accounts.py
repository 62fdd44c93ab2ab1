"""Claims of the same thing are found by their groups, and what stands against each is told with its reason."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_story import FixedGeocoder

from geo.accounts import (
    ANOTHER_NUMBER,
    DENIED_BY,
    DENIES,
    DISPUTED_BY,
    DISPUTES,
    Accounts,
    Rivals,
    accounts,
    rivals,
)
from geo.dates import ImpreciseDate
from geo.provenance import chains
from geo.reliance import distinct, only_through
from geo.selection import fold
from geo.stories import open_story
from geo.tables import folder_files
from geo.timeline import day_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.stories import Story


BLANK: dict[str, Any] = {
    "claimant": "A service",
    "origins": (),
    "destinations": (),
    "event_date": "",
    "modality": "happened",
    "quantity_min": math.nan,
    "quantity_max": math.nan,
    "quantity_unit": "",
    "quantity_of": "",
    "responds_to": (),
    "stance": "",
}
MOVE = {"origins": ("chongjin",), "destinations": ("vladivostok",)}
TRAINED = {"quantity_min": 1500, "quantity_max": 1500, "quantity_of": "being trained", "quantity_unit": "troops"}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    whole = [{"claim_id": f"c{number}", **BLANK, **row} for number, row in enumerate(rows)]
    frame = pd.DataFrame(whole, columns=["claim_id", *BLANK])
    kinds = {name: "str" for name, value in BLANK.items() if value == ""} | {"quantity_min": float}
    return frame.astype(kinds | {"quantity_max": float}).set_axis(range(2, 2 + len(rows)))


def told(*rows: dict[str, Any]) -> Accounts:
    claims = table(*rows)
    return accounts(claims, day_bounds(claims["event_date"]))


def against(*rows: dict[str, Any]) -> Rivals:
    return rivals(table(*rows), told(*rows))


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    both = told(one, other)
    assert (both.of(0) == (1,)) is (both.of(1) == (0,))
    return bool(both.of(0))


def test_movements_of_one_kind_that_share_a_link_are_told_of_the_same_thing() -> None:
    assert same(MOVE, {**MOVE, "origins": ("hamhung", "chongjin"), "modality": "ongoing"})
    assert not same(MOVE, {**MOVE, "origins": ("hamhung",)})
    assert not same(MOVE, {"origins": ("vladivostok",), "destinations": ("chongjin",)})
    assert not same(MOVE, {**MOVE, "modality": "planned"})
    assert same({**MOVE, "modality": "forecast"}, {**MOVE, "modality": "planned"})
    assert not same({**MOVE, "modality": "opinion"}, {**MOVE, "modality": "opinion"})


def test_an_end_that_is_not_stated_matches_only_one_that_is_not_stated_either() -> None:
    to_kursk = {"destinations": ("kursk",)}
    assert same(to_kursk, to_kursk)
    assert not same(to_kursk, {**to_kursk, "origins": ("chongjin",)})
    assert not same({"origins": ("kursk",)}, to_kursk)
    assert not same({"modality": "planned"}, {"modality": "planned"})  # no movement at all


@pytest.mark.parametrize(
    ("other", "meet"),
    [("2024-10-13", True), ("2024-10-14", False), ("2024-10-14/..", False), ("../2024-10-08", True), ("2024", True)],
)
def test_movements_on_days_that_cannot_be_the_same_are_not_the_same(other: str, *, meet: bool) -> None:
    assert same({**MOVE, "event_date": "2024-10-08/2024-10-13"}, {**MOVE, "event_date": other}) is meet


def test_a_movement_without_a_date_may_be_the_same_as_two_that_are_not_the_same() -> None:
    found = told({**MOVE, "event_date": "2024-10-08"}, MOVE, {**MOVE, "event_date": "2024-11"})
    assert [found.of(position) for position in range(3)] == [(1,), (0, 2), (1,)]


def test_numbers_that_count_the_same_in_the_same_unit_are_told_of_the_same_thing() -> None:
    assert same(
        TRAINED, {**TRAINED, "quantity_of": " Being\n Trained", "quantity_unit": "TROOPS", "event_date": "1999"}
    )
    assert not same(TRAINED, {**TRAINED, "quantity_unit": "soldiers"})
    assert not same(TRAINED, {**TRAINED, "quantity_of": "sent so far"})
    assert not same(TRAINED, {**TRAINED, "quantity_min": math.nan, "quantity_max": math.nan})
    unsaid = {**TRAINED, "quantity_of": " "}
    assert not same(unsaid, unsaid)


def test_any_number_of_claimants_may_give_another_number() -> None:
    sides = against(
        TRAINED,
        {**TRAINED, "claimant": "A paper", "quantity_max": 2000},
        {**TRAINED, "claimant": "An army", "quantity_max": math.nan},
        {**TRAINED, "claimant": "A minister"},
        {**TRAINED, "quantity_min": 10, "quantity_max": 10},  # who said 1,500 says 10 now: no rival of its own
    )
    assert sides.of(0) == ((1, ANOTHER_NUMBER), (2, ANOTHER_NUMBER))
    assert sides.of(1) == ((0, ANOTHER_NUMBER), (2, ANOTHER_NUMBER), (3, ANOTHER_NUMBER), (4, ANOTHER_NUMBER))
    assert sides.of(3) == ((1, ANOTHER_NUMBER), (2, ANOTHER_NUMBER), (4, ANOTHER_NUMBER))


def test_troops_and_ships_on_one_link_are_no_rival_numbers() -> None:
    troops = {**MOVE, "quantity_min": 1500, "quantity_max": 1500, "quantity_unit": "troops"}
    ships = {**MOVE, "quantity_min": 4, "quantity_max": 4, "quantity_unit": "ships", "claimant": "A paper"}
    assert against(troops, ships).of(0) == ()
    assert against(troops, {**ships, "quantity_unit": "Troops"}).of(0) == ((1, ANOTHER_NUMBER),)
    assert against(troops, {**ships, "quantity_unit": ""}).of(1) == ((0, ANOTHER_NUMBER),)
    assert against(troops, {**MOVE, "claimant": "A paper"}).of(0) == ()


def test_another_destination_alone_is_no_rivalry() -> None:
    assert against(MOVE, {**MOVE, "destinations": ("kursk",), "claimant": "A paper"}).of(0) == ()


def test_what_a_source_denies_or_disputes_is_its_rival_both_ways() -> None:
    sides = against(
        {},
        {"responds_to": ("c0",), "stance": "denies"},
        {"responds_to": ("c0", "c1"), "stance": "disputes", "claimant": "A paper"},
        {"responds_to": ("c0",), "stance": "unverified"},
    )
    assert sides.of(0) == ((1, DENIED_BY), (2, DISPUTED_BY))
    assert sides.of(1) == ((0, DENIES), (2, DISPUTED_BY))
    assert sides.of(2) == ((0, DISPUTES), (1, DISPUTES))
    assert sides.of(3) == ()


def test_one_rival_is_named_with_each_of_its_reasons() -> None:
    denial = {**TRAINED, "quantity_min": 0, "quantity_max": 0, "responds_to": ("c0",), "stance": "denies"}
    sides = against(TRAINED, {**denial, "claimant": "An army"})
    assert sides.of(0) == ((1, DENIED_BY), (1, ANOTHER_NUMBER))
    assert sides.of(1) == ((0, DENIES), (0, ANOTHER_NUMBER))


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "claimant": st.sampled_from("XY"),
            "origins": st.sampled_from(((), ("a",), ("a", "b"))),
            "destinations": st.sampled_from(((), ("a",), ("b", "c"))),
            "event_date": st.sampled_from(("", "2024-10", "2024-10-08", "../2024-09", "2024-10-31/..")),
            "modality": st.sampled_from(("happened", "ongoing", "planned", "forecast", "opinion")),
            "quantity_min": st.sampled_from((math.nan, 1, 2)),
            "quantity_max": st.sampled_from((math.nan, 2)),
            "quantity_unit": st.sampled_from(("", "men", "Men")),
            "quantity_of": st.sampled_from(("", "sent", "SENT ")),
            "read_in": st.sampled_from(((), ("paper",), ("reprint", "paper"), ("post",))),
        }
    ),
    max_size=8,
)


@given(ROWS)
def test_the_groups_say_what_comparing_every_pair_says(rows: list[dict[str, Any]]) -> None:
    found = told(*rows)
    assert [found.of(position) for position in range(len(rows))] == by_pairs(rows)
    sides = against(*rows)
    numbers = [[other for other, _ in sides.of(position)] for position in range(len(rows))]
    assert numbers == [
        [other for other in others if numbers_differ(rows[position], rows[other])]
        for position, others in enumerate(by_pairs(rows))
    ]


@given(ROWS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_among_some_claims_the_accounts_are_those_that_are_left(rows: list[dict[str, Any]], kept: list[bool]) -> None:
    passing = np.array(kept[: len(rows)], dtype=bool)
    found = told(*rows)
    left = found.among(passing)
    for position in np.flatnonzero(passing).tolist():
        assert left.of(position) == tuple(other for other in found.of(position) if passing[other])


@given(ROWS)
def test_whoever_looks_up_the_groups_finds_the_same(rows: list[dict[str, Any]]) -> None:
    groups = told(*rows).groups()
    for position, row in enumerate(rows):
        others = {
            other
            for group in groups
            if position in group.claims
            for other in group.claims
            if other != position and (not group.dated or may_meet(row, rows[other]))
        }
        assert tuple(sorted(others)) == told(*rows).of(position)


@given(ROWS)
def test_only_through_says_what_comparing_every_chain_says(rows: list[dict[str, Any]]) -> None:
    paths = pd.Series([row["read_in"] for row in rows], dtype=object)
    through = only_through(told(*rows), paths)
    expected = [
        (position, document, all(document in rows[other]["read_in"] for other in others))
        for position, others in enumerate(by_pairs(rows))
        for document in rows[position]["read_in"]
    ]
    assert list(through.itertuples(index=False, name=None)) == expected


@given(ROWS)
def test_each_set_of_accounts_has_one_claim_that_stands_for_it(rows: list[dict[str, Any]]) -> None:
    found = told(*rows)
    chosen = distinct(found, np.ones(len(rows), dtype=bool))
    sets = [frozenset((position, *found.of(position))) for position in range(len(rows))]
    assert {sets[position] for position in chosen} == {sets[position] for position in set(found.claim.tolist())}
    nobody = distinct(found, np.zeros(len(rows), dtype=bool))
    assert nobody == []


def test_claims_with_the_same_accounts_are_listed_once_and_those_with_most_first() -> None:
    other = {**TRAINED, "quantity_of": "sent so far"}
    found = told({}, other, TRAINED, TRAINED, TRAINED, other)
    assert distinct(found, np.ones(6, dtype=bool)) == [2, 1]
    assert distinct(found, np.array([True, False, False, True, False, True])) == [3, 5]


def by_pairs(rows: Sequence[dict[str, Any]]) -> list[tuple[int, ...]]:
    """Return what ``accounts`` says, by comparing every claim with every other."""
    return [
        tuple(other for other in range(len(rows)) if other != one and is_same(rows[one], rows[other]))
        for one in range(len(rows))
    ]


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    kinds = [
        "moved" if row["modality"] in ("happened", "ongoing") else row["modality"].replace("forecast", "planned")
        for row in (one, other)
    ]
    links = [set(product(row["origins"] or [None], row["destinations"] or [None])) for row in (one, other)]
    linked = kinds[0] == kinds[1] != "opinion" and (links[0] & links[1]) - {(None, None)} and may_meet(one, other)
    counts = [(fold(row["quantity_of"]).strip(), fold(row["quantity_unit"])) for row in (one, other)]
    return bool(linked) or (has_number(one) and has_number(other) and counts[0] == counts[1] and counts[0][0] != "")


def may_meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    first, second = (
        ImpreciseDate.parse(row["event_date"]) if row["event_date"] else ImpreciseDate(None, None)
        for row in (one, other)
    )
    return not any(
        a.latest is not None and b.earliest is not None and a.latest < b.earliest
        for a, b in ((first, second), (second, first))
    )


def has_number(row: dict[str, Any]) -> bool:
    return not (math.isnan(row["quantity_min"]) and math.isnan(row["quantity_max"]))


def numbers_differ(one: dict[str, Any], other: dict[str, Any]) -> bool:
    ranges = [(str(row["quantity_min"]), str(row["quantity_max"])) for row in (one, other)]
    units = {fold(row["quantity_unit"]) for row in (one, other)} - {""}
    stated = has_number(one) and has_number(other)
    return stated and ranges[0] != ranges[1] and one["claimant"] != other["claimant"] and len(units) < 2


def test_twenty_thousand_claims_on_one_link_are_looked_up_without_writing_their_pairs() -> None:
    claims = pd.concat([table({**MOVE, **TRAINED})] * 20_000, ignore_index=True)
    claims["claim_id"] = claims.index.astype("str")
    claims["claimant"] = (claims.index % 7).astype("str")
    claims.loc[19_999, "quantity_max"] = 1501.0
    found = accounts(claims, day_bounds(claims["event_date"]))
    assert len(found.claim) == 40_000  # a row for its link, and one for what it counts
    assert len(found.of(0)) == 19_999
    assert rivals(claims, found).of(1) == ((19_999, ANOTHER_NUMBER),)
    assert [len(group.claims) for group in found.groups()] == [20_000, 20_000]
    paths = pd.Series([("paper",)] * 19_999 + [("post",)])
    assert not only_through(found, paths)["only"].any()


def test_movements_that_touch_on_one_day_rest_on_neither_document_alone() -> None:
    found = told({**MOVE, "event_date": "2024-10-08/2024-10-13"}, {**MOVE, "event_date": "2024-10-13/2024-10-20"})
    assert not only_through(found, pd.Series([("paper",), ("post",)]))["only"].any()


def test_a_story_without_claims_has_no_accounts() -> None:
    nothing = table()
    found = accounts(nothing, day_bounds(nothing["event_date"]))
    assert found.groups() == ()
    assert only_through(found, pd.Series([], dtype=object)).empty
    assert rivals(nothing, found).doubts == {}


@pytest.fixture(scope="module")
def shipped() -> Story:
    return open_story(folder_files(Path(__file__).parents[1] / "data"), FixedGeocoder())


def test_in_the_shipped_story_nobody_tells_the_same_thing_and_nobody_denies_it(shipped: Story) -> None:
    claims = shipped.tables.claims
    found = accounts(claims, shipped.bounds["event"])
    sides = rivals(claims, found)
    assert [found.of(position) + sides.of(position) for position in range(len(claims))] == [()] * len(claims)


def test_all_of_the_shipped_story_rests_on_the_article_and_two_claims_on_the_statement(shipped: Story) -> None:
    claims = shipped.tables.claims
    found = accounts(claims, shipped.bounds["event"])
    through = only_through(found, chains(claims, shipped.tables.sources))
    ids = claims["claim_id"].to_numpy()
    alone = {name: list(ids[rows["claim"]]) for name, rows in through[through["only"]].groupby("document")}
    assert alone["reprint"] == alone["newsweek"] == list(ids)
    assert alone["nis-statement"] == ["nis-1500", "nis-second-batch"]
