"""What the page says of a story's documents, places and files."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from geo.gazetteer import Doubt
from geo.schema import LOCATIONS, OPTIONAL_TABLES, SOURCES, TABLES
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

    from geo.schema import Table
    from geo.stories import Story

JOIN = "; "
NOT_SETTLED = "place not settled"


def document_names(sources: pd.DataFrame) -> Mapping[str, str]:
    """Return a short name for each document by its id: who issued what, and its title where that fits several."""
    titles = sources["title"].where(sources["title"] != "", sources["source_id"])
    kinds = (" (" + sources["kind"] + ")").where(sources["kind"] != "", "")
    names = (sources["publisher"] + kinds).where(sources["publisher"] != "", titles)
    names = names.where(~names.duplicated(keep=False), names + ": " + titles)
    return dict(zip(sources["source_id"], names, strict=True))


def documents_frame(sources: pd.DataFrame, names: Mapping[str, str], claims: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return the documents by id, each with those that it derives from and that derive from it; missing is not known.

    Parameters
    ----------
    names
        As ``document_names`` gives them.
    claims
        How many claims came through each document.
    """
    ids = sources["source_id"]
    quotes = [JOIN.join(names[parent] for parent in parents) for parents in sources["derived_from"]]
    quoted_by = defaultdict[str, list[str]](list)
    for child, parents in zip(ids, sources["derived_from"], strict=True):
        for parent in parents:
            quoted_by[parent].append(names[child])
    frame = pd.DataFrame(
        {
            "Publisher": _known(sources["publisher"]),
            "Title": _known(sources["title"]),
            "Kind": _known(sources["kind"]),
            "Published": _known(sources["published"].map(_date_words)),
            "Claims in all": claims,
            "Reprints or quotes": _known(pd.Series(quotes, ids.index, dtype="str")),
            "Reprinted or quoted by": ids.map({source_id: JOIN.join(quoted_by[source_id]) for source_id in ids}),
            "Address": _known(sources["url"]),
            "Archived copy": _known(sources["archived_url"]),
            "Language": _known(sources["language"]),
            "Note": sources["note"],
        }
    )
    return with_more(frame, sources, SOURCES).set_index(pd.Index(ids))


def places_frame(story: Story, claims: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return every location, settled or not; coordinates in decimal degrees, missing where it is not.

    Parameters
    ----------
    claims
        How many claims name each location.
    """
    locations = story.tables.locations
    sites = story.sites.reindex(locations.index)
    frame = pd.DataFrame(
        {
            "Place": locations["name"],
            "What it is": sites["feature_type"].where(sites["feature_type"].notna(), locations["feature_type"]),
            "Latitude": sites["lat"],
            "Longitude": sites["lon"],
            "Uncertainty, km": locations["uncertainty_km"],
            "How it is known": sites["provenance"].fillna(locations["location_id"].map(_why_nowhere(story))),
            "Claims": claims,
            "Other spellings": locations["aliases"].map(JOIN.join),
            "Note": locations["note"],
        }
    )
    return with_more(frame, locations, LOCATIONS)


def _why_nowhere(story: Story) -> Mapping[str, str]:
    """Return by location id why a place has no coordinates: nobody settled it, or somebody left it off the map."""
    said = zip(story.tables.locations["location_id"], story.tables.locations["coordinate_source"], strict=True)
    return {
        location_id: source if story.doubts[location_id] is Doubt.LEFT_OFF else f"{NOT_SETTLED}, see the problems"
        for location_id, source in said
    }


def files_frame(story: Story) -> pd.DataFrame:
    """Return the files of the folder with their numbers of rows."""
    tables = story.tables
    there = [table for table in (*TABLES, *OPTIONAL_TABLES) if table.file in tables.left_out]
    frames = [getattr(tables, table.name) for table in there]
    return pd.DataFrame(
        {
            "File": [table.file for table in there],
            "Rows in use": [len(frame) for frame in frames],
            "Rows left out": [tables.left_out[table.file] for table in there],
            "Columns of its own": [JOIN.join(_unknown(*pair)) for pair in zip(frames, there, strict=True)],
        }
    )


def _known(column: pd.Series[str]) -> pd.Series[str]:
    """Return the column with its blank cells missing: what isn't stated isn't known."""
    return column.astype("str").where(column != "")


def _date_words(text: str) -> str:
    return date_words(text) if text else ""


def _unknown(frame: pd.DataFrame, table: Table) -> list[str]:
    return [name for name in frame.columns if name not in table.names]


def with_more(words: pd.DataFrame, frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Add what stands in columns that the schema doesn't know, if there are any."""
    unknown = _unknown(frame, table)
    if not unknown:
        return words
    rows = zip(*(frame[name] for name in unknown), strict=True)
    more = [JOIN.join(f"{name}: {cell}" for name, cell in zip(unknown, row, strict=True) if cell) for row in rows]
    return words.assign(More=more)
