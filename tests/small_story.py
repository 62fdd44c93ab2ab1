"""A small story of one's own, written as files and read as the atlas reads them."""

from __future__ import annotations

import base64
import csv
import gzip
import json
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.stories import Story, map_payload, open_story
from geo.tables import folder_files
from geo.wording import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.schema import Table

BASEMAP = "../story_view/basemap.json"
LONG, OPEN_END, OPEN_START, UNDATED = 252, 253, 254, 255  # spans that are no numbers of days


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
    """Return what the map is given of a story, decoded as ``assets/store.js`` does it, one record a thing."""
    header, columns = unpacked(gzip.decompress(base64.b64decode(map_payload(story, BASEMAP), validate=True)))
    inside = header.pop("inside")
    places = np.split(columns["sites"], np.cumsum(columns["places"])[:-1])
    arrows = zip(*(columns[f"arrow_{name}"].tolist() for name in ("claim", "from", "to", "quantity")), strict=True)
    modalities = list(header["modalities"])
    claims = {
        "id": inside["ids"],
        "clocks": {clock: _days_of(clock, columns) for clock in ("event", "reported")},
        "kind": [KINDS[traits & 3] for traits in columns["traits"]],
        "modality": [modalities[traits >> 4] for traits in columns["traits"]],
        "claimant": [header["claimants"][code] for code in columns["claimant"]],
        "publisher": [header["publishers"][code] for code in columns["publisher"]],
        "moves": [bool(traits & 8) for traits in columns["traits"]],
        "hedged": [bool(traits & 4) for traits in columns["traits"]],
        "sites": [some.tolist() for some in places][: len(inside["ids"])],
        **{
            name: dict(zip(columns[name].tolist(), _since(columns[f"{name}_from"]), strict=True))
            for name in ("contested", "disputed", "denied")
        },
        **inside["standing"],
    }
    ends = [
        {"claim": claim, "kind": claims["kind"][claim], "from": _end(start), "to": _end(end), "quantity": quantity}
        for claim, start, end, quantity in arrows
    ]
    return {
        **header,
        "columns": columns,
        "claims": claims,
        "sites": inside["sites"],
        "arrows": [where | words for where, words in zip(ends, inside["arrows"], strict=True)],
        "texts": cards_inside(inside),
    }


def cards_inside(inside: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cards that a page holds, as ``assets/whole.js`` puts them together."""
    columns, shared = inside["texts"]["columns"], inside["texts"]["shared"]
    whole = columns | {name: [[shared[name][at] for at in held] for held in columns[name]] for name in shared}
    return [dict(zip(whole, card, strict=True)) for card in zip(*whole.values(), strict=True)]


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return header and columns of what ``geo.maps.packing`` wrote."""
    start = 4 + struct.unpack_from("<I", content)[0]
    header = json.loads(content[4:start])
    columns: dict[str, NDArray[Any]] = {}
    for name, told in header.pop("columns").items():
        dtype = np.dtype(told["array"].removesuffix("Array").lower()).newbyteorder("<")
        size = dtype.itemsize * told["length"]
        planes = np.frombuffer(content[start : start + size], np.uint8).reshape(dtype.itemsize, -1)
        columns[name] = np.ascontiguousarray(planes.T).reshape(-1).view(dtype)
        if told["beside"]:
            columns[name] = columns[name] + columns[told["beside"]]
        start += size
    assert start == len(content)
    return header, columns


def _days_of(clock: str, columns: dict[str, NDArray[Any]]) -> dict[str, list[int | None]]:
    """Return the ends of claims' days, by a span's number of days or by what it says else."""
    long = dict(zip(columns[f"{clock}_long"].tolist(), columns[f"{clock}_long_span"].tolist(), strict=True))
    days: dict[str, list[int | None]] = {"earliest": [], "latest": []}
    spans = columns[f"{clock}_span"].tolist()
    for claim, (day, span) in enumerate(zip(columns[f"{clock}_day"].tolist(), spans, strict=True)):
        days["earliest"].append(None if span >= OPEN_START else day)
        last = {OPEN_START: day, OPEN_END: None, UNDATED: None, LONG: day + long.get(claim, 0)}
        days["latest"].append(last.get(span, day + span))
    return days


def _since(days: NDArray[Any]) -> list[int | None]:
    """Return the days from which something holds, None from the first on."""
    return [None if day == np.iinfo(days.dtype).min else day for day in days.tolist()]


def _end(site: int) -> int | None:
    return None if site < 0 else site


def _write(folder: Path, table: Table, rows: Iterable[Mapping[str, str]]) -> None:
    extra = dict.fromkeys(name for row in rows for name in row if name not in table.names)
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*table.names, *extra], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
