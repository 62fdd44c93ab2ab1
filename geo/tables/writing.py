"""Writing a story so that it reads back the same, and so that a reader never meets half a file."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import DatasetError
from geo.schema import QUOTATIONS, SEPARATOR, TABLES, Kind
from geo.tables.cells import YES
from geo.tables.package import PACKAGE_FILE, data_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from geo.schema import Table
    from geo.tables.story import Tables


def write_story(tables: Tables, folder: Path) -> None:
    """Write the story's tables and ``datapackage.json``; what else that file says is kept.

    Raises
    ------
    DatasetError
        When the story has problems: the rows that were left out would be lost.
    OSError
        When a file cannot be written; those not yet written stay as they were.
    """
    if tables.problems:
        raise DatasetError(tables.problems)
    folder.mkdir(parents=True, exist_ok=True)
    written = TABLES if tables.quotations.empty else (*TABLES, QUOTATIONS)
    for table in written:
        write_table(getattr(tables, table.name), table, folder / table.file)
    path = folder / PACKAGE_FILE
    package = _existing_package(path) | data_package(tables.title, tables.description, written)
    _replace(path, json.dumps(package, ensure_ascii=False, indent=2) + "\n")


def write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write one table as CSV in UTF-8: schema's columns, then the frame's own, lines ended by LF.

    Raises
    ------
    OSError
        When the file cannot be written; it then stays as it was.
    """
    written = {column.name: _FORMATS.get(column.kind, _text) for column in table.columns}
    written |= {name: _text for name in frame.columns if name not in written}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(written)
    writer.writerows(zip(*(map(form, frame[name].tolist()) for name, form in written.items()), strict=True))
    _replace(path, text.getvalue())


def _text(value: str) -> str:
    # The csv module doesn't quote a lone CR, and the reader takes every line break for LF.
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def _number(value: float) -> str:
    """Return the shortest digits that read as the same number, without an exponent; blank for NaN."""
    return "" if np.isnan(value) else np.format_float_positional(value, trim="-")


_FORMATS: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: _number,
    Kind.FLAG: lambda value: YES if value else "",
    Kind.LIST: SEPARATOR.join,
    Kind.EXTENT: lambda value: " ".join(map(_number, value)),
}


def _existing_package(path: Path) -> dict[str, Any]:
    try:
        package = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}


def _replace(path: Path, text: str) -> None:
    """Put the text in the file's place at once, with the old file's permissions."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
