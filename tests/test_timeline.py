"""Imprecise dates as columns give the answers that single dates give."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dates import DateRange, ImpreciseDate, overlap
from geo.errors import ImpreciseDateError
from geo.timeline import day_bounds, day_number, day_of, overlaps

DAYS = st.dates() | st.dates(date(2024, 9, 28), date(2024, 10, 3))  # few, so that ends of dates and windows meet


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return an imprecise date, or a blank."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    forms = ("", first.isoformat(), first.isoformat()[:7], first.isoformat()[:4])
    return draw(st.sampled_from((*forms, f"{first}/{last}", f"../{last}", f"{first}/..")))


def column(*values: str) -> pd.Series:
    return pd.Series(values, index=range(2, 2 + len(values)), dtype="str")


def test_days_are_counted_from_the_first_of_january_1970() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(2024, 10, 8)) == 20004
    assert day_of(-1) == date(1969, 12, 31)


@given(DAYS)
def test_a_day_survives_the_way_to_its_number_and_back(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(day) == (day - date(1970, 1, 1)) // timedelta(days=1)


def test_bounds_keep_the_rows_and_leave_open_ends_empty() -> None:
    bounds = day_bounds(column("1970-01", "", "../1969-12-31", "1970-01-02/..", "1970-01"))
    assert list(bounds.index) == [2, 3, 4, 5, 6]
    assert bounds["earliest"].to_list() == [0, pd.NA, pd.NA, 1, 0]
    assert bounds["latest"].to_list() == [30, pd.NA, -1, pd.NA, 30]
    assert set(bounds.dtypes.astype(str)) == {"Int64"}


def test_no_dates_at_all_are_no_trouble() -> None:
    bounds = day_bounds(column())
    assert bounds.shape == (0, 2)
    assert overlaps(bounds, None, date(2024, 10, 8)).empty


def test_a_text_that_is_no_date_is_not_taken_for_undated() -> None:
    with pytest.raises(ImpreciseDateError, match="no month 13"):
        day_bounds(column("2024-10", "2024-13"))


@given(st.lists(texts(), max_size=8), st.none() | DAYS, st.none() | DAYS)
def test_a_column_answers_as_its_dates_do_one_by_one(values: list[str], first: date | None, last: date | None) -> None:
    if first and last and last < first:
        first, last = last, first
    answers = overlaps(day_bounds(column(*values)), first, last)
    for text, answer in zip(values, answers, strict=True):
        if not text:
            assert answer == "undated"
        else:
            window = DateRange(first or date.min, last or date.max)
            assert answer == overlap(closed_where_nothing_is_asked(ImpreciseDate.parse(text), first, last), window)


def closed_where_nothing_is_asked(when: ImpreciseDate, first: date | None, last: date | None) -> ImpreciseDate:
    """Return the date with its open end at the end of time, if the window is open there too."""
    earliest = date.min if when.earliest is None and first is None else when.earliest
    latest = date.max if when.latest is None and last is None else when.latest
    return ImpreciseDate(earliest, latest)


def test_with_no_window_nothing_dated_is_in_doubt() -> None:
    bounds = day_bounds(column("2024", "../2024-10-08", "2024-10-08/..", ""))
    assert overlaps(bounds, None, None).to_list() == ["certain", "certain", "certain", "undated"]


def test_a_window_with_one_open_end_still_asks() -> None:
    bounds = day_bounds(column("2024-10-07", "2024-10-08", "2024-10-07/2024-10-08", "2024-10-08/..", "../2024-10-07"))
    answers = ["none", "certain", "possible", "certain", "none"]
    assert overlaps(bounds, date(2024, 10, 8), None).to_list() == answers


def test_an_open_end_is_in_doubt_where_the_window_is_not_open() -> None:
    bounds = day_bounds(column("2024-10-08/..", "../2024-10-08"))
    assert overlaps(bounds, date(2024, 10, 1), date(2024, 10, 31)).to_list() == ["possible", "possible"]
    assert overlaps(bounds, None, date(2024, 10, 31)).to_list() == ["possible", "certain"]


def test_the_first_and_the_last_day_of_a_window_belong_to_it() -> None:
    bounds = day_bounds(column("2024-10-07/2024-10-08", "2024-10-13/2024-10-14", "2024-10-08/2024-10-13"))
    answers = overlaps(bounds, date(2024, 10, 8), date(2024, 10, 13))
    assert answers.to_list() == ["possible", "possible", "certain"]
