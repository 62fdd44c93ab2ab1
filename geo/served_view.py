"""The view of a story that is too big to be in the page: its columns once, and its texts as they are asked for.

The view numbers the claims by date, so that their columns compress well and a step of time touches neighbours; the
numbers are its own, and no one else's.
"""

from __future__ import annotations

import gzip
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic_core import to_json

from geo.accounts import FIRST_DAY
from geo.maps import Head, arrow_frame, arrow_words, served_columns, served_payload, site_words
from geo.provenance import independent_origins
from geo.selection import EVENT, REPORTED
from geo.stories import search, viewed
from geo.timeline import day_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from geo.maps import ViewedStory
    from geo.stories import Story

MOST_ASKED = 2_000  # of claims, sites or arrows at once
MOST_SIDES = 200  # claims of the same thing that are looked for
_COMPRESSION = 6


class ServedView:
    """Answers what the view asks, all by its own numbers of claims, sites and arrows.

    Parameters
    ----------
    story
        Which it is a view of.
    basemap, address
        Where the page finds the base map, and this view.
    """

    def __init__(self, story: Story, basemap: str, address: str, *, shareable: bool) -> None:
        self._story = story
        self._order = _date_order(story.bounds[EVENT])
        self.payload = served_payload(Head(story.tables.title, basemap, shareable), address)
        self.columns = story.keep(f"view-{story.sites_digest}", self._columns)["columns"].tobytes()

    def warm(self) -> None:
        """Have at hand what the first click would wait for, of a very big story some seconds."""
        self.dossiers([0], None)
        self.sides(0, None)

    def _columns(self) -> Mapping[str, npt.NDArray[Any]]:
        content = gzip.compress(served_columns(self._viewed), _COMPRESSION, mtime=0)
        return {"columns": np.frombuffer(content, np.uint8)}

    @cached_property
    def _viewed(self) -> ViewedStory:
        return viewed(self._story, self._order)

    def cards(self, numbers: Sequence[int]) -> bytes:
        """Return the cards of claims, and the numbers of the claims that respond to them."""
        return to_json(self._told(numbers))

    def dossiers(self, numbers: Sequence[int], known: date | None) -> bytes:
        """Return all that the panel tells of claims.

        As ``cards``, with the cards of the claims that respond, and for each claim it and the known claims of the same
        thing, grouped by origin.
        """
        told, is_known = self._told(numbers), self._is_known(known)
        origins = [self._origins_of(position, is_known) for position in self._order[list(numbers)].tolist()]
        voices = self._story.cards.of(self._order[list(dict.fromkeys(told["numbers"].values()))].tolist())
        return to_json({**told, "voices": voices, "origins": origins})

    def _told(self, numbers: Sequence[int]) -> dict[str, Any]:
        cards = self._story.cards.of(self._order[list(numbers)].tolist())
        responding = [response.claim_id for card in cards for response in card.responses]
        return {"cards": cards, "numbers": dict(zip(responding, self._numbers_of_ids(responding), strict=True))}

    def sites(self, numbers: Sequence[int]) -> bytes:
        """Return the words of sites."""
        return to_json(site_words(self._story.sites.iloc[list(numbers)]))

    def arrows(self, numbers: Sequence[int]) -> bytes:
        """Return the words of arrows' labels."""
        claims = self._order[self._arrow_claims[list(numbers)]].tolist()
        return to_json([arrow_words(card, self._placed) for card in self._story.cards.of(claims)])

    def claim_ids(self, numbers: Sequence[int]) -> bytes:
        """Return the ids of claims."""
        return to_json(self._story.tables.claims["claim_id"].iloc[self._order[list(numbers)]].tolist())

    def site_ids(self) -> bytes:
        """Return the ids of all sites, in the order of their numbers."""
        return to_json(self._story.sites["location_id"].tolist())

    def locate(self, site: str, claim: str) -> bytes:
        """Return the numbers of a site and of a claim by their ids; none for what is not in the story."""
        found = self._viewed.numbering.sites.get_indexer(pd.Index([site]))[0]
        return to_json({"site": None if found < 0 else int(found), "claim": self._numbers_of_ids([claim])[0]})

    def search(self, words: str) -> bytes:
        """Return a bit a claim: whether it has all the words; the lowest bit of a byte comes first."""
        return np.packbits(search(self._story, words)[self._order], bitorder="little").tobytes()

    def _origins_of(self, position: int, is_known: Callable[[int], bool]) -> list[list[int]]:
        same = (other for other in self._story.rivals.accounts.of(position) if is_known(other))
        claims = np.array([position, *same])
        claimants, rests_on = (column[claims].tolist() for column in self._voices)
        groups = independent_origins(range(len(claims)), claimants, rests_on)
        return [self._rank[np.sort(claims[list(group.claims)])].tolist() for group in groups]

    def sides(self, number: int, known: date | None) -> bytes:
        """Return the claim, the known claims of the same thing and against it, those of theirs, and so on.

        Of more than ``MOST_SIDES`` these are the first that were found, and ``more`` is true.
        """
        told, is_known = self._story.rivals, self._is_known(known)
        found = {int(self._order[number]): None}  # keeps the order
        for position in (waiting := list(found)):
            near = (*(other for other, _ in told.of(position)), *told.accounts.of(position))
            new = [other for other in dict.fromkeys(near) if other not in found and is_known(other)]
            found |= dict.fromkeys(new)
            waiting += new
            if len(found) > MOST_SIDES:
                break
        claims = self._rank[list(found)[:MOST_SIDES]].tolist()
        return to_json({"claims": claims, "more": len(found) > MOST_SIDES})

    @cached_property
    def _rank(self) -> npt.NDArray[np.int64]:
        """The number of each claim, by row position."""
        rank = np.empty_like(self._order)
        rank[self._order] = np.arange(len(rank))
        return rank

    @cached_property
    def _voices(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Of each claim a number for its claimant, and what it rests on, by row position."""
        return pd.factorize(self._story.tables.claims["claimant"])[0], self._story.rests_on.to_numpy()

    @cached_property
    def _position_of(self) -> Mapping[str, int]:
        return {claim_id: position for position, claim_id in enumerate(self._story.tables.claims["claim_id"].tolist())}

    @cached_property
    def _placed(self) -> frozenset[str]:
        return frozenset(self._story.sites["location_id"])

    @cached_property
    def _arrow_claims(self) -> npt.NDArray[np.int64]:
        return arrow_frame(self._story.tables.claims, self._viewed.numbering)["claim"].to_numpy(np.int64)

    @cached_property
    def _first_known(self) -> npt.NDArray[np.int64]:
        return self._story.bounds[REPORTED]["earliest"].fillna(FIRST_DAY).to_numpy(np.int64)

    def _is_known(self, day: date | None) -> Callable[[int], bool]:
        if day is None:
            return lambda _: True
        last, first_known = day_number(day), self._first_known
        return lambda position: bool(first_known[position] <= last)

    def _numbers_of_ids(self, claim_ids: Sequence[str]) -> list[int | None]:
        positions = (self._position_of.get(claim_id) for claim_id in claim_ids)
        return [None if position is None else int(self._rank[position]) for position in positions]


def _date_order(event: pd.DataFrame) -> npt.NDArray[Any]:
    """Return the claims by their first possible day, or their last where the start is open; then those without one."""
    days = event["earliest"].fillna(event["latest"]).fillna(np.iinfo(np.int64).max).to_numpy(np.int64)
    return np.argsort(days, kind="stable")
