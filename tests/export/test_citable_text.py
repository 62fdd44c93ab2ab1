"""The citable text: sentences with footnotes, what isn't stated included, and no line that a story could forge."""

from __future__ import annotations

import re
from datetime import date

from export.stories import TEXTS, opened, whole

from geo.export import EXPORTERS
from geo.outputs import extract
from geo.selection import Selection


def text(name: str, selection: Selection | None = None) -> str:
    return EXPORTERS["text"].export(extract(opened(name), selection or Selection())).decode()


def paragraphs(told: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in told.split("\n\n")]


def test_a_movement_is_its_sentence_with_hedge_numbers_and_what_is_not_stated() -> None:
    told = " ".join(paragraphs(text("shipped")))
    assert (
        "Kyrylo Budanov says that 2,600 soldiers are to be deployed from a place that is not stated to Kursk Oblast; "
        "when is not stated. The source's own hedge: “alleged”. Said: by 19 Oct 2024 at the latest (from the dates of "
        "the documents it stands in). In the source's own words: “alleged that the first group"
    ) in told


def test_another_claim_says_how_it_is_asserted_when_said_and_where() -> None:
    told = " ".join(paragraphs(text("shipped")))
    assert (
        "Ukrainian outlets: North Korean personnel stood in line to get equipment at the Sergeevsky training ground. "
        "(Reported as happened; when: not stated; said: 18 Oct 2024 (inferred by us); where: Sergeevsky.) "
        "The source's own hedge: “purports to show”."
    ) in told
    assert "Newsweek said this had not been verified: The video has not been independently verified." in told


def test_every_claim_ends_with_its_footnote_and_claims_of_one_chain_share_it() -> None:
    told = paragraphs(text("pacific"))
    at = told.index("Sources -------")
    claims, notes = told[3:at], told[at + 1 :]
    assert all(re.search(r"\[\d\]$", claim) for claim in claims)
    assert len(claims) == 15
    assert notes == [
        "[1] A paper, “Ships” (article), 9 Oct 2024, https://example.org/a?b=1&c=2, archived copy: "
        "https://archive.example/a. Which has it from: A wire, title not stated, Oct 2024, address not stated."
    ]


def test_the_head_says_what_was_selected_and_whom_to_credit() -> None:
    asked = Selection(from_=date(2024, 10, 8), to=date(2024, 10, 10))
    told = paragraphs(text("shipped", asked))
    assert told[0].startswith("North Korean troops reported in Russia ====")
    assert told[2].startswith("Selection: happened from 8 Oct 2024 to 10 Oct 2024. 29 of 32 claims: 5 on the map")
    assert "Coordinates: GeoNames (geonames.org), CC BY 4.0." in told
    assert "In this selection: possibly." in " ".join(told)
    assert "In this selection" not in text("shipped")


def test_it_is_the_same_every_time_and_holds_no_day_of_its_own() -> None:
    assert text("shipped") == text("shipped")
    assert set(re.findall(r"20[2-9]\d", text("shipped"))) == {"2024"}


def test_line_breaks_and_control_characters_of_a_story_make_no_lines_and_turn_no_words() -> None:
    told = EXPORTERS["text"].export(whole("hostile")).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    assert "bell\\x07 escape\\x1b[31m del\\x7f" in " ".join(told.split())
    assert told.count("\n[") == told.count("\n\n["), "a footnote begins a paragraph, and nothing else looks like one"
    assert "line one line two [9] of them" in " ".join(told.split())
    assert TEXTS[-1].strip() in " ".join(told.split())
