"""Which claims speak of the same thing, and which of them are rivals.

Two claims speak of the same thing if they are movements of one kind over one link, an origin and a destination, on
days that may be the same; or if they give numbers that count the same. That is ours to calculate, no verdict of a
source. Thousands of claims on one link make millions of pairs, so no pair is ever written down: claims are kept in
the groups that they share, whole, and who else speaks of one claim's thing is looked up when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from geo.selection import fold_words
from geo.timeline import day_number
from geo.wording import KINDS, claim_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Codes: TypeAlias = npt.NDArray[np.int64]
    Mask: TypeAlias = npt.NDArray[np.bool_]

MOVED, PLANNED = KINDS[:2]
DENIES, DENIED_BY, DISPUTES, DISPUTED_BY, ANOTHER_NUMBER = REASONS = (
    "denies",
    "denied by",
    "disputes",
    "disputed by",
    "another number",
)
_MEMBERSHIP = ("claim", "group", "first", "last")
_CODES = ("claimants", "numbers", "units", "counted")
_DOUBTS = ("doubted", "doubting", "reason")
_ENDS = ("quantity_min", "quantity_max")
NONE = -1  # the code of what isn't stated
FIRST_DAY, LAST_DAY = day_number(date.min), day_number(date.max)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that share a link, or that count the same.

    Attributes
    ----------
    claims
        Their row positions, ascending.
    dated
        Whether two of them speak of the same thing only if their event dates may be the same day: so for a link.
    """

    claims: tuple[int, ...]
    dated: bool


@dataclass(frozen=True, eq=False)
class Accounts:
    """Who speaks of the same thing, as memberships of claims in groups: one row for each, ordered by group and claim.

    Attributes
    ----------
    claim, group
        Row position of the claim; number of the group, of which the first ``links`` are links.
    first, last
        Days since 1970-01-01 between which the claim's event lies, as far as the group asks: all days in one that
        asks for none.
    links
        How many of the groups are links.
    """

    claim: Codes
    group: Codes
    first: Codes
    last: Codes
    links: int

    def of(self, position: int) -> tuple[int, ...]:
        """Return the other claims that speak of the same thing as one claim, ascending; all by row position."""
        found: set[int] = set()
        order, claim = self._by_claim
        for row in order[slice(*np.searchsorted(claim, (position, position + 1)))]:
            members = slice(*np.searchsorted(self.group, (self.group[row], self.group[row] + 1)))
            meets = (self.first[members] <= self.last[row]) & (self.last[members] >= self.first[row])
            found.update(self.claim[members][meets].tolist())
        return tuple(sorted(found - {position}))

    @cached_property
    def _by_claim(self) -> tuple[Codes, Codes]:
        """The memberships in the order of their claims, and these."""
        order = np.argsort(self.claim, kind="stable")
        return order, self.claim[order]

    def among(self, passing: Mask) -> Accounts:
        """Return the same for some of the claims alone.

        Parameters
        ----------
        passing
            Which of them, by row position.
        """
        kept = passing[self.claim]
        columns = {name: getattr(self, name)[kept] for name in _MEMBERSHIP}
        return replace(self, **columns)

    def groups(self) -> tuple[Group, ...]:
        """Return the groups of two claims and more: for a program that looks up for itself, as the map's script does.

        Two claims speak of the same thing if they share a group that is not ``dated``, or one that is and neither's
        ``event`` ends before the other's begins; an end that isn't stated is open.
        """
        numbers, starts = np.unique(self.group, return_index=True)
        members = np.split(self.claim, starts[1:])
        return tuple(
            Group(tuple(claims.tolist()), bool(number < self.links))
            for number, claims in zip(
                numbers, members, strict=False
            )  # where there is no group, one empty part is split
            if len(claims) > 1
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rivals:
    """What stands against each claim: what sources say of it, and other numbers for the same thing.

    Attributes
    ----------
    accounts
        Who speaks of the same thing.
    claimants, numbers, units, counted
        By row position, codes that are the same where the claimant, the range, its unit and what it counts are;
        ``NONE`` for a claim without a number, a unit, or without a word on what it counts.
    doubts
        What denies and disputes each claim and what it denies and disputes, as ``of`` gives it.
    """

    accounts: Accounts
    claimants: Codes
    numbers: Codes
    units: Codes
    counted: Codes
    doubts: Mapping[int, tuple[tuple[int, str], ...]]

    def of(self, position: int) -> tuple[tuple[int, str], ...]:
        """Return the rivals of one claim, each as its row position and one of ``REASONS``; several for several reasons.

        Other claimants' numbers for the same thing are rivals if the ranges differ, and units and what is counted,
        where both state them, agree.
        """
        found = list(self.doubts.get(position, ()))
        if self.numbers[position] != NONE:
            others = np.array(self.accounts.of(position), dtype=np.int64)
            rival = (self.claimants[others] != self.claimants[position]) & (self.numbers[others] != NONE)
            rival &= self.numbers[others] != self.numbers[position]
            for codes in (self.units, self.counted):
                own, theirs = codes[position], codes[others]
                rival &= (theirs == own) | (theirs == NONE) | (own == NONE)
            found += [(other, ANOTHER_NUMBER) for other in others[rival].tolist()]
        return tuple(sorted(found, key=lambda rival: (rival[0], REASONS.index(rival[1]))))


def rival_columns(found: Rivals) -> dict[str, Codes]:
    """Return all of it as plain arrays."""
    told = found.accounts
    doubts = [(claim, other, REASONS.index(why)) for claim, rest in found.doubts.items() for other, why in rest]
    table = np.array(doubts, dtype=np.int64).reshape(-1, 3)
    return {
        **{name: getattr(told, name) for name in _MEMBERSHIP},
        "links": np.array([told.links]),
        **{name: getattr(found, name) for name in _CODES},
        **dict(zip(_DOUBTS, table.T.copy(), strict=True)),
    }


def rivals_of(columns: Mapping[str, Codes]) -> Rivals:
    """Return what ``rival_columns`` was given."""
    told = Accounts(**{name: columns[name] for name in _MEMBERSHIP}, links=int(columns["links"][0]))
    doubts = defaultdict[int, tuple[tuple[int, str], ...]](tuple)
    for claim, other, why in zip(*(columns[name].tolist() for name in _DOUBTS), strict=True):
        doubts[claim] += ((other, REASONS[why]),)
    return Rivals(told, **{name: columns[name] for name in _CODES}, doubts=dict(doubts))


def accounts(claims: pd.DataFrame, event: pd.DataFrame) -> Accounts:
    """Return which claims speak of the same thing.

    Parameters
    ----------
    claims
        The table of claims.
    event
        When each is said to have happened, as ``timeline.day_bounds`` gives it.
    """
    (moving, link), (counting, count) = _links(claims), _counted(claims)
    links = int(link.max(initial=NONE)) + 1
    claim, group = np.append(moving, counting), np.append(link, count + links)
    first = event["earliest"].to_numpy(np.int64, na_value=FIRST_DAY)[moving]
    last = event["latest"].to_numpy(np.int64, na_value=LAST_DAY)[moving]
    order = np.lexsort((claim, group))
    return Accounts(
        claim=claim[order],
        group=group[order],
        first=np.append(first, np.full(len(counting), FIRST_DAY))[order],
        last=np.append(last, np.full(len(counting), LAST_DAY))[order],
        links=links,
    )


def rivals(claims: pd.DataFrame, told: Accounts) -> Rivals:
    """Return what stands against each claim; ``told`` says which of them speak of the same thing."""
    return Rivals(
        accounts=told,
        claimants=pd.factorize(claims["claimant"])[0].astype(np.int64),
        numbers=np.where(_has_number(claims), _pair_codes(*(pd.factorize(claims[end])[0] for end in _ENDS)), NONE),
        units=_word_codes(claims["quantity_unit"]),
        counted=_word_codes(claims["quantity_of"]),
        doubts=_doubts(claims),
    )


def _links(claims: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return the movements with each of their links: row positions, and a number for each link."""
    origins, destinations = claims["origins"].to_numpy(), claims["destinations"].to_numpy()
    kinds = claim_kind(claims).cat.codes.to_numpy()
    found: list[int] = []
    numbers: defaultdict[tuple[int, str, str], int] = defaultdict(lambda: len(numbers))
    links: list[int] = []
    for claim in np.flatnonzero(np.isin(kinds, [KINDS.index(MOVED), KINDS.index(PLANNED)])).tolist():
        if origins[claim] or destinations[claim]:
            # an end that isn't stated is an end as any
            ends = dict.fromkeys(product(origins[claim] or ("",), destinations[claim] or ("",)))
            links += [numbers[kinds[claim], *pair] for pair in ends]
            found += [claim] * len(ends)
    return np.array(found, np.int64), np.array(links, np.int64)


def _counted(claims: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return the claims with a number that say what it counts: row positions, and a number for each thing counted."""
    of, unit = _word_codes(claims["quantity_of"]), _word_codes(claims["quantity_unit"])
    counting = np.flatnonzero(_has_number(claims) & (of != NONE))
    return counting, pd.factorize(_pair_codes(of, unit)[counting])[0].astype(np.int64)


def _has_number(claims: pd.DataFrame) -> Mask:
    low, high = (claims[end].notna().to_numpy() for end in _ENDS)
    return low | high


def _pair_codes(one: Codes, other: Codes) -> Codes:
    """Return codes that are the same where both of two, from ``NONE``, are."""
    return (one - NONE) * (int(other.max(initial=NONE)) - NONE + 1) + other - NONE


def _word_codes(texts: pd.Series[str]) -> Codes:
    """Return codes that are the same where the texts are, as they are compared; ``NONE`` for a blank."""
    codes, distinct = pd.factorize(texts)
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    words = (fold_words(text) for text in distinct.tolist())
    return np.array([numbers[word] if word else NONE for word in words], np.int64)[codes]


def _doubts(claims: pd.DataFrame) -> dict[int, tuple[tuple[int, str], ...]]:
    at = {claim_id: position for position, claim_id in enumerate(claims["claim_id"].tolist())}
    reasons = {DENIES: DENIED_BY, DISPUTES: DISPUTED_BY}
    found = defaultdict[int, list[tuple[int, str]]](list)
    doubting = claims[claims["stance"].isin(reasons)]
    columns = (doubting[name].tolist() for name in ("claim_id", "responds_to", "stance"))
    for claim_id, others, stance in zip(*columns, strict=True):
        position = at[claim_id]
        for other in sorted({at[other] for other in others} - {position}):
            found[position].append((other, stance))
            found[other].append((position, reasons[stance]))
    return {position: tuple(doubts) for position, doubts in found.items()}
