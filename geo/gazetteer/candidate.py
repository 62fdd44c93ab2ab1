"""Candidate: one place that a gazetteer offers for a toponym."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geopy.point import Point  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopy.location import Location  # type: ignore[import-untyped]

CITY, AREA = "city", "area"
_MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a gazetteer offers for a toponym; to be chosen from, never taken because it came first.

    Attributes
    ----------
    feature_type
        ``city`` for a populated place, ``area`` for a first-order administrative area, the service's own
        word for anything else, blank where the service doesn't say.
    region, country, country_code
        The first-order area and the country it lies in (ISO 3166-1 alpha-2, upper case); blank where the
        service doesn't say.
    lat, lon
        Decimal degrees; None for a place that the gazetteer knows without coordinates.
    score
        Likeness of the names, 0 to 1; None where the service doesn't measure it.
    gazetteer_id
        Such as ``GeoNames 2013348``; blank where the service gives none.
    extent
        Bounding box as (south, west, north, east) in decimal degrees; None where not known.
    service
        Who offers it.
    raw
        The service's own words for it.
    district
        The second-order area it lies in, which tells namesakes of one region apart; blank where not known.
    population
        Inhabitants by the gazetteer; None where it doesn't say.
    names
        What else the service calls it, in other spellings and scripts.
    """

    name: str
    feature_type: str
    region: str
    country: str
    country_code: str
    lat: float | None
    lon: float | None
    score: float | None
    gazetteer_id: str
    extent: tuple[float, float, float, float] | None
    service: str
    raw: Mapping[str, Any] = field(repr=False, compare=False)
    district: str = ""
    population: int | None = None
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return name, type, region, country and id on one line, control characters escaped."""
        kind = ", ".join(word for word in (self.feature_type, self.region, self.country) if word)
        inside = "; ".join(part for part in (kind, self.gazetteer_id) if part)
        return plain(f"{self.name} ({inside})" if inside else self.name)

    @property
    def key(self) -> object:
        """Return what tells this place from others: its id, or name and point where it has none."""
        return self.gazetteer_id or (self.name, self.lat, self.lon)


def from_location(location: Location, service: str) -> Candidate:
    """Return what any geopy service's answer says: its address and point, no type, country or score."""
    lat, lon = degrees_of(location)
    return Candidate(str(location.address), "", "", "", "", lat, lon, None, "", None, service, location.raw)


def point_at(lat: float | None, lon: float | None) -> Point:
    """Return a geopy point; one of NaN, not geopy's default of 0, 0, where there are no coordinates."""
    if lat is not None and lon is not None:
        return Point(lat, lon)
    nowhere = Point()
    nowhere.latitude = nowhere.longitude = math.nan
    return nowhere


def degrees_of(location: Location) -> tuple[float | None, float | None]:
    """Return a location's latitude and longitude; None for both where it has no coordinates."""
    if math.isnan(location.latitude) or math.isnan(location.longitude):
        return None, None
    return location.latitude, location.longitude


def plain(text: str) -> str:
    """Return ``text`` for a message or a terminal: on one line, control characters escaped, cut if very long."""
    shown = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)
