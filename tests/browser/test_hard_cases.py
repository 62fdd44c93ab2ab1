"""What the article leaves open stays open on the page: sums, doubts, dates, an origin, and what was known when."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from browser.facts import CLAIMS, STORY, THE_MOVE, THE_STUB, days_of, days_since_1970, known_on, places_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from browser.hosts import Host
    from playwright.sync_api import Page

FIRST_DAY, LAST_DAY = date(2024, 8, 1), date(2024, 11, 1)  # that the story speaks of
UNDATED = {claim_id for claim_id, claim in CLAIMS.items() if not claim["event_date"]}

# What each number counts, by the claim that gives it.
NUMBERS = {
    THE_MOVE: (1_500, "1,500 in total — counts: troops sent from the three places together to Vladivostok"),
    THE_STUB: (2_600, "2,600 soldiers — counts: first group, to be deployed to Kursk Oblast"),
    "zelensky-10000": (
        10_000,
        "about 10,000 — counts: North Korean soldiers being trained to join the Russian army",
    ),
    "budanov-11000": (
        11_000,
        "about 11,000 — counts: North Korean troops ready to fight in Ukraine by the start of November",
    ),
}
SUMS = {sum(some) for size in (2, 3, 4) for some in combinations([number for number, _ in NUMBERS.values()], size)}

# Every text that is drawn on any canvas of the page: the map's, charts', and the grids of tables.
NOTE_ALL_DRAWN = """(() => {
    window.everythingDrawn = new Set();
    for (const name of ["fillText", "strokeText"]) {
        const original = CanvasRenderingContext2D.prototype[name];
        CanvasRenderingContext2D.prototype[name] = function (text, ...rest) {
            window.everythingDrawn.add(String(text));
            return original.call(this, text, ...rest);
        };
    }
})()"""
ALL_TEXT = "() => [document.body.innerText, document.body.textContent, ...window.everythingDrawn].join('\\n')"


# Four numbers that count four things


@pytest.mark.parametrize("claim", NUMBERS)
def test_a_number_is_shown_with_what_it_counts(atlas: AtlasPage, claim: str) -> None:
    atlas.show(claim=claim)
    expect(atlas.card(claim).locator(".quantity")).to_have_text(NUMBERS[claim][1])


def test_the_sums_are_those_that_nobody_reported() -> None:
    assert sorted(SUMS) == [4_100, 11_500, 12_500, 12_600, 13_600, 14_100, 15_100, 21_000, 22_500, 23_600, 25_100]
    assert numbers_in("4,100 and 12 600, 13600; 14.1k 2,024") == {4_100, 12_600, 13_600, 14_100, 2_024}


@pytest.mark.app_only
def test_no_two_of_the_numbers_are_added_anywhere_on_the_page(new_page: Callable[..., Page], host: Host) -> None:
    page = new_page()
    page.add_init_script(NOTE_ALL_DRAWN)
    atlas = host(page, STORY).open()
    atlas.testid("movement-list").evaluate("list => { list.open = true; }")
    seen: set[int] = set()
    states = [{}, {"clock": "reported"}, {"known": "2024-10-18"}, *({"claim": claim} for claim in NUMBERS)]
    for asked in [*states, {"site": "kursk"}, {"site": "vladivostok"}, {"q": "troops"}]:
        atlas.show(**asked)
        seen |= numbers_in(atlas.frame.evaluate(ALL_TEXT))
    atlas.wait_rest()
    tabs = page.get_by_role("tab")
    for tab in tabs.all():
        tab.click()
        expect(page.get_by_role("tabpanel").filter(visible=True)).to_be_visible()
        atlas.wait_rest()
        page.wait_for_timeout(400)  # a chart is drawn after its tab is
        seen |= numbers_in(page.evaluate(ALL_TEXT))
    assert tabs.count() >= 6
    assert {number for number, _ in NUMBERS.values()} <= seen
    assert not SUMS & seen


# Doubts, of what they were said of alone


@pytest.fixture(scope="module")
def cards(_shared: tuple[AtlasPage, object]) -> dict[str, dict[str, str]]:
    """Return the text of every claim's card, and what stands there for when it happened."""
    atlas, _ = _shared
    atlas.begin_anew()
    found = {}
    for claim in CLAIMS:
        atlas.show(claim=claim)
        assert atlas.cards() == [claim]
        text = atlas.card(claim).inner_text()
        found[claim] = {"text": " ".join(text.split()), "when": atlas.card(claim).locator(".when").inner_text()}
    return found


def test_not_verified_is_said_of_the_video_and_of_nothing_else(cards: dict[str, dict[str, str]]) -> None:
    about_it = {claim_id for claim_id, claim in CLAIMS.items() if claim["stance"] == "unverified"}
    of = {target for claim_id in about_it for target in CLAIMS[claim_id]["responds_to"].split(";")}
    assert (about_it, of) == ({"video-unverified"}, {"video-sergeevsky"})
    saying_so = re.compile(r"not (been |yet )?(independently )?verified|unverified", re.IGNORECASE)
    assert {claim for claim, each in cards.items() if saying_so.search(each["text"])} == about_it | of
    assert "Newsweek said this had not been verified" in cards["video-sergeevsky"]["text"]


def test_both_halves_of_the_assessment_stand_together(atlas: AtlasPage, cards: dict[str, dict[str, str]]) -> None:
    halves = re.compile(r"appears consistent with reports[^“”.]*but does not independently validate")
    assert len(halves.findall(cards["isw-consistent"]["text"])) == 2  # our statement and the excerpt
    assert "The source's own hedge: appears; does not independently validate" in cards["isw-consistent"]["text"]
    for claim in ("video-sergeevsky", THE_MOVE):
        atlas.show(claim=claim)
        said = atlas.card(claim).locator(".responses li", has_text="appears consistent")
        expect(said).to_have_count(1)
        expect(said).to_contain_text("Institute for the Study of War called this and other reports consistent")
        assert halves.search(said.inner_text())


# No date is invented


def test_a_claim_without_a_date_says_so_and_no_other_does(cards: dict[str, dict[str, str]]) -> None:
    assert len(UNDATED) == 27
    assert {claim for claim, each in cards.items() if each["when"] == "not dated"} == UNDATED


def test_the_bars_count_each_dated_claim_on_its_days_and_undated_ones_on_none(atlas: AtlasPage) -> None:
    expect(atlas.frame.locator(".undated .number")).to_have_text(f"({len(UNDATED)})")
    expect(atlas.frame.locator(".undated-bar")).to_have_attribute("title", f"{len(UNDATED)} claims of no day")
    days = [FIRST_DAY + timedelta(days=day) for day in range((LAST_DAY - FIRST_DAY).days + 1)]
    words = atlas.frame.evaluate(
        """(days) => {
            const track = document.querySelector(".track");
            const box = document.querySelector(".bars").getBoundingClientRect();
            return Array.from({ length: days }, (_, day) => {
                const clientX = box.left + (day / (days - 1)) * box.width;
                track.dispatchEvent(new PointerEvent("pointermove", { clientX }));
                return track.title.split(": ")[1];
            });
        }""",
        len(days),
    )
    assert words == [bar_words(day) for day in days]
    assert words[(date(2024, 10, 18) - FIRST_DAY).days].startswith("1 claim of this day")  # the video was posted


# The 2,600 have no origin


def test_the_origin_of_the_2600_is_not_stated_on_map_card_and_in_the_sentence(atlas: AtlasPage) -> None:
    notice = atlas.frame.locator(".edge-notice", has_text="Kursk Oblast")
    expect(notice).to_contain_text("origin not stated")
    notice.click()
    atlas.wait_rest()
    texts = atlas.texts()
    assert texts.count("origin not stated") == texts.count("2,600 planned") == texts.count("?") == 1
    atlas.show(claim=THE_STUB)
    expect(atlas.card(THE_STUB).locator(".places")).to_have_text("From: not statedTo Kursk Oblast")
    assert atlas.heading() == "not stated → Kursk Oblast"
    atlas.testid("movement-list").evaluate("list => { list.open = true; }")
    sentence = atlas.testid("movement-list").locator(f"[data-claim='{THE_STUB}']")
    expect(sentence).to_contain_text("from a place that is not stated to Kursk Oblast; when is not stated.")


# What was known on three days in October

FAR_EAST = {"vladivostok", "chongjin", "hamhung", "musudan"}
BY_DAY = {
    date(2024, 10, 17): (
        {"kursk", "ussuriysk", "khabarovsk"},
        {THE_STUB},
        {"kursk", "ussuriysk", "khabarovsk"},  # pale
    ),
    date(2024, 10, 18): (
        {"kursk", "ussuriysk", "khabarovsk", "sergeevsky", *FAR_EAST},
        {THE_STUB, THE_MOVE},
        {"kursk", "ussuriysk", "khabarovsk"},
    ),
    date(2024, 10, 19): (
        {"kursk", "ussuriysk", "khabarovsk", "sergeevsky", *FAR_EAST},
        {THE_STUB, THE_MOVE},
        set(),
    ),
}
ARROWS_INTO_VLADIVOSTOK = {date(2024, 10, 17): 0, date(2024, 10, 18): 3, date(2024, 10, 19): 3}


def by_slider(atlas: AtlasPage, day: date) -> None:
    atlas.testid("known").fill(str(days_since_1970(day)))


def by_address(atlas: AtlasPage, day: date) -> None:
    atlas.visit(f"?known={day}")


@pytest.mark.parametrize("day", BY_DAY, ids=str)
@pytest.mark.parametrize("ask", [by_slider, by_address])
def test_a_day_shows_what_was_known_by_then(
    atlas: AtlasPage, ask: Callable[[AtlasPage, date], None], day: date
) -> None:
    ask(atlas, day)
    expect(atlas.frame.get_by_label("As known on, day")).to_have_value(f"{day.day} Oct 2024")
    atlas.next_frame()
    sites, movements, pale = BY_DAY[day]
    assert set(atlas.state()["sites"]) == sites
    assert set(atlas.state()["movements"]) == movements

    known = known_on(day)
    assert set(atlas.listed()) == known.certain | known.possible
    assert classed(atlas, ".story-row.possible") == known.possible
    for claim in known.possible:
        expect(atlas.row(claim)).to_contain_text(
            f"possibly said only after {day.day} Oct 2024: said by 19 Oct 2024 at the latest"
        )
    placed = {claim for claim in known.certain | known.possible if places_of(CLAIMS[claim])}
    assert set(atlas.state()["claims"]) == placed
    counts = atlas.counts()
    passing = len(known.certain) + len(known.possible)
    assert (counts.shown, counts.filtered, counts.unplaced) == (len(placed), 32 - passing, passing - len(placed))
    assert counts.total == 32

    assert atlas.texts().count("1 possibly") == len(pale - {"kursk"})  # which is out of view
    notice = atlas.frame.locator(".edge-notice", has_text="Kursk Oblast")
    assert ("possibly said only later" in notice.inner_text()) is ("kursk" in pale)
    alphas = Counter(head["alpha"] for head in atlas.drawn()["heads"])
    assert alphas == +Counter(
        {0.5: len(movements & known.possible), 1: len(movements & known.certain - {THE_MOVE})}
    ) + (Counter({1: ARROWS_INTO_VLADIVOSTOK[day]}))
    atlas.wait_address({"known": str(day)})


def test_what_was_said_later_does_not_count_on_a_card(atlas: AtlasPage) -> None:
    atlas.show(claim="video-sergeevsky", known="2024-10-18")
    found = atlas.card("video-sergeevsky")
    expect(found).not_to_contain_text("not been verified")
    expect(found).to_contain_text("2 responses said only after 18 Oct 2024.")
    atlas.show(claim="video-sergeevsky", known="2024-10-19")
    expect(found).to_contain_text("Newsweek said this had not been verified")


def test_the_replay_runs_through_these_days_and_ends_today(atlas: AtlasPage) -> None:
    seen = atlas.frame.evaluate(
        """() => new Promise((done) => {
            const play = document.querySelector("[data-testid=play-known]");
            const day = document.querySelector(".known .typed-day");
            const seen = [];
            const deadline = performance.now() + 30_000;
            const note = () => {
                const words = day.value || "today";
                const playing = play.getAttribute("aria-label") === "Pause";
                if (seen.at(-1) !== words) seen.push(words);
                // The last step is drawn in the frame after the one in which the button has turned.
                if ((playing || words !== "today") && performance.now() < deadline) requestAnimationFrame(note);
                else done(seen);
            };
            play.click();
            requestAnimationFrame(note);
        })"""
    )
    assert seen == ["17 Oct 2024", "18 Oct 2024", "19 Oct 2024", "today"]
    expect(atlas.frame.get_by_label("As known on, day")).to_have_attribute("placeholder", "today")
    expect(atlas.testid("known")).to_have_attribute("aria-valuetext", "today: all that was said")
    assert set(atlas.listed()) == set(CLAIMS)
    atlas.wait_address({})


# What is on the page


def classed(atlas: AtlasPage, selector: str) -> set[str]:
    return set(atlas.frame.eval_on_selector_all(selector, "rows => rows.map(({dataset}) => dataset.claim)"))


def numbers_in(text: str) -> set[int]:
    """Return the whole numbers of a text, with or without a mark of thousands, and thousands as ``14.1k``."""
    plain = re.sub(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))", "", text)
    thousands = {round(float(number) * 1000) for number in re.findall(r"(\d+(?:\.\d+)?)\s?[kK]\b", plain)}
    return {int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d]|\.\d)", plain)} | thousands


def bar_words(day: date) -> str:
    """Return what the bar of a day must count, by the story's own table."""
    spans = [days for days in map(days_of, CLAIMS.values()) if days and days[0] <= day <= days[1]]
    certain = sum(first == last for first, last in spans)
    open_ended = sum(first == date.min or last == date.max for first, last in spans)
    parts = [
        f"{certain} claim{'' if certain == 1 else 's'} of this day" if certain else "",
        f"{len(spans) - certain - open_ended} possibly, of a span of days" if len(spans) > certain + open_ended else "",
        f"{open_ended} possibly, with an open end" if open_ended else "",
    ]
    return " · ".join(filter(None, parts)) or "no claim"
