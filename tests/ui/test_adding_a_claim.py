"""The form for one claim more: ids are made, each answer is checked in the words of the files, and it is one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story
from ui.reading import tab, table

from geo.schema import CLAIMS

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

HOSTILE = "**bold** `code` :red[x] $$y$$ [z](javascript:alert(1))"


@pytest.fixture
def form(open_page: OpenPage, tmp_path: Path) -> AppTest:
    small_story(tmp_path, [claim("sent", locations="port")], [pinned("port", 43.1, 131.9)])
    page = open_page(tmp_path)
    return tab(page, "Edit").segmented_control[0].set_value("Add a claim").run()


def field(page: AppTest, label: str) -> Any:  # noqa: ANN401 - Streamlit's own
    edit = tab(page, "Edit")
    fields = [*edit.text_input, *edit.text_area, *edit.selectbox, *edit.multiselect]
    (found,) = (each for each in fields if each.label.startswith(label))
    return found


def answer(page: AppTest, **answers: str) -> AppTest:
    for label, text in answers.items():
        page = field(page, label.replace("_", " ")).set_value(text).run()
    return page


def add(page: AppTest) -> Any:  # noqa: ANN401 - Streamlit's own
    (button,) = (each for each in page.button if each.label == "Add it to the story")
    return button


def said(page: AppTest) -> list[str]:
    return [each.value for each in tab(page, "Edit").text]


def test_a_claim_of_a_known_source_and_place_is_on_the_map_after_one_step(form: AppTest) -> None:
    page = answer(
        form,
        What_is_asserted="More came.",
        Who_asserts_it="A ministry",
        When_it_is_said_to_have_happened="2024-10",
        Where_it_is_said_to_be_so=["port"],
        Number="1500",
    )
    assert said(page) == []
    page = add(page).click().run()
    row = table(page, "Claims").set_index("Id").loc["a-ministry-more-came"]
    assert (row["Claim"], row["Claimant"], row["Happened"], row["Places"]) == (
        "More came.",
        "A ministry",
        "Oct 2024",
        "Port",
    )
    assert row["Number"] == "1,500"
    assert field(page, "What is asserted").value == ""
    (undo,) = (each for each in page.button if each.label == "Undo (1)")
    assert table(undo.click().run(), "Claims")["Id"].tolist() == ["sent"]


def test_a_new_source_and_new_places_come_with_the_claim(form: AppTest) -> None:
    page = answer(form, What_is_asserted="More came.", Who_asserts_it="A ministry", Where_it_was_read="")
    page = answer(page, Its_title="A report", Its_publisher="Another paper", Its_web_address="https://example.org/r")
    page = field(page, "Where it is said to be so").set_value(["port", "Nowhere Xq"]).run()
    page = field(page, "For a movement: to where").set_value(["Nowhere Xq"]).run()
    page = add(page).click().run()
    assert not page.exception
    row = table(page, "Claims").set_index("Id").loc["a-ministry-more-came"]
    assert row["Documents"].startswith("Another paper")
    assert row["Places"] == "Port; Nowhere Xq, to Nowhere Xq"
    edit = tab(page, "Edit").segmented_control[0].set_value("Places").run()
    assert tab(edit, "Edit").data_editor[0].value["location_id"].tolist() == ["port", "nowhere-xq"]


@pytest.mark.parametrize(
    ("label", "text", "words"),
    [
        ("When it was said", "yesterday", "This is not a date in a form"),
        ("Number, at least", "1,500", "This is not a number. Write 1500"),
        ("The source's own words", "word " * 26, "This has 26 words, more than 25"),
        ("When it was said", "2024-13", "This has no month 13"),
    ],
)
def test_an_answer_that_is_wrong_is_said_at_once_and_nothing_can_be_added(
    form: AppTest, label: str, text: str, words: str
) -> None:
    page = answer(form, What_is_asserted="More came.", Who_asserts_it="A ministry")
    page = field(page, label).set_value(text).run()
    assert any(each.startswith(words) for each in said(page)), said(page)
    assert add(page).disabled


def test_what_is_missing_is_said(form: AppTest) -> None:
    page = answer(form, What_is_asserted="More came.")
    assert any(each.startswith("The cell is blank") for each in said(page))
    assert add(page).disabled
    page = answer(page, Who_asserts_it="A ministry", Where_it_was_read="")
    assert any(each.startswith("The cell is blank") for each in said(page))
    assert add(page).disabled


def test_the_words_of_an_excerpt_are_counted(form: AppTest) -> None:
    page = field(form, "The source's own words").set_value("three words here").run()
    assert any(each.value == "3 of 25 words" for each in tab(page, "Edit").caption)


def test_the_same_words_twice_get_two_ids(form: AppTest) -> None:
    page = form
    for _ in range(2):
        page = add(answer(page, What_is_asserted="More came.", Who_asserts_it="A ministry")).click().run()
    assert table(page, "Claims")["Id"].tolist() == ["sent", "a-ministry-more-came", "a-ministry-more-came-2"]


def test_what_was_typed_into_the_tables_goes_with_it(form: AppTest) -> None:
    page = tab(form, "Edit").segmented_control[0].set_value("Claims").run()
    key = tab(page, "Edit").data_editor[0].key
    page.session_state[key] = {"edited_rows": {0: {"hedge": "alleged"}}, "added_rows": [], "deleted_rows": []}
    page = tab(page.run(), "Edit").segmented_control[0].set_value("Add a claim").run()
    page = answer(page, What_is_asserted="More came.", Who_asserts_it="A ministry")
    assert any("it also puts on the map what you typed" in each.value for each in tab(page, "Edit").caption)
    page = add(page).click().run()
    assert table(page, "Claims")["Hedge"].tolist() == ["alleged", ""]


def test_names_in_the_story_are_options_and_never_markup(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(
        tmp_path,
        [claim("sent", locations="port", claimant=HOSTILE)],
        [pinned("port", 43.1, 131.9, name=HOSTILE)],
        [{"source_id": "article", "title": HOSTILE, "publisher": HOSTILE}],
    )
    page = tab(open_page(tmp_path), "Edit").segmented_control[0].set_value("Add a claim").run()
    page = answer(page, What_is_asserted=HOSTILE, Who_asserts_it=HOSTILE, When_it_was_said=HOSTILE)
    assert not page.exception
    assert any("This is no" in each for each in said(page))
    edit = tab(page, "Edit")
    for element in [*edit.caption, *edit.markdown, *edit.warning, *page.button]:
        assert HOSTILE not in str(element.proto)
    assert (tmp_path / CLAIMS.file).exists()
