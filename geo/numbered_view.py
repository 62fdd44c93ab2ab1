"""A big story by the numbers of its view: what its page gets in portions, from a server or from files beside it.

The view numbers the claims by date, and those of one day by place, so that their columns compress well, a step of time
touches neighbours, and neighbours stand in one file; the numbers are its own, and no one else's.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic_core import to_json

from geo.maps import arrow_frame, arrow_words, first_sites, site_words, standing
from geo.search_index import haystack
from geo.selection import EVENT
from geo.stories import viewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.maps import ViewedStory
    from geo.stories import Story


class NumberedView:
    """Texts of a story in JSON, by the view's own numbers of claims, sites and arrows.

    Parameters
    ----------
    story
        Which it is a view of.
    """

    def __init__(self, story: Story) -> None:
        self.story = story

    @cached_property
    def order(self) -> npt.NDArray[np.int64]:
        """Row positions of the claims, in the order of their numbers."""
        return self.story.keep(f"order-{self.story.sites_digest}", lambda: {"order": _order(self.story)})["order"]

    @cached_property
    def viewed(self) -> ViewedStory:
        """What the view draws."""
        return viewed(self.story, self.order)

    def cards(self, numbers: Sequence[int]) -> bytes:
        """Return the cards of claims, and the numbers of the claims that respond to them."""
        return to_json(self.told(numbers))

    def told(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Return the same, not yet written."""
        cards = self.story.cards.of(self.order[list(numbers)].tolist())
        responding = [response.claim_id for card in cards for response in card.responses]
        return {"cards": cards, "numbers": dict(zip(responding, self.numbers_of_ids(responding), strict=True))}

    def sites(self, numbers: Sequence[int]) -> bytes:
        """Return the words of sites."""
        return to_json(site_words(self.story.sites.iloc[list(numbers)]))

    def arrows(self, numbers: Sequence[int]) -> bytes:
        """Return the words of arrows' labels."""
        claims = self.order[self.arrow_claims[list(numbers)]].tolist()
        return to_json([arrow_words(card, self._placed) for card in self.story.cards.of(claims)])

    def haystacks(self, numbers: Sequence[int]) -> bytes:
        """Return the folded texts of claims, in which a search looks."""
        tables = self.story.tables
        claims = tables.claims.iloc[self.order[list(numbers)]]
        return to_json(haystack(claims, tables.sources, tables.locations).tolist())

    def standing(self) -> bytes:
        """Return what tells which claims stand together or against each other, and on which documents they rest."""
        return to_json(standing(self.viewed, self.story.rests_on))

    def numbers_of_ids(self, claim_ids: Sequence[str]) -> list[int | None]:
        """Return the numbers of claims by their ids; none for what is not in the story."""
        positions = (self.story.cards.positions.get(claim_id) for claim_id in claim_ids)
        return [None if position is None else int(self.rank[position]) for position in positions]

    @cached_property
    def rank(self) -> npt.NDArray[np.int64]:
        """The number of each claim, by row position."""
        return self.viewed.numbering.rank

    @cached_property
    def arrow_claims(self) -> npt.NDArray[np.int64]:
        """The claim of each arrow, by its number."""
        return arrow_frame(self.story.tables.claims, self.viewed.numbering)["claim"].to_numpy(np.int64)

    @cached_property
    def _placed(self) -> frozenset[str]:
        return frozenset(self.story.sites["location_id"])


def _order(story: Story) -> npt.NDArray[np.int64]:
    """Return the claims by their first possible day, or their last where the start is open; then those without one.

    Those of one day come by the site that they name first, those of one site in the order of the table.
    """
    event = story.bounds[EVENT]
    days = event["earliest"].fillna(event["latest"]).fillna(np.iinfo(np.int64).max).to_numpy(np.int64)
    return np.lexsort((first_sites(story.tables.claims, pd.Index(story.sites["location_id"])), days))
