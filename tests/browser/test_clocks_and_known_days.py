"""The controls of time and knowing, by mouse, keys, typing and address; spellings that copy and are found."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from browser.facts import CLAIMS, THE_MOVE, known_on, said_by
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from playwright.sync_api import Locator

THE_18TH = {"from": "2024-10-18", "to": "2024-10-18"}


def by_mouse(atlas: AtlasPage, words: str) -> None:
    box = atlas.frame.locator(".clock").get_by_text(words, exact=True).bounding_box()
    assert box
    atlas.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def by_keys(atlas: AtlasPage, words: str) -> None:
    atlas.frame.locator(".clock input:checked").focus()
    atlas.page.keyboard.press("ArrowRight" if words == "said" else "ArrowLeft")


@pytest.mark.parametrize("switch", [by_mouse, by_keys])
def test_the_clock_switches_between_when_it_happened_and_when_it_was_said(
    atlas: AtlasPage, switch: Callable[[AtlasPage, str], None]
) -> None:
    expect(atlas.testid("clock-event")).to_be_checked()
    switch(atlas, "said")
    expect(atlas.testid("clock-reported")).to_be_checked()
    expect(atlas.row(THE_MOVE).locator(".when")).to_have_text("said 18 Oct 2024")
    atlas.wait_address({"clock": "reported"})
    switch(atlas, "happened")
    expect(atlas.testid("clock-event")).to_be_checked()
    expect(atlas.row(THE_MOVE).locator(".when")).to_have_text("8-13 Oct 2024")
    atlas.wait_address({})


def test_a_window_asks_the_clock_that_is_chosen(atlas: AtlasPage) -> None:
    atlas.visit("?from=2024-10-18&to=2024-10-18&undated=0")
    atlas.wait_state(**THE_18TH)
    assert THE_MOVE not in atlas.state()["movements"]  # it happened before
    by_mouse(atlas, "said")
    atlas.wait_address({**THE_18TH, "undated": "0", "clock": "reported"})
    assert THE_MOVE in atlas.state()["movements"]
    day = date(2024, 10, 18)
    said = {claim_id for claim_id, claim in CLAIMS.items() if said_by(claim)[0] <= day <= said_by(claim)[1]}
    assert set(atlas.listed()) == said
    possible = atlas.frame.locator(".story-row.possible")
    expect(possible.first).to_contain_text(
        "possibly said in these days: by 19 Oct 2024 at the latest reaches beyond them"
    )
    expect(possible).to_have_count(len(known_on(day).possible))


def test_the_number_of_undated_claims_is_that_of_the_clock(atlas: AtlasPage) -> None:
    number = atlas.frame.locator(".undated .number")
    expect(number).to_have_text(f"({sum(not claim['event_date'] for claim in CLAIMS.values())})")
    by_mouse(atlas, "said")
    expect(number).to_have_text("(0)")  # the day of the article bounds them all


def test_keys_slide_the_known_day_from_today_to_the_day_before_anything_was_said(atlas: AtlasPage) -> None:
    slider, typed = atlas.testid("known"), known_day(atlas)
    slider.focus()
    expect(slider).to_have_attribute("aria-valuetext", "today: all that was said")
    for key, day in (
        ("ArrowLeft", "19 Oct 2024"),
        ("ArrowLeft", "18 Oct 2024"),
        ("Home", "17 Oct 2024"),
        ("ArrowRight", "18 Oct 2024"),
    ):
        atlas.page.keyboard.press(key)
        expect(typed).to_have_value(day)
        expect(slider).to_have_attribute("aria-valuetext", day)
    atlas.wait_address({"known": "2024-10-18"})
    atlas.page.keyboard.press("End")
    expect(typed).to_have_value("")
    atlas.wait_address({})


def test_a_known_day_is_typed_and_one_that_does_not_exist_is_not_taken(atlas: AtlasPage) -> None:
    typed = known_day(atlas)
    type_day(typed, "18 Oct 2024")
    atlas.wait_address({"known": "2024-10-18"})
    shown = atlas.listed()
    type_day(typed, "2024-13-01")
    expect(typed).to_have_attribute("aria-invalid", "true")
    atlas.next_frame()
    assert atlas.listed() == shown
    type_day(typed, "2024-10-19")
    expect(typed).to_have_attribute("aria-invalid", "false")
    expect(typed).to_have_value("19 Oct 2024")
    atlas.wait_address({"known": "2024-10-19"})
    type_day(typed, "")
    atlas.wait_address({})


def test_all_that_was_said_takes_the_known_day_back(atlas: AtlasPage) -> None:
    reset = atlas.frame.get_by_role("button", name="All that was said")
    expect(reset).to_be_hidden()
    atlas.visit("?known=2024-10-17&from=2024-10-01")
    reset.click()
    expect(reset).to_be_hidden()
    expect(known_day(atlas)).to_have_value("")
    atlas.wait_address({"from": "2024-10-01"})  # the window is another question


def test_back_and_forward_walk_through_clocks_and_known_days(atlas: AtlasPage) -> None:
    by_mouse(atlas, "said")
    atlas.wait_address({"clock": "reported"})
    type_day(known_day(atlas), "2024-10-18")
    atlas.wait_address({"clock": "reported", "known": "2024-10-18"})
    by_mouse(atlas, "happened")
    atlas.wait_address({"known": "2024-10-18"})
    atlas.wait_rest()
    known = known_on(date(2024, 10, 18))
    for go, clock, day in (
        (atlas.page.go_back, "reported", "18 Oct 2024"),
        (atlas.page.go_back, "reported", ""),
        (atlas.page.go_forward, "reported", "18 Oct 2024"),
        (atlas.page.go_forward, "event", "18 Oct 2024"),
    ):
        go()
        expect(known_day(atlas)).to_have_value(day)
        expect(atlas.testid(f"clock-{clock}")).to_be_checked()
        atlas.next_frame()
        assert set(atlas.listed()) == (known.certain | known.possible if day else set(CLAIMS))


def test_wrong_values_of_clock_and_known_are_noted_and_ignored(atlas: AtlasPage) -> None:
    atlas.visit("?clock=x&known=2024-13-01")
    notes = atlas.testid("notes")
    expect(notes.locator("p")).to_have_text(
        [
            "“known=2024-13-01” in the address is not a day such as 2024-10-08, so it is ignored.",
            "“clock=x” in the address is not one of event and reported, so it is ignored.",
        ]
    )
    expect(atlas.testid("clock-event")).to_be_checked()
    expect(known_day(atlas)).to_have_value("")
    assert set(atlas.listed()) == set(CLAIMS)


def test_a_click_on_a_spelling_copies_it(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas("?site=vladivostok", permissions=["clipboard-read", "clipboard-write"])
    for name in ("Владивосток", "블라디보스토크", "Vladivostok"):
        atlas.frame.get_by_role("button", name=f"Copy “{name}”").click()
        expect(atlas.frame.locator(".site-title .copied")).to_have_text(f"“{name}” is copied")
        assert atlas.frame.evaluate("navigator.clipboard.readText()") == name


def test_where_the_browser_forbids_copying_the_spelling_is_selected_for_the_readers_own_keys(
    open_atlas: Callable[..., AtlasPage],
) -> None:
    atlas = open_atlas("?site=vladivostok")
    atlas.frame.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    for name in ("Владивосток", "Vladivostok"):
        atlas.frame.get_by_role("button", name=f"Copy “{name}”").click()
        expect(atlas.frame.locator(".site-title .copied")).to_have_text("selected: copy it with Ctrl-C")
        assert atlas.frame.evaluate("getSelection().toString()") == name


@pytest.mark.parametrize("spelling", ["Уссурийск", "우수리스크", "ussuryisk", "USSURIYSK"])
def test_a_place_is_found_by_any_of_its_spellings(atlas: AtlasPage, spelling: str) -> None:
    atlas.testid("search").fill(spelling)
    atlas.wait_state(claims=["nis-facilities"])
    assert atlas.listed() == ["nis-facilities"]
    expect(atlas.chip("ussuriysk")).to_be_visible()
    atlas.wait_address({"q": spelling})


def known_day(atlas: AtlasPage) -> Locator:
    return atlas.frame.get_by_label("As known on, day")


def type_day(box: Locator, day: str) -> None:
    box.fill(day)
    box.press("Enter")
