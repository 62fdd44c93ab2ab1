from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DatasetError
from geo.gazetteer.pins import Pin, with_pins

if TYPE_CHECKING:
    from pathlib import Path

PIN = Pin(43.10562, 131.87353, "GeoNames 2013348, found", "GeoNames 2013348")
TABLE = (
    "location_id,name,latitude,longitude,coordinate_source,gazetteer_id,mine\n"
    'a,"Vladivostok, the port",,,,,"he said ""no"""\n'
    "b,Chongjin,41.790,129.80,a chart,,007\n"
    "\n"
    "broken,row\n"
    "c, Hamhung ,,,my map,GeoNames 1,\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "locations.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_pin_fills_its_rows_blank_cells_and_nothing_else_changes(path: Path) -> None:
    path.write_bytes(with_pins(path.read_bytes(), {"a": PIN, "c": PIN}))
    assert path.read_text(encoding="utf-8") == (
        "location_id,name,latitude,longitude,coordinate_source,gazetteer_id,mine\n"
        'a,"Vladivostok, the port",43.10562,131.87353,"GeoNames 2013348, found",GeoNames 2013348,"he said ""no"""\n'
        "b,Chongjin,41.790,129.80,a chart,,007\n"
        "\n"
        "broken,row\n"
        "c, Hamhung ,43.10562,131.87353,my map,GeoNames 1,\n"
    )


def test_coordinates_that_are_there_stay(path: Path) -> None:
    path.write_bytes(with_pins(path.read_bytes(), {"b": PIN}))
    assert path.read_text(encoding="utf-8") == TABLE


def test_byte_order_mark_and_line_ends_stay(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode())
    path.write_bytes(with_pins(path.read_bytes(), {"a": PIN}))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbflocation_id")
    assert content.count(b"\r\n") == content.count(b"\n") == 6


def test_columns_that_are_missing_are_added(path: Path) -> None:
    path.write_text("name,location_id\nVladivostok,a\nElsewhere,b\n", encoding="utf-8")
    path.write_bytes(with_pins(path.read_bytes(), {"a": PIN}))
    assert path.read_text(encoding="utf-8") == (
        "name,location_id,latitude,longitude,coordinate_source,gazetteer_id\n"
        'Vladivostok,a,43.10562,131.87353,"GeoNames 2013348, found",GeoNames 2013348\n'
        "Elsewhere,b,,,,\n"
    )


@pytest.mark.parametrize("rows", ["", "a,x\na,y\n", "a,x,too many\n"], ids=["gone", "twice", "broken"])
def test_a_location_without_a_row_of_its_own_is_an_error_and_the_file_stays(path: Path, rows: str) -> None:
    path.write_text("location_id,name\n" + rows, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatasetError, match="'a' has no row of its own"):
        path.write_bytes(with_pins(path.read_bytes(), {"a": PIN}))
    assert path.read_bytes() == before


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_any_other_cell_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("pins") / "locations.csv"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["location_id", *(f"c{n}" for n in range(len(cells)))], ["a", *cells]])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    path.write_bytes(with_pins(path.read_bytes(), {"a": PIN}))
    [_, record] = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    assert record[1 : 1 + len(cells)] == cells
