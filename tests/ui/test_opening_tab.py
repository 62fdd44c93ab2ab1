"""The tab Your own story: what a file was taken for, what is asked, and that it stays in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story
from ui.reading import tab, table

from geo.intake import Upload, take_in
from geo.tables import folder_files, read_files, zip_files
from geo.ui.opening import _TEMPLATE

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

TABLE = (
    "Where,lat,lon,When,What happened,Source\n"
    "Port,43.1,131.9,2024-10-08,Soldiers of a brigade came to the port.,A paper\n"
    "Town,51.7,36.2,2024-13-08,More soldiers came to the town.,A paper\n"
)
HOSTILE = "<img src=x onerror=alert(1)> **bold** :red[x] `code`"


@pytest.fixture
def page(open_page: OpenPage, tmp_path: Path) -> AppTest:
    small_story(tmp_path, [claim("served", locations="hill")], [pinned("hill", 48.2, 16.4)])
    return open_page(tmp_path)


def upload(page: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    given = [(name, text.encode() if isinstance(text, str) else text, "text/csv") for name, text in files]
    return tab(page, "Your own story").file_uploader[0].set_value(given).run()


def opening(page: AppTest) -> Any:  # noqa: ANN401 - Streamlit's own
    return tab(page, "Your own story")


def open_it(page: AppTest) -> AppTest:
    (button,) = (each for each in opening(page).button if each.label == "Open it")
    assert not button.disabled
    return button.click().run()


def guesses(page: AppTest) -> dict[str, str]:
    frame = opening(page).data_editor[0].value.fillna("")
    return dict(zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True))


def test_one_table_is_recognised_shown_and_opened(page: AppTest) -> None:
    page = upload(page, ("mine.csv", TABLE))
    assert not page.exception
    assert guesses(page) == {
        "Where": "place",
        "lat": "latitude",
        "lon": "longitude",
        "When": "date",
        "What happened": "statement",
        "Source": "source",
    }
    assert "1 claim can be opened, 1 row will be left out" in opening(page).warning[0].value
    assert "2024-13-08" in opening(page).dataframe[-1].value["Value"].tolist()
    page = open_it(page)
    assert table(page, "Claims")["Claim"].tolist() == ["Soldiers of a brigade came to the port."]
    assert "1 row of this story is left out, 1 claim is in use" in page.warning[0].value
    problem = table(page, "Data").iloc[0]
    assert (problem["File"], problem["Row"], problem["Value"]) == ("mine.csv", "3", "2024-13-08")


def test_after_opening_nothing_of_the_upload_is_kept_but_the_story(page: AppTest) -> None:
    page = open_it(upload(page, ("mine.csv", TABLE)))
    assert not opening(page).file_uploader[0].value
    assert "upload" not in page.session_state
    (button,) = (each for each in page.button if each.label == "Back to the served story")
    assert table(button.click().run(), "Claims")["Id"].tolist() == ["served"]


def test_a_wrong_guess_is_corrected_by_a_choice(page: AppTest) -> None:
    page = upload(page, ("mine.csv", TABLE.replace("Where", "Xq").replace("lat,lon", "Aq,Bq")))
    grid = opening(page).data_editor[0]
    assert guesses(page)["Xq"] == ""
    page.session_state[grid.key] = {"edited_rows": {0: {"What it is": "place"}}, "added_rows": [], "deleted_rows": []}
    page = page.run()
    assert guesses(page)["Xq"] == "place"
    assert opening(page).data_editor[0].value.iloc[0, 2] == "chosen"
    page = open_it(page)
    assert table(page, "Claims")["Places"].tolist() == ["Port"]


def test_dates_with_two_readings_are_asked_about_with_both_in_words(page: AppTest) -> None:
    page = upload(page, ("mine.csv", TABLE.replace("2024-10-08", "03/04/2024").replace("2024-13-08", "05/06/2024")))
    assert not [each for each in opening(page).button if each.label == "Open it"]
    (radio,) = opening(page).radio
    assert radio.value is None
    assert list(radio.proto.captions) == ["03/04/2024 is 3 Apr 2024", "03/04/2024 is 4 Mar 2024"]
    page = open_it(radio.set_value("month first").run())
    assert table(page, "Claims")["Happened"].tolist() == ["4 Mar 2024", "6 May 2024"]


def test_an_answer_stays_to_be_changed(page: AppTest) -> None:
    page = upload(page, ("mine.csv", TABLE.replace("2024-10-08", "03/04/2024").replace("2024-13-08", "05/06/2024")))
    page = opening(page).radio[0].set_value("month first").run()
    page = open_it(opening(page).radio[0].set_value("day first").run())
    assert table(page, "Claims")["Happened"].tolist() == ["3 Apr 2024", "5 Jun 2024"]


def test_another_row_of_headings_can_be_named(page: AppTest) -> None:
    page = upload(page, ("mine.csv", TABLE))
    page = opening(page).number_input[0].set_value(2).run()
    assert "Port" in guesses(page)
    page = opening(page).number_input[0].set_value(1).run()
    assert "Where" in guesses(page)
    page = opening(page).number_input[0].set_value(500).run()
    assert not page.exception
    page = opening(page).number_input[0].set_value(1).run()
    assert table(open_it(page), "Claims")["Places"].tolist() == ["Port"]


def test_a_story_of_three_files_or_in_a_zip_opens_at_once(page: AppTest, tmp_path: Path) -> None:
    small_story(tmp_path, [claim("mine", locations="port")], [pinned("port", 43.1, 131.9)])
    files = folder_files(tmp_path)
    page = open_it(upload(page, *files.contents.items()))
    assert table(page, "Claims")["Id"].tolist() == ["mine"]
    page = open_it(upload(page, ("story.zip", zip_files(files))))
    assert table(page, "Claims")["Id"].tolist() == ["mine"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\0\0\0\0", b"{}", b"a,b\n"])
def test_what_cannot_be_opened_says_why_and_the_next_file_opens(page: AppTest, content: bytes) -> None:
    page = upload(page, ("bad.csv", content))
    assert not page.exception
    assert opening(page).error or opening(page).warning
    assert not [each for each in opening(page).button if each.label == "Open it" and not each.disabled]
    page = open_it(upload(page, ("mine.csv", TABLE)))
    assert len(table(page, "Claims")) == 1


def test_text_of_an_upload_stands_in_cells_and_nowhere_else(page: AppTest) -> None:
    rows = TABLE.replace("Port", HOSTILE).replace("Where", HOSTILE).replace("2024-10-08", HOSTILE)
    page = upload(page, (f"{HOSTILE.replace('/', '')}.csv", rows))
    assert not page.exception
    tabs = opening(page)
    for element in [*tabs.caption, *tabs.markdown, *tabs.warning, *tabs.error, *tabs.radio, *tabs.button]:
        assert "onerror" not in str(element.proto)
        assert "**bold**" not in str(element.proto)


def test_the_table_to_begin_with_opens_without_a_question() -> None:
    taken = take_in([Upload("template.csv", _TEMPLATE.encode("utf-8-sig"))])
    assert not taken.questions
    assert taken.files
    tables = read_files(taken.files)
    assert not tables.problems
    assert len(tables.claims) == 2


def test_a_folder_that_cannot_be_opened_still_lets_a_reader_open_a_story(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(tmp_path / "nowhere")
    assert page.error
    given = [("mine.csv", TABLE.encode(), "text/csv")]
    page = page.file_uploader[0].set_value(given).run()
    (button,) = (each for each in page.button if each.label == "Open it")
    page = button.click().run()
    assert table(page, "Claims")["Claim"].tolist() == ["Soldiers of a brigade came to the port."]
