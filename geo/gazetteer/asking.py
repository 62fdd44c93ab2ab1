"""Asking a geocoder of any make: geopy's call in, candidates out, every failure one kind of error."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from geopy.exc import GeocoderParseError, GeopyError  # type: ignore[import-untyped]

from geo.gazetteer.candidate import AREA, CITY, Candidate, from_location

if TYPE_CHECKING:
    from geopy.location import Location  # type: ignore[import-untyped]

# Our words for what a place is, in the words of Nominatim's ``featuretype``, which our geocoders share.
FEATURE_TYPES = {CITY: "city", AREA: "state"}


class Geocoder(Protocol):
    """Anything with geopy's call.

    To add one of our own: a module, a line in ``GEOCODERS``, a row in the docs. Ours also have ``service`` (their
    name in a sentence), ``attribution``, ``asks_outside`` and ``candidate(location)``, and take ``country_codes`` and
    ``featuretype`` (``city`` or ``state``); a class that has none of these still fits.
    """

    def geocode(self, query: str, *, exactly_one: bool = True) -> Any:  # noqa: ANN401 - geopy's classes are not typed
        """Return a geopy ``Location``, with ``exactly_one=False`` a list of them; None where nothing is found."""


def service_of(geocoder: Geocoder) -> str:
    """Return the geocoder's name as it stands in a sentence."""
    return str(getattr(geocoder, "service", type(geocoder).__name__))


def candidate_of(geocoder: Geocoder, location: Location) -> Candidate:
    """Return a location as the geocoder that found it describes it."""
    describe = getattr(geocoder, "candidate", None)
    candidate: Candidate = describe(location) if describe else from_location(location, service_of(geocoder))
    return candidate


def narrowing(geocoder: Geocoder, country_codes: str | None, featuretype: str | None) -> dict[str, str]:
    """Return those of the two arguments that say something and that this geocoder takes."""
    wanted = {"country_codes": country_codes, "featuretype": featuretype}
    taken = inspect.signature(geocoder.geocode).parameters
    return {name: value for name, value in wanted.items() if value and name in taken}


def ask(geocoder: Geocoder, query: str, *, country_code: str = "", feature_type: str = "") -> list[Candidate]:
    """Return all that the geocoder offers for ``query``, in its order; an empty list where it finds nothing.

    What a service was asked to narrow by and doesn't repeat in its answer is filled in.

    Raises
    ------
    GeopyError
        When the service could not be asked, or what it answered can't be read.
    """
    narrowed = narrowing(geocoder, country_code.lower(), FEATURE_TYPES.get(feature_type))
    try:
        answer = geocoder.geocode(query, exactly_one=False, **narrowed)
        locations = [] if answer is None else answer if isinstance(answer, list) else [answer]
        candidates = [candidate_of(geocoder, location) for location in locations]
    except GeopyError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # geopy's classes trust the shape of an answer, and fail by any of these when it has another
        msg = f"it could not be parsed: {type(error).__name__}"
        raise GeocoderParseError(msg) from error
    return [
        replace(
            found,
            country_code=found.country_code or (country_code.upper() if "country_codes" in narrowed else ""),
            feature_type=found.feature_type or (feature_type if "featuretype" in narrowed else ""),
        )
        for found in candidates
    ]
