"""Arrows follow the shortest line on the ellipsoid, wherever on Earth they lead."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.errors import CoincidentPointsError
from geo.geodesy import MAX_STEPS, MIN_STEPS, Piece, Point, distance_km, geodesic_path, initial_bearing

if TYPE_CHECKING:
    from collections.abc import Callable

CHONGJIN, VLADIVOSTOK, KURSK = (41.7956, 129.7758), (43.1056, 131.8735), (51.75, 36.017)
ANCHORAGE, KAMCHATKA = (61.2, -149.9), (53.0, 158.7)

LATITUDES = st.floats(-80, 80)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
TWO_POINTS = st.tuples(POINTS, POINTS).filter(lambda pair: distance_km(*pair) > 1e-3)
AWKWARD = (
    ((0.0, 0.0), (0.0, 180.0)),  # antipodal
    ((10.0, 10.0), (-10.0, -170.0)),  # antipodal, across 180
    ((80.0, 10.0), (80.0, -170.0)),  # over the pole
    ((5.0, 0.0), (0.0, 180.0)),
    ((10.0, 179.99999999999997), (20.0, -179.99999999999997)),
    ((10.0, -50.0), (90.0, 170.0)),
    ((10.0, 170.0), (20.0, -100.123456789)),  # its longitude plus 360 minus 360 is another number
    ((90.0, 0.0), (-90.0, 0.0)),
    ((-90.0, 170.0), (10.0, -170.0)),
    ((89.9, 0.0), (89.9, 179.5)),  # round the pole
    ((10.0, 180.0), (20.0, -170.0)),
    ((10.0, -180.0), (20.0, -170.0)),
    ((10.0, -180.0), (20.0, 170.0)),
    ((10.0, 170.0), (20.0, -180.0)),
    ((10.0, 180.0), (20.0, -180.0)),
    ((-0.0, -180.0), (10.0, -180.0)),
)


def joined(pieces: tuple[Piece, ...]) -> list[Point]:
    return [point for piece in pieces for point in piece]


def awkward_too(test: Callable[..., None]) -> Callable[..., None]:
    """Try the awkward pairs each time, whatever else hypothesis thinks of."""
    for pair in AWKWARD:
        test = example(pair)(test)
    return test


def test_known_distances_and_directions() -> None:
    assert distance_km((0, 0), (0, 1)) == pytest.approx(111.319491, abs=1e-6)  # a degree of the equator, a = 6378.137
    assert distance_km((-90, 0), (90, 0)) == pytest.approx(20003.931459, abs=1e-6)  # half a meridian
    assert initial_bearing((0, 0), (1, 0)) == 0
    assert initial_bearing((0, 0), (0, 1)) == 90
    assert initial_bearing((0, 0), (0, -1)) == 270
    assert initial_bearing(CHONGJIN, VLADIVOSTOK) == pytest.approx(49.2, abs=0.2)


@pytest.mark.parametrize("pair", [(KURSK, KURSK), ((10, 180), (10, -180)), ((90, 0), (90, 50))])
def test_from_a_point_to_itself_leads_no_direction_and_no_path(pair: tuple[Point, Point]) -> None:
    with pytest.raises(CoincidentPointsError, match="the same point"):
        initial_bearing(*pair)
    with pytest.raises(CoincidentPointsError, match="the same point"):
        geodesic_path(*pair)


@given(TWO_POINTS)
@example(((0.0, 0.0), (1.0, -1e-17)))  # its azimuth is -6e-16, and -6e-16 % 360 is 360.0
def test_a_bearing_is_never_negative_and_never_360(pair: tuple[Point, Point]) -> None:
    assert 0 <= initial_bearing(*pair) < 360


@given(TWO_POINTS)
@awkward_too
def test_every_point_of_a_path_lies_on_the_shortest_line(pair: tuple[Point, Point]) -> None:
    origin, destination = pair
    length = distance_km(origin, destination)
    for point in joined(geodesic_path(origin, destination)):
        assert distance_km(origin, point) + distance_km(point, destination) == pytest.approx(length, abs=1e-6)


@given(TWO_POINTS)
@awkward_too
def test_a_path_advances_in_even_steps_and_is_as_long_as_the_way_back(pair: tuple[Point, Point]) -> None:
    there, back = geodesic_path(*pair), geodesic_path(*reversed(pair))
    ways = [[distance_km(pair[0], point) for point in joined(there)], [distance_km(*pair)]]
    assert all(before <= after + 1e-6 for before, after in pairwise(ways[0]))
    lengths = [sum(distance_km(*step) for piece in way for step in pairwise(piece)) for way in (there, back)]
    assert lengths == pytest.approx([distance_km(*pair)] * 2, abs=1e-5)


@given(TWO_POINTS)
@awkward_too
def test_a_path_starts_and_ends_exactly_at_its_two_places(pair: tuple[Point, Point]) -> None:
    points = joined(geodesic_path(*pair))
    for point, place in zip((points[0], points[-1]), pair, strict=True):
        assert point[0] == place[0]
        assert point[1] == place[1] or abs(point[1]) == abs(place[1]) == 180  # there, both signs are the same point


@given(TWO_POINTS)
@awkward_too
def test_no_step_of_a_path_crosses_the_map(pair: tuple[Point, Point]) -> None:
    pieces = geodesic_path(*pair)
    assert len(pieces) <= 2
    for piece in pieces:
        assert len(piece) >= 2
        assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in piece)
        if not any(abs(lat) == 90 for lat, _ in piece):  # at a pole the longitude means nothing
            assert all(abs(a[1] - b[1]) <= 180 + 1e-9 for a, b in pairwise(piece))


@given(LATITUDES, LATITUDES, st.floats(100, 179.9), st.floats(-179.9, -100), st.booleans())
def test_two_pieces_meet_on_the_180th_meridian(a: float, b: float, west: float, east: float, eastward: bool) -> None:
    pair = ((a, west), (b, east)) if eastward else ((b, east), (a, west))
    (*_, end), (start, *_) = geodesic_path(*pair)
    assert end[0] == start[0]
    assert (end[1], start[1]) == ((180.0, -180.0) if eastward else (-180.0, 180.0))


def test_a_path_over_the_pacific_is_split_where_it_crosses() -> None:
    west, east = geodesic_path(KAMCHATKA, ANCHORAGE)
    assert west[-1] == (pytest.approx(59.5, abs=0.01), 180)
    assert east[0] == (west[-1][0], -180)
    assert (west[0], east[-1]) == (KAMCHATKA, ANCHORAGE)
    west, east = geodesic_path(ANCHORAGE, KAMCHATKA)
    assert (west[-1][1], east[0][1]) == (-180, 180)


def test_a_path_that_begins_or_ends_on_the_180th_meridian_is_not_split() -> None:
    for pair in (((10.0, 180.0), (20.0, -170.0)), ((10.0, -180.0), (20.0, 170.0)), ((10.0, 170.0), (20.0, -180.0))):
        (piece,) = geodesic_path(*pair)
        assert all(abs(a[1] - b[1]) < 2 for a, b in pairwise(piece))


def test_a_short_arc_has_few_points_and_a_long_one_not_many() -> None:
    assert len(joined(geodesic_path(CHONGJIN, VLADIVOSTOK))) == MIN_STEPS + 1
    assert len(joined(geodesic_path(VLADIVOSTOK, KURSK))) == MAX_STEPS + 1
    assert len(joined(geodesic_path(VLADIVOSTOK, KURSK, spacing_km=200))) == 35  # 6,760 km
