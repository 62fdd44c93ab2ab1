"""Which claims name which places, as columns: counted for whole stories at once, and looked up for one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.selection import PLACE_COLUMNS

if TYPE_CHECKING:
    import numpy.typing as npt


class Named:
    """The namings of a story: each pair of a claim and a place that it names, once.

    Attributes
    ----------
    counts
        How many claims name each location, by its row position.
    """

    def __init__(self, claims: pd.DataFrame, locations: pd.DataFrame) -> None:
        self._rows = pd.Index(locations["location_id"])
        numbers = np.arange(len(claims))
        lists = [pd.Series(claims[name].array, numbers).explode().dropna() for name in PLACE_COLUMNS]
        ids = pd.concat(lists)
        pairs = np.unique(np.stack([self._rows.get_indexer(pd.Index(ids)), ids.index.to_numpy()]), axis=1)
        self._location, self._claim = pairs.astype(np.int32)  # in the order of the locations, then of the claims
        self._claims = len(claims)
        self.counts = np.bincount(self._location, minlength=len(locations))

    def of(self, location_id: str) -> tuple[int, ...]:
        """Return the claims that name a location, by row position, ascending."""
        row = self._rows.get_loc(location_id)
        start, end = np.searchsorted(self._location, (row, row + 1))
        return tuple(self._claim[start:end].tolist())

    def among(self, locations: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return for each claim whether it names one of some locations, which are told by row position."""
        found = np.zeros(self._claims, dtype=bool)
        found[self._claim[locations[self._location]]] = True
        return found

    def by_id(self) -> dict[str, int]:
        """Return how many claims name each location, by its id."""
        return dict(zip(self._rows, self.counts.tolist(), strict=True))
