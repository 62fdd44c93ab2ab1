"""A click, or Tab and Enter, opens a site or an arrow: its claims, with all that a reader asks of a claim."""

from __future__ import annotations

import re

import pytest
from browser.atlas import AtlasPage, Pixel
from browser.facts import CLAIMS, FAR_AWAY, IN_THE_FIRST_VIEW, SITES, SOURCES, THE_MOVE, THE_STUB, claims_of
from playwright.sync_api import expect


@pytest.mark.parametrize("site", IN_THE_FIRST_VIEW)
def test_a_click_on_a_site_opens_exactly_its_claims(atlas: AtlasPage, site: str) -> None:
    assert not is_ringed(atlas, site)
    atlas.click_site(site)
    expect(atlas.testid("site-claims")).to_be_visible()
    assert is_ringed(atlas, site)
    assert atlas.heading() == SITES[site][0]
    assert sorted(atlas.cards()) == sorted(claims_of(site))
    check_cards(atlas)
    atlas.wait_address({"site": site})


def test_a_click_on_kursk_oblast_opens_exactly_its_claims(atlas: AtlasPage) -> None:
    atlas.frame.locator(".edge-notice", has_text="Kursk Oblast").click()
    atlas.wait_rest()
    atlas.click_site(FAR_AWAY)
    expect(atlas.testid("site-claims")).to_be_visible()
    assert atlas.heading() == "Kursk Oblast"
    assert sorted(atlas.cards()) == sorted(claims_of(FAR_AWAY))
    check_cards(atlas)


def test_tab_and_enter_open_each_site_of_the_list_in_turn(atlas: AtlasPage) -> None:
    atlas.frame.get_by_label("As known on, day").focus()  # the last control before the list
    for site in SITES:
        atlas.page.keyboard.press("Tab")
        expect(atlas.chip(site)).to_be_focused()
        atlas.page.keyboard.press("Enter")
        expect(atlas.testid("site-claims").locator("h2")).to_have_text(SITES[site][0])
        assert sorted(atlas.cards()) == sorted(claims_of(site))
        expect(atlas.chip(site)).to_have_attribute("aria-pressed", "true")


def test_to_press_the_button_that_is_pointed_at_moves_the_focus_and_draws_no_map(atlas: AtlasPage) -> None:
    last_drawn = "performance.getEntriesByName('claims:painted').at(-1).startTime"
    atlas.chip("hamhung").focus()
    atlas.chip("khabarovsk").hover()
    atlas.next_frame()
    before = atlas.frame.evaluate(last_drawn)
    atlas.page.mouse.down()
    atlas.next_frame()
    expect(atlas.chip("khabarovsk")).to_be_focused()
    assert atlas.frame.evaluate(last_drawn) == before
    atlas.page.mouse.up()
    expect(atlas.testid("site-claims").locator("h2")).to_have_text(SITES["khabarovsk"][0])


def test_a_site_out_of_view_comes_into_view_when_it_is_opened_from_the_list(atlas: AtlasPage) -> None:
    atlas.chip(FAR_AWAY).click()
    atlas.wait_rest()
    assert atlas.site_pixel(FAR_AWAY)


@pytest.mark.parametrize("leave", ["Escape", "All claims"])
def test_the_whole_story_comes_back(atlas: AtlasPage, leave: str) -> None:
    atlas.click_site("khabarovsk")
    expect(atlas.testid("site-claims")).to_be_visible()
    if leave == "Escape":
        atlas.chip("khabarovsk").press("Escape")
    else:
        atlas.frame.get_by_role("button", name="All claims").click()
    expect(atlas.testid("site-claims")).to_be_hidden()
    assert set(atlas.listed()) == set(CLAIMS)


def test_a_claim_opened_by_a_key_takes_the_focus_along(atlas: AtlasPage) -> None:
    row = atlas.frame.locator(".story-row[data-claim='turner-alarming']")
    row.focus()
    atlas.page.keyboard.press("Enter")
    expect(atlas.card("turner-alarming")).to_be_visible()
    atlas.page.keyboard.press("Escape")
    expect(atlas.testid("site-claims")).to_be_hidden()
    expect(row).to_be_visible()
    assert atlas.frame.evaluate("document.activeElement !== document.body")


def test_a_row_that_a_step_changes_nothing_of_is_left_where_it_is(atlas: AtlasPage) -> None:
    """To lay out all rows at every step of a handle would take longer than to draw the map."""
    atlas.frame.evaluate("document.querySelectorAll('.story-row').forEach((row) => (row.wasThere = true))")
    before = set(atlas.listed())
    atlas.typed("From").fill("2024-10-09")
    atlas.typed("From").press("Enter")
    atlas.wait_rest()
    after = set(atlas.listed())
    assert after < before
    made_anew = atlas.frame.eval_on_selector_all(
        ".story-row", "rows => rows.filter((row) => !row.wasThere).map((row) => row.dataset.claim)"
    )
    # Of these the words are others now: they are only possibly of these days.
    assert set(made_anew) == {claim for claim in after if "possibly" in atlas.row(claim).inner_text()}
    atlas.frame.get_by_role("button", name="All dates").click()
    expect(atlas.frame.locator(".story-row")).to_have_count(len(before))
    assert set(atlas.listed()) == before


def test_escape_works_with_nothing_in_focus(atlas: AtlasPage) -> None:
    atlas.click_site("khabarovsk")
    expect(atlas.testid("site-claims")).to_be_visible()
    atlas.frame.evaluate("document.activeElement.blur()")  # the map takes it with the click
    atlas.page.keyboard.press("Escape")
    expect(atlas.testid("site-claims")).to_be_hidden()


def test_a_click_on_an_arrow_opens_the_movement(atlas: AtlasPage) -> None:
    plain = {line["colour"] for line in atlas.drawn()["lines"]}
    atlas.click(middle_of_an_arrow(atlas))
    expect(atlas.testid("site-claims")).to_be_visible()
    marked = [line for line in atlas.drawn()["lines"] if line["colour"] not in plain]
    assert len(marked) == 3
    assert atlas.heading() == "Chongjin, Hamhung, Musudan → Vladivostok"
    assert atlas.cards() == [THE_MOVE]
    check_cards(atlas)
    atlas.wait_address({"claim": THE_MOVE})


def test_a_click_on_the_stub_opens_the_movement_whose_origin_is_not_stated(atlas: AtlasPage) -> None:
    atlas.frame.locator(".edge-notice", has_text="Kursk Oblast").click()
    atlas.wait_rest()
    label = next(text for text in atlas.drawn()["texts"] if "2,600 planned" in text["text"])
    corner = atlas.map_corner()
    atlas.click(Pixel(corner.x + label["x"] + 10, corner.y + label["y"]))
    expect(atlas.testid("site-claims")).to_be_visible()
    assert atlas.heading() == "not stated → Kursk Oblast"
    assert atlas.cards() == [THE_STUB]
    check_cards(atlas)


def test_a_click_on_the_empty_sea_opens_nothing(atlas: AtlasPage) -> None:
    atlas.click(atlas.leaflet_pixel(40.0, 133.0))
    atlas.next_frame()
    expect(atlas.testid("site-claims")).to_be_hidden()


def test_a_drag_of_the_map_takes_its_sites_along_and_opens_nothing(atlas: AtlasPage) -> None:
    start = atlas.site_pixel("khabarovsk")
    assert start
    atlas.page.mouse.move(start.x, start.y)
    atlas.page.mouse.down()
    atlas.page.mouse.move(start.x - 60, start.y + 40, steps=6)
    underway = atlas.site_pixel("khabarovsk")
    assert underway
    assert underway.distance(atlas.leaflet_pixel(*SITES["khabarovsk"][1:])) < 3
    expect(atlas.testid("claims-map")).to_have_class(re.compile("over-mark"))
    atlas.page.mouse.up()
    atlas.wait_rest()
    expect(atlas.testid("site-claims")).to_be_hidden()
    end = atlas.site_pixel("khabarovsk")
    assert end
    assert end.distance(start) > 40


def test_a_row_of_the_list_opens_its_claim_with_a_place_or_without(atlas: AtlasPage) -> None:
    for claim in ("turner-alarming", THE_STUB):
        atlas.frame.locator(f".story-row[data-claim='{claim}']").click()
        expect(atlas.card(claim)).to_be_visible()
        assert atlas.cards() == [claim]
        check_cards(atlas)
        atlas.wait_address({"claim": claim})
        atlas.page.keyboard.press("Escape")


def test_the_card_of_the_movement_says_all_that_the_article_does(atlas: AtlasPage) -> None:
    atlas.click_site("vladivostok")
    found = atlas.card(THE_MOVE)
    for words in (
        "South Korea's National Intelligence Service (intelligence service): The North Korean government sent 1,500",
        "8-13 Oct 2024",
        "inferred",
        "1,500 in total",
        "counts: troops sent from the three places together to Vladivostok",
        "From Chongjin, Hamhung, Musudan",
        "To Vladivostok",
        "“Pyongyang had sent 1,500 troops from Chongjin, Hamhung, and Musudan in North Korea to Vladivostok",
        "said 18 Oct 2024",
    ):
        expect(found).to_contain_text(words)
    chain = found.locator(".chain-steps li").all_inner_texts()
    assert chain == [
        "South Korea's National Intelligence Service statement, said 18 Oct 2024 (inferred by us)",
        "Newsweek, “Ukraine Publishes Video of North Korean Soldiers Preparing for Putin's War” article, 19 Oct 2024",
        "Prices.com LLC reprint, not dated",
    ]


def test_the_card_of_the_stub_says_what_is_not_stated(atlas: AtlasPage) -> None:
    atlas.chip(FAR_AWAY).click()
    found = atlas.card(THE_STUB)
    for words in ("From: not stated", "not dated", "2,600", "counts: first group", "hedge: alleged", "at the latest"):
        expect(found).to_contain_text(words)


def test_what_others_say_leads_to_what_they_say_and_back(atlas: AtlasPage) -> None:
    atlas.click_site("vladivostok")
    atlas.card(THE_MOVE).get_by_role("button", name=re.compile("^Footage appears consistent")).click()
    expect(atlas.card("isw-consistent")).to_be_visible()
    about = atlas.card("isw-consistent").get_by_role("button", name=re.compile("sent 1,500 troops"))
    about.click()
    expect(atlas.card(THE_MOVE)).to_be_visible()


def test_a_claim_of_which_nobody_says_anything_says_so(atlas: AtlasPage) -> None:
    atlas.click_site("khabarovsk")
    expect(atlas.card("nis-facilities")).to_contain_text("Nobody in this story has assessed this claim.")


def test_a_site_says_how_many_of_its_claims_the_filter_hides(atlas: AtlasPage) -> None:
    atlas.frame.get_by_label("undated").uncheck()
    atlas.chip(FAR_AWAY).click()
    hidden = atlas.frame.get_by_text("1 more claim about this place is filtered out.")
    expect(hidden).to_be_visible()
    assert THE_STUB not in atlas.cards()
    hidden.get_by_role("button").click()
    expect(atlas.card(THE_STUB)).to_be_visible()


def check_cards(atlas: AtlasPage) -> None:
    """Compare each card in the panel with its row of the files."""
    for claim_id in atlas.cards():
        claim, text = CLAIMS[claim_id], atlas.card(claim_id).inner_text()
        wanted = [claim["claimant"], claim["claimant_kind"], claim["statement"], f"“{claim['excerpt']}”", claim["note"]]
        wanted += [
            claim["hedge"],
            claim["quantity_of"],
            f"{int(claim['quantity_min']):,}" if claim["quantity_min"] else "",
        ]
        wanted += [
            SOURCES[source]["publisher"] for source in (claim["source_id"], SOURCES[claim["source_id"]]["derived_from"])
        ]
        wanted += ["How it reached us", "said", "not dated" if not claim["event_date"] else "2024"]
        wanted += ["inferred" if "inferred" in (claim["event_date_basis"], claim["reported_date_basis"]) else ""]
        answers = [other for other in CLAIMS.values() if claim_id in other["responds_to"].split(";")]
        wanted += [words for other in answers for words in (other["claimant"], other["statement"])]
        wanted += ["What others say of it" if answers else "Nobody in this story has assessed this claim."]
        plain = " ".join(text.split())
        missing = [words for words in wanted if " ".join(words.split()) not in plain]
        assert missing == [], text


def is_ringed(atlas: AtlasPage, site: str) -> bool:
    """Return whether a whole circle is drawn around a site, as around the chosen one."""
    corner, centre = atlas.map_corner(), atlas.leaflet_pixel(*SITES[site][1:])
    rings = [Pixel(ring["x"] + corner.x, ring["y"] + corner.y) for ring in atlas.drawn()["circles"] if not ring["dash"]]
    return any(ring.distance(centre) < 3 for ring in rings)


def middle_of_an_arrow(atlas: AtlasPage) -> Pixel:
    """Return a point of the window on the arrow from Musudan, on which no other site lies."""
    corner, musudan = atlas.map_corner(), atlas.leaflet_pixel(*SITES["musudan"][1:])
    for line in atlas.drawn()["lines"]:
        first, middle = line["points"][0], line["points"][len(line["points"]) // 2]
        if line["width"] > 1.5 and Pixel(first["x"] + corner.x, first["y"] + corner.y).distance(musudan) < 3:
            return Pixel(middle["x"] + corner.x, middle["y"] + corner.y)
    pytest.fail("no arrow begins at Musudan")
