"""Columns as bytes: a length, a header in JSON that says what follows, and the columns one after the other.

All is little-endian. The bytes of a column lie in planes, all lowest bytes first: so they compress well, since most
of the highest are the same. A column may be written as its difference from an earlier one that it is close to;
the difference wraps round. ``assets/unpack.js`` reads it.
"""

from __future__ import annotations

import base64
import gzip
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic_core import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

_COMPRESSION = 6
_KINDS = {"u": "Uint", "i": "Int", "f": "Float"}  # of numpy, as JavaScript names its arrays


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers of one dtype; ``beside`` names the earlier column of that dtype from which they differ little."""

    values: npt.NDArray[Any]
    beside: str = ""


def pack(header: Mapping[str, object], columns: Mapping[str, Column]) -> bytes:
    """Return the header and the columns as bytes; the header gets ``columns``, which says where each is."""
    layout, parts = {}, []
    for name, column in columns.items():
        values = column.values.astype(column.values.dtype.newbyteorder("<"))
        kind = f"{_KINDS[values.dtype.kind]}{8 * values.dtype.itemsize}Array"
        layout[name] = {"array": kind, "length": len(values), "beside": column.beside}
        if column.beside:
            values = values - columns[column.beside].values.astype(values.dtype)
        parts.append(values.view(np.uint8).reshape(len(values), values.dtype.itemsize).T.tobytes())
    text = to_json({**header, "columns": layout})
    return b"".join((struct.pack("<I", len(text)), text, *parts))


def letters(content: bytes) -> str:
    """Return bytes gzipped and in base64; the same for the same, and read by ``inflate`` of ``assets/unpack.js``."""
    return base64.b64encode(gzip.compress(content, _COMPRESSION, mtime=0)).decode("ascii")


def narrow(values: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Return whole numbers from 0 in the narrowest dtype that holds them."""
    most = int(values.max(initial=0))
    return values.astype(next(dtype for dtype in (np.uint8, np.uint16, np.uint32) if most <= np.iinfo(dtype).max))
