"""GeoJSON: a feature a claim, with the tables that it refers to, so that the story can be read back from it."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from geo.export.shapes import claim_shape
from geo.notation import cell_texts
from geo.schema import CHANGES, CLAIMS, LOCATIONS, QUOTATIONS, SOURCES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geo.export.exporter import Extract
    from geo.export.shapes import Shape
    from geo.geodesy import Point
    from geo.schema import Table

FORMAT = 1  # of the member ``claim_atlas``; ``geo.intake.geojson`` reads it back
_DECIMALS = 6  # of a degree: a tenth of a metre
_NOTE = (
    "A feature is a claim: somebody's assertion, read in a source. A line joins reported places and is no route. "
    "null is what the source doesn't state."
)


class GeoJson:
    """Claims as a FeatureCollection by RFC 7946: WGS 84, longitude before latitude, cut at the 180th meridian.

    References
    ----------
    Butler, H. et al. (2016), The GeoJSON Format, RFC 7946.
    """

    suffix = ".geojson"
    media_type = "application/geo+json"
    title = "GeoJSON"
    purpose = "For QGIS, GeoPandas and web maps. The whole of the selection can be read back from it."

    def export(self, extract: Extract) -> bytes:
        """Return the collection; the member ``claim_atlas`` holds what is no claim."""
        collection = {
            "type": "FeatureCollection",
            "title": extract.title,
            "description": extract.description,
            "licence": extract.licence,
            "credits": extract.credits,
            "note": _NOTE,
            "selection": extract.selection,
            "summary": extract.summary,
            "features": _features(extract),
            "claim_atlas": _tables(extract),
        }
        return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _features(extract: Extract) -> list[dict[str, Any]]:
    rows = _records(extract.claims, CLAIMS)
    features = []
    for row, card, readable in zip(rows, extract.cards, extract.readable, strict=True):
        shape = claim_shape(card, extract.site_of)
        properties = {**row, **readable, "geometry_shows": shape.shows, **row}  # a column of the story's own wins
        geometry = geometry_of(shape)
        features.append({"type": "Feature", "id": card.claim_id, "geometry": geometry, "properties": properties})
    return features


def geometry_of(shape: Shape) -> dict[str, Any] | None:
    """Return one geometry, a collection only where there are points and areas; None where there is nothing."""
    parts: list[tuple[str, list[Any]]] = [
        ("Point", [_position(point) for point in shape.points]),
        ("LineString", [_positions(line) for line in shape.lines]),
        ("Polygon", [[_positions(ring)] for ring in shape.areas]),
    ]
    found = [
        {"type": kind, "coordinates": each[0]} if len(each) == 1 else {"type": f"Multi{kind}", "coordinates": each}
        for kind, each in parts
        if each
    ]
    return {"type": "GeometryCollection", "geometries": found} if len(found) > 1 else next(iter(found), None)


def _positions(points: Iterable[Point]) -> list[list[float]]:
    return [_position(point) for point in points]


def _position(point: Point) -> list[float]:
    lat, lon = point
    return [round(lon, _DECIMALS) + 0.0, round(lat, _DECIMALS) + 0.0]  # 0.0 is added since -0.0 is no better than 0.0


def _tables(extract: Extract) -> dict[str, Any]:
    """Return the tables, the claims' by its columns alone since its rows are the features."""
    others = (
        (LOCATIONS, extract.locations),
        (SOURCES, extract.sources),
        (QUOTATIONS, extract.quotations),
        (CHANGES, extract.changes),
    )
    tables: dict[str, Any] = {CLAIMS.name: {"columns": list(cell_texts(extract.claims.head(0), CLAIMS))}}
    for table, frame in others:
        if table in (LOCATIONS, SOURCES) or not frame.empty:
            columns = list(cell_texts(frame.head(0), table))
            tables[table.name] = {"columns": columns, "rows": _records(frame, table)}
    return {"format": FORMAT, "tables": tables, "sites": _sites(extract.sites)}


def _records(frame: pd.DataFrame, table: Table) -> list[dict[str, Any]]:
    """Return a table's rows with numbers as numbers and what is blank as null; the rest as its cells have it."""
    columns: dict[str, Sequence[Any]] = {
        name: [text or None for text in texts] for name, texts in cell_texts(frame, table).items()
    }
    for column in table.columns:
        if column.kind is Kind.NUMBER:
            columns[column.name] = [_number(value) for value in frame[column.name]]
        elif column.kind is Kind.FLAG:
            columns[column.name] = frame[column.name].tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _number(value: float) -> float | int | None:
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _sites(sites: pd.DataFrame) -> list[Mapping[str, Any]]:
    """Return where each place was found, and by what."""
    columns = ("location_id", "name", "feature_type", "lat", "lon", "uncertainty_km", "provenance", "gazetteer_id")
    rows = zip(*(sites[name].tolist() for name in columns), strict=True)
    return [
        {name: None if value == "" or value != value else value for name, value in zip(columns, row, strict=True)}
        for row in rows
    ]
