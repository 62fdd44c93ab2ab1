"""A person's decision on a place: as cells of ``locations.csv``, and what the resolver makes of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import CoordinatesError
from geo.gazetteer import Candidate, Chosen, LeftOff, Pinned, Reopened, decided_file, parse_point, point_of

DAY = date(2024, 10, 19)
PORT = Candidate(
    "Vladivostok", "city", "Primorskiy kray", "Russian Federation", "RU", 43.105621, 131.87353, 1.0,
    "GeoNames 2013348", None, "the offline gazetteer", {},
)  # fmt: skip
OBLAST = replace(PORT, feature_type="area", extent=(51.05, 34.29, 52.35, 38.18), lat=51.75, lon=36.0)
TABLE = (
    "location_id,name,latitude,longitude,uncertainty_km,extent,coordinate_source,gazetteer_id,mine\n"
    'a,"Port, the",,,5.0,,,,"he said ""no"""\n'
    "b,Kursk,51.75,36.0,,51.05 34.29 52.35 38.18,a chart,GeoNames 1,007\n"
    "broken,row\n"
)


def rows_with(**decisions: Chosen | Pinned | LeftOff | Reopened) -> dict[str, dict[str, str]]:
    text = decided_file(TABLE.encode(), decisions).decode()
    return {row["location_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_a_chosen_candidate_says_who_chose_it_among_how_many() -> None:
    row = rows_with(a=Chosen(PORT, 5, DAY, 5))["a"]
    assert (row["latitude"], row["longitude"], row["gazetteer_id"]) == ("43.10562", "131.87353", "GeoNames 2013348")
    assert row["coordinate_source"] == (
        "GeoNames 2013348, chosen by hand among 5 candidates of the offline gazetteer, on 2024-10-19"
    )
    assert (row["uncertainty_km"], row["mine"]) == ("5.0", 'he said "no"')


def test_a_pin_says_how_it_was_given_and_from_what_and_is_no_place_of_the_gazetteer() -> None:
    row = rows_with(b=Pinned(51.5, 36.5, "on the map", DAY, "a photograph", 12.5))["b"]
    assert (row["latitude"], row["longitude"], row["uncertainty_km"]) == ("51.5", "36.5", "12.5")
    assert row["coordinate_source"] == "pinned by hand on 2024-10-19 on the map: a photograph"
    assert row["gazetteer_id"] == ""


def test_an_extent_goes_only_where_it_does_not_hold_the_new_point() -> None:
    assert rows_with(b=Pinned(51.5, 36.5, "", DAY))["b"]["extent"] == "51.05 34.29 52.35 38.18"
    assert rows_with(b=Pinned(60, 36.5, "", DAY))["b"]["extent"] == ""
    assert rows_with(b=Chosen(PORT, 1, DAY))["b"]["extent"] == ""
    assert rows_with(a=Chosen(OBLAST, 1, DAY))["a"]["extent"] == "51.05 34.29 52.35 38.18"


@pytest.mark.parametrize(("lon", "stays"), [(179, True), (-175, True), (0, False)])
def test_an_extent_may_cross_the_180th_meridian(lon: float, stays: bool) -> None:
    table = "location_id,name,extent\na,Chukotka,60 170 70 -170\n"
    text = decided_file(table.encode(), {"a": Pinned(65, lon, "", DAY)}).decode()
    [row] = csv.DictReader(io.StringIO(text))
    assert bool(row["extent"]) is stays


def test_what_is_left_off_has_no_coordinates_and_says_so() -> None:
    row = rows_with(b=LeftOff(DAY, "a village of that name is nowhere"))["b"]
    assert (row["latitude"], row["longitude"]) == ("", "")
    assert row["coordinate_source"] == "left off the map by hand on 2024-10-19: a village of that name is nowhere"
    assert row["gazetteer_id"] == "GeoNames 1"


def test_a_place_is_opened_again_by_taking_out_what_was_decided() -> None:
    row = rows_with(b=Reopened())["b"]
    assert [row[name] for name in ("latitude", "longitude", "coordinate_source", "gazetteer_id")] == [""] * 4


def test_an_uncertainty_that_is_the_same_keeps_its_spelling_and_none_clears_the_cell() -> None:
    assert rows_with(a=LeftOff(DAY, "", 5))["a"]["uncertainty_km"] == "5.0"
    assert rows_with(a=LeftOff(DAY, "", 6.25))["a"]["uncertainty_km"] == "6.25"
    assert rows_with(a=LeftOff(DAY, "", None))["a"]["uncertainty_km"] == ""


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DECISIONS = st.sampled_from(
    [Chosen(PORT, 5, DAY), Pinned(1.0, 2.0, "on the map", DAY), LeftOff(DAY), Reopened(), Chosen(OBLAST, 2, DAY, 3.0)]
)


@given(st.lists(CELLS, min_size=1, max_size=4), DECISIONS)
def test_every_other_cell_reads_back_as_it_was(cells: list[str], decision: Chosen) -> None:
    header = ["location_id", "latitude", *(f"c{number}" for number in range(len(cells)))]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, ["a", "1", *cells], ["b", "2", *cells]])
    written = decided_file(text.getvalue().encode(), {"a": decision}).decode()
    head, changed, untouched = csv.reader(io.StringIO(written, newline=""))
    assert head[: len(header)] == header
    assert changed[2 : len(header)] == cells
    assert untouched[: len(header)] == ["b", "2", *cells]
    assert set(untouched[len(header) :]) <= {""}


def test_a_decision_has_a_point_or_none() -> None:
    assert point_of(Chosen(PORT, 1, DAY)) == (43.105621, 131.87353)
    assert point_of(Pinned(1, 2, "", DAY)) == (1, 2)
    assert point_of(LeftOff(DAY)) is None
    assert point_of(Reopened()) is None


@pytest.mark.parametrize("text", ["43.1056, 131.8735", " 43.1056 131.8735 ", "43.1056;131.8735", "43.1056°, 131.8735°"])
def test_coordinates_are_read_as_latitude_and_longitude(text: str) -> None:
    assert parse_point(text) == (43.1056, 131.8735)


@pytest.mark.parametrize(
    "text", ["", "x", "43.1", "131.9, 43.1", "43,1, 131,9", "1e5, 3", "near 43.1, 131.9", "nan, 1"]
)
def test_what_is_no_point_on_earth_is_refused_and_nothing_guessed(text: str) -> None:
    with pytest.raises(CoordinatesError, match=r"is no point on Earth\. Write latitude, then longitude"):
        parse_point(text)
