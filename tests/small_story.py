"""A small story of one's own, written as files and read as the atlas reads them."""

from __future__ import annotations

import base64
import csv
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.stories import Story, map_payload, open_story
from geo.tables import folder_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geo.schema import Table

BASEMAP = "../story_view/basemap.json"


@dataclass
class FixedGeocoder:
    """Knows the places that a test gives it, and no others."""

    service: str = "the test's gazetteer"
    places: dict[str, list[Any]] = field(default_factory=dict)

    def geocode(self, query: str, *, exactly_one: bool = True) -> Any:  # noqa: ANN401 - geopy's call
        found = self.places.get(query)
        return found[0] if exactly_one and found else found


def pinned(location_id: str, lat: float, lon: float, **cells: str) -> dict[str, str]:
    """Return a row of ``locations.csv`` with its coordinates."""
    point = {"latitude": str(lat), "longitude": str(lon), "coordinate_source": "a test"}
    return {"location_id": location_id, "name": location_id.title(), **point, **cells}


def claim(claim_id: str, **cells: str) -> dict[str, str]:
    """Return a row of ``claims.csv`` with all that a claim can't do without."""
    needed = {"statement": "It was so.", "claimant": "A service", "source_id": "article", "modality": "happened"}
    return {"claim_id": claim_id, **needed, **cells}


def small_story(
    folder: Path,
    claims: Sequence[Mapping[str, str]],
    locations: Sequence[Mapping[str, str]] = (),
    sources: Sequence[Mapping[str, str]] = ({"source_id": "article", "publisher": "A paper"},),
    *,
    geocoder: Any = None,  # noqa: ANN401 - any with geopy's call
    title: str = "",
) -> Story:
    """Write the three files and open the story that they are."""
    for table, rows in ((LOCATIONS, locations), (SOURCES, sources), (CLAIMS, claims)):
        _write(folder, table, rows)
    if title:
        (folder / "datapackage.json").write_text(json.dumps({"title": title}), encoding="utf-8")
    return open_story(folder_files(folder), geocoder or FixedGeocoder())


def payload_of(story: Story) -> dict[str, Any]:
    """Return what the map is given of a story, decoded as ``assets/store.js`` does it."""
    decoded = base64.b64decode(map_payload(story, BASEMAP), validate=True).decode("utf-8")
    payload: dict[str, Any] = json.loads(decoded)
    return payload


def _write(folder: Path, table: Table, rows: Iterable[Mapping[str, str]]) -> None:
    extra = dict.fromkeys(name for row in rows for name in row if name not in table.names)
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*table.names, *extra], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
