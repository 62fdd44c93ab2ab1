"""Measure the atlas against a naive page and an empty one, and write the table: `make bench`, or this by hand.

Environment: ``SIZES`` (8 is the shipped story, other numbers are claims of a made-up one), ``PARTS`` of ``PARTS``,
``RUNS`` a figure.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from generate import write_story
from opening import OPEN, READ_CSV, first_and_second_s, fresh_caches, in_process_s
from playwright.sync_api import Error
from report import about_this_machine, write_report
from results import Results, read_results
from serving import ATLAS, EMPTY, EMPTY_MAP, NAIVE, ROOT, SAME, DidNotFinishError, Server, serving
from sessions import read_together
from visits import Visit, started_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

KEPT = ROOT / ".bench"
SHIPPED = 8
SIZES = tuple(map(int, os.environ.get("SIZES", "8 1000 10000 100000").split()))
RUNS = int(os.environ.get("RUNS", "10"))
PARTS = tuple(os.environ.get("PARTS", "opening load work sessions").split())
READERS = (1, 5, 20, 50)
STEPS_A_RUN = 4
LOAD_S, STEP_S, OPEN_S = 60, 20, 120  # the longest that a repetition is waited for
FIRST_LOAD_S = 240
PLAY_S = 3
SLOW_MS = 5_000
MOST_NAIVE = 100_000  # claims of a story that the naive map is tried with


def story_of(size: int) -> Path:
    """Return the folder of a story, made up when it isn't there yet."""
    if size == SHIPPED:
        return ROOT / "data"
    folder = KEPT / "stories" / str(size)
    if not (folder / "claims.csv").exists():
        say(f"making up {size:,} claims")
        write_story(folder, size)
    return folder


def measure_opening(results: Results, size: int, story: Path) -> None:
    """Open the story again and again in processes of their own, in turn with pandas."""

    def opened(what: str, how: str, env: Mapping[str, str]) -> float:
        """Measure one opening; of ``read_csv`` both times are one."""
        seconds = in_process_s(how, story, env, OPEN_S)
        results.add(f"{what}, tabs", how, size, seconds[-1])
        return seconds[0]

    for _ in range(RUNS if size <= 10_000 else 3):
        with fresh_caches() as env:
            turns = (("open in process", READ_CSV), ("open in process", OPEN), ("open again in process", OPEN))
            for what, how in turns:
                results.attempt(what, how, size, lambda: opened(what, how, env))  # noqa: B023
    for _ in range(3):

        def first() -> float:
            opened, again = first_and_second_s(story, OPEN_S)
            results.add("open again", ATLAS, size, again)
            return opened

        results.attempt("open", ATLAS, size, first)


def measure_pages(results: Results, size: int, story: Path, browser: Browser) -> None:
    """Serve all pages at once, visit them in turn, and then work in those with a map."""
    with (
        serving(EMPTY, story) as empty,
        serving(EMPTY_MAP, story) as empty_map,
        serving(SAME, story) as same,
        serving(NAIVE, story) as naive,
    ):
        servers = {EMPTY: empty, EMPTY_MAP: empty_map, SAME: same, NAIVE: naive}
        try:
            with serving(ATLAS, story, limit_s=OPEN_S) as atlas:
                _measure_served(results, size, browser, servers | {ATLAS: atlas})
        except DidNotFinishError as error:
            why = str(error)
            results.attempt("load", ATLAS, size, lambda: _fail(why))
            _measure_served(results, size, browser, servers)


def _fail(why: str) -> float:
    raise DidNotFinishError(why)


def _measure_served(results: Results, size: int, browser: Browser, servers: Mapping[str, Server]) -> None:
    tried = [kind for kind in servers if kind != NAIVE or size <= MOST_NAIVE]
    warm = [kind for kind in tried if _warm(results, size, browser, kind, servers[kind])]
    for kind in warm:
        results.add("server memory", kind, size, servers[kind].rss_mb())
    say(f"{size:,}: loading them in turn")
    if "load" in PARTS:
        _loads(results, size, browser, {kind: servers[kind] for kind in warm})
    if "work" in PARTS and ATLAS in warm:
        _work(results, size, browser, servers, naive=NAIVE in warm)


def _loads(results: Results, size: int, browser: Browser, servers: Mapping[str, Server]) -> None:
    for _ in range(RUNS):
        for kind, server in servers.items():
            if kind == NAIVE and _is_slow(results, "load", size):
                continue
            with Visit(browser, kind, server) as visit:
                results.attempt("load", kind, size, lambda: visit.load(LOAD_S))
    for kind, server in servers.items():
        with Visit(browser, kind, server, counting=True) as visit:
            attempt(results, size, kind, "bytes", lambda: _bytes_and_heap(results, size, visit))


def _is_slow(results: Results, what: str, size: int) -> bool:
    """Whether the naive map took so long that once is enough."""
    values = results.get(what, NAIVE, size).values
    return bool(values) and max(values) > SLOW_MS


def _warm(results: Results, size: int, browser: Browser, kind: str, server: Server) -> bool:
    """Visit a page for the first time, which opens the story; no repetition counts this."""
    say(f"{size:,}: first visit of the {kind}")
    with Visit(browser, kind, server) as visit:
        try:
            visit.load(FIRST_LOAD_S)
            visit.rest(FIRST_LOAD_S)
        except DidNotFinishError as error:
            why = str(error)
            return results.attempt("load", kind, size, lambda: _fail(why))
    return True


def attempt(results: Results, size: int, kind: str, what: str, measure: Callable[[], object]) -> None:
    """Do a part of the measuring; what stops it is the figure's reason."""
    say(f"{size:,}: {what}, {kind}")
    try:
        measure()
    except (DidNotFinishError, Error) as error:
        why = str(error).splitlines()[0]
        if not results.get(what, kind, size).values:
            results.attempt(what, kind, size, lambda: _fail(why))


def _bytes_and_heap(results: Results, size: int, visit: Visit) -> None:
    visit.load(LOAD_S)
    visit.rest()
    results.add("bytes", visit.kind, size, visit.wire.total() / 1000)
    results.add("heap", visit.kind, size, visit.heap_mb())


def _work(results: Results, size: int, browser: Browser, servers: Mapping[str, Server], *, naive: bool) -> None:
    with Visit(browser, ATLAS, servers[ATLAS], counting=True) as visit:
        visit.load(LOAD_S)
        visit.rest()
        attempt(results, size, ATLAS, "step takes", lambda: _step_takes(results, size, visit))
    # A naive map that takes long goes on when it is no longer waited for: it is tried when nothing else is measured.
    beside = naive and not _is_slow(results, "load", size)
    with Visit(browser, ATLAS, servers[ATLAS]) as visit, Visit(browser, NAIVE, servers[NAIVE]) as other:
        visit.load(LOAD_S)
        visit.rest()
        if beside:
            other.load(LOAD_S)
            other.rest()
        attempt(results, size, ATLAS, "step", lambda: _steps(results, size, visit, other if beside else None))
        attempt(results, size, ATLAS, "known day", lambda: _known_days(results, size, visit))
        attempt(results, size, ATLAS, "facet", lambda: _choices(results, size, visit))
        attempt(results, size, ATLAS, "drag", lambda: _moving(results, size, visit, "drag", visit.drag))
        attempt(results, size, ATLAS, "play", lambda: _moving(results, size, visit, "play", lambda: visit.play(PLAY_S)))
        attempt(
            results,
            size,
            ATLAS,
            "click on the map",
            lambda: _clicks(results, size, "click on the map", visit.click_map),
        )
        attempt(
            results,
            size,
            ATLAS,
            "click in the list",
            lambda: _clicks(results, size, "click in the list", visit.click_list),
        )
    if naive and not beside:
        with Visit(browser, NAIVE, servers[NAIVE]) as other:
            attempt(results, size, NAIVE, "step", lambda: _naive_step(results, size, other))


def _naive_step(results: Results, size: int, visit: Visit) -> None:
    visit.load(LOAD_S)
    visit.rest()
    results.add("step", NAIVE, size, visit.naive_step(1, STEP_S))


def _step_takes(results: Results, size: int, visit: Visit) -> None:
    for _ in range(3):
        taken = visit.step_takes(1)
        results.add("step takes", ATLAS, size, taken["bytes"])
        results.add("step takes, server", ATLAS, size, taken["cpu_ms"])
        visit.rest()


def _steps(results: Results, size: int, visit: Visit, naive: Visit | None) -> None:
    for run in range(RUNS):
        by = 1 if run % 2 == 0 else -1
        visit.page.bring_to_front()
        worked = visit.task_ms()
        for _ in range(STEPS_A_RUN):
            results.add("two frames", "browser", size, visit.two_frames())
            taken = visit.step(by, STEP_S)
            results.add("step", ATLAS, size, taken["painted"])
            results.add("step, presented", ATLAS, size, taken["presented"])
            results.add("step, frames before", ATLAS, size, taken["frames"])
        results.add("step, work", ATLAS, size, (visit.task_ms() - worked) / STEPS_A_RUN)
        if naive and not _is_slow(results, "step", size):
            naive.page.bring_to_front()
            results.attempt("step", NAIVE, size, lambda: naive.naive_step(by, STEP_S))  # noqa: B023
    visit.page.bring_to_front()
    visit.rest()


def _known_days(results: Results, size: int, visit: Visit) -> None:
    visit.step_known(0, STEP_S)
    visit.rest()
    for run in range(RUNS):
        for _ in range(STEPS_A_RUN):
            results.add("known day", ATLAS, size, visit.step_known(1 if run % 2 == 0 else -1, STEP_S)["painted"])
    visit.load(LOAD_S)
    visit.rest()


def _choices(results: Results, size: int, visit: Visit) -> None:
    for _ in range(RUNS):
        results.add("facet", ATLAS, size, visit.choose(STEP_S)["painted"])
        visit.rest()


def _moving(results: Results, size: int, visit: Visit, what: str, move: Callable[[], dict[str, float]]) -> None:
    for _ in range(max(3, RUNS // 3)):
        counted = move()
        results.add(what, ATLAS, size, counted["painted"])
        results.add(f"{what}, all frames", ATLAS, size, counted["frames"])
        visit.rest()


def _clicks(results: Results, size: int, what: str, click: Callable[[int], dict[str, float] | None]) -> None:
    """Click on one site after the other; a mark that gathers several sites zooms instead, and doesn't count."""
    deadline = time.monotonic() + 60
    for k in range(6 * RUNS):
        taken = click(k % 8 if size == SHIPPED else k)
        if taken:
            results.add(what, ATLAS, size, taken["text"])
            results.add(f"{what}, presented", ATLAS, size, taken["presented"])
        if len(results.get(what, ATLAS, size).values) >= RUNS or time.monotonic() > deadline:
            return
    if not results.get(what, ATLAS, size).values:
        _fail("no click led to a claim within a second")


def measure_sessions(results: Results, size: int, story: Path) -> None:
    """Let ever more readers use the atlas and an empty page, in turn."""
    for kind in (EMPTY, ATLAS):
        try:
            with serving(kind, story, limit_s=OPEN_S) as server:
                read_together(server, 1, thinking_s=0.1)  # opens the story
                for count in READERS:
                    say(f"{size:,}: {count} readers of the {kind}")
                    readers = read_together(server, count)
                    results.add(f"rerun, {count} readers", kind, size, *readers.reruns_ms)
                    results.add(f"errors, {count} readers", kind, size, readers.errors)
                    results.add(f"memory a reader, {count} readers", kind, size, readers.mb_each)
        except DidNotFinishError as error:
            why = str(error)
            results.attempt("rerun, 1 readers", kind, size, lambda: _fail(why))  # noqa: B023


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def main() -> None:
    kept = KEPT / "results.json"
    results = read_results(kept)
    for size in SIZES:
        story = story_of(size)
        about, measured = about_this_machine(), Results()
        try:
            if "opening" in PARTS:
                say(f"{size:,}: opening")
                measure_opening(measured, size, story)
            if {"load", "work"} & set(PARTS):
                with started_browser() as browser:
                    measure_pages(measured, size, story, browser)
            if "sessions" in PARTS and size == SHIPPED:
                measure_sessions(measured, size, story)
        finally:  # what was measured before something went wrong is worth keeping
            results.about[str(size)] = about
            results.figures |= measured.figures
            results.save(kept)
            write_report(results)


if __name__ == "__main__":
    main()
