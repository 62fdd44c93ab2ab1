"""Imprecise dates: what a source says of a day, as a closed interval with one end possibly open.

The five forms are those of the Extended Date/Time Format (EDTF, ISO 8601-2:2019, level 1) that a
story needs: ``2024``, ``2024-10``, ``2024-10-08``, ``A/B`` of any two of these, and ``..`` at one end.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from geo.errors import ImpreciseDateError

OPEN = ".."
HOW_TO_WRITE = (
    "Write 2024-10-08, 2024-10 for the month, 2024 for the year, 2024-10-08/2024-10-13 for a span, "
    "or '..' for one open end"
)

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Overlap(StrEnum):
    """How surely an imprecise date falls inside a window."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A window of days; both ends count.

    Raises
    ------
    ValueError
        When the window ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"the window ends on {self.last}, before it begins on {self.first}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """The days among which the true day lies, both ends included.

    Attributes
    ----------
    earliest, latest
        First and last possible day; None for an end that is open.
    """

    earliest: date | None
    latest: date | None

    @classmethod
    def parse(cls, text: str) -> ImpreciseDate:
        """Read one of the five forms.

        Raises
        ------
        ImpreciseDateError
            When the text is none of them, names a day that does not exist, or runs backwards.

        References
        ----------
        Library of Congress, Extended Date/Time Format (EDTF) Specification, 4 February 2019.
        """
        return cls(*_ends(text))


def overlap(when: ImpreciseDate, window: DateRange) -> Overlap:
    """Return how surely ``when`` falls inside ``window``; both ends of both count."""
    earliest, latest = when.earliest or date.min, when.latest or date.max
    if latest < window.first or window.last < earliest:
        return Overlap.NONE
    if window.first <= earliest and latest <= window.last and when.earliest and when.latest:
        return Overlap.CERTAIN
    return Overlap.POSSIBLE


@lru_cache(maxsize=10_000)  # a story repeats few dates many times, in several columns
def _ends(text: str) -> tuple[date | None, date | None]:
    """Return first and last possible day of one of the five forms."""
    first, slash, last = text.partition("/")
    if not slash:
        return _span(text, text)
    if first == last == OPEN:
        reason, fix = "has two open ends", f"Leave the cell blank for a date that is not stated. {HOW_TO_WRITE}."
        raise ImpreciseDateError(text, reason, fix)
    earliest = None if first == OPEN else _span(first, text)[0]
    latest = None if last == OPEN else _span(last, text)[1]
    if earliest and latest and latest < earliest:
        raise ImpreciseDateError(text, "runs backwards", f"Write the earlier end first: {last}/{first}.")
    return earliest, latest


def _span(part: str, whole: str) -> tuple[date, date]:
    """Return first and last day of one year, month or day."""
    match = _PART.fullmatch(part)
    if match is None:
        raise ImpreciseDateError(whole, "is not a date in a form that this atlas reads", f"{HOW_TO_WRITE}.")
    year, month, day = (int(group) if group else None for group in match.groups())
    if not year:
        raise ImpreciseDateError(whole, "has no year 0", f"{HOW_TO_WRITE}.")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ImpreciseDateError(whole, f"has no month {month}", f"{HOW_TO_WRITE}.")
    days = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, days)
    if not 1 <= day <= days:
        name = calendar.month_name[month]
        raise ImpreciseDateError(whole, f"has no day {day}: {name} {year} has {days} days", f"{HOW_TO_WRITE}.")
    return date(year, month, day), date(year, month, day)
