"""A table as it stands in its file, to be corrected without touching what nobody corrected.

The reader strips, checks and leaves out; here every record is kept, also those that are left out of the map, each with
the text it was read from. A row that isn't edited is written back as that text.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.changes import NAMED_BY, Change
from geo.errors import Problem
from geo.schema import ADDED, CHANGED, WITHDRAWN
from geo.tables.files import decode
from geo.tables.reading import HEADER_ROW, read_text, records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from geo.schema import Table

_FIRST_WORDS = 5  # of a text, that an id is made of
_LONGEST_ID = 48


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file.

    Attributes
    ----------
    number
        As a spreadsheet counts the file that was read; None for a row that was added since.
    cells
        As they stand, white space and all; None where the quotation marks don't pair.
    text
        What the record was read from; blank once a cell was changed.
    """

    number: int | None
    cells: tuple[str, ...] | None
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether the row has nothing but white space in it, as spreadsheets leave behind."""
        return self.cells is not None and not any(map(str.strip, self.cells))


@dataclass(frozen=True, slots=True)
class RawTable:
    """The records of one file in their order.

    Attributes
    ----------
    header
        The first row.
    rows
        All below it, also blank ones and those that are no records of the table.
    """

    table: Table
    header: Row
    rows: tuple[Row, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """Return each column's heading by its key, in the file's order.

        The key is the schema's name for the column, and for one of the file's own its position: ``#7``.
        """
        headings = [cell.strip() for cell in self.header.cells or ()]
        ours = {name: headings.index(name) for name in self.table.names if name in headings}
        keys = {position: name for name, position in ours.items()}
        return {keys.get(position, f"#{position}"): heading for position, heading in enumerate(headings)}

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return for each row its number in the file that was read; rows added since count on from there."""
        known = [row.number for row in self.rows]
        last = max((number for number in known if number is not None), default=HEADER_ROW)
        added = iter(range(last + 1, last + 1 + len(known)))
        return tuple(next(added) if number is None else number for number in known)

    def is_record(self, row: Row) -> bool:
        """Return whether a row has a cell for each column, one of them not blank."""
        return row.cells is not None and len(row.cells) == len(self.header.cells or ()) and not row.is_blank

    def cells_of(self, row: Row) -> dict[str, str]:
        """Return a record's cells by the column's key."""
        return dict(zip(self.columns, row.cells or (), strict=True))

    def texts(self, key: str) -> list[str]:
        """Return a column's cells without the white space around them, of the records alone; blanks for no column."""
        place = dict(zip(self.columns, range(len(self.columns)), strict=True)).get(key)
        records = (row.cells or () for row in self.rows if self.is_record(row))
        return ["" if place is None else cells[place].strip() for cells in records]


def raw_table(content: bytes | None, table: Table) -> RawTable | Problem:
    """Return the table in a file as it stands, an empty one for a file that isn't there; or why it can't be edited."""
    if content is None:
        return RawTable(table, _written(Row(HEADER_ROW, table.names)))
    text = decode(table.file, content)
    if isinstance(text, Problem):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [
        Row(row, None if cells is None else tuple(cells), raw) for row, (cells, raw) in enumerate(records(text), 1)
    ]
    unusable = read_text(found[0].text, table)
    return RawTable(table, found[0], tuple(found[1:])) if unusable[0] else unusable[1][0]


def csv_bytes(raw: RawTable) -> bytes:
    """Return the file in UTF-8 without a byte order mark, lines ended by LF; unchanged rows as they were read."""
    texts = [row.text or _written(row).text for row in (raw.header, *raw.rows)]
    ended = [text if text.endswith("\n") else f"{text}\n" for text in texts[:-1]]
    return "".join([*ended, texts[-1]]).encode("utf-8", "replace")  # half a surrogate pair is no text


def edited(
    raw: RawTable,
    cells: Mapping[int, Mapping[str, str]],
    removed: Collection[int] = (),
    added: Iterable[Mapping[str, str]] = (),
) -> RawTable:
    """Return the table with some cells changed, rows removed, and rows added below.

    Parameters
    ----------
    cells
        By a row's position among ``rows``: new texts by the column's key. A column of the schema that the file
        doesn't have is added to it once it has a text.
    removed
        Positions of rows.
    added
        The cells of each by the column's key; rows of blanks are not added.
    """
    new = [row for row in added if any(map(str.strip, row.values()))]
    filled = {key for row in (*cells.values(), *new) for key, text in row.items() if text.strip()}
    missing = [name for name in raw.table.names if name in filled and name not in raw.columns]
    wide = _widened(raw, missing)
    places = {key: position for position, key in enumerate(wide.columns)}
    rows = [
        _with_cells(row, cells.get(position, {}), places)
        for position, row in enumerate(wide.rows)
        if position not in removed
    ]
    blank = Row(None, ("",) * len(places))
    return replace(wide, rows=(*rows, *(_with_cells(blank, row, places) for row in new)))


def typed_changes(before: RawTable, after: RawTable) -> tuple[tuple[int, Change], ...]:
    """Return what was changed from one state of a table to a later one, each with the number of its row."""
    was = {row.number: row for row in before.rows if before.is_record(row)}
    found = []
    kept = set()
    for number, row in zip(after.numbers, after.rows, strict=True):
        kept.add(row.number)
        if not after.is_record(row) or was.get(row.number) == row:
            continue
        now = after.cells_of(row)
        if row.number in was:
            found += [(number, change) for change in _row_changes(after, before.cells_of(was[row.number]), now)]
        elif row.number is None:
            found.append((number, _whole(after, ADDED, now)))
    found += [
        (number, _whole(before, WITHDRAWN, before.cells_of(row)))
        for number, row in was.items()
        if number is not None and number not in kept
    ]
    return tuple(sorted(found, key=lambda each: each[0]))


def new_problems(
    before: Sequence[Problem], after: Sequence[Problem], edits: Mapping[str, RawTable]
) -> tuple[Problem, ...]:
    """Return the problems that the edits brought, with rows as ``RawTable.numbers`` counts them.

    Parameters
    ----------
    before, after
        What is wrong with the story without the edits, and with them.
    edits
        The edited tables by file.
    """
    numbers = {file: (HEADER_ROW, *raw.numbers) for file, raw in edits.items()}

    def as_read(problem: Problem) -> Problem:
        rows = numbers.get(problem.file)
        return replace(problem, row=rows[problem.row - HEADER_ROW]) if rows and problem.row is not None else problem

    known = set(before)
    return tuple(problem for problem in map(as_read, after) if problem not in known)


def new_id(text: str, taken: Collection[str]) -> str:
    """Return a short name made of the first words of a text, that no other row has; the same for the same text."""
    words = re.findall(r"[^\W_]+", text.casefold())
    stem = "-".join(words[:_FIRST_WORDS])[:_LONGEST_ID].strip("-") or "row"
    return next(name for name in _numbered(stem) if name not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _written(row: Row) -> Row:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row.cells or ())
    return replace(row, text=text.getvalue())


def _widened(raw: RawTable, names: Sequence[str]) -> RawTable:
    if not names:
        return raw
    # Rows with a wrong number of cells keep their wrong number: they shall not become right by accident.
    blanks = ("",) * len(names)
    rows = [
        Row(row.number, (*row.cells, *blanks)) if not (row.cells is None or row.is_blank) else row for row in raw.rows
    ]
    return RawTable(raw.table, Row(HEADER_ROW, (*(raw.header.cells or ()), *names)), tuple(rows))


def _with_cells(row: Row, texts: Mapping[str, str], places: Mapping[str, int]) -> Row:
    cells = list(row.cells or ())
    for key, text in texts.items():
        if key in places:
            cells[places[key]] = text.replace("\r\n", "\n").replace("\r", "\n")  # as the reader takes them
    return row if tuple(cells) == (row.cells or ()) else Row(row.number, tuple(cells))


def _row_changes(raw: RawTable, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    row_id = now.get(raw.table.id_column, "")
    for key, heading in raw.columns.items():
        before, after = was.get(key, ""), now[key]
        if before != after:
            yield Change(raw.table.name, row_id, CHANGED, heading, before, after)


def _whole(raw: RawTable, what: str, cells: Mapping[str, str]) -> Change:
    words = ": ".join(filter(None, (cells.get(name, "") for name in NAMED_BY[raw.table.name])))
    before, after = ("", words) if what == ADDED else (words, "")
    return Change(raw.table.name, cells.get(raw.table.id_column, ""), what, "", before, after)
