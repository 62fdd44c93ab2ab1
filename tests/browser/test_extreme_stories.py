"""Stories that are hard to hold: thousands of claims on one link, dates from the year 1 to 9999, names without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.conftest import MadeUpStory
    from playwright.sync_api import Page

PLACES = [
    {"location_id": name, "name": name, "latitude": lat, "longitude": lon, "coordinate_source": "A map"}
    for name, lat, lon in (("Upper", "43", "132"), ("Lower", "40", "130"))
]
SOURCES = [{"source_id": "paper", "publisher": "The press", "published": "2024-10-19"}]


def claim(claim_id: str, **cells: str) -> dict[str, str]:
    needed = {"statement": "They went.", "claimant": "A service", "source_id": "paper", "modality": "happened"}
    return {"claim_id": claim_id, **needed, **cells}


def test_in_a_story_from_the_year_1_to_9999_a_bar_names_the_days_it_gathers(
    made_up: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    days = ("0001-01-01", "2024-10-08", "9999-12-31")
    claims = [claim(day, event_date=day, reported_date=day, locations="Upper") for day in days]
    made_up.write({"locations": PLACES, "sources": SOURCES, "claims": claims})
    atlas = made_up.open(new_page())
    assert atlas.counts().shown == len(days)
    atlas.testid("date-to").press("PageDown")
    atlas.wait_state(to="9999-12-01")
    assert atlas.counts().shown == len(days) - 1
    track = atlas.frame.locator(".track")
    track.evaluate(
        """track => track.dispatchEvent(new PointerEvent("pointermove", {
            clientX: track.querySelector(".bars").getBoundingClientRect().left }))"""
    )
    expect(track).to_have_attribute("title", "1 Jan 1 to 2 Jul 13: 1 claim of one of these days")


def test_a_place_of_hundreds_of_claims_shows_a_hundred_cards_at_a_time(
    made_up: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    numbers = [{"quantity_min": str(number), "quantity_max": str(number)} for number in range(100, 107)]
    claims = [
        claim(
            f"c{i}", claimant=f"Claimant {i % 99}", origins="Upper", destinations="Lower", **numbers[i % len(numbers)]
        )
        for i in range(150)
    ]
    made_up.write({"locations": PLACES, "sources": SOURCES, "claims": claims})
    atlas = made_up.open(new_page())
    atlas.chip("Upper").click()
    expect(atlas.testid("claim-card")).to_have_count(100)
    more = atlas.testid("site-claims").get_by_role("button", name="Show 50 more of 50")
    more.click()
    expect(atlas.testid("claim-card")).to_have_count(150)
    atlas.chip("Lower").click()
    expect(atlas.testid("claim-card")).to_have_count(100)
    expect(atlas.testid("origins").first.locator("summary")).to_have_text("1 independent origin")
    atlas.wait_rest()
    atlas.visit("?site=Upper&claim=c140")  # the claim that a link names is there, however far down
    expect(atlas.frame.locator("[data-testid=claim-card][data-claim=c140]")).to_be_visible()
