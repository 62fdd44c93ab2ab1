"""The address as a selection, and what the story view reports as an address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_story import claim, pinned, small_story

from geo.selection import Selection
from geo.ui.address import read_address, write_address

if TYPE_CHECKING:
    from geo.stories import Story

EVERYTHING = Selection()
# one value of each parameter that the story below knows, and the field in which it is read
RIGHT = {
    "from": ("2024-10-09", {"from_": date(2024, 10, 9)}),
    "to": ("2024-10-10", {"to": date(2024, 10, 10)}),
    "clock": ("reported", {"clock": "reported"}),
    "known": ("2024-10-18", {"known": date(2024, 10, 18)}),
    "undated": ("0", {"undated": False}),
    "q": ("Чхонджин {{7*7}}", {"q": "Чхонджин {{7*7}}"}),
    "claimant": ("A ministry", {"claimant": "A ministry"}),
    "publisher": ("A paper", {"publisher": "A paper"}),
    "modality": ("planned", {"modality": "planned"}),
    "site": ("kursk", {"site": "kursk"}),
    "claim": ("plan", {"claim": "plan"}),
}
WRONG = {
    "from": ("yesterday", "20241008", "2024-W41-2", "2024-13-08", "2024-02-30", "0000-01-01", "2024-10", "９999-01-01"),
    "to": ("tomorrow", "2024-10-8", " 2024-10-08"),
    "clock": ("event", "Reported", "both"),
    "known": ("soon", "2024-10", "0000-01-01"),
    "undated": ("1", "no", "00"),
    "claimant": ("a ministry", "Nobody"),
    "publisher": ("another paper", "article"),
    "modality": ("happening", "request"),
    "site": ("nowhere", "Kursk", "unsettled"),
    "claim": ("no-claim", "Plan"),
}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    claims = [
        claim("sent", locations="kursk"),
        claim("plan", claimant="A ministry", modality="planned", locations="unsettled"),
    ]
    places = [pinned("kursk", 51.7, 36.0), {"location_id": "unsettled", "name": "Nowhere in any gazetteer"}]
    return small_story(tmp_path_factory.mktemp("story"), claims, places)


def test_an_address_without_parameters_asks_for_everything(story: Story) -> None:
    assert read_address({}, story) == EVERYTHING
    assert read_address(dict.fromkeys(RIGHT, ""), story) == EVERYTHING


@pytest.mark.parametrize("name", RIGHT)
def test_each_parameter_is_read(story: Story, name: str) -> None:
    value, fields = RIGHT[name]
    assert read_address({name: value}, story) == replace(EVERYTHING, **fields)


def test_all_parameters_together_are_read(story: Story) -> None:
    asked = read_address({name: value for name, (value, _) in RIGHT.items()}, story)
    assert asked == replace(EVERYTHING, **{key: value for _, fields in RIGHT.values() for key, value in fields.items()})


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_counts_as_not_given_and_spoils_nothing_else(story: Story, name: str, value: str) -> None:
    other = {"q": "x"}
    assert read_address({name: value, **other}, story) == replace(EVERYTHING, q="x")


def test_a_window_that_ends_before_it_begins_keeps_its_beginning(story: Story) -> None:
    asked = read_address({"from": "2024-10-10", "to": "2024-10-09"}, story)
    assert asked == replace(EVERYTHING, from_=date(2024, 10, 10))


def test_parameters_that_are_not_ours_are_ignored(story: Story) -> None:
    assert read_address({"embed": "true", "from_": "2024-10-09", "known_": "2024-10-09"}, story) == EVERYTHING


ANY_TEXT = st.text() | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True) | st.dates().map(date.isoformat)


@given(st.dictionaries(st.sampled_from([*RIGHT, "seq"]), ANY_TEXT))
@example({"from": "2024-10-10", "to": "2024-10-09"})
@example({"from": "2024-02-30"})
def test_no_address_whatever_raises(story: Story, query: dict[str, str]) -> None:
    assert isinstance(read_address(query, story), Selection)


def test_what_the_story_view_reports_becomes_the_address() -> None:
    reported = {name: value for name, (value, _) in RIGHT.items()}
    assert write_address({**reported, "seq": 7}) == reported


@pytest.mark.parametrize("reported", [None, [], ["from"], "from=2024-10-09", 7, 1.5, True, {"seq": 1}])
def test_a_report_of_another_form_is_an_empty_address(reported: object) -> None:
    assert write_address(reported) == {}


@pytest.mark.parametrize("value", [None, [], ["2024-10-09"], {"from": "2024-10-09"}, 20241009, True, ""])
def test_a_value_that_is_no_text_stays_out_of_the_address(value: object) -> None:
    assert write_address({"from": value, "q": "x"}) == {"q": "x"}


def test_a_key_that_is_not_ours_stays_out_of_the_address() -> None:
    assert write_address({"q": "x", "embed": "true", "__proto__": "x", 7: "x"}) == {"q": "x"}
