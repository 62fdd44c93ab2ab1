"""From a sheet of text to a frame of values: each column's distinct cells are read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.cells import plain_form, read_texts, reader_of
from geo.errors import Problem
from geo.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.schema import Column
    from geo.tables.reading import Sheet

_DTYPES = {Kind.NUMBER: "float64", Kind.FLAG: "bool", Kind.LIST: "object", Kind.EXTENT: "object"}
_BLANKS: dict[Kind, Any] = {Kind.NUMBER: np.nan, Kind.FLAG: False, Kind.LIST: (), Kind.EXTENT: ()}


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists in a column's cells, each distinct one once."""

    codes: NDArray[np.int64]  # of each row, its list's place among the distinct ones
    distinct: NDArray[np.object_]

    def lengths(self) -> NDArray[np.int64]:
        """Return how long each row's list is."""
        return self._distinct_lengths()[self.codes]

    def items(self) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """Return each item of each row's list, row by row: the row's position, and the item."""
        lengths = self._distinct_lengths()
        flat = np.array([item for items in self.distinct for item in items], dtype=object)
        starts = np.cumsum(lengths) - lengths
        of_rows = lengths[self.codes]
        rows = np.repeat(np.arange(len(self.codes)), of_rows)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(of_rows) - of_rows, of_rows)
        return rows, flat[np.repeat(starts[self.codes], of_rows) + within]

    def _distinct_lengths(self) -> NDArray[np.int64]:
        return np.fromiter(map(len, self.distinct), np.int64, len(self.distinct))


@dataclass(frozen=True, slots=True)
class Values:
    """The cells of one sheet, read.

    Attributes
    ----------
    frame
        The sheet's columns in their dtypes; a cell that could not be read is as if blank.
    bad
        By column, for each row whether its cell could not be read.
    lists
        By column of lists, what the file's cells hold.
    """

    sheet: Sheet
    frame: pd.DataFrame
    bad: Mapping[str, NDArray[np.bool_]]
    lists: Mapping[str, Lists]

    def sound(self, *columns: str) -> NDArray[np.bool_]:
        """Return for each row whether its cells in these columns could all be read."""
        sound: NDArray[np.bool_] = ~np.logical_or.reduce([self.bad[column] for column in columns])
        return sound


def read_values(sheet: Sheet) -> tuple[Values, list[Problem]]:
    """Read every cell of the sheet, and say which cannot be read."""
    columns, bad, lists = {}, {}, {}
    problems: list[Problem] = []
    for column in sheet.table.columns:
        texts = sheet.texts[column.name]
        columns[column.name], refused, found = _read_column(texts, column)
        if found is not None:
            lists[column.name] = found
        if column.required and column.name not in sheet.absent:
            refused |= {"": ("the cell is blank", f"Fill it in: {column.meaning}")}
        bad[column.name] = _is_one_of(texts, list(refused))
        if not bad[column.name].any():
            continue
        wrong = texts[bad[column.name]]
        for row, text in zip(wrong.index, wrong, strict=True):
            problems.append(Problem(sheet.table.file, row, column.name, text or None, *refused[text]))
    own = {name: sheet.texts[name] for name in sheet.texts.columns.difference(list(sheet.table.names), sort=False)}
    return Values(sheet, pd.DataFrame(columns | own, sheet.texts.index), bad, lists), problems


def _read_column(
    texts: pd.Series[str], column: Column
) -> tuple[pd.Series[Any], dict[str, tuple[str, str]], Lists | None]:
    """Return the column's values, reason and fix for each distinct text that is refused, and the lists of a column.

    What is plainly sound is not asked about text by text.
    """
    if reader_of(column) is None:
        return texts, {}, None
    dtype = _DTYPES.get(column.kind)
    plain = plain_form(column)
    if dtype is None and plain:  # the text itself is the value
        doubtful = texts.array[~_is_plain(texts.array, plain)]
        return texts, read_texts(column, [text for text in doubtful.unique().tolist() if text])[1], None
    codes, uniques = pd.factorize(texts)
    distinct: list[str] = uniques.tolist()  # much faster to walk through than the Arrow array
    if dtype == "float64" and plain:
        values = np.full(len(distinct), np.nan)
        is_plain = _is_plain(uniques.array, plain)
        values[is_plain] = np.array(distinct, object)[is_plain].astype("float64")
        doubtful_at = np.flatnonzero(~is_plain)
    else:
        values = np.empty(len(distinct), dtype or "object")
        doubtful_at = np.arange(len(distinct))
    known, refused = read_texts(column, [distinct[i] for i in doubtful_at if distinct[i]])
    if dtype is None:
        return texts, refused, None
    for i in doubtful_at:
        values[i] = known.get(distinct[i], _BLANKS[column.kind])
    lists = Lists(codes, values) if column.kind is Kind.LIST else None
    return pd.Series(values[codes], texts.index, dtype=dtype), refused, lists


# Arrow is asked itself, and not through pandas, which takes half a millisecond for each of a story's sixty columns.
def _is_one_of(texts: pd.Series[str], some: list[str]) -> NDArray[np.bool_]:
    if not some:
        return np.zeros(len(texts), np.bool_)
    return _mask(pc.is_in(pa.array(texts.array, pa.large_string()), value_set=pa.array(some, pa.large_string())))


def _is_plain(texts: pd.api.extensions.ExtensionArray, pattern: str) -> NDArray[np.bool_]:
    """Return for each text whether all of it has the form of ``cells.plain_form``."""
    return _mask(pc.match_substring_regex(pa.array(texts, pa.large_string()), rf"\A(?:{pattern})\z"))


def _mask(answers: pa.BooleanArray) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = answers.to_numpy(zero_copy_only=False)
    return mask
