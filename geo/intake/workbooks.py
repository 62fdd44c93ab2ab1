"""From a workbook (.xlsx) to the grids of its sheets. Nothing in it is run, and nothing that it links to is opened."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from geo.errors import DatasetError
from geo.intake.archives import read_member
from geo.intake.grid import Grid, collect, refusal
from geo.intake.limits import MAX_COLUMNS

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook import Workbook

    from geo.intake.model import Upload

_LAST_ROW = 1_048_576  # of any sheet in Excel
_ANEW = "Open it in a spreadsheet program and save it anew, or save the sheet as CSV UTF-8."
_DAYS_TO_1904 = 1462  # from the calendar of 1900


def open_workbook(upload: Upload, archive: zipfile.ZipFile) -> Workbook:
    """Return the workbook in an archive that was looked at.

    Raises
    ------
    DatasetError
        When it is none, or its XML declares entities, which may unfold without end.
    """
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            part = read_member(upload.name, archive, name)
            if (
                b"<!DOCTYPE" in part
                or b"<!ENTITY" in part
                or part[:2] in (b"\xff\xfe", b"\xfe\xff")
                or b"\0" in part[:99]
            ):
                raise refusal(upload.name, "the workbook's XML is none that a spreadsheet program writes", _ANEW)
    from openpyxl import load_workbook  # here, for it costs a tenth of a second, and most stories are no workbooks

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no use here
            return load_workbook(io.BytesIO(upload.content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise refusal(upload.name, f"the workbook is broken ({type(error).__name__})", _ANEW) from error


def first_rows(upload: Upload, workbook: Workbook) -> dict[str, list[str]]:
    """Return the first row of each sheet, by the sheet's name; charts are no sheets."""
    return {each.title: list(next(_rows(upload.name, each), ())) for each in workbook.worksheets}


def read_sheet(upload: Upload, workbook: Workbook, sheet: str) -> Grid:
    """Return the cells of one sheet, as text: dates as 2024-10-08, numbers in plain digits.

    Raises
    ------
    DatasetError
        When the sheet is broken, or holds more than the limits allow.
    """
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    names = tuple(each.title for each in workbook.worksheets)
    rows, broken = collect(upload.name, enumerate(_rows(upload.name, workbook[sheet]), 1))
    days = _DAYS_TO_1904 if workbook.epoch == CALENDAR_MAC_1904 else 0
    return Grid(upload.name, rows, broken, sheet=sheet, sheets=names, days_before=days)


def _rows(file: str, sheet: Any) -> Iterator[Sequence[str]]:  # noqa: ANN401 - openpyxl's
    sheet.reset_dimensions()  # what the sheet says of its own size may be wrong: rows would be cut, or filled up
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a cell that is marked as a date and can't be one
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if number > _LAST_ROW:
                    raise refusal(file, "a sheet has more rows than there can be", _ANEW)
                if len(row) > MAX_COLUMNS and any(cell is not None for cell in row[MAX_COLUMNS:]):
                    raise refusal(
                        file, f"the row has more than {MAX_COLUMNS} columns", "Keep those that the story needs.", number
                    )
                yield [_text(cell) for cell in row[:MAX_COLUMNS]]
    except DatasetError:
        raise
    except Exception as error:
        raise refusal(file, f"the sheet is broken ({type(error).__name__})", _ANEW) from error


def _text(value: Any) -> str:  # noqa: ANN401 - what openpyxl makes of a cell
    """Return a cell as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0)
        return whole.date().isoformat() if whole.time() == time() else whole.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
