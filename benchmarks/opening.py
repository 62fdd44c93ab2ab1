"""How long a story takes to open, in processes of its own, beside what pandas takes to read the same bytes as text.

From outside: ``claim-atlas serve`` from its start until the first session's page is finished, less the same for an
empty page. And in the process, by the functions that the page uses: `python benchmarks/opening.py atlas FOLDER`
prints the seconds of one opening, until the map can be sent and until its claims are selected for the tabs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from serving import ATLAS, EMPTY, ROOT, DidNotFinishError, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READ_CSV, OPEN = "read_csv", "atlas"


@contextmanager
def fresh_caches() -> Iterator[Mapping[str, str]]:
    """Return the environment of processes that share caches of files which nobody has filled yet."""
    with tempfile.TemporaryDirectory() as folder:
        yield {"XDG_CACHE_HOME": folder}


def served_s(kind: str, story: Path, env: Mapping[str, str], limit_s: float) -> float:
    """Return the seconds from the start of a server until its first session is finished."""
    from sessions import first_session_s

    start = time.perf_counter()
    with serving(kind, story, limit_s=limit_s, env=env) as server:
        first_session_s(server, max(1, limit_s - (time.perf_counter() - start)))
        return time.perf_counter() - start


def first_and_second_s(story: Path, limit_s: float) -> tuple[float, float]:
    """Return the seconds that a story adds to a page's first and second opening."""
    with fresh_caches() as env:
        empty = served_s(EMPTY, story, env, limit_s)
        first = served_s(ATLAS, story, env, limit_s)
        second = served_s(ATLAS, story, env, limit_s)
    return first - empty, second - empty


def in_process_s(what: str, story: Path, env: Mapping[str, str], limit_s: float) -> list[float]:
    """Return the seconds of one reading or opening in a process of its own: to the map, and to what the tabs need.

    Raises
    ------
    DidNotFinishError
        When it takes too long, or fails.
    """
    command = [sys.executable, __file__, what, str(story)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, timeout=limit_s, check=True
        )
    except subprocess.TimeoutExpired as error:
        msg = f"not opened in {limit_s:.0f} s"
        raise DidNotFinishError(msg) from error
    except subprocess.CalledProcessError as error:
        raise DidNotFinishError(error.stderr.strip().splitlines()[-1]) from error
    return [float(line) for line in done.stdout.split()]


def _read_csv(story: Path) -> None:
    import pandas as pd

    start = time.perf_counter()
    for table in ("locations.csv", "sources.csv", "claims.csv"):
        pd.read_csv(story / table, dtype=str)
    print(time.perf_counter() - start)


def _open(story: Path) -> None:
    from geo.gazetteer import Offline
    from geo.outputs import MOST_INSIDE
    from geo.selection import Selection
    from geo.served_view import ServedView
    from geo.stories import map_payload, open_story, select_claims, story_files

    start = time.perf_counter()
    opened = open_story(story_files(story), Offline(), keep=True)
    if len(opened.tables.claims) > MOST_INSIDE:
        ServedView(opened, "basemap.json", "../", shareable=True)
    else:
        map_payload(opened, "basemap.json")
    print(time.perf_counter() - start)
    select_claims(opened, Selection())
    print(time.perf_counter() - start)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    {READ_CSV: _read_csv, OPEN: _open}[sys.argv[1]](Path(sys.argv[2]))
