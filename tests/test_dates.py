"""Imprecise dates: the five forms, nothing else, and three answers to a window."""

from __future__ import annotations

import re
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from geo.dates import DateRange, ImpreciseDate, Overlap, overlap
from geo.errors import ImpreciseDateError

with warnings.catch_warnings():
    # edtf's grammar calls pyparsing by names that pyparsing has retired
    warnings.simplefilter("ignore", DeprecationWarning)
    import edtf

DAYS = st.dates(date(1, 1, 2), date(9999, 12, 30))
PARTS = st.one_of(
    DAYS.map(date.isoformat), DAYS.map(lambda day: day.isoformat()[:7]), DAYS.map(lambda day: day.isoformat()[:4])
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return one of the five forms."""
    first, last = sorted((draw(PARTS), draw(PARTS)))
    text = draw(st.sampled_from((first, f"{first}/{last}", f"../{last}", f"{first}/..")))
    # sorted as texts, '2024' comes before '2024-10', yet the year may end after it: some pairs run backwards
    assume("/" not in text or ".." in text or ImpreciseDate.parse(first).earliest <= ImpreciseDate.parse(last).latest)
    return text


@st.composite
def windows(draw: st.DrawFn) -> DateRange:
    return DateRange(*sorted((draw(DAYS), draw(DAYS))))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-10-08", date(2024, 10, 8), date(2024, 10, 8)),
        ("2024-10-08/2024-10-13", date(2024, 10, 8), date(2024, 10, 13)),
        ("2024-10/2024-11-03", date(2024, 10, 1), date(2024, 11, 3)),
        ("2024-10-08/2024", date(2024, 10, 8), date(2024, 12, 31)),
        ("2023/2024-02", date(2023, 1, 1), date(2024, 2, 29)),
        ("2024-02-29/2024-03", date(2024, 2, 29), date(2024, 3, 31)),
        ("2024-10-08/2024-10-08", date(2024, 10, 8), date(2024, 10, 8)),
        ("0001/9999", date(1, 1, 1), date(9999, 12, 31)),
        ("../2024-02", None, date(2024, 2, 29)),
        ("2024/..", date(2024, 1, 1), None),
        ("../2024-11-01", None, date(2024, 11, 1)),
        ("2024-10-19/..", date(2024, 10, 19), None),
    ],
)
def test_each_form_bounds_the_days_it_names(text: str, earliest: date | None, latest: date | None) -> None:
    assert ImpreciseDate.parse(text) == ImpreciseDate(earliest, latest)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a date in a form"),
        ("Friday", "not a date in a form"),
        ("8 Oct 2024", "not a date in a form"),
        ("2024-10-8", "not a date in a form"),
        ("2024-10-08 ", "not a date in a form"),
        ("2024-10-08T12:00", "not a date in a form"),
        ("２０２４", "not a date in a form"),
        ("٢٠٢٤", "not a date in a form"),
        ("2024-１0", "not a date in a form"),
        ("Oct 8-13", "not a date in a form"),
        ("2024-10-08-", "not a date in a form"),
        ("2024–10–08", "not a date in a form"),
        ("20241008", "not a date in a form"),
        # Other forms of EDTF, which edtf reads: approximate, uncertain, both, unspecified, sets, before our era, ...
        ("2024~", "not a date in a form"),
        ("2024-10?", "not a date in a form"),
        ("2024?", "not a date in a form"),
        ("2024-10-08%", "not a date in a form"),
        ("202X", "not a date in a form"),
        ("2024-XX", "not a date in a form"),
        ("[2024-10-08,2024-10-09]", "not a date in a form"),
        ("{2024,2025}", "not a date in a form"),
        ("[..2024]", "not a date in a form"),
        ("-0044", "not a date in a form"),
        ("Y12024", "not a date in a form"),
        ("2024~/2025", "not a date in a form"),
        ("2024-21", "has no month 21"),  # spring
        ("/2024-10-08", "not a date in a form"),
        ("2024-10-08/", "not a date in a form"),
        ("2024/2025/2026", "not a date in a form"),
        ("..", "not a date in a form"),
        ("../..", "two open ends"),
        ("2024-13", "has no month 13"),
        ("2024-13-08", "has no month 13"),
        ("2024-00", "has no month 0"),
        ("2024-02-30", "has no day 30: February 2024 has 29 days"),
        ("2023-02-29", "has no day 29: February 2023 has 28 days"),
        ("1900-02-29", "has no day 29: February 1900 has 28 days"),
        ("2024-10-08/2024-10-32", "has no day 32"),
        ("../2024-13", "has no month 13"),
        ("2024-10-00", "has no day 0"),
        ("0000", "has no year 0"),
        ("2024-10-13/2024-10-08", "runs backwards"),
        ("2024-11/2024-10", "runs backwards"),
        ("2024/2023-12-31", "runs backwards"),
    ],
)
def test_what_is_no_imprecise_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ImpreciseDateError, match=reason) as refused:
        ImpreciseDate.parse(text)
    assert_can_be_followed(refused.value.fix)


def assert_can_be_followed(fix: str) -> None:
    """Check that every date that the fix tells to write is one that the atlas reads."""
    told = re.findall(r"[\d/-]*\d", fix)
    assert told
    for text in told:
        ImpreciseDate.parse(text)


def test_a_span_that_runs_backwards_is_shown_the_right_way_round() -> None:
    with pytest.raises(ImpreciseDateError, match="Write the earlier end first: 2024-10-08/2024-10-13"):
        ImpreciseDate.parse("2024-10-13/2024-10-08")


@given(
    st.text(alphabet="0123456789-/. ２Ｘ~?", max_size=24)
    | st.lists(st.sampled_from(("2024", "0000", "-02", "-13", "-30", "/", "..", "２", "?")), max_size=6).map("".join)
)
@example("../..")
@example("2024-13")
@example("2024-02-30/..")
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        when = ImpreciseDate.parse(text)
    except ImpreciseDateError as error:
        assert_can_be_followed(error.fix)
        return
    assert when.earliest or when.latest


@given(texts())
@example("2024")
@example("2000-02")
@example("2024-02-29")
@example("2023-02/2024-02")
@example("2023/2024-02-29")
@example("../2100-02")
@example("1900-02/..")
def test_edtf_reads_the_same_first_and_last_day(text: str) -> None:
    read = edtf.parse_edtf(text)
    ours = ImpreciseDate.parse(text)
    assert ours.earliest == (None if text.startswith("..") else date(*read.lower_strict()[:3]))
    assert ours.latest == (None if text.endswith("..") else date(*read.upper_strict()[:3]))


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends on 2024-10-08, before it begins on 2024-10-13"):
        DateRange(date(2024, 10, 13), date(2024, 10, 8))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2024-10-09", Overlap.CERTAIN),
        ("2024-10-08/2024-10-13", Overlap.CERTAIN),
        ("2024-10-08", Overlap.CERTAIN),
        ("2024-10-13", Overlap.CERTAIN),
        ("2024-10", Overlap.POSSIBLE),
        ("2024-10-13/2024-10-14", Overlap.POSSIBLE),
        ("../2024-10-09", Overlap.POSSIBLE),
        ("2024-10-09/..", Overlap.POSSIBLE),
        ("2024-10-07", Overlap.NONE),
        ("2024-10-14", Overlap.NONE),
        ("../2024-10-07", Overlap.NONE),
        ("2024-10-14/..", Overlap.NONE),
    ],
)
def test_a_window_has_three_answers(text: str, answer: Overlap) -> None:
    window = DateRange(date(2024, 10, 8), date(2024, 10, 13))
    assert overlap(ImpreciseDate.parse(text), window) is answer


@given(texts(), windows())
def test_widening_the_window_never_loses_a_claim(text: str, window: DateRange) -> None:
    when = ImpreciseDate.parse(text)
    wider = DateRange(window.first - timedelta(days=1), window.last + timedelta(days=1))
    before, after = overlap(when, window), overlap(when, wider)
    assert before is Overlap.NONE or after is not Overlap.NONE
    assert before is not Overlap.CERTAIN or after is Overlap.CERTAIN


@given(texts())
def test_an_open_end_is_never_certain(text: str) -> None:
    everything = DateRange(date.min, date.max)
    assert (overlap(ImpreciseDate.parse(text), everything) is Overlap.CERTAIN) == (".." not in text)
