"""What rests on one document alone, and which claims have the same accounts: counted for whole stories at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.accounts import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from geo.accounts import Accounts, Codes, Mask

_DAYS = LAST_DAY - FIRST_DAY + 2


def only_through(told: Accounts, chains: pd.Series) -> pd.DataFrame:
    """Return for every claim and document of its chain whether all accounts of the claim came through that document.

    Parameters
    ----------
    told
        Who speaks of the same thing.
    chains
        The documents that each claim came through, as ``provenance.chains`` gives them. Where not all claims are
        asked about, ``told`` is what it is ``among`` them, and the others' chains are empty.

    Returns
    -------
    through
        Columns ``claim``, a row position, ``document``, an id, and ``only``.
    """
    through = pd.DataFrame({"claim": np.arange(len(chains)), "document": chains.array}).explode("document").dropna()
    through = through.reset_index(drop=True)
    documents = pd.factorize(through["document"])[0]
    return through.assign(only=rest_only(told, through["claim"].to_numpy(np.int64), documents))


def rest_only(told: Accounts, claim: Codes, document: Codes) -> Mask:
    """Return for pairs of a claim and a document that it came through what ``only_through`` says of each.

    Parameters
    ----------
    claim
        Row positions; the pairs of all claims that are asked about, each once.
    document
        Codes that are the same for the same document.
    """
    through = pd.DataFrame({"claim": claim, "document": document, "pair": np.arange(len(claim))})
    rows = pd.DataFrame({"claim": told.claim, "group": told.group, "first": told.first, "last": told.last})
    rows["all"] = _meeting(told.group, told.first, told.last)
    rows = through.merge(rows, on="claim")
    rows["part"] = rows.groupby(["group", "document"]).ngroup()
    elsewhere = rows["all"] != _meeting(*(rows[name].to_numpy() for name in ("part", "first", "last")))
    only = np.ones(len(claim), dtype=bool)
    only[rows.loc[elsewhere, "pair"]] = False
    return only


def distinct(told: Accounts, asked: Mask) -> list[int]:
    """Return claims of which no two have the same accounts, those with most accounts first; by row position.

    Parameters
    ----------
    asked
        Which claims to choose from. One that is no movement and has no number that says what it counts is left out:
        nothing tells whether another speaks of the same.
    """
    rows = pd.DataFrame({"claim": told.claim, "begun": 0, "ended": 0})
    rows["begun"], rows["ended"] = _begun_and_ended(told.group, told.first, told.last)
    rows["met"] = rows["begun"] - rows["ended"]
    # In one group the two say whom a claim meets; and the first tells the group, since all are counted in one row.
    rows["met_by"] = rows.groupby(["begun", "ended"]).ngroup()
    rows = rows[asked[told.claim]].sort_values(["claim", "met_by"])
    most = rows.groupby("claim")["met"].sum()
    parts = np.split(rows["met_by"].to_numpy(), np.flatnonzero(np.diff(rows["claim"])) + 1)
    # Backwards, so that the first claim of several stays. Where there is none, one empty part is split.
    first = {part.tobytes(): claim for claim, part in zip(reversed(most.index), reversed(parts), strict=False)}
    return most.loc[sorted(first.values())].sort_values(ascending=False, kind="stable").index.to_list()


def _meeting(keys: Codes, first: Codes, last: Codes) -> Codes:
    """Return for each span of days how many of the same key may have a day in common with it, itself included."""
    begun, ended = _begun_and_ended(keys, first, last)
    return begun - ended


def _begun_and_ended(keys: Codes, first: Codes, last: Codes) -> tuple[Codes, Codes]:
    """Return how many begin by the last day of each span, and how many of those ended before its first.

    All of lower keys count in both, so that the difference is that of the same key.
    """
    begins, ends = (keys * _DAYS + (days - FIRST_DAY) for days in (first, last))
    begun = np.searchsorted(np.sort(begins), ends, side="right")
    ended = np.searchsorted(np.sort(ends), begins, side="left")
    return begun, ended
