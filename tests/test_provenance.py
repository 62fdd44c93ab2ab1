"""A chain leads from the claimant's own document to the one we read, and guesses no link."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.provenance import (
    Document,
    ancestry,
    chain,
    chains,
    documents,
    independent_origins,
    reported_bounds,
    rests_on,
    said,
)
from geo.tables import read_story
from geo.timeline import day_number

SOURCES = pd.DataFrame(
    [
        ("reprint", "Prices.com", "", ("newsweek",)),
        ("newsweek", "Newsweek", "2024-10-19", ("statement", "imagery", "video")),
        ("statement", "NIS", "2024-10-18", ()),
        ("imagery", "NIS", "", ()),
        ("video", "Outlets", "2024-10", ("footage",)),
        ("footage", "Army", "../2024-10-17", ()),
    ],
    columns=["source_id", "publisher", "published", "derived_from"],
)
KNOWN = documents(SOURCES)


def claims(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["claimant", "reported_date", "source_id"], dtype="str")
    return table.set_axis(range(2, 2 + len(rows)))


@pytest.mark.parametrize(
    ("claimant", "reported", "read_in", "expected"),
    [
        ("Budanov", "", "reprint", ("newsweek", "reprint")),  # quoted, and no document of his is named
        ("Newsweek", "", "reprint", ("newsweek", "reprint")),
        ("Newsweek", "", "newsweek", ("newsweek",)),
        ("Outlets", "", "reprint", ("video", "newsweek", "reprint")),
        ("Army", "", "newsweek", ("newsweek",)),  # three documents lead on, none of them the army's
        ("Army", "", "video", ("footage", "video")),
        ("Outlets", "", "video", ("video",)),  # its own words, though it has a single parent
        ("Nobody", "", "footage", ("footage",)),
    ],
)
def test_a_chain_follows_the_claimant(claimant: str, reported: str, read_in: str, expected: tuple[str, ...]) -> None:
    assert chain(claimant, reported, read_in, KNOWN) == expected


def test_two_documents_of_one_claimant_are_told_apart_by_their_days_or_not_at_all() -> None:
    assert chain("NIS", "2024-10-18", "reprint", KNOWN) == ("statement", "newsweek", "reprint")
    assert chain("NIS", "", "reprint", KNOWN) == ("imagery", "newsweek", "reprint")
    assert chain("NIS", "2024-10-17", "reprint", KNOWN) == ("newsweek", "reprint")
    same_day = {**KNOWN, "imagery": Document("NIS", "2024-10-18", ())}
    assert chain("NIS", "2024-10-18", "reprint", same_day) == ("newsweek", "reprint")


def test_a_claimants_document_is_followed_to_the_one_that_it_repeats() -> None:
    repeated = {
        "post": Document("NIS", "2024-10-19", ("statement", "other")),
        "statement": Document("NIS", "2024-10-18", ()),
        "other": Document("Army", "", ()),
    }
    assert chain("NIS", "", "post", repeated) == ("statement", "post")


def test_a_circle_of_documents_ends() -> None:
    circle = {"a": Document("A", "", ("b",)), "b": Document("B", "", ("a",)), "self": Document("S", "", ("self",))}
    assert chain("X", "", "a", circle) == ("b", "a")
    assert chain("X", "", "self", circle) == ("self",)


ANY_DOCUMENTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        Document,
        st.sampled_from("XYZ"),
        st.sampled_from(("", "2024")),
        st.lists(st.sampled_from("abcdef")).map(tuple),
    ),
    min_size=1,
)


@given(ANY_DOCUMENTS, st.sampled_from("XYZ"))
def test_every_link_of_a_chain_is_one_that_a_document_names(known: dict[str, Document], claimant: str) -> None:
    whole = {name: Document("", "", ()) for name in "abcdef"} | known
    for read_in in known:
        path = chain(claimant, "", read_in, whole)
        assert path[-1] == read_in
        assert len(set(path)) == len(path)
        assert all(a in whole[b].derived_from for a, b in pairwise(path))


def test_each_claim_has_its_chain_on_its_own_row() -> None:
    table = claims(("NIS", "2024-10-18", "reprint"), ("Army", "", "video"), ("NIS", "2024-10-18", "reprint"))
    paths = chains(table, SOURCES)
    nis = ("statement", "newsweek", "reprint")
    assert paths.to_dict() == {2: nis, 3: ("footage", "video"), 4: nis}


def test_a_blank_reported_date_is_bounded_by_the_first_dated_document_of_the_chain() -> None:
    table = claims(
        ("Newsweek", "2024-10-19", "reprint"),
        ("Budanov", "", "reprint"),
        ("Outlets", "", "reprint"),
        ("Army", "", "video"),
        ("NIS", "", "imagery"),
        ("NIS", "../2024-10", "imagery"),
    )
    reported = reported_bounds(table, SOURCES, chains(table, SOURCES))
    words = said(table, reported)
    assert words["words"].to_list() == [
        "19 Oct 2024",
        "by 19 Oct 2024 at the latest",
        "by 19 Oct 2024 at the latest",  # the article was out before the last day of the video's month
        "by 17 Oct 2024 at the latest",
        "not dated",
        "by the end of Oct 2024",
    ]
    nineteenth, seventeenth, last = (day_number(date(2024, 10, day)) for day in (19, 17, 31))
    assert reported["latest"].to_list() == [nineteenth, nineteenth, nineteenth, seventeenth, pd.NA, last]
    assert reported["earliest"].to_list() == [nineteenth, *[pd.NA] * 5]
    assert words["bounded"].to_list() == [False, True, True, True, False, False]
    assert list(reported.index) == list(table.index)


def test_a_story_without_claims_has_no_chains_and_no_bounds() -> None:
    assert chains(claims(), SOURCES).empty
    assert reported_bounds(claims(), SOURCES, chains(claims(), SOURCES)).empty


def told_apart(*told: tuple[str, str], known: dict[str, Document] = KNOWN) -> list[tuple[int, ...]]:
    """Return the claims of each independent origin; each claim is told by a claimant in a document that was read."""
    lines = ancestry(known)
    rests = [lines[chain(claimant, "", read_in, known)[0]] for claimant, read_in in told]
    found = independent_origins(range(len(told)), [claimant for claimant, _ in told], rests)
    return [origin.claims for origin in found]


def test_a_document_rests_on_all_that_it_goes_back_to() -> None:
    table = claims(("Prices.com", "", "reprint"), ("Outlets", "", "reprint"), ("Army", "", "video"))
    assert rests_on(chains(table, SOURCES), SOURCES).to_dict() == {
        2: ("reprint", "newsweek", "statement", "imagery", "video", "footage"),
        3: ("video", "footage"),
        4: ("footage",),
    }
    circle = {"a": Document("A", "", ("b", "a")), "b": Document("B", "", ("a",))}
    assert ancestry(circle) == {"a": ("a", "b"), "b": ("b", "a")}


def test_two_outlets_that_quote_the_same_statement_are_one_origin() -> None:
    outlets = {
        "statement": Document("NIS", "", ()),
        "one": Document("One", "", ("statement",)),
        "two": Document("Two", "", ("statement",)),
        "own": Document("Three", "", ()),
    }
    assert told_apart(("One", "one"), ("Two", "two"), ("Three", "own"), known=outlets) == [(0, 1), (2,)]


def test_one_claimant_is_one_origin_in_whatever_document_he_speaks() -> None:
    assert told_apart(("Army", "footage"), ("Army", "statement"), ("NIS", "statement")) == [(0, 1, 2)]
    assert told_apart(("Army", "footage"), ("NIS", "statement")) == [(0,), (1,)]


def test_a_third_claim_makes_one_origin_of_two() -> None:
    assert told_apart(("Army", "footage"), ("NIS", "imagery"), ("Prices.com", "reprint")) == [(0, 1, 2)]


def test_each_origin_lists_who_tells_it_and_in_which_first_document() -> None:
    lines = ancestry(KNOWN)
    rests = [lines["statement"], lines["imagery"], lines["statement"], lines["footage"]]
    origins = independent_origins([0, 1, 2, 3], ["NIS", "NIS", "NIS", "Army"], rests)
    assert [origin.told_by for origin in origins] == [
        (("NIS", "statement"), ("NIS", "imagery")),
        (("Army", "footage"),),
    ]
    assert independent_origins([], [], []) == ()


TOLD = st.lists(st.tuples(st.sampled_from("WXYZ"), st.sampled_from("abcdef")), min_size=1, max_size=6)


@given(ANY_DOCUMENTS, TOLD)
def test_there_are_as_many_origins_as_links_between_claims_leave(
    known: dict[str, Document], told: list[tuple[str, str]]
) -> None:
    whole = {name: Document("", "", ()) for name in "abcdef"} | known
    found = told_apart(*told, known=whole)
    assert sorted(position for origin in found for position in origin) == list(range(len(told)))
    assert len(found) <= len({claimant for claimant, _ in told})
    parts = [{position} for position in range(len(told))]
    for one, other in product(range(len(told)), repeat=2):
        if linked(told[one], told[other], whole):
            first, second = (next(part for part in parts if position in part) for position in (one, other))
            parts = [part for part in parts if part not in (first, second)] + [first | second]
    assert sorted(found) == sorted(tuple(sorted(part)) for part in parts)


def linked(one: tuple[str, str], other: tuple[str, str], known: dict[str, Document]) -> bool:
    lines = ancestry(known)
    first, second = (set(lines[chain(claimant, "", read_in, known)[0]]) for claimant, read_in in (one, other))
    return one[0] == other[0] or bool(first & second)


@given(ANY_DOCUMENTS, TOLD, st.data())
def test_a_reprint_never_raises_the_number_of_origins(
    known: dict[str, Document], told: list[tuple[str, str]], data: st.DataObject
) -> None:
    whole = {name: Document("", "", ()) for name in "abcdef"} | known
    claimant, read_in = data.draw(st.sampled_from(told))
    reprinted = whole | {"reprint": Document("A reprinter", "", (read_in,))}
    before = told_apart(*told, known=whole)
    for teller in (claimant, "A reprinter"):
        after = told_apart(*told, (teller, "reprint"), known=reprinted)
        assert len(after) <= len(before)


def test_the_troops_of_the_shipped_story_rest_on_one_origin() -> None:
    tables = read_story(Path(__file__).parents[1] / "data")
    position = tables.claims["claim_id"].to_list().index("nis-1500")
    rests = rests_on(chains(tables.claims, tables.sources), tables.sources).to_list()
    (origin,) = independent_origins([position], tables.claims["claimant"].to_list(), rests)
    assert origin.told_by == (("South Korea's National Intelligence Service", "nis-statement"),)
