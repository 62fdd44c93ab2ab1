"""What the tabs show of a story: words for the rows that are shown, and the rest once, when a tab first needs it."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

import numpy as np
import pandas as pd

from geo.dates import Overlap
from geo.figures import figures, panels
from geo.gazetteer import Doubt, by_doubt
from geo.schema import CLAIMS
from geo.selection import EVENT, REPORTED
from geo.selection_words import SURELY_WORDS
from geo.timeline import day_number
from geo.ui.changes import changes_frame
from geo.ui.claim_words import CLAIM_COLUMNS, HAPPENED, MORE, claim_rows, movement_rows, sayings
from geo.ui.evidence import Evidence
from geo.ui.folder_frames import document_names, documents_frame, files_frame, places_frame
from geo.ui.named import Named
from geo.ui.passing import Passing, asks
from geo.ui.through import Through
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import numpy.typing as npt

    from geo.card import Card
    from geo.figures import Panels
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.passing import Positions

Asked = TypeVarTuple("Asked")
Made = TypeVar("Made")

LATER_WORDS = "possibly only later"
_KEPT = 8  # selections
_KEPT_DRAWINGS = 64


class Frames:
    """What the page shows of one story, kept with it for all sessions.

    What needs all claims is made when it is first asked for. Two sessions may then make it at once, to the same end.
    Claims are told by their row positions from 0.
    """

    def __init__(self, story: Story) -> None:
        self._story = story
        self._passing = lru_cache(_KEPT)(lambda selection: Passing(story, self, selection))
        self.panels = lru_cache(_KEPT)(self._panels)
        self._once = lru_cache(_KEPT_DRAWINGS)(lambda make, *asked: make(self, *asked))

    @property
    def digest(self) -> str:
        """Names the story's bytes, and where its sites are."""
        return f"{self._story.tables.digest}-{self._story.sites_digest}"

    def passing(self, selection: Selection) -> Passing:
        """Return what a selection lets through; the same as long as the same is asked."""
        return self._passing(asks(selection))

    def once(self, make: Callable[[Frames, *Asked], Made], *asked: *Asked) -> Made:
        """Return what is made of these tables and of what is asked, such as a drawing; the last ones are kept.

        Parameters
        ----------
        asked
            Small values, for they are kept too: a selection, not what it lets through.
        """
        made: Made = self._once(make, *asked)
        return made

    @cached_property
    def order(self) -> Positions:
        """The claims in the order of dates.

        First those that begin on a known day, then those that only end on one, then those without a date.
        """
        return _date_order(self._story.bounds[EVENT])

    @cached_property
    def is_movement(self) -> npt.NDArray[np.bool_]:
        """Whether each claim names an origin or a destination."""
        claims = self._story.tables.claims
        return (claims["origins"].astype(bool) | claims["destinations"].astype(bool)).to_numpy(bool)

    @cached_property
    def movements(self) -> int:
        """How many claims are movements."""
        return int(self.is_movement.sum())

    @cached_property
    def ends(self) -> npt.NDArray[np.intp]:
        """A number for each claim, the same for those with the same origins and destinations."""
        return _ends(self._story.tables.claims)

    @cached_property
    def claimants(self) -> npt.NDArray[np.intp]:
        """A number for each claim, the same for those of one claimant."""
        return pd.factorize(self._story.tables.claims["claimant"])[0]

    @property
    def sources(self) -> pd.DataFrame:
        """The story's table of documents."""
        return self._story.tables.sources

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Short names of the documents, by id."""
        return document_names(self._story.tables.sources)

    @cached_property
    def through(self) -> Through:
        """The documents that the claims came through."""
        return Through(self._story.paths, self._story.tables.sources["source_id"])

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The documents by id; ``Claims in all`` counts the claims that came through each."""
        return documents_frame(self._story.tables.sources, self.names, self.through.counts())

    @cached_property
    def named(self) -> Named:
        """Which claims name which locations."""
        return Named(self._story.tables.claims, self._story.tables.locations)

    @cached_property
    def names_place(self) -> npt.NDArray[np.bool_]:
        """Whether each claim names a place."""
        return self.named.among(np.ones(len(self._story.tables.locations), dtype=bool))

    @cached_property
    def names_unsettled(self) -> npt.NDArray[np.bool_]:
        """Whether each claim names a place that is neither on the map nor left off it by a person."""
        ids = self._story.tables.locations["location_id"]
        settled = ids.isin(self._story.sites["location_id"]) | ids.isin(self._left_off)
        return self.named.among(~settled.to_numpy(bool))

    @cached_property
    def by_doubt(self) -> Sequence[str]:
        """The ids of the locations, the most doubtful first; those that are open stand before all others."""
        return by_doubt(self._story.doubts, self.named.by_id())

    @cached_property
    def open_places(self) -> Sequence[str]:
        """Those of them that wait for a decision."""
        return list(takewhile(lambda place: self._story.doubts[place].is_open, self.by_doubt))

    @cached_property
    def found_places(self) -> int:
        """How many places the gazetteer found."""
        return sum(doubt in (Doubt.FOUND, Doubt.RUNNERS_UP) for doubt in self._story.doubts.values())

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """The names of the locations, by id."""
        locations = self._story.tables.locations
        return dict(zip(locations["location_id"], locations["name"], strict=True))

    @cached_property
    def places(self) -> pd.DataFrame:
        """What ``locations.csv`` holds, with the places that were found."""
        return places_frame(self._story, self.named.counts)

    @cached_property
    def files(self) -> pd.DataFrame:
        """What the folder holds."""
        return files_frame(self._story)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The claims with a number, as ``geo.figures.figures`` gives them."""
        return figures(self._story.tables.claims, self._story.bounds[REPORTED])

    def _panels(self, selection: Selection) -> Panels:
        """Return the figures that pass, in panels."""
        return panels(self.figures, self.passing(selection).figures)

    @cached_property
    def numbered(self) -> Positions:
        """The claims of ``figures``."""
        return self._story.tables.claims.index.get_indexer(self.figures.index)

    @cached_property
    def evidence(self) -> Evidence:
        """What the tab Sources calculates with."""
        return Evidence(self._story, self.through)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """What ``CHANGES.csv`` tells, the newest day first."""
        return changes_frame(self._story.tables)

    def claim_rows(self, found: Passing, positions: Positions) -> pd.DataFrame:
        """Return claims in words, with how surely they pass where that was asked."""
        cards = self._story.cards.of(positions.tolist())
        columns = CLAIM_COLUMNS if self._has_more else [name for name in CLAIM_COLUMNS if name != MORE]
        return self._answered(claim_rows(cards, self._say(found, cards), columns), found, positions)

    def movement_rows(self, found: Passing, positions: Positions) -> pd.DataFrame:
        """Return movements in words, as ``claim_rows`` otherwise."""
        cards = self._story.cards.of(positions.tolist())
        return self._answered(movement_rows(cards, self._say(found, cards)), found, positions)

    def responding(self, found: Passing, cards: Sequence[Card], answer: Overlap) -> frozenset[str]:
        """Return the ids of the claims that respond to some and were known so surely on the day asked."""
        if found.selection.known is None:
            return frozenset()
        ids = list({other.claim_id for card in cards for other in card.responses})
        known = found.selected["known"].array.take(self._ids.get_indexer(pd.Index(ids))) if ids else []
        return frozenset(claim_id for claim_id, surely in zip(ids, known, strict=True) if surely == answer)

    def _say(self, found: Passing, cards: Sequence[Card]) -> Mapping[str, Callable[[Card], str]]:
        known = found.selection.known
        unheard = self.responding(found, cards, Overlap.NONE)
        return sayings(self.names, self._left_off, unheard, None if known is None else day_number(known))

    def _answered(self, words: pd.DataFrame, found: Passing, positions: Positions) -> pd.DataFrame:
        """Add, after the day, how surely each claim falls in the days and had been said by the day that are asked."""
        asked, at = found.selection, list(words).index(HAPPENED) + 1
        if asked.from_ is not None or asked.to is not None:
            surely = found.selected["verdict"].array.take(positions)
            words.insert(at, "In these days", pd.Series(surely, words.index).map(SURELY_WORDS).astype("str"))
        if asked.known is not None:
            said = found.selected["known"].array.take(positions) == Overlap.CERTAIN
            title = f"By {date_words(asked.known.isoformat())}"
            words.insert(at, title, pd.Series(np.where(said, "said", LATER_WORDS), words.index, dtype="str"))
        return words

    @cached_property
    def _left_off(self) -> Collection[str]:
        return frozenset(place for place, doubt in self._story.doubts.items() if doubt is Doubt.LEFT_OFF)

    @cached_property
    def _has_more(self) -> bool:
        claims = self._story.tables.claims
        return any((claims[name] != "").any() for name in claims.columns if name not in CLAIMS.names)

    @cached_property
    def _ids(self) -> pd.Index[str]:
        ids: pd.Index[str] = pd.Index(self._story.tables.claims["claim_id"])
        return ids


def story_frames(story: Story) -> Frames:
    """Return what the tabs show of a story; nothing of it is made yet."""
    return Frames(story)


def _ends(claims: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return a number for each claim; places are the same in whatever order a cell has them."""
    start, end = (_sets(claims[name]) for name in ("origins", "destinations"))
    numbers: Positions = pd.factorize(start * (end.max(initial=0) + 1) + end)[0]
    return numbers


def _sets(lists: pd.Series) -> npt.NDArray[np.intp]:
    codes, distinct = pd.factorize(lists.to_numpy())  # a story repeats few ways many times: each is sorted once
    same: dict[tuple[str, ...], int] = {}
    sets = np.array([same.setdefault(tuple(sorted(each)), len(same)) for each in distinct], dtype=np.intp)
    return sets[codes]


def _date_order(bounds: pd.DataFrame) -> Positions:
    begins, ends = (bounds[name].notna().to_numpy(bool) for name in ("earliest", "latest"))
    earliest = bounds["earliest"].fillna(0).to_numpy(np.int64)
    return np.lexsort((earliest, ~begins, ~(begins | ends)))  # which is stable
