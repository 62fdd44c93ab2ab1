"""Writing coordinates into ``locations.csv``, and touching nothing else there."""

from __future__ import annotations

import codecs
import csv
import io
import os
import secrets
import shutil
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import DatasetError, Problem
from geo.schema import LOCATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Pin(NamedTuple):
    """The four cells by which a location is pinned; coordinates in decimal degrees."""

    latitude: float
    longitude: float
    coordinate_source: str
    gazetteer_id: str


def write_pins(path: Path, pins: Mapping[str, Pin]) -> None:
    """Write each location's pin into its row, adding columns that are missing; replace the file at once.

    Works on the file's own cells, for the checked table lacks the rows that have problems and the spelling of
    the numbers. Cells keep their text, rows and columns their order; a byte order mark and the kind of line
    ends stay. ``coordinate_source`` and ``gazetteer_id`` are written only where they are blank.

    Parameters
    ----------
    pins
        By location id; a row that already has coordinates is left as it is.

    Raises
    ------
    DatasetError
        When a location has no row of its own any more, or not the number of cells that the header has.
    OSError
        When the file cannot be read or written; it then stays as it was.
    """
    content = path.read_bytes()
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.decode("utf-8-sig")
    records = list(csv.reader(io.StringIO(text, newline="")))
    header = [name.strip() for name in records[0]]
    added = [name for name in Pin._fields if name not in header]
    columns = {name: (header + added).index(name) for name in (LOCATIONS.id_column, *Pin._fields)}
    rows: dict[str, list[list[str]]] = {}
    for record in records[1:]:
        if len(record) == len(header):
            rows.setdefault(record[columns[LOCATIONS.id_column]].strip(), []).append(record)
    problems = [_lost(location_id) for location_id in pins if len(rows.get(location_id, ())) != 1]
    if problems:
        raise DatasetError(problems)

    records[0] += added
    for record in records[1:]:
        if len(record) == len(header):
            record += [""] * len(added)
    for location_id, pin in pins.items():
        _fill(rows[location_id][0], columns, pin)
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n" if "\r\n" in text else "\n").writerows(records)
    _replace(path, mark + written.getvalue().encode())


def _fill(record: list[str], columns: Mapping[str, int], pin: Pin) -> None:
    if record[columns["latitude"]].strip() or record[columns["longitude"]].strip():
        return
    for name, value in pin._asdict().items():
        if not record[columns[name]].strip():
            record[columns[name]] = str(value)


def _lost(location_id: str) -> Problem:
    fix = "Somebody may be editing the file: try again, and give each location one row."
    reason = "has no row of its own"
    return Problem(LOCATIONS.file, None, LOCATIONS.id_column, location_id, reason, fix)


def _replace(path: Path, content: bytes) -> None:
    """Put the content in the file's place at once, with the old file's permissions."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
