"""KML for Google Earth and GIS: sites, claims and movements with their days, styles and sources."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from geo.export.balloon import claim_balloon, document_balloon, site_balloon
from geo.export.shapes import NOWHERE, claim_shape, sites_shape
from geo.export.xml_text import xml_text
from geo.notation import cell_texts
from geo.schema import CLAIMS
from geo.timeline import day_bounds, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from geo.card import Card
    from geo.export.exporter import Extract
    from geo.export.shapes import Shape
    from geo.geodesy import Point

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# The map's colours on a light ground, as in ``story_view.css``.
COLOURS = {"moved": "#b3261e", "planned": "#9a6500", "present": "#1f5f8b", "said": "#7a818c", "site": "#6d7682"}
# What isn't told as happened is paler; KML knows no dashes. The words of it stand in every name and description.
_OPAQUE, _PALE, _AREA = "ff", "99", "40"
_PLAIN = ("happened", "ongoing")
_WIDTHS = {_OPAQUE: "4", _PALE: "2"}


class Kml:
    """Sites, claims at places, movements and what is not on the map, each in a folder; ``TimeSpan`` by event date.

    References
    ----------
    Open Geospatial Consortium (2008), OGC KML 2.2.0, OGC 07-147r2.
    """

    suffix = ".kml"
    media_type = "application/vnd.google-earth.kml+xml"
    title = "KML"
    purpose = "For Google Earth and other globes, with a time slider, styles and the sources in every balloon."

    def export(self, extract: Extract) -> bytes:
        """Return the document; it names no address but those of the sources."""
        root = ET.Element("kml", xmlns=_NAMESPACE)
        document = _add(root, "Document")
        _add(document, "name", extract.title)
        _add(document, "open", "1")
        _add(document, "description", document_balloon(extract))
        for style, colour, opacity in sorted(_styles(extract.cards)):
            _add_style(document, style, colour, opacity)
        _add_sites(document, extract)
        _add_claims(document, extract)
        ET.indent(root, " ")
        text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
        return text + b"\n"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {name: xml_text(value) for name, value in attributes.items()})
    element.text = xml_text(text) or None
    return element


def _style_of(card: Card) -> tuple[str, str, str]:
    """Return id, colour and opacity of a claim's style: by its kind and how it is asserted."""
    return f"{card.kind}-{card.modality}", COLOURS[card.kind], _OPAQUE if card.modality in _PLAIN else _PALE


def _styles(cards: Iterable[Card]) -> set[tuple[str, str, str]]:
    return {("site", COLOURS["site"], _OPAQUE), *map(_style_of, cards)}


def _add_style(document: ET.Element, style_id: str, colour: str, opacity: str) -> None:
    blue_green_red = colour[5:7] + colour[3:5] + colour[1:3]
    style = _add(document, "Style", id=style_id)
    _add(_add(style, "IconStyle"), "color", opacity + blue_green_red)  # the globe's own icon: none is fetched
    line = _add(style, "LineStyle")
    _add(line, "color", opacity + blue_green_red)
    _add(line, "width", _WIDTHS[opacity])
    _add(_add(style, "PolyStyle"), "color", _AREA + blue_green_red)


def _add_sites(document: ET.Element, extract: Extract) -> None:
    folder = _folder(document, "Sites")
    for site in extract.site_of.values():
        mark = _add(folder, "Placemark")
        _add(mark, "name", site.name)
        _add(mark, "description", site_balloon(site))
        _add(mark, "styleUrl", "#site")
        names = ("location_id", "lat", "lon", "uncertainty_km", "feature_type", "provenance", "gazetteer_id", "note")
        values = {name: getattr(site, name) for name in names}
        _add_data(mark, {name: "" if value != value else str(value) for name, value in values.items()})
        _add_geometry(mark, sites_shape([site]))


def _add_claims(document: ET.Element, extract: Extract) -> None:
    columns = cell_texts(extract.claims, CLAIMS)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    folders = {name: _folder(document, name) for name in ("Claims at places", "Movements", "Not on the map")}
    columns_of_claims = (extract.cards, rows, extract.readable, extract.surely, _spans(extract.claims))
    for card, row, readable, surely, span in zip(*columns_of_claims, strict=True):
        shape = claim_shape(card, extract.site_of)
        placed = "Claims at places" if card.movement_words is None else "Movements"
        mark = _add(folders["Not on the map" if shape.shows == NOWHERE else placed], "Placemark")
        _add(mark, "name", f"{card.claimant} ({card.modality_words}): {card.statement}")
        _add(mark, "description", claim_balloon(card, surely))
        if span:
            _add_span(mark, span)
        _add(mark, "styleUrl", f"#{_style_of(card)[0]}")
        _add_data(mark, {**row, **readable, "geometry_shows": shape.shows, **row})
        _add_geometry(mark, shape)


def _folder(document: ET.Element, name: str) -> ET.Element:
    folder = _add(document, "Folder")
    _add(folder, "name", name)
    return folder


def _spans(claims: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield first and last possible day of each claim's event; an open end is left out."""
    bounds = day_bounds(claims["event_date"])
    for first, last in zip(bounds["earliest"].tolist(), bounds["latest"].tolist(), strict=True):
        ends = {"begin": first, "end": last}
        yield {end: day_of(day).isoformat() for end, day in ends.items() if isinstance(day, int)}


def _add_span(mark: ET.Element, span: Mapping[str, str]) -> None:
    element = _add(mark, "TimeSpan")
    for end, day in span.items():
        _add(element, end, day)


def _add_data(mark: ET.Element, cells: Mapping[str, str]) -> None:
    data = _add(mark, "ExtendedData")
    for name, text in cells.items():
        _add(_add(data, "Data", name=name), "value", text)


def _add_geometry(mark: ET.Element, shape: Shape) -> None:
    pieces = len(shape.points) + len(shape.lines) + len(shape.areas)
    parent = _add(mark, "MultiGeometry") if pieces > 1 else mark
    for point in shape.points:
        _add(_add(parent, "Point"), "coordinates", _coordinates([point]))
    for line in shape.lines:
        element = _add(parent, "LineString")
        _add(element, "tessellate", "1")
        _add(element, "coordinates", _coordinates(line))
    for ring in shape.areas:
        element = _add(parent, "Polygon")
        _add(element, "tessellate", "1")
        _add(_add(_add(element, "outerBoundaryIs"), "LinearRing"), "coordinates", _coordinates(ring))


def _coordinates(points: Iterable[Point]) -> str:
    return " ".join(f"{round(lon, 6)},{round(lat, 6)}" for lat, lon in points)
