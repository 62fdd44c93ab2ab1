"""Use cases: open a story, place its sites, say what a selection lets through, and take that out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.accounts import Rivals, accounts, rivals
from geo.dates import Overlap
from geo.dossier import Card, cards, haystack
from geo.export import Extract
from geo.gazetteer import Offline, resolve_sites
from geo.maps import BASEMAP_INSIDE, INDEX, encode_payload
from geo.maps import published_folder as folder_of_page
from geo.maps import published_page as page_of
from geo.provenance import ancestry, documents, reported_bounds, rests_on
from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.selection import EVENT, FILTERED, PLACE_COLUMNS, REPORTED, Selection, counts, has_place, select
from geo.selection_words import selection_words
from geo.tables import Tables, read_files
from geo.timeline import day_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.errors import Problem
    from geo.gazetteer import Candidate, Geocoder
    from geo.story_files import StoryFiles

_GEONAMES = "GeoNames"  # how the ids of its places begin


MOST_INSIDE = 5_000  # claims that a published page holds itself


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
    publishers, haystack, placed
        Columns with the index of ``tables.claims``, as ``bounds`` has it, which every selection asks.
    """

    tables: Tables
    sites: pd.DataFrame
    candidates: Mapping[str, tuple[Candidate, ...]]
    problems: tuple[Problem, ...]
    cards: tuple[Card, ...]
    bounds: Mapping[str, pd.DataFrame]
    rivals: Rivals
    rests_on: pd.Series
    publishers: pd.Series[str]
    haystack: pd.Series[str]
    placed: pd.Series[bool]


def open_story(files: StoryFiles, geocoder: Geocoder) -> Story:
    """Read a story and find its places.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    tables = read_files(files)
    resolution = resolve_sites(tables.locations, geocoder)
    placed_ids = frozenset(resolution.sites["location_id"])
    claims, sources, locations = tables.claims, tables.sources, tables.locations
    event = day_bounds(claims["event_date"])
    return Story(
        tables=tables,
        sites=resolution.sites,
        candidates=resolution.candidates,
        problems=(*tables.problems, *resolution.problems),
        cards=cards(claims, sources, locations, placed_ids, tables.quotations),
        bounds={EVENT: event, REPORTED: reported_bounds(claims, sources)[["earliest", "latest"]]},
        rivals=rivals(claims, accounts(claims, event)),
        rests_on=rests_on(claims, sources),
        publishers=claims["source_id"].map(sources.set_index("source_id")["publisher"]),
        haystack=haystack(claims, sources, locations),
        placed=has_place(claims, placed_ids),
    )


def select_claims(story: Story, selection: Selection) -> pd.DataFrame:
    """Return what becomes of each claim under a selection: ``verdict`` and ``place``, as ``selection.select`` does."""
    return select(story.tables.claims, story.bounds, story.publishers, story.haystack, story.placed, selection)


def map_payload(story: Story, basemap: str, *, shareable: bool = True) -> str:
    """Return all that the story view draws, as base64.

    Parameters
    ----------
    basemap
        Address from which the page fetches the base map.
    shareable
        Whether an address of the page shows others what its reader sees: not where the story is the reader's own copy.
    """
    return encode_payload(
        title=story.tables.title,
        basemap=basemap,
        shareable=shareable,
        claims=story.tables.claims,
        bounds=story.bounds,
        rivals=story.rivals,
        rests_on=story.rests_on,
        publishers=story.publishers,
        haystack=story.haystack,
        sites=story.sites,
        cards=story.cards,
    )


def extract(story: Story, selection: Selection) -> Extract:
    """Return what a selection lets through with all that it refers to, for an exporter."""
    selected, tables = select_claims(story, selection), story.tables
    passes = selected["verdict"] != FILTERED
    claims, kept = tables.claims[passes], selected[passes]
    sources, locations, changes = tables.sources, tables.locations, tables.changes
    if not passes.all():
        lines = ancestry(documents(sources))
        sources = _with_ids(sources, (each for read_in in claims["source_id"] for each in lines[read_in]))
        locations = _with_ids(locations, (each for name in PLACE_COLUMNS for named in claims[name] for each in named))
        kept_rows = ((CLAIMS, claims), (SOURCES, sources), (LOCATIONS, locations))
        rows = {(table.name, row_id) for table, frame in kept_rows for row_id in frame[table.id_column]}
        changes = changes[[row in rows for row in zip(changes["table"], changes["id"], strict=True)]]
    sites = _with_ids(story.sites, locations["location_id"])
    unheard = frozenset(tables.claims["claim_id"][selected["known"] == Overlap.NONE])
    return Extract(
        title=tables.title,
        description=tables.description,
        licence=tables.licence,
        credits=(Offline.attribution,) if sites["gazetteer_id"].str.startswith(_GEONAMES).any() else (),
        asked=tuple(selection_words(selection)),
        counts=counts(selected),
        claims=claims,
        sources=sources,
        locations=locations,
        quotations=_with_ids(tables.quotations, claims["claim_id"]),
        changes=changes,
        sites=sites,
        cards=tuple(_heard(card, unheard) for card, passing in zip(story.cards, passes, strict=True) if passing),
        verdicts=tuple(kept["verdict"]),
        known=tuple(kept["known"]),
    )


def _with_ids(frame: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """Return the rows that have one of the ids in their first column."""
    return frame[frame.iloc[:, 0].isin(set(ids))]


def _heard(card: Card, unheard: frozenset[str]) -> Card:
    """Return the card without the responses that were made only after the day asked."""
    return replace(card, responses=tuple(other for other in card.responses if other.claim_id not in unheard))


def published_page(story: Story) -> str:
    """Return a story as one web page that needs no other file, no network and no server."""
    tables = story.tables
    return page_of(tables.title, tables.description, map_payload(story, BASEMAP_INSIDE), story.cards)


def publish(story: Story) -> dict[str, str]:
    """Return a story as the files of a web folder, by name: the page, and for a big story its data beside it."""
    if len(story.cards) <= MOST_INSIDE:
        return {INDEX: published_page(story)}
    return folder_of_page(story.tables.title, story.tables.description, map_payload(story, BASEMAP_INSIDE))
