"""Use cases: open a story, place its sites, and say what a selection lets through."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from geo.accounts import Rivals, accounts, rival_columns, rivals, rivals_of
from geo.dossier import Cards
from geo.errors import DatasetError, Problem
from geo.gazetteer import Cached, resolve_sites
from geo.intake import MAX_UPLOAD_MB, Answers, Intake, Upload, take_in
from geo.maps import Head, ViewedStory, packed_sites, whole_payload
from geo.provenance import chains, path_columns, paths_of, reported_bounds, rests_on
from geo.search_index import SearchIndex, index_arrays
from geo.selection import EVENT, REPORTED, Selection, has_place, select, terms
from geo.tables import LARGE, Tables, folder_files, kept_arrays, read_bytes, read_files, silent
from geo.timeline import bound_columns, bounds_of, day_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import numpy.typing as npt

    from geo.gazetteer import Candidate, Doubt, Geocoder, Resolution
    from geo.story_files import StoryFiles


Columns: TypeAlias = "Mapping[str, npt.NDArray[Any]]"
Keep: TypeAlias = "Callable[[str, Callable[[], Columns]], Columns]"


def _as_made(_: str, make: Callable[[], Columns]) -> Columns:
    return make()


@dataclass(frozen=True, eq=False)
class Story:
    """A story that is open: its tables, where its places are, and what follows from both, made when it is asked for.

    Attributes
    ----------
    tables
        As they were read, without the rows that have problems.
    sites
        The locations that have coordinates, as ``gazetteer.Resolution`` describes them.
    candidates
        What the geocoder offered for each location that it was asked for, by location id, the likeliest first.
    doubts
        How much each location's place is in doubt, by location id.
    problems
        Of the tables and of the places, in that order.
    keep
        Gives arrays by name, of a large story those of an earlier start; else as they are made.
    """

    tables: Tables
    sites: pd.DataFrame
    candidates: Mapping[str, tuple[Candidate, ...]]
    doubts: Mapping[str, Doubt]
    problems: tuple[Problem, ...]
    keep: Keep = _as_made

    @cached_property
    def sites_digest(self) -> str:
        """Names where the sites are: what is kept of them must not outlive another look into the gazetteer."""
        return hashlib.sha256(packed_sites(self.sites)).hexdigest()[:16]

    @cached_property
    def cards(self) -> Cards:
        """What each claim's card shows, in the order of the claims."""
        tables, reported = self.tables, self.bounds[REPORTED]
        placed = frozenset(self.sites["location_id"])
        return Cards(tables.claims, tables.sources, tables.locations, self.paths, reported, placed, tables.quotations)

    @cached_property
    def paths(self) -> pd.Series:
        """The chain of each claim, as ``provenance.chains`` gives it."""
        claims, sources = self.tables.claims, self.tables.sources
        source_ids = sources["source_id"]
        columns = self.keep("chains", lambda: path_columns(chains(claims, sources), source_ids))
        return paths_of(columns, source_ids, claims.index)

    @cached_property
    def bounds(self) -> Mapping[str, pd.DataFrame]:
        """First and last possible day of each claim by each of the ``selection.CLOCKS``."""
        claims, sources = self.tables.claims, self.tables.sources
        return {
            EVENT: self._days("event-days", lambda: day_bounds(claims["event_date"])),
            REPORTED: self._days("reported-days", lambda: reported_bounds(claims, sources, self.paths)),
        }

    def _days(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        return bounds_of(self.keep(name, lambda: bound_columns(make())), self.tables.claims.index)

    @cached_property
    def rivals(self) -> Rivals:
        """Which claims speak of the same thing, and what stands against each."""
        claims, event = self.tables.claims, self.bounds[EVENT]
        return rivals_of(self.keep("rivals", lambda: rival_columns(rivals(claims, accounts(claims, event)))))

    @cached_property
    def rests_on(self) -> pd.Series:
        """For each claim the documents it goes back to, as ``provenance.rests_on`` gives them."""
        return rests_on(self.paths, self.tables.sources)

    @cached_property
    def publishers(self) -> pd.Series[str]:
        """Who issued the document that each claim was read in, with the index of the claims."""
        claims, sources = self.tables.claims, self.tables.sources
        made = self.keep("read-in", lambda: {"rows": pd.Index(sources["source_id"]).get_indexer(claims["source_id"])})
        return pd.Series(sources["publisher"].array.take(made["rows"], allow_fill=True), claims.index)

    @cached_property
    def words(self) -> SearchIndex:
        """The words of each claim's texts, to be searched."""
        tables = self.tables
        make = partial(index_arrays, tables.claims, tables.sources, tables.locations)
        # How texts are folded depends on the version of Unicode.
        name = f"search-{unicodedata.unidata_version.replace('.', '-')}"
        return SearchIndex(self.keep(name, make), len(tables.claims))

    def matches(self, asked: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return for each claim whether its texts hold all of some folded terms, by row position."""
        return self.words.matches(asked)

    @cached_property
    def placed(self) -> pd.Series[bool]:
        """Whether each claim names a place that has coordinates, with the index of the claims."""
        claims, site_ids = self.tables.claims, self.sites["location_id"]
        made = self.keep(f"placed-{self.sites_digest}", lambda: {"placed": has_place(claims, site_ids).to_numpy()})
        return pd.Series(made["placed"], claims.index, dtype=bool)


def story_files(path: Path) -> StoryFiles:
    """Return the files of a story: those in a folder, or what a ZIP, a workbook or a single table holds.

    Raises
    ------
    DatasetError
        When there is nothing to open, or nothing before a question is answered.
    """
    intake = story_intake(path)
    if intake.files is None:
        fix = (
            "Answer it with 'claim-atlas convert', which makes a story's folder of the table, or open that on the page."
        )
        asked = (question.text.rstrip("?.") for question in intake.questions)
        raise DatasetError(
            [Problem(path.name, None, None, None, f"a question is open ({text})", fix) for text in asked]
        )
    return intake.files


def story_intake(path: Path, answers: Answers = Answers()) -> Intake:  # noqa: B008 - it is frozen
    """Return the files of a story with what was found out about them and what is asked; of a folder nothing is asked.

    Raises
    ------
    DatasetError
        When nothing can be opened, whatever is answered.
    """
    if path.is_dir() or not path.exists():
        return Intake(folder_files(path))
    content = read_bytes(path, MAX_UPLOAD_MB)
    if isinstance(content, Problem):
        raise DatasetError([content])
    return take_in([Upload(path.name, content)], answers)


def open_story(
    files: StoryFiles, geocoder: Geocoder, *, keep: bool = False, say: Callable[[str], object] = silent
) -> Story:
    """Read a story and find its places.

    Parameters
    ----------
    keep
        As ``tables.read_files`` has it; also whether the geocoder's answers may be kept in the user's cache folder.
    say
        As ``tables.read_files`` has it.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    tables = read_files(files, keep=keep, say=say)
    say(f"Finding {len(tables.locations):,} places…")
    # Of files that something was left out of, the digest alone doesn't say what is in the tables.
    kept = keep and not files.problems and len(tables.claims) > LARGE
    arrays = partial(kept_arrays, tables.digest) if kept else _as_made
    return with_places(tables, resolve_sites(tables.locations, Cached(geocoder) if keep else geocoder), arrays)


def with_places(tables: Tables, resolution: Resolution, keep: Keep = _as_made) -> Story:
    """Return the story of tables whose places were already looked for."""
    return Story(
        tables=tables,
        sites=resolution.sites,
        candidates=resolution.candidates,
        doubts=resolution.doubts,
        problems=(*tables.problems, *resolution.problems),
        keep=keep,
    )


def select_claims(story: Story, selection: Selection) -> pd.DataFrame:
    """Return what becomes of each claim under a selection: ``verdict`` and ``place``, as ``selection.select`` does."""
    return select(story.tables.claims, story.bounds, story.publishers, story.matches, story.placed, selection)


def search(story: Story, words: str) -> npt.NDArray[np.bool_]:
    """Return for each claim whether it has all the words, by row position."""
    return story.matches(terms(words))


def map_payload(story: Story, basemap: str, *, shareable: bool = True) -> str:
    """Return all that the story view draws, as base64.

    Parameters
    ----------
    basemap
        Address from which the page fetches the base map.
    shareable
        Whether an address of the page shows others what its reader sees: not where the story is the reader's own copy.
    """
    head = Head(story.tables.title, basemap, shareable)
    return whole_payload(head, viewed(story, np.arange(len(story.cards))), story.cards.all(), story.rests_on)


def viewed(story: Story, order: npt.NDArray[np.int64]) -> ViewedStory:
    """Return the parts of a story that its view draws; ``order`` holds its claims' row positions, by their numbers."""
    return ViewedStory(story.tables.claims, story.bounds, story.rivals, story.publishers, story.sites, order)
