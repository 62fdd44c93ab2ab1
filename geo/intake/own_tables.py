"""A story's own tables, told by their headings, whatever their files are called and their cells separated by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import Problem
from geo.intake.tables_out import records_bytes
from geo.schema import CHANGES, CLAIMS, LOCATIONS, QUOTATIONS, SOURCES, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.intake.grid import Grid
    from geo.schema import Table

# In this order: each has columns that those after it may have too.
_TOLD_BY = {
    QUOTATIONS: ("claim_id", "excerpt", "text_sha256"),
    CHANGES: ("changed_on", "table", "change"),
    CLAIMS: ("claim_id", "statement", "source_id"),
    LOCATIONS: ("location_id", "name"),
    SOURCES: ("source_id",),
}


def own_table(headings: Collection[str]) -> Table | None:
    """Return which of a story's tables has these headings; None for a table of somebody's own."""
    return next((table for table, names in _TOLD_BY.items() if set(names) <= set(headings)), None)


def table_bytes(grid: Grid, content: bytes) -> bytes:
    """Return a table as ``geo.tables`` reads it, with every row where it was.

    Parameters
    ----------
    content
        The file's bytes; what is returned where it is read as it stands.
    """
    if grid.encoding == "UTF-8" and grid.delimiter == "commas":
        return content
    last = max([*grid.rows, *grid.broken], default=0)
    width = max(len(texts) for texts in grid.rows.values())

    def cells(row: int) -> Sequence[str]:
        if row in grid.broken:
            return ["\0"] * width  # which is reported, and the row left out
        texts = grid.rows.get(row, ())
        return [*texts, *[""] * (width - len(texts))] if texts else ()

    return records_bytes(cells(row) for row in range(1, last + 1))


def missing(files: Collection[str]) -> list[Problem]:
    """Return which of the three tables of a story are not among the files."""
    fix = "Bring it too; the format is described in docs/data.md."
    return [
        Problem(table.file, None, None, None, "the file is missing", fix) for table in TABLES if table.file not in files
    ]
