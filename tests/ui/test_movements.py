"""The tab Movements: accounts of one link stand together, each with what is known of it on the day asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from small_story import claim, pinned, small_story

from geo.selection import Selection
from geo.ui.address import claim_link
from geo.ui.frames import story_frames
from geo.ui.movements import movement_links

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ui.movements import Account, Link

PLACES = tuple(pinned(name, 40 + lat, 130) for lat, name in enumerate(("aville", "beetown", "ceeport")))
WAY = {"origins": "aville", "destinations": "ceeport"}


def links_of(
    folder: Path, *claims: dict[str, str], most: int = 100, query: dict[str, str] | None = None, **asked: object
) -> tuple[Link, ...]:
    story = small_story(folder, claims, PLACES)
    frames = story_frames(story)
    return movement_links(story, frames, frames.passing(Selection(**asked)), query or {}, slice(0, most))


def account(folder: Path, *claims: dict[str, str], **asked: object) -> Account:
    return links_of(folder, *claims, **asked)[0].accounts[0]


def told(links: tuple[Link, ...]) -> dict[str, list[str]]:
    return {f"{link.heading}: {link.count}": [account.claim_id for account in link.accounts] for link in links}


def test_accounts_of_one_link_stand_together_in_the_order_of_their_dates(tmp_path: Path) -> None:
    links = links_of(
        tmp_path,
        claim("later", **WAY, event_date="2024-10-09", claimant="A ministry"),
        claim("elsewhere", origins="beetown", destinations="ceeport", event_date="2024-10-08"),
        claim("undated", **WAY),
        claim("first", **WAY, event_date="2024-10-07"),
    )
    assert told(links) == {
        "Aville → Ceeport: 3 accounts by 2 claimants": ["first", "later", "undated"],
        "Beetown → Ceeport: 1 account": ["elsewhere"],
    }


def test_the_order_in_which_origins_are_written_makes_no_other_link(tmp_path: Path) -> None:
    links = links_of(
        tmp_path,
        claim("one", origins="aville;beetown", destinations="ceeport"),
        claim("two", origins="beetown;aville", destinations="ceeport", claimant="A ministry"),
        claim("back", origins="ceeport", destinations="aville;beetown"),
        claim("part", **WAY),
    )
    assert told(links) == {
        "Aville and Beetown → Ceeport: 2 accounts": ["one", "two"],
        "Ceeport → Aville and Beetown: 1 account": ["back"],
        "Aville → Ceeport: 1 account": ["part"],
    }


def test_an_end_that_is_not_stated_says_so_in_the_heading(tmp_path: Path) -> None:
    links = links_of(tmp_path, claim("in", destinations="ceeport"), claim("out", origins="aville"))
    assert [link.heading for link in links] == ["Origin not stated → Ceeport", "Aville → destination not stated"]


def test_of_many_the_first_are_returned_and_all_are_counted(tmp_path: Path) -> None:
    claims = [claim(f"c{n}", **WAY, claimant=f"Outlet {n}", event_date=f"2024-10-{20 - n}") for n in range(5)]
    assert told(links_of(tmp_path, *claims, most=2)) == {"Aville → Ceeport: 5 accounts": ["c4", "c3"]}
    between = claim("between", origins="beetown", event_date="2024-10-17")
    assert told(links_of(tmp_path, *claims, between, most=3)) == {"Aville → Ceeport: 5 accounts": ["c4", "c3", "c2"]}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "reported as happened · when"),
        (
            {"from_": date(2024, 10, 1), "to": date(2024, 10, 31)},
            "reported as happened · certainly in these days · when",
        ),
        ({"from_": date(2024, 10, 9)}, "reported as happened · possibly in these days · when"),
    ],
)
def test_an_account_says_how_surely_it_is_in_the_window(tmp_path: Path, days: dict[str, date], words: str) -> None:
    assert account(tmp_path, claim("c", **WAY, event_date="2024-10-08/2024-10-13"), **days).facts.startswith(words)


def test_an_undated_account_says_so_in_a_window(tmp_path: Path) -> None:
    assert " · not dated · " in account(tmp_path, claim("c", **WAY), from_=date(2024, 10, 9)).facts


def test_an_account_says_when_it_was_said_and_what_its_number_counts(tmp_path: Path) -> None:
    number = {"quantity_min": "5", "quantity_of": "sent so far"}
    said = {"reported_date": "2024-10-18", "reported_date_basis": "inferred", "note": "From the day of the week."}
    facts = account(tmp_path, claim("c", **WAY, **number, **said, modality="planned")).facts
    assert facts == "planned · said 18 Oct 2024 (inferred by us) · the number counts: sent so far"
    assert account(tmp_path, claim("c", **WAY, reported_date="2024-10")).facts == "reported as happened · said Oct 2024"


def test_what_was_said_after_the_day_asked_casts_no_doubt(tmp_path: Path) -> None:
    def answer(claim_id: str, **cells: str) -> dict[str, str]:
        return claim(claim_id, claimant=claim_id.title(), responds_to="c", stance="denies", **cells)

    claims = (
        claim("c", **WAY, reported_date="2024-10-08"),
        answer("early", reported_date="2024-10-09"),
        answer("late", reported_date="2024-10-11"),
        answer("month", reported_date="2024-10"),
    )
    assert (
        account(tmp_path, *claims, known=date(2024, 10, 10)).doubts
        == "Denied by Early and Month (possibly only later)."
    )
    assert account(tmp_path, *claims).doubts == "Denied by Early, Late and Month."
    # a facet hides claims, but doesn't make them unsaid
    assert account(tmp_path, *claims, claimant="A service").doubts == "Denied by Early, Late and Month."


def test_an_account_that_may_have_come_later_is_only_possibly_known(tmp_path: Path) -> None:
    c = claim("c", **WAY, reported_date="2024-10")
    assert " · possibly said only after 10 Oct 2024 · " in account(tmp_path, c, known=date(2024, 10, 10)).facts
    assert "possibly" not in account(tmp_path, c, known=date(2024, 10, 31)).facts
    assert links_of(tmp_path, c, known=date(2024, 9, 30)) == ()


def test_an_account_links_to_its_claim_in_the_same_address(tmp_path: Path) -> None:
    assert account(tmp_path, claim("c", **WAY), query={"q": "x y", "claim": "old"}).href == "?q=x+y&claim=c"


@pytest.mark.parametrize("claim_id", ["a&b=c#d", "ü+%41", '"><script>', "{{7*7}}", "../x?y"])
def test_a_link_to_a_claim_keeps_the_address_and_its_id_whole(claim_id: str) -> None:
    query = {"from": "2024-10-09", "q": "a&b = ü", "undated": "0", "site": "aville", "claim": "another"}
    link = claim_link(query, claim_id)
    assert link.startswith("?")
    assert parse_qs(link[1:], strict_parsing=True) == {
        "from": ["2024-10-09"], "q": ["a&b = ü"], "undated": ["0"], "claim": [claim_id],
    }  # fmt: skip
    assert not set(link) & set("\"'<> #{")
