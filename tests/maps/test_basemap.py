"""The base map's data, and the script that builds it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "geo" / "maps" / "assets"
BUILD = ROOT / "docs" / "basemap" / "build.py"

Line = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class BaseMap:
    """The data decoded: lines of (lon, lat) in degrees."""

    land: list[Line]
    coast: list[Line]
    borders: list[Line]
    names: dict[str, tuple[float, float, float]]
    stretches: dict[str, list[tuple[float, float, float]]]
    order: list[str]

    def is_land(self, lon: float, lat: float) -> bool:
        """Count by the even-odd rule how many rings lie around a point."""
        inside = False
        for (x1, y1), (x2, y2) in (stretch for ring in self.land for stretch in pairwise(ring)):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (x2 - x1) * (lat - y1) / (y2 - y1):
                inside = not inside
        return inside


def read_base_map(path: Path) -> BaseMap:
    data = json.loads(path.read_text(encoding="utf-8"))
    arcs = [decode(flat, data["scale"]) for flat in data["arcs"]]
    land, coast, borders = (
        [[point for i in line for point in arcs[i]] for line in data[part]] for part in ("land", "coast", "borders")
    )
    names = {name: (lon, lat, width) for name, lon, lat, width, _ in data["names"]}
    stretches = {
        name: list(zip(flat[::3], flat[1::3], flat[2::3], strict=True)) for name, _, _, _, flat in data["names"]
    }
    return BaseMap(land, coast, borders, names, stretches, [entry[0] for entry in data["names"]])


def decode(flat: list[int], scale: int) -> Line:
    lon = lat = 0
    points = []
    for east, north in zip(flat[::2], flat[1::2], strict=True):
        lon, lat = lon + east, lat + north
        points.append((lon / scale, lat / scale))
    return points


@pytest.fixture(scope="module")
def base_map() -> BaseMap:
    return read_base_map(ASSETS / "basemap.json")


def test_the_data_are_small_enough_to_travel_with_every_map() -> None:
    assert (ASSETS / "basemap.json").stat().st_size < 450_000


def test_the_note_of_origin_names_these_very_bytes() -> None:
    digest = hashlib.sha256((ASSETS / "basemap.json").read_bytes()).hexdigest()
    assert f"| `basemap.json` | `{digest}` |" in (ASSETS / "basemap.md").read_text(encoding="utf-8")


def test_every_point_is_on_earth(base_map: BaseMap) -> None:
    points = [point for line in base_map.land + base_map.coast + base_map.borders for point in line]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def test_no_line_streaks_across_the_world(base_map: BaseMap) -> None:
    stretches = [s for line in base_map.land + base_map.coast + base_map.borders for s in pairwise(line)]
    streaks = [(a, b) for a, b in stretches if abs(a[0] - b[0]) > 30]  # the 49th parallel takes 28°
    assert streaks == [((180.0, -90.0), (-180.0, -90.0))]  # Antarctica closes along the pole


def test_no_coast_and_no_border_runs_along_180_degrees(base_map: BaseMap) -> None:
    stretches = [s for line in base_map.coast + base_map.borders for s in pairwise(line)]
    assert not [(a, b) for a, b in stretches if abs(a[0]) == abs(b[0]) == 180]


def test_every_ring_of_land_closes(base_map: BaseMap) -> None:
    assert all(ring[0] == ring[-1] and len(set(ring)) > 2 for ring in base_map.land)


def test_every_coast_is_the_edge_of_exactly_one_ring_of_land(base_map: BaseMap) -> None:
    data = json.loads((ASSETS / "basemap.json").read_text(encoding="utf-8"))
    uses = Counter(i for ring in data["land"] for i in ring)
    assert set(uses.values()) == {1}
    assert {i for line in data["coast"] for i in line} <= set(uses)
    assert not {i for line in data["borders"] for i in line} & set(uses)
    assert len(data["coast"]) == len(base_map.coast) > 1000


def test_every_border_ends_at_a_coast_or_at_another_border(base_map: BaseMap) -> None:
    on_coast = {point for line in base_map.coast for point in line}
    ends = Counter(end for line in base_map.borders for end in (line[0], line[-1]))
    assert [end for end, n in ends.items() if n == 1 and end not in on_coast] == []


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Sergeevsky", 131.6686, 44.3269),
        ("Vladivostok", 131.8735, 43.1056),
        ("Chongjin", 129.7758, 41.7956),
        ("Hamhung", 127.5364, 39.9183),
        ("Musudan", 129.68, 40.85),
        ("Khabarovsk", 135.0971, 48.462),
        ("Kursk", 36.1846, 51.7269),
        ("Moscow", 37.62, 55.75),
        ("Pyongyang", 125.75, 39.03),
        ("Simferopol", 34.1, 44.95),
        ("Kaliningrad", 20.5, 54.7),
        ("Maseru, inside South Africa", 27.6, -29.4),
        ("Chukotka west of 180°", 179.9, 67.0),
        ("Chukotka east of 180°", -179.9, 67.0),
        ("Wrangel Island west of 180°", 179.9, 71.2),
        ("Wrangel Island east of 180°", -179.9, 71.2),
        ("Taveuni, on 180°", 179.98, -16.85),
        ("the South Pole's ice", 0.0, -89.5),
    ],
)
def test_is_land(base_map: BaseMap, place: str, lon: float, lat: float) -> None:
    assert base_map.is_land(lon, lat), place


@pytest.mark.parametrize(
    ("place", "lon", "lat"),
    [
        ("Sea of Japan", 134.0, 40.0),
        ("Pacific at 180°", 180.0, 0.0),
        ("Pacific east of 180°", -179.9, 60.0),
        ("Caspian Sea", 51.0, 42.0),
        ("Kerch Strait", 36.58, 45.3),
        ("Sea of Azov", 36.5, 46.0),
        ("Southern Ocean", 100.0, -60.0),
        ("Arctic Ocean", 0.0, 89.0),
    ],
)
def test_is_water(base_map: BaseMap, place: str, lon: float, lat: float) -> None:
    assert not base_map.is_land(lon, lat), place


def test_crimea_is_joined_to_ukraine_and_parted_from_russia_by_the_sea(base_map: BaseMap) -> None:
    points = [point for line in base_map.borders for point in line]
    assert not [p for p in points if 33.3 <= p[0] <= 34.2 and 46.0 <= p[1] <= 46.3]  # the isthmus of Perekop
    assert not [p for p in points if 32.0 <= p[0] <= 37.5 and 44.0 <= p[1] <= 46.9]  # the whole peninsula, and Kerch
    assert [p for p in points if 38.0 <= p[0] <= 38.5 and 47.0 <= p[1] <= 47.5]  # Ukraine and Russia at the Sea of Azov


def test_a_country_is_labelled_on_its_own_land_the_largest_first(base_map: BaseMap) -> None:
    assert base_map.order[:2] == ["Antarctica", "Russia"]
    assert len(base_map.names) == len(base_map.order) == 242
    adrift = {
        name for name, (lon, lat, width) in base_map.names.items() if width > 0.1 and not base_map.is_land(lon, lat)
    }
    assert adrift == set()
    lon, lat, width = base_map.names["North Korea"]
    assert (124.5 < lon < 130, 38 < lat < 42.5, 2 < width < 6) == (True, True, True)


def test_a_name_may_stand_in_every_part_of_its_country_and_nowhere_else(base_map: BaseMap) -> None:
    middles = [
        (name, (west + east) / 2, lat) for name, found in base_map.stretches.items() for lat, west, east in found
    ]
    assert [
        place for place in middles if not base_map.is_land(place[1] - 360 if place[1] > 180 else place[1], place[2])
    ] == []
    in_primorye = [(lat, west, east) for lat, west, east in base_map.stretches["Russia"] if lat == 44.5 and west > 100]
    assert len(in_primorye) == 1
    assert in_primorye[0][1:] == pytest.approx((131.1, 136.2), abs=0.3)
    assert [lat for lat, west, _ in base_map.stretches["Japan"] if west > 140 and lat > 41.5]  # Hokkaido, an island


# Two square countries that share a border at 170° W; the western one lies on both sides of 180°. A round of ice. And an
# island on 180° that comes already cut, as Fiji's do.
SMALL_WORLD = {
    "transform": {"scale": [1, 1], "translate": [-180, -90]},
    "arcs": [
        [[10, 100], [0, -10]],  # the border, southwards
        [[10, 90], [340, 0], [0, 10], [-340, 0]],  # the rest of the western country
        [[10, 100], [10, 0], [0, -10], [-10, 0]],  # the rest of the eastern country
        [[0, 10], [90, 0], [90, 5], [90, -5], [-270, 0]],  # the ice, from 180° W to 180° E
        [[360, 68], [-2, 1], [2, 1], [0, -2]],  # the island's half west of 180°
        [[0, 70], [2, -1], [-2, -1], [0, 2]],  # its half east of it
    ],
    "objects": {
        "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]], [[3]], [[4]], [[5]]]}]},
        "countries": {
            "geometries": [
                {"type": "MultiPolygon", "properties": {"name": "West"}, "arcs": [[[0, 1]]]},
                {"type": "MultiPolygon", "properties": {"name": "East"}, "arcs": [[[-1, 2]]]},
                {"type": "MultiPolygon", "properties": {"name": "Ice"}, "arcs": [[[3]]]},
                {"type": "MultiPolygon", "properties": {"name": "Island"}, "arcs": [[[4]], [[5]]]},
            ]
        },
    },
}


def build(topology: dict[str, object], folder: Path) -> subprocess.CompletedProcess[str]:
    source = folder / "world.json"
    source.write_text(json.dumps(topology), encoding="utf-8")
    command = [sys.executable, str(BUILD), str(source), str(folder / "built.json")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def small_map(tmp_path_factory: pytest.TempPathFactory) -> BaseMap:
    folder = tmp_path_factory.mktemp("basemap")
    done = build(SMALL_WORLD, folder)
    assert done.returncode == 0, done.stderr
    return read_base_map(folder / "built.json")


@pytest.mark.parametrize(
    ("lon", "lat", "is_land"),
    [
        (175, 5, True),
        (-175, 5, True),
        (-165, 5, True),
        (0, -85, True),
        (179, -21, True),
        (-179, -21, True),
        (0, 5, False),
        (-155, 5, False),
        (0, -70, False),
    ],
)
def test_the_build_keeps_land_and_water_on_both_sides_of_180(
    small_map: BaseMap, lon: float, lat: float, *, is_land: bool
) -> None:
    assert small_map.is_land(lon, lat) is is_land


def test_the_build_tells_coast_from_borders_and_from_the_edge_of_the_map(small_map: BaseMap) -> None:
    assert small_map.borders == [[(-170.0, 10.0), (-170.0, 0.0)]]
    assert sorted(small_map.coast) == [
        [(-180.0, -80.0), (-90.0, -80.0), (0.0, -75.0), (90.0, -80.0), (180.0, -80.0)],
        [(-180.0, -20.0), (-178.0, -21.0), (-180.0, -22.0)],
        [(-180.0, 10.0), (-170.0, 10.0), (-160.0, 10.0), (-160.0, 0.0), (-170.0, 0.0), (-180.0, 0.0)],
        [(180.0, -22.0), (178.0, -21.0), (180.0, -20.0)],
        [(180.0, 0.0), (170.0, 0.0), (170.0, 10.0), (180.0, 10.0)],
    ]


def test_the_build_labels_a_country_across_180_by_its_whole_width(small_map: BaseMap) -> None:
    lon, lat, width = small_map.names["West"]
    assert (abs(lon), lat, width) == (180.0, 5.0, 20.0)
    assert small_map.stretches["West"] == [(lat, 170.0, 190.0) for lat in (0.5, 2.5, 4.5, 6.5, 8.5)]
    assert small_map.stretches["East"] == [(lat, -170.0, -160.0) for lat in (0.5, 2.5, 4.5, 6.5, 8.5)]


def test_the_build_refuses_a_land_that_is_not_the_countries_outline(tmp_path: Path) -> None:
    land = {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, 2]]]}]}
    done = build(SMALL_WORLD | {"objects": SMALL_WORLD["objects"] | {"land": land}}, tmp_path)
    assert done.returncode == 1
    assert "the outline of 'land' isn't the outer edge of 'countries'" in done.stderr
    assert not (tmp_path / "built.json").exists()
