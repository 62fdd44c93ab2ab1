"""The tables of ``docs/performance.md``, written from the results between two comments of that page."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from opening import READ_CSV
from results import Figure, read_results
from serving import ATLAS, EMPTY, EMPTY_MAP, NAIVE, ROOT, SAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results import Results

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- results: written by benchmarks/report.py -->", "<!-- end of results -->"
PACKAGES = ("pandas", "streamlit", "streamlit-folium")
READERS = (1, 5, 20, 50)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a size's table.

    Attributes
    ----------
    what
        The figure's name.
    goals
        Up to 10,000, up to 100,000, and beyond; blank for none.
    against
        The page that the atlas's median is compared with; blank for none.
    less
        Whether it is the difference that counts, and not the ratio.
    """

    what: str
    words: str
    unit: str
    goals: tuple[str, str, str] = ("", "", "")
    against: str = ""
    less: bool = False


ROWS = (
    Row("load", "load, server warm", "ms", ("1.1 ×", "1.15 ×", "1.3 ×"), EMPTY),
    Row(
        "step", "step of the date filter, to the drawn map", "ms", ("16.7, p95 33", "16.7, p95 33", "33, p95 50"), NAIVE
    ),
    Row("step, presented", "… to the frame after it", "ms"),
    Row("step, frames before", "… frames that passed before it", "", ("0", "0", "1")),
    Row("step, work", "… work of the page's main thread, all told", "ms"),
    Row("two frames", "two empty frames", "ms"),
    Row("known day", "known day moved by one, to the drawn map", "ms"),
    Row("facet", "one kind of claims chosen, or all again, to the drawn map", "ms"),
    Row("drag", "handle dragged: frames with a new map", "a second", ("55", "50", "25")),
    Row("drag, all frames", "… all frames", "a second"),
    Row("play", "play: frames with a new map", "a second", ("30", "30", "")),
    Row("play, all frames", "… all frames", "a second"),
    Row("click on the map", "click on the map, to the first claim's text", "ms", ("33", "33", "33")),
    Row("click on the map, presented", "… to the frame after it", "ms"),
    Row("click in the list", "click in the list of sites, to the first claim's text", "ms", ("33", "33", "33")),
    Row("click in the list, presented", "… to the frame after it", "ms"),
    Row("step takes", "bytes of a second of steps, before the hand rests", "", ("0", "0", "0")),
    Row("step takes, server", "… processor time of the server, beyond that of a second at rest", "ms", ("0", "0", "0")),
    Row(
        "bytes",
        "bytes to load, without the base map",
        "kB",
        ("+ 75", "+ 800", "+ 8 bytes a claim"),
        SAME,
        less=True,
    ),
    Row("heap", "JavaScript's heap, with array buffers", "MB", ("+ 4", "+ 8", "+ 32"), SAME, less=True),
    Row("server memory", "memory of the server, story open", "MB", against=EMPTY, less=True),
    Row("open in process", "first open: read, check, number, to the map", "s", ("5 ×", "5 ×", "5 ×"), READ_CSV),
    Row("open in process, tabs", "… and to what its tabs show", "s", ("5 ×", "5 ×", "5 ×"), READ_CSV),
    Row("open again in process", "second open, to the map", "s", ("", "0.3", "1"), READ_CSV),
    Row("open again in process, tabs", "… and to what its tabs show", "s"),
    Row("open", "first open from outside, beyond an empty page", "s"),
    Row("open again", "second open from outside, beyond an empty page", "s"),
)
PAGES = (EMPTY, EMPTY_MAP, SAME, NAIVE, READ_CSV)


def about_this_machine() -> dict[str, str]:
    """Return what the figures depend on, in words."""
    names = [line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    git = shutil.which("git") or "git"
    commit = subprocess.run([git, "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    return {
        "Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "Code": commit.strip() or "unknown",
        "Machine": f"{len(names)} cores of {names[0] if names else platform.machine()}, {memory_gb:.0f} GB",
        "Load before": f"{os.getloadavg()[0]:.1f}",
        "Software": ", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)]
        ),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def write_report(results: Results) -> None:
    """Put the tables in the place of those that the page has."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    tables = "\n".join(_report(results))
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", encoding="utf-8")


def _report(results: Results) -> Iterator[str]:
    for size in results.sizes():
        yield f"### {'The shipped story: 8 sites' if size == 8 else f'{size:,} claims'}\n"
        yield from (f"- {name}: {words}" for name, words in results.about.get(str(size), {}).items())
        yield ""
        yield f"| what | atlas | p95 | goal | {' | '.join(PAGES)} | atlas to it |"
        yield f"|---|{'---:|' * (4 + len(PAGES))}"
        yield from (line for row in ROWS if (line := _line(results, row, size)))
        yield ""
    yield from _growth(results)
    yield from _sessions(results)


def _line(results: Results, row: Row, size: int) -> str:
    page = "browser" if row.what == "two frames" else ATLAS
    ours, other = results.get(row.what, page, size), results.get(row.what, row.against, size)
    if not ours.values and not ours.why:
        return ""
    cells = [f"{row.words}{f', {row.unit}' if row.unit else ''}", _median(ours)]
    cells += [_number(ours.p95) if len(ours.values) >= 10 else "", row.goals[(size > 10_000) + (size > 100_000)]]
    cells += [_median(results.get(row.what, page, size)) for page in PAGES]
    return f"| {' | '.join([*cells, _against(ours, other, less=row.less)])} |"


def _median(figure: Figure) -> str:
    return _number(figure.median) if figure.values else f"did not finish: {figure.why}" if figure.why else ""


def _against(ours: Figure, other: Figure, *, less: bool) -> str:
    if not ours.values or not other.values:
        return ""
    return f"+ {_number(ours.median - other.median)}" if less else f"{_number(ours.median / other.median)} ×"


def _number(value: float) -> str:
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 or value == round(value) else f"{value:.1f}" if size >= 10 else f"{value:.2g}"


def _growth(results: Results) -> Iterator[str]:
    pairs = [(n, n * 10) for n in results.sizes() if n != 8 and n * 10 in results.sizes()]
    if not pairs:
        return
    yield "### Growth of a step for ten times as many claims\n"
    yield "| from | to | to the drawn map | work of the main thread | goal |"
    yield "|---:|---:|---:|---:|---:|"
    for small, large in pairs:
        grown = [
            _against(results.get(what, ATLAS, large), results.get(what, ATLAS, small), less=False)
            for what in ("step", "step, work")
        ]
        goal = "2 ×" if large > 100_000 else "1.5 ×"
        yield f"| {small:,} | {large:,} | {' | '.join(cell or 'did not finish' for cell in grown)} | {goal} |"
    yield ""


def _sessions(results: Results) -> Iterator[str]:
    if not results.get("rerun, 1 readers", ATLAS, 8).values:
        return
    yield "### Readers at once, of the shipped story\n"
    yield "| readers | page | rerun, ms | p95 | goal of p95 | errors | memory a reader, MB |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    for count in READERS:
        for page in (ATLAS, EMPTY):
            rerun, errors, memory = (
                results.get(f"{what}, {count} readers", page, 8) for what in ("rerun", "errors", "memory a reader")
            )
            p95 = _number(rerun.p95) if rerun.values else ""
            goal = "150" if page == ATLAS and count == 50 else ""
            yield f"| {count} | {page} | {_median(rerun)} | {p95} | {goal} | {_median(errors)} | {_median(memory)} |"
    yield ""


if __name__ == "__main__":
    write_report(read_results(ROOT / ".bench" / "results.json"))
    sys.stdout.write(f"{PAGE}\n")
