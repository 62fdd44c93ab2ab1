"""What somebody's table was taken for, to be corrected, and what must be answered before it opens."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.intake import FIELDS, Answers
from geo.wording import date_words

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

    from geo.intake import Intake, Question, TableGuess

_HEADING, _FIELD, _WHY, _SAMPLE = "Heading in your file", "What it is", "How it was recognised", "Cells"
_OWN = "kept as a column of its own"
_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}  # where year, month, day stand
_NUMBERS = re.compile(r"(\d{1,4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,4})")


def show_guess(intake: Intake, answers: Answers, key: str) -> None:
    """Show what was found out and ask what wasn't; text from the file stands in cells and options alone.

    Parameters
    ----------
    answers
        What was answered so far.
    key
        Under which the answers are kept, another for each upload.
    """
    if intake.notes:
        st.caption(" ".join(intake.notes))
    table = intake.table
    if table is None:
        return
    asked = {question.field: question for question in intake.questions}
    for question in intake.questions:
        st.warning(question.text)
    with st.container(horizontal=True, gap="large"):
        if len(table.sheets) > 1:
            chosen = None if "sheet" in asked else table.sheets.index(table.sheet)
            st.selectbox("Sheet", table.sheets, chosen, key=f"{key}-sheet", width=320)
        _ask_header_row(table, key)
        _ask_date_order(asked.get("date_order"), answers, key)
    _ask_columns(table, key)


def answers_given(intake: Intake, before: Answers, key: str) -> Answers:
    """Return what was answered by now.

    Parameters
    ----------
    intake, before
        What is on the screen, and the answers that it came of.
    """
    table, state = intake.table, st.session_state
    if table is None:
        return Answers()
    # What a field begins with is the guess, and no answer before it is changed.
    sheet = state.get(f"{key}-sheet") or ""
    if sheet == table.sheet and not before.sheet and all(question.field != "sheet" for question in intake.questions):
        sheet = ""
    header_row = state.get(_header_key(table, sheet or table.sheet, key))
    edited = state.get(_columns_key(table, sheet or table.sheet, key), {}).get("edited_rows", {})
    fields = {table.columns[int(row)].heading: cells[_FIELD] or "" for row, cells in edited.items() if _FIELD in cells}
    if header_row == table.header_row and before.header_row is None:
        header_row = None
    return Answers(sheet, header_row, fields, state.get(f"{key}-dates") or "")


def _header_key(table: TableGuess, sheet: str, key: str) -> str:
    """Return the key of a sheet's field; by its position, for a key stands in the page and a name is hostile text."""
    return f"{key}-header-{table.sheets.index(sheet) if sheet in table.sheets else 0}"


def _columns_key(table: TableGuess, sheet: str, key: str) -> str:
    header_key = _header_key(table, sheet, key)
    return f"{header_key}-columns-{st.session_state.get(header_key)}"


def _ask_header_row(table: TableGuess, key: str) -> None:
    st.number_input(
        "The headings stand in row",
        1,
        value=table.header_row,
        key=_header_key(table, table.sheet, key),
        width=200,
        help="As the spreadsheet counts its rows. Of two rows of headings, the lower one.",
    )


def _ask_date_order(question: Question | None, answers: Answers, key: str) -> None:
    """Ask how dates are to be read, with an example in each order; also after it was answered, to be changed."""
    if question:
        st.session_state[f"{key}-asked"] = question.choices, question.examples
    elif not answers.date_order:
        return
    orders, examples = st.session_state[f"{key}-asked"]
    st.radio(
        "How the dates are to be read",
        orders,
        index=None,
        key=f"{key}-dates",
        captions=[_readings(examples, order) for order in orders],
    )


def _readings(examples: tuple[str, ...], order: str) -> str:
    """Return how the first of the examples that are dates in figures would be read: our own words and numbers alone."""
    for example in examples:
        if (found := _NUMBERS.search(example)) and order in _ORDERS:
            year, month, day = (int(found.groups()[place]) for place in _ORDERS[order])
            try:
                return f"{found[0]} is {date_words(date(year, month, day).isoformat())}"
            except ValueError:
                return f"{found[0]} is no date"
    return ""


def _ask_columns(table: TableGuess, key: str) -> None:
    st.caption(
        f"{table.rows} rows below the headings. What each column was taken for; where that is wrong, choose another "
        f"in the column “{_FIELD}”:"
    )
    rows = [(column.heading, column.field, column.why, " · ".join(column.sample)) for column in table.columns]
    config: dict[str, ColumnConfig] = {
        _HEADING: st.column_config.TextColumn(width=200),
        _FIELD: st.column_config.SelectboxColumn(width=330, options=["", *FIELDS], format_func=_field_words),
        _WHY: st.column_config.TextColumn(width=160),
        _SAMPLE: st.column_config.TextColumn(width=420),
    }
    frame = pd.DataFrame(rows, columns=[_HEADING, _FIELD, _WHY, _SAMPLE], dtype="str")
    st.data_editor(
        frame,
        key=_columns_key(table, table.sheet, key),
        hide_index=True,
        width="stretch",
        disabled=[_HEADING, _WHY, _SAMPLE],
        column_config=dict(config),
        placeholder=_OWN,
        alt="What the columns were taken for",
    )


def _field_words(option: object) -> str:
    field = str(option)
    name = field.replace("_", " ")
    return f"{name}: {FIELDS[field].rstrip('.')}" if field else _OWN
