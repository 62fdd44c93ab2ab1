"""Of any story, any window, either clock and any known day, each claim gets the answer that the docs' words give it."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_story import claim, pinned, small_story

from geo.selection import CLOCKS, EVENT, FILTERED, NOT_ON_MAP, REPORTED, SHOWN, Selection, counts
from geo.stories import select_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.stories import Story

Row = dict[str, str]

# Each story is opened from files, which takes a tenth of a second: few of them, large, each asked often.
A_FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
FOUND, LOST = ("p0", "p1", "p2"), ("lost", "gone")
PLACES = [
    *(pinned(place, 40 + i, 130) for i, place in enumerate(FOUND)),
    *({"location_id": i, "name": i} for i in LOST),
]
CLAIMANTS = ("A service", "A ministry", "A paper")
MOVES = ("happened", "ongoing", "planned", "forecast", "opinion", "background")

# Few days, so that the ends of dates, windows and known days meet, touch and just miss each other.
AUTUMN = [date(2024, 9, 28) + timedelta(days=i) for i in range(8)]
DAYS = [date.min, date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), *AUTUMN, date(2024, 12, 31), date.max]
PARTS = [*(day.isoformat() for day in DAYS), "2024-09", "2024-10", "2024-02", "2023", "2024", "0001", "9999"]


# The words of docs/data.md, "What a cell may hold", taken literally


def first_day(part: str) -> date:
    return date.fromisoformat(f"{part}-01-01"[:10])


def last_day(part: str) -> date:
    year, month, day = [int(number) for number in part.split("-")] + [0] * (2 - part.count("-"))
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Days:
    """The days on which something may have been: a closed interval, None for an open end."""

    first: date | None
    last: date | None


@cache
def days_of(text: str) -> Days | None:
    """Return None for what is not dated."""
    if not text:
        return None
    first, _, last = text.partition("/")
    return Days(None if first == ".." else first_day(first), None if last == ".." else last_day(last or first))


SPANS = [f"{first}/{last}" for first, last in product(PARTS, PARTS) if first_day(first) <= last_day(last)]


def dates() -> st.SearchStrategy[str]:
    """Return any of the five forms, or a blank."""
    part = st.sampled_from(PARTS)
    return st.one_of(
        st.just(""), part, part, st.sampled_from(SPANS), part.map("../{}".format), part.map("{}/..".format)
    )


# The words of docs/map.md, "Time"


def in_the_window(when: Days | None, first: date | None, last: date | None) -> str:
    """Return whether a date is wholly inside, overlaps, is outside, or is not stated."""
    if when is None:
        return "undated"
    wholly_before = first is not None and when.last is not None and when.last < first
    wholly_after = last is not None and when.first is not None and when.first > last
    if wholly_before or wholly_after:
        return "none"
    may_be_earlier = first is not None and (when.first is None or when.first < first)
    may_be_later = last is not None and (when.last is None or when.last > last)
    return "possible" if may_be_earlier or may_be_later else "certain"


def known_on(said: Days | None, day: date | None) -> str:
    """Return whether it had surely been said by a day, may have been, or surely was said later."""
    if day is None:
        return "certain"
    if said is None:
        return "possible"
    if said.first is not None and said.first > day:
        return "none"
    return "certain" if said.last is not None and said.last <= day else "possible"


# The words of docs/data.md, "The columns": where a claim's chain goes, and what a blank reported date reads as


def chain_of(row: Row, sources: dict[str, Row]) -> Iterator[str]:
    """Yield the documents from the one that was read back to the first."""
    at = row["source_id"]
    while at:
        yield at
        parents = [parent for parent in sources[at]["derived_from"].split(";") if parent]
        own = [parent for parent in parents if sources[parent]["publisher"] == row["claimant"]]
        if len(own) > 1:
            own = [parent for parent in own if sources[parent]["published"] == row["reported_date"]]
            at = own[0] if len(own) == 1 else ""
        elif own:
            at = own[0]
        else:
            at = parents[0] if len(parents) == 1 and sources[at]["publisher"] != row["claimant"] else ""


def read_as(row: Row, sources: dict[str, Row]) -> str:
    """Return the reported date, for a blank one that it was said by the day when the first document was out."""
    if row["reported_date"]:
        return row["reported_date"]
    out = [days_of(sources[source_id]["published"]) for source_id in chain_of(row, sources)]
    known = [when.last for when in out if when and when.last]
    return f"../{min(known).isoformat()}" if known else ""


@dataclass(frozen=True)
class Written:
    """A story as somebody wrote it."""

    claims: list[Row]
    sources: list[Row]

    def days(self, clock: str) -> list[Days | None]:
        if clock == EVENT:
            return [days_of(row["event_date"]) for row in self.claims]
        sources = {row["source_id"]: row for row in self.sources}
        return [days_of(read_as(row, sources)) for row in self.claims]

    def answers(self, asked: Selection) -> list[tuple[str, str, str]]:
        """Return verdict, known and place of each claim, as the docs' words have them."""
        found = []
        for row, when, said in zip(self.claims, self.days(asked.clock), self.days(REPORTED), strict=True):
            verdict, known = in_the_window(when, asked.from_, asked.to), known_on(said, asked.known)
            hidden = verdict == "none" or known == "none" or (verdict == "undated" and not asked.undated)
            hidden |= bool(asked.claimant) and asked.claimant != row["claimant"]
            places = f"{row['locations']};{row['origins']};{row['destinations']}".split(";")
            place = SHOWN if set(places) & set(FOUND) else NOT_ON_MAP
            found.append((FILTERED if hidden else verdict, known, FILTERED if hidden else place))
        return found


@st.composite
def stories(draw: st.DrawFn) -> Written:
    def some(values: list[str]) -> st.SearchStrategy[str]:
        return st.lists(st.sampled_from(values), max_size=2, unique=True).map(";".join) if values else st.just("")

    sources: list[Row] = []
    for number in range(draw(st.integers(1, 5))):
        cells = {"publisher": draw(st.sampled_from(CLAIMANTS)), "published": draw(dates())}
        older = [source["source_id"] for source in sources]
        sources.append({"source_id": f"s{number}", **cells, "derived_from": draw(some(older))})
    places = some([*FOUND, *LOST])
    cells = {
        "claimant": st.sampled_from(CLAIMANTS),
        "source_id": st.sampled_from([source["source_id"] for source in sources]),
        "event_date": dates(),
        "reported_date": dates(),
        "modality": st.sampled_from(MOVES),
        "locations": places,
        "origins": places,
        "destinations": places,
    }
    least = draw(st.sampled_from((20, 1)))
    rows = draw(st.lists(st.fixed_dictionaries(cells), min_size=least, max_size=30))
    return Written([claim(f"c{number}", **row) for number, row in enumerate(rows)], sources)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    day = st.none() | st.sampled_from(DAYS)
    first, last = draw(day), draw(day)
    if first and last and last < first:
        first, last = last, first
    asked = {"clock": draw(st.sampled_from(CLOCKS)), "known": draw(day), "undated": draw(st.booleans())}
    return Selection(from_=first, to=last, claimant=draw(st.sampled_from(("", "", CLAIMANTS[0]))), **asked)


QUESTIONS = st.lists(selections(), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Written], Story]:
    folder: Path = tmp_path_factory.mktemp("random")

    def open_one(written: Written) -> Story:
        story = small_story(folder, written.claims, PLACES, written.sources)
        assert len(story.tables.claims) == len(written.claims), story.problems
        return story

    return open_one


def answers(story: Story, asked: Selection) -> list[tuple[str, str, str]]:
    selected = select_claims(story, asked)
    return list(zip(*(selected[name] for name in ("verdict", "known", "place")), strict=True))


def passing(found: list[tuple[str, str, str]]) -> set[int]:
    return {number for number, (verdict, _, _) in enumerate(found) if verdict != FILTERED}


def certain(found: list[tuple[str, str, str]]) -> set[int]:
    return {number for number, (verdict, known, _) in enumerate(found) if verdict == known == "certain"}


@A_FEW
@given(stories(), QUESTIONS)
def test_each_claim_gets_the_answer_that_the_words_give_it(
    opened: Callable[[Written], Story], written: Written, questions: list[Selection]
) -> None:
    story = opened(written)
    for asked in questions:
        assert answers(story, asked) == written.answers(asked), asked


@A_FEW
@given(stories(), QUESTIONS)
def test_every_claim_is_shown_or_filtered_or_not_on_the_map_and_they_add_up(
    opened: Callable[[Written], Story], written: Written, questions: list[Selection]
) -> None:
    story = opened(written)
    for asked in questions:
        selected = select_claims(story, asked)
        total = counts(selected)
        assert list(selected.index) == list(story.tables.claims.index)
        assert Counter(selected["place"]) == {
            name: number
            for name, number in ((SHOWN, total.shown), (FILTERED, total.filtered), (NOT_ON_MAP, total.not_on_map))
            if number
        }
        assert total.shown + total.filtered + total.not_on_map == len(written.claims)
        assert ((selected["verdict"] == FILTERED) == (selected["place"] == FILTERED)).all()


def wider(asked: Selection) -> Iterator[Selection]:
    """Yield windows that begin a day earlier, end a day later, have an open end; and later known days."""
    a_day = timedelta(days=1)
    if asked.from_:
        yield replace(asked, from_=None)
        yield replace(asked, from_=max(asked.from_, date.min + a_day) - a_day)
    if asked.to:
        yield replace(asked, to=None)
        yield replace(asked, to=min(asked.to, date.max - a_day) + a_day)
    if asked.known:
        yield replace(asked, known=None)
        yield replace(asked, known=min(asked.known, date.max - a_day) + a_day)


@A_FEW
@given(stories(), st.lists(selections(), min_size=1, max_size=4))
def test_a_wider_window_and_a_later_known_day_lose_no_claim_and_unsettle_none(
    opened: Callable[[Written], Story], written: Written, questions: list[Selection]
) -> None:
    story = opened(written)
    for asked in questions:
        before = answers(story, asked)
        for more in wider(asked):
            after = answers(story, more)
            assert passing(before) <= passing(after), (asked, more)
            assert certain(before) <= certain(after), (asked, more)


@A_FEW
@given(stories(), QUESTIONS)
def test_the_two_clocks_differ_only_in_the_dates_that_they_read(
    opened: Callable[[Written], Story], written: Written, questions: list[Selection]
) -> None:
    sources = {row["source_id"]: row for row in written.sources}
    happened_when_said = [row | {"event_date": read_as(row, sources)} for row in written.claims]
    by_report = opened(written)
    both = opened(replace(written, claims=happened_when_said))
    for asked in questions:
        said = answers(by_report, replace(asked, clock=REPORTED))
        assert answers(both, replace(asked, clock=EVENT)) == said, asked
        assert answers(both, replace(asked, clock=REPORTED)) == said, asked
