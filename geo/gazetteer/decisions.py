"""What a person decides on the place of a location, as a value, and as cells of ``locations.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import CoordinatesError, quote
from geo.gazetteer.candidate import AREA, Candidate, plain
from geo.gazetteer.pins import edit_locations
from geo.notation import number_text
from geo.schema import LEFT_OFF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.gazetteer.pins import Cells

_DECIMALS = 5  # of a degree: one metre
_POINT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)[°\s]*[,;\s]\s*([+-]?\d+(?:\.\d+)?)[°\s]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the gazetteer's candidates, which has coordinates, taken by a person for the place.

    Attributes
    ----------
    among
        How many candidates there were to choose from.
    uncertainty_km
        Radius of the circle believed to hold the true place; None for no ring.
    """

    candidate: Candidate
    among: int
    day: date
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A point that a person gave.

    Attributes
    ----------
    how
        How it was given, as the rest of "pinned by hand on a day".
    taken_from
        From what, in the person's own words; blank where they don't say.
    """

    lat: float
    lon: float
    how: str
    day: date
    taken_from: str = ""
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOff:
    """The place shall have no mark; ``why`` is in the person's own words, blank where they don't say."""

    day: date
    why: str = ""
    uncertainty_km: float | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a person decided earlier, and stands in the file, is taken back: the gazetteer shall be asked again."""

    uncertainty_km: float | None = None


Decision: TypeAlias = Chosen | Pinned | LeftOff | Reopened


def parse_point(text: str) -> tuple[float, float]:
    """Return latitude and longitude in decimal degrees from a text such as ``43.1056, 131.8735``.

    Raises
    ------
    CoordinatesError
        When the text is no point on Earth.
    """
    found = _POINT.fullmatch(text)
    lat, lon = map(float, found.groups()) if found else (90.5, 0.0)
    if abs(lat) > 90 or abs(lon) > 180:
        fix = "Write latitude, then longitude, in decimal degrees: 43.1056, 131.8735."
        msg = f"{quote(text)} is no point on Earth. {fix}"
        raise CoordinatesError(msg)
    return round(lat, _DECIMALS), round(lon, _DECIMALS)


def point_of(decision: Decision) -> tuple[float, float] | None:
    """Return where a decision puts the place, as (lat, lon); None where it gives it no point."""
    match decision:
        case Pinned(lat, lon):
            return lat, lon
        case Chosen(Candidate(lat=float(lat), lon=float(lon))):
            return lat, lon
    return None


def decided_file(content: bytes, decisions: Mapping[str, Decision]) -> bytes:
    """Return ``locations.csv`` with each decision in its row; every other cell keeps its text.

    An ``extent`` that doesn't hold the new point goes: it is that of another place.

    Parameters
    ----------
    decisions
        By location id.

    Raises
    ------
    DatasetError
        When a location has no row of its own.
    """
    return edit_locations(content, {place: partial(_cells, decision) for place, decision in decisions.items()})


def _cells(decision: Decision, row: Cells) -> Cells:
    cells = {"latitude": "", "longitude": "", "coordinate_source": _source(decision), "gazetteer_id": ""}
    if isinstance(decision, LeftOff):
        del cells["gazetteer_id"]  # it says what the place is, not where it is drawn
    if point := point_of(decision):
        cells["latitude"], cells["longitude"] = (number_text(round(degrees, _DECIMALS)) for degrees in point)
        if not _holds(row["extent"], *point):
            cells["extent"] = ""
    if isinstance(decision, Chosen):
        cells["gazetteer_id"] = decision.candidate.gazetteer_id
        if decision.candidate.feature_type == AREA and decision.candidate.extent:
            cells["extent"] = " ".join(map(number_text, decision.candidate.extent))
    if _number(row["uncertainty_km"]) != decision.uncertainty_km:
        given = decision.uncertainty_km
        cells["uncertainty_km"] = "" if given is None else number_text(given)
    return cells


def _source(decision: Decision) -> str:
    match decision:
        case Chosen(candidate, among, day):
            what = plain(candidate.gazetteer_id or candidate.name)
            many = f"{among} candidates" if among > 1 else "1 candidate"
            return f"{what}, chosen by hand among {many} of {candidate.service}, on {day}"
        case Pinned(_, _, how, day, taken_from):
            return f"pinned by hand on {day} {how}" + (f": {taken_from}" if taken_from else "")
        case LeftOff(day, why):
            return f"{LEFT_OFF} by hand on {day}" + (f": {why}" if why else "")
    return ""


def _holds(extent: str, lat: float, lon: float) -> bool:
    """Return whether a bounding box, written south west north east, holds a point; one that can't be read does."""
    try:
        south, west, north, east = map(float, extent.split())
    except ValueError:
        return True
    inside = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and inside


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
