"""Days narrow the map by typing, by handles and by address; every step is drawn here and told to the server later."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from browser.atlas import wait_until
from browser.facts import CLAIMS, THE_MOVE, THE_STUB, days_of, days_since_1970, window
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage

FIRST_DAY, LAST_DAY = date(2024, 8, 1), date(2024, 11, 1)  # that the story speaks of
NINTH_TO_TENTH = {"from": "2024-10-09", "to": "2024-10-10"}
FRAMES = 2  # in which a step must be drawn
TO_REST_MS = 3_000


def by_typed_days(atlas: AtlasPage) -> None:
    atlas.typed("From").fill("2024-10-09")
    atlas.typed("From").press("Enter")
    atlas.typed("To").fill("10 Oct 2024")
    atlas.typed("To").press("Enter")


def by_keys_on_the_handles(atlas: AtlasPage) -> None:
    atlas.testid("date-from").focus()
    for _ in range(2):
        atlas.page.keyboard.press("PageUp")  # 30 days: from 1 August to 30 September
    for _ in range(9):
        atlas.page.keyboard.press("ArrowRight")
    atlas.testid("date-to").focus()
    for _ in range(22):
        atlas.page.keyboard.press("ArrowLeft")


def by_address(atlas: AtlasPage) -> None:
    atlas.open("?from=2024-10-09&to=2024-10-10")


@pytest.mark.parametrize("narrow", [by_typed_days, by_keys_on_the_handles, by_address])
def test_a_window_of_the_9th_and_10th_shows_the_arrows_as_possible(
    atlas: AtlasPage, narrow: Callable[[AtlasPage], None]
) -> None:
    narrow(atlas)
    atlas.wait_state(**NINTH_TO_TENTH)
    assert THE_MOVE in atlas.state()["movements"]
    assert sorted(head["alpha"] < 1 for head in atlas.drawn()["heads"]) == [False, True, True, True]
    expect(atlas.row(THE_MOVE)).to_contain_text("possibly in these days")
    expect(atlas.row(THE_STUB)).not_to_contain_text("possibly")  # it has no date, which is another thing
    atlas.wait_address(NINTH_TO_TENTH)


def test_a_window_that_holds_the_whole_span_shows_the_arrows_as_certain(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 10, 8), date(2024, 10, 13))
    assert THE_MOVE in atlas.state()["movements"]
    assert [head["alpha"] for head in atlas.drawn()["heads"]] == [1] * 4
    expect(atlas.row(THE_MOVE)).not_to_contain_text("possibly")


def test_a_window_from_the_14th_does_not_show_the_arrows(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 10, 14), LAST_DAY)
    assert atlas.state()["movements"] == [THE_STUB]
    assert len(atlas.drawn()["heads"]) == 1
    assert "1,500 in total" not in atlas.texts()
    expect(atlas.row(THE_MOVE)).to_have_count(0)
    assert atlas.counts().filtered > 0


WINDOWS = [
    (FIRST_DAY, LAST_DAY),
    (date(2024, 8, 2), LAST_DAY),
    (FIRST_DAY, FIRST_DAY),
    (FIRST_DAY, date(2024, 8, 31)),
    (date(2024, 9, 1), date(2024, 9, 30)),
    (FIRST_DAY, date(2024, 10, 7)),
    (FIRST_DAY, date(2024, 10, 8)),
    (date(2024, 10, 13), date(2024, 10, 13)),
    (date(2024, 10, 14), date(2024, 10, 17)),
    (date(2024, 10, 18), date(2024, 10, 18)),
    (date(2024, 10, 19), LAST_DAY),
    (LAST_DAY, LAST_DAY),
]


def test_the_counts_add_up_to_the_story_in_every_window(atlas: AtlasPage) -> None:
    for undated in (True, False):
        atlas.testid("undated").set_checked(undated)
        for first, last in WINDOWS:
            slide(atlas, first, last)
            expected = window(first if first > FIRST_DAY else None, last if last < LAST_DAY else None, undated=undated)
            counts = atlas.counts()
            passing = len(expected.shown) + len(expected.unplaced)
            assert (counts.shown, counts.filtered, counts.unplaced, counts.total) == (
                len(expected.shown),
                len(CLAIMS) - passing,
                len(expected.unplaced),
                len(CLAIMS),
            ), (first, last, undated)
            assert set(atlas.state()["claims"]) == expected.shown
            assert set(atlas.listed()) == expected.shown | expected.unplaced
    atlas.wait_address({"from": "2024-11-01", "undated": "0"})


def test_undated_claims_are_there_and_counted_and_can_be_switched_off(atlas: AtlasPage) -> None:
    undated = {claim_id for claim_id, claim in CLAIMS.items() if days_of(claim) is None}
    assert undated <= set(atlas.listed())
    switch = atlas.frame.get_by_label("undated")
    expect(switch).to_be_checked()
    expect(atlas.frame.locator("label", has=switch)).to_contain_text(f"({len(undated)})")

    switch.uncheck()
    atlas.wait_address({"undated": "0"})
    assert not undated & set(atlas.listed())
    assert not undated & set(atlas.state()["claims"])
    assert atlas.counts().filtered == len(undated)

    switch.check()
    atlas.wait_address({})
    assert undated <= set(atlas.listed())


def test_claims_without_a_place_are_listed_apart(atlas: AtlasPage) -> None:
    unplaced = window(None, None).unplaced
    ids = atlas.testid("not-on-map").locator(".story-row").evaluate_all("rows => rows.map(row => row.dataset.claim)")
    assert set(ids) == unplaced
    assert atlas.counts().unplaced == len(unplaced)


@pytest.mark.app_only
def test_the_tabs_follow_the_selection_when_the_hand_rests(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 10, 14), LAST_DAY)
    counts = atlas.counts()
    words = rf"{counts.shown} on the map\W+{counts.filtered} filtered out\W+{counts.unplaced} without a place"
    expect(atlas.page.get_by_text(re.compile(words))).to_be_attached()


def test_a_day_that_does_not_exist_is_not_taken_when_typed(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 9, 1), LAST_DAY)
    typed = atlas.typed("From")
    typed.fill("2024-13-01")
    typed.press("Enter")
    expect(typed).to_have_attribute("aria-invalid", "true")
    atlas.next_frame()
    assert atlas.state()["from"] == "2024-09-01"
    typed.fill("2024-10-01")
    typed.press("Enter")
    expect(typed).to_have_attribute("aria-invalid", "false")
    atlas.wait_address({"from": "2024-10-01"})


def test_a_day_that_is_being_typed_stays_whatever_is_drawn_meanwhile(atlas: AtlasPage) -> None:
    typed = atlas.typed("To")
    typed.fill("2024-10-10")
    atlas.testid("undated").evaluate("box => box.click()")  # as Play and a late answer of the search draw too
    atlas.wait_address({"undated": "0"})
    expect(typed).to_have_value("2024-10-10")
    typed.press("Enter")
    atlas.wait_address({"undated": "0", "to": "2024-10-10"})
    expect(typed).to_have_value("10 Oct 2024")


def test_no_key_is_lost_between_two_frames(atlas: AtlasPage) -> None:
    atlas.testid("date-from").focus()
    atlas.frame.evaluate(
        """() => {
            const handle = document.activeElement;
            const press = () => handle.dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
            press();
            press();
        }"""
    )
    atlas.wait_state(**{"from": str(FIRST_DAY + timedelta(days=60))})


def test_two_days_typed_between_two_frames_both_count(atlas: AtlasPage) -> None:
    atlas.frame.evaluate(
        """(days) => document.querySelectorAll(".typed-day").forEach((box, i) => {
            box.value = days[i];
            box.dispatchEvent(new Event("change"));
        })""",
        ["2024-10-09", "2024-10-10"],
    )
    atlas.wait_state(**{"from": "2024-10-09", "to": "2024-10-10"})


def test_a_day_is_named_where_it_lies_on_the_axis(atlas: AtlasPage) -> None:
    axis = atlas.frame.locator(".ticks").bounding_box()
    name = atlas.frame.locator(".ticks").get_by_text("12 Sep").bounding_box()
    assert axis
    assert name
    share = (date(2024, 9, 12) - FIRST_DAY) / (LAST_DAY - FIRST_DAY)
    assert name["x"] + name["width"] / 2 == pytest.approx(axis["x"] + share * axis["width"], abs=2)


def test_a_handle_pushes_the_other_before_it(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 9, 1), date(2024, 9, 10))
    atlas.testid("date-from").fill(str(days_since_1970(date(2024, 9, 20))))
    atlas.wait_state(**{"from": "2024-09-20", "to": "2024-09-20"})


def test_all_dates_takes_the_window_back(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 9, 1), date(2024, 9, 10))
    atlas.frame.get_by_role("button", name="All dates").click()
    atlas.wait_state(**{"from": str(FIRST_DAY), "to": str(LAST_DAY)})
    expect(atlas.frame.get_by_role("button", name="All dates")).to_be_hidden()
    atlas.wait_address({})


def test_play_lets_the_last_day_run_to_the_end_and_tells_the_server_only_then(atlas: AtlasPage) -> None:
    slide(atlas, date(2024, 10, 20), LAST_DAY)
    atlas.wait_address({"from": "2024-10-20"})
    atlas.wait_rest()
    atlas.sent.clear()
    play = atlas.testid("play")
    play.click()
    expect(play).to_have_accessible_name("Pause")
    atlas.wait_state(to="2024-10-25")
    assert atlas.sent == []
    expect(play).to_have_accessible_name("Play the days")
    assert atlas.state()["to"] == str(LAST_DAY)


def test_a_step_is_drawn_within_two_frames(atlas: AtlasPage) -> None:
    atlas.testid("date-from").focus()
    atlas.frame.evaluate(
        """() => {
            window.frames_after_key = [];
            addEventListener("keydown", () => {
                const note = (time) => {
                    window.frames_after_key.push(time);
                    if (window.frames_after_key.length < 12) requestAnimationFrame(note);
                };
                requestAnimationFrame(note);
            }, { once: true, capture: true });
        }"""
    )
    before = atlas.state()["from"]
    atlas.page.keyboard.press("ArrowRight")
    wait_until(atlas.frame, "() => window.frames_after_key.length === 12")
    assert atlas.state()["from"] == str(date.fromisoformat(before) + timedelta(days=1))
    frames = atlas.frame.evaluate(
        """() => {
            const drawn = performance.getEntriesByName("claims:painted").at(-1).startTime;
            return window.frames_after_key.filter((time) => time <= drawn).length;
        }"""
    )
    assert 1 <= frames <= FRAMES


@pytest.mark.app_only
def test_nothing_is_sent_while_a_handle_moves_and_one_selection_when_it_rests(atlas: AtlasPage) -> None:
    handle = atlas.testid("date-from").bounding_box()
    assert handle
    x, y = handle["x"] + 12, handle["y"] + handle["height"] / 2
    paintings = atlas.frame.evaluate("window.paintings")
    atlas.page.mouse.move(x, y)
    atlas.page.mouse.down()
    for step in range(30):
        atlas.page.mouse.move(x + 12 * step, y)
        atlas.page.wait_for_timeout(50)
    atlas.page.wait_for_timeout(600)  # held still for longer than a hand rests
    moved_to = atlas.state()["from"]
    assert moved_to > "2024-08-15"
    assert atlas.frame.evaluate("window.paintings") > paintings + 5
    assert atlas.sent == []
    atlas.page.mouse.up()
    atlas.wait_address({"from": moved_to})
    atlas.wait_rest()
    assert len(atlas.sent) == 1


def test_facets_and_search_narrow_the_map_too(atlas: AtlasPage) -> None:
    atlas.testid("facet-claimant").select_option("Kyrylo Budanov")
    atlas.wait_state(sites=["kursk"], movements=[THE_STUB])
    budanovs = {claim_id for claim_id, claim in CLAIMS.items() if claim["claimant"] == "Kyrylo Budanov"}
    assert set(atlas.listed()) == budanovs
    assert atlas.counts().filtered == len(CLAIMS) - len(budanovs)
    atlas.testid("facet-claimant").select_option("")
    atlas.testid("search").fill("хабаровск")  # another script, in small letters
    atlas.wait_state(claims=["nis-facilities"])
    atlas.wait_address({"q": "хабаровск"})


def test_a_search_that_finds_nothing_says_so_and_leaves_an_empty_map(atlas: AtlasPage) -> None:
    atlas.testid("search").fill("no such word anywhere")
    expect(atlas.frame.get_by_text("No claim passes this selection.")).to_be_visible()
    assert atlas.state()["sites"] == []
    assert atlas.counts().filtered == atlas.counts().total == len(CLAIMS)
    assert atlas.drawn()["heads"] == []
    expect(atlas.testid("site-list")).to_be_hidden()
    atlas.wait_address({"q": "no such word anywhere"})
    atlas.frame.get_by_role("button", name="Show everything").click()
    atlas.wait_address({})
    assert atlas.counts().filtered == 0
    expect(atlas.testid("search")).to_have_value("")


def slide(atlas: AtlasPage, first: date, last: date) -> None:
    """Set both handles."""
    for end, day in (("from", FIRST_DAY), ("to", last), ("from", first)):
        atlas.testid(f"date-{end}").fill(str(days_since_1970(day)))
        atlas.next_frame()
    atlas.wait_state(**{"from": str(first), "to": str(last)})
