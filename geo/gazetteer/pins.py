"""Coordinates in ``locations.csv``: written into its cells, and nothing else there is touched."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, TypeAlias

from geo.errors import DatasetError, Problem
from geo.notation import number_text
from geo.schema import LOCATIONS

Cells: TypeAlias = Mapping[str, str]  # texts by the column's name
Edit: TypeAlias = Callable[[Cells], Cells]  # from the cells of a row to those of them that change


class Pin(NamedTuple):
    """The four cells by which a location is pinned; coordinates in decimal degrees."""

    latitude: float
    longitude: float
    coordinate_source: str
    gazetteer_id: str


def with_pins(content: bytes, pins: Mapping[str, Pin]) -> bytes:
    """Return ``locations.csv`` with each location's pin in its row, as ``edit_locations`` does it.

    ``coordinate_source`` and ``gazetteer_id`` are written only where they are blank.

    Parameters
    ----------
    pins
        By location id; a row that already has coordinates is left as it is.

    Raises
    ------
    DatasetError
        When a location has no row of its own any more, or not the number of cells that the header has.
    """
    return edit_locations(content, {location_id: partial(_where_blank, pin) for location_id, pin in pins.items()})


def edit_locations(content: bytes, edits: Mapping[str, Edit]) -> bytes:
    """Return ``locations.csv`` with some cells of some rows changed, and columns added where they are missing.

    Works on the file's own cells, for the checked table lacks the rows that have problems and the spelling of
    the numbers. All other cells keep their text, rows and columns their order; a byte order mark and the kind of
    line ends stay.

    Parameters
    ----------
    content
        The file, in UTF-8.
    edits
        By location id; each is given its row without the white space around the cells, with a blank one for each of the
        schema's columns that the file lacks.

    Raises
    ------
    DatasetError
        When a location has no row of its own, or not the number of cells that the header has.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.decode("utf-8-sig")
    records = list(csv.reader(io.StringIO(text, newline="")))
    header = [name.strip() for name in records[0]]
    width = len(header)
    rows: dict[str, list[list[str]]] = {}
    for record in records[1:]:
        if len(record) == width:
            rows.setdefault(record[header.index(LOCATIONS.id_column)].strip(), []).append(record)
    problems = [_lost(location_id) for location_id in edits if len(rows.get(location_id, ())) != 1]
    if problems:
        raise DatasetError(problems)

    changes = {location_id: edit(_cells(header, rows[location_id][0])) for location_id, edit in edits.items()}
    changed = {name for cells in changes.values() for name in cells}
    added = [name for name in LOCATIONS.names if name in changed and name not in header]
    records[0] += added
    for record in records[1:]:
        if len(record) == width:
            record += [""] * len(added)
    for location_id, cells in changes.items():
        for name, value in cells.items():
            rows[location_id][0][(header + added).index(name)] = value
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(records)
    return mark + written.getvalue().encode()


def _cells(header: list[str], record: list[str]) -> dict[str, str]:
    # of a repeated column the first one counts
    named = dict(zip(reversed(header), map(str.strip, reversed(record)), strict=True))
    return dict.fromkeys(LOCATIONS.names, "") | named


def _where_blank(pin: Pin, row: Cells) -> Cells:
    if row["latitude"] or row["longitude"]:
        return {}
    cells = {
        "latitude": number_text(pin.latitude),
        "longitude": number_text(pin.longitude),
        "coordinate_source": pin.coordinate_source,
        "gazetteer_id": pin.gazetteer_id,
    }
    return {name: value for name, value in cells.items() if not row[name]}


def _lost(location_id: str) -> Problem:
    fix = "Somebody may be editing the file: try again, and give each location one row."
    reason = "has no row of its own"
    return Problem(LOCATIONS.file, None, LOCATIONS.id_column, location_id, reason, fix)
