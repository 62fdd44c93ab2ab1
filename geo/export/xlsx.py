"""The exporter of Excel workbooks; ``workbook.py`` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.export.exporter import Extract


class Xlsx:
    """Claims, Sources, Places and About, as Office Open XML."""

    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    title = "Excel (XLSX)"
    purpose = "The three tables as sheets, dates as dates, texts as texts: to read, sort and go on with."

    def export(self, extract: Extract) -> bytes:
        """Return the workbook; its columns are those of the tables, and ``in_selection`` and ``found_…`` of ours."""
        from geo.export.workbook import workbook  # here, for openpyxl costs a tenth of a second, and few ask for it

        return workbook(extract)
