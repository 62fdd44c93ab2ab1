"""What goes into the intake and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.story_files import StoryFiles

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = DATE_ORDERS = ("day first", "month first", "year first")
BY_NAME, BY_CONTENT, CHOSEN = "by its name", "by its content", "chosen"


class Upload(NamedTuple):
    """A file as it came: the name that its owner gave it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of a table; what is left empty is for the intake to find out.

    Attributes
    ----------
    sheet
        Which sheet of a workbook.
    header_row
        Row of the headings, as a spreadsheet counts; of two rows of headings the lower one.
    fields
        By heading, as ``ColumnGuess`` has it, one of ``FIELDS``, or blank to leave it as a column of its own.
    date_order
        One of ``DATE_ORDERS``: how to read 03/04/2024.
    """

    sheet: str = ""
    header_row: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What must be answered before a table can be opened.

    Attributes
    ----------
    field
        What is asked about: ``date_order``, ``sheet`` or one of ``FIELDS``.
    text
        The question, in our own words.
    choices
        What may be answered, in our own words; empty where a column is to be named.
    examples
        Cells, headings or names of sheets that it is about: text from the file, hostile.
    """

    field: str
    text: str
    choices: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column of a table was taken for.

    Attributes
    ----------
    heading
        As in the file, each once: a second ``Source`` is ``Source (2)``, a blank one ``column 4``. Hostile text.
    field
        One of ``FIELDS``; blank for a column that is kept as it is.
    why
        ``BY_NAME``, ``BY_CONTENT``, ``CHOSEN``; blank for a column that is kept as it is.
    sample
        The first cells that are not blank. Hostile text.
    """

    heading: str
    field: str
    why: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableGuess:
    """What a single table was taken for.

    Attributes
    ----------
    file, sheet, sheets
        Its name; for a workbook the sheet that was read, and all that there are.
    header_row
        Row of the headings, as a spreadsheet counts.
    encoding, delimiter
        In words; blank for a workbook.
    rows
        Rows below the headings that hold data.
    date_order
        One of ``DATE_ORDERS``; blank where it doesn't matter or isn't known.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    encoding: str
    delimiter: str
    columns: tuple[ColumnGuess, ...]
    rows: int
    date_order: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the files that somebody brought.

    Attributes
    ----------
    files
        The story; None while one of the questions stands in the way.
    table
        What a single table was taken for; None where the files were a story's own.
    questions
        What must be answered first.
    notes
        What was found out on the way, in our own words alone: no text from the files.
    """

    files: StoryFiles | None
    table: TableGuess | None = None
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
