"""Frames as the page shows them: plain text in a grid, so that no text from data is ever markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.ui.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from streamlit.elements.lib.column_types import ColumnConfig

    from geo.errors import Problem

_LINKS = ("Address", "Archived copy")  # their cells were checked to be http(s) when the story was read

_NOT_KNOWN = "not known"
_SORTED = ". A click on a column's heading sorts these rows alone."
# In pixels: on a laptop the columns that a reader asks for first fit side by side. Others are as wide as their text.
_WIDTHS = {
    "Claimant": 180,
    "Claim": 400,
    "Happened": 150,
    "In these days": 110,
    "Why": 150,
    "Said": 185,
    "How asserted": 145,
    "Hedge": 120,
    "What others say": 220,
    "Responds to": 260,
    "Number": 110,
    "What it counts": 260,
    "From": 190,
    "To": 110,
    "By": 90,
    "Places": 240,
    "On the map": 110,
    "Documents": 420,
    "Source's own words": 420,
    "Publisher": 220,
    "Title": 260,
    "Kind": 110,
    "Published": 105,
    "Reprints or quotes": 260,
    "Reprinted or quoted by": 170,
    "Address": 150,
    "Archived copy": 150,
    "Place": 120,
    "What it is": 150,
    "How it is known": 420,
    "Other spellings": 200,
    "Note": 420,
    "More": 260,
    "Day": 100,
    "Change": 135,
    "Concerns": 270,
    "Field": 130,
    "Before": 210,
    "After": 210,
    "Reason": 240,
    "Value": 200,
    "What is wrong": 420,
    "What to do": 420,
}


def show_table(frame: pd.DataFrame, title: str, asked: Hashable = None) -> None:
    """Show a frame, a long one in pages; a missing cell reads "not known".

    Parameters
    ----------
    title
        What the table is, for a screen reader; no two on the page have the same.
    asked
        As ``pages.page_of`` takes it.
    """
    show_rows(len(frame), lambda part: frame.iloc[part], title, asked)


def show_rows(rows: int, make: Callable[[slice], pd.DataFrame], title: str, asked: Hashable = None) -> None:
    """Show a table of which only the rows of the page in sight are made.

    Parameters
    ----------
    rows
        How many there are in all.
    make
        Returns some of them.
    title, asked
        As ``show_table`` takes them.
    """
    frame = make(page_of(rows, title, asked, note=_SORTED))
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        column_config={str(name): _column(str(name), dtype) for name, dtype in frame.dtypes.items()},
        placeholder=_NOT_KNOWN,
        alt=title,
    )


def show_problems(problems: Sequence[Problem], title: str = "Problems") -> None:
    """Show problems, each with file, row, column, value, reason and fix; titles as ``show_table`` takes them."""

    def make(part: slice) -> pd.DataFrame:
        rows = [
            # A row's number may be missing; text keeps 7 from turning into 7.0.
            (each.file, "" if each.row is None else str(each.row), each.column, each.value, each.reason, each.fix)
            for each in problems[part]
        ]
        columns = ["File", "Row", "Column", "Value", "What is wrong", "What to do"]
        return pd.DataFrame(rows, columns=columns, dtype="str").fillna("")

    show_rows(len(problems), make, title)


def _column(name: str, dtype: object) -> ColumnConfig:
    width = _WIDTHS.get(name)
    if name in _LINKS:
        return st.column_config.LinkColumn(width=width)
    return st.column_config.TextColumn(width=width) if dtype == "str" else st.column_config.Column(width=width)
