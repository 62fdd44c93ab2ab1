"""The tab Download: what it offers, in which numbers, and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from small_story import claim, small_story
from ui.reading import rows_of, tab

from geo.export import EXPORTERS

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage


def buttons(page: AppTest) -> list[Any]:
    """Return the buttons of the tab as the browser is told of them."""
    return [element.proto for element in tab(page, "Download").get("download_button")]


def captions(page: AppTest) -> list[str]:
    return [caption.value for caption in tab(page, "Download").caption]


def test_there_is_a_button_for_each_format_and_two_for_the_whole_story(open_page: OpenPage) -> None:
    page = open_page()
    assert [button.label for button in buttons(page)] == [
        *(each.title for each in EXPORTERS.values()),
        "Web page",
        "ZIP",
    ]
    told = [words.value for words in tab(page, "Download").markdown]
    assert told[: len(EXPORTERS)] == [each.purpose for each in EXPORTERS.values()]


def test_nothing_is_made_before_a_button_is_clicked(open_page: OpenPage) -> None:
    assert all(button.deferred_file_id and not button.url for button in buttons(open_page()))


def test_the_numbers_are_those_of_the_selection(open_page: OpenPage) -> None:
    total = len(rows_of("claims.csv"))
    said = captions(open_page())[0]
    assert said.startswith(f"What is filtered is what is exported: {total} of {total} claims, 6 of them on the map and")
    said = captions(open_page(claimant="Kyrylo Budanov"))[0]
    assert said.startswith(
        f"What is filtered is what is exported: 2 of {total} claims, 1 of them on the map and 1 without"
    )


def test_rows_with_problems_are_said_to_be_missing(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(tmp_path, [claim("good"), claim("bad", event_date="2024-13-01")])
    said = captions(open_page(tmp_path))
    assert said[1] == "Rows with problems are in none of these files: 1. The tab Data lists them."
    assert len(captions(open_page())) == 1


def test_no_text_of_a_story_stands_in_the_tab(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(tmp_path, [claim("c", claimant="h0stile **x**")], title="h0stile [x](y)")
    page = open_page(tmp_path, claimant="h0stile **x**")
    told = [*captions(page), *(words.value for words in tab(page, "Download").markdown)]
    assert not [words for words in told if "h0stile" in words]
    assert not [button for button in buttons(page) if "h0stile" in button.label + button.help]
