"""A movement's sentence says what its source says, and names what that leaves out."""

from __future__ import annotations

import math
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.card import Response
from geo.schema import BASES, CLAIMS, MODALITIES, STANCES, Kind
from geo.sentences import doubts, movement_sentence
from geo.wording import ASKED_WORDS, SAME_CLAIMANT_WORDS, STANCE_WORDS

if TYPE_CHECKING:
    from datetime import date

BLANK = {Kind.NUMBER: math.nan, Kind.FLAG: False, Kind.LIST: ()}
NAMES = {"a": "Aville", "b": "Beetown", "c": "Ceeport", "d": "Deeburg"}
WAY = "from Aville to Deeburg"
TROOPS = {"quantity_min": 1500.0, "quantity_max": 1500.0, "quantity_unit": "troops"}
THERE = {"origins": ("a",), "destinations": ("d",), "event_date": "2024-10-08"}
ON_THE_DAY = f"{WAY} on 8 October 2024."


def row(**cells: object) -> Any:  # noqa: ANN401 - a row as ``itertuples`` gives it
    blank = {column.name: BLANK.get(column.kind, "") for column in CLAIMS.columns}
    usual = {"claim_id": "c", "statement": "They went.", "claimant": "NIS", "modality": "happened"}
    return SimpleNamespace(**{**blank, **usual, **cells})


def sentence(**cells: object) -> str:
    return movement_sentence(row(**cells), NAMES)


def test_three_origins_and_one_number_are_one_sentence() -> None:
    said = sentence(
        claimant="South Korea's National Intelligence Service",
        statement="The government sent 1,500 troops to Deeburg.",
        **THERE | TROOPS | {"origins": ("a", "b", "c"), "event_date": "2024-10-08/2024-10-13"},
    )
    assert said == (
        "South Korea's National Intelligence Service says that 1,500 troops in total were sent "
        "from Aville, Beetown and Ceeport to Deeburg between 8 and 13 October 2024."
    )


def test_a_claim_that_names_neither_end_is_no_movement() -> None:
    assert sentence(locations=("a",), **TROOPS) == ""


@pytest.mark.parametrize(
    ("modality", "troops", "nothing"),
    [
        ("happened", "1,500 troops were moved", "there was a movement (number not stated)"),
        ("ongoing", "1,500 troops are being moved", "a movement (number not stated) is under way"),
        ("planned", "1,500 troops are to be moved", "a movement (number not stated) is planned"),
        ("forecast", "1,500 troops will be moved", "there will be a movement (number not stated)"),
    ],
)
def test_what_happens_has_its_tense(modality: str, troops: str, nothing: str) -> None:
    assert sentence(modality=modality, **THERE, **TROOPS) == f"NIS says that {troops} {ON_THE_DAY}"
    assert sentence(modality=modality, **THERE) == f"NIS says that {nothing} {ON_THE_DAY}"


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("assessment", "NIS, in an assessment, speaks of a movement"),
        ("opinion", "NIS, in an opinion, speaks of a movement"),
        ("background", "NIS, as background, speaks of a movement"),
        ("verification", "NIS, in words about verification, speaks of a movement"),
        ("request", "NIS, in a request for comment, speaks of a movement"),
    ],
)
def test_what_is_only_spoken_of_has_no_tense_and_stands_in_full(modality: str, words: str) -> None:
    whole = "The claim in full: “They went.”"
    assert sentence(modality=modality, **THERE, **TROOPS) == f"{words} of 1,500 troops {ON_THE_DAY} {whole}"
    assert sentence(modality=modality, **THERE) == f"{words} (number not stated) {ON_THE_DAY} {whole}"


def test_every_modality_has_a_sentence() -> None:
    said = {modality: sentence(modality=modality, **THERE, **TROOPS) for modality in MODALITIES}
    assert len(set(said.values())) == len(MODALITIES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-10-08", " on 8 October 2024."),
        ("2024-10-08/2024-10-08", " on 8 October 2024."),
        ("2024-10", " in October 2024."),
        ("2024", " in 2024."),
        ("2024-10-08/2024-10-13", " between 8 and 13 October 2024."),
        ("2024-09-28/2024-10-03", " between 28 September and 3 October 2024."),
        ("2023-12-30/2024-01-02", " between 30 December 2023 and 2 January 2024."),
        ("2024-08/2024-10", " between August and October 2024."),
        ("2023-12/2024-01", " between December 2023 and January 2024."),
        ("2023/2024", " between 2023 and 2024."),
        ("2024-10/2024-11-03", " between the start of October 2024 and 3 November 2024."),
        ("2024-10-08/2024", " between 8 October 2024 and the end of 2024."),
        ("2024/2024-05", " between the start of 2024 and May 2024."),
        ("2024-10-08/..", " on 8 October 2024 or later."),
        ("2024-10/..", " in October 2024 or later."),
        ("../2024-11-01", " on 1 November 2024 or earlier."),
        ("../2024", " in 2024 or earlier."),
        ("", "; when is not stated."),
    ],
)
def test_a_date_stands_in_full_words(text: str, words: str) -> None:
    assert sentence(**THERE | TROOPS | {"event_date": text}) == f"NIS says that 1,500 troops were moved {WAY}{words}"


def test_a_date_that_we_inferred_says_so() -> None:
    said = sentence(**THERE, **TROOPS, event_date_basis="inferred")
    assert said.endswith("on 8 October 2024 (date inferred by us).")
    assert "inferred" not in sentence(**THERE, **TROOPS, event_date_basis="stated")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"quantity_min": 1e4, "quantity_max": 1e4, "quantity_approximate": True, "quantity_unit": "soldiers"},
         "around 10,000 soldiers were"),
        ({"quantity_min": 40.0, "quantity_max": 60.0, "quantity_unit": "vehicles"}, "between 40 and 60 vehicles were"),
        ({"quantity_min": 40.0, "quantity_max": 60.0, "quantity_approximate": True, "quantity_unit": "vehicles"},
         "around 40 to 60 vehicles were"),
        ({"quantity_min": 500.0, "quantity_unit": "troops"}, "at least 500 troops were"),
        ({"quantity_max": 500.0, "quantity_approximate": True, "quantity_unit": "troops"},
         "at most around 500 troops were"),
        ({"quantity_min": 1.0, "quantity_max": 1.0, "quantity_unit": "ship"}, "1 ship was"),
        ({"quantity_min": 1.0, "quantity_unit": "ship"}, "at least 1 ship was"),
        ({"quantity_min": 1.0, "quantity_max": 2.0, "quantity_unit": "ships"}, "between 1 and 2 ships were"),
        ({"quantity_min": 0.0, "quantity_max": 0.0, "quantity_unit": "ships"}, "0 ships were"),
        ({"quantity_unit": "troops"}, "troops (number not stated) were"),
        ({"quantity_min": 500.0, "quantity_max": 500.0}, "500 (of what is not stated) were"),
        ({"quantity_min": 500.0, "quantity_max": 500.0, "quantity_of": "men so far"}, "500 (men so far) were"),
    ],
)  # fmt: skip
def test_a_number_stands_as_the_source_has_it(cells: dict[str, Any], words: str) -> None:
    assert sentence(**THERE, **cells) == f"NIS says that {words} moved {ON_THE_DAY}"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"origins": ()}, "troops were moved from a place that is not stated to Deeburg on"),
        ({"destinations": ()}, "troops were moved from Aville to a place that is not stated on"),
        ({"destinations": ("c", "d")},
         "troops in total were moved from Aville to Ceeport and Deeburg (how it is split is not stated) on"),
        ({"origins": ("a", "b")}, "troops in total were moved from Aville and Beetown to Deeburg on"),
        ({"mode": "ship"}, "to Deeburg by ship on"),
        ({"mode": "on foot"}, "to Deeburg on foot on"),
        ({"locations": ("b", "c")}, "on 8 October 2024. Also named: Beetown and Ceeport."),
        ({"locations": ("d",)}, "from Aville to Deeburg on 8 October 2024."),
    ],
)  # fmt: skip
def test_places_and_means_are_named_and_missing_ends_said(cells: dict[str, Any], words: str) -> None:
    assert words in sentence(**THERE | TROOPS | cells)
    assert "Also named" not in sentence(**THERE | TROOPS | {"locations": ("d",)})


def test_destinations_share_nothing_where_no_number_is_stated() -> None:
    said = sentence(**THERE | {"destinations": ("c", "d"), "quantity_unit": "troops"})
    assert (
        said
        == "NIS says that troops (number not stated) were moved from Aville to Ceeport and Deeburg on 8 October 2024."
    )


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        ("", "says"), ("outlet", "says"), ("outlets", "say"), ("local officials", "say"), ("sources", "say"),
        ("fishermen", "say"), ("people", "say"), ("officials of a ministry", "say"), ("ministry of officials", "says"),
        ("press", "says"),
        ("news", "says"), ("president's office", "says"), ("think tank, Washington D.C.", "says"),
    ],
)  # fmt: skip
def test_many_claimants_say_and_one_says(kind: str, verb: str) -> None:
    assert f"NIS {verb} that" in sentence(claimant_kind=kind, **THERE, **TROOPS)
    assert f"NIS, in an opinion, {verb.replace('say', 'speak')} of" in sentence(
        claimant_kind=kind, modality="opinion", **THERE
    )


@pytest.mark.parametrize(
    ("cells", "verb"),
    [
        ({"statement": "He SENT them."}, "sent"),
        ({"statement": "They will be deployed."}, "deployed"),
        ({"statement": "They consented."}, "moved"),
        ({"statement": "They were sent, then flown."}, "moved"),
        ({"statement": "They were sent, and sent again."}, "sent"),
        ({"quantity_of": "soldiers evacuated so far"}, "evacuated"),
        ({"statement": "They were flown.", "quantity_of": "soldiers evacuated"}, "flown"),
    ],
)
def test_the_verb_is_the_statements_own_or_a_neutral_one(cells: dict[str, Any], verb: str) -> None:
    assert f"troops were {verb} from" in sentence(**THERE, **TROOPS, **cells)


@pytest.mark.parametrize(
    "statement",
    [
        "No troops were sent.", "They weren't sent.", "They were not sent.", "They may have been sent.",
        "If asked, they were sent.", "It denied that they were sent.", "Were they sent?", "NEVER were they sent.",
    ],
)  # fmt: skip
def test_what_a_statement_negates_or_doubts_is_not_asserted(statement: str) -> None:
    said = sentence(statement=statement, **THERE, **TROOPS)
    assert said == f"NIS speaks of a movement of 1,500 troops {ON_THE_DAY} The claim in full: “{statement}”"
    assert "a planned movement of" in sentence(statement=statement, modality="planned", **THERE, **TROOPS)


def test_a_month_and_a_word_within_a_word_cast_no_doubt() -> None:
    assert "NIS says that" in sentence(statement="In May knots of people were sent north", **THERE, **TROOPS)


@pytest.mark.parametrize(
    ("stance", "words"),
    [
        ("denies", "NIS, denying another claim, speaks of a movement of 1,500 troops from"),
        ("disputes", "NIS, disputing another claim, speaks of a movement of 1,500 troops from"),
        ("unverified", "NIS, calling another claim not verified, speaks of a movement of 1,500 troops from"),
        ("supports", "NIS says that 1,500 troops were moved from"),
    ],
)
def test_a_denial_that_names_places_does_not_become_what_it_denies(stance: str, words: str) -> None:
    assert sentence(stance=stance, responds_to=("x",), **THERE, **TROOPS).startswith(words)


def test_the_sources_hedge_follows_in_its_own_words() -> None:
    assert sentence(hedge="alleged", **THERE, **TROOPS).endswith(f"{ON_THE_DAY} The source's own hedge: “alleged”.")


HOSTILE = (
    "<script>alert(1)</script>", "{{7*7}} ${8*8} {verb} {0} %s", "**b** [x](javascript:1) :red[r]",
    "\u202e\u2066 ' \" ` \\1 \\g<0>", "x" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_as_it_is(text: str) -> None:
    words = dict.fromkeys(("claimant", "quantity_unit", "quantity_of", "mode", "hedge"), text)
    said = movement_sentence(row(**THERE | words), {"a": text, "d": text})
    whole = f"{text} says that {text} (number not stated) were moved from {text} to {text} by {text} on 8 October 2024."
    assert said == f"{whole} The source's own hedge: “{text}”."


def response(stance: str, claimant: str, claim_id: str = "", words: str = "") -> Response:
    return Response(claim_id or claimant, claimant, stance, words or STANCE_WORDS[stance], "It said so.")


def test_the_tail_names_who_denies_and_who_disputes() -> None:
    others = (response("disputes", "C"), response("denies", "A"), response("supports", "D"), response("denies", "B"))
    assert doubts(others) == "Denied by A and B. Disputed by C."
    assert doubts((response("unverified", "A"), response("denies", "B"), response("denies", "B", "again"))) == (
        "Denied by B. Not verified, according to A."
    )
    assert doubts((response("comments_on", "A"), response("consistent_with", "B"))) == ""


def test_the_tail_says_who_may_have_spoken_later_and_who_of_an_own_claim() -> None:
    same = response("disputes", "C", words=f"disputed this {SAME_CLAIMANT_WORDS}")
    told = doubts((response("denies", "A"), response("denies", "B"), same), {"A"})
    assert told == "Denied by A (possibly only later) and B. Disputed by C (the same claimant)."


def test_who_only_asks_denies_nothing() -> None:
    assert doubts((response("denies", "A", words=ASKED_WORDS),)) == ""


def days(day: date) -> str:
    return day.isoformat()


PARTS = st.dates().flatmap(lambda day: st.sampled_from((days(day), days(day)[:7], days(day)[:4])))
DATES = st.one_of(
    st.just(""),
    PARTS,
    PARTS.map("{}/..".format),
    PARTS.map("../{}".format),
    st.tuples(PARTS, PARTS).map(sorted).map("/".join),
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=30)
NUMBERS = st.one_of(st.just(math.nan), st.integers(0, 10**12).map(float), st.decimals(0, 9, places=3).map(float))
ENDS = st.lists(st.sampled_from(sorted(NAMES)), max_size=3, unique=True).map(tuple)
ROWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("statement", "claimant_kind", "hedge", "quantity_unit", "quantity_of", "mode"), TEXT),
        "claimant": TEXT.filter(str.strip),
        "modality": st.sampled_from(MODALITIES),
        "stance": st.sampled_from(("", *STANCES)),
        "event_date": DATES,
        "event_date_basis": st.sampled_from(("", *BASES)),
        "quantity_approximate": st.booleans(),
        **dict.fromkeys(("quantity_min", "quantity_max"), NUMBERS),
        **dict.fromkeys(("locations", "origins", "destinations"), ENDS),
    }
)


@given(ROWS)
def test_every_movement_has_a_sentence_with_its_claimant_its_places_and_no_number_of_ours(
    cells: dict[str, Any],
) -> None:
    said = sentence(**cells)
    assert bool(said) == bool(cells["origins"] or cells["destinations"])
    if not said:
        return
    assert said.startswith(cells["claimant"])
    for column in ("locations", "origins", "destinations"):
        assert all(NAMES[place] in said for place in cells[column])
    assert ("a place that is not stated" in said) == (not (cells["origins"] and cells["destinations"]))
    assert ("; when is not stated." in said) == (not cells["event_date"])
    ends = (cells["quantity_min"], cells["quantity_max"])
    known = {float(number) for number in [*re.findall(r"\d+", cells["event_date"]), *(e for e in ends if e == e)]}
    told = re.findall(r"\d[\d,]*(?:\.\d+)?", said)
    assert {float(number.replace(",", "")) for number in told} <= known
