"""Tables as the bytes of CSV files that ``geo.tables`` reads."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def csv_bytes(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV in UTF-8 with LF at the lines' ends; a cell that a row lacks is blank, others are left out."""
    return records_bytes([header, *([row.get(name, "") for name in header] for row in rows)])


def records_bytes(records: Iterable[Sequence[str]]) -> bytes:
    """Return records as CSV in UTF-8; an empty one is a blank line, so that the others keep their numbers."""
    text = io.StringIO(newline="")
    # The module doesn't quote a lone CR, which every reader takes for the end of a line.
    csv.writer(text, lineterminator="\n").writerows(
        [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in record] for record in records
    )
    return text.getvalue().encode()
