"""OpenStreetMap's geocoder, asked politely."""

from __future__ import annotations

import math
import time
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, Any

import geopy.geocoders  # type: ignore[import-untyped]
from geopy.adapters import URLLibAdapter  # type: ignore[import-untyped]
from geopy.exc import (  # type: ignore[import-untyped]
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter  # type: ignore[import-untyped]

from geo.gazetteer.candidate import AREA, CITY, Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geopy.location import Location  # type: ignore[import-untyped]

PUBLIC_SERVER = "nominatim.openstreetmap.org"

# One request a second at most: the public server's usage policy. The tenth is for the network, which may
# deliver two requests closer together than they were sent.
INTERVAL_S = 1.1
LONGEST_WAIT_S = 10.0
_MOST_ANSWERS = 40

_CITY_WORDS = {"city", "town", "village", "hamlet", "municipality"}
_AREA_WORDS = {"state", "province", "region"}

_PACES: dict[str, RateLimiter] = {}
_PACES_LOCK = Lock()


class Nominatim(geopy.geocoders.Nominatim):  # type: ignore[misc]
    """geopy's Nominatim with a name of its own, a pace, a time-out, one retry, and no trust in the answer.

    Parameters
    ----------
    domain
        Host, with port if need be, of the server to ask.
    scheme
        ``https`` or ``http``.
    timeout_s
        Longest wait for one answer in seconds; geopy's own second is too short for a cold server.

    References
    ----------
    OpenStreetMap Foundation, Nominatim Usage Policy, https://operations.osmfoundation.org/policies/nominatim/
    """

    attribution = "© OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)"
    asks_outside = True

    def __init__(self, domain: str = PUBLIC_SERVER, scheme: str = "https", timeout_s: float = 10.0) -> None:
        super().__init__(
            domain=domain,
            scheme=scheme,
            timeout=timeout_s,
            user_agent=f"claim-atlas/{version('claim-atlas')} (map of sourced claims; through geopy)",
            # the requests adapter sends three requests for one time-out
            adapter_factory=URLLibAdapter,
        )
        self.service = f"Nominatim at {self.domain}"

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,
        country_codes: str | None = None,
        featuretype: str | None = None,
    ) -> Location | list[Location] | None:
        """Return what the server finds for ``query``.

        Parameters
        ----------
        timeout
            Longest wait in seconds, for this call alone.
        country_codes
            ISO 3166-1 alpha-2 codes, separated by commas.
        featuretype
            ``city`` or ``state``: a word that Nominatim doesn't know it ignores in silence, so no other passes.

        Returns
        -------
        location
            None where nothing is found; else one Location or all, in the server's order.

        Raises
        ------
        GeocoderRateLimited
            When the server says that it was asked too often.
        GeocoderTimedOut, GeocoderUnavailable, GeocoderServiceError
            When it can't be reached or fails, twice.
        GeocoderParseError
            When its answer is not what Nominatim answers, or names a place without a point on Earth.
        GeocoderQueryError
            When it refuses the query, or ``featuretype`` is neither word.
        """
        if featuretype not in (None, "city", "state"):
            msg = f"featuretype {featuretype!r} is neither 'city' nor 'state'"
            raise GeocoderQueryError(msg)
        return super().geocode(
            query,
            exactly_one=exactly_one,
            timeout=self.timeout if timeout is None else timeout,
            limit=_MOST_ANSWERS,
            addressdetails=True,
            language="en",
            country_codes=country_codes,
            featuretype=featuretype,
        )

    def candidate(self, location: Location) -> Candidate:
        """Return one of this geocoder's own locations as a candidate."""
        raw: dict[str, Any] = location.raw
        address = raw.get("address")
        address = address if isinstance(address, dict) else {}
        word = str(raw.get("addresstype") or (raw.get("type") if raw.get("class") == "place" else "") or "")
        osm = (raw.get("osm_type"), raw.get("osm_id"))
        return Candidate(
            name=str(raw.get("name") or location.address.split(",")[0]),
            feature_type=CITY if word in _CITY_WORDS else AREA if word in _AREA_WORDS else word,
            region=str(address.get("state") or address.get("province") or address.get("region") or ""),
            country=str(address.get("country") or ""),
            country_code=str(address.get("country_code") or "").upper(),
            lat=location.latitude,
            lon=location.longitude,
            score=None,
            gazetteer_id=f"OpenStreetMap {osm[0]} {osm[1]}" if all(osm) else "",
            extent=_extent(raw.get("boundingbox")),
            service=self.service,
            raw=raw,
        )

    def _call_geocoder(self, url: str, callback: Callable[[Any], Any], **settings: Any) -> Any:  # noqa: ANN401 - geopy's hook
        """Send one request at the server's pace; where that may help, once more."""
        pace = _pace(self.domain)
        try:
            return pace(super()._call_geocoder, url, callback, **settings)
        except GeocoderQueryError:
            raise
        except GeocoderParseError as error:
            if isinstance(error.__context__, ValueError):  # geopy's own message would quote the whole answer
                msg = "its answer is not JSON"
                raise GeocoderParseError(msg) from error
            raise
        except GeocoderRateLimited as error:
            wait = INTERVAL_S if error.retry_after is None else error.retry_after
            if wait > LONGEST_WAIT_S:
                raise
            time.sleep(wait)
        except GeocoderServiceError as error:
            if type(error) not in (GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable):
                raise
        return pace(super()._call_geocoder, url, callback, **settings)

    def _parse_json(self, places: Any, exactly_one: bool) -> Location | list[Location] | None:  # noqa: ANN401 - geopy's hook
        if isinstance(places, dict) and places.get("error"):
            msg = f"it refuses the query: {str(places['error'])[:80]}"
            raise GeocoderQueryError(msg)
        if not isinstance(places, list):
            msg = "its answer is not a list of places"
            raise GeocoderParseError(msg)
        for place in places:
            if not (isinstance(place, dict) and isinstance(place.get("display_name"), str)):
                msg = "its answer names something that is not a place"
                raise GeocoderParseError(msg)
            if not _is_on_earth(place):
                # geopy would make it 0, 0
                msg = "its answer names a place without a point on Earth"
                raise GeocoderParseError(msg)
        return super()._parse_json(places, exactly_one)


def _pace(domain: str) -> RateLimiter:
    """Return the one limiter of a domain, which all threads and all instances share."""
    with _PACES_LOCK:
        if domain not in _PACES:
            # geopy's limiter keeps the distance between requests; its retries also repeat what can't succeed
            # (a refused query, an answer that isn't JSON), so the one retry is ours.
            _PACES[domain] = RateLimiter(_call, min_delay_seconds=INTERVAL_S, max_retries=0, swallow_exceptions=False)
        return _PACES[domain]


def _call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes on anything
    return function(*args, **kwargs)


def _is_on_earth(place: Mapping[str, Any]) -> bool:
    try:
        lat, lon = float(place["lat"]), float(place["lon"])
    except (KeyError, TypeError, ValueError):
        return False
    return abs(lat) <= 90 and abs(lon) <= 180


def _extent(box: Any) -> tuple[float, float, float, float] | None:  # noqa: ANN401 - whatever the server sent
    """Return Nominatim's [south, north, west, east] as (south, west, north, east)."""
    try:
        south, north, west, east = (float(edge) for edge in box)
    except (TypeError, ValueError):
        return None
    return (south, west, north, east) if all(map(math.isfinite, (south, west, north, east))) else None
