"""Where the story view lives: in the app, served by the real command, or in a file that was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from browser.atlas import AtlasPage, PublishedPage
from typer.testing import CliRunner

from geo import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


class Host(Protocol):
    """Shows the story of a folder, as its files are now, in a page of a browser."""

    def __call__(self, page: Page, folder: Path) -> AtlasPage:
        """Return the page, not yet opened."""


class App:
    """The app: it opens a story anew when its files have changed."""

    def __init__(self, serve: Callable[[Path], str]) -> None:
        self.serve = serve

    def __call__(self, page: Page, folder: Path) -> AtlasPage:
        return AtlasPage(page, f"{self.serve(folder)}/")


class File:
    """A folder on the disk, published by the real command each time that it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, page: Page, folder: Path) -> PublishedPage:
        return PublishedPage(page, published(folder, self.folder / folder.name).as_uri())


def published(story: Path, out: Path) -> Path:
    """Publish a story, which may have problems, and return the page."""
    done = CliRunner().invoke(cli.with_commands(), ["publish", str(story), str(out)])
    assert done.exit_code in (0, 1), done.output
    return out if out.suffix else out / "index.html"
