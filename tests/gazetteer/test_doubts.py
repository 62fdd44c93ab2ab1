"""How much a place is in doubt, and in which order a person should look."""

from __future__ import annotations

from itertools import permutations

import pytest
from gazetteer.test_resolver import Broken, locations, resolve

from geo.gazetteer import Doubt, Offline, by_doubt, resolve_sites


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ({"name": "Xqzjwland"}, Doubt.NOT_FOUND),
        ({"name": "Kursk Oblast", "feature_type": "area", "country_code": "RU"}, Doubt.NO_COORDINATES),
        ({"name": "Springfield"}, Doubt.SEVERAL),
        ({"name": "Vladivostok", "gazetteer_id": "GeoNames 7"}, Doubt.PERHAPS),
        ({"name": "Vladivostok", "country_code": "RU", "feature_type": "city"}, Doubt.FOUND),
        ({"name": "Chongjin", "country_code": "KP", "feature_type": "city"}, Doubt.RUNNERS_UP),
        ({"name": "X", "latitude": 1.0, "longitude": 2.0}, Doubt.PINNED),
        ({"name": "X", "coordinate_source": "Left off the map: nobody knows it"}, Doubt.LEFT_OFF),
    ],
)
def test_each_place_has_the_doubt_of_how_it_was_settled(row: dict[str, object], doubt: Doubt) -> None:
    assert resolve(row).doubts == {"l2": doubt}


def test_a_geocoder_that_fails_leaves_every_place_open() -> None:
    resolution = resolve_sites(locations({"name": "A"}, {"name": "B"}), Broken())
    assert set(resolution.doubts.values()) == {Doubt.NOT_ASKED}


def test_what_is_left_off_the_map_is_no_site_and_no_problem_and_nobody_is_asked() -> None:
    resolution = resolve_sites(
        locations({"name": "Springfield", "coordinate_source": "left off the map: why"}), Broken()
    )
    assert resolution.sites.empty
    assert resolution.problems == ()
    assert resolution.candidates == {}


def test_coordinates_win_over_a_word_that_leaves_the_place_off() -> None:
    row = {"name": "X", "coordinate_source": "left off the map", "latitude": 1.0, "longitude": 2.0}
    assert resolve(row).doubts == {"l2": Doubt.PINNED}


def test_open_places_are_exactly_those_with_a_problem() -> None:
    rows = [{"name": name} for name in ("Vladivostok", "Springfield", "Xqzjwland", "Chongjin")]
    resolution = resolve_sites(locations(*rows), Offline())
    opened = sum(doubt.is_open for doubt in resolution.doubts.values())
    assert opened == len(resolution.problems) == len(rows) - len(resolution.sites)


def test_the_most_doubtful_come_first_and_of_equal_ones_those_that_most_claims_name() -> None:
    doubts = {"pinned": Doubt.PINNED, "few": Doubt.SEVERAL, "many": Doubt.SEVERAL, "lost": Doubt.NOT_FOUND}
    claims = {"pinned": 9, "few": 1, "many": 5}
    expected = ["lost", "many", "few", "pinned"]
    for shuffled in permutations(doubts):
        assert by_doubt({place: doubts[place] for place in shuffled}, claims) == expected


def test_of_places_alike_in_both_the_order_of_the_table_stays() -> None:
    assert by_doubt(dict.fromkeys("zab", Doubt.SEVERAL), {}) == ["z", "a", "b"]
