"""What a column of somebody's table may be, and the headings that people write above it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo.schema import CLAIMS, LOCATIONS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

PAIR: Final = "lat, lon"

# Columns of claims.csv that a single table says in another way.
_SAID_OTHERWISE = {"source_id", "locations", "origins", "destinations", "event_date", "quantity_approximate"}
_OF_CLAIMS = {column.name: column.meaning for column in CLAIMS.columns if column.name not in _SAID_OTHERWISE}
_OF_PLACES = {
    column.name: column.meaning
    for column in LOCATIONS.columns
    if column.name in ("country_code", "feature_type", "uncertainty_km")
}
_OF_SOURCES = {
    column.name: column.meaning
    for column in SOURCES.columns
    if column.name in ("publisher", "published", "archived_url")
}

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "place": "Where it is said to be so; several names are separated by ';'.",
        "latitude": "Decimal degrees, north positive; or degrees, minutes and seconds.",
        "longitude": "Decimal degrees, east positive; or degrees, minutes and seconds.",
        PAIR: "Latitude and longitude in one cell.",
        **_OF_PLACES,
        "origin": "For a movement: from where.",
        "destination": "For a movement: to where.",
        "date": "When it is said to have happened, or began to happen.",
        "date_end": "When it ended: with the date it makes a span.",
        "source": "The document in which it was read: its title, or its address.",
        "source_url": "Where the document can be read.",
        **_OF_SOURCES,
        "quantity": "A reported number, or a range such as 1,500-2,000.",
        **_OF_CLAIMS,
    }
)
