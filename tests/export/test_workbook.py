"""The workbook: dates are dates, numbers numbers, and every text a text, whatever it looks like."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from export.stories import NAMES, TEXTS, opened, whole
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from small_story import claim, small_story

from geo.export import EXPORTERS
from geo.notation import cell_texts
from geo.outputs import extract
from geo.schema import CLAIMS, LOCATIONS, SOURCES, Kind
from geo.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from geo.export import Extract

SHEETS = (("Claims", CLAIMS), ("Sources", SOURCES), ("Places", LOCATIONS))


def book(found: Extract) -> Workbook:
    return load_workbook(io.BytesIO(EXPORTERS["xlsx"].export(found)))


def column(sheet: Worksheet, heading: str) -> list[Any]:
    number = [cell.value for cell in sheet[1]].index(heading)
    return [row[number].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("name", NAMES)
def test_the_three_tables_stand_in_it_cell_by_cell(name: str) -> None:
    found = book(whole(name))
    for sheet, table in SHEETS:
        frame = getattr(opened(name).tables, table.name)
        for heading, texts in cell_texts(frame, table).items():
            cells = column(found[sheet], heading)
            kind = next((each.kind for each in table.columns if each.name == heading), Kind.TEXT)
            if kind is Kind.NUMBER:
                assert cells == [float(text) if text else None for text in texts]
            elif kind is Kind.DATE:
                shown = [cell.date().isoformat() if isinstance(cell, datetime) else cell or "" for cell in cells]
                assert shown == texts
            elif name != "hostile":
                assert [cell or "" for cell in cells] == texts


def test_exact_days_are_dates_and_imprecise_ones_and_those_before_excel_s_are_text(tmp_path: Path) -> None:
    days = (
        "2024-10-08",
        "2024-10",
        "2024",
        "2024-10-08/2024-10-13",
        "../2024-10-10",
        "1899-12-31",
        "1900-02-28",
        "1900-03-01",
    )
    story = small_story(tmp_path, [claim(f"c{i}", event_date=day) for i, day in enumerate(days)])
    sheet = book(extract(story, Selection()))["Claims"]
    assert column(sheet, "event_date") == [datetime(2024, 10, 8), *days[1:-1], datetime(1900, 3, 1)]  # noqa: DTZ001
    cell = sheet["I2"]
    assert (cell.is_date, cell.number_format) == (True, "yyyy-mm-dd")


def test_what_looks_like_a_formula_an_error_a_number_or_a_date_is_text() -> None:
    for sheet in book(whole("hostile")):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
                assert cell.data_type == "s" or cell.value is None or isinstance(cell.value, int | float)
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, "else a program takes it for a formula once it is edited"


def test_what_a_sheet_can_t_hold_is_shown_by_its_code_or_visibly_cut() -> None:
    statements = column(book(whole("hostile"))["Claims"], "statement")
    assert statements[TEXTS.index('=HYPERLINK("http://x")')] == TEXTS[2]
    assert "bell\\x07 escape\\x1b[31m del\x7f" in statements
    assert "no character: \\ufffe \\uffff" in statements
    # Excel reads "_x0041_" for an A, so it is written otherwise; openpyxl leaves the reading to others.
    assert "_x0041_ and _x000D_" in [unescape(text) for text in statements if text.startswith("_x005F_")]
    assert "line one\nline two [9] of them" in statements
    (long,) = [text for text in statements if text.startswith("long")]
    assert len(long) <= 32_767
    assert long.endswith(" … [cut: a cell of a workbook holds no more]")


def test_headings_are_bold_and_stay_in_sight_and_can_be_filtered() -> None:
    sheet = book(whole("shipped"))["Claims"]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:Y33")
    assert sheet.column_dimensions["B"].width == 60
    assert sheet["B2"].alignment.wrap_text


def test_places_say_where_they_were_found_and_by_what() -> None:
    sheet = book(whole("shipped"))["Places"]
    found = dict(zip(column(sheet, "location_id"), column(sheet, "found_by"), strict=True))
    assert found["vladivostok"].startswith("found by the offline gazetteer (GeoNames 2013348)")
    lost = dict(
        zip(
            *(column(book(whole("pacific"))["Places"], name) for name in ("location_id", "found_latitude")), strict=True
        )
    )
    assert (lost["suva"], lost["lost"]) == (-18.1416, None)


def test_the_last_sheet_says_what_was_selected_and_how_to_read_it() -> None:
    asked = Selection(from_=date(2024, 10, 8), to=date(2024, 10, 13))
    about = {row[0].value: row[1].value for row in book(extract(opened("shipped"), asked))["About"].iter_rows()}
    assert about["Story"] == "North Korean troops reported in Russia"
    assert about["Selection"] == "happened from 8 Oct 2024 to 13 Oct 2024"
    assert about["Claims"] == "29 of 32 claims: 5 on the map, 24 without a place, 3 filtered out"
    assert about["Licence"] == "not stated"
    assert about["Coordinates"] == "GeoNames (geonames.org), CC BY 4.0"
