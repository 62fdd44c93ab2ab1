"""Where a claim lies on a map that other programs draw: points, areas, or the links of a movement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geo.errors import CoincidentPointsError
from geo.geodesy import geodesic_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.card import Card
    from geo.geodesy import Piece, Point
    from geo.readable import SiteRow

    Ring: TypeAlias = tuple[Point, ...]

MOVEMENT = "a movement: shortest lines between reported places, no routes"
ORIGIN = "a movement's origin alone"
DESTINATION = "a movement's destination alone"
PLACES = "its places"
NOWHERE = "no place on the map"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn of a claim; all in (lat, lon), and nothing crosses the 180th meridian.

    Attributes
    ----------
    shows
        What it is, in words: one of the constants above.
    lines
        Pieces of geodesics, in the direction of the movement.
    areas
        Rings counterclockwise, the last point the same as the first.
    """

    shows: str
    points: tuple[Point, ...] = ()
    lines: tuple[Piece, ...] = ()
    areas: tuple[Ring, ...] = ()


def claim_shape(card: Card, site_of: Mapping[str, SiteRow]) -> Shape:
    """Return a movement's links where both ends have coordinates, else the end that has, else the claim's places."""
    at, starts, ends = (
        [site_of[place.location_id] for place in card.places if place.role == role and place.on_map]
        for role in ("at", "from", "to")
    )
    lines = tuple(piece for start in starts for end in ends for piece in _path(start, end))
    if lines:
        return Shape(MOVEMENT, lines=lines)
    for shows, sites in ((DESTINATION, ends), (ORIGIN, starts), (PLACES, at)):
        if sites:
            return sites_shape(sites, shows)
    return Shape(NOWHERE)


def sites_shape(sites: Sequence[SiteRow], shows: str = PLACES) -> Shape:
    """Return areas as areas, and other sites as points."""
    points: list[Point] = []
    areas: list[Ring] = []
    for site in sites:
        rings = _rings(site.extent)
        areas += rings
        points += [] if rings else [(site.lat, site.lon)]
    return Shape(shows, points=tuple(points), areas=tuple(areas))


def _path(start: SiteRow, end: SiteRow) -> tuple[Piece, ...]:
    try:
        return geodesic_path((start.lat, start.lon), (end.lat, end.lon))
    except CoincidentPointsError:
        return ()


def _rings(extent: Sequence[float]) -> list[Ring]:
    """Return an area's bounding box as rings, two where it crosses the 180th meridian; none where it has no width."""
    if not extent:
        return []
    south, west, north, east = extent
    boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return [
        ((south, left), (south, right), (north, right), (north, left), (south, left))
        for left, right in boxes
        if left < right and south < north
    ]
