"""The pages that are measured, each served as its users start it, and what their servers take of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
PAGES = Path(__file__).with_name("pages")
ATLAS, NAIVE, SAME, EMPTY_MAP, EMPTY = KINDS = (
    "atlas",
    "naive map",
    "same page, empty map",
    "empty map",
    "empty page",
)
_SCRIPTS = {NAIVE: "naive_map.py", SAME: "same_page.py", EMPTY_MAP: "empty_map.py", EMPTY: "empty.py"}
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1000


class DidNotFinishError(Exception):
    """Something took longer than a measurement waits."""


@dataclass(frozen=True, slots=True)
class Server:
    """A page that is served.

    Attributes
    ----------
    process
        The first of the server's processes.
    """

    address: str
    process: subprocess.Popen[bytes]

    def rss_mb(self) -> float:
        """Return the resident memory of the server's processes."""
        return sum(int((pid / "statm").read_text().split()[1]) * _PAGE_KB / 1000 for pid in self._processes())

    def cpu_ms(self) -> float:
        """Return the processor time that the server's processes have taken so far."""
        nanoseconds = 0
        for task in [task for pid in self._processes() for task in (pid / "task").iterdir()]:
            with suppress(OSError):  # a thread that has just ended
                nanoseconds += int((task / "schedstat").read_text().split()[0])
        return nanoseconds / 1e6

    def _processes(self) -> Iterator[Path]:
        waiting = [self.process.pid]
        while waiting:
            pid = Path(f"/proc/{waiting.pop()}")
            yield pid
            for task in (pid / "task").iterdir():
                with suppress(OSError):  # a thread that has just ended
                    waiting += map(int, (task / "children").read_text().split())


@contextmanager
def serving(kind: str, story: Path, *, limit_s: float = 120, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve one of the ``KINDS`` of page for a story, and end the server after.

    Raises
    ------
    DidNotFinishError
        When it isn't up in time.
    """
    port = _free_port()
    if kind == ATLAS:
        command = [sys.executable, "-m", "geo", "serve", str(story), "--port", str(port)]
    else:
        script = str(PAGES / _SCRIPTS[kind])
        command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"CLAIM_ATLAS_STORY": str(story)} | (env or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait_up(server, limit_s)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_up(server: Server, limit_s: float) -> None:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.address}/_stcore/health").close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    msg = f"the server was not up in {limit_s:.0f} s"
    raise DidNotFinishError(msg)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
