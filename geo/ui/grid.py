"""A table of the story as cells to type into: the file's own text, a part of the rows at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.schema import YES, Kind
from geo.tables import RawTable, edited

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from streamlit.elements.lib.column_types import ColumnConfig

    from geo.schema import Column

_MOST_CHOICES = 1_000  # that a cell offers; where there are more, it is typed
_ROW = "Row"
_LINE_PX = 35
_MOST_LINES = 13  # with the header and the line that adds a row
_VIEW = "grid"
# In pixels; others are as wide as their heading.
_WIDTHS = {
    "claim_id": 130,
    "source_id": 130,
    "location_id": 130,
    "statement": 330,
    "title": 260,
    "excerpt": 300,
    "note": 260,
    "name": 170,
    "claimant": 160,
    "publisher": 150,
    "url": 180,
    "archived_url": 180,
    "event_date": 170,
    "locations": 150,
    "quantity_of": 180,
}
_FORMS = {
    Kind.DATE: "Written as 2024, 2024-10, 2024-10-08, 2024-10-08/2024-10-13, or with .. at one end.",
    Kind.LIST: "Several with ; between them.",
    Kind.FLAG: "yes or blank.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a table that are asked for.

    Attributes
    ----------
    positions
        Of the records that are asked for.
    records, apart
        How many records the table has; how many rows more that are none, and not blank.
    """

    positions: tuple[int, ...]
    records: int
    apart: int


@dataclass(frozen=True, slots=True)
class _View:
    """What the grid was last made of: what is typed into it is told as changes to this.

    Attributes
    ----------
    asked
        Which rows of which table were asked for.
    kept
        What the table has become by what was typed since.
    shown
        Positions of the rows in the grid.
    keys
        By a column's name in the grid its key in the table.
    number
        Another for each view, and so for each grid.
    """

    asked: Hashable
    start: RawTable
    kept: RawTable
    shown: tuple[int, ...]
    keys: Mapping[str, str]
    config: Mapping[str, ColumnConfig]
    number: int

    @property
    def key(self) -> str:
        """Return the grid's name in the session."""
        return f"{_VIEW}-{self.number}"


def find_rows(raw: RawTable, words: str, numbers: Collection[int] | None) -> Found:
    """Return the records that hold all of the words somewhere, in any case.

    Parameters
    ----------
    numbers
        Rows of the file to choose among, None for all; rows added since are always among them.
    """
    wanted = words.casefold().split()

    def fits(row: Any) -> bool:  # noqa: ANN401 - a row of the table
        text = "\n".join(row.cells).casefold() if wanted else ""
        return (numbers is None or row.number is None or row.number in numbers) and all(word in text for word in wanted)

    records = [position for position, row in enumerate(raw.rows) if raw.is_record(row)]
    blank = sum(row.is_blank for row in raw.rows)
    positions = tuple(position for position in records if fits(raw.rows[position]))
    return Found(positions, len(records), len(raw.rows) - blank - len(records))


def show_grid(
    raw: RawTable, asked: Hashable, positions: Sequence[int], references: Mapping[str, Callable[[], Sequence[str]]]
) -> None:
    """Show some rows of a table to be edited.

    Parameters
    ----------
    raw
        The table with all that was typed so far.
    asked
        What the rows were chosen by: the grid stays as it is while this stays the same.
    positions
        Of the rows.
    references
        By name of a column whose cells are ids of another table: what returns those ids.
    """
    view: _View | None = st.session_state.get(_VIEW)
    # A grid that was out of sight for a run has forgotten what was typed into it: the next begins with all of that.
    if view is None or view.key not in st.session_state or view.asked != asked or view.kept != raw:
        number = view.number + 1 if view else 0
        view = _View(asked, raw, raw, tuple(positions), _names(raw), _config(raw, references), number)
        st.session_state[_VIEW] = view
    st.data_editor(
        _frame(view),
        key=view.key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=_LINE_PX * min(len(view.shown) + 4, _MOST_LINES) + 3,
        column_config=dict(view.config),
        alt=f"{raw.table.name}, to be edited",
    )


def read_grid() -> tuple[RawTable, RawTable] | None:
    """Return the grid's table as it was when last read, and as it is by now; None where there is no grid.

    To be asked before the grid is shown again: what was typed last arrives with the run that it causes.
    """
    view: _View | None = st.session_state.get(_VIEW)
    if view is None or view.key not in st.session_state:
        return None
    now = _with_typed(view, st.session_state[view.key])
    st.session_state[_VIEW] = replace(view, kept=now)
    return view.kept, now


def _with_typed(view: _View, state: Mapping[str, Any]) -> RawTable:
    """Return the table with what the grid tells of itself."""

    def texts(cells: Mapping[str, Any]) -> dict[str, str]:
        return {
            view.keys[name]: "" if value is None else str(value) for name, value in cells.items() if name in view.keys
        }

    if not (state["edited_rows"] or state["deleted_rows"] or state["added_rows"]):
        return view.start
    return edited(
        view.start,
        {view.shown[int(row)]: texts(cells) for row, cells in state["edited_rows"].items()},
        [view.shown[row] for row in state["deleted_rows"]],
        [texts(cells) for cells in state["added_rows"]],
    )


def _frame(view: _View) -> pd.DataFrame:
    raw, numbers = view.start, view.start.numbers
    rows = [{_ROW: str(numbers[position])} | raw.cells_of(raw.rows[position]) for position in view.shown]
    frame = pd.DataFrame(rows, columns=[_ROW, *view.keys.values()], dtype="str").fillna("")
    return frame.set_axis([_ROW, *view.keys], axis="columns")


def _names(raw: RawTable) -> dict[str, str]:
    """Return each column's key by its name in the grid: the schema's in its order, then the file's own by heading.

    Names are data of the grid, not its configuration, so that the text of a heading stays text.
    """
    names = {name: name for name in raw.table.names}
    for position, (key, heading) in enumerate(raw.columns.items(), 1):
        if key not in names:
            taken = not heading or heading in (*names, _ROW, "_index")  # the last is Streamlit's own word
            names[f"{heading} (column {position})" if taken else heading] = key
    return names


def _config(raw: RawTable, references: Mapping[str, Callable[[], Sequence[str]]]) -> dict[str, ColumnConfig]:
    """Return how each column of the schema is edited."""
    config = {_ROW: st.column_config.TextColumn(width=55, disabled=True, pinned=True, help="Its row in the file.")}
    for column in raw.table.columns:
        config[column.name] = _column(column, raw, references.get(column.name, tuple)())
    return config


def _column(column: Column, raw: RawTable, ids: Sequence[str]) -> ColumnConfig:
    label = f"{column.name} *" if column.required else column.name
    pinned = column.name in (raw.table.id_column, "statement")
    look: dict[str, Any] = {"width": _WIDTHS.get(column.name), "pinned": pinned, "help": _help(column)}
    choices = (YES,) if column.kind is Kind.FLAG else ids or column.choices
    if not 0 < len(choices) <= _MOST_CHOICES:
        return st.column_config.TextColumn(label, **look)
    # A word that is none of the choices must be among them all the same, else its cell couldn't be edited.
    options = list(dict.fromkeys([*choices, *sorted(set(raw.texts(column.name)) - {""})]))
    return st.column_config.SelectboxColumn(label, options=options, **look)


def _help(column: Column) -> str:
    needed = "Must be filled in." if column.required else ""
    refers = f"Ids of {column.refers_to}." if column.refers_to else ""
    return " ".join(filter(None, (column.meaning, refers, _FORMS.get(column.kind), needed)))
