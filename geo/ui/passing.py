"""What a selection lets through, for the tabs: kept with the story, so that it is asked once for all sessions."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from geo.selection import FILTERED, NOT_ON_MAP, counts
from geo.stories import select_claims

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from geo.selection import Counts, Selection
    from geo.stories import Story

    Positions = npt.NDArray[np.intp]


class Whole(Protocol):
    """What is asked of the whole story: ``frames.Frames`` has it."""

    @property
    def order(self) -> Positions:
        """Return the claims in the order of dates."""

    @property
    def is_movement(self) -> npt.NDArray[np.bool_]:
        """Return whether each claim is a movement."""

    @property
    def numbered(self) -> Positions:
        """Return the claims with a number."""


class Passing:
    """The claims that a selection lets through, by row position.

    Attributes
    ----------
    selection
        What was asked.
    selected
        What becomes of each claim, as ``selection.select`` says.
    """

    def __init__(self, story: Story, whole: Whole, selection: Selection) -> None:
        self.selection = selection
        self.selected: pd.DataFrame = select_claims(story, selection)
        self._whole = whole

    @cached_property
    def counts(self) -> Counts:
        """How many claims are where."""
        return counts(self.selected)

    @cached_property
    def passes(self) -> npt.NDArray[np.bool_]:
        """Whether each claim passes."""
        return (self.selected["verdict"] != FILTERED).to_numpy(bool)

    @cached_property
    def claims(self) -> Positions:
        """The claims that pass, in the order of their dates."""
        return self._in_order(self.passes)

    @cached_property
    def movements(self) -> Positions:
        """Those of them that are movements."""
        return self._in_order(self.passes & self._whole.is_movement)

    @cached_property
    def not_on_map(self) -> Positions:
        """Those of them without a place on the map."""
        return self._in_order((self.selected["place"] == NOT_ON_MAP).to_numpy(bool))

    @cached_property
    def figures(self) -> Positions:
        """The claims with a number that pass, by position in ``Frames.figures``."""
        return np.flatnonzero(self.passes[self._whole.numbered])

    def _in_order(self, wanted: npt.NDArray[np.bool_]) -> Positions:
        order = self._whole.order
        return order[wanted[order]]


def asks(selection: Selection) -> Selection:
    """Return a selection without what is open in the panel: that filters nothing."""
    return replace(selection, site="", claim="")
