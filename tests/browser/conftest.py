"""The shipped story in a page that all tests share, pages of one's own, and stories made up for a test."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from browser.atlas import AtlasPage
from browser.facts import STORY
from conftest import LAPTOP, Trouble

from geo.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def shipped(atlas_server: Callable[[Path], str]) -> str:
    """Serve the story that the atlas comes with."""
    return atlas_server(STORY)


@contextmanager
def shared_page(browser: Browser, address: str) -> Iterator[tuple[AtlasPage, Trouble]]:
    """Open one page for several tests, since loading it is most of a test's time. The map's animations are off."""
    trouble = Trouble()
    context = browser.new_context(**LAPTOP, reduced_motion="reduce")
    trouble.watch(context)
    yield AtlasPage(context.new_page(), address).open(), trouble
    context.close()


@pytest.fixture(scope="session")
def _shared(browser: Browser, shipped: str) -> Iterator[tuple[AtlasPage, Trouble]]:
    with shared_page(browser, shipped) as shared:
        yield shared


@pytest.fixture
def atlas(_shared: tuple[AtlasPage, Trouble]) -> Iterator[AtlasPage]:
    """Return the shipped story at its first view, in a page that all tests share."""
    atlas, trouble = _shared
    atlas.begin_anew()
    yield atlas
    trouble.check()


@pytest.fixture
def open_atlas(new_page: Callable[..., Page], shipped: str) -> Callable[..., AtlasPage]:
    """Return a function that opens the shipped story in a fresh profile, with Playwright's options for one."""

    def open_one(query: str = "", **options: object) -> AtlasPage:
        return AtlasPage(new_page(**options), shipped).open(query)

    return open_one


class MadeUpStory:
    """A folder that a running server shows, and that a test fills; the next load of the page shows what is there."""

    def __init__(self, folder: Path, address: str = "") -> None:
        self.folder = folder
        self.address = address

    def write(
        self,
        tables: Mapping[str, Sequence[Mapping[str, str]]],
        title: str = "A made-up story",
        extra_columns: Sequence[str] = (),
    ) -> None:
        """Write the three tables; cells that a row doesn't name stay blank."""
        for table in TABLES:
            columns = [*table.names, *(extra_columns if table.name == "claims" else ())]
            with (self.folder / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(tables[table.name])
        (self.folder / "datapackage.json").write_text(json.dumps({"title": title}), encoding="utf-8")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory, atlas_server: Callable[[Path], str]) -> MadeUpStory:
    """Serve one folder for all made-up stories: the page opens a story anew when its files have changed."""
    story = MadeUpStory(tmp_path_factory.mktemp("made-up"))
    story.write(SMALL)
    story.address = atlas_server(story.folder)
    return story


SMALL = {
    "locations": [
        {
            "location_id": "hill",
            "name": "The hill",
            "latitude": "48.2",
            "longitude": "16.4",
            "uncertainty_km": "5",
            "coordinate_source": "A map",
        }
    ],
    "sources": [{"source_id": "paper", "title": "A paper", "publisher": "The press", "kind": "article"}],
    "claims": [
        {
            "claim_id": "seen",
            "statement": "Somebody stood on the hill.",
            "claimant": "A passer-by",
            "source_id": "paper",
            "locations": "hill",
            "modality": "happened",
        }
    ],
}
