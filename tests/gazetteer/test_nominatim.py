from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from fake_nominatim import VLADIVOSTOK, Answer, FakeNominatim, place
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)

from geo.gazetteer import Nominatim, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

SECOND = 1.0


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Hold a port on which nobody listens."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


def test_one_answer_comes_as_a_location(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    location = nominatim.geocode("Vladivostok")
    assert (location.latitude, location.longitude) == (43.1150678, 131.8855768)
    assert location.raw == VLADIVOSTOK


def test_several_answers_come_as_candidates_with_type_region_country_id_and_extent(
    server: FakeNominatim, nominatim: Nominatim
) -> None:
    oblast = place("Kursk Oblast", 51.6, 36.4, 72223, addresstype="state", boundingbox=["50.9", "52.4", "34.1", "38.5"])
    server.answer(Answer([VLADIVOSTOK, oblast]))
    city, area = ask(nominatim, "anything")
    assert (city.name, city.feature_type, city.region, city.country, city.country_code) == (
        "Vladivostok",
        "city",
        "Primorsky Krai",
        "Russia",
        "RU",
    )
    assert (city.lat, city.lon) == (43.1150678, 131.8855768)
    assert (city.gazetteer_id, city.score) == ("OpenStreetMap relation 4103", None)
    assert (area.feature_type, area.extent) == ("area", (50.9, 34.1, 52.4, 38.5))


def test_nothing_found_is_none_and_no_error(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer([]))
    assert nominatim.geocode("Sergeevsky") is None
    assert nominatim.geocode("Sergeevsky", exactly_one=False) is None
    assert len(server.requests) == 2


def test_it_says_who_asks_and_what_for(server: FakeNominatim, nominatim: Nominatim) -> None:
    ask(nominatim, "Kursk Oblast", country_code="RU", feature_type="area")
    [request] = server.requests
    assert request.user_agent.startswith(f"claim-atlas/{version('claim-atlas')} ")
    assert request.path == "/search"
    wanted = {"q": "Kursk Oblast", "countrycodes": "ru", "featureType": "state", "addressdetails": "1", "limit": "40"}
    assert wanted.items() <= request.parameters.items()


def test_a_feature_type_that_nominatim_would_ignore_is_refused(server: FakeNominatim, nominatim: Nominatim) -> None:
    with pytest.raises(GeocoderQueryError, match="'oblast' is neither 'city' nor 'state'"):
        nominatim.geocode("Kursk", featuretype="oblast")
    assert server.requests == []


@pytest.mark.parametrize(
    "body",
    [
        b"<html>busy</html>",
        b"\xff\xfe",
        b"",
        {},
        {"places": []},
        "Vladivostok",
        b"null",
        b"0",
        [1, 2],
        [None],
        [[]],
        [{"lat": "43", "lon": "131"}],
        [{"display_name": "Vladivostok"}],
        [{"display_name": "Vladivostok", "lat": "43"}],
        [{"display_name": "Vladivostok", "lat": None, "lon": None}],
        [{"display_name": "Vladivostok", "lat": "north", "lon": "east"}],
        [{"display_name": "Vladivostok", "lat": "NaN", "lon": "131"}],
        [{"display_name": "Vladivostok", "lat": "91", "lon": "131"}],
        [{"display_name": "Vladivostok", "lat": "43", "lon": "1000"}],
        [VLADIVOSTOK, {**VLADIVOSTOK, "lat": ""}],
    ],
    ids=str,
)
def test_garbage_is_an_error_and_never_a_place_nor_nothing(
    server: FakeNominatim, nominatim: Nominatim, body: object
) -> None:
    server.answer(Answer(body))
    with pytest.raises(GeocoderParseError):
        nominatim.geocode("Vladivostok", exactly_one=False)
    assert len(server.requests) == 1, "the same question gets the same garbage"


def test_details_of_another_shape_are_blank(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer([{**VLADIVOSTOK, "address": "Russia", "boundingbox": "all", "osm_id": None, "name": None}]))
    [candidate] = ask(nominatim, "Vladivostok")
    assert (candidate.name, candidate.country) == ("Vladivostok", "")
    assert (candidate.extent, candidate.gazetteer_id) == (None, "")


def test_a_refused_query_is_an_error_in_the_servers_words(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer({"error": {"code": 400, "message": "no q"}}))
    with pytest.raises(GeocoderQueryError, match="no q"):
        nominatim.geocode("?")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(b"", 500), GeocoderServiceError),
        (Answer(b"", 502), GeocoderServiceError),
        (Answer(b"", 503), GeocoderTimedOut),
        (Answer(b"slow down", 429), GeocoderRateLimited),
        (Answer(b"slow down", 429, {"Retry-After": "1"}), GeocoderRateLimited),
        (Answer([VLADIVOSTOK], delay_s=1), GeocoderTimedOut),
    ],
    ids=["500", "502", "503", "429", "429 with a wait", "time-out"],
)
def test_a_failure_is_retried_once_and_no_more(
    server: FakeNominatim, answer: Answer, error: type[GeocoderServiceError]
) -> None:
    server.answer(answer)
    geocoder = Nominatim(server.domain, "http", timeout_s=0.3)
    began = time.monotonic()
    with pytest.raises(error) as caught:
        geocoder.geocode("Vladivostok")
    assert caught.type is error
    assert len(server.requests) == 2
    # from the beginning: on a busy machine the first request may arrive later than it was sent
    assert server.requests[1].at - began >= SECOND


def test_the_retry_can_succeed(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer(b"", 500), Answer([VLADIVOSTOK]))
    assert nominatim.geocode("Vladivostok").raw == VLADIVOSTOK


def test_a_server_that_wants_a_long_rest_gets_it(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer(b"", 429, {"Retry-After": "3600"}))
    with pytest.raises(GeocoderRateLimited):
        nominatim.geocode("Vladivostok")
    assert len(server.requests) == 1


def test_a_server_that_shuts_us_out_is_not_asked_again(server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer(b"", 403))
    with pytest.raises(GeocoderInsufficientPrivileges):
        nominatim.geocode("Vladivostok")
    assert len(server.requests) == 1


def test_a_refused_connection_is_an_error(closed_port: int) -> None:
    with pytest.raises(GeocoderServiceError, match="refused"):
        Nominatim(f"127.0.0.1:{closed_port}", "http").geocode("Vladivostok")


def test_threads_and_instances_together_send_one_request_a_second(server: FakeNominatim) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    geocoders = [Nominatim(server.domain, "http") for _ in range(2)]
    began = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(lambda n: geocoders[n % 2].geocode(f"Vladivostok {n}"), range(4)))
    # from the beginning: on a busy machine a request may arrive later than it was sent, and the next one does not
    waits = sorted(request.at - began for request in server.requests)
    assert all(wait >= number * SECOND for number, wait in enumerate(waits))
