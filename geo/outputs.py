"""Use cases: take a story out, as what a selection lets through for an exporter, or whole as a web page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.dates import Overlap
from geo.export import Extract
from geo.gazetteer import Offline, Resolution
from geo.maps import BASEMAP_INSIDE, INDEX
from geo.maps import published_page as page_of
from geo.provenance import ancestry, documents
from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.selection import FILTERED, PLACE_COLUMNS, Selection, counts
from geo.selection_words import selection_words
from geo.stories import Story, map_payload, select_claims, with_places
from geo.story_parts import folder_of_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from geo.card import Card

MOST_INSIDE = 5_000  # claims that a published page holds itself
_GEONAMES = "GeoNames"  # how the ids of its places begin


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
        cards=tuple(_heard(card, unheard) for card in story.cards.of(np.flatnonzero(passes).tolist())),
        verdicts=tuple(kept["verdict"]),
        known=tuple(kept["known"]),
    )


def _with_ids(frame: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """Return the rows that have one of the ids in their first column."""
    return frame[frame.iloc[:, 0].isin(set(ids))]


def _heard(card: Card, unheard: frozenset[str]) -> Card:
    """Return the card without the responses that were made only after the day asked."""
    return replace(card, responses=tuple(other for other in card.responses if other.claim_id not in unheard))


def selected_page(story: Story, selection: Selection) -> str:
    """Return what a selection lets through as a web page, which then holds nothing else; its title says so.

    What a claim says of claims that don't pass is not in the page either: there is nothing there to open.
    """
    found = extract(story, selection)
    if not found.asked:
        return published_page(story)
    kept = set(found.claims["claim_id"])
    responds_to = found.claims["responds_to"].map(lambda ids: tuple(each for each in ids if each in kept))
    stance = found.claims["stance"].where(responds_to.astype(bool), "")
    tables = replace(
        story.tables,
        claims=found.claims.assign(responds_to=responds_to, stance=stance),
        sources=found.sources,
        locations=found.locations,
        quotations=found.quotations,
        changes=found.changes,
        title=f"{found.title} ({found.selection})",
    )
    return published_page(with_places(tables, Resolution(found.sites, (), {}, {})))


def published_page(story: Story) -> str:
    """Return a story as one web page that needs no other file, no network and no server."""
    tables = story.tables
    return page_of(tables.title, tables.description, map_payload(story, BASEMAP_INSIDE), story.cards.all())


def publish(story: Story) -> Iterator[tuple[str, str]]:
    """Yield the files of a web folder by name and text: the page, before it what stands beside that of a big story."""
    if len(story.tables.claims) <= MOST_INSIDE:
        yield INDEX, published_page(story)
    else:
        yield from folder_of_parts(story)
