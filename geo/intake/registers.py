"""The places and documents that a table's rows name, each kept once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID_LENGTH = 60  # characters of a name that go into its id
_READ = 200  # characters of it that are looked at


class Place(NamedTuple):
    """What a row says of a place; two that differ in any of it are two places."""

    name: str
    latitude: float | None = None
    longitude: float | None = None
    country_code: str = ""
    feature_type: str = ""
    uncertainty_km: str = ""


class Document(NamedTuple):
    """What a row says of the document that it was read in; two that differ in any of it are two documents."""

    title: str
    url: str = ""
    publisher: str = ""
    published: str = ""
    archived_url: str = ""
    note: str = ""


class Ids:
    """Names for things: short, readable, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._times: Counter[str] = Counter()

    def new(self, name: str, otherwise: str) -> str:
        """Return an id made of the name's letters and digits, with a number where it was given already."""
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name[:_READ]).casefold())
        stem = found = "-".join(words)[:_ID_LENGTH].strip("-") or otherwise
        while not self._times[stem] or found in self._taken:
            self._times[stem] += 1
            found = stem if self._times[stem] == 1 else f"{stem}-{self._times[stem]}"
        self._taken.add(found)
        return found


class Places:
    """The rows of ``locations.csv``."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._known: dict[Place, str] = {}
        self._ids = Ids()
        self._names: dict[str, int] = {}

    def id_of(self, place: Place, taken_from: str) -> str:
        """Return the place's id; where it is new, its coordinates were taken from ``taken_from``."""
        if (known := self._known.get(place)) is not None:
            return known
        is_pinned = place.latitude is not None
        name = place.name or f"{degrees(place.latitude)}, {degrees(place.longitude)}"
        times = self._names[name] = self._names.get(name, 0) + 1
        found = self._known[place] = self._ids.new(name, "place")
        self.rows.append(
            {
                "location_id": found,
                "name": f"{name} ({times})" if times > 1 else name,
                "query": name if times > 1 and not is_pinned else "",
                "country_code": place.country_code,
                "feature_type": place.feature_type,
                "latitude": degrees(place.latitude),
                "longitude": degrees(place.longitude),
                "uncertainty_km": place.uncertainty_km,
                "coordinate_source": taken_from if is_pinned else "",
            }
        )
        return found


class Documents:
    """The rows of ``sources.csv``."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._known: dict[Document, str] = {}
        self._ids = Ids()

    def id_of(self, document: Document) -> str:
        """Return the document's id; one with an address and no publisher has the address's host for one."""
        if (known := self._known.get(document)) is None:
            host = (urlsplit(document.url).hostname or "").removeprefix("www.") if document.url else ""
            row: Mapping[str, str] = document._asdict()
            known = self._known[document] = self._ids.new(document.title or host, "source")
            self.rows.append({"source_id": known, **row, "publisher": document.publisher or host})
        return known


def degrees(value: float | None) -> str:
    """Return a coordinate as the shortest digits that read as the same number; blank for none."""
    return "" if value is None else np.format_float_positional(value, trim="-")
