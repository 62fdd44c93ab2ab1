"""What the story view calculates with, as columns: days, kinds, places, arrows and doubts of all claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.accounts import LAST_DAY
from geo.flat import flat
from geo.maps.packing import Column, narrow
from geo.selection import EVENT, PLACE_COLUMNS
from geo.wording import MODALITY_WORDS, claim_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

NOWHERE = -1  # the end of an arrow that isn't stated, or has no coordinates
PER_DEGREE = 100_000  # one metre
_HEDGED, _MOVES, _MODALITY = 4, 8, 16  # in ``traits``, above the two bits of the kind
_LONG, _OPEN_END, _OPEN_START, _UNDATED = 252, 253, 254, 255  # spans that are no numbers of days


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """How the view numbers claims and sites, from 0.

    Attributes
    ----------
    order
        Row positions of the claims, in the order of their numbers.
    sites
        Ids of the locations that have coordinates, in the order of theirs.
    """

    order: Numbers
    sites: pd.Index[str]

    @property
    def rank(self) -> Numbers:
        """The number of each claim, by row position."""
        rank = np.empty_like(self.order)
        rank[self.order] = np.arange(len(rank))
        return rank

    def placed(self, named: pd.Series[Any]) -> tuple[Numbers, Numbers]:
        """Return by number the claims and the sites of the places that they name in one column, in claims' order."""
        claim, place = flat(named.iloc[self.order])
        site = self.sites.get_indexer(pd.Index(place, dtype=object))
        found = site >= 0
        return claim[found], site[found].astype(np.int64)


def claim_columns(
    claims: pd.DataFrame, bounds: Mapping[str, pd.DataFrame], publishers: pd.Series[str], numbering: Numbering
) -> tuple[dict[str, Column], dict[str, object]]:
    """Return the columns that have an element a claim, and what is told beside them.

    Parameters
    ----------
    claims, bounds, publishers
        One row a claim, in the order of the table.

    Returns
    -------
    columns
        ``sites`` holds the places of all claims in turn, by their number, and ``places`` how many each claim has;
        ``traits`` kind, hedge, movement and modality in a byte.
    told
        The names of ``claimants`` and ``publishers``, by code; ``counts`` of how many claims have each of these, and
        each modality; ``days``, by clock the ``span`` of all of them, and how many claims are ``undated``. Counted here
        they cost the browser nothing.
    """
    order = numbering.order
    moves = claims["origins"].astype(bool) | claims["destinations"].astype(bool)
    modality = pd.Categorical(claims["modality"], list(MODALITY_WORDS)).codes.astype(np.int64)
    flags = claims["hedge"].astype(bool) * _HEDGED + moves * _MOVES
    traits = claim_kind(claims).cat.codes + flags + modality * _MODALITY
    (claimant, claimants), (publisher, publishing) = pd.factorize(claims["claimant"]), pd.factorize(publishers)
    claim, site = _places(claims, numbering)
    columns = {
        **_day_columns(bounds, order),
        "traits": Column(traits.to_numpy(np.uint8)[order]),
        "claimant": Column(narrow(claimant)[order]),
        "publisher": Column(narrow(publisher)[order]),
        "places": Column(narrow(np.bincount(claim, minlength=len(claims)))),
        "sites": Column(narrow(site)),
    }
    codes = {"claimant": claimant, "publisher": publisher, "modality": modality}
    told: dict[str, object] = {
        "claimants": list(claimants),
        "publishers": list(publishing),
        "counts": {name: np.bincount(code).tolist() for name, code in codes.items()},
        "days": {clock: _days(days) for clock, days in bounds.items()},
    }
    return columns, told


def doubt_columns(doubts: Mapping[str, Numbers], days: npt.NDArray[Any]) -> dict[str, Column]:
    """Return for each doubt which claims it is about, and since when.

    Parameters
    ----------
    doubts
        Days since 1970-01-01 by which it may first have been said, an element a claim by number; after
        ``accounts.LAST_DAY`` where it never was.
    days
        Any column of days, for its dtype.
    """
    limits = np.iinfo(days.dtype)
    columns: dict[str, Column] = {}
    for name, since in doubts.items():
        claim = np.flatnonzero(since <= LAST_DAY)
        first = np.clip(since[claim], limits.min, limits.max).astype(days.dtype)
        columns |= {name: Column(narrow(claim)), f"{name}_from": Column(first)}
    return columns


def site_columns(sites: pd.DataFrame) -> dict[str, Column]:
    """Return where the sites are, in ``PER_DEGREE`` parts of a degree, and how far they reach.

    Returns
    -------
    columns
        ``uncertainties`` are the kilometres that there are, NaN for not known, of which ``uncertainty`` is one by its
        number: gazetteers know few. ``extent`` holds south, west, north and east of each ``area``, in
        degrees.
    """
    area = np.flatnonzero(sites["extent"].astype(bool))
    known, code = np.unique(sites["uncertainty_km"].to_numpy(np.float32), return_inverse=True)
    extents = np.array([*sites["extent"].iloc[area]], dtype=np.float32).reshape(-1)
    points = {name: np.rint(sites[name].to_numpy(np.float64) * PER_DEGREE).astype(np.int32) for name in ("lat", "lon")}
    return {
        **{name: Column(values) for name, values in points.items()},
        "uncertainty": Column(narrow(code)),
        "uncertainties": Column(known),
        "area": Column(narrow(area)),
        "extent": Column(extents),
    }


def arrow_frame(claims: pd.DataFrame, numbering: Numbering) -> pd.DataFrame:
    """Return an arrow for each origin and destination of a movement, a stub where one end is not on the map.

    Returns
    -------
    arrows
        ``claim``, ``from`` and ``to`` by number, ``NOWHERE`` for the missing end of a stub; in the order of claims.
    """
    moves = claims["origins"].astype(bool) | claims["destinations"].astype(bool)
    stated = np.flatnonzero(moves.to_numpy()[numbering.order])
    (start_claim, start), (end_claim, end) = (
        _with_open_ends(*numbering.placed(claims[column]), stated) for column in ("origins", "destinations")
    )
    ends = np.bincount(end_claim, minlength=len(claims))
    times = ends[start_claim]  # each start with each end of its claim
    row = np.repeat(np.arange(len(start)), times)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    claim = start_claim[row]
    arrows = pd.DataFrame({"claim": claim, "from": start[row], "to": end[(np.cumsum(ends) - ends)[claim] + nth]})
    return arrows[(arrows["from"] != NOWHERE) | (arrows["to"] != NOWHERE)].reset_index(drop=True)


def _with_open_ends(claim: Numbers, site: Numbers, stated: Numbers) -> tuple[Numbers, Numbers]:
    """Return claims and sites, with ``NOWHERE`` for those of the stated that have none, in the order of claims."""
    open_ = np.setdiff1d(stated, claim)
    claim, site = np.append(claim, open_), np.append(site, np.full(len(open_), NOWHERE))
    order = np.argsort(claim, kind="stable")
    return claim[order], site[order]


def arrow_columns(arrows: pd.DataFrame, claims: pd.DataFrame, numbering: Numbering) -> dict[str, Column]:
    """Return the columns of ``arrow_frame``, with the number that each claim gives, NaN for none."""
    number = claims["quantity_max"].fillna(claims["quantity_min"]).to_numpy(np.float32)[numbering.order]
    return {
        "arrow_claim": Column(narrow(arrows["claim"].to_numpy(np.int64))),
        "arrow_from": Column(arrows["from"].to_numpy(np.int32)),
        "arrow_to": Column(arrows["to"].to_numpy(np.int32)),
        "arrow_quantity": Column(number[arrows["claim"]]),
    }


def _day_columns(bounds: Mapping[str, pd.DataFrame], order: Numbers) -> dict[str, Column]:
    """Return by clock a ``day`` of each claim, and the ``span`` of days from there to its last.

    The day is the first possible one, the last where the start is open, and that of the claim before where it has no
    date: so it is close to its neighbours'. Spans too long for a byte stand in ``long_span``, of claims in ``long``.
    All days are in the narrowest dtype: its lowest number is below each, its highest above.
    """
    known = np.concatenate([days[end].dropna().to_numpy(np.int64) for days in bounds.values() for end in days])
    small = np.iinfo(np.int16)
    fits = not len(known) or (known.min() > small.min and known.max() < small.max)
    dtype: np.dtype[Any] = np.dtype(np.int16 if fits else np.int32)
    columns: dict[str, Column] = {}
    for clock, days in bounds.items():
        is_open = {end: days[end].isna().to_numpy()[order] for end in days}
        earliest, latest = (days[end].to_numpy(np.int64, na_value=0)[order] for end in ("earliest", "latest"))
        undated = is_open["earliest"] & is_open["latest"]
        dated = np.maximum.accumulate(np.where(undated, 0, np.arange(len(order))))
        day, span = np.where(is_open["earliest"], latest, earliest)[dated], latest - earliest
        codes = [_UNDATED, _OPEN_START, _OPEN_END, _LONG]
        kinds = np.select([undated, is_open["earliest"], is_open["latest"], span >= _LONG], codes, span)
        long = np.flatnonzero(kinds == _LONG)
        columns |= {
            f"{clock}_day": Column(day.astype(dtype), beside="" if clock == EVENT else f"{EVENT}_day"),
            f"{clock}_span": Column(kinds.astype(np.uint8)),
            f"{clock}_long": Column(narrow(long)),
            f"{clock}_long_span": Column(narrow(span[long])),
        }
    return columns


def _days(bounds: pd.DataFrame) -> dict[str, object]:
    """Return between which days all claims lie by a clock, and how many have no day."""
    first, last = bounds.min().min(), bounds.max().max()
    span = None if pd.isna(first) else {"first": int(first), "last": int(last)}
    return {"span": span, "undated": int(bounds.isna().all(axis="columns").sum())}


def first_sites(claims: pd.DataFrame, sites: pd.Index[str]) -> Numbers:
    """Return the number of the site that each claim names first, by row position; ``len(sites)`` where it names none.

    Parameters
    ----------
    sites
        As ``Numbering`` has them.
    """
    numbering = Numbering(np.arange(len(claims)), sites)
    first = np.full(len(claims), len(sites))
    for column in reversed(PLACE_COLUMNS):
        claim, site = numbering.placed(claims[column])
        first[claim[::-1]] = site[::-1]  # of several values for one claim the last is kept
    return first


def _places(claims: pd.DataFrame, numbering: Numbering) -> tuple[Numbers, Numbers]:
    """Return the claims and the sites of all their places, each once a claim, by number."""
    size = len(numbering.sites) or 1
    parts = (numbering.placed(claims[column]) for column in PLACE_COLUMNS)
    claim, site = np.divmod(pd.unique(np.concatenate([claim * size + site for claim, site in parts])), size)
    order = np.argsort(claim, kind="stable")
    return claim[order], site[order]
