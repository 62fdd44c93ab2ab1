"""What every test may ask for: a real browser, a page in it that notices trouble, and the real app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from find_browser import MISSING, find_browser
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

ROOT = Path(__file__).parents[1]
LOOPBACK = ("127.0.0.1", "localhost")
LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}, "device_scale_factor": 1}
CHROMIUM_ARGS = (
    # No name and no address leads anywhere but to this machine. Unlike a route through Playwright, this keeps the
    # browser's cache and its speed.
    "--host-resolver-rules=MAP * ~NOTFOUND, " + ", ".join(f"EXCLUDE {host}" for host in LOOPBACK),
    "--no-sandbox",  # root in a container has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

hypothesis.settings.register_profile("unhurried", deadline=None)  # the machine may be busy
hypothesis.settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests that need a browser last: the quick ones tell first, and Playwright's event loop disturbs none."""
    items.sort(key=lambda item: "browser_path" in getattr(item, "fixturenames", ()))


@dataclass
class Trouble:
    """What a page did that no page of the atlas may do. A test that expects some of it clears the list."""

    outside_requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Note every request that would leave the machine, and every error, in all the pages of the context."""
        context.on("request", lambda request: self._note_request(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note_request(socket.url)))
        context.on("console", lambda message: message.type == "error" and self.console_errors.append(message.text))
        context.on("weberror", lambda error: self.console_errors.append(str(error.error)))
        context.on("dialog", self._note_dialog)

    def check(self) -> None:
        """Fail if anything was noted, and begin anew."""
        found = (self.outside_requests[:], self.console_errors[:], self.dialogs[:])
        for notes in (self.outside_requests, self.console_errors, self.dialogs):
            notes.clear()
        assert found == ([], [], [])

    def _note_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _note_request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOOPBACK:
            self.outside_requests.append(url)


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a Chromium that starts; that there is none is an error, never a skip."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING)
    return path


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """Start one headless Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, headless=True, args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()


@pytest.fixture
def trouble() -> Trouble:
    """Return what the test's page has done wrong so far."""
    return Trouble()


@pytest.fixture
def new_page(browser: Browser, trouble: Trouble) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a fresh profile, with Playwright's options for one (``viewport``, ...).

    After the test there must have been no outside request and no error on the console.
    """
    contexts: list[BrowserContext] = []

    def open_page(**options: object) -> Page:
        contexts.append(browser.new_context(**LAPTOP | options))
        trouble.watch(contexts[-1])
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
    trouble.check()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page on a laptop's screen."""
    return new_page()


@pytest.fixture(scope="session")
def atlas_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a story's folder by the real command and returns the page's address."""
    servers: dict[Path, tuple[str, subprocess.Popen[bytes]]] = {}

    def serve(story: Path) -> str:
        if story not in servers:
            log = tmp_path_factory.mktemp("atlas") / "server.log"
            servers[story] = _start(story, log)
        return servers[story][0]

    yield serve
    for _, process in servers.values():
        process.terminate()
        process.wait(timeout=30)


def _start(story: Path, log: Path) -> tuple[str, subprocess.Popen[bytes]]:
    port = _free_port()
    command = [sys.executable, "-m", "geo", "serve", str(story), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120  # a busy machine needs half a minute
    while not _is_up(address):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            pytest.fail(f"{' '.join(command)} does not serve:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)
    return address, process


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:  # no connection yet, or no answer in time
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
