"""What the tests of the page read off it: its tabs, tables, counts and sentences."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from streamlit.testing.v1 import AppTest

    OpenPage = Callable[..., AppTest]

ROOT = Path(__file__).parents[2]
TABS = [
    "Figures",
    "Claims",
    "Movements",
    "Sources",
    "Not on the map",
    "Places",
    "Data",
    "Download",
    "Edit",
    "Your own story",
]
DOCUMENTS = -1  # the last table of the tab Sources


def tab(page: AppTest, name: str) -> Any:  # noqa: ANN401 - Streamlit's own is not exported
    """Return a tab, opened if another is: only the one that is open is painted."""
    if page.session_state["tabs"] != name:
        page.session_state["tabs"] = name
        page.run()
    return next(each for each in page.tabs if each.label == name)


def table(page: AppTest, name: str, number: int = 0) -> pd.DataFrame:
    frame: pd.DataFrame = tab(page, name).dataframe[number].value
    return frame


def shown_counts(page: AppTest) -> tuple[int, ...]:
    """Return the three counts and their sum as the tab Claims says them."""
    said = tab(page, "Claims").caption[0].value
    words = r"(\d+) on the map · (\d+) filtered out · (\d+) without a place = (\d+) claims"
    found = re.match(words, said)
    assert found, said
    return tuple(map(int, found.groups()))


def rows_of(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Markup(HTMLParser):
    """Tags, attributes and text of a piece of HTML; any that is not the tab's own fails the test."""

    OURS: ClassVar = {
        "div": {"class"}, "h3": set(), "span": set(), "ul": {"role"}, "li": set(), "p": {"class"}, "strong": set(),
        "a": {"href"},
    }  # fmt: skip

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.feed(markup)
        self.close()
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= self.OURS[tag]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment in the page: {data}")


def read_sentences(page: AppTest) -> Markup:
    (html,) = tab(page, "Movements").get("html")
    return Markup(html.value)
