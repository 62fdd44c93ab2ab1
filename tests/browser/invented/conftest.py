"""The invented stories, each in one page that all its tests share."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from browser.conftest import shared_page
from browser.invented.reading import STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser.atlas import AtlasPage
    from browser.hosts import Host
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def open_story(browser: Browser, host: Host) -> Iterator[Callable[[str], tuple[AtlasPage, Any]]]:
    """Return a function that opens a story once, in a page that all its tests share."""
    opened: dict[str, tuple[AtlasPage, Any]] = {}
    with ExitStack() as pages:

        def open_one(name: str) -> tuple[AtlasPage, Any]:
            if name not in opened:
                opened[name] = pages.enter_context(shared_page(browser, host, STORIES / name))
            return opened[name]

        yield open_one


@pytest.fixture
def atlas(request: pytest.FixtureRequest, open_story: Callable[[str], tuple[AtlasPage, Any]]) -> Iterator[AtlasPage]:
    """Return the page of the story that the test names with ``of``, at its first view."""
    atlas, trouble = open_story(request.param)
    atlas.begin_anew()
    yield atlas
    trouble.check()
