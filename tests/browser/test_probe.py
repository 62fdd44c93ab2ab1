"""The script by which the benchmarks watch a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PROBE = Path(__file__).parents[2] / "benchmarks" / "probe.js"
FRAMES = 40
PAINT_IN_EVERY_FRAME = f"""async () => {{
    bench.watch();
    for (let frame = 0; frame < {FRAMES}; frame += 1) {{
        await new Promise(requestAnimationFrame);
        for (const end = performance.now() + (frame % 2 ? 1 : 22); performance.now() < end; );
        performance.mark("claims:painted", {{ detail: {{}} }});
    }}
    await new Promise((done) => setTimeout(done, 50));
    return bench.stop();
}}"""


def test_a_map_in_every_frame_counts_in_every_frame_however_late_it_is(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(path=PROBE)
    page.goto("data:text/html,<p>A page")
    seen = page.evaluate(PAINT_IN_EVERY_FRAME)
    assert seen["painted"] / seen["frames"] > 0.85
