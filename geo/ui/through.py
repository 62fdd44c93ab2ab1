"""The documents that the claims of a story came through, as columns: counted for whole stories at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.ui.passing import Positions

    Counts = npt.NDArray[np.int64]


class Through:
    """The chains of all claims; thousands of claims share few chains, and each is kept once.

    Attributes
    ----------
    paths
        The chains, each once: ids of documents, as ``provenance.chains`` gives them.
    chain
        Which of them each claim has, by row position.
    """

    def __init__(self, chains: pd.Series, source_ids: pd.Series[str]) -> None:
        self.chain, paths = pd.factorize(chains.to_numpy())
        self.paths = pd.Series(paths, dtype=object)
        ids = self.paths.explode()
        self._path = ids.index.to_numpy()
        self._document = pd.Index(source_ids).get_indexer(pd.Index(ids))
        self._documents = len(source_ids)

    @cached_property
    def pairs(self) -> tuple[Positions, Positions]:
        """Each claim with each document that it came through, by row positions."""
        length = np.bincount(self._path, minlength=len(self.paths))
        each = length[self.chain]
        claim = np.repeat(np.arange(len(self.chain)), each)
        step = np.arange(len(claim)) - np.repeat(np.cumsum(each) - each, each)
        start = np.cumsum(length) - length
        return claim, self._document[start[self.chain[claim]] + step]

    def counts(self, claims: Positions | None = None) -> Counts:
        """Return how many of some claims, or of all, came through each document, by its row position."""
        chain = self.chain if claims is None else self.chain[claims]
        uses = np.bincount(chain, minlength=len(self.paths))[self._path]
        return np.bincount(self._document, weights=uses, minlength=self._documents).astype(np.int64)
