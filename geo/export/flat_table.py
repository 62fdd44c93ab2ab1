"""One flat CSV file: a row a claim, with all that the other tables say of it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from geo.formulas import escape_formulas
from geo.notation import cell_texts, csv_text
from geo.readable import READABLE_COLUMNS
from geo.schema import CLAIMS

if TYPE_CHECKING:
    from geo.export.exporter import Extract


class FlatTable:
    """Claims as CSV for spreadsheet programs and scripts.

    The columns are those of ``claims.csv``, written as there, then what the other tables say, in words. UTF-8 with a
    byte order mark, by which Excel knows it; lines end with CR LF, as RFC 4180 has it. No cell is a formula:
    ``geo.formulas`` says how they are marked, and unmarks them.
    """

    suffix = ".csv"
    media_type = "text/csv"
    title = "CSV"
    purpose = "One flat table, a row a claim: for a spreadsheet or a script. No cell can become a formula."

    def export(self, extract: Extract) -> bytes:
        """Return the table; what is not stated is blank in the claim's own columns, and said in the readable ones."""
        columns = cell_texts(extract.claims, CLAIMS)
        names = extract.readable[0] if extract.readable else READABLE_COLUMNS
        columns |= {name: [row[name] for row in extract.readable] for name in names}
        safe = {escape_formulas(name): list(map(escape_formulas, cells)) for name, cells in columns.items()}
        return codecs.BOM_UTF8 + csv_text(safe, "\r\n").encode()
