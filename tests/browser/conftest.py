"""The shipped story in a page that all tests share, pages of one's own, and stories made up for a test."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from browser.facts import STORY
from browser.hosts import App, File
from conftest import LAPTOP, Trouble

from geo.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from browser.atlas import AtlasPage
    from browser.hosts import Host
    from playwright.sync_api import Browser, Page


HOSTS = ("app", "file")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of the story view in the app and in a published file: there is one element, and so one suite."""
    if "host" in metafunc.fixturenames:
        hosts = HOSTS[:1] if metafunc.definition.get_closest_marker("app_only") else HOSTS
        metafunc.parametrize("host", hosts, indirect=True, scope="session")


@pytest.fixture(scope="session")
def host(
    request: pytest.FixtureRequest, atlas_server: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Host:
    """Return what shows a story: the app or a published file."""
    return App(atlas_server) if request.param == "app" else File(tmp_path_factory.mktemp("published"))


@contextmanager
def shared_page(browser: Browser, host: Host, story: Path) -> Iterator[tuple[AtlasPage, Trouble]]:
    """Open one page for several tests, since loading it is most of a test's time. The map's animations are off."""
    trouble = Trouble()
    context = browser.new_context(**LAPTOP, reduced_motion="reduce")
    trouble.watch(context)
    yield host(context.new_page(), story).open(), trouble
    context.close()


@pytest.fixture(scope="session")
def _shared(browser: Browser, host: Host) -> Iterator[tuple[AtlasPage, Trouble]]:
    with shared_page(browser, host, STORY) as shared:
        yield shared


@pytest.fixture
def atlas(_shared: tuple[AtlasPage, Trouble]) -> Iterator[AtlasPage]:
    """Return the shipped story at its first view, in a page that all tests share."""
    atlas, trouble = _shared
    atlas.begin_anew()
    yield atlas
    trouble.check()


@pytest.fixture
def open_atlas(new_page: Callable[..., Page], host: Host) -> Callable[..., AtlasPage]:
    """Return a function that opens the shipped story in a fresh profile, with Playwright's options for one."""

    def open_one(query: str = "", **options: object) -> AtlasPage:
        return host(new_page(**options), STORY).open(query)

    return open_one


class MadeUpStory:
    """A folder that a test fills, and opens as it then is."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.folder = folder
        self.host = host

    def open(self, page: Page, **parameters: str) -> AtlasPage:
        return self.host(page, self.folder).open(**parameters)

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
def made_up(tmp_path_factory: pytest.TempPathFactory, host: Host) -> MadeUpStory:
    """Return one folder for all made-up stories, so that one server shows them."""
    story = MadeUpStory(tmp_path_factory.mktemp("made-up"), host)
    story.write(SMALL)
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
