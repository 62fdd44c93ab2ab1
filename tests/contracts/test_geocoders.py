"""What every geocoder in GEOCODERS promises, so that a newcomer inherits these tests."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from geopy.geocoders.base import Geocoder as GeopyGeocoder

from geo.gazetteer import GEOCODERS, Cached, Nominatim, Offline

ROOT = Path(__file__).parents[2]
CLASSES = {**GEOCODERS, "cached": Cached}
Ours = Cached | Nominatim | Offline
PLAIN = inspect.Parameter.POSITIONAL_OR_KEYWORD
NAMED = inspect.Parameter.KEYWORD_ONLY


@pytest.fixture(params=CLASSES)
def geocoder(request: pytest.FixtureRequest, tmp_path: Path) -> Ours:
    if request.param == "cached":
        return Cached(GEOCODERS["offline"](), tmp_path / "answers.sqlite3")
    return GEOCODERS[request.param]()


def test_it_keeps_the_call_of_geopy(geocoder: Ours) -> None:
    parameters = inspect.signature(geocoder.geocode).parameters
    assert [parameters[name].kind for name in ("query", "exactly_one", "timeout")] == [PLAIN, NAMED, NAMED]
    assert parameters["exactly_one"].default is True
    assert parameters["query"].default is inspect.Parameter.empty


def test_it_can_be_narrowed_by_country_and_type(geocoder: Ours) -> None:
    parameters = inspect.signature(geocoder.geocode).parameters
    assert [parameters[name].kind for name in ("country_codes", "featuretype")] == [NAMED, NAMED]
    assert all(parameters[name].default is None for name in ("country_codes", "featuretype"))


def test_it_says_what_it_is_whom_to_credit_and_whether_it_asks_outside(geocoder: Ours) -> None:
    assert geocoder.service
    assert geocoder.attribution
    assert isinstance(geocoder.asks_outside, bool)


def test_its_answers_can_become_candidates(geocoder: Ours) -> None:
    assert list(inspect.signature(geocoder.candidate).parameters) == ["location"]


@pytest.mark.parametrize("name", CLASSES)
def test_it_is_documented_in_code(name: str) -> None:
    own = CLASSES[name]
    assert own.__doc__
    assert own.__doc__ != GeopyGeocoder.__doc__
    call = inspect.getdoc(vars(own)["geocode"]) or ""
    assert "Raises\n------" in call


@pytest.mark.parametrize("name", GEOCODERS)
def test_it_has_its_row_in_the_docs(name: str) -> None:
    text = (ROOT / "docs" / "gazetteer.md").read_text(encoding="utf-8")
    assert f"| `{name}` |" in text
    assert GEOCODERS[name].attribution.split(",")[0] in text
