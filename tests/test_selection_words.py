"""A selection in words; ``tests/maps/test_parity.py`` holds them to those of the map."""

from __future__ import annotations

from datetime import date

import pytest

from geo.selection import Selection
from geo.selection_words import selection_words, surely_words

EIGHTH, TENTH = date(2024, 10, 8), date(2024, 10, 10)


def test_who_asks_for_everything_or_only_opens_a_claim_has_asked_nothing_that_hides() -> None:
    assert selection_words(Selection()) == []
    assert selection_words(Selection(site="hill", claim="seen", clock="reported")) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Selection(from_=EIGHTH, to=TENTH), "happened from 8 Oct 2024 to 10 Oct 2024"),
        (Selection(from_=EIGHTH, to=EIGHTH), "happened on 8 Oct 2024"),
        (Selection(from_=EIGHTH), "happened from 8 Oct 2024 on"),
        (Selection(to=TENTH, clock="reported"), "said by 10 Oct 2024"),
        (Selection(undated=False), "none without a date"),
        (Selection(modality="verification"), "about verification"),
    ],
)
def test_each_thing_that_is_asked_is_a_phrase(asked: Selection, words: str) -> None:
    assert selection_words(asked) == [words]


def test_doubts_about_the_days_and_about_the_day_asked_are_both_said() -> None:
    assert surely_words("certain", "certain") == "certainly"
    assert surely_words("undated", "certain") == "not dated"
    assert surely_words("possible", "possible") == "possibly; possibly said only later"
