"""How much the place of a location is in doubt, in the order in which a person should look at it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Doubt(StrEnum):
    """What is known of a location's place, the most doubtful first; the value says it in a table."""

    NOT_FOUND = "not found"
    NOT_ASKED = "the gazetteer could not be asked"
    NO_COORDINATES = "known, but without coordinates"
    SEVERAL = "several candidates"
    PERHAPS = "one candidate, which may not be it"
    RUNNERS_UP = "found; other names are nearly as like"
    FOUND = "found"
    LEFT_OFF = "left off the map"
    PINNED = "pinned"

    @property
    def is_open(self) -> bool:
        """Return whether the place is not settled: somebody has to decide."""
        return self in _OPEN


_OPEN = frozenset({Doubt.NOT_FOUND, Doubt.NOT_ASKED, Doubt.NO_COORDINATES, Doubt.SEVERAL, Doubt.PERHAPS})
_RANK = {doubt: rank for rank, doubt in enumerate(Doubt)}


def by_doubt(doubts: Mapping[str, Doubt], claims: Mapping[str, int]) -> Sequence[str]:
    """Return the location ids, the most doubtful first; of equal ones those that most claims name, then as given.

    Parameters
    ----------
    claims
        How many claims name each location; none where it isn't there.
    """
    return sorted(doubts, key=lambda location_id: (_RANK[doubts[location_id]], -claims.get(location_id, 0)))
