"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ImpreciseDateError
from geo.intake.day_forms import looks_like_day, possible_orders, read_day
from geo.intake.model import DAY_FIRST, MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-10-08", "2024-10-08"),
        ("2024", "2024"),
        ("../2024-10", "../2024-10"),
        ("2024/10/8", "2024-10-08"),
        ("20241008", "2024-10-08"),
        ("8.10.2024", "2024-10-08"),
        ("10.2024", "2024-10"),
        ("25/10/2024", "2024-10-25"),
        ("10/25/2024", "2024-10-25"),
        ("3/3/2024", "2024-03-03"),
        ("8 October 2024", "2024-10-08"),
        ("Oct. 8, 2024", "2024-10-08"),
        ("Tue, 8 Oct 2024", "2024-10-08"),
        ("8-Oct-2024", "2024-10-08"),
        ("October 2024", "2024-10"),
        ("8 октября 2024 г.", "2024-10-08"),
        ("8 жовтня 2024 року", "2024-10-08"),
        ("8. Oktober 2024", "2024-10-08"),
        ("1er janvier 2024", "2024-01-01"),
        ("8 de octubre de 2024", "2024-10-08"),
        ("2024년 10월 8일", "2024-10-08"),
        ("Oct 8-13, 2024", "2024-10-08/2024-10-13"),
        ("8–13 October 2024", "2024-10-08/2024-10-13"),
        ("08.10.2024 - 13.10.2024", "2024-10-08/2024-10-13"),
        ("45573", "2024-10-08"),
    ],
)
def test_a_date_of_one_meaning_is_read(text: str, read: str) -> None:
    assert (read_day(text).text, read_day(text).time) == (read, "")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2024-10-08T14:30:00+02:00", "14:30:00+02:00"),
        ("8.10.2024 14:30", "14:30"),
        ("10/08/2024 2:30 PM", "2:30 PM"),
        ("45573.5", "12:00"),
    ],
)
def test_the_time_of_day_is_told_apart(text: str, time: str) -> None:
    assert read_day(text, MONTH_FIRST).text == "2024-10-08"
    assert read_day(text, MONTH_FIRST).time == time


def test_the_order_decides_what_could_be_two_days() -> None:
    assert read_day("03/04/2024", DAY_FIRST).text == "2024-04-03"
    assert read_day("03/04/2024", MONTH_FIRST).text == "2024-03-04"
    with pytest.raises(ImpreciseDateError, match="could be two days"):
        read_day("03/04/2024")


def test_dots_put_the_day_first_whatever_the_order() -> None:
    assert read_day("03.04.2024", MONTH_FIRST).text == "2024-04-03"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("08/10/24", "two digits"),
        ("0000-01-01", "no year 0"),
        ("31.02.2024", "no day 31"),
        ("2024-13-01", "no month 13"),
        ("13.10.2024 - 08.10.2024", "runs backwards"),
        ("last Friday", "not a date"),
        ("Octember 8, 2024", "not a date"),
        ("99999", "not a date"),
    ],
)
def test_what_is_no_day_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ImpreciseDateError, match=reason):
        read_day(text)


def test_a_workbook_of_the_calendar_of_1904_counts_from_there() -> None:
    assert read_day("44111", days_before=1462).text == "2024-10-08"


def test_a_column_says_its_order_by_a_day_beyond_twelve() -> None:
    assert possible_orders(["25/10/2024", "03/04/2024"]) == ({DAY_FIRST}, ["03/04/2024"])
    assert possible_orders(["10/25/2024", "03/04/2024"]) == ({MONTH_FIRST}, ["03/04/2024"])
    assert possible_orders(["25/10/2024", "10/25/2024", "03/04/2024"]) == (set(), ["03/04/2024"])


@pytest.mark.parametrize("text", ["Kursk", "1,500", "45573", "1500", "10 Downing Street"])
def test_other_cells_do_not_look_like_days(text: str) -> None:
    assert looks_like_day(text) == (text == "1500")  # which could be a year


@given(st.dates(date(1000, 1, 1)), st.sampled_from([DAY_FIRST, MONTH_FIRST]))
def test_every_day_is_read_back_in_the_order_in_which_it_was_written(day: date, order: str) -> None:
    written = f"{day.day}/{day.month}/{day.year}" if order == DAY_FIRST else f"{day.month}/{day.day}/{day.year}"
    assert read_day(written, order).text == day.isoformat()
