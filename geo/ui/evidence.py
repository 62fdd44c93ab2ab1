"""What the tab Sources says of the story's evidence: what rests on one document alone, and on how many origins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.dates import Overlap
from geo.network import arrange
from geo.provenance import independent_origins
from geo.reliance import distinct, rest_only
from geo.selection import PLACE_COLUMNS, REPORTED, known_by
from geo.ui.folder_frames import JOIN, document_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import numpy.typing as npt

    from geo.accounts import Accounts, Mask
    from geo.network import Network
    from geo.stories import Story
    from geo.ui.passing import Passing
    from geo.ui.through import Through

MOST_DRAWN = 60  # documents; more are no drawing that anybody reads
MOST_OFFERED = 1_000  # documents in the list to choose from
MOST_LISTED = 100  # claims in the table of origins
MOST_NAMED = 50  # numbers, and tellers of one origin, in a cell
_KEPT_DAYS, _KEPT_SELECTIONS = 2, 4


@dataclass(frozen=True, slots=True)
class Origins:
    """The table of origins, and how many of its rows are left out because there is no room for them."""

    frame: pd.DataFrame
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Reliance:
    """What was known by a day: who speaks of the same thing, and what rests on one document alone.

    Attributes
    ----------
    claim, document
        Each claim that was known with each document that it came through, by row positions.
    alone
        Whether all accounts of the claim came through the document.
    """

    told: Accounts
    claim: npt.NDArray[np.intp]
    document: npt.NDArray[np.intp]
    alone: Mask


class Evidence:
    """The evidence of a story, kept with it.

    Attributes
    ----------
    names
        Of the documents, by id; no two have one name.
    network
        The drawing of the documents that have most claims.
    offered
        Those that can be asked about, by row position.
    """

    def __init__(self, story: Story, through: Through) -> None:
        self._story, self._through = story, through
        sources = story.tables.sources
        self.names = _distinct_names(document_names(sources))
        most = np.argsort(-through.counts(), kind="stable")
        self.offered = np.sort(most[:MOST_OFFERED])
        drawn = sources.iloc[np.sort(most[:MOST_DRAWN])]
        self.network: Network = arrange(dict(zip(drawn["source_id"], drawn["derived_from"], strict=True)))
        self._publishers = dict(zip(sources["source_id"], sources["publisher"], strict=True))
        self.known = lru_cache(_KEPT_DAYS)(self._known)
        self.origins = lru_cache(_KEPT_SELECTIONS)(self._origins)

    def _known(self, day: date | None) -> Reliance:
        """Return what was known by a day; None for the end of all days.

        The other filters don't count here: what rests on one document doesn't come to rest on it alone because a
        reader hides the rest.
        """
        told = self._story.rivals.accounts
        claim, document = self._through.pairs
        if day is not None:
            known = (known_by(self._story.bounds[REPORTED], day) != Overlap.NONE).to_numpy(bool)
            told = told.among(known)
            claim, document = claim[known[claim]], document[known[claim]]
        return Reliance(told, claim, document, rest_only(told, claim, document))

    def _origins(self, found: Passing) -> Origins:
        """Return the movements and numbers that pass, each with those who tell it and the origins that they rest on.

        Claims that the same accounts tell of have one row.
        """
        told = self.known(found.selection.known).told
        asked = distinct(told, found.passes)
        rows = [self._origins_row(told, position) for position in asked[:MOST_LISTED]]
        columns = ["Claim", "Accounts", "Independent origins", "Numbers told", "Who tells it, and first document"]
        kinds = dict(zip(columns, ("str", "int64", "int64", "str", "str"), strict=True))
        frame = pd.DataFrame(rows, columns=columns).astype(kinds)
        order = frame.sort_values(["Accounts", "Independent origins"], ascending=False, kind="stable")
        return Origins(order, max(0, len(asked) - MOST_LISTED))

    def _origins_row(self, told: Accounts, position: int) -> tuple[str, int, int, str, str]:
        claims = np.array([position, *told.of(position)])
        codes, claimants = self._claimants
        rests = self._story.rests_on.array.take(claims)
        found = independent_origins(range(len(claims)), claimants.take(codes[claims]).tolist(), list(rests))
        tellers = [_some(self._teller(*told_by) for told_by in origin.told_by) for origin in found]
        who = tellers[0] if len(tellers) == 1 else " · ".join(f"{at}: {who}" for at, who in enumerate(tellers, 1))
        statement = self._story.tables.claims["statement"].iloc[position]
        return statement, len(claims), len(found), _some(self._said(claims)) or "not stated", who

    def _said(self, claims: npt.NDArray[np.intp]) -> Iterable[str]:
        """Return the numbers that some claims tell, in words, each once; of equal ones one card is asked."""
        told = claims[self._numbers[claims] >= 0]
        first = told[np.sort(np.unique(self._numbers[told], return_index=True)[1])]
        return dict.fromkeys(card.quantity_words for card in self._story.cards.of(first.tolist()))

    @cached_property
    def _claimants(self) -> tuple[npt.NDArray[np.intp], pd.Index[str]]:
        """Of each claim the number of its claimant, and the claimants."""
        codes, names = pd.factorize(self._story.tables.claims["claimant"])
        return codes, names

    @cached_property
    def _numbers(self) -> npt.NDArray[np.intp]:
        """For each claim a code that is the same for numbers that read the same; below zero where it states none."""
        claims = self._story.tables.claims
        stated = claims[["quantity_min", "quantity_max"]].notna().any(axis="columns").to_numpy(bool)
        told = claims.loc[stated, ["quantity_min", "quantity_max", "quantity_approximate"]]
        places = [claims.loc[stated, name].map(len).to_numpy(np.int64) for name in PLACE_COLUMNS]
        told = told.assign(shared=np.maximum.reduce(places) > 1)
        codes = np.full(len(claims), -1)
        codes[stated] = told.groupby(list(told), dropna=False, sort=False).ngroup()
        return codes

    def _teller(self, claimant: str, document: str) -> str:
        own = self._publishers[document] == claimant
        return self.names[document] if own else f"{claimant}, in {self.names[document]}"


def _distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names, with the id where several documents have one: a list is chosen from by name."""
    uses = Counter(names.values())
    return {source_id: f"{name} ({source_id})" if uses[name] > 1 else name for source_id, name in names.items()}


def _some(words: Iterable[str]) -> str:
    """Return words one after the other, of very many the first and how many more there are."""
    waiting = iter(words)
    said = list(islice(waiting, MOST_NAMED))
    more = sum(1 for _ in waiting)
    return JOIN.join([*said, *([f"and {more:,} more"] if more else [])])
