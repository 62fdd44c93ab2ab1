"""The cells of a CSV file that has nothing unusual about it, read as columns at once.

Only where it is certain that the cells are those that the exact reader would find: what is unusual is left to that.
"""

from __future__ import annotations

import codecs

import numpy as np
import pyarrow as pa
import pyarrow.csv

_BLOCK_BYTES = 1 << 24
_QUOTE, _COMMA, _LINE_FEED = b'",\n'


def well_formed_columns(content: bytes) -> list[pa.ChunkedArray] | None:
    """Return the cells by column, the header's first; None where the exact reader has to look.

    That is where a line is blank or has another number of cells than the first, a line break is a bare CR, a quotation
    mark has no partner, or the bytes are no UTF-8 or hold NUL.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    content = content.rstrip(b"\n")
    if not content or b"\0" in content or b"\r" in content or b"\n\n" in content or not _quotes_pair(content):
        return None
    try:
        return _read(content)
    except pa.ArrowInvalid:
        return None


def _read(content: bytes) -> list[pa.ChunkedArray]:
    # more columns are named than the file has: how many those are is only known once it is read
    names = [f"f{i}" for i in range(content.split(b"\n", 1)[0].count(b",") + 1)]
    is_quoted = b'"' in content
    table = pyarrow.csv.read_csv(
        pa.BufferReader(content),
        read_options=pyarrow.csv.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK_BYTES),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=is_quoted, ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            null_values=[],
            strings_can_be_null=False,
        ),
    )
    if table.num_columns > len(names):  # a quoted line break in the header, and so columns of guessed types
        raise pa.ArrowInvalid
    return list(table.columns)


def _quotes_pair(content: bytes) -> bool:
    """Return whether each quotation mark opens a cell, closes one, or is one of two in a quoted cell."""
    if b'"' not in content:
        return True
    codes = np.frombuffer(content, np.uint8)
    places = np.flatnonzero(codes == _QUOTE)
    if len(places) % 2:
        return False
    opening, closing = places[::2], places[1::2]
    before = np.where(opening > 0, codes[opening - 1], _LINE_FEED)
    after = np.where(closing < len(codes) - 1, codes[np.minimum(closing + 1, len(codes) - 1)], _LINE_FEED)
    opens, closes = np.isin(before, (_COMMA, _LINE_FEED)), np.isin(after, (_COMMA, _LINE_FEED))
    doubled = closing[:-1] + 1 == opening[1:]  # the one that would close and the one that would open stand together
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())
