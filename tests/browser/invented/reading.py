"""What the tests of the invented stories read off the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browser.atlas import AtlasPage
    from playwright.sync_api import Locator

STORIES = Path(__file__).parents[2] / "stories"
CONTESTED = "≠ others say otherwise"
SOLID, DASHED, DOTTED = [], [9, 6], [2, 5]


def of(*names: str) -> pytest.MarkDecorator:
    """Return the mark of tests that read these stories, one after another."""
    return pytest.mark.parametrize("atlas", names, indirect=True)


def labels_of_movements(atlas: AtlasPage) -> list[str]:
    """Return the labels of movements in view, each as it is read: their parts are drawn one after another."""
    labels: list[str] = []
    for text in (drawn["text"] for drawn in atlas.drawn()["texts"]):
        if text.startswith(" · "):
            labels[-1] += text
        else:
            labels.append(text)
    return [label for label in labels if " · " in label]


def shafts(atlas: AtlasPage) -> list[dict[str, Any]]:
    """Return the lines of arrows without the paper below each, which is wider and has no gaps."""
    paper = atlas.frame.evaluate(
        "getComputedStyle(document.querySelector('.story-view')).getPropertyValue('--map-paper').trim()"
    )
    return [line for line in atlas.drawn()["lines"] if line["width"] > 1.5 and line["colour"] != paper]


def dashes_of_arrows(atlas: AtlasPage) -> list[list[int]]:
    """Return in which ways lines of arrows are broken, each once."""
    found: list[list[int]] = []
    for line in shafts(atlas):
        if line["dash"] not in found:
            found.append(line["dash"])
    return found


def middles_apart(atlas: AtlasPage) -> float:
    """Return the least distance between the middles of two long arrows, in pixels."""
    lines = [line["points"] for line in shafts(atlas) if len(line["points"]) > 8]
    middles = [points[len(points) // 2] for points in lines]
    pairs = [(a, b) for i, a in enumerate(middles) for b in middles[:i]]
    assert pairs
    return min(((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 for a, b in pairs)


def sentences(atlas: AtlasPage) -> list[str]:
    """Return the list of movements in words, opened if it is not."""
    found = atlas.testid("movement-list")
    found.evaluate("list => { list.open = true; }")
    atlas.next_frame()
    return found.locator("li button").all_inner_texts()


def cells(sides: Locator, name: str) -> list[str]:
    """Return the cells of a row of the claims side by side."""
    rows = sides.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    return next(texts for head, *texts in rows if head.removesuffix(" (they differ)") == name)


def differing(sides: Locator) -> set[str]:
    """Return the rows in which the claims side by side differ."""
    expect(sides).to_be_visible()
    heads = sides.locator("tbody tr[data-differs] th").all_text_contents()
    return {head.removesuffix(" (they differ)") for head in heads}
