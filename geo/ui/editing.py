"""The tab in which claims, sources and places are corrected and added; all of it in the session alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.errors import Problem
from geo.schema import CHANGED, CLAIMS, LOCATIONS, SOURCES, WITHDRAWN
from geo.tables import RawTable, typed_changes, zip_files
from geo.ui.draft import amend
from geo.ui.grid import Found, find_rows, read_grid, show_grid
from geo.ui.new_claim import show_new_claim
from geo.ui.pages import page_of
from geo.ui.passing import asks
from geo.ui.tables import show_problems, show_table
from geo.ui.typed import (
    EDITED,
    ROWS,
    WHAT,
    WORDS,
    Typed,
    discard,
    edited_files,
    edits,
    forget_other_states,
    keep,
    problems_of_edits,
    typed_table,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from geo.schema import Table
    from geo.selection import Selection
    from geo.story_files import StoryFiles
    from geo.ui.caching import OpenStory

_NEW = "Add a claim"
_TABLES = {"Claims": CLAIMS, "Sources": SOURCES, "Places": LOCATIONS}
_FOUND = "rows to edit"
_ALL, _PASSING, _TROUBLED = "All rows", "In the selection", "With problems"
_WHAT = {CHANGED: "changed", WITHDRAWN: "deleted"}


@st.fragment
def show_editing(opened: OpenStory, selection: Selection) -> None:
    """Paint the tab: what is typed is checked at once, and goes on the map when the reader says so."""
    files = opened.files
    if forget_other_states(files):
        st.warning("The story has become another one meanwhile. What was typed here for the earlier one is gone.")
    _read_grid(files)
    st.session_state.setdefault(WHAT, "Claims")
    chosen = st.segmented_control(
        "What to edit", [_NEW, *_TABLES], required=True, key=WHAT, label_visibility="collapsed"
    )
    if chosen == _NEW:
        show_new_claim(opened)
    elif chosen:
        _show_table(opened, _TABLES[chosen], selection)
    _show_typed(opened)
    _show_ways_out(files)


def _read_grid(files: StoryFiles) -> None:
    read = read_grid()
    if read is None:
        return
    before, now = read
    typed = typed_table(files, now.table)
    if isinstance(typed, Typed) and typed.now == before:
        keep(now.table, now)


def _show_table(opened: OpenStory, table: Table, selection: Selection) -> None:
    typed = typed_table(opened.files, table)
    if isinstance(typed, Problem):
        st.error("This table can't be edited here. What stands in the way, and what to do:")
        show_problems([typed], f"Why {table.file} can't be edited")
        return
    key = f"{ROWS}{table.name}"
    st.session_state.setdefault(key, _ALL)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choices = [_ALL, _PASSING, _TROUBLED] if table is CLAIMS else [_ALL, _TROUBLED]
        which = st.segmented_control("Rows", choices, required=True, key=key)
        words = st.text_input("With these words", key=f"{WORDS}{table.name}", width=280, icon=":material/search:")
    asked = (table.name, which, words, _numbers(opened, table, which, selection))
    found = _found(typed.now, asked)
    st.caption(_said(found.records, len(found.positions)))
    part = page_of(len(found.positions), f"{table.name}, to be edited", (which, words, asks(selection)))
    references = {"source_id": partial(_ids, opened.files, SOURCES)} if table is CLAIMS else {}
    show_grid(typed.now, (*asked, part.start), found.positions[part], references)
    if found.apart:
        st.caption(
            f"{_counted(found.apart, 'row')} without a cell for each column can't be edited here. "
            "What can't be edited stays in the file as it is; the tab Data says what is wrong with them."
        )


def _numbers(opened: OpenStory, table: Table, which: str | None, selection: Selection) -> frozenset[int] | None:
    """Return the rows of the file that are asked for; None for all."""
    if which == _PASSING:
        found = opened.frames.passing(selection)
        return frozenset(opened.story.tables.claims.index[found.passes].tolist())
    return frozenset(_rows_with_problems(opened, table)) if which == _TROUBLED else None


def _found(raw: RawTable, asked: tuple[str, str | None, str, frozenset[int] | None]) -> Found:
    """Return the rows that are asked for; looked for again once a cell or the question is another."""
    kept: tuple[RawTable, Hashable, Found] | None = st.session_state.get(_FOUND)
    if kept is None or kept[0] is not raw or kept[1] != asked:
        kept = st.session_state[_FOUND] = (raw, asked, find_rows(raw, asked[2], asked[3]))
    return kept[2]


def _said(records: int, found: int) -> str:
    rows = f"{records:,} {'row' if records == 1 else 'rows'} in the file"
    if found < records:
        rows += f", {found:,} of them asked for"
    return (
        f"{rows}. A double click or Enter opens a cell, the last line adds a row, Delete removes the rows that are "
        "ticked at their left. A column's name says what belongs in it; those with * must be filled in."
    )


def _rows_with_problems(opened: OpenStory, table: Table) -> set[int]:
    problems = (*opened.story.tables.problems, *problems_of_edits(opened.files, opened.story.tables.problems))
    return {found.row for found in problems if found.file == table.file and found.row is not None}


def _ids(files: StoryFiles, table: Table) -> Sequence[str]:
    typed = typed_table(files, table)
    if isinstance(typed, Problem):
        return ()
    return list(dict.fromkeys(filter(None, typed.now.texts(table.id_column))))


def _show_typed(opened: OpenStory) -> None:
    """Show what is typed, what is wrong with it, and the two things that can be done with it."""
    changed = edits()
    if not changed:
        return
    problems = problems_of_edits(opened.files, opened.story.tables.problems)
    rows = [
        (
            table.file,
            str(number),
            change.row_id,
            _WHAT.get(change.what, change.what),
            change.column,
            change.before,
            change.after,
        )
        for table in EDITED
        if table.file in changed
        for number, change in typed_changes(changed[table.file].before, changed[table.file].now)
    ]
    if problems:
        left_out = len({(found.file, found.row) for found in problems})
        st.warning(
            f"{_counted(len(problems), 'problem')} in what you typed. It can go on the map all the same: "
            f"{_counted(left_out, 'row')} will be left out until mended."
        )
        show_problems(problems, "Problems in what you typed")
    st.caption(f"{_counted(len(rows), 'change')} typed, not yet on the map:")
    columns = ["File", "Row", "Id", "Change", "Field", "Before", "After"]
    show_table(pd.DataFrame(rows, columns=columns, dtype="str"), "What you typed")
    with st.container(horizontal=True):
        if st.button("Put it on the map", type="primary", icon=":material/check:"):
            amend(opened.files, edited_files(opened.files))
            discard()
            st.toast("It is on the map. Undo stands at the top of the page.")
            st.rerun()
        if st.button("Discard", icon=":material/delete:", help="Forget what is listed here."):
            discard()
            st.rerun()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _show_ways_out(files: StoryFiles) -> None:
    typed = edited_files(files)
    st.download_button(
        "Download this story",
        lambda: zip_files(typed),
        "story.zip",
        "application/zip",
        on_click="ignore",
        icon=":material/download:",
        help="The tables as they stand here, with what you typed, in one ZIP that the tab Your own story opens again.",
    )
    st.caption(
        "The page never changes the folder that it shows. To change the folder itself, download the story and unpack "
        "it over the folder; `claim-atlas diff OLD NEW --write` then keeps the changes in its change log, and "
        "`claim-atlas geocode DIR --write` writes the places that the gazetteer settled. Rows that nobody edited stay "
        "in the file as they are; a byte order mark goes, and lines end with LF."
    )
