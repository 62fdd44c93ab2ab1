"""The view of a story that is too big to be in the page: its columns once, and its texts as they are asked for."""

from __future__ import annotations

import gzip
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic_core import to_json

from geo.accounts import FIRST_DAY
from geo.maps import Head, served_columns, served_payload
from geo.numbered_view import NumberedView
from geo.provenance import Lines, origin_numbers
from geo.selection import REPORTED
from geo.stories import search
from geo.timeline import day_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from geo.stories import Story

MOST_ASKED = 2_000  # of claims, sites or arrows at once
MOST_SIDES = 200  # claims of the same thing that are looked for
_COMPRESSION = 6


class ServedView(NumberedView):
    """Answers what the view asks, all by its own numbers of claims, sites and arrows.

    Parameters
    ----------
    story
        Which it is a view of.
    basemap, address
        Where the page finds the base map, and this view.
    """

    def __init__(self, story: Story, basemap: str, address: str, *, shareable: bool) -> None:
        super().__init__(story)
        self.payload = served_payload(Head(story.tables.title, basemap, shareable), address)
        self.columns = story.keep(f"view-{story.sites_digest}", self._columns)["columns"].tobytes()

    def _columns(self) -> Mapping[str, npt.NDArray[Any]]:
        content = gzip.compress(served_columns(self.viewed), _COMPRESSION, mtime=0)
        return {"columns": np.frombuffer(content, np.uint8)}

    def warm(self) -> None:
        """Have at hand what the first click would wait for, of a very big story some seconds."""
        self.dossiers([0], None)
        self.sides(0, None)

    def dossiers(self, numbers: Sequence[int], known: date | None) -> bytes:
        """Return all that the panel tells of claims.

        As ``cards``, with the cards of the claims that respond, and for each claim it and the known claims of the same
        thing, grouped by origin.
        """
        told, is_known = self.told(numbers), self._is_known(known)
        origins = [self._origins_of(position, is_known) for position in self.order[list(numbers)].tolist()]
        voices = self.story.cards.of(self.order[list(told["numbers"].values())].tolist())
        return to_json({**told, "voices": voices, "origins": origins})

    def _origins_of(self, position: int, is_known: Callable[[int], bool]) -> list[list[int]]:
        same = (other for other in self.story.rivals.accounts.of(position) if is_known(other))
        claims = np.array([position, *same])
        origin = origin_numbers(self._claimants[claims], claims, self._lines)
        _, first, of = np.unique(origin, return_index=True, return_inverse=True)
        order = np.lexsort((claims, first[of]))  # the claim's own comes first
        numbers, ends = self.rank[claims[order]].tolist(), np.flatnonzero(np.diff(first[of][order])) + 1
        return [numbers[start:end] for start, end in pairwise([0, *ends.tolist(), len(numbers)])]

    def claim_ids(self, numbers: Sequence[int]) -> bytes:
        """Return the ids of claims."""
        return to_json(self.story.tables.claims["claim_id"].iloc[self.order[list(numbers)]].tolist())

    def site_ids(self) -> bytes:
        """Return the ids of all sites, in the order of their numbers."""
        return to_json(self.story.sites["location_id"].tolist())

    def locate(self, site: str, claim: str) -> bytes:
        """Return the numbers of a site and of a claim by their ids; none for what is not in the story."""
        found = self.viewed.numbering.sites.get_indexer(pd.Index([site]))[0]
        return to_json({"site": None if found < 0 else int(found), "claim": self.numbers_of_ids([claim])[0]})

    def search(self, words: str) -> bytes:
        """Return a bit a claim: whether it has all the words; the lowest bit of a byte comes first."""
        return np.packbits(search(self.story, words)[self.order], bitorder="little").tobytes()

    def sides(self, number: int, known: date | None) -> bytes:
        """Return the claim, the known claims of the same thing and against it, those of theirs, and so on.

        Of more than ``MOST_SIDES`` these are the first that were found, and ``more`` is true.
        """
        told, is_known = self.story.rivals, self._is_known(known)
        found = {int(self.order[number]): None}  # keeps the order
        for position in (waiting := list(found)):
            near = (*(other for other, _ in told.of(position)), *told.accounts.of(position))
            new = [other for other in dict.fromkeys(near) if other not in found and is_known(other)]
            found |= dict.fromkeys(new)
            waiting += new
            if len(found) > MOST_SIDES:
                break
        claims = self.rank[list(found)[:MOST_SIDES]].tolist()
        return to_json({"claims": claims, "more": len(found) > MOST_SIDES})

    @cached_property
    def _claimants(self) -> npt.NDArray[np.int64]:
        """Of each claim a number for its claimant, by row position."""
        return pd.factorize(self.story.tables.claims["claimant"])[0]

    @cached_property
    def _lines(self) -> Lines:
        return Lines.of(self.story.rests_on.tolist())

    @cached_property
    def _first_known(self) -> npt.NDArray[np.int64]:
        return self.story.bounds[REPORTED]["earliest"].fillna(FIRST_DAY).to_numpy(np.int64)

    def _is_known(self, day: date | None) -> Callable[[int], bool]:
        if day is None:
            return lambda _: True
        last, first_known = day_number(day), self._first_known
        return lambda position: bool(first_known[position] <= last)
