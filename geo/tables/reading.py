"""From text to a sheet: header and records of one CSV file; what the cells mean is not asked yet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import Problem
from geo.tables.files import MAX_FILE_MB, SAVE_AS
from geo.tables.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.schema import Table

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one file as text, without the white space around them.

    Attributes
    ----------
    texts
        All columns of the schema, then the file's own; the index is the spreadsheet's row number.
    absent
        Columns of the schema that the file doesn't have; they are blank in ``texts``.
    broken
        Rows that are no records, each with its first cell, which may be the id that others refer to.
    """

    table: Table
    texts: pd.DataFrame
    absent: frozenset[str]
    broken: Mapping[int, str]


def read_sheet(text: str, table: Table) -> tuple[Sheet | None, list[Problem]]:
    """Return the sheet, None where the text has no usable header, and all that is wrong with its form."""
    records = _records(text.replace("\r\n", "\n").replace("\r", "\n"))
    header = [name.strip() for name in next(records, None) or ()]
    unusable = _unusable_header(header, table)
    if unusable is not None:
        return None, [unusable]

    problems: list[Problem] = []
    rows: list[int] = []
    cells: list[list[str]] = []
    broken: dict[int, str] = {}
    has_nul = "\0" in text
    for row, record in enumerate(records, HEADER_ROW + 1):
        if record is not None and not any(map(str.strip, record)):
            continue  # spreadsheets leave blank rows behind
        trouble = _trouble(record, len(header), has_nul=has_nul)
        if record is None or trouble is not None:
            reason, fix = trouble or _BAD_QUOTES
            problems.append(Problem(table.file, row, None, None, reason, fix))
            broken[row] = record[0].strip() if record else ""
        else:
            rows.append(row)
            cells.append(record)

    columns = [[cell.strip() for cell in column] for column in zip(*cells, strict=True)] or [[] for _ in header]
    present: dict[str, list[str]] = {}
    for name, column in zip(header, columns, strict=True):
        if name:
            present.setdefault(name, column)  # of a repeated column the first one counts
    problems += _header_problems(header, columns, table)
    return _sheet(table, rows, present, broken), problems


def empty_sheet(table: Table) -> Sheet:
    """Return what stands in for a file that cannot be read: no row, and every column absent."""
    return _sheet(table, [], {}, {})


def _sheet(table: Table, rows: list[int], columns: Mapping[str, list[str]], broken: Mapping[int, str]) -> Sheet:
    index = pd.Index(rows, dtype="int64", name="row")
    blank = [""] * len(rows)
    order = [*table.names, *(name for name in columns if name not in table.names)]
    texts = pd.DataFrame({name: pd.Series(columns.get(name, blank), index, dtype="str") for name in order}, index)
    return Sheet(table, texts, frozenset(table.names) - columns.keys(), broken)


_BAD_QUOTES = (
    "a quotation mark in it has no partner or stands in the wrong place",
    'Put a cell that holds quotation marks between two of them, and double those inside: "he said ""no""".',
)


def _records(text: str) -> Iterator[list[str] | None]:
    """Yield the records of a CSV text; None for a line whose quotation marks don't pair."""
    csv.field_size_limit(MAX_FILE_MB * 1_000_000)  # the file's size is limited already
    lines = io.StringIO(text, newline="\n").readlines()
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[i] for i in range(start, len(lines))), strict=True)
        done = 0
        try:
            for record in reader:
                yield record
                done = reader.line_num
        except csv.Error:
            yield None
            start += done + 1  # go on below the bad line: an open quotation mark shall not swallow the rest
        else:
            return


def _trouble(record: list[str] | None, width: int, *, has_nul: bool) -> tuple[str, str] | None:
    """Return reason and fix where the record doesn't fit under the header."""
    if record is None:
        return _BAD_QUOTES
    if len(record) != width:
        many = len(record) > width
        reason = f"the row has {len(record)} cells, {'more' if many else 'fewer'} than the header's {width}"
        often = "put a cell that holds a comma between quotation marks" if many else "blank cells need their commas too"
        return reason, f"Give it {width} cells; {often}."
    if has_nul and any("\0" in cell for cell in record):
        return "the row holds a NUL character", "Delete it, or write the row anew."
    return None


def _unusable_header(header: list[str], table: Table) -> Problem | None:
    """Return a problem where the first row names none of the table's columns."""
    if not set(header).isdisjoint(table.names):
        return None
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if not set("".join(header).replace('"', "").split(separator)).isdisjoint(table.names):
            return Problem(table.file, None, None, None, f"its cells are separated by {name}", f"{SAVE_AS}.")
    reason, fix = "the first row names none of the table's columns", f"Write there: {', '.join(table.names)}."
    return Problem(table.file, HEADER_ROW, None, None, reason, fix)


def _header_problems(header: list[str], columns: list[list[str]], table: Table) -> Iterator[Problem]:
    """Yield repeated, unnamed and missing columns."""
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        places = ", ".join(str(i + 1) for i, other in enumerate(header) if other == name)
        reason = f"the column stands there {header.count(name)} times ({places}); only the first is read"
        yield Problem(table.file, HEADER_ROW, name, None, reason, "Keep one of them, or rename the others.")
    for position, (name, column) in enumerate(zip(header, columns, strict=True), 1):
        if not name and any(column):
            fix = "Write its name into the first row, or clear the column."
            yield Problem(table.file, HEADER_ROW, None, None, f"column {position} has no name and is not read", fix)
    suggestions = Suggestions(name for name in header if name not in table.names)
    for missing in table.columns:
        if missing.name not in header:
            near = suggestions.sentence(missing.name)
            fix = "Add it." if missing.required else "Add it; its cells may stay blank."
            yield Problem(table.file, None, missing.name, None, "the column is missing", near + fix)
