"""Reported numbers: each with what it counts, and which of them count the same thing. None is ever added to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
import pandas as pd

from geo.provenance import said
from geo.selection import fold_words
from geo.wording import quantity_words

if TYPE_CHECKING:
    from collections.abc import Hashable

    import numpy.typing as npt

    Positions = npt.NDArray[np.intp]

MOST_ROWS = 30  # of a panel: more would fill the screen several times over
NOT_STATED_WHAT = "not stated what"
DAY_NOT_STATED = "day not stated"


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures that count one thing, and what the axes of its panels span.

    Attributes
    ----------
    rows
        Some of the rows of ``figures``, all or, where they are many, a part of those that count the thing.
    reports, claimants
        How many figures count the thing in all, and by how many claimants.
    highest
        The largest number that any of the thing's figures states.
    days
        First and last day that bound their reported dates, in days since 1970-01-01; None where no day is stated.
    """

    rows: pd.DataFrame
    reports: int
    claimants: int
    highest: float
    days: tuple[int, int] | None


def figures(claims: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that report a number, with what each counts, who reports it and when that was said.

    Two numbers count the same thing if ``quantity_of`` and ``quantity_unit`` are the same to a search, as
    ``selection.fold_words`` makes them. Where ``quantity_of`` is blank a number counts the same
    as no other: what isn't stated can't be compared, even in one unit.

    Parameters
    ----------
    claims
        A story's checked table of them.
    reported
        First and last possible day on which each was said, as ``provenance.reported_bounds`` gives them.

    Returns
    -------
    figures
        With the index of ``claims``. Columns ``claim_id``, ``statement``, ``claimant``, ``modality``, ``hedge``;
        ``thing``, a number that is the same for those that count the same thing; ``counted``, what that is, in words:
        ``quantity_of``, else the unit, else "not stated what"; ``unit``; ``lowest`` and ``highest``, NaN for an end
        that is not stated; ``approximate``; ``number``, in words; ``earliest`` and ``latest`` of the reported date; and
        ``said``, that date in words.
    """
    numbered = claims[claims["quantity_min"].notna() | claims["quantity_max"].notna()]
    reported = reported.loc[numbered.index]
    ends = (numbered["quantity_min"], numbered["quantity_max"], numbered["quantity_approximate"])
    counted = numbered["quantity_of"].where(numbered["quantity_of"] != "", numbered["quantity_unit"])
    dated = reported[["earliest", "latest"]].notna().any(axis="columns")
    words = said(numbered, reported)
    inferred = (numbered["reported_date_basis"] == "inferred") & ~words["bounded"]
    told = words["words"].where(dated, DAY_NOT_STATED)
    return numbered[["claim_id", "statement", "claimant", "modality", "hedge"]].assign(
        thing=_things(numbered),
        counted=counted.where(counted != "", NOT_STATED_WHAT),
        unit=numbered["quantity_unit"],
        lowest=ends[0],
        highest=ends[1],
        approximate=ends[2],
        number=[quantity_words(low, high, approximate=about) for low, high, about in zip(*ends, strict=True)],
        earliest=reported["earliest"],
        latest=reported["latest"],
        said=told.where(~(inferred & dated), told + " (inferred)"),
    )


class Panels(Sequence[Panel]):
    """Figures in panels, in the order in which they are read: each figure is in exactly one, made when it is asked for.

    Things that most claimants count come first, then those counted most often, then by the day of the first report.
    Within a thing the figures follow their reported dates; those whose day is not stated come last. A thing that is
    counted more than ``most_rows`` times has several panels, one after the other.

    Attributes
    ----------
    things
        How many different things are counted.
    """

    def __init__(self, figures: pd.DataFrame, order: Positions, most_rows: int) -> None:
        self._figures, self._order = figures, order
        thing = figures["thing"].to_numpy(np.int64)[order]
        starts = np.flatnonzero(np.r_[True, thing[1:] != thing[:-1]]) if len(order) else np.array([], dtype=np.intp)
        self._ends = np.r_[starts[1:], len(order)] if len(order) else starts
        parts = -(-(self._ends - starts) // most_rows)  # of each thing
        self.things = len(starts)
        self._thing = np.repeat(np.arange(self.things), parts)
        number = np.arange(len(self._thing)) - np.repeat(np.cumsum(parts) - parts, parts)
        self._starts, self._from, self._most = starts, starts[self._thing] + number * most_rows, most_rows

    def __len__(self) -> int:
        """Return how many panels there are."""
        return len(self._thing)

    @overload
    def __getitem__(self, number: int) -> Panel: ...

    @overload
    def __getitem__(self, number: slice) -> list[Panel]: ...

    def __getitem__(self, number: int | slice) -> Panel | list[Panel]:
        """Return one panel, or some."""
        if isinstance(number, slice):
            return [self[each] for each in range(len(self))[number]]
        thing, first = self._thing[number], self._from[number]
        every = self._order[self._starts[thing] : self._ends[thing]]
        rows = self._figures.iloc[self._order[first : min(first + self._most, self._ends[thing])]]
        numbers = [self._figures[name].array[every].to_numpy(float) for name in ("lowest", "highest")]
        ends = [self._figures[name].array[every].to_numpy(float, na_value=np.nan) for name in ("earliest", "latest")]
        days = np.concatenate(ends)
        span = None if np.isnan(days).all() else (int(np.nanmin(days)), int(np.nanmax(days)))
        claimants = self._figures["claimant"].array[every].unique()
        return Panel(rows, len(every), len(claimants), float(np.nanmax(numbers)), span)


def panels(figures: pd.DataFrame, passing: Positions | None = None, most_rows: int = MOST_ROWS) -> Panels:
    """Return figures in panels.

    Parameters
    ----------
    passing
        Which of the figures, by row position; all if it is left out.
    """
    rows = np.arange(len(figures)) if passing is None else passing
    return Panels(figures, rows[_reading_order(figures, rows)], most_rows)


def _reading_order(figures: pd.DataFrame, rows: Positions) -> Positions:
    never = np.iinfo(np.int64).max  # after all days
    thing = figures["thing"].to_numpy(np.int64)[rows]
    claimant = pd.factorize(figures["claimant"])[0][rows]
    day = figures["earliest"].fillna(figures["latest"]).fillna(never).to_numpy(np.int64)[rows]
    things = thing.max(initial=0) + 1
    voices = np.unique(np.stack([thing, claimant]), axis=1)[0]
    claimants, reports = (np.bincount(each, minlength=things) for each in (voices, thing))
    first = np.full(things, never)
    np.minimum.at(first, thing, day)
    return np.lexsort((day, thing, first[thing], -reports[thing], -claimants[thing]))  # which is stable


def _things(numbered: pd.DataFrame) -> list[int]:
    """Return for each number which thing it counts."""
    found: dict[Hashable, int] = {}
    folded = {text: fold_words(text) for name in ("quantity_of", "quantity_unit") for text in numbered[name].unique()}
    columns = (numbered[name] for name in ("claim_id", "quantity_of", "quantity_unit"))
    keys = ((folded[of], folded[unit]) if folded[of] else claim_id for claim_id, of, unit in zip(*columns, strict=True))
    return [found.setdefault(key, len(found)) for key in keys]
