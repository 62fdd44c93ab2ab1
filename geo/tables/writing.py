"""Writing a story so that it reads back the same, and so that a reader never meets half a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.errors import DatasetError
from geo.notation import cell_texts, csv_text
from geo.schema import CHANGES, PACKAGE_FILE, QUOTATIONS, TABLES
from geo.story_files import FILES
from geo.tables.files import replace_file
from geo.tables.package import data_package

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geo.schema import Table
    from geo.story_files import StoryFiles
    from geo.tables.story import Tables


def write_story(tables: Tables, folder: Path) -> None:
    """Write the three tables, the optional ones that have rows, and ``datapackage.json``; what else that says is kept.

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
    if not tables.changes.empty:
        write_table(tables.changes, CHANGES, folder / CHANGES.file)
    path = folder / PACKAGE_FILE
    package = _existing_package(path) | data_package(tables.title, tables.description, written)
    replace_file(path, f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode())


def write_files(files: StoryFiles, folder: Path) -> None:
    """Write a story's files as they are into a new or empty folder, with a ``datapackage.json`` if they have none.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = [table for table in (*TABLES, QUOTATIONS) if table.file in files.contents]
    package = json.dumps(data_package(files.name, "", there), ensure_ascii=False, indent=2) + "\n"
    contents = {PACKAGE_FILE: package.encode("utf-8", "replace")} | dict(files.contents)
    for file in FILES:
        if file in contents:
            replace_file(folder / file, contents[file])


def write_table(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write one table as CSV in UTF-8: schema's columns, then the frame's own, lines ended by LF.

    Raises
    ------
    OSError
        When the file cannot be written; it then stays as it was.
    """
    replace_file(path, csv_text(cell_texts(frame, table)).encode())


def _existing_package(path: Path) -> dict[str, Any]:
    try:
        package = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}
