"""Reading back the GeoJSON that this atlas writes: claims from its features, the other tables from ``claim_atlas``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from geo.errors import DatasetError, Problem
from geo.notation import csv_text
from geo.schema import CLAIMS, LOCATIONS, OPTIONAL_TABLES, PACKAGE_FILE, SEPARATOR, SOURCES, YES
from geo.story_files import StoryFiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.schema import Table

FORMAT = 1  # as ``geo.export.geojson`` writes it
_EXPORT_ANEW = (
    "Take a file that 'claim-atlas export --to geojson' or the page's tab Download made, and leave it as it is."
)


def story_from_geojson(name: str, content: bytes) -> StoryFiles:
    """Return the files of the story that was exported.

    What an exported selection left out can't be referred to: a claim's references to such claims are taken out, and
    stand among the problems.

    Parameters
    ----------
    name
        The file's name.

    Raises
    ------
    DatasetError
        When the file is anything else than such an export.
    """
    collection = _collection(name, content)
    tables = collection["claim_atlas"].get("tables")
    if not isinstance(tables, dict):
        _refuse(name, "its member 'claim_atlas' holds no tables")
    claims = [_member(name, feature, "properties") for feature in _list(name, collection.get("features"), "features")]
    problems = _without_what_was_left_out(claims)
    contents = {CLAIMS.file: _csv(name, CLAIMS, tables.get(CLAIMS.name), claims)}
    for table in (LOCATIONS, SOURCES, *OPTIONAL_TABLES):
        if (found := tables.get(table.name)) is not None or table not in OPTIONAL_TABLES:
            rows = _list(name, found.get("rows") if isinstance(found, dict) else None, f"rows of {table.name}")
            contents[table.file] = _csv(name, table, found, rows)
    contents[PACKAGE_FILE] = _package(collection)
    return StoryFiles(_text(collection.get("title")) or name, contents, tuple(problems))


def _collection(name: str, content: bytes) -> dict[str, Any]:
    """Return the whole file; anything but one of our collections ends here."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(name, "the file is not UTF-8")
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        _refuse(name, f"the file is not JSON{where}")
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        _refuse(name, "the file is no GeoJSON FeatureCollection")
    ours = found.get("claim_atlas")
    if not isinstance(ours, dict):
        _refuse(name, "the file doesn't come from this atlas: it has no member 'claim_atlas' with sources and places")
    if ours.get("format") != FORMAT:
        _refuse(name, f"its member 'claim_atlas' has not the format {FORMAT}, the only one that can be read")
    return found


def _without_what_was_left_out(claims: Sequence[dict[str, Any]]) -> list[Problem]:
    """Take references to claims that aren't in the file out of the rows, and return which.

    A stance on nothing but such claims goes with them.
    """
    there = {_text(row.get(CLAIMS.id_column)) for row in claims}
    problems = []
    for number, row in enumerate(claims, 2):
        refs = _text(row.get("responds_to")).split(SEPARATOR)
        gone = [("responds_to", ref) for ref in refs if ref and ref not in there]
        if not gone:
            continue
        kept = [ref for ref in refs if ref in there]
        if not kept and (stance := _text(row.get("stance"))):
            gone.append(("stance", stance))
            row["stance"] = None
        row["responds_to"] = SEPARATOR.join(kept)
        reason = "is, or is about, a claim that the exported selection left out, so it is left out too"
        fix = "Export the whole story to keep it."
        problems += [Problem(CLAIMS.file, number, column, value, reason, fix) for column, value in gone]
    return problems


def _csv(name: str, table: Table, described: object, rows: Sequence[object]) -> bytes:
    """Return one table as CSV, of each row the columns that the file says the table has."""
    columns = described.get("columns") if isinstance(described, dict) else None
    known = [column for column in _list(name, columns, f"columns of {table.name}") if isinstance(column, str)]
    if not known or not all(isinstance(row, dict) for row in rows):
        _refuse(name, f"its table {table.name} has no columns, or a row that is none")
    cells = {column: [_cell(row.get(column)) for row in rows if isinstance(row, dict)] for column in known}
    try:
        return csv_text(cells).encode()
    except UnicodeEncodeError:
        _refuse(name, f"its table {table.name} holds half a character, which no text file can")


def _cell(value: object) -> str:
    """Return a cell as the tables have it."""
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, int | float):
        return np.format_float_positional(value, trim="-") if isinstance(value, float) else str(value)
    return _text(value)


def _package(collection: Mapping[str, Any]) -> bytes:
    package: dict[str, Any] = {key: _text(collection.get(key)) for key in ("title", "description")}
    if licence := _text(collection.get("licence")):
        package["licenses"] = [{"title": licence}]
    return json.dumps(package).encode()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _member(name: str, value: object, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    if not isinstance(found, dict):
        _refuse(name, f"one of its features has no {key}")
    return dict(found)


def _list(name: str, value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        _refuse(name, f"it has no list of {what}")
    return value


def _refuse(name: str, reason: str) -> NoReturn:
    raise DatasetError([Problem(name, None, None, None, reason, _EXPORT_ANEW)])
