"""The tab that tells readers what was changed in a story, when, and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.changes import COMPARED, differing_words, row_words
from geo.dates import ImpreciseDate
from geo.errors import ImpreciseDateError
from geo.schema import ADDED, CHANGED, CHANGES, CLAIMS, LOCATIONS, SEPARATOR, SOURCES, WITHDRAWN, YES, Kind
from geo.ui.folder_frames import JOIN, with_more
from geo.ui.tables import show_table
from geo.wording import MODALITY_WORDS, date_words, quantity_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.tables import Tables

NOT_STATED = "not stated"

_ROW_OF = {CLAIMS.name: "claim", SOURCES.name: "document", LOCATIONS.name: "place"}
_CHANGE_WORDS = {ADDED: "added", WITHDRAWN: "withdrawn", CHANGED: "corrected"}
# As the other tabs call them.
COLUMN_WORDS = {
    "name": "Name",
    "query": "Asked of the gazetteer",
    "country_code": "Country",
    "feature_type": "What it is",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "uncertainty_km": "Uncertainty, km",
    "extent": "Extent",
    "coordinate_source": "Where the coordinates are from",
    "gazetteer_id": "Id in the gazetteer",
    "aliases": "Other spellings",
    "note": "Note",
    "title": "Title",
    "publisher": "Publisher",
    "kind": "Kind",
    "published": "Published",
    "url": "Address",
    "archived_url": "Archived copy",
    "derived_from": "Reprints or quotes",
    "language": "Language",
    "statement": "Claim",
    "claimant": "Claimant",
    "claimant_kind": "What the claimant is",
    "source_id": "Document",
    "locations": "Places",
    "origins": "Origins",
    "destinations": "Destinations",
    "event_date": "Happened",
    "event_date_basis": "Basis of that date",
    "reported_date": "Said",
    "reported_date_basis": "Basis of that date",
    "modality": "How asserted",
    "hedge": "Hedge",
    "quantity_min": "Number, at least",
    "quantity_max": "Number, at most",
    "quantity_approximate": "Number is approximate",
    "quantity_unit": "What is counted",
    "quantity_of": "What it counts",
    "mode": "By what means",
    "excerpt": "Source's own words",
    "responds_to": "Responds to",
    "stance": "What it says of them",
}

_COLUMNS = {(table.name, column.name): column for table in COMPARED for column in table.columns}


def changes_frame(tables: Tables) -> pd.DataFrame:
    """Return the story's change log in words, the newest day first; empty where it tells of none."""
    log = tables.changes.sort_values("changed_on", ascending=False, kind="stable")
    names = _names(tables)
    rows = log[["table", "id", "change", "column", "from", "to"]].itertuples(index=False, name=None)
    words = pd.DataFrame(
        [_row_words(names, *row) for row in rows],
        log.index,
        columns=["Change", "Concerns", "Field", "Before", "After"],
        dtype="str",
    )
    words.insert(0, "Day", log["changed_on"].map(date_words).astype("str"))
    return with_more(words.assign(Reason=log["reason"].replace({"": NOT_STATED}), Id=log["id"]), log, CHANGES)


def show_changes(frame: pd.DataFrame) -> None:
    """Show the change log; its caption counts rows of the story's tables, each once however many cells changed."""
    rows = frame.drop_duplicates(["Change", "Id"])["Change"].value_counts()
    said = [
        f"{rows[words]} {row}{'s' if rows[words] > 1 else ''} {what}"
        for row in _ROW_OF.values()
        for what in _CHANGE_WORDS.values()
        if (words := _change_words(row, what)) in rows
    ]
    days = frame["Day"].nunique()
    st.caption(
        f"Changes to this story on {days} {'days' if days > 1 else 'day'}, the newest first: {', '.join(said)}. "
        "Of long texts only the words that differ are shown. A double click on a cell shows all of its text."
    )
    show_table(frame, "Changes")


def _change_words(row: str, what: str) -> str:
    return f"{row.capitalize()} {what}"


def _names(tables: Tables) -> Mapping[str, Mapping[str, str]]:
    """Return by table what each row says in short, by its id; also rows that only the change log knows."""
    names: dict[str, dict[str, str]] = {table.name: {} for table in COMPARED}
    log = tables.changes
    whole = log[log["change"].isin((ADDED, WITHDRAWN))]
    for table, key, was, now in zip(*(whole[name] for name in ("table", "id", "from", "to")), strict=True):
        names[table][key] = was or now
    for table in COMPARED:
        names[table.name] |= row_words(getattr(tables, table.name), table)
    return names


def _row_words(
    names: Mapping[str, Mapping[str, str]], table: str, key: str, what: str, column: str, was: str, now: str
) -> tuple[str, str, str, str, str]:
    """Return what the tab says of one row of the log: the change, what it concerns, the field, before and after."""
    change = _change_words(_ROW_OF[table], _CHANGE_WORDS[what])
    concerns = names[table].get(key) or key
    if what != CHANGED:
        return change, was or now or concerns, "", "", ""
    before, after = (_cell_words(text, table, column, names) for text in (was, now))
    before, after = differing_words(before, after)
    field = COLUMN_WORDS.get(column, column) if (table, column) in _COLUMNS else column
    return change, concerns, field, before or NOT_STATED, after or NOT_STATED


def _cell_words(text: str, table: str, column_name: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return a cell as the other tabs would say it; as it stands where it isn't what its column holds."""
    column = _COLUMNS.get((table, column_name))
    if column is None:
        return text
    if column.kind is Kind.FLAG:
        return {YES: "yes", "": "no"}.get(text, text)
    if column.kind is Kind.DATE:
        return date_words(text) if _is_date(text) else text
    if column.kind is Kind.NUMBER:
        return _number_words(text)
    parts = list(filter(None, map(str.strip, text.split(SEPARATOR)))) if column.kind is Kind.LIST else [text]
    if column.refers_to:
        parts = [names[column.refers_to].get(part) or part for part in parts]
    if column.choices:
        parts = [MODALITY_WORDS.get(part, part.replace("_", " ")) for part in parts]
    return JOIN.join(parts)


def _is_date(text: str) -> bool:
    try:
        ImpreciseDate.parse(text)
    except ImpreciseDateError:
        return False
    return True


def _number_words(text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return quantity_words(number, number) if math.isfinite(number) else text
