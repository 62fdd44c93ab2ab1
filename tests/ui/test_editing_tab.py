"""The tab Edit: what is typed is checked at once, told, put on the map as one step, and never lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story
from ui.reading import tab, table

from geo.schema import CLAIMS
from geo.tables import raw_table
from geo.ui.grid import find_rows
from geo.ui.pages import PAGE_ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

PROBLEMS = ["File", "Row", "Column", "Value", "What is wrong", "What to do"]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    small_story(
        tmp_path,
        [claim("sent", locations="port"), claim("denied", claimant="A ministry"), claim("wrong", event_date="2024-13")],
        [pinned("port", 43.1, 131.9)],
    )
    return tmp_path


def editor(page: AppTest) -> Any:  # noqa: ANN401 - Streamlit's own
    return tab(page, "Edit").data_editor[0]


def typed(page: AppTest, **state: object) -> AppTest:
    """Run the page after something was typed into its grid."""
    page.session_state[editor(page).key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (each for each in page.button if each.label == label)
    return button.click().run()


def choose(page: AppTest, what: str) -> AppTest:
    return tab(page, "Edit").segmented_control[0].set_value(what).run()


def told(page: AppTest) -> list[dict[str, str]]:
    """Return what the tab says was typed."""
    frames = [each.value for each in tab(page, "Edit").dataframe if list(each.value)[-1] == "After"]
    return frames[0].to_dict("records") if frames else []


def problems(page: AppTest) -> list[dict[str, str]]:
    frames = [each.value for each in tab(page, "Edit").dataframe if list(each.value) == PROBLEMS]
    return frames[0].to_dict("records") if frames else []


def test_the_grid_holds_the_file_also_rows_that_the_map_leaves_out(open_page: OpenPage, story: Path) -> None:
    page = open_page(story)
    assert not page.exception
    assert editor(page).value["claim_id"].tolist() == ["sent", "denied", "wrong"]
    assert editor(page).value["Row"].tolist() == ["2", "3", "4"]
    assert editor(page).value["event_date"].tolist() == ["", "", "2024-13"]
    assert told(page) == []


def test_what_is_typed_is_checked_and_told_at_once_and_changes_nothing_yet(open_page: OpenPage, story: Path) -> None:
    page = typed(open_page(story), edited_rows={0: {"event_date": "yesterday", "hedge": "alleged"}})
    assert [(each["Row"], each["Field"], each["Before"], each["After"]) for each in told(page)] == [
        ("2", "event_date", "", "yesterday"),
        ("2", "hedge", "", "alleged"),
    ]
    assert [(each["Row"], each["Column"], each["Value"]) for each in problems(page)] == [
        ("2", "event_date", "yesterday")
    ]
    assert "1 problem in what you typed" in tab(page, "Edit").warning[0].value
    assert len(table(page, "Claims")) == 2


def test_put_on_the_map_it_is_one_step_that_can_be_taken_back_and_made_again(open_page: OpenPage, story: Path) -> None:
    before = (story / CLAIMS.file).read_bytes()
    page = typed(
        open_page(story),
        edited_rows={2: {"event_date": "2024-12"}},
        added_rows=[claim("new", statement="A new one."), {"claim_id": None}],
        deleted_rows=[1],
    )
    assert {each["Change"] for each in told(page)} == {"changed", "added", "deleted"}
    page = press(page, "Put it on the map")
    assert set(table(page, "Claims")["Id"]) == {"sent", "wrong", "new"}
    assert told(page) == []
    assert not page.warning
    page = press(page, "Undo (1)")
    assert set(table(page, "Claims")["Id"]) == {"sent", "denied"}
    page = press(page, "Redo")
    assert set(table(page, "Claims")["Id"]) == {"sent", "wrong", "new"}
    page = press(page, "Back to the served story")
    assert set(table(page, "Claims")["Id"]) == {"sent", "denied"}
    assert (story / CLAIMS.file).read_bytes() == before


def test_rows_that_stay_wrong_go_on_the_map_as_left_out(open_page: OpenPage, story: Path) -> None:
    page = press(typed(open_page(story), edited_rows={0: {"modality": ""}}), "Put it on the map")
    assert "2 rows of this story are left out, 1 claim is in use" in page.warning[0].value


def test_what_is_typed_stays_while_tables_words_and_the_selection_change(open_page: OpenPage, story: Path) -> None:
    page = typed(open_page(story), edited_rows={0: {"hedge": "alleged"}})
    page = choose(page, "Sources")
    page = typed(page, edited_rows={0: {"publisher": "Another paper"}})
    page = choose(page, "Add a claim")
    page = choose(page, "Claims")
    assert editor(page).value["hedge"].tolist() == ["alleged", "", ""]
    page = tab(page, "Edit").text_input[0].set_value("MINISTRY").run()
    assert editor(page).value["claim_id"].tolist() == ["denied"]
    page = typed(page, edited_rows={0: {"hedge": "purported"}})
    page.query_params["claimant"] = "A service"
    page = tab(page.run(), "Edit").segmented_control[1].set_value("In the selection").run()
    assert [(each["File"], each["Row"], each["After"]) for each in told(page)] == [
        ("claims.csv", "2", "alleged"),
        ("claims.csv", "3", "purported"),
        ("sources.csv", "2", "Another paper"),
    ]
    page = press(page, "Put it on the map")
    assert table(page, "Claims")["Hedge"].tolist() == ["alleged"]


def test_rows_are_asked_for_by_the_selection_and_by_their_problems(open_page: OpenPage, story: Path) -> None:
    page = open_page(story, claimant="A ministry")
    page = tab(page, "Edit").segmented_control[1].set_value("In the selection").run()
    assert editor(page).value["claim_id"].tolist() == ["denied"]
    page = tab(page, "Edit").segmented_control[1].set_value("With problems").run()
    assert editor(page).value["claim_id"].tolist() == ["wrong"]


def test_what_is_discarded_is_gone(open_page: OpenPage, story: Path) -> None:
    page = press(typed(open_page(story), edited_rows={0: {"hedge": "alleged"}}), "Discard")
    assert told(page) == []
    assert editor(page).value["hedge"].tolist() == ["", "", ""]


def test_typing_for_a_state_of_the_story_that_is_gone_is_dropped_aloud(open_page: OpenPage, story: Path) -> None:
    page = press(typed(open_page(story), edited_rows={0: {"hedge": "alleged"}}), "Put it on the map")
    page = typed(page, edited_rows={1: {"hedge": "purported"}})
    page = press(page, "Undo (1)")
    assert "What was typed here for the earlier one is gone" in tab(page, "Edit").warning[0].value
    assert told(page) == []
    assert editor(page).value["hedge"].tolist() == ["", "", ""]


def test_rows_without_a_cell_for_each_column_are_counted_and_kept(open_page: OpenPage, story: Path) -> None:
    with (story / CLAIMS.file).open("a", encoding="utf-8") as file:
        file.write('short\n"unpaired\n')
    page = typed(open_page(story), edited_rows={0: {"hedge": "alleged"}})
    assert any("2 rows without a cell for each column" in each.value for each in tab(page, "Edit").caption)
    page = press(page, "Put it on the map")
    assert sum("the row has 1 cells" in each["What is wrong"] for each in table(page, "Data").to_dict("records")) == 1


def test_a_big_story_shows_a_part_of_its_rows_and_says_so(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(tmp_path, [claim(f"c{i}", statement=f"It was number {i}.") for i in range(PAGE_ROWS + 7)])
    page = open_page(tmp_path)
    assert len(editor(page).value) == PAGE_ROWS
    assert f"**Rows 1 to {PAGE_ROWS} of {PAGE_ROWS + 7}**" in tab(page, "Edit").caption[1].value
    page = typed(page, edited_rows={1: {"hedge": "hearsay"}})
    tab(page, "Edit").button(key="next-claims, to be edited").click().run()
    assert editor(page).value["claim_id"].tolist() == [f"c{i}" for i in range(PAGE_ROWS, PAGE_ROWS + 7)]
    page = tab(page, "Edit").text_input[0].set_value(f"number {PAGE_ROWS + 3}").run()
    assert editor(page).value["Row"].tolist() == [str(PAGE_ROWS + 5)]
    page = typed(page, edited_rows={0: {"hedge": "alleged"}})
    assert [each["Id"] for each in told(page)] == ["c1", f"c{PAGE_ROWS + 3}"]


def test_columns_of_the_files_own_are_edited_whatever_they_are_called(open_page: OpenPage, story: Path) -> None:
    lines = (story / CLAIMS.file).read_text(encoding="utf-8").splitlines()
    headings = ("Row", "_index", "claimant", "**Mine**", "")
    rows = [",".join([lines[0], *headings]), *(f"{line},1,2,3,4,5" for line in lines[1:])]
    (story / CLAIMS.file).write_text("\n".join(rows), encoding="utf-8")
    page = open_page(story)
    own = list(editor(page).value)[-5:]
    width = len(CLAIMS.names)
    assert own == [
        f"Row (column {width + 1})",
        f"_index (column {width + 2})",
        f"claimant (column {width + 3})",
        "**Mine**",
        f" (column {width + 5})",
    ]
    page = typed(page, edited_rows={0: dict.fromkeys(own, "typed")})
    assert [(each["Field"], each["After"]) for each in told(page)] == [(heading, "typed") for heading in headings]


def test_a_file_that_cannot_be_edited_says_why(open_page: OpenPage, story: Path) -> None:
    (story / "sources.csv").write_bytes(b"\xff\xfea\0")
    page = choose(open_page(story), "Sources")
    assert not page.exception
    assert "UTF-16" in problems(page)[0]["What is wrong"]


def test_words_are_looked_for_in_any_case_and_all_must_be_there() -> None:
    raw = raw_table(b"claim_id,statement\na,The Port\nb,port of call\nc,\n", CLAIMS)
    assert [find_rows(raw, words, None).positions for words in ("", "PORT", "port the", "nowhere")] == [
        (0, 1, 2),
        (0, 1),
        (0,),
        (),
    ]
    assert find_rows(raw, "", {3}).positions == (1,)


def test_the_download_is_the_story_with_what_was_typed(open_page: OpenPage, story: Path) -> None:
    page = typed(open_page(story), edited_rows={0: {"hedge": "alleged"}})
    assert not page.exception
    assert "Download this story" in [each.label for each in page.get("download_button")]
