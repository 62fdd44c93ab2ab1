"""How a value is written in a cell: what the reader would read back as the same value."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.schema import SEPARATOR, YES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from geo.schema import Table


def cell_texts(frame: pd.DataFrame, table: Table) -> dict[str, list[str]]:
    """Return a table's cells as text, by column: the schema's columns, then the frame's own."""
    formats = {column.name: _FORMATS.get(column.kind, _text) for column in table.columns}
    formats |= {name: _text for name in frame.columns if name not in formats}
    return {name: [form(value) for value in frame[name].tolist()] for name, form in formats.items()}


def csv_text(columns: Mapping[str, Sequence[str]], line_end: str = "\n") -> str:
    """Return columns of equal length, by name, as a CSV text with a header row."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return "".join(lines)


class _Lines(list[str]):
    """What the csv module takes for a file."""

    write = list.append


def _text(value: str) -> str:
    # The csv module doesn't quote a lone CR, and the reader takes every line break for LF.
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def number_text(value: float) -> str:
    """Return the shortest digits that read as the same number, without an exponent; blank for NaN."""
    return "" if np.isnan(value) else np.format_float_positional(value, trim="-")


_FORMATS: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: number_text,
    Kind.FLAG: lambda value: YES if value else "",
    Kind.LIST: SEPARATOR.join,
    Kind.EXTENT: lambda value: " ".join(map(number_text, value)),
}
