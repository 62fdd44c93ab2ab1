"""Imprecise dates as columns: the days they bound, and how surely they fall inside a window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.dates import ImpreciseDate, Overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

UNDATED = "undated"
ANSWERS = (*(str(answer) for answer in Overlap), UNDATED)

OPEN = np.iinfo(np.int32).min
_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = ImpreciseDate(None, None)


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to ``day``, in the proleptic Gregorian calendar."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the day that is ``number`` days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH)


def day_bounds(dates: pd.Series[str]) -> pd.DataFrame:
    """Return first and last possible day of each imprecise date.

    Parameters
    ----------
    dates
        Texts in one of the five forms of ``geo.dates``; blank for a date that is not stated.

    Returns
    -------
    bounds
        Columns ``earliest`` and ``latest``, nullable integers: days since 1970-01-01, NA for an end that is
        open; both NA for a blank.

    Raises
    ------
    ImpreciseDateError
        When a text is none of the five forms.
    """
    codes, texts = pd.factorize(dates)  # a story repeats few dates many times: each is read once
    parsed = [ImpreciseDate.parse(text) if text else _NEVER for text in texts.tolist()]
    ends = {"earliest": [when.earliest for when in parsed], "latest": [when.latest for when in parsed]}
    return bounds_of({name: _days(days)[codes] for name, days in ends.items()}, dates.index)


def bound_columns(bounds: pd.DataFrame) -> dict[str, npt.NDArray[np.int32]]:
    """Return the columns of ``day_bounds`` as plain arrays, ``OPEN`` for an end that is open."""
    return {name: bounds[name].to_numpy(np.int32, na_value=OPEN) for name in bounds.columns}


def bounds_of(columns: Mapping[str, npt.NDArray[np.int32]], index: pd.Index) -> pd.DataFrame:
    """Return what ``bound_columns`` was given."""
    ends = {name: columns[name] for name in ("earliest", "latest")}
    days = {name: pd.arrays.IntegerArray(each.astype(np.int64), each == OPEN) for name, each in ends.items()}
    return pd.DataFrame(days, index=index, copy=False)


def overlaps(bounds: pd.DataFrame, first: date | None, last: date | None) -> pd.Series[str]:
    """Return how surely each date falls inside the days from ``first`` to ``last``, as ``dates.overlap`` does for one.

    Parameters
    ----------
    bounds
        As ``day_bounds`` gives them.
    first, last
        Ends of the window, both included; None for an end that is open.

    Returns
    -------
    answers
        Categories ``certain``, ``possible``, ``none`` and ``undated``. An open end of a date is ``certain`` only
        where the window is open as well: there nothing is asked that it could be unsure of.
    """
    open_start, open_end = (bounds[name].isna().to_numpy(bool) for name in ("earliest", "latest"))
    earliest = bounds["earliest"].to_numpy(np.int64, na_value=day_number(date.min))
    latest = bounds["latest"].to_numpy(np.int64, na_value=day_number(date.max))
    start, end = day_number(first or date.min), day_number(last or date.max)
    unsure = (open_start & (first is not None)) | (open_end & (last is not None))
    certain, possible, none, undated = range(len(ANSWERS))
    codes = np.select(
        [
            open_start & open_end,
            (latest < start) | (end < earliest),
            (start <= earliest) & (latest <= end) & ~unsure,
        ],
        [undated, none, certain],
        default=possible,
    )
    return pd.Series(pd.Categorical.from_codes(codes.astype(np.int8), pd.Index(ANSWERS)), index=bounds.index)


def _days(ends: Sequence[date | None]) -> npt.NDArray[np.int32]:
    return np.array([OPEN if end is None else day_number(end) for end in ends], np.int32)
