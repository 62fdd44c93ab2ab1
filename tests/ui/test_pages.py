"""Long tables come in pages: what each holds, where the reader is told to be, and that only its rows are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_story import claim, pinned, small_story
from ui.reading import tab, table

from geo.dossier import Cards
from geo.ui import passing
from geo.ui.pages import PAGE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd
    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

    from geo.card import Card
    from geo.selection import Selection
    from geo.stories import Story

HOSTILE = "**bold** `code` :red[x] <b>b</b> {{7*7}} [z](javascript:alert(1))"
IN_ALL = 345


@pytest.fixture
def long_story(tmp_path: Path) -> Path:
    """Return the folder of a story of 345 claims, from the last day to the first, of which 45 name no place."""
    claims = [
        claim(
            f"c{n}",
            statement=f"{HOSTILE} {n}",
            claimant="A ministry" if n % 3 else "An army",
            event_date=f"{2023 - n // 12:04}-{12 - n % 12:02}-01",
            **({"destinations": "port"} if n < IN_ALL - 45 else {}),
        )
        for n in range(IN_ALL)
    ]
    small_story(tmp_path, claims, [pinned("port", 43.1, 131.9)])
    return tmp_path


def ids(page: AppTest, name: str = "Claims") -> list[str]:
    frame = table(page, name)
    return [] if frame.empty else frame["Id"].tolist()


def where(page: AppTest, name: str = "Claims", number: int = 1) -> str:
    """Return what a pager of the tab, the first or another, says of where the reader is."""
    said: str = [each.value for each in tab(page, name).caption if each.value.startswith("**")][number - 1]
    return said.partition("**.")[0].removeprefix("**")


def press(page: AppTest, key: str, name: str = "Claims") -> AppTest:
    return tab(page, name).button(key=key).click().run()


def by_date(first: int, last: int) -> list[str]:
    """Return the ids of some rows in the order of dates, which is the story's backwards."""
    return [f"c{IN_ALL - 1 - n}" for n in range(first - 1, last)]


def test_a_long_table_is_leafed_through_to_its_last_page_and_back(open_page: OpenPage, long_story: Path) -> None:
    page = open_page(long_story)
    assert (where(page), ids(page)) == ("Rows 1 to 100 of 345", by_date(1, 100))
    assert tab(page, "Claims").button(key="previous-Claims").disabled
    seen = ids(page)
    for first, last in ((101, 200), (201, 300), (301, 345)):
        press(page, "next-Claims")
        assert (where(page), ids(page)) == (f"Rows {first} to {last} of 345", by_date(first, last))
        seen += ids(page)
    assert sorted(seen) == sorted(f"c{n}" for n in range(IN_ALL))
    assert tab(page, "Claims").button(key="next-Claims").disabled
    press(page, "previous-Claims")
    assert where(page) == "Rows 201 to 300 of 345"
    assert not page.exception


def test_a_number_typed_into_the_box_leads_to_that_page(open_page: OpenPage, long_story: Path) -> None:
    page = open_page(long_story)
    box = tab(page, "Claims").number_input(key="page-Claims")
    assert (box.value, box.min, box.max, box.label) == (1, 1, 4, "Page, 1 to 4")
    box.set_value(4).run()
    assert (where(page), ids(page)) == ("Rows 301 to 345 of 345", by_date(301, 345))
    press(page, "previous-Claims")
    assert tab(page, "Claims").number_input(key="page-Claims").value == 3


def test_another_selection_begins_with_its_first_page_and_an_open_site_is_none(
    open_page: OpenPage, long_story: Path
) -> None:
    page = open_page(long_story)
    press(page, "next-Claims")
    page.query_params["site"] = "port"
    assert where(page.run()) == "Rows 101 to 200 of 345"
    page.query_params["claimant"] = "A ministry"
    assert where(page.run()) == "Rows 1 to 100 of 230"
    del page.query_params["claimant"]
    assert where(page.run()) == "Rows 1 to 100 of 345"


def test_a_page_is_still_there_when_the_reader_comes_back_from_another_tab(
    open_page: OpenPage, long_story: Path
) -> None:
    page = open_page(long_story)
    press(page, "next-Claims")
    assert tab(page, "Data").caption
    assert where(page) == "Rows 101 to 200 of 345"


def test_tables_are_leafed_through_each_for_itself(open_page: OpenPage, long_story: Path) -> None:
    page = open_page(long_story)
    press(page, "next-Movements", "Movements")
    assert where(page, "Movements", 1) == "Sentences 1 to 100 of 300"
    assert where(page, "Movements", 2) == "Rows 101 to 200 of 300"
    assert where(page) == "Rows 1 to 100 of 345"


def test_what_fits_into_one_page_has_no_pager(open_page: OpenPage, long_story: Path) -> None:
    page = open_page(long_story)
    assert len(ids(page, "Not on the map")) == 45
    assert not tab(page, "Not on the map").button
    assert len(tab(page, "Not on the map").caption) == 1


def test_counts_are_those_of_all_that_passes_and_cells_are_text(open_page: OpenPage, long_story: Path) -> None:
    page = open_page(long_story)
    said = tab(page, "Claims").caption[0].value
    assert said.startswith("300 on the map · 0 filtered out · 45 without a place = 345 claims. The table holds the 345")
    assert table(page, "Claims")["Claim"].iloc[0] == f"{HOSTILE} {IN_ALL - 1}"
    for name in ("Claims", "Movements"):
        for element in (*tab(page, name).caption, *tab(page, name).button, *tab(page, name).number_input):
            assert HOSTILE not in str(element.proto)
    assert "7*7" not in str(tab(page, "Claims").dataframe[0].proto.columns)


def test_a_run_makes_the_cards_of_the_page_in_sight_and_no_others(
    open_page: OpenPage, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    of = Cards.of

    def counted(self: Cards, positions: Iterable[int]) -> tuple[Card, ...]:
        wanted = list(positions)
        made.append(len(wanted))
        return of(self, wanted)

    page = open_page(long_story)
    monkeypatch.setattr(Cards, "of", counted)
    assert len(ids(page)) == PAGE_ROWS
    for _ in range(3):
        made.clear()
        page.run()
        assert made == [PAGE_ROWS]
    made.clear()
    tab(page, "Data")
    page.run()
    assert made == [], "a tab that isn't open costs nothing"


def test_a_selection_is_calculated_once_as_long_as_it_is_the_same(
    open_page: OpenPage, long_story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    select = passing.select_claims

    def counted(story: Story, selection: Selection) -> pd.DataFrame:
        asked.append(selection.claimant)
        return select(story, selection)

    monkeypatch.setattr(passing, "select_claims", counted)
    page = open_page(long_story, claimant="An army")
    for name in ("Claims", "Movements", "Sources", "Not on the map", "Download", "Figures"):
        assert not tab(page, name).error
    page.query_params["claim"] = "c3"
    page.run()
    assert asked == ["An army"]
