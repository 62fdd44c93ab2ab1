"""Reported numbers: each with what it counts, and which of them count the same thing. None is ever added to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.provenance import reported_bounds
from geo.selection import fold_words
from geo.wording import quantity_words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

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


def figures(claims: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that report a number, with what each counts, who reports it and when that was said.

    Two numbers count the same thing if ``quantity_of`` and ``quantity_unit`` are the same to a search, as
    ``selection.fold_words`` makes them. Where ``quantity_of`` is blank a number counts the same
    as no other: what isn't stated can't be compared, even in one unit.

    Parameters
    ----------
    claims, sources
        The checked tables of a story.

    Returns
    -------
    figures
        With the index of ``claims``. Columns ``claim_id``, ``statement``, ``claimant``, ``modality``, ``hedge``;
        ``thing``, a number that is the same for those that count the same thing; ``counted``, what that is, in words:
        ``quantity_of``, else the unit, else "not stated what"; ``unit``; ``lowest`` and ``highest``, NaN for an end
        that is not stated; ``approximate``; ``number``, in words; ``earliest`` and ``latest`` of the reported date, as
        ``provenance.reported_bounds`` gives them; and ``said``, that date in words.
    """
    numbered = claims[claims["quantity_min"].notna() | claims["quantity_max"].notna()]
    reported = reported_bounds(numbered, sources)
    ends = (numbered["quantity_min"], numbered["quantity_max"], numbered["quantity_approximate"])
    counted = numbered["quantity_of"].where(numbered["quantity_of"] != "", numbered["quantity_unit"])
    dated = reported[["earliest", "latest"]].notna().any(axis="columns")
    inferred = (numbered["reported_date_basis"] == "inferred") & ~reported["bounded"]
    said = reported["words"].astype("str").where(dated, DAY_NOT_STATED)
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
        said=said.where(~(inferred & dated), said + " (inferred)"),
    )


def panels(passing: pd.DataFrame, most_rows: int = MOST_ROWS) -> Iterator[Panel]:
    """Give figures in panels, in the order in which they are read: each figure is in exactly one.

    Things that most claimants count come first, then those counted most often, then by the day of the first report.
    Within a thing the figures follow their reported dates; those whose day is not stated come last. A thing that is
    counted more than ``most_rows`` times has several panels, one after the other.
    """
    if passing.empty:
        return
    for _, rows in _in_reading_order(passing).groupby("thing", sort=False):
        highest = max(float(rows[name].max()) for name in ("lowest", "highest") if rows[name].notna().any())
        days = pd.concat([rows["earliest"], rows["latest"]]).dropna()
        span = None if days.empty else (int(days.min()), int(days.max()))
        for start in range(0, len(rows), most_rows):
            part = rows.iloc[start : start + most_rows]
            yield Panel(part, len(rows), rows["claimant"].nunique(), highest, span)


def _in_reading_order(passing: pd.DataFrame) -> pd.DataFrame:
    day = passing["earliest"].fillna(passing["latest"])
    of_thing = passing.assign(day=day).groupby("thing")
    claimants, reports = (of_thing["claimant"].transform(measure) for measure in ("nunique", "size"))
    order = pd.DataFrame(
        {
            "claimants": -claimants,
            "reports": -reports,
            "first": of_thing["day"].transform("min"),
            "thing": passing["thing"],
            "day": day,
        }
    )
    return passing.loc[order.sort_values([str(name) for name in order], kind="stable").index]


def _things(numbered: pd.DataFrame) -> list[int]:
    """Return for each number which thing it counts."""
    found: dict[Hashable, int] = {}
    columns = (numbered[name] for name in ("claim_id", "quantity_of", "quantity_unit"))
    keys = (
        (fold_words(of), fold_words(unit)) if fold_words(of) else claim_id
        for claim_id, of, unit in zip(*columns, strict=True)
    )
    return [found.setdefault(key, len(found)) for key in keys]
