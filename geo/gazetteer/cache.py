"""Answers kept on disk, so that no service is asked twice for the same thing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import platformdirs
from geopy.location import Location  # type: ignore[import-untyped]

from geo.gazetteer.asking import Geocoder, candidate_of, narrowing, service_of
from geo.gazetteer.candidate import degrees_of, point_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.gazetteer.candidate import Candidate

FOUND_FOR = timedelta(days=180)
NOT_FOUND_FOR = timedelta(days=7)  # shorter: a map that lacks a place today may have it next week
_LOCK_WAIT_S = 10.0
# SQLITE_ERROR: a file of another layout, for our statements have no other way to be wrong
_TORN = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)
_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL,
    query TEXT NOT NULL, -- JSON: the text and every parameter
    asked_at TEXT NOT NULL, -- ISO 8601, UTC
    answer TEXT NOT NULL, -- JSON: [[address, lat, lon, raw], ...]; [] where nothing was found
    PRIMARY KEY (service, query)
)
"""


def default_path() -> Path:
    """Return where the answers are kept unless told otherwise: in the user's cache folder."""
    return platformdirs.user_cache_path("claim-atlas") / "geocoder.sqlite3"


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class Cached:
    """Any geocoder, asked once for each query and after that answered from a file.

    Answers last 180 days, "not found" 7 days, errors are not kept; those of a geocoder that names its ``edition``
    only as long as that is the same. The file may be used by several processes; one that stays locked for ten seconds
    is let alone from then on. A file that is torn is set aside and begun anew; one that can't be opened or written is
    done without.

    Parameters
    ----------
    geocoder
        Any with geopy's call.
    path
        The SQLite file; the user's cache folder by default.
    clock
        Tells the present moment, in UTC.
    """

    def __init__(
        self, geocoder: Geocoder, path: Path | None = None, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.geocoder = geocoder
        self.service = service_of(geocoder)
        self.attribution = getattr(geocoder, "attribution", "")
        self.asks_outside = getattr(geocoder, "asks_outside", True)
        self.path = path or default_path()
        self._edition = {"edition": geocoder.edition} if hasattr(geocoder, "edition") else {}
        self._clock = clock
        self._is_locked = False

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,
        country_codes: str | None = None,
        featuretype: str | None = None,
    ) -> Location | list[Location] | None:
        """Return the geocoder's answer, from the file if it is there and fresh.

        Parameters are the geocoder's own; those that it doesn't take are not passed on.

        Raises
        ------
        GeopyError
            As the geocoder does; errors are not kept.
        """
        parameters: dict[str, Any] = narrowing(self.geocoder, country_codes, featuretype)
        asked = {"query": query, "exactly_one": exactly_one, **parameters, **self._edition}
        key = json.dumps(asked, ensure_ascii=False, sort_keys=True)
        locations = self._read(key)
        if locations is None:
            waiting: dict[str, Any] = {} if timeout is None else {"timeout": timeout}
            answer: Any = self.geocoder.geocode(query, exactly_one=exactly_one, **parameters, **waiting)
            locations = [] if answer is None else answer if isinstance(answer, list) else [answer]
            self._write(key, locations)
        if exactly_one:
            return locations[0] if locations else None
        return locations or None

    def candidate(self, location: Location) -> Candidate:
        """Return a location as the geocoder that found it describes it."""
        return candidate_of(self.geocoder, location)

    def _read(self, key: str) -> list[Location] | None:
        """Return the kept answer; None where there is none, or none that is fresh."""
        rows = self._execute("SELECT asked_at, answer FROM answers WHERE service = ? AND query = ?", self.service, key)
        with suppress(LookupError, TypeError, ValueError):  # a row that somebody else wrote is as good as none
            [(asked_at, answer)] = rows
            places = json.loads(answer)
            age = self._clock() - datetime.fromisoformat(asked_at)
            if isinstance(places, list) and age < (FOUND_FOR if places else NOT_FOUND_FOR):
                return [Location(address, point_at(lat, lon), raw) for address, lat, lon, raw in places]
        return None

    def _write(self, key: str, locations: list[Location]) -> None:
        places = [(place.address, *degrees_of(place), place.raw) for place in locations]
        try:
            answer = json.dumps(places, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError):
            return  # a geocoder whose raw answer isn't JSON can still be used, only not remembered
        self._execute(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", self.service, key, self._clock().isoformat(), answer
        )

    def _execute(self, statement: str, *values: str) -> list[tuple[str, str]]:
        """Run one statement in a transaction of its own; no rows where the file can't serve."""
        if self._is_locked:
            return []
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # what one looks for is private
            with closing(sqlite3.connect(self.path, timeout=_LOCK_WAIT_S)) as connection, connection:
                connection.execute(_TABLE)
                return connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            # a full or a read-only disk passes; the low byte tells the kind of error from its variants
            kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            self._is_locked = kind == sqlite3.SQLITE_BUSY  # a story of many places must not wait for each
            if kind in _TORN:
                self._set_aside()
        except (OSError, UnicodeError):
            pass
        return []

    def _set_aside(self) -> None:
        """Rename the torn file, so that it can be looked at and the next call begins a new one."""
        with suppress(OSError):
            self.path.replace(self.path.with_name(self.path.name + ".torn"))
            # its journal would be played into the new file
            self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
