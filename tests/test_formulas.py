"""Cells that a spreadsheet could calculate: every one is marked, and every mark can be taken off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.formulas import escape_formulas, unescape_formulas

FORMULAS = (
    "=1+1",
    "=cmd|'/C calc'!A1",
    "-1; and more",
    "-2+3",
    "- see below",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\ttab first",
    "\rreturn first",
    "\nline break first",
    '"=1"',
    "'=1",
    "''=1",
    "“=1”",
    "\u00a0=1",
    "＝1+1",
    "=",
    "-6.2.1",
)
HARMLESS = (
    "",
    "a",
    "1,500 = many",
    "-6.2",
    "+1 555 0100",
    "+3",
    "-.5",
    "1e-5",
    "-1;-2.5",
    "-18.14 178.44; -13.8 -171.7",
    "-20 177 -15 -178",
    "it's",
    "'quoted'",
    "2024-10-08",
)
ALPHABET = st.sampled_from("=+-@'\"; \t\r\n\u00a0\u201c＝1.eab\\")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert escape_formulas(text) == f"'{text}"
    assert unescape_formulas(f"'{text}") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_plain_words_stay_as_they_are(text: str) -> None:
    assert escape_formulas(text) == text
    assert unescape_formulas(text) == text


def test_where_a_program_may_begin_a_cell_of_its_own_the_mark_stands_too() -> None:
    assert escape_formulas("a;=b;-1; +c\n@d") == "a;'=b;-1;' +c\n'@d"


@given(st.text(ALPHABET) | st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unescape_formulas(escape_formulas(text)) == text


@given(st.text(ALPHABET))
def test_no_cell_begins_with_a_sign_unless_it_is_a_number(text: str) -> None:
    for cell in escape_formulas(text).replace("\r", ";").replace("\n", ";").split(";"):
        begins = cell.lstrip(' \t\u00a0"\u201c')
        assert not begins.startswith(("=", "@", "＝")), cell
        if begins.startswith(("+", "-")):
            assert [float(number) for number in cell.split()]
