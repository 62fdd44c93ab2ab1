"""Exporters: what a selection lets through, as a file for other programs and for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.export.citable_text import CitableText
from geo.export.exporter import Exporter, Extract
from geo.export.flat_table import FlatTable
from geo.export.geojson import GeoJson
from geo.export.kml import Kml
from geo.export.naming import file_name
from geo.export.xlsx import Xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXPORTERS", "Exporter", "Extract", "file_name"]

# By the name that the command line knows them by.
EXPORTERS: Mapping[str, Exporter] = {
    "csv": FlatTable(),
    "xlsx": Xlsx(),
    "geojson": GeoJson(),
    "kml": Kml(),
    "text": CitableText(),
}
