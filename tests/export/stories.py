"""Stories to export: the shipped one, those of ``tests/stories``, one across the 180th meridian, and a hostile one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from small_story import claim, pinned, small_story

from geo.gazetteer import Offline
from geo.outputs import extract
from geo.selection import Selection
from geo.stories import open_story
from geo.tables import folder_files

if TYPE_CHECKING:
    from geo.export import Extract
    from geo.stories import Story

ROOT = Path(__file__).parents[2]
FOLDERS = {"shipped": ROOT / "data", **{path.name: path for path in sorted((ROOT / "tests" / "stories").iterdir())}}
NAMES = (*FOLDERS, "pacific", "hostile")

PLACES = (
    pinned("suva", -18.1416, 178.4419, uncertainty_km="12.5", aliases="Σούβα;수바"),
    pinned("apia", -13.8333, -171.7667),
    pinned("lau", -18.5, 179.5, feature_type="area", extent="-20 177 -15 -178"),
    pinned("atoll", -8.5, 179.2, feature_type="area", extent="-9 179 -8 180"),
    pinned("reef", -17, -179, feature_type="area", extent="-17 -179 -17 -179"),
    {"location_id": "lost", "name": "Lost Island", "uncertainty_km": "3"},
)
SOURCES = (
    {"source_id": "article", "publisher": "A paper", "title": "Ships", "url": "https://example.org/a?b=1&c=2",
     "archived_url": "https://archive.example/a", "published": "2024-10-09", "derived_from": "wire", "kind": "article"},
    {"source_id": "wire", "publisher": "A wire", "published": "2024-10"},
    {"source_id": "unused", "publisher": "Nobody"},
)  # fmt: skip
PACIFIC = (
    claim("across", origins="suva", destinations="apia", event_date="2024-10-08", quantity_min="1500",
          quantity_max="2000", quantity_approximate="yes", quantity_unit="troops", quantity_of="sent", hedge="alleged"),
    claim("back", origins="apia", destinations="suva", event_date="2024-10-08/2024-10-13", modality="planned"),
    claim("many", origins="suva;apia", destinations="lau;lost", event_date="2024-10"),
    claim("nowhere-from", destinations="apia", event_date="2024"),
    claim("nowhere-to", origins="suva", destinations="lost", event_date="../2024-10-10"),
    claim("both-lost", origins="lost", destinations="lost", locations="suva", event_date="2024-10-10/.."),
    claim("around", origins="suva", destinations="suva", event_date_basis="inferred"),
    claim("area", locations="lau"),
    claim("areas", locations="lau;atoll"),
    claim("point", locations="suva"),
    claim("points", locations="suva;apia", quantity_min="0.1"),
    claim("mixed", locations="suva;lau;reef"),
    claim("off", locations="lost"),
    claim("denial", claimant="A ministry", responds_to="across;area", stance="denies", reported_date="2024-10-12"),
    claim("echo", claimant="A fleet", responds_to="across", stance="supports", reported_date="2024-10-20"),
)  # fmt: skip

TEXTS = (
    "<script>alert(1)</script>",
    "]]><b>&amp;</b> <!-- x -->",
    "=HYPERLINK(\"http://x\")",
    "'=1+1",
    " @SUM(A1)",
    "a;=cmd|'/C calc'!A1;b",
    "+1 555",
    "#N/A",
    "-6.2",
    "007",
    "2024-10-08",
    "_x0041_ and _x000D_",
    "bell\x07 escape\x1b[31m del\x7f",
    "no character: \ufffe \uffff",
    "turned \u202egnp.exe \u2066",
    "line one\nline two [9] of them",
    "{{7*7}} ${x} #{y}",
    "long " * 8_000,
)  # fmt: skip


def hostile_rows() -> list[dict[str, str]]:
    """Return a claim for each text; every cell that may hold any text holds it."""
    free = ("statement", "claimant", "claimant_kind", "hedge", "quantity_unit", "quantity_of", "mode", "note")
    rows = []
    for number, text in enumerate(TEXTS):
        places = {"locations": "p"} if number % 2 else {"destinations": "p"}
        cells = dict.fromkeys(free, text) | places | {"excerpt": " ".join(text.split()[:20])}
        rows.append(claim(f"=c{number}<&>'\"", **cells, **{'=own,"column"': text, "number": text, "place_names": text}))
    return rows


@cache
def opened(name: str) -> Story:
    """Return one of the stories; each is opened once."""
    if name in FOLDERS:
        return open_story(folder_files(FOLDERS[name]), Offline())
    with TemporaryDirectory() as folder:
        if name == "pacific":
            return small_story(Path(folder), PACIFIC, PLACES, SOURCES, title="Ships & isles")
        place = pinned("p", 10, 20) | dict.fromkeys(("name", "note", "coordinate_source"), TEXTS[0])
        source = {"source_id": "article", "title": TEXTS[2], "publisher": TEXTS[0], "note": TEXTS[11]}
        package = {"title": TEXTS[0], "description": TEXTS[12], "licenses": [{"name": TEXTS[1]}]}
        (Path(folder) / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return small_story(Path(folder), hostile_rows(), [place], [source])


def whole(name: str) -> Extract:
    """Return everything of a story."""
    return extract(opened(name), Selection())
