"""A small sound story in a real folder, for each test to spoil in its own way."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geo.schema import TABLES
from geo.tables import read_story

if TYPE_CHECKING:
    from pathlib import Path

    from geo.errors import Problem
    from geo.tables import Tables

SOUND = {
    "locations": [
        {
            "location_id": "vladivostok",
            "name": "Vladivostok",
            "country_code": "RU",
            "aliases": "Владивосток; 블라디보스토크",
        },
        {
            "location_id": "kursk",
            "name": "Kursk Oblast",
            "feature_type": "area",
            "latitude": "51.75",
            "longitude": "36.017",
            "uncertainty_km": "175",
            "extent": "50.9 34.1 52.4 38.5",
            "coordinate_source": "GeoNames 538555",
        },
    ],
    "sources": [
        {"source_id": "statement", "title": "A statement", "published": "2024-10-18", "url": "https://example.org/a"},
        {"source_id": "reprint", "title": "A reprint", "published": "2024-10-19", "derived_from": "statement"},
    ],
    "claims": [
        {
            "claim_id": "sent",
            "statement": "1,500 troops were sent.",
            "claimant": "A service",
            "source_id": "reprint",
            "destinations": "vladivostok",
            "event_date": "2024-10-08/2024-10-13",
            "modality": "happened",
            "quantity_min": "1500",
            "quantity_max": "1500",
            "quantity_approximate": "yes",
        },
        {
            "claim_id": "denial",
            "statement": "Nobody was sent.",
            "claimant": "A ministry",
            "source_id": "statement",
            "modality": "happened",
            "responds_to": "sent",
            "stance": "denies",
        },
        {
            "claim_id": "plan",
            "statement": "More will go to Kursk Oblast.",
            "claimant": "A service",
            "source_id": "statement",
            "destinations": "kursk",
            "modality": "planned",
        },
    ],
}


class StoryFolder:
    """The sound story; ``set``, ``add`` and ``write_file`` spoil it, ``read`` opens what then stands on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = {name: [dict(row) for row in rows] for name, rows in SOUND.items()}
        self.header = {table.name: list(table.names) for table in TABLES}
        self.instead: dict[str, bytes] = {}

    def set(self, table: str, row: int, **cells: str) -> None:
        """Change cells of a row, counted as a spreadsheet does."""
        self.rows[table][row - 2].update(cells)

    def add(self, table: str, **cells: str) -> None:
        self.rows[table].append(cells)

    def write_file(self, file: str, content: bytes) -> None:
        """Have these bytes in the file, whatever the rows say."""
        self.instead[file] = content

    def write(self) -> Path:
        for table in TABLES:
            with (self.folder / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, self.header[table.name], extrasaction="ignore", lineterminator="\n")
                writer.writerow({name: name for name in self.header[table.name]})
                writer.writerows(self.rows[table.name])
        for name, content in self.instead.items():
            (self.folder / name).write_bytes(content)
        return self.folder

    def text(self, table: str) -> str:
        """Return the text of one file as it would be written."""
        return (self.write() / f"{table}.csv").read_text(encoding="utf-8")

    def read(self) -> Tables:
        return read_story(self.write())

    def only_problem(self) -> Problem:
        """Return the story's problem, of which there must be just one."""
        problems = self.read().problems
        assert len(problems) == 1, [str(problem) for problem in problems]
        return problems[0]


@pytest.fixture
def story(tmp_path: Path) -> StoryFolder:
    folder = tmp_path / "troops"
    folder.mkdir()
    return StoryFolder(folder)
