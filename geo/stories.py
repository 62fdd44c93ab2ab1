"""Use cases: open a story, place its sites, and say what a selection lets through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.accounts import Rivals, accounts, rivals
from geo.dossier import Cards
from geo.errors import DatasetError, Problem
from geo.gazetteer import resolve_sites
from geo.intake import MAX_UPLOAD_MB, Answers, Intake, Upload, take_in
from geo.maps import Head, ViewedStory, whole_payload
from geo.provenance import reported_bounds, rests_on
from geo.search_index import haystack
from geo.searching import matcher
from geo.selection import EVENT, REPORTED, Selection, has_place, select, terms
from geo.tables import Tables, folder_files, read_bytes, read_files
from geo.timeline import day_bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import numpy.typing as npt
    import pandas as pd

    from geo.gazetteer import Candidate, Doubt, Geocoder, Resolution
    from geo.story_files import StoryFiles


@dataclass(frozen=True, slots=True)
class Story:
    """A story that is open: its tables, where its places are, and what is computed once from both.

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
    cards
        What each claim's card shows, in the order of the claims.
    bounds
        First and last possible day of each claim by each of the ``selection.CLOCKS``.
    rivals
        Which claims speak of the same thing, and what stands against each.
    rests_on
        For each claim the documents it goes back to, as ``provenance.rests_on`` gives them.
    publishers, placed
        Columns with the index of ``tables.claims``, as ``bounds`` has it, which every selection asks.
    matches
        Says of each claim whether its texts hold all of some terms; what that takes is made with the first search.
    """

    tables: Tables
    sites: pd.DataFrame
    candidates: Mapping[str, tuple[Candidate, ...]]
    doubts: Mapping[str, Doubt]
    problems: tuple[Problem, ...]
    cards: Cards
    bounds: Mapping[str, pd.DataFrame]
    rivals: Rivals
    rests_on: pd.Series
    publishers: pd.Series[str]
    matches: Callable[[Iterable[str]], npt.NDArray[np.bool_]]
    placed: pd.Series[bool]


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


def open_story(files: StoryFiles, geocoder: Geocoder, *, keep: bool = False) -> Story:
    """Read a story and find its places.

    Parameters
    ----------
    keep
        As ``tables.read_files`` has it.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    tables = read_files(files, keep=keep)
    return with_places(tables, resolve_sites(tables.locations, geocoder), keep=keep)


def with_places(tables: Tables, resolution: Resolution, *, keep: bool = False) -> Story:
    """Return the story of tables whose places were already looked for; ``keep`` as in ``open_story``."""
    placed_ids = frozenset(resolution.sites["location_id"])
    claims, sources, locations = tables.claims, tables.sources, tables.locations
    event = day_bounds(claims["event_date"])
    return Story(
        tables=tables,
        sites=resolution.sites,
        candidates=resolution.candidates,
        doubts=resolution.doubts,
        problems=(*tables.problems, *resolution.problems),
        cards=Cards(claims, sources, locations, placed_ids, tables.quotations),
        bounds={EVENT: event, REPORTED: reported_bounds(claims, sources)[["earliest", "latest"]]},
        rivals=rivals(claims, accounts(claims, event)),
        rests_on=rests_on(claims, sources),
        publishers=claims["source_id"].map(sources.set_index("source_id")["publisher"]),
        matches=matcher(tables, keep=keep),
        placed=has_place(claims, placed_ids),
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
    head, tables = Head(story.tables.title, basemap, shareable), story.tables
    return whole_payload(
        head,
        viewed(story, np.arange(len(story.cards))),
        story.cards.all(),
        story.rests_on,
        haystack(tables.claims, tables.sources, tables.locations),
    )


def viewed(story: Story, order: npt.NDArray[np.int64]) -> ViewedStory:
    """Return the parts of a story that its view draws; ``order`` holds its claims' row positions, by their numbers."""
    return ViewedStory(story.tables.claims, story.bounds, story.rivals, story.publishers, story.sites, order)
