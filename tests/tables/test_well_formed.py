"""The quick way to read a file finds what the exact one finds, or leaves it to that."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.encodings import is_wide_or_binary
from geo.schema import SOURCES
from geo.tables.files import decode
from geo.tables.reading import read_sheet, read_text
from geo.tables.well_formed import well_formed_columns

PIECES = (
    '"',
    ",",
    "\n",
    "\r\n",
    "\r",
    " ",
    "a",
    "é",
    "\0",
    '""',
    '","',
    '"\n',
    ",x,y\n",
    '"q, ""r"""',
    "\u2003",
    "\x1c",
)


def assert_same(content: bytes) -> None:
    quick, quick_problems = read_sheet(content, SOURCES)
    text = decode(SOURCES.file, content)
    assert isinstance(text, str)
    exact, exact_problems = read_text(text, SOURCES)
    assert quick_problems == exact_problems
    assert (quick is None) == (exact is None)
    if quick and exact:
        pd.testing.assert_frame_equal(quick.texts, exact.texts)
        assert (quick.absent, quick.broken) == (exact.absent, exact.broken)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_stands_below_the_header_is_read_as_by_the_exact_reader(text: str) -> None:
    content = f"source_id,title,note\n{text}".encode()
    assume(not is_wide_or_binary(content))  # such a file is no text, and neither reader gets it
    assert_same(content)


@given(st.lists(st.sampled_from((*PIECES, "source_id", "title")), min_size=1, max_size=12).map("".join))
def test_any_header_is_read_as_by_the_exact_reader(text: str) -> None:
    content = f"source_id{text}\na,b,c\n".encode()
    assume(not is_wide_or_binary(content))  # such a file is no text, and neither reader gets it
    assert_same(content)


@pytest.mark.parametrize(
    "text",
    ['a,"b"c,d\n', 'a,"b,d\n', "a,b\n", "a,b,c,d\n", "a,b,c\n\na,b,c\n", "a,\0,c\n", "a,b\rc,d\n", '"a"b,c,d\n'],
)
def test_what_is_unusual_is_left_to_the_exact_reader(text: str) -> None:
    assert well_formed_columns(f"source_id,title,note\n{text}".encode()) is None


@pytest.mark.parametrize("content", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xff"])
def test_bytes_that_are_no_utf_8_are_left_to_the_exact_reader(content: bytes) -> None:
    assert well_formed_columns(b"source_id,title\na," + content + b"\n") is None


def test_a_quoted_cell_may_hold_commas_line_breaks_and_quotation_marks() -> None:
    columns = well_formed_columns(b'source_id,title\r\na,"b, ""c""\r\nd"\r\n')
    assert columns is not None
    assert columns[1].to_pylist() == ["title", 'b, "c"\nd']


def test_rows_that_are_blank_are_passed_over_and_those_without_an_id_are_not() -> None:
    content = b"source_id,title,note\na,b,c\n , ,\nd,,\n,e,\n,,\n"
    assert well_formed_columns(content) is not None
    assert_same(content)
    sheet, problems = read_sheet(content, SOURCES)
    assert sheet is not None
    assert problems == read_text("source_id,title,note\n", SOURCES)[1]
    assert sheet.texts["source_id"].to_dict() == {2: "a", 4: "d", 5: ""}
