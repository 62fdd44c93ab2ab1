"""From the rows of ``locations.csv`` to sites, or to problems that list what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from geopy.exc import (  # type: ignore[import-untyped]
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeopyError,
)

from geo.errors import Problem
from geo.gazetteer.asking import Geocoder, service_of
from geo.gazetteer.candidate import AREA, Candidate, plain
from geo.gazetteer.doubts import Doubt
from geo.gazetteer.settling import Match, Record, Undecided, has_runners_up, matches, settle
from geo.schema import LEFT_OFF, LOCATIONS

_FIX_SERVICE = "Try again later, ask another geocoder, or pin it: latitude, longitude and coordinate_source."
# A service that fails so often in a row is down: 500 places needn't wait for 500 time-outs.
_FAILURES = 3

SITE_COLUMNS = (
    "location_id",
    "name",
    "feature_type",
    "lat",
    "lon",
    "uncertainty_km",
    "extent",
    "aliases",
    "note",
    "provenance",
    "gazetteer_id",
    "coordinate_source",
    "how",
    "service",
)

_NUMBERS = ("lat", "lon", "uncertainty_km")

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of each location: a site or a problem.

    Attributes
    ----------
    sites
        One row for each location that has coordinates, in the table's order and by its row numbers; columns
        ``SITE_COLUMNS``, ``lat`` and ``lon`` in decimal degrees.
    problems
        One for each location that has none and that nobody left off the map.
    candidates
        What the geocoder offered, by location id, the likeliest first; of pinned locations nothing, for
        nobody was asked.
    doubts
        How much each location's place is in doubt, by location id, in the table's order.
    """

    sites: pd.DataFrame
    problems: tuple[Problem, ...]
    candidates: Mapping[str, tuple[Candidate, ...]]
    doubts: Mapping[str, Doubt]


def resolve_sites(locations: pd.DataFrame, geocoder: Geocoder, *, progress: Progress | None = None) -> Resolution:
    """Return the site of each location, or why it has none.

    Pinned coordinates win, and nobody is asked. Else all candidates for name (or query) and aliases are taken
    together, and narrowed by ``country_code`` and ``feature_type``; the location is settled if its
    ``gazetteer_id`` is one of theirs, or if exactly one of them scores 0.95 or more (of a service without scores:
    if exactly one remains). Nothing is settled by coming first. Of a location that a person left off the map nobody
    is asked, and it is neither a site nor a problem.

    Parameters
    ----------
    locations
        The checked table; its index holds the spreadsheet's row numbers.
    geocoder
        Any with geopy's call.
    progress
        Called with the number of places done and of all to be asked for, after each.
    """
    geocoded: dict[Hashable, dict[str, Any]] = {}
    problems: list[Problem] = []
    offered: dict[str, tuple[Candidate, ...]] = {}
    asking = _Asking(geocoder)
    is_pinned = (locations["latitude"].notna() & locations["longitude"].notna()).to_numpy()
    open_ones = locations[~is_pinned]
    is_left_off = open_ones["coordinate_source"].str.casefold().str.startswith(LEFT_OFF).to_numpy(bool)
    doubts = dict.fromkeys(locations["location_id"].tolist(), Doubt.PINNED)
    doubts |= dict.fromkeys(open_ones["location_id"].tolist(), Doubt.LEFT_OFF)
    to_ask = open_ones[~is_left_off]
    for done, (row, record) in enumerate(zip(to_ask.index, to_ask.to_dict("records"), strict=True), 1):
        location_id = record["location_id"]
        found, outcome = asking.about(record)
        if found is not None:
            offered[location_id] = tuple(match.candidate for match in found)
        if isinstance(outcome, Undecided):
            column = "query" if record["query"] else "name"
            problems.append(Problem(LOCATIONS.file, row, column, record[column], outcome.reason, outcome.fix))
            doubts[location_id] = outcome.doubt
        else:
            geocoded[row] = _geocoded(record, *outcome)
            doubts[location_id] = Doubt.RUNNERS_UP if has_runners_up(record, found or [], outcome) else Doubt.FOUND
        if progress:
            progress(done, len(to_ask))
    sites = _pinned(locations[is_pinned])
    if geocoded:
        found_sites = pd.DataFrame.from_dict(geocoded, orient="index", columns=list(SITE_COLUMNS))
        sites = pd.concat([sites, found_sites.astype(sites.dtypes)])
        sites = sites.loc[locations.index[locations.index.isin(sites.index)]]
    return Resolution(sites, tuple(problems), offered, doubts)


def candidates_for(record: Record, geocoder: Geocoder) -> tuple[Candidate, ...]:
    """Return every candidate for a row of ``locations.csv``, the likeliest first, pinned or not.

    Raises
    ------
    GeopyError
        When the geocoder could not be asked.
    """
    return tuple(match.candidate for match in matches(record, geocoder))


class _Asking:
    """Asks about one row after another, and gives up a service that is down."""

    def __init__(self, geocoder: Geocoder) -> None:
        self._geocoder, self._service, self._failures = geocoder, service_of(geocoder), 0

    def about(self, record: Record) -> tuple[list[Match] | None, Match | Undecided]:
        """Return what was offered, None where nobody could be asked, and what follows from it."""
        if self._failures >= _FAILURES:
            return None, Undecided(_down(self._service), _FIX_SERVICE, Doubt.NOT_ASKED)
        try:
            found = matches(record, self._geocoder)
        except GeopyError as error:
            self._failures += 1
            reason = f"could not be asked: {self._service} {_words(error)}"
            return None, Undecided(reason, _FIX_SERVICE, Doubt.NOT_ASKED)
        self._failures = 0
        return found, settle(record, found, self._service)


def _down(service: str) -> str:
    return f"could not be asked: {service} had failed {_FAILURES} times in a row"


def _words(error: GeopyError) -> str:
    """Return what went wrong with a service, on one line."""
    said = plain((str(error).splitlines() or [""])[0])
    if isinstance(error, GeocoderRateLimited):
        return f"limits requests, and this was one too many ({said})"
    if isinstance(error, GeocoderTimedOut):
        return f"did not answer in time ({said})"
    if isinstance(error, GeocoderParseError):
        return f"answered what can't be read ({said})"
    return f"failed ({said or type(error).__name__})"


def _site(record: Record, **found: Any) -> dict[str, Any]:  # noqa: ANN401 - the cells of one row
    kept = {name: record[name] for name in ("location_id", "name", "uncertainty_km", "aliases", "note")}
    return kept | found


def _pinned(locations: pd.DataFrame) -> pd.DataFrame:
    """Return the sites of locations that have coordinates."""
    taken_from = locations["coordinate_source"]
    made = {
        "lat": locations["latitude"],
        "lon": locations["longitude"],
        "provenance": "pinned: " + taken_from.mask(taken_from == "", "from what is not stated"),
        "how": pd.Series("pinned", locations.index, dtype="str"),
        "service": pd.Series("", locations.index, dtype="str"),
    }
    columns = {name: made[name] if name in made else locations[name] for name in SITE_COLUMNS}
    return pd.DataFrame(columns, locations.index.rename(None)).astype(dict.fromkeys(_NUMBERS, "float64"))


def _geocoded(record: Record, found: Candidate, toponym: str) -> dict[str, Any]:
    """Return the site of a settled location; the extent only of an area, for only areas are drawn as one."""
    feature_type = record["feature_type"] or found.feature_type
    extent = record["extent"] or (found.extent if feature_type == AREA else None) or ()
    which = found.gazetteer_id or "no id"
    return _site(
        record,
        feature_type=feature_type,
        lat=found.lat,
        lon=found.lon,
        extent=extent,
        provenance=f"found by {found.service} ({which}) for the query {toponym!r}",
        gazetteer_id=found.gazetteer_id,
        coordinate_source=f"{which}, found by {found.service} for the query {toponym!r}",
        how="geocoded",
        service=found.service,
    )
