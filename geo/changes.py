"""What has changed from one state of a story to another: rows added, withdrawn and changed, cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.notation import cell_texts
from geo.schema import ADDED, CHANGED, CHANGES, CLAIMS, LOCATIONS, SOURCES, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from geo.schema import Table

COMPARED = (CLAIMS, SOURCES, LOCATIONS)
NAMED_BY = {CLAIMS.name: ("claimant", "statement"), SOURCES.name: ("publisher", "title"), LOCATIONS.name: ("name",)}

_SHORT = 60  # characters: up to here both texts are compared at a glance
_CONTEXT = 3  # words that stay on either side of those that differ
_MOST_WORDS = 2_000  # differing ones: more are not compared word by word, which would take seconds
_CJK = "\u3040-\u30ff\u3400-\u9fff"  # has no blanks between words
_WORDS = re.compile(rf"[{_CJK}]\s*|[^\s{_CJK}]{{1,40}}\s*|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came or went, or one cell that reads otherwise.

    Attributes
    ----------
    table
        Name of the table: ``claims``, ``sources`` or ``locations``.
    row_id
        The row's id.
    what
        One of ``schema.CHANGE_WORDS``.
    column
        Name of the column; blank for a row that was added or withdrawn.
    before, after
        The cell as it is written in the file, blank where it was or is blank. For a row that was added or
        withdrawn, what it says in short, as ``row_words`` gives it.
    """

    table: str
    row_id: str
    what: str
    column: str
    before: str
    after: str


def changes_between(
    old: Mapping[str, pd.DataFrame],
    new: Mapping[str, pd.DataFrame],
    not_compared: Mapping[str, Collection[str]] | None = None,
) -> tuple[Change, ...]:
    """Return what has changed, claims first; of each table what was added, withdrawn and changed.

    The order of rows and of columns is no change, and neither is a column without a text in it. A row with
    another id is another row: withdrawn under the one, added under the other.

    Parameters
    ----------
    old, new
        Checked tables by name. A table that only one of them has is not compared.
    not_compared
        By table, ids of rows of which one state isn't known, or not in full.
    """
    unknown = not_compared or {}
    return tuple(
        change
        for table in COMPARED
        if table.name in old and table.name in new
        for change in _table_changes(table, old[table.name], new[table.name], frozenset(unknown.get(table.name, ())))
    )


def row_words(frame: pd.DataFrame, table: Table) -> dict[str, str]:
    """Return for each row, by its id, what it says in short: claimant and statement, publisher and title, or name."""
    rows = zip(*(frame[name] for name in NAMED_BY[table.name]), strict=True)
    return {key: ": ".join(filter(None, row)) for key, row in zip(frame[table.id_column], rows, strict=True)}


def logged(log: pd.DataFrame, changes: Sequence[Change], changed_on: date) -> pd.DataFrame:
    """Return the change log with these changes at its end; those that it has under the same day are not doubled.

    Parameters
    ----------
    log
        Rows of ``schema.CHANGES``, and columns of its own.
    """
    keys = [name for name in CHANGES.names if name != "reason"]  # an editor may have written one since
    known = set(log[keys].itertuples(index=False, name=None))
    rows = dict.fromkeys(
        (changed_on.isoformat(), each.table, each.row_id, each.what, each.column, each.before, each.after)
        for each in changes
    )
    added = pd.DataFrame([row for row in rows if row not in known], columns=keys, dtype="str")
    return pd.concat([log, added.reindex(columns=log.columns, fill_value="")], ignore_index=True)


def differing_words(before: str, after: str) -> tuple[str, str]:
    """Return both texts; of long ones only the words that differ, a few around them, and ``…`` for the others."""
    if not before or not after or before == after or max(len(before), len(after)) <= _SHORT:
        return before, after
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    least = min(len(old), len(new))
    start = next((i for i in range(least) if old[i] != new[i]), least)
    end = next((i for i in range(least - start) if old[-1 - i] != new[-1 - i]), least - start)
    start, end = max(0, start - _CONTEXT), max(0, end - _CONTEXT)
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    spans = [(0, len(old_middle), 0, len(new_middle))]
    if max(len(old_middle), len(new_middle)) <= _MOST_WORDS:
        groups = SequenceMatcher(None, old_middle, new_middle).get_grouped_opcodes(_CONTEXT)
        spans = [(group[0][1], group[-1][2], group[0][3], group[-1][4]) for group in groups]
    return (
        _excerpt(old, [(start + first, start + last) for first, last, _, _ in spans]),
        _excerpt(new, [(start + first, start + last) for _, _, first, last in spans]),
    )


def _table_changes(
    table: Table, old: pd.DataFrame, new: pd.DataFrame, not_compared: frozenset[str]
) -> Iterator[Change]:
    before, after = _texts_by_id(old, table), _texts_by_id(new, table)
    old_words, new_words = row_words(old, table), row_words(new, table)
    for key in after.index:
        if key not in old_words and key not in not_compared:
            yield Change(table.name, key, ADDED, "", "", new_words[key])
    for key in before.index:
        if key not in new_words and key not in not_compared:
            yield Change(table.name, key, WITHDRAWN, "", old_words[key], "")

    ids = after.index[after.index.isin(before.index) & ~after.index.isin(list(not_compared))]
    columns = list(dict.fromkeys([*after.columns, *before.columns]))
    was = before.reindex(index=ids, columns=columns, fill_value="").to_numpy(object)
    now = after.reindex(index=ids, columns=columns, fill_value="").to_numpy(object)
    for row, column in np.argwhere(was != now).tolist():
        yield Change(table.name, ids[row], CHANGED, columns[column], was[row, column], now[row, column])


def _texts_by_id(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    return pd.DataFrame(cell_texts(frame, table), dtype="object").set_index(table.id_column)


def _excerpt(words: list[str], spans: list[tuple[int, int]]) -> str:
    """Return the words of these spans, with ``…`` wherever others are left out."""
    text = "… ".join("".join(words[first:last]) for first, last in spans)  # a word keeps the blank behind it
    lead, tail = spans[0][0] > 0, spans[-1][1] < len(words)
    return ("… " if lead else "") + text + ("…" if tail else "")
