from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from fake_nominatim import VLADIVOSTOK, Answer, FakeNominatim, place
from geopy.exc import GeocoderServiceError
from geopy.location import Location

from geo import schema
from geo.gazetteer import Nominatim, Offline, Resolution, resolve_sites

if TYPE_CHECKING:
    from collections.abc import Mapping

BLANK: Mapping[schema.Kind, Any] = {schema.Kind.NUMBER: math.nan, schema.Kind.LIST: (), schema.Kind.EXTENT: ()}


def locations(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Return a checked table of locations with these cells, all others blank; ids are l2, l3, ... by row."""
    blank = {column.name: BLANK.get(column.kind, "") for column in schema.LOCATIONS.columns}
    numbers = range(2, 2 + len(rows))
    records = [blank | {"location_id": f"l{n}"} | dict(row) for n, row in zip(numbers, rows, strict=True)]
    return pd.DataFrame(records, index=numbers, columns=schema.LOCATIONS.names)


def resolve(*rows: Mapping[str, Any]) -> Resolution:
    return resolve_sites(locations(*rows), Offline())


class Scripted:
    """A geocoder of the simplest make: fixed answers by query, no score, country or type."""

    def __init__(self, **answers: list[Location]) -> None:
        self.answers, self.asked = answers, []

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        self.asked.append(query)
        found = self.answers.get(query)
        return found[0] if exactly_one and found else found


class Broken:
    def geocode(self, query: str, *, exactly_one: bool = True) -> list[Location]:  # noqa: ARG002
        return [{}[query]]


class Failing:
    def geocode(self, query: str, *, exactly_one: bool = True) -> list[Location]:  # noqa: ARG002
        words = f"out of order\x1b[31m\nasked for {query}"
        raise GeocoderServiceError(words)


A, B = Location("Sergeyevka, one", (44.3, 131.7), {}), Location("Sergeyevka, other", (43.4, 133.3), {})


def test_the_storys_cities_are_settled_with_their_provenance() -> None:
    resolution = resolve(
        {"name": "Vladivostok", "country_code": "RU", "feature_type": "city", "uncertainty_km": 15.0},
        {"name": "Ussuriysk", "country_code": "RU", "feature_type": "city", "aliases": ("Ussuryisk", "Уссурийск")},
    )
    assert resolution.problems == ()
    first, second = resolution.sites.itertuples()
    assert (first.Index, first.location_id, first.lat, first.lon) == (2, "l2", 43.10562, 131.87353)
    assert (first.uncertainty_km, first.gazetteer_id, first.how) == (15, "GeoNames 2013348", "geocoded")
    assert first.provenance == "found by the offline gazetteer (GeoNames 2013348) for the query 'Vladivostok'"
    assert (second.gazetteer_id, second.aliases, second.extent) == ("GeoNames 2014006", ("Ussuryisk", "Уссурийск"), ())
    assert math.isnan(second.uncertainty_km)


def test_pinned_coordinates_win_and_nobody_is_asked() -> None:
    geocoder = Scripted()
    row = {"name": "Vladivostok", "latitude": 1.0, "longitude": 2.0, "coordinate_source": "a chart"}
    resolution = resolve_sites(locations(row), geocoder)
    [site] = resolution.sites.itertuples()
    assert (site.lat, site.lon, site.how, site.provenance) == (1, 2, "pinned", "pinned: a chart")
    assert (geocoder.asked, dict(resolution.candidates)) == ([], {})


@pytest.mark.parametrize("name", ["Sergeyevka", "San Antonio", "Springfield"])
def test_an_ambiguous_name_is_never_settled_by_the_first_hit(name: str) -> None:
    resolution = resolve({"name": name, "feature_type": "city"})
    assert resolution.sites.empty
    assert len(resolution.candidates["l2"]) > 1


def test_the_problem_lists_the_candidates_and_says_what_to_do() -> None:
    [problem] = resolve({"name": "Sergeyevka", "country_code": "RU"}).problems
    assert str(problem) == (
        "locations.csv, row 2, column 'name': 'Sergeyevka' has 2 candidates in the offline gazetteer: "
        "Sergeyevka (city, Primorskiy kray, Russian Federation; GeoNames 2016961), "
        "Sergeyevka (city, Primorskiy kray, Russian Federation; GeoNames 2020626). "
        "Pin it with latitude, longitude and coordinate_source, narrow it with country_code, feature_type or query, "
        "or choose with: claim-atlas geocode."
    )


def test_many_candidates_are_listed_shortly() -> None:
    [problem] = resolve({"name": "Springfield"}).problems
    assert " more. Pin it" in str(problem)
    assert len(str(problem)) < 1000


def test_a_country_and_a_type_narrow_to_one() -> None:
    resolution = resolve({"name": "Kursk", "country_code": "ru", "feature_type": "city"})
    assert list(resolution.sites["gazetteer_id"]) == ["GeoNames 538560"]


def test_a_city_and_an_area_of_one_name_are_ambiguous_until_the_type_is_given() -> None:
    [problem] = resolve({"name": "Khabarovsk", "country_code": "RU"}).problems
    assert "2 candidates" in problem.reason
    assert "Khabarovskiy kray (area" in problem.reason


def test_a_given_gazetteer_id_settles_among_namesakes() -> None:
    resolution = resolve({"name": "Sergeyevka", "gazetteer_id": "GeoNames 2020626"})
    assert list(resolution.sites["lat"]) == [pytest.approx(44.337, abs=0.001)]


def test_a_given_gazetteer_id_of_another_place_settles_nothing() -> None:
    row = {"name": "Vladivostok", "country_code": "RU", "feature_type": "city", "gazetteer_id": "GeoNames 1"}
    [problem] = resolve(row).problems
    assert "one candidate in the offline gazetteer, which may not be it: Vladivostok" in problem.reason


def test_the_query_is_asked_for_instead_of_the_name_and_named_in_the_problem() -> None:
    good, bad = {"name": "Our port", "query": "Vladivostok"}, {"name": "Vladivostok", "query": "zzzzqqqq"}
    resolution = resolve(*({**row, "country_code": "RU", "feature_type": "city"} for row in (good, bad)))
    assert list(resolution.sites["name"]) == ["Our port"]
    [problem] = resolution.problems
    assert (problem.row, problem.column, problem.value) == (3, "query", "zzzzqqqq")
    assert problem.reason == "was not found by the offline gazetteer"


def test_an_alias_finds_what_the_name_does_not() -> None:
    row = {"name": "The port", "aliases": ("Владивосток",), "country_code": "RU", "feature_type": "city"}
    [provenance] = resolve(row).sites["provenance"]
    assert provenance.endswith("(GeoNames 2013348) for the query 'Владивосток'")


def test_an_alias_that_means_another_place_makes_a_name_ambiguous() -> None:
    row = {"name": "Vladivostok", "aliases": ("Khabarovsk",), "country_code": "RU", "feature_type": "city"}
    [problem] = resolve(row).problems
    assert "has 2 candidates" in problem.reason


def test_an_area_without_coordinates_is_to_be_pinned_with_its_extent() -> None:
    [problem] = resolve({"name": "Kursk Oblast", "country_code": "RU", "feature_type": "area"}).problems
    assert "for which the offline gazetteer has no coordinates" in problem.reason
    assert "extent as 'south west north east'" in problem.fix


def test_what_is_not_found_lists_the_likest_names() -> None:
    [problem] = resolve({"name": "Sergeevsky"}).problems
    assert "was not found by the offline gazetteer; the likest names are Sergiyevsk (city, " in problem.reason


def test_without_scores_one_answer_settles_and_two_do_not() -> None:
    geocoder = Scripted(One=[A], Two=[A, B])
    resolution = resolve_sites(locations({"name": "One"}, {"name": "Two"}, {"name": "None"}), geocoder)
    assert list(resolution.sites["location_id"]) == ["l2"]
    assert list(resolution.sites["service"]) == ["Scripted"]
    assert [problem.reason.split(":")[0] for problem in resolution.problems] == [
        "has 2 candidates in Scripted",
        "was not found by Scripted",
    ]


def test_an_answer_that_does_not_say_its_country_does_not_settle_where_one_is_asked_for() -> None:
    [problem] = resolve_sites(locations({"name": "One", "country_code": "RU"}), Scripted(One=[A])).problems
    assert "may not be it" in problem.reason


def test_a_service_without_scores_is_asked_for_aliases_only_as_long_as_it_finds_nothing() -> None:
    geocoder = Scripted(Second=[A], Third=[B])
    resolve_sites(locations({"name": "First", "aliases": ("Second", "Third")}), geocoder)
    assert geocoder.asked == ["First", "Second"]


def test_nominatim_settles_a_single_answer_and_gives_an_area_its_extent(
    server: FakeNominatim, nominatim: Nominatim
) -> None:
    oblast = place("Kursk Oblast", 51.6, 36.4, 72223, addresstype="state", boundingbox=["50.9", "52.4", "34.1", "38.5"])
    server.answer(Answer([VLADIVOSTOK]), Answer([oblast]), Answer([VLADIVOSTOK, {**VLADIVOSTOK, "osm_id": 1}]))
    rows = [
        {"name": "Vladivostok", "country_code": "RU", "feature_type": "city"},
        {"name": "Kursk Oblast", "country_code": "RU", "feature_type": "area"},
        {"name": "Vladivostok again", "country_code": "RU", "feature_type": "city"},
    ]
    resolution = resolve_sites(locations(*rows), nominatim)
    assert list(resolution.sites["extent"]) == [(), (50.9, 34.1, 52.4, 38.5)]
    assert list(resolution.sites["gazetteer_id"]) == ["OpenStreetMap relation 4103", "OpenStreetMap relation 72223"]
    [problem] = resolution.problems
    assert problem.reason.startswith(f"has 2 candidates in Nominatim at {server.domain}")
    asked = [(request.parameters["countrycodes"], request.parameters["featureType"]) for request in server.requests]
    assert asked == [("ru", "city"), ("ru", "state"), ("ru", "city")]


def test_an_answer_of_the_wrong_country_or_type_does_not_settle(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    rows = [{"name": "Vladivostok", "country_code": "KZ"}, {"name": "Vladivostok", "feature_type": "area"}]
    resolution = resolve_sites(locations(*rows), nominatim)
    assert [problem.reason.split(" at ")[0] for problem in resolution.problems] == ["was not found by Nominatim"] * 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"", 500), "failed (HTTP Error 500: Internal Server Error)"),
        (Answer(b"", 429, {"Retry-After": "60"}), "limits requests, and this was one too many (HTTP Error 429"),
        (Answer(b"<p>\x1b[31m"), "answered what can't be read (its answer is not JSON)"),
        (Answer([{"display_name": "x"}]), "answered what can't be read (its answer names a place without a point"),
        (Answer([], delay_s=1), "did not answer in time ("),
    ],
    ids=["500", "429", "not JSON", "no point", "time-out"],
)
def test_a_failing_service_is_told_apart_from_not_found(server: FakeNominatim, answer: Answer, words: str) -> None:
    server.answer(answer)
    geocoder = Nominatim(server.domain, "http", timeout_s=0.3)
    [problem] = resolve_sites(locations({"name": "Vladivostok"}), geocoder).problems
    assert problem.reason.startswith(f"could not be asked: Nominatim at {server.domain} {words}")
    assert str(problem).isprintable()


def test_a_geocoder_that_trips_over_an_answer_is_a_problem_and_no_crash() -> None:
    [problem] = resolve_sites(locations({"name": "Vladivostok"}), Broken()).problems
    assert problem.reason == "could not be asked: Broken answered what can't be read (it could not be parsed: KeyError)"


def test_what_a_service_says_of_its_failure_is_told_on_one_line() -> None:
    [problem] = resolve_sites(locations({"name": "Vladivostok"}), Failing()).problems
    assert problem.reason == r"could not be asked: Failing failed (out of order\x1b[31m)"


def test_a_service_that_is_down_is_left_alone_after_three_failures(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer(b"", 403))
    resolution = resolve_sites(locations(*({"name": f"Place {n}"} for n in range(9))), nominatim)
    assert len(server.requests) == 3
    assert len(resolution.problems) == 9
    assert resolution.problems[-1].reason.endswith("had failed 3 times in a row")


def test_progress_counts_the_places_that_are_asked_for() -> None:
    seen: list[tuple[int, int]] = []
    rows = [{"name": "A"}, {"name": "B", "latitude": 1.0, "longitude": 1.0}, {"name": "C"}]
    resolve_sites(locations(*rows), Scripted(), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_a_table_without_rows_has_no_sites_and_no_problems() -> None:
    resolution = resolve_sites(locations(), Scripted())
    assert (len(resolution.sites), resolution.problems) == (0, ())
    assert str(resolution.sites["lat"].dtype) == "float64"


def test_hostile_names_reach_a_problem_on_one_line_without_control_characters() -> None:
    hostile = Location("[red]x\x1b[31m\u202e\n" + "y" * 10_000, (1, 1), {})
    [problem] = resolve_sites(locations({"name": "One"}), Scripted(One=[hostile, B])).problems
    assert str(problem).isprintable()
    assert len(str(problem)) < 2000
