"""Build the base map's data from a TopoJSON file of the world's countries.

Run as ``python docs/basemap/build.py 50m.json geo/maps/assets/basemap.json``. Where the input comes from, what it says
about borders and how to read the output stands in ``geo/maps/assets/basemap.md``.

Lengths are in *units* of 1/UNITS degree, about 11 m: fine enough for the label of a city state; the output lies on a
coarser grid. Lines are lists of (lon, lat), with land on their right hand where they are coast, and *unwrapped*: a line
that crosses 180° runs on to 181° and doesn't jump to -179°.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

UNITS = 10_000
GRID = 50  # the output's step, in units: 0.005°, at most 560 m
TURN = 360 * UNITS
HALF = TURN // 2
POLE = 90 * UNITS
EDGE = 2 * TURN + 4 * POLE
CORNERS = (HALF, POLE), (HALF, -POLE), (-HALF, -POLE), (-HALF, POLE)
TOLERANCE = 50.0  # the farthest that a dropped point may lie from the line that is kept
PARALLELS = range(-POLE + UNITS // 2, POLE, 2 * UNITS)  # every second degree, at half degrees: no border runs along one
NARROWEST = UNITS  # a stretch of a parallel that is shorter holds no name

Line = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class World:
    """A topology: its polygons refer to arcs, and what two of them share is stored once.

    Attributes
    ----------
    arcs
        Lines from node to node.
    land
        Rings of the whole land, lakes among them, as numbers of arcs; ``~i`` is arc ``i`` backwards.
    countries
        Each country's name and polygons; a polygon's first ring is its outline, the others are holes.
    """

    arcs: list[Line]
    land: list[list[int]]
    countries: list[tuple[str, list[list[list[int]]]]]


def read_world(path: Path) -> World:
    """Read the objects ``land`` and ``countries`` of a quantized TopoJSON file, multipolygons all.

    Raises
    ------
    ValueError
        When the land's outline isn't exactly what one country alone has, so that coast and borders can't be told apart.
    """
    topology = json.loads(path.read_text(encoding="utf-8"))
    land, countries = (topology["objects"][name]["geometries"] for name in ("land", "countries"))
    world = World(
        arcs=decode_arcs(topology),
        land=[ring for shape in land for polygon in shape["arcs"] for ring in polygon],
        countries=[(shape["properties"]["name"], shape["arcs"]) for shape in countries],
    )
    if set(uses(world, 1)) != {forward(arc) for ring in world.land for arc in ring}:
        msg = f"{path}: the outline of 'land' isn't the outer edge of 'countries'. Take a file where both share arcs."
        raise ValueError(msg)
    return world


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """Undo quantization and delta-encoding, and unwrap what crosses 180°."""
    (lon_step, lat_step), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        steps = zip(*(accumulate(axis) for axis in zip(*arc, strict=True)), strict=True)
        line = [(round((west + x * lon_step) * UNITS), round((south + y * lat_step) * UNITS)) for x, y in steps]
        lines.append(list(accumulate(line, lambda here, there: (nearest_turn(there[0], here[0]), there[1]))))
    return lines


def forward(arc: int) -> int:
    """Return the number of an arc, whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def uses(world: World, times: int) -> list[int]:
    """Return the arcs that countries use so many times: once is coast, twice a border."""
    rings = chain.from_iterable(polygon for _, polygons in world.countries for polygon in polygons)
    count = Counter(forward(arc) for ring in rings for arc in ring)
    return sorted(arc for arc, n in count.items() if n == times)


def nearest_turn(lon: int, near: int) -> int:
    """Return the longitude, whole turns added, that is within half a turn of ``near``."""
    return near + (lon - near + HALF) % TURN - HALF


def simplify(line: Line) -> Line:
    """Drop points by Douglas and Peucker's method, and put the others on the grid; ends stay, and so neighbours joined.

    References
    ----------
    Douglas, D. H. and Peucker, T. K. (1973), Algorithms for the reduction of the number of points required to
    represent a digitized line or its caricature, Cartographica 10, 112-122.
    """
    kept, open_spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far = max(range(first + 1, last), key=lambda i: distance(line[i], line[first], line[last]), default=None)
        if far is not None and distance(line[far], line[first], line[last]) > TOLERANCE:
            kept.add(far)
            open_spans += [(first, far), (far, last)]
    return [(round(line[i][0] / GRID) * GRID, round(line[i][1] / GRID) * GRID) for i in sorted(kept)]


def distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return how far a point lies from the stretch between two others, in the plane."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return math.hypot(x - x1 - share * dx, y - y1 - share * dy)


def walk(arcs: list[Line], ring: list[int]) -> Line:
    """Return a ring's points from arc to arc, unwrapped; the last is the first, perhaps a turn farther on."""
    points: Line = []
    for arc in ring:
        line = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        shift = nearest_turn(line[0][0], points[-1][0]) - line[0][0] if points else 0
        points += [(lon + shift, lat) for lon, lat in line[1 if points else 0 :]]
    return points


def cut_at_180(line: Line) -> list[Line]:
    """Return the parts of an unwrapped line between -180° and 180°, without any stretch along 180° itself.

    Part after part begins where the one before ends, except where 180° lies between them. A closed line that
    never meets 180° stays one closed part.
    """
    parts: list[Line] = []
    for start, end in chain.from_iterable(split_stretch(*stretch) for stretch in pairwise(line)):
        if start[0] == end[0] and start[0] % TURN == HALF:
            continue
        shift = (start[0] + end[0] + TURN) // (2 * TURN) * TURN
        here, there = (start[0] - shift, start[1]), (end[0] - shift, end[1])
        if not parts or parts[-1][-1] != here:
            parts.append([here])
        parts[-1].append(there)
    if len(parts) > 1 and parts[-1][-1] == parts[0][0]:
        parts[0][:0] = parts.pop()[:-1]
    return parts


def split_stretch(start: tuple[int, int], end: tuple[int, int]) -> list[Line]:
    """Return one stretch, or two that meet at 180° if the stretch crosses it."""
    west, east = sorted((start[0], end[0]))
    seam = (west + HALF) // TURN * TURN + HALF
    if not west < seam < east:
        return [[start, end]]
    lat = round(start[1] + (end[1] - start[1]) * (seam - start[0]) / (end[0] - start[0]))
    return [[start, (seam, lat)], [(seam, lat), end]]


def stitch(parts: list[Line]) -> tuple[list[Line], list[list[int]]]:
    """Close the parts that end at 180° along the map's edge.

    The edge is followed clockwise, as the coast is, until the next part sets out from it: so land stays on the right
    hand, and Antarctica closes along the pole.

    Returns
    -------
    seams
        The lines added, none of which is a coast.
    rings
        Each ring as numbers of the lines that make it; a seam's number goes on after the last part's.
    """
    rings = [[i] for i, part in enumerate(parts) if part[0] == part[-1]]
    starts = [(along_edge(part[0]), i) for i, part in enumerate(parts) if part[0] != part[-1]]
    seams: list[Line] = []
    following: dict[int, tuple[int, int]] = {}
    for _, i in starts:
        end = along_edge(parts[i][-1])
        gap, j = min(((start - end) % EDGE, j) for start, j in starts)
        corners = [corner for corner in CORNERS if 0 < (along_edge(corner) - end) % EDGE < gap]
        following[i] = len(parts) + len(seams), j
        seams.append([parts[i][-1], *corners, parts[j][0]])
    while following:
        ring, here = [], next(iter(following))
        while here in following:
            seam, there = following.pop(here)
            ring += [here, seam]
            here = there
        rings.append(ring)
    return seams, rings


def along_edge(point: tuple[int, int]) -> int:
    """Return how far along the map's edge a point lies: from the upper right corner down, left, up and right again.

    Raises
    ------
    ValueError
        When the point doesn't lie there: the input's ring isn't closed.
    """
    lon, lat = point
    if lon == HALF:
        return POLE - lat
    if lon == -HALF:
        return 3 * POLE + TURN + lat
    msg = f"A ring is open at {lon / UNITS}, {lat / UNITS}. Take a file whose rings close."
    raise ValueError(msg)


def area(ring: Line) -> float:
    """Return the area that a ring encloses, in square units as they are at the equator."""
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    lats = [lat for _, lat in ring]
    return abs(doubled) / 2 * math.cos(math.radians((min(lats) + max(lats)) / 2 / UNITS))


def labels(world: World) -> list[tuple[str, float, float, float, list[float]]]:
    """Return the countries' labels, the country with the largest polygon first."""
    found = []
    for name, polygons in world.countries:
        walked = [[walk(world.arcs, ring) for ring in polygon] for polygon in polygons]
        largest = max(walked, key=lambda rings: area(rings[0]))
        found.append((-area(largest[0]), (name, *label_point(largest), stretches(walked))))
    return [entry for _, entry in sorted(found)]


def stretches(polygons: list[list[Line]]) -> list[float]:
    """Return where parallels run inside a country: lat, west and east, lat, west and east, …, in degrees.

    There its name may stand when the view shows only a part of it. East may lie beyond 180°, west never.
    """
    found: list[float] = []
    for rings in polygons:
        for lat in PARALLELS:
            across = crossings(rings, lat)
            for west, east in zip(across[::2], across[1::2], strict=True):
                if east - west >= NARROWEST:
                    turn = (west + HALF) // TURN * TURN
                    found += [lat / UNITS, round((west - turn) / UNITS, 1), round((east - turn) / UNITS, 1)]
    return found


def label_point(rings: list[Line]) -> tuple[float, float, float]:
    """Return where a polygon's label goes, as lon, lat and the width there, in degrees.

    Of 63 parallels' widest stretches inside the polygon, that one is taken whose middle lies farthest from any outline.
    A polygon without area, which is how the input has the smallest, is labelled where it stands, with width 0.
    """
    lats = [lat for _, lat in rings[0]]
    south, north = min(lats), max(lats)
    squeeze = math.cos(math.radians((south + north) / 2 / UNITS))
    flat = [[(lon * squeeze, lat) for lon, lat in ring] for ring in rings]
    best = (0.0, *map(float, flat[0][0]), 0.0)
    for lat in (south + (north - south) * step / 64 for step in range(1, 64)):
        across = crossings(flat, lat)
        if across:
            width, west = max((east - west, west) for west, east in zip(across[::2], across[1::2], strict=True))
            middle = west + width / 2, lat
            room = min(distance(middle, *stretch) for ring in flat for stretch in pairwise(ring))
            best = max(best, (room, *middle, width))
    _, x, lat, width = best
    lon = (x / squeeze + HALF) % TURN - HALF
    return round(lon / UNITS, 2), round(lat / UNITS, 2), round(width / squeeze / UNITS, 2)


def crossings(rings: list[list[tuple[float, int]]], y: float) -> list[float]:
    """Return where the rings cross a horizontal line, from west to east."""
    stretches = chain.from_iterable(pairwise(ring) for ring in rings)
    return sorted(x1 + (x2 - x1) * (y - y1) / (y2 - y1) for (x1, y1), (x2, y2) in stretches if (y1 > y) != (y2 > y))


def encode(line: Line) -> list[int]:
    """Return a line as one flat list in steps of the grid: the first point, then the way from point to point."""
    points = [(round(lon / GRID), round(lat / GRID)) for lon, lat in line]
    steps = ((lon - lon0, lat - lat0) for (lon0, lat0), (lon, lat) in pairwise(points))
    return list(chain(points[0], *(step for step in steps if step != (0, 0))))


def build(world: World) -> dict[str, object]:
    """Return the base map: see ``geo/maps/assets/basemap.md`` for its parts."""
    arcs = [simplify(line) for line in world.arcs]
    coast = [
        part for ring in world.land for part in cut_at_180(walk(arcs, ring)) if part[0] != part[-1] or len(part) > 3
    ]
    seams, land = stitch(coast)
    borders = [part for arc in uses(world, 2) for part in cut_at_180(arcs[arc]) if len(encode(part)) > 2]
    return {
        "scale": UNITS // GRID,
        "arcs": [encode(line) for line in coast + seams + borders],
        "land": land,
        "coast": [[i] for i in range(len(coast))],
        "borders": [[i + len(coast) + len(seams)] for i in range(len(borders))],
        "names": labels(world),
    }


def main(source: str, target: str) -> None:
    """Read the one file and write the other."""
    text = json.dumps(build(read_world(Path(source))), ensure_ascii=False, separators=(",", ":"))
    Path(target).write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python docs/basemap/build.py INPUT_TOPOJSON OUTPUT")
    main(*sys.argv[1:])
