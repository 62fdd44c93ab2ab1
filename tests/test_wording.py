"""Dates and numbers read as a person would say them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.schema import BASES, MODALITIES, STANCES
from geo.wording import BASIS_WORDS, KINDS, MODALITY_WORDS, STANCE_WORDS, claim_kind, date_words, quantity_words

if TYPE_CHECKING:
    from datetime import date

NAN = math.nan


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not dated"),
        ("2024", "2024"),
        ("2024-10", "Oct 2024"),
        ("2024-10-18", "18 Oct 2024"),
        ("2024-10-08", "8 Oct 2024"),
        ("2024-10-08/2024-10-13", "8-13 Oct 2024"),
        ("2024-10-28/2024-11-03", "28 Oct-3 Nov 2024"),
        ("2024-12-30/2025-01-02", "30 Dec 2024-2 Jan 2025"),
        ("2023-10-08/2024-10-13", "8 Oct 2023-13 Oct 2024"),
        ("2024-10/2024-11", "Oct-Nov 2024"),
        ("2024-12/2025-01", "Dec 2024-Jan 2025"),
        ("2023/2024", "2023-2024"),
        ("2024-10/2024-11-03", "Oct 2024-3 Nov 2024"),
        ("2024-10/2024-10-20", "Oct 2024-20 Oct 2024"),
        ("2024-10-08/2024", "8 Oct 2024-2024"),
        ("2024-10-08/2024-10-08", "8 Oct 2024"),
        ("../2024-11-01", "by 1 Nov 2024"),
        ("../2024-11", "by the end of Nov 2024"),
        ("../2024", "by the end of 2024"),
        ("2024-10-19/..", "19 Oct 2024 or later"),
        ("2024-10/..", "Oct 2024 or later"),
    ],
)
def test_a_date_reads_as_it_would_be_said(text: str, words: str) -> None:
    assert date_words(text) == words


@given(st.lists(st.dates(), min_size=2, max_size=2, unique=True))
def test_no_two_spans_of_days_read_alike(days: list[date]) -> None:
    first, last = sorted(days)
    start, end = date_words(f"{first}/{last}").split("-")
    # what the start leaves out, the end says
    whole = [*start.split(), *end.split()[len(start.split()) :]]
    assert " ".join(whole) == date_words(first.isoformat())
    assert end == date_words(last.isoformat())


@pytest.mark.parametrize(
    ("lowest", "highest", "approximate", "words"),
    [
        (NAN, NAN, False, ""),
        (NAN, NAN, True, ""),
        (1500, 1500, False, "1,500"),
        (10000, 10000, True, "about 10,000"),
        (1000, 1500, False, "1,000-1,500"),
        (1000, 1500, True, "about 1,000-1,500"),
        (3, NAN, False, "at least 3"),
        (3, NAN, True, "at least about 3"),
        (NAN, 20, False, "at most 20"),
        (0, 0, False, "0"),
        (2.5, 2.5, False, "2.5"),
        (1234.25, 1e7, False, "1,234.25-10,000,000"),
        (1e-7, 1e-7, False, "0.0000001"),
    ],
)
def test_a_number_reads_as_it_was_reported(lowest: float, highest: float, approximate: bool, words: str) -> None:
    assert quantity_words(lowest, highest, approximate=approximate) == words


def test_what_is_counted_follows_the_number_and_never_stands_alone() -> None:
    assert quantity_words(1500, 1500, unit="troops") == "1,500 troops"
    assert quantity_words(NAN, NAN, unit="troops") == ""


@given(st.floats(0, 1e15))
def test_no_digit_of_a_number_is_lost(number: float) -> None:
    assert float(quantity_words(number, number).replace(",", "")) == number


def test_every_word_of_the_schema_has_its_words() -> None:
    assert set(MODALITY_WORDS) == set(MODALITIES)
    assert set(STANCE_WORDS) == {*STANCES, ""}
    assert set(BASIS_WORDS) == {*BASES, ""}


@pytest.mark.parametrize(
    ("modality", "still", "moving"),
    [
        ("happened", "present", "moved"),
        ("ongoing", "present", "moved"),
        ("planned", "planned", "planned"),
        ("forecast", "planned", "planned"),
        ("assessment", "said", "said"),
        ("opinion", "said", "said"),
        ("background", "said", "said"),
        ("verification", "said", "said"),
        ("request", "said", "said"),
    ],
)
def test_the_kind_of_a_claim_follows_its_modality_and_its_places(modality: str, still: str, moving: str) -> None:
    claims = pd.DataFrame(
        {
            "modality": [modality] * 3,
            "origins": [(), ("a",), ()],
            "destinations": [(), (), ("b",)],
            "stance": ["", "supports", "comments_on"],
        },
        index=[4, 2, 3],
    )
    kinds = claim_kind(claims)
    assert kinds.to_list() == [still, moving, moving]
    assert list(kinds.index) == [4, 2, 3]
    assert tuple(kinds.cat.categories) == KINDS


def test_what_denies_disputes_or_calls_unverified_is_said_and_nothing_that_happened_there() -> None:
    stances = ["denies", "disputes", "unverified", "supports"]
    claims = pd.DataFrame(
        {"modality": ["happened"] * 4, "origins": [()] * 4, "destinations": [("b",)] * 4, "stance": stances}
    )
    assert claim_kind(claims).to_list() == ["said", "said", "said", "moved"]
