"""What a reader has typed into the tables and not yet put on the map: kept in the session, whatever tab is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import Problem
from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.tables import RawTable, csv_bytes, new_problems, raw_table, read_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schema import Table
    from geo.story_files import StoryFiles

EDITED = (CLAIMS, SOURCES, LOCATIONS)
MOST_BYTES = 64_000_000  # of a table that is edited here: more a browser, and the server for each reader, can't hold
# What a reader has answered in the tab, by the first letters of the widget's key.
WHAT, ROWS, WORDS, ANSWER = "edit-what", "edit-rows-", "edit-words-", "edit-new-claim-"
_KEY = "typed"
_CHECKED = "typed, checked"


@dataclass(frozen=True, slots=True)
class Typed:
    """One table of the story that is shown, and what it has become.

    Attributes
    ----------
    content
        The file that it was read from; None where there is none.
    now
        The very same as ``before`` while nothing is changed.
    """

    content: bytes | None
    before: RawTable
    now: RawTable


def typed_table(files: StoryFiles, table: Table) -> Typed | Problem:
    """Return a table of the story with what was typed into it, or why it can't be edited."""
    kept: Typed | None = _kept().get(table.file)
    if kept is None:
        content = files.contents.get(table.file)
        raw = _read(content, table)
        if isinstance(raw, Problem):
            return raw
        kept = _kept()[table.file] = Typed(content, raw, raw)
    return kept


@lru_cache(maxsize=6)
def _read(content: bytes | None, table: Table) -> RawTable | Problem:
    """Return the table in a file, read once for all sessions: what they type isn't in it."""
    if content is not None and len(content) > MOST_BYTES:
        size, most = (f"{number / 1e6:,.0f} MB" for number in (len(content), MOST_BYTES))
        reason = f"the file has {size}, and at most {most} can be edited on the page"
        fix = "Edit it with a program for tables and open the story again; the tab Download has it as a ZIP."
        return Problem(table.file, None, None, None, reason, fix)
    return raw_table(content, table)


def keep_answers() -> None:
    """Keep what was answered in the tab while it isn't open: Streamlit forgets a widget that isn't there for a run."""
    for key in list(st.session_state):
        if str(key).startswith((WHAT, ROWS, WORDS, ANSWER)):
            st.session_state[key] = st.session_state[key]


def keep(table: Table, now: RawTable) -> None:
    """Keep what a table has become."""
    typed = _kept()[table.file]
    _kept()[table.file] = Typed(typed.content, typed.before, typed.before if now == typed.before else now)


def edits() -> dict[str, Typed]:
    """Return the tables that were changed, by file."""
    return {file: typed for file, typed in _kept().items() if typed.now is not typed.before}


def discard() -> None:
    """Forget what was typed."""
    st.session_state.pop(_KEY, None)


def forget_other_states(files: StoryFiles) -> bool:
    """Forget tables that the story no longer has, such as after an undo; return whether anything typed is lost."""
    others = [file for file, typed in _kept().items() if typed.content != files.contents.get(file)]
    lost = not edits().keys().isdisjoint(others)
    for file in others:
        del _kept()[file]
    return lost


def edited_files(files: StoryFiles) -> StoryFiles:
    """Return the story with what was typed."""
    for file, typed in edits().items():
        files = files.with_file(file, csv_bytes(typed.now))
    return files


def problems_of_edits(files: StoryFiles, before: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems that what was typed brings; checked once for each state of it."""
    tables = {file: typed.now for file, typed in edits().items()}
    checked = st.session_state.get(_CHECKED)
    if checked is None or checked[0] != files.digest or not _same(checked[1], tables):
        after = read_files(edited_files(files)).problems if tables else before
        checked = st.session_state[_CHECKED] = (files.digest, tables, new_problems(before, after, tables))
    found: tuple[Problem, ...] = checked[2]
    return found


def _same(one: dict[str, RawTable], other: dict[str, RawTable]) -> bool:
    return one.keys() == other.keys() and all(one[file] is other[file] for file in one)


def _kept() -> dict[str, Typed]:
    kept: dict[str, Typed] = st.session_state.setdefault(_KEY, {})
    return kept
