"""From a sheet of text to a frame of values: each column's distinct cells are read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.cells import adapter_of, read_texts
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
class Values:
    """The cells of one sheet, read.

    Attributes
    ----------
    frame
        The sheet's columns in their dtypes; a cell that could not be read is as if blank.
    bad
        By column, for each row whether its cell could not be read.
    """

    sheet: Sheet
    frame: pd.DataFrame
    bad: Mapping[str, NDArray[np.bool_]]

    def sound(self, *columns: str) -> NDArray[np.bool_]:
        """Return for each row whether its cells in these columns could all be read."""
        sound: NDArray[np.bool_] = ~np.logical_or.reduce([self.bad[column] for column in columns])
        return sound


def read_values(sheet: Sheet) -> tuple[Values, list[Problem]]:
    """Read every cell of the sheet, and say which cannot be read."""
    columns, bad = {}, {}
    problems: list[Problem] = []
    for column in sheet.table.columns:
        columns[column.name], refused = _read_column(sheet.texts[column.name], column)
        if column.required and column.name not in sheet.absent:
            refused |= {"": ("the cell is blank", f"Fill it in: {column.meaning}")}
        bad[column.name] = sheet.texts[column.name].isin(list(refused)).to_numpy()
        wrong = sheet.texts.loc[bad[column.name], column.name]
        for row, text in zip(wrong.index, wrong, strict=True):
            problems.append(Problem(sheet.table.file, row, column.name, text or None, *refused[text]))
    own = sheet.texts.drop(columns=list(sheet.table.names))
    return Values(sheet, pd.concat([pd.DataFrame(columns, sheet.texts.index), own], axis=1), bad), problems


def _read_column(texts: pd.Series[str], column: Column) -> tuple[pd.Series[Any], dict[str, tuple[str, str]]]:
    """Return the column's values, and reason and fix for each distinct text that is refused."""
    adapter = adapter_of(column)
    if adapter is None:
        return texts, {}
    codes, uniques = pd.factorize(texts)
    distinct: list[str] = uniques.tolist()  # much faster to walk through than the Arrow array
    known, refused = read_texts(adapter, [text for text in distinct if text])
    dtype = _DTYPES.get(column.kind)
    if dtype is None:  # the text itself is the value
        return texts, refused
    values = np.empty(len(distinct), dtype)
    for i, text in enumerate(distinct):
        values[i] = known.get(text, _BLANKS[column.kind])
    return pd.Series(values[codes], texts.index, dtype=dtype), refused
