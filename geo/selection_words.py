"""What a selection asks, and how surely a claim is in it, in words: the twin of ``assets/selectionwords.js``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo.dates import Overlap
from geo.selection import EVENT
from geo.timeline import UNDATED
from geo.wording import MODALITY_WORDS, NOT_DATED, date_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.selection import Selection

EVERYTHING = "everything"
PERHAPS_LATER = "possibly said only later"
SURELY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {Overlap.CERTAIN: "certainly", Overlap.POSSIBLE: "possibly", UNDATED: NOT_DATED}
)


def selection_words(selection: Selection) -> list[str]:
    """Return a phrase for each thing that is asked; none for everything.

    What is open in the panel, a site or a claim, hides nothing and isn't said.
    """
    days = _window_words(selection.from_, selection.to)
    happened = "happened" if selection.clock == EVENT else "said"
    phrases = (
        days and f"{happened} {days}",
        "" if selection.undated else "none without a date",
        selection.known and f"as known on {_day_words(selection.known)}",
        selection.q and f"with “{selection.q}”",
        selection.claimant and f"claimed by {selection.claimant}",
        selection.publisher and f"published by {selection.publisher}",
        selection.modality and MODALITY_WORDS[selection.modality],
    )
    return [phrase for phrase in phrases if phrase]


def surely_words(verdict: str, known: str) -> str:
    """Return how surely a claim that passes is in the days asked, and had been said by the day asked.

    Parameters
    ----------
    verdict, known
        As ``selection.select`` gives them.
    """
    words = SURELY_WORDS[verdict]
    return f"{words}; {PERHAPS_LATER}" if known == Overlap.POSSIBLE else words


def _window_words(first: date | None, last: date | None) -> str:
    if first is None:
        return f"by {_day_words(last)}" if last else ""
    if last is None:
        return f"from {_day_words(first)} on"
    return f"on {_day_words(first)}" if first == last else f"from {_day_words(first)} to {_day_words(last)}"


def _day_words(day: date) -> str:
    return date_words(day.isoformat())
