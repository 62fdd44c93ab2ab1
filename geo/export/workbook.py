"""An Excel workbook: the three tables, dates as dates, and a sheet that says what it is."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from geo.export.xml_text import xml_text
from geo.notation import cell_texts
from geo.schema import CLAIMS, LOCATIONS, SOURCES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from geo.export.exporter import Extract
    from geo.schema import Table

    Value: TypeAlias = str | float | date | None

MAX_CELL = 32_767  # characters, the most that Excel takes and openpyxl silently cuts at
CUT = " … [cut: a cell of a workbook holds no more]"
FIRST_DAY = date(1900, 3, 1)  # before it, Excel's days are off by one or not there
DATE_FORMAT = "yyyy-mm-dd"

_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")
_BOLD = Font(bold=True)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORMULA_SIGNS = ("=", "+", "-", "@")
_ESCAPE_ALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Characters that fit side by side; others are as wide as their heading.
_WIDTHS = {Kind.TEXT: 24, Kind.LIST: 24, Kind.LINK: 36, Kind.DATE: 22, Kind.EXTENT: 26}
_WIDE = {"statement": 60, "excerpt": 60, "note": 60, "title": 40, "quantity_of": 36, "coordinate_source": 40}
_ABOUT = (
    ("What a row of Claims is", "One thing that somebody asserts, in the source that is named: a claim, not a fact."),
    ("A blank cell", "The source doesn't state it. Nothing is guessed."),
    (
        "Dates",
        "Exact days are dates. Imprecise ones are text: 2024-10, 2024-10-08/2024-10-13, '..' for an open end.",
    ),
    ("Numbers", "Numbers that count different things (quantity_of) must not be added."),
    ("Characters", "One that a workbook can't hold is shown by its code, such as \\x07."),
)


def workbook(extract: Extract) -> bytes:
    """Return the file of a workbook.

    References
    ----------
    ECMA-376, Office Open XML File Formats, part 1, section 22.9.2.19 (ST_Xstring).
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_sheet(book, "Claims", extract.claims, CLAIMS, {"in_selection": extract.surely})
    _add_sheet(book, "Sources", extract.sources, SOURCES, {})
    _add_sheet(book, "Places", extract.locations, LOCATIONS, _found(extract))
    _add_about(book, extract)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _found(extract: Extract) -> dict[str, Sequence[Any]]:
    """Return for each place where it is on the map and by what; blank where it isn't settled."""
    sites = [extract.site_of.get(place) for place in extract.locations["location_id"]]
    return {
        "found_latitude": [site and site.lat for site in sites],
        "found_longitude": [site and site.lon for site in sites],
        "found_by": [site and site.provenance for site in sites],
    }


def _add_sheet(book: Workbook, name: str, frame: pd.DataFrame, table: Table, more: Mapping[str, Sequence[Any]]) -> None:
    columns: dict[str, Sequence[Any]] = dict(cell_texts(frame, table))
    kinds = {column.name: column.kind for column in table.columns}
    for column in table.columns:
        if column.kind is Kind.NUMBER:
            columns[column.name] = [None if number != number else number for number in frame[column.name].tolist()]
        elif column.kind is Kind.DATE:
            columns[column.name] = [_day(text) for text in columns[column.name]]
    columns |= {name: cells for name, cells in more.items() if name not in columns}
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(frame) + 1}"
    for number, heading in enumerate(columns, 1):
        width = _WIDE.get(heading) or _WIDTHS.get(kinds.get(heading, Kind.TEXT), 0)
        sheet.column_dimensions[get_column_letter(number)].width = max(width, len(heading[:40]) + 4)
    _write(sheet, 1, columns, font=_BOLD)
    for row, cells in enumerate(zip(*columns.values(), strict=True), 2):
        _write(sheet, row, cells)


def _add_about(book: Workbook, extract: Extract) -> None:
    sheet = book.create_sheet("About")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    lines: Iterable[tuple[str, str]] = (
        ("Story", extract.title),
        ("Description", extract.description),
        ("Selection", extract.selection),
        ("Claims", extract.summary),
        *_ABOUT,
        ("Licence", extract.licence or "not stated"),
        *(("Coordinates", words) for words in extract.credits),
    )
    for row, line in enumerate((line for line in lines if line[1]), 1):
        _write(sheet, row, line)
        sheet.cell(row, 1).font = _BOLD


def _day(text: str) -> date | str:
    """Return an exact day as a date, if Excel has it; else the text."""
    if not _DAY.fullmatch(text):
        return text
    day = date.fromisoformat(text)
    return day if day >= FIRST_DAY else text


def _write(sheet: Worksheet, row: int, values: Iterable[Value], font: Font | None = None) -> None:
    for number, value in enumerate(values, 1):
        if value is not None and value != "":
            cell = sheet.cell(row, number)
            _fill(cast("Cell", cell), value)  # none is merged
            if font:
                cell.font = font


def _fill(cell: Cell, value: Value) -> None:
    """Put a value into a cell; a text is never anything else there: no formula, no error, no number."""
    cell.alignment = _TOP
    if isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"  # openpyxl would take some texts for formulas and errors
        cell.quotePrefix = value.startswith(_FORMULA_SIGNS)
        cell.alignment = _WRAPPED
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = DATE_FORMAT


def _text(text: str) -> str:
    """Return a text as a sheet can hold it, whole or visibly cut."""
    # "_x0041_" is how such a file writes an A: what only looks like that has its first line written so itself.
    safe = _ESCAPE_ALIKE.sub("_x005F_", xml_text(text))
    return safe if len(safe) <= MAX_CELL else safe[: MAX_CELL - len(CUT)] + CUT
