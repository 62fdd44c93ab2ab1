"""From text to a sheet: header and records of one CSV file; what the cells mean is not asked yet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import Problem
from geo.suggestions import Suggestions
from geo.tables.files import MAX_FILE_MB, SAVE_AS, decode
from geo.tables.well_formed import well_formed_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.schema import Table

    Texts: TypeAlias = pd.api.extensions.ExtensionArray

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


@dataclass(frozen=True, slots=True)
class _Cells:
    """What stands in a file: header, and by column the cells of the rows that are records and not blank."""

    header: list[str]
    index: pd.Index[int]
    columns: list[Texts]
    broken: Mapping[int, str]
    problems: list[Problem]


def read_sheet(content: bytes, table: Table) -> tuple[Sheet | None, list[Problem]]:
    """Return the sheet of a file, None where it has no usable header, and all that is wrong with its form."""
    cells = _well_formed_cells(content)
    if cells is not None and _unusable_header(cells.header, table) is None:
        return _sheet_of(cells, table)
    text = decode(table.file, content)
    return (None, [text]) if isinstance(text, Problem) else read_text(text, table)


def read_text(text: str, table: Table) -> tuple[Sheet | None, list[Problem]]:
    """Return the sheet of a text, as ``read_sheet`` does: record by record, whatever its form."""
    read = (record for record, _ in records(text.replace("\r\n", "\n").replace("\r", "\n")))
    header = [name.strip() for name in next(read, None) or ()]
    unusable = _unusable_header(header, table)
    if unusable is not None:
        return None, [unusable]
    return _sheet_of(_exact_cells(read, header, table, has_nul="\0" in text), table)


def _well_formed_cells(content: bytes) -> _Cells | None:
    found = well_formed_columns(content)
    if found is None:
        return None
    # in one piece each, since pandas is slow with many
    texts = [pc.utf8_trim_whitespace(column.slice(1).combine_chunks()) for column in found]
    index = pd.RangeIndex(HEADER_ROW + 1, HEADER_ROW + 1 + len(texts[0])).astype("int64").rename("row")
    may_be_blank = np.flatnonzero(pc.equal(texts[0], "").to_numpy(zero_copy_only=False))
    if len(may_be_blank):  # spreadsheets leave blank rows behind
        cells = [pc.equal(column.take(pa.array(may_be_blank)), "") for column in texts]
        is_blank = np.logical_and.reduce([cell.to_numpy(zero_copy_only=False) for cell in cells])
        kept = np.delete(np.arange(len(index)), may_be_blank[is_blank])
        index, texts = index[kept], [column.take(pa.array(kept)) for column in texts]
    header = [column[0].as_py().strip() for column in found]
    return _Cells(header, index, [_texts(column) for column in texts], {}, [])


def _texts(column: pa.Array) -> Texts:
    texts: Texts = pd.array(column, dtype="str")
    return texts


def _exact_cells(read: Iterator[list[str] | None], header: list[str], table: Table, *, has_nul: bool) -> _Cells:
    width = len(header)
    problems: list[Problem] = []
    rows: list[int] = []
    cells: list[str] = []  # of all rows, one after another: a list for each row would keep the garbage collector busy
    broken: dict[int, str] = {}
    for row, record in enumerate(read, HEADER_ROW + 1):
        if record is not None and not any(map(str.strip, record)):
            continue  # spreadsheets leave blank rows behind
        if record is not None and len(record) == width and not (has_nul and "\0" in "".join(record)):
            rows.append(row)
            cells += record
        else:
            problems.append(Problem(table.file, row, None, None, *_trouble(record, width)))
            broken[row] = record[0].strip() if record else ""
    index = pd.Index(rows, dtype="int64", name="row")
    texts = [pc.utf8_trim_whitespace(pa.array(cells[position::width], pa.large_string())) for position in range(width)]
    return _Cells(header, index, [_texts(column) for column in texts], broken, problems)


def _sheet_of(cells: _Cells, table: Table) -> tuple[Sheet, list[Problem]]:
    columns: dict[str, Texts] = {}
    problems = cells.problems
    for position, (name, column) in enumerate(zip(cells.header, cells.columns, strict=True)):
        if name:
            columns.setdefault(name, column)  # of a repeated column the first one counts
        elif any(column.tolist()):
            reason = f"column {position + 1} has no name and is not read"
            fix = "Write its name into the first row, or clear the column."
            problems.append(Problem(table.file, HEADER_ROW, None, None, reason, fix))
    problems += _header_problems(cells.header, table)
    return _sheet(table, cells.index, columns, cells.broken), problems


def empty_sheet(table: Table) -> Sheet:
    """Return what stands in for a file that cannot be read: no row, and every column absent."""
    return _sheet(table, pd.Index([], dtype="int64", name="row"), {}, {})


def _sheet(
    table: Table,
    index: pd.Index[int],
    columns: Mapping[str, Texts],
    broken: Mapping[int, str],
) -> Sheet:
    blank = _texts(pa.repeat(pa.scalar("", pa.large_string()), len(index)))
    order = [*table.names, *(name for name in columns if name not in table.names)]
    texts = pd.DataFrame({name: columns.get(name, blank) for name in order}, index)
    return Sheet(table, texts, frozenset(table.names) - columns.keys(), broken)


def records(text: str) -> Iterator[tuple[list[str] | None, str]]:
    """Yield the records of a CSV text, each with the text it was read from.

    A line whose quotation marks don't pair is no record but None. Line breaks are LF.
    """
    csv.field_size_limit(MAX_FILE_MB * 1_000_000)  # the file's size is limited already
    lines = io.StringIO(text, newline="\n")
    reader = csv.reader(lines, strict=True)
    start = 0
    while start < len(text):
        try:
            for record in reader:
                end = lines.tell()
                yield record, text[start:end]
                start = end
        except csv.Error:
            lines.seek(start)  # go on below the bad line: an open quotation mark shall not swallow the rest
            line = lines.readline()
            yield None, line
            start = lines.tell()


def _trouble(record: list[str] | None, width: int) -> tuple[str, str]:
    """Return reason and fix for a record that doesn't fit under the header."""
    if record is None:
        fix = 'Put a cell that holds quotation marks between two of them, and double those inside: "a ""b"" c".'
        return "a quotation mark in the row has no partner or stands in the wrong place", fix
    if len(record) == width:
        return "the row holds a NUL character", "Delete it, or write the row anew."
    many = len(record) > width
    reason = f"the row has {len(record)} cells, {'more' if many else 'fewer'} than the header's {width}"
    often = "put a cell that holds a comma between quotation marks" if many else "blank cells need their commas too"
    return reason, f"Give it {width} cells; {often}."


def _unusable_header(header: list[str], table: Table) -> Problem | None:
    """Return a problem where the first row names none of the table's columns."""
    if not set(header).isdisjoint(table.names):
        return None
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if not set("".join(header).replace('"', "").split(separator)).isdisjoint(table.names):
            return Problem(table.file, None, None, None, f"its cells are separated by {name}", f"{SAVE_AS}.")
    reason, fix = "the first row names none of the table's columns", f"Write there: {', '.join(table.names)}."
    return Problem(table.file, HEADER_ROW, None, None, reason, fix)


def _header_problems(header: list[str], table: Table) -> Iterator[Problem]:
    """Yield repeated and missing columns."""
    for name, times in Counter(filter(None, header)).items():
        if times == 1:
            continue
        reason = f"the column stands there {times} times; only the first, column {header.index(name) + 1}, is read"
        yield Problem(table.file, HEADER_ROW, name, None, reason, "Keep one of them, or rename the others.")
    suggestions = Suggestions(name for name in header if name not in table.names)
    for missing in table.columns:
        if missing.name not in header:
            near = suggestions.sentence(missing.name)
            fix = "Add it." if missing.required else "Add it; its cells may stay blank."
            yield Problem(table.file, None, missing.name, None, "the column is missing", near + fix)
