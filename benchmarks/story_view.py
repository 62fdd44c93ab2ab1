"""How long a reader waits: for the first text after a click, and for a step of the time bar.

Run it by hand: `.venv/bin/python benchmarks/story_view.py`. Each figure is the median of many in one headless
Chromium, with its ratio to two empty frames of the same browser in the same run, since machines differ.
"""

from __future__ import annotations

import csv
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Frame, Page, sync_playwright

from geo.schema import CLAIMS, LOCATIONS, SOURCES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
RUNS = 40
CLAIM_COUNT, SITE_COUNT = 5_000, 200  # the most that a page holds inside itself
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

# Each script resolves to milliseconds, or to frames and milliseconds.
TWO_FRAMES = """() => new Promise((done) => {
  const start = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
CLICK = """(k) => new Promise((done) => {
  const region = document.querySelector('[data-testid=site-claims]');
  const start = performance.now();
  new MutationObserver((_, seen) => {
    if (!region.querySelector('[data-testid=claim-card]')) return;
    seen.disconnect();
    done(performance.now() - start);
  }).observe(region, { childList: true });
  %s
})"""
CHIP_CLICK = CLICK % "document.querySelectorAll('.site-chip:not([hidden])')[k].click();"
MAP_CLICK = (
    CLICK
    % """
  const pixel = claimsMap.sitePixel(k);
  const target = document.querySelector('[data-testid=claims-map]');
  const at = { bubbles: true, clientX: pixel.x, clientY: pixel.y, view: window };
  for (const type of ['mousedown', 'mouseup', 'click']) target.dispatchEvent(new MouseEvent(type, at));"""
)
STEP = """(by) => new Promise((done) => {
  const handle = document.querySelector('[data-testid=date-from]');
  const start = performance.now();
  let frames = 0;
  const wait = () => {
    const [mark] = performance.getEntriesByName('claims:painted');
    if (mark && mark.startTime > start) done([frames, mark.startTime - start]);
    else { frames += 1; requestAnimationFrame(wait); }
  };
  handle.value = String(Number(handle.value) + by);
  handle.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(wait);
})"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        large = Path(folder)
        write_large_story(large)
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        print(f"{'story':<14}{'what':<28}{'median ms':>10}{'worst ms':>10}{'to two frames':>15}{'frames':>8}")
        for name, story in (("shipped", ROOT / "data"), (f"{CLAIM_COUNT:,} claims", large)):
            with served(story) as address:
                measure(name, browser.new_page(viewport={"width": 1366, "height": 768}), address)
        browser.close()


def measure(name: str, page: Page, address: str) -> None:
    page.goto(address)
    frame = story_frame(page)
    empty = [frame.evaluate(TWO_FRAMES) for _ in range(RUNS)]
    base = statistics.median(empty)
    report(name, "two empty frames", empty, base)
    if name == "shipped":  # where many marks are gathered, a click on the map zooms first
        report(name, "click on the map to text", list(clicks(page, frame, MAP_CLICK)), base)
    report(name, "click in the list to text", list(clicks(page, frame, CHIP_CLICK)), base)
    steps = [frame.evaluate(STEP, 1 if i < RUNS / 2 else -1) for i in range(RUNS)]
    report(name, "step of the time bar", [ms for _, ms in steps], base, max(frames for frames, _ in steps))


def report(name: str, what: str, times: list[float], base: float, frames: int | None = None) -> None:
    median = statistics.median(times)
    last = "" if frames is None else frames
    print(f"{name:<14}{what:<28}{median:>10.1f}{max(times):>10.1f}{median / base:>15.2f}{last:>8}")


def clicks(page: Page, frame: Frame, script: str) -> Iterator[float]:
    """Yield the wait after a click on one of the first sites after the other, back at the list each time."""
    for i in range(RUNS):
        yield frame.evaluate(script, i % 7)
        frame.evaluate("document.querySelector('.back').click()")
        page.wait_for_timeout(200)


def story_frame(page: Page) -> Frame:
    page.wait_for_selector("iframe")
    for _ in range(300):
        for frame in page.frames:
            if "streamlit_folium" in frame.url and frame.evaluate("Boolean(window.claimsMap)"):
                page.wait_for_timeout(3000)  # tabs and base map are still coming in
                return frame
        page.wait_for_timeout(100)
    msg = "the story view did not appear"
    raise TimeoutError(msg)


@contextmanager
def served(story: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "geo", "serve", str(story), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health").close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
        server.terminate()


def write_large_story(folder: Path) -> None:
    """Write a story of pinned sites and dated claims, a tenth of them movements; the same at every run."""
    chance = random.Random(1)
    places = [f"p{i}" for i in range(SITE_COUNT)]
    write(folder, SOURCES, [{"source_id": "s", "publisher": "Paper", "published": "2024-12-31"}])
    sites = [
        {
            "location_id": place,
            "name": f"Place {place}",
            "latitude": f"{chance.uniform(35, 60):.4f}",
            "longitude": f"{chance.uniform(0, 60):.4f}",
            "coordinate_source": "made up",
        }
        for place in places
    ]
    write(folder, LOCATIONS, sites)
    claims = []
    for i in range(CLAIM_COUNT):
        start, end = chance.sample(places, 2)
        movement = {"origins": start, "destinations": end} if i % 10 == 0 else {"locations": start}
        claims.append(
            {
                "claim_id": f"c{i}",
                "statement": f"Statement {i} about {start}.",
                "claimant": f"Claimant {i % 50}",
                "source_id": "s",
                "event_date": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                "modality": "happened",
                **movement,
            }
        )
    write(folder, CLAIMS, claims)


def write(folder: Path, table: Table, rows: list[dict[str, str]]) -> None:
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.names)
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
