"""Since when something stands against each claim: for a reader who asks what was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.accounts import DENIES, DISPUTES, LAST_DAY, NONE
from geo.flat import flat

if TYPE_CHECKING:
    from geo.accounts import Codes, Rivals

NEVER = LAST_DAY + 1
_BLOCK = 512  # claims that are held against all of a link at once


def contested_from(against: Rivals, first_known: Codes) -> Codes:
    """Return for each claim the first day by which one of its rivals, as ``Rivals.of`` has them, may have been said.

    Parameters
    ----------
    against
        What stands against each claim.
    first_known
        The first day by which each claim may have been said, in days since 1970-01-01; ``FIRST_DAY`` where open.

    Returns
    -------
    days
        ``NEVER`` for a claim without a rival.
    """
    since = np.full(len(against.numbers), NEVER)
    for position, doubts in against.doubts.items():
        since[position] = min(first_known[other] for other, _ in doubts)
    told = against.accounts
    numbered = np.flatnonzero(against.numbers[told.claim] != NONE)
    groups, starts = np.unique(told.group[numbered], return_index=True)
    for group, rows in zip(groups.tolist(), np.split(numbered, starts[1:]), strict=False):
        members = told.claim[rows]
        if len(members) > 1 and len(np.unique(against.numbers[members])) > 1:
            days = _links_contested if group < told.links else _counts_contested
            np.minimum.at(since, members, days(against, rows, first_known[members]))
    return since


def _links_contested(against: Rivals, rows: Codes, first_known: Codes) -> Codes:
    """Return it for the claims of one link, whose days must meet; each is held against all, some at a time."""
    told = against.accounts
    members = told.claim[rows]
    columns = (against.claimants[members], against.numbers[members], told.first[rows], told.last[rows])
    claimant, number, first, last = columns
    agreeing = (against.units[members], against.counted[members])
    since = np.full(len(rows), NEVER)
    for start in range(0, len(rows), _BLOCK):
        some = np.s_[start : start + _BLOCK, None]
        rival = (claimant[some[0], None] != claimant) & (number[some[0], None] != number)
        rival &= (first[some[0], None] <= last) & (last[some[0], None] >= first)
        for codes in agreeing:
            own = codes[some[0], None]
            rival &= (own == codes) | (own == NONE) | (codes == NONE)
        since[some[0]] = np.where(rival, first_known, NEVER).min(axis=1)
    return since


def _counts_contested(against: Rivals, rows: Codes, first_known: Codes) -> Codes:
    """Return it for the claims that count the same thing in the same unit, of any day: often all of a story.

    They are held against one after the other, the first known first, until each has met a rival: a few will do.
    """
    members = against.accounts.claim[rows]
    claimant, number = against.claimants[members], against.numbers[members]
    since = np.full(len(rows), NEVER)
    waiting = np.arange(len(rows))
    order = np.argsort(first_known, kind="stable")
    voices = pd.DataFrame({"claimant": claimant[order], "number": number[order]}).drop_duplicates().index
    for other in order[voices]:
        met = (claimant[waiting] != claimant[other]) & (number[waiting] != number[other])
        since[waiting[met]] = first_known[other]
        waiting = waiting[~met]
        if len(waiting) == 0:
            break
    return since


def doubted_from(claims: pd.DataFrame, first_known: Codes) -> tuple[Codes, Codes]:
    """Return since when each claim is disputed, and since when it is denied; as ``contested_from``."""
    since = {stance: np.full(len(claims), NEVER) for stance in (DISPUTES, DENIES)}
    known = pd.Index(claims["claim_id"])
    for stance, days in since.items():
        responding = np.flatnonzero(claims["stance"] == stance)
        rows, claim_ids = flat(claims["responds_to"].iloc[responding])
        targets = known.get_indexer(pd.Index(claim_ids, dtype=object))
        np.minimum.at(days, targets, first_known[responding[rows]])
    return since[DISPUTES], since[DENIES]
