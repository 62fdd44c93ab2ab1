"""GeoJSON: valid by RFC 7946, honest in other programs, and the same story when it is read back."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import pytest
from export.stories import NAMES, opened, whole
from geojson_pydantic import FeatureCollection

from geo.export import EXPORTERS
from geo.gazetteer import Offline
from geo.intake.geojson import story_from_geojson
from geo.outputs import extract
from geo.selection import Selection
from geo.stories import open_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def collection(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXPORTERS["geojson"].export(whole(name)))
    return found


def feature(claim_id: str, name: str = "pacific") -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in collection(name)["features"] if each["id"] == claim_id)
    return found


def lines(value: Any) -> Iterator[list[list[float]]]:  # noqa: ANN401 - any part of a geometry
    """Yield every line and ring of a geometry."""
    if isinstance(value, dict):
        if value["type"] in ("Point", "MultiPoint"):
            return
        for member in ("coordinates", "geometries"):
            yield from lines(value.get(member, []))
    elif value and isinstance(value[0], list) and isinstance(value[0][0], float):
        yield value
    elif value and not isinstance(value[0], float):
        for part in value:
            yield from lines(part)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid_and_names_no_other_system_of_coordinates(name: str) -> None:
    content = EXPORTERS["geojson"].export(whole(name))
    assert not content.startswith(b"\xef\xbb\xbf")
    FeatureCollection.model_validate_json(content)
    assert "crs" not in json.loads(content)


@pytest.mark.parametrize("name", NAMES)
def test_every_ring_is_closed_and_turns_left_and_no_line_jumps_over_the_180th_meridian(name: str) -> None:
    for each in collection(name)["features"]:
        for line in lines(each["geometry"]):
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in line)
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line))
            if each["geometry"]["type"] not in ("LineString", "MultiLineString"):
                assert line[0] == line[-1]
                assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(line)) > 0


def test_a_movement_across_the_180th_meridian_is_cut_there_and_longitude_comes_first() -> None:
    geometry = feature("across")["geometry"]
    assert geometry["type"] == "MultiLineString"
    near, far = geometry["coordinates"]
    assert near[0] == [178.4419, -18.1416]
    assert (near[-1][0], far[0][0]) == (180, -180)
    assert near[-1][1] == far[0][1]
    assert far[-1] == [-171.7667, -13.8333]


@pytest.mark.parametrize(
    ("claim_id", "kind", "shows"),
    [
        ("back", "MultiLineString", "a movement: shortest lines between reported places, no routes"),
        ("many", "MultiLineString", "a movement: shortest lines between reported places, no routes"),
        ("nowhere-from", "Point", "a movement's destination alone"),
        ("nowhere-to", "Point", "a movement's origin alone"),
        ("both-lost", "Point", "its places"),
        ("around", "Point", "a movement's destination alone"),
        ("area", "MultiPolygon", "its places"),
        ("areas", "MultiPolygon", "its places"),
        ("point", "Point", "its places"),
        ("points", "MultiPoint", "its places"),
        ("mixed", "GeometryCollection", "its places"),
        ("off", None, "no place on the map"),
        ("denial", None, "no place on the map"),
    ],
)
def test_each_claim_is_drawn_as_far_as_its_places_are_known(claim_id: str, kind: str | None, shows: str) -> None:
    found = feature(claim_id)
    assert (found["geometry"] or {}).get("type") == kind
    assert found["properties"]["geometry_shows"] == shows


def test_an_area_across_the_180th_meridian_is_two() -> None:
    west, east = feature("area")["geometry"]["coordinates"]
    assert west == [[[177, -20], [180, -20], [180, -15], [177, -15], [177, -20]]]
    assert east == [[[-180, -20], [-178, -20], [-178, -15], [-180, -15], [-180, -20]]]


def test_properties_are_the_claim_s_columns_with_null_for_what_is_not_stated_and_words_beside_them() -> None:
    said = feature("across")["properties"]
    assert (said["quantity_min"], said["quantity_approximate"], said["stance"]) == (1500, True, None)
    assert said["origins"] == "suva"
    assert said["origin_uncertainties_km"] == "12.5"
    assert feature("points")["properties"]["quantity_min"] == 0.1
    assert feature("nowhere-from")["properties"]["origin_names"] == "not stated"


@pytest.mark.parametrize("name", NAMES)
def test_geopandas_opens_it_in_wgs_84_with_every_claim(name: str, tmp_path: Path) -> None:
    path = tmp_path / "story.geojson"
    path.write_bytes(EXPORTERS["geojson"].export(whole(name)))
    frame = geopandas.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert frame["claim_id"].tolist() == opened(name).tables.claims["claim_id"].tolist()
    assert frame.geometry.notna().sum() == whole(name).counts.shown
    assert frame.geometry.dropna().is_valid.all()


@pytest.mark.parametrize("name", NAMES)
def test_the_story_that_is_read_back_is_the_same(name: str) -> None:
    before = opened(name)
    files = story_from_geojson("story.geojson", EXPORTERS["geojson"].export(whole(name)))
    after = open_story(files, Offline())
    assert (after.tables.title, after.tables.description) == (before.tables.title, before.tables.description)
    assert after.tables.licence == before.tables.licence
    assert after.tables.problems == before.tables.problems
    for table in ("claims", "sources", "locations", "quotations", "changes"):
        pd.testing.assert_frame_equal(
            getattr(after.tables, table).reset_index(drop=True), getattr(before.tables, table).reset_index(drop=True)
        )
    again = EXPORTERS["geojson"].export(extract(after, Selection()))
    assert again == EXPORTERS["geojson"].export(whole(name))


def test_a_part_that_is_read_back_tells_which_references_led_out_of_it() -> None:
    part = extract(opened("pacific"), Selection(q="ministry"))
    story = open_story(story_from_geojson("part.geojson", EXPORTERS["geojson"].export(part)), Offline())
    assert story.tables.claims["claim_id"].tolist() == ["denial"]
    assert [(problem.row, problem.column, problem.value) for problem in story.problems] == [
        (2, "responds_to", "across"),
        (2, "responds_to", "area"),
        (2, "stance", "denies"),
    ]
