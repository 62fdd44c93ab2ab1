"""What a reader asked to see, and which claims that lets through: the one place where selection is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.dates import Overlap
from geo.flat import any_of, flat
from geo.timeline import ANSWERS, UNDATED, overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

FILTERED = "filtered"
SHOWN = "shown"
NOT_ON_MAP = "not_on_map"
VERDICTS = (str(Overlap.CERTAIN), str(Overlap.POSSIBLE), UNDATED, FILTERED)
PLACES = (SHOWN, FILTERED, NOT_ON_MAP)
EVENT, REPORTED = CLOCKS = ("event", "reported")
PLACE_COLUMNS = ("locations", "origins", "destinations")


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader asked; the defaults ask for everything.

    Attributes
    ----------
    from_, to
        First and last day of the window, both included; None for an end that is open.
    clock
        Which dates the window is asked of: ``event``, when it is said to have happened, or ``reported``, when it
        was said.
    known
        The day as of which the story is read: what was said after it doesn't pass. None for all that was ever said.
    undated
        Whether claims without a date, by the clock, pass the window.
    q
        Words to search for, separated by white space; a claim passes if it has them all.
    claimant, publisher, modality
        Exact values; blank lets every claim pass.
    site, claim
        Ids of the site and the claim that are open in the panel; they filter nothing.

    Raises
    ------
    ValueError
        When the window ends before it begins, or there is no such clock.
    """

    from_: date | None = None
    to: date | None = None
    clock: str = EVENT
    known: date | None = None
    undated: bool = True
    q: str = ""
    claimant: str = ""
    publisher: str = ""
    modality: str = ""
    site: str = ""
    claim: str = ""

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.to < self.from_:
            msg = f"the window ends on {self.to}, before it begins on {self.from_}."
            raise ValueError(msg)
        if self.clock not in CLOCKS:
            msg = f"{self.clock!r} is no clock. It must be one of: {', '.join(CLOCKS)}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many claims are where; the three add up to all claims of the story."""

    shown: int
    filtered: int
    not_on_map: int


def fold(text: str) -> str:
    r"""Return ``text`` as search compares it: without accents, width, ligatures and case.

    The map's script does the same, ``text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()``.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    for char in set(decomposed):
        if unicodedata.category(char).startswith("M"):
            decomposed = decomposed.replace(char, "")
    return decomposed.lower()


def fold_words(text: str) -> str:
    """Return ``text`` as two texts are compared: folded, and its white space collapsed."""
    return " ".join(fold(text).split())


def terms(q: str) -> list[str]:
    """Return what a claim's texts, folded, must hold to be found by a search."""
    return fold(q).split()


def has_place(claims: pd.DataFrame, placed_ids: Collection[str]) -> pd.Series[bool]:
    """Return for each claim whether at least one of its places has coordinates.

    Parameters
    ----------
    claims
        The table of claims.
    placed_ids
        Ids of the locations that were resolved to a site.
    """
    found = np.zeros(len(claims), bool)
    placed = pd.Index(list(placed_ids), dtype=object)
    for column in PLACE_COLUMNS:
        rows, places = flat(claims[column])
        found |= any_of(rows, placed.get_indexer(pd.Index(places, dtype=object)) >= 0, len(claims))
    return pd.Series(found, claims.index, dtype=bool)


def select(
    claims: pd.DataFrame,
    bounds: Mapping[str, pd.DataFrame],
    publishers: pd.Series[str],
    matches: Callable[[Sequence[str]], npt.NDArray[np.bool_]],
    placed: pd.Series[bool],
    selection: Selection,
) -> pd.DataFrame:
    """Return what becomes of each claim under a selection.

    Parameters
    ----------
    claims
        The table of claims; all that follow have its index.
    bounds
        Days of each of the ``CLOCKS``, as ``timeline.day_bounds`` gives them.
    publishers
        Publisher of the document that each claim was read in.
    matches
        Says of each claim whether its texts hold all of some ``terms``; asked only if there is something to search for.
    placed
        Whether a claim has a place on the map, as ``has_place`` says.
    selection
        What the reader asked.

    Returns
    -------
    selected
        Column ``verdict``: ``certain``, ``possible`` or ``undated`` for a claim that passes, else ``filtered``.
        Column ``known``, as of the day that is asked: ``certain``, ``possible`` for a claim that may have been said
        only later, or ``none`` for one that was.
        Column ``place``: ``shown``, ``filtered`` or ``not_on_map`` (passes, and has no place).
    """
    when = overlaps(bounds[selection.clock], selection.from_, selection.to)
    known = known_by(bounds[REPORTED], selection.known)
    passes = (when != Overlap.NONE) & (selection.undated | (when != UNDATED)) & (known != Overlap.NONE)
    if asked_terms := terms(selection.q):
        passes &= matches(asked_terms)
    facets = (
        (claims["claimant"], selection.claimant),
        (publishers, selection.publisher),
        (claims["modality"], selection.modality),
    )
    for column, asked in facets:
        if asked:
            passes &= column == asked
    verdict = np.where(passes, _codes_of(ANSWERS, VERDICTS)[when.cat.codes], VERDICTS.index(FILTERED))
    place = np.where(placed, PLACES.index(SHOWN), PLACES.index(NOT_ON_MAP))
    place[~passes] = PLACES.index(FILTERED)
    columns = {
        "verdict": pd.Categorical.from_codes(verdict, pd.Index(VERDICTS)),
        "known": known,
        "place": pd.Categorical.from_codes(place.astype(np.int8), pd.Index(PLACES)),
    }
    return pd.DataFrame(columns, index=claims.index)


def _codes_of(words: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.int8]:
    """Return for each word its place among others; one that is not among them has the last."""
    return np.array([others.index(word) if word in others else len(others) - 1 for word in words], np.int8)


def known_by(reported: pd.DataFrame, day: date | None) -> pd.Series[str]:
    """Return how surely each claim had been said by the end of a day: ``certain``, ``possible`` or ``none``.

    Parameters
    ----------
    reported
        When each was said, as ``timeline.day_bounds`` gives it. One whose day can't be told may have been said by any.
    day
        None for the end of all days.
    """
    answers = [str(answer) for answer in Overlap]
    codes = np.full(len(reported), answers.index(Overlap.CERTAIN), np.int8)
    if day is not None:
        codes[:] = overlaps(reported, None, day).cat.codes
        codes[codes == ANSWERS.index(UNDATED)] = answers.index(Overlap.POSSIBLE)  # the others are the same ones
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(answers)), index=reported.index)


def counts(selected: pd.DataFrame) -> Counts:
    """Return how many claims are shown, filtered out, and let through without a place."""
    found = selected["place"].value_counts()
    return Counts(*(int(found[place]) for place in PLACES))
