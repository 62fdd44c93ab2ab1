"""The page of a story opens, follows its address, and says what is left out."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_story import claim, pinned, small_story
from streamlit.testing.v1 import AppTest
from ui.reading import DOCUMENTS, ROOT, TABS, rows_of, shown_counts, tab, table

if TYPE_CHECKING:
    from pathlib import Path

    from ui.reading import OpenPage


def test_the_shipped_story_opens_whole(open_page: OpenPage) -> None:
    page = open_page()
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert [each.label for each in page.tabs] == TABS
    assert len(table(page, "Claims")) == len(rows_of("claims.csv"))
    assert len(table(page, "Sources", DOCUMENTS)) == len(rows_of("sources.csv"))
    opened = page.session_state["tabs"]
    sent = [each.label for each in page.tabs if each.children]
    # A tab is sent once it is open, but for files that it has taken in and for the counts.
    assert set(sent) == {opened, "Claims", "Your own story"}
    assert [each.type for each in page.tabs[1].children.values()] == ["caption"]
    assert "None: every row" in tab(page, "Data").caption[0].value


def test_the_tabs_come_once_the_map_is_drawn_and_with_any_other_run() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert len(page.tabs) == 0
    page.run()
    assert [each.label for each in page.tabs] == TABS
    assert page.tabs[0].children


def test_the_first_map_waits_for_nothing_that_only_tabs_and_workbooks_need() -> None:
    script = f"""
import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file({str(ROOT / "app.py")!r}, default_timeout=60)
for _ in range(2):
    assert not page.run().exception
    print(*sorted(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    first, second = (set(line.split()) for line in done.stdout.splitlines())
    assert {"geo.ui.page", "geo.stories", "geo.intake.workbooks"} <= first
    assert {"altair", "geo.ui.tabs", "openpyxl", "streamlit.emojis"}.isdisjoint(first)
    assert {"altair", "geo.ui.tabs"} <= second
    assert {"openpyxl", "streamlit.emojis"}.isdisjoint(second)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from_": "2024-10-09", "to": "2024-10-10"},
        {"from_": "2024-10-14"},
        {"to": "2024-08-01", "undated": "0"},
        {"from_": "1999-01-01", "to": "1999-01-02", "undated": "0"},
        {"q": "vladivostok"},
        {"claimant": "Newsweek", "modality": "background"},
        {"site": "kursk", "claim": "nis-1500"},
    ],
)
def test_the_three_counts_add_up_and_are_those_of_the_tables(open_page: OpenPage, query: dict[str, str]) -> None:
    page = open_page(**query)
    on_map, filtered, unplaced, in_all = shown_counts(page)
    assert on_map + filtered + unplaced == in_all == len(rows_of("claims.csv"))
    shown = sum(len(frame.value) for frame in tab(page, "Claims").dataframe)
    assert shown == on_map + unplaced
    assert sum(len(frame.value) for frame in tab(page, "Not on the map").dataframe) == unplaced
    assert table(page, "Sources", DOCUMENTS).set_index("Publisher").loc["Newsweek", "Claims that pass"] == shown


def test_a_window_keeps_the_arrows_of_its_days_and_says_how_surely(open_page: OpenPage) -> None:
    page = open_page(from_="2024-10-09", to="2024-10-10")
    words = table(page, "Claims").set_index("Id")["In these days"]
    assert words["nis-1500"] == "possibly"
    assert words["budanov-2600"] == "not dated"
    assert "nis-1500" in table(page, "Movements")["Id"].tolist()
    around = table(open_page(from_="2024-10-08", to="2024-10-13"), "Claims").set_index("Id")
    assert around.loc["nis-1500", "In these days"] == "certainly"
    later = open_page(from_="2024-10-14")
    assert table(later, "Movements")["Id"].tolist() == ["budanov-2600"]


def test_without_a_window_no_column_speaks_of_one(open_page: OpenPage) -> None:
    assert "In these days" not in table(open_page(q="troops"), "Claims")


def test_a_selection_that_lets_nothing_through_says_so_in_every_tab(open_page: OpenPage) -> None:
    page = open_page(q="no claim holds this")
    assert shown_counts(page)[:3] == (0, len(rows_of("claims.csv")), 0)
    assert [len(tab(page, name).dataframe) for name in TABS] == [
        0,
        0,
        0,
        1,
        0,
        3,
        1,
        0,
        1,
        0,
    ]  # places, files and edits are all there
    assert tab(page, "Movements").caption[0].value == "None of the 2 movements passes this selection."
    assert tab(page, "Not on the map").caption[0].value == "Every claim that passes this selection is on the map."
    assert table(page, "Sources", DOCUMENTS)["Claims that pass"].tolist() == [0] * len(rows_of("sources.csv"))


def test_wrong_values_in_the_address_leave_everything_shown(open_page: OpenPage) -> None:
    page = open_page(
        from_="2024-13-08", to="never", undated="maybe", site="nowhere", claim="[]", modality="<b>", claimant="%00"
    )
    assert not page.exception
    assert shown_counts(page)[1] == 0


def test_of_a_parameter_that_is_given_twice_the_last_counts_as_on_the_map(open_page: OpenPage) -> None:
    page = open_page()
    page.query_params["claimant"] = ["Newsweek", "Mick Ryan"]
    assert set(table(page.run(), "Claims")["Claimant"]) == {"Mick Ryan"}


def test_a_claim_that_is_not_on_the_map_says_why(open_page: OpenPage, tmp_path: Path) -> None:
    lost = {"location_id": "lost", "name": "Lost Village", "query": "xqzjw"}
    small_story(
        tmp_path,
        [claim("here", locations="port"), claim("nowhere"), claim("lost", locations="lost")],
        [pinned("port", 43.1, 131.9), lost],
    )
    page = open_page(tmp_path)
    why = table(page, "Not on the map").set_index("Id")["Why"].to_dict()
    assert why == {"nowhere": "no place stated", "lost": "place not settled: Lost Village"}
    said = tab(page, "Not on the map").caption[0].value
    assert said.endswith("1 state no place, 1 name only places that are not settled.")
    assert [warning.value for warning in page.warning] == [
        "1 place is not settled. The tab Data says which, why, and what to do. In the tab Places you can decide."
    ]


def test_rows_that_are_left_out_are_counted_above_the_map_and_listed_below(open_page: OpenPage, tmp_path: Path) -> None:
    wrong = [claim("day", event_date="2024-13-08"), claim("from-nothing", source_id="nothing")]
    small_story(tmp_path, [claim("right"), *wrong])
    page = open_page(tmp_path)
    assert [warning.value for warning in page.warning] == [
        "2 rows of this story are left out, 1 claim is in use. The tab Data says which, why, and what to do."
    ]
    assert shown_counts(page)[3] == 1
    assert tab(page, "Data").caption[0].value == "2 found; 2 rows are left out."
    problems = table(page, "Data")
    cells = problems[["File", "Row", "Column", "Value"]].to_numpy().tolist()
    assert cells == [["claims.csv", "3", "event_date", "2024-13-08"], ["claims.csv", "4", "source_id", "nothing"]]
    assert problems.loc[0, "What is wrong"] == "has no month 13"
    assert problems["What to do"].str.len().min() > 0
    files = table(page, "Data", 1).set_index("File")
    assert files.loc["claims.csv", ["Rows in use", "Rows left out"]].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("nothing.txt", b"", ("claims.csv", "", "the file is missing")),
        ("claims.csv", b"", ("claims.csv", "", "the file is empty")),
        ("claims.csv", b"a,b\n1,2\n", ("claims.csv", "1", "the first row names none of the table's columns")),
    ],
)
def test_a_folder_that_is_no_story_shows_an_error_with_all_its_problems(
    open_page: OpenPage, tmp_path: Path, name: str, content: bytes, problem: tuple[str, str, str]
) -> None:
    (tmp_path / name).write_bytes(content)
    page = open_page(tmp_path)
    assert not page.exception
    assert [error.value for error in page.error] == [
        "This story can't be opened. What stands in the way, and what to do:"
    ]
    problems = page.dataframe[0].value
    assert list(problems) == ["File", "Row", "Column", "Value", "What is wrong", "What to do"]
    assert problem in problems[["File", "Row", "What is wrong"]].itertuples(index=False, name=None)
    assert {"locations.csv", "sources.csv"} <= set(problems["File"])
    assert not page.tabs


def test_a_folder_that_is_not_there_shows_an_error(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(tmp_path / "no such folder")
    assert not page.exception
    assert page.dataframe[0].value.loc[0, "What is wrong"] == "there is no such folder to read"


def test_several_readers_open_the_page_each_with_a_selection_of_their_own(open_page: OpenPage) -> None:
    first, second = open_page(q="vladivostok"), open_page()
    assert shown_counts(first)[1] > shown_counts(second)[1] == 0
    assert shown_counts(first.run()) == shown_counts(open_page(q="vladivostok"))


def test_the_files_of_the_map_of_candidates_are_gone_when_the_server_has_ended(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from tempfile import gettempdir; from geo.ui.caching import candidate_map\n"
        "candidate_map()\n"
        "print(len(list(Path(gettempdir()).glob('claim-atlas-*/*'))))"
    )
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) == 4
    assert list((tmp_path / "tmp").glob("claim-atlas-*")) == []
