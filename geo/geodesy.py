"""Lengths, directions and shortest lines on the WGS 84 ellipsoid; points are ``(lat, lon)`` in decimal degrees.

References
----------
Karney, C. F. F. (2013), Algorithms for geodesics, J. Geodesy 87, 43-55.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from geographiclib.geodesic import Geodesic  # type: ignore[import-untyped]  # the package carries no types

from geo.errors import CoincidentPointsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Point: TypeAlias = tuple[float, float]
Piece: TypeAlias = tuple[Point, ...]

MIN_STEPS, MAX_STEPS = 16, 64  # a short arc still bends smoothly, and a long one stays quick to draw

_CONTINUOUS = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.LONG_UNROLL
_MEAN_RADIUS_KM = 6371.0088  # IUGG
_BISECTIONS = 60  # halve the Earth's circumference to below the precision of a float


def distance_km(a: Point, b: Point) -> float:
    """Return the length of the geodesic between two points, in kilometres."""
    return float(Geodesic.WGS84.Inverse(*a, *b, Geodesic.DISTANCE)["s12"]) / 1000


def great_circles_km(a: Point, others: np.ndarray) -> np.ndarray:
    """Return the distances on a sphere from a point to many, each a row of latitude and longitude, in kilometres.

    Within 0.6 % of the geodesics, and quick enough to compare many candidates with many sites.
    """
    lat, lon = np.radians(a)
    to_lat, to_lon = np.radians(others).T
    half = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    distances: np.ndarray = 2 * _MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distances


def initial_bearing(origin: Point, destination: Point) -> float:
    """Return the direction in which the geodesic leaves the origin.

    Returns
    -------
    bearing_deg
        Degrees clockwise from true north, 0 <= bearing_deg < 360.

    Raises
    ------
    CoincidentPointsError
        When both points are the same: no direction exists, so no arrow head can be drawn.
    """
    inverse = Geodesic.WGS84.Inverse(*origin, *destination)
    _refuse_coincident(inverse["s12"], origin, destination)
    return float(inverse["azi1"] % 360) % 360  # twice: a tiny negative azimuth % 360 rounds to 360.0


def geodesic_path(origin: Point, destination: Point, *, spacing_km: float = 100) -> tuple[Piece, ...]:
    """Return points along the geodesic, ready to be drawn on a map that ends at the 180th meridian.

    Parameters
    ----------
    origin, destination
        Where a movement is said to start and to end. Of antipodal points, one of the shortest lines is taken.
    spacing_km
        Distance between points that is aimed at; a path has from 16 to 64 steps, whatever its length.

    Returns
    -------
    pieces
        One piece; or two, where the path crosses the 180th meridian: the first ends and the second begins at the
        same latitude, on the two sides of it. A point on that meridian has the sign of the side it is drawn on.

    Raises
    ------
    CoincidentPointsError
        When both points are the same.
    """
    line = Geodesic.WGS84.InverseLine(*origin, *destination)
    length_m = line.s13
    _refuse_coincident(length_m, origin, destination)

    def at(fraction: float) -> Point:
        """Return the point after a part of the length; its longitude may lie beyond 180 degrees."""
        position = line.Position(length_m * fraction, _CONTINUOUS)
        return position["lat2"], position["lon2"]

    steps = min(max(math.ceil(length_m / 1000 / spacing_km), MIN_STEPS), MAX_STEPS)
    turns = 360 * round((at(1)[1] - destination[1]) / 360)  # longitudes run on over 180, so that no step jumps
    end = destination[0], destination[1] + turns
    points = [origin, *(at(step / steps) for step in range(1, steps)), end]
    if abs(end[1]) <= 180:
        return (_between(points, origin, end),)
    edge = math.copysign(180, end[1])
    if origin[1] == edge:  # it leaves the 180th meridian, so all of it is drawn from the other side
        return (_moved(_between(points, origin, end), -2 * edge, destination),)
    fraction = _fraction_at_180(at)
    crossing = at(fraction)[0], edge
    last = math.ceil(fraction * steps)
    near = _between([*points[:last], crossing], origin, crossing)
    far = _between([crossing, *points[last:]], crossing, end)
    return near, _moved(far, -2 * edge, destination)


def _fraction_at_180(at: Callable[[float], Point]) -> float:
    """Return the part of a path after which it reaches the 180th meridian, by bisection."""
    before, beyond = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (before + beyond) / 2
        if abs(at(middle)[1]) < 180:
            before = middle
        else:
            beyond = middle
    return beyond


def _between(points: Sequence[Point], start: Point, end: Point) -> Piece:
    """Return the points with longitudes that don't leave those of the ends, as rounding makes them do."""
    west, east = sorted((start[1], end[1]))
    return tuple((lat, min(max(lon, west), east)) for lat, lon in points)


def _moved(piece: Piece, degrees_east: float, destination: Point) -> Piece:
    """Return a piece drawn one turn of the Earth further on; its end is given, so that no bit of it is lost."""
    return (*((lat, lon + degrees_east) for lat, lon in piece[:-1]), destination)


def _refuse_coincident(length_m: float, origin: Point, destination: Point) -> None:
    if length_m == 0:
        msg = f"origin {origin} and destination {destination} are the same point."
        raise CoincidentPointsError(msg)
