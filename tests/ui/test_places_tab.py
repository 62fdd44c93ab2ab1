"""The tab Places as Streamlit runs it: the list by doubt, decisions, and what they become; with the real gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story
from ui.reading import shown_counts, tab

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

PORT = pinned("port", 43.1, 131.9)
SPRINGFIELD, LOST = {"location_id": "spring", "name": "Springfield"}, {"location_id": "lost", "name": "Xqzjwland"}
CITY = {"location_id": "city", "name": "Vladivostok", "country_code": "RU", "feature_type": "city"}
PUT = "Put the decision on the map"


@pytest.fixture
def desk(open_page: OpenPage, tmp_path: Path) -> AppTest:
    """Return the page of a story with a pinned place, a found one and two that are open, at its desk."""
    claims = [
        claim("at-port", locations="port"), claim("in-city", locations="city"),
        claim("one", locations="spring"), claim("two", origins="spring", destinations="port"),
        claim("lost", locations="lost"),
    ]  # fmt: skip
    small_story(tmp_path, claims, [PORT, CITY, SPRINGFIELD, LOST])
    return at_desk(open_page(tmp_path))


def at_desk(page: AppTest) -> AppTest:
    page.session_state["tabs"] = "Places"
    page.run()
    assert not page.exception
    return page


def button(page: AppTest, label: str) -> Any:  # noqa: ANN401 - Streamlit's own is not exported
    return next(each for each in tab(page, "Places").button if each.label == label)


def the_list(page: AppTest) -> pd.DataFrame:
    """Return the list of places, which alone of the tables has a column for the doubt."""
    return next(each.value for each in tab(page, "Places").dataframe if "Doubt" in each.value)


def shown(page: AppTest) -> str:
    html = tab(page, "Places").get("html")[0].value
    return str(html.partition("<h3>")[2].partition("</h3>")[0].partition("<span>")[0])


def test_open_places_are_listed_by_doubt_and_the_first_is_shown(desk: AppTest) -> None:
    assert the_list(desk)[["Place", "Doubt", "Claims"]].to_numpy().tolist() == [
        ["Xqzjwland", "not found", 1],
        ["Springfield", "several candidates", 2],
    ]
    assert shown(desk) == "Xqzjwland"


def test_all_places_can_be_listed_and_reconsidered(desk: AppTest) -> None:
    desk.session_state["places-filter"] = "all"
    desk.run()
    assert the_list(desk)["Place"].tolist() == ["Xqzjwland", "Springfield", "Vladivostok", "Port"]
    button(desk, "Previous").click().run()
    assert shown(desk) == "Port"
    assert any("Key" in each.value for each in tab(desk, "Places").dataframe), "the gazetteer is asked for it now"


def test_a_candidate_without_coordinates_says_so_and_has_no_key(open_page: OpenPage, tmp_path: Path) -> None:
    krasnodar = {"location_id": "krai", "name": "Krasnodarskiy kray", "feature_type": "area"}
    small_story(tmp_path, [claim("one", locations="krai")], [PORT, krasnodar])
    desk = at_desk(open_page(tmp_path))
    candidates = next(each.value for each in tab(desk, "Places").dataframe if "Key" in each.value)
    areas = candidates[candidates["Type"] == "area, no coordinates"]
    assert not areas.empty
    assert set(areas["Key"]) == {""}


def test_a_choice_goes_on_to_the_next_and_is_put_on_the_map_as_one_step(desk: AppTest) -> None:
    button(desk, "Next").click().run()
    assert shown(desk) == "Springfield"
    button(desk, "1").click().run()
    assert shown(desk) == "Xqzjwland"
    assert the_list(desk)["Place"].tolist() == ["Xqzjwland"]
    assert shown_counts(desk)[:3] == (3, 0, 2), "the map is as it was"
    button(desk, PUT).click().run()
    assert not desk.exception
    assert shown_counts(desk)[:3] == (4, 0, 1)
    assert next(each for each in desk.button if each.label == "Undo (1)")
    assert the_list(desk)["Place"].tolist() == ["Xqzjwland"]


def test_what_is_left_off_the_map_counts_as_not_on_it_and_says_why(desk: AppTest) -> None:
    desk.text_input(key="places-words-5").set_value("nobody knows it").run()
    button(desk, "Leave it off the map").click().run()
    button(desk, PUT).click().run()
    why = tab(desk, "Not on the map").dataframe[0].value.set_index("Id")["Why"]
    assert why["lost"] == "left off the map: Xqzjwland"
    caption = tab(desk, "Not on the map").caption[0].value
    assert caption.endswith(
        "0 state no place, 1 name only places that are not settled, 1 name only places that were left off the map."
    )
    assert [each.value for each in desk.warning] == [
        "1 place is not settled. The tab Data says which, why, and what to do. In the tab Places you can decide."
    ]
    places = tab(desk, "Places").dataframe[-1].value.set_index("Place")
    assert places.loc["Xqzjwland", "How it is known"].endswith(": nobody knows it")


def test_a_decision_is_undone_and_taken_back(desk: AppTest) -> None:
    button(desk, "Leave it off the map").click().run()
    assert shown(desk) == "Springfield"
    button(desk, "Undo").click().run()
    assert shown(desk) == "Xqzjwland"
    assert button(desk, PUT).disabled
    button(desk, "Leave it off the map").click().run()
    button(desk, "Previous").click().run()
    desk.session_state["places-filter"] = "decided"
    desk.run()
    button(desk, "Next").click().run()
    assert shown(desk) == "Xqzjwland"
    button(desk, "Back to undecided").click().run()
    assert button(desk, PUT).disabled


def test_a_pinned_place_is_opened_again_and_asked_of_the_gazetteer(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(
        tmp_path, [claim("in-city", locations="city")], [CITY | PORT | {"location_id": "city", "name": CITY["name"]}]
    )
    page = at_desk(open_page(tmp_path))
    assert tab(page, "Places").caption[0].value.startswith("Nothing needs a decision: of 1 places 0 were found")
    button(page, "Back to undecided").click().run()
    button(page, PUT).click().run()
    places = tab(page, "Places").dataframe[-1].value.set_index("Place")
    assert places.loc["Vladivostok", "How it is known"].startswith("found by the offline gazetteer")


def test_an_uncertainty_stands_in_the_decision_before_and_after_it(desk: AppTest) -> None:
    desk.text_input(key="places-coordinates-5").set_value("43.5, 131.5").run()
    desk.number_input(key="places-uncertainty-5").set_value(12.5).run()
    button(desk, PUT).click().run()
    places = tab(desk, "Places").dataframe[-1].value.set_index("Place")
    assert places.loc["Xqzjwland", ["Latitude", "Longitude", "Uncertainty, km"]].tolist() == [43.5, 131.5, 12.5]
    assert "by coordinates typed into Claim Atlas" in places.loc["Xqzjwland", "How it is known"]


def test_a_place_that_is_pinned_stays_in_the_list_until_the_next_is_shown(desk: AppTest) -> None:
    desk.text_input(key="places-coordinates-5").set_value("43.5, 131.5").run()
    assert the_list(desk)["Place"].tolist() == ["Xqzjwland", "Springfield"]
    button(desk, "Next").click().run()
    assert shown(desk) == "Springfield"
    assert the_list(desk)["Place"].tolist() == ["Springfield"]


def test_a_story_without_places_says_so(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(tmp_path, [claim("sent")])
    page = at_desk(open_page(tmp_path))
    assert tab(page, "Places").caption[0].value == "This story has no places."
