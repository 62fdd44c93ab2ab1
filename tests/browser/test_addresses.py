"""The address holds the state: it opens the same in another browser, and Back and Forward walk through the states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from browser.atlas import AtlasPage
from browser.facts import CLAIMS, SITES, THE_MOVE, THE_STUB
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable


def type_first_day(atlas: AtlasPage) -> None:
    atlas.typed("From").fill("2024-10-09")
    atlas.typed("From").press("Enter")


def type_last_day(atlas: AtlasPage) -> None:
    atlas.typed("To").fill("2024-10-10")
    atlas.typed("To").press("Enter")


def type_days(atlas: AtlasPage) -> None:
    type_first_day(atlas)
    type_last_day(atlas)


def hide_undated(atlas: AtlasPage) -> None:
    atlas.frame.get_by_label("undated").uncheck()


def open_site(atlas: AtlasPage) -> None:
    atlas.click_site("vladivostok")


def open_kursk(atlas: AtlasPage) -> None:
    atlas.chip("kursk").click()


def open_row(atlas: AtlasPage) -> None:
    atlas.frame.locator(".story-row").first.click()


def search(atlas: AtlasPage) -> None:
    atlas.testid("search").fill("north korean")


def ask_for_the_agency(atlas: AtlasPage) -> None:
    atlas.testid("facet-claimant").select_option("South Korea's National Intelligence Service")


def ask_for_what_happened(atlas: AtlasPage) -> None:
    atlas.testid("facet-modality").select_option("happened")


DAYS = {"from": "2024-10-09", "to": "2024-10-10"}
AGENCY = {"claimant": "South Korea's National Intelligence Service"}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (
            [type_first_day, type_last_day, hide_undated, open_site],
            {**DAYS, "undated": "0", "site": "vladivostok"},
        ),
        ([search, open_row], {"q": "north korean", "claim": THE_MOVE}),
        ([ask_for_the_agency, ask_for_what_happened, search], {**AGENCY, "modality": "happened", "q": "north korean"}),
        ([ask_for_the_agency, type_first_day, type_last_day, open_row], {**AGENCY, **DAYS, "claim": THE_MOVE}),
        ([open_kursk], {"site": "kursk"}),
    ],
)
def test_the_address_shows_the_same_state_in_another_browser(
    atlas: AtlasPage,
    open_atlas: Callable[..., AtlasPage],
    steps: list[Callable[[AtlasPage], None]],
    expected: dict[str, str],
) -> None:
    for step in steps:
        step(atlas)
        atlas.next_frame()
    atlas.wait_address(expected)
    elsewhere = open_atlas(f"?{urlsplit(atlas.page.url).query}")
    assert elsewhere.all_of_it() == atlas.all_of_it()
    assert elsewhere.parameters() == expected
    if "site" in expected:
        assert elsewhere.site_pixel(expected["site"])


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"from": "2024-10-14"},
        {"to": "2024-10-07", "undated": "0"},
        {"undated": "0", "site": "kursk", "claim": "kursk-incursion"},
        {"q": "Владивосток", "site": "vladivostok", "claim": THE_MOVE},
        {"claimant": "Newsweek", "modality": "verification"},
        {"publisher": "Prices.com LLC", "claim": "isw-consistent"},
        {"from": "2024-10-14", "site": "vladivostok"},
        {"from": "2024-10-14", "claim": THE_MOVE},
        {"q": "2,600 & “ready to fight”?"},
        {"undated": "1"},
    ],
)
def test_an_address_written_by_hand_shows_what_it_asks_for(atlas: AtlasPage, asked: dict[str, str]) -> None:
    atlas.visit(f"?{urlencode(asked)}")
    for end in ("from", "to"):
        if end in asked:
            atlas.wait_state(**{end: asked[end]})
    expect(atlas.testid("search")).to_have_value(asked.get("q", ""))
    for facet in ("claimant", "modality"):
        expect(atlas.testid(f"facet-{facet}")).to_have_value(asked.get(facet, ""))
    expect(atlas.frame.get_by_label("undated")).to_be_checked(checked=asked.get("undated") != "0")
    expect(atlas.testid("notes")).to_be_hidden()
    if "site" in asked:
        expect(atlas.testid("site-claims").locator("h2")).to_have_text(SITES[asked["site"]][0])
    if "claim" in asked:
        expect(atlas.frame.locator(f"[data-testid=claim-card][data-claim='{asked['claim']}']")).to_be_visible()
    if "site" not in asked and "claim" not in asked:
        expect(atlas.testid("site-claims")).to_be_hidden()
    counts = atlas.counts()
    assert counts.shown + counts.filtered + counts.unplaced == counts.total == len(CLAIMS)


def test_a_chosen_claim_that_the_window_hides_is_still_shown_and_says_so(atlas: AtlasPage) -> None:
    atlas.open(f"?from=2024-10-14&claim={THE_MOVE}")
    expect(atlas.testid("claim-card")).to_contain_text("outside what is selected")
    assert THE_MOVE not in atlas.state()["movements"]


def test_back_and_forward_walk_through_clicks_and_windows(atlas: AtlasPage) -> None:
    steps: list[tuple[Callable[[AtlasPage], None], dict[str, str]]] = [
        (AtlasPage.next_frame, {}),
        (open_site, {"site": "vladivostok"}),
        (type_first_day, {"site": "vladivostok", "from": DAYS["from"]}),
        (type_last_day, {"site": "vladivostok", **DAYS}),
        (open_kursk, {"site": "kursk", **DAYS}),
        (lambda atlas: atlas.frame.get_by_role("button", name="All claims").click(), DAYS),
        (open_row, {"claim": THE_MOVE, **DAYS}),
    ]
    seen = []
    for act, address in steps:
        act(atlas)
        atlas.wait_address(address)
        atlas.wait_rest()
        seen.append(atlas.all_of_it())
    for (_, address), expected in reversed(list(zip(steps, seen, strict=True))[:-1]):
        atlas.page.go_back()
        check(atlas, address, expected)
    for (_, address), expected in list(zip(steps, seen, strict=True))[1:]:
        atlas.page.go_forward()
        check(atlas, address, expected)


def check(atlas: AtlasPage, address: dict[str, str], expected: dict[str, object]) -> None:
    atlas.wait_address(address)
    atlas.wait_state(**expected["state"])
    atlas.next_frame()
    assert atlas.all_of_it() == expected
    atlas.wait_rest()
    assert atlas.parameters() == address  # nothing has pushed it further in the meantime


def test_back_empties_the_search_box_though_the_cursor_is_in_it(atlas: AtlasPage) -> None:
    search(atlas)
    atlas.wait_address({"q": "north korean"})
    atlas.page.go_back()
    expect(atlas.testid("search")).to_have_value("")
    expect(atlas.testid("search")).to_be_focused()
    assert atlas.counts().filtered == 0


def test_the_way_on_is_not_cut_when_a_reader_has_gone_back(atlas: AtlasPage) -> None:
    open_site(atlas)
    atlas.wait_address({"site": "vladivostok"})
    atlas.page.go_back()
    atlas.wait_address({})
    open_site(atlas)  # what was told last: it must be told again
    atlas.wait_address({"site": "vladivostok"})
    atlas.page.go_back()
    atlas.wait_address({})
    expect(atlas.testid("site-claims")).to_be_hidden()


@pytest.mark.parametrize(
    ("wrong", "sound"),
    [
        ({"from": "2024-13-01"}, {}),
        ({"from": "yesterday", "to": "20241010"}, {}),
        ({"from": "2024-10-09", "to": "2024-10-08"}, {"from": "2024-10-09"}),
        ({"site": "nowhere"}, {}),
        ({"claim": "<script>window.hacked=1</script>"}, {}),
        ({"undated": "7"}, {}),
        ({"claimant": "Nobody", "modality": "rumour", "publisher": "None"}, {}),
        ({"from": "2024-13-01", "site": "nowhere", "claim": "x" * 500, "undated": "no"}, {"q": "troops"}),
    ],
)
def test_a_wrong_value_is_ignored_with_a_note(atlas: AtlasPage, wrong: dict[str, str], sound: dict[str, str]) -> None:
    atlas.visit(f"?{urlencode({**wrong, **sound})}")
    notes = atlas.testid("notes")
    for name in wrong.keys() - sound.keys():
        expect(notes).to_contain_text(f"{name}={wrong[name][:50]}")
    expect(notes).to_be_visible()
    told = notes.bounding_box()
    assert told
    assert told["height"] < 200
    with_note = atlas.state()
    atlas.visit(f"?{urlencode(sound)}")
    expect(notes).to_be_hidden()
    assert with_note == atlas.state()
    assert atlas.frame.evaluate("window.hacked") is None


def test_a_page_opened_at_a_wrong_address_works(atlas: AtlasPage) -> None:
    atlas.open("?from=2024-13-01&site=nowhere&claim=%3Cscript%3E&undated=7&to=2024-10-31&unknown=1")
    expect(atlas.testid("notes").locator("p")).to_have_count(4)
    atlas.chip("kursk").click()
    expect(atlas.frame.locator(f"[data-testid=claim-card][data-claim='{THE_STUB}']")).to_be_visible()
    atlas.wait_address({"site": "kursk", "to": "2024-10-31"})
    atlas.testid("notes").get_by_role("button").click()
    expect(atlas.testid("notes")).to_be_hidden()


@pytest.mark.app_only
def test_map_and_tabs_read_a_value_that_is_given_twice_alike(atlas: AtlasPage) -> None:
    atlas.open("?from=2024-10-18&from=2024-10-01")
    counts = atlas.counts()
    words = rf"{counts.shown} on the map\W+{counts.filtered} filtered out"
    expect(atlas.page.get_by_text(re.compile(words))).to_be_attached()


def test_a_permalink_opens_its_claim_in_another_tab(atlas: AtlasPage, open_atlas: Callable[..., AtlasPage]) -> None:
    open_site(atlas)
    link = atlas.frame.get_by_role("link", name="Permalink").get_attribute("href")
    assert link
    elsewhere = open_atlas(f"?{urlsplit(link).query}")
    assert elsewhere.cards() == [THE_MOVE]
