"""A sheet of cells as text, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.errors import DatasetError, Problem
from geo.intake.limits import MAX_CELL_LENGTH, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NUL = ("holds a NUL character", "Delete it, or write the cell anew.")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, without the white space around them.

    Attributes
    ----------
    file
        Name of the file, as it came.
    rows
        By the row's number as a spreadsheet counts; blank rows are not in it, nor blank cells at a row's end.
    broken
        Rows that can't be used, each with what is wrong.
    sheet, sheets
        Of a workbook: the sheet that was read, and all of them.
    encoding, delimiter
        Of a text, in words.
    sees_types
        Whether the file tells dates from numbers and texts, as a workbook does.
    days_before
        What to add to a day number of the file to have one of the calendar of 1900.
    """

    file: str
    rows: Mapping[int, Sequence[str]]
    broken: Mapping[int, Problem] = field(default_factory=dict)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    days_before: int = 0
    notes: tuple[str, ...] = ()


def refusal(file: str, reason: str, fix: str, row: int | None = None) -> DatasetError:
    """Return the error that ends the intake: of this file nothing can be opened."""
    return DatasetError([Problem(file, row, None, None, reason, fix)])


def collect(
    file: str, records: Iterable[tuple[int, Sequence[str] | Problem]]
) -> tuple[dict[int, Sequence[str]], dict[int, Problem]]:
    """Return the rows that hold anything, and those that can't be used; both by number.

    Raises
    ------
    DatasetError
        When there is more than the limits allow.
    """
    rows: dict[int, Sequence[str]] = {}
    broken: dict[int, Problem] = {}
    cells = 0
    for number, record in records:
        if isinstance(record, Problem):
            broken[number] = record
            continue
        texts = [text.strip() for text in record]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MAX_COLUMNS:
            raise refusal(
                file, f"the row has more than {MAX_COLUMNS} columns", "Keep the columns that the story needs.", number
            )
        if (problem := _bad_cell(file, number, texts)) is not None:
            broken[number] = problem
            continue
        rows[number] = texts
        cells += len(texts)
        if len(rows) > MAX_ROWS + 1:  # one is the headings
            raise refusal(file, f"the table has more than {MAX_ROWS:,} rows", "Divide it into several stories.")
        if cells > MAX_CELLS:
            raise refusal(
                file, f"the table has more than {MAX_CELLS:,} cells", "Keep the columns that the story needs."
            )
    return rows, broken


def _bad_cell(file: str, number: int, texts: Sequence[str]) -> Problem | None:
    for position, text in enumerate(texts, 1):
        if "\0" in text:
            return Problem(file, number, f"column {position}", text, *NUL)
        if len(text) > MAX_CELL_LENGTH:
            reason = f"is a cell of {len(text):,} characters, more than {MAX_CELL_LENGTH:,}"
            return Problem(file, number, f"column {position}", text, reason, "Shorten it, or divide it.")
    return None
