"""Columns whose cells hold several values, one value in a line: for calculations on whole columns."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd


def flat(cells: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.object_]]:
    """Return the row positions and the values of all cells in turn; many times as fast as ``explode``."""
    values = cells.to_numpy(object)
    lengths = np.fromiter(map(len, values), np.int64, len(values))
    found = np.fromiter(chain.from_iterable(values), object, int(lengths.sum()))
    return np.repeat(np.arange(len(values)), lengths), found


def any_of(rows: npt.NDArray[np.int64], hits: npt.NDArray[np.bool_], size: int) -> npt.NDArray[np.bool_]:
    """Return for each of so many rows whether one of its values is a hit; ``rows`` are those of the values."""
    return np.bincount(rows[hits], minlength=size) > 0
