"""Excerpts looked up in a text to the character, and what of the text stands in none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.quotations import FOUND, NEAR_MISS, NOT_CHECKED, NOT_FOUND, Gap, Quotation, check_quotations, sentence_gaps

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS = {
    "en": "The Washington D.C.-based group told the U.S. and NATO. “It is so,” he wrote. North [Korean] troops came.",
    "ru": "Войска прибыли в Уссурийск. «Это так», — сказал он. Что дальше?",
    "ko": "북한군이 러시아에 도착했다. 국정원은 18일 발표했다. 그뿐이다.",
    "ja": "北朝鮮の兵士がロシアに到着した。国情院は発表した。以上である。",
    "ar": "وصل الجنود إلى روسيا. هل هذا صحيح؟ نعم يا سيدي.",
    "hi": "सैनिक रूस पहुँचे। क्या यह सच है? हाँ।",
}
THREE = "One man stood on the hill. Two men sat below it, and all of them waited. Three went."


def claims(*excerpts: str, source_id: str = "s") -> pd.DataFrame:
    rows = [{"claim_id": f"c{i}", "source_id": source_id, "excerpt": excerpt} for i, excerpt in enumerate(excerpts)]
    return pd.DataFrame(rows, columns=["claim_id", "source_id", "excerpt"]).set_axis(range(2, 2 + len(rows)))


def looked_up(excerpt: str, text: str) -> Quotation:
    (found,) = check_quotations(claims(excerpt), {"s": text})
    return found


def gaps(text: str, *excerpts: str, language: str = "en") -> list[tuple[str, bool]]:
    found = check_quotations(claims(*excerpts), {"s": text})
    return [(gap.words, gap.is_whole) for gap in sentence_gaps(found, {"s": text}, {"s": language})[0]]


@pytest.mark.parametrize(
    ("language", "excerpt"),
    [
        ("en", "Washington D.C.-based group told the U.S. and NATO"),
        ("en", "“It is so,”"),
        ("en", "North [Korean] troops"),
        ("ru", "«Это так», — сказал он"),
        ("ko", "북한군이 러시아에"),
        ("ko", "북한군"),
        ("ja", "ロシアに到着した"),
        ("ar", "هل هذا صحيح؟"),
        ("hi", "क्या यह सच है"),
    ],
)
def test_an_excerpt_that_stands_in_the_text_is_found_in_any_script(language: str, excerpt: str) -> None:
    text = SCRIPTS[language]
    found = looked_up(excerpt, text)
    assert (found.verdict, found.starts, found.lines) == (FOUND, (text.index(excerpt),), (1,))


def test_an_excerpt_that_stands_there_more_than_once_is_found_with_every_line() -> None:
    found = looked_up("red line", "A red line.\nNo\nred line, no\nblue line; red line red line")
    assert (found.verdict, found.lines) == (FOUND, (1, 3, 4, 4))


def test_an_excerpt_across_a_line_break_has_the_break_or_is_a_near_miss() -> None:
    text = "They were sent\nby ship."
    assert looked_up("sent\nby", text).verdict == FOUND
    near = looked_up("were sent by ship", text)
    assert (near.verdict, near.passage) == (NEAR_MISS, "were sent\nby ship")


@pytest.mark.parametrize(
    ("excerpt", "text", "difference"),
    [
        ("500 troops", "some 1,500 troops", "[-500-]{+1,500+} troops"),
        ("1,500 troop", "some 1,500 troops", "1,500 [-troop-]{+troops+}"),
        ("оенные пришли", "военные пришли", "{+в+}оенные пришли"),
    ],
)
def test_a_word_or_number_cut_at_an_end_is_a_near_miss(excerpt: str, text: str, difference: str) -> None:
    assert excerpt in text
    found = looked_up(excerpt, text)
    assert (found.verdict, found.difference) == (NEAR_MISS, difference)


def test_an_excerpt_is_found_where_it_stands_by_itself_whatever_else_has_its_letters() -> None:
    assert looked_up("art", "partly art").starts == (7,)
    assert looked_up("a a", "xa a a").starts == (3,)


def test_a_near_miss_says_where_the_passage_stands_and_names_what_looks_alike() -> None:
    near = looked_up("the ministry's word", "No.\n\nIt was the ministry’s word.")
    assert (near.verdict, near.lines, near.passage) == (NEAR_MISS, (3,), "the ministry’s word")
    assert near.difference == "the ministry[-'-]{+’+}s word"
    assert near.characters == ("U+0027 ' apostrophe", "U+2019 ’ right single quotation mark")


def test_what_stands_nowhere_is_not_found_and_a_source_without_a_text_not_checked() -> None:
    table = pd.concat([claims("a tiger in a tank"), claims("One man", source_id="other")])
    verdicts = [(found.row, found.verdict) for found in check_quotations(table, {"s": THREE})]
    assert verdicts == [(2, NOT_FOUND), (2, NOT_CHECKED)]


def test_claims_without_an_excerpt_are_passed_over() -> None:
    assert [found.claim_id for found in check_quotations(claims("", "Three went", ""), {"s": THREE})] == ["c1"]


def test_a_sentence_in_no_excerpt_is_told_whole_and_of_one_partly_covered_the_rest() -> None:
    assert gaps(THREE, "One man stood on the hill", "Two men sat below it") == [
        (", and all of them waited.", False),
        ("Three went.", True),
    ]


def test_a_rest_of_a_few_words_is_not_told() -> None:
    assert gaps("One man stood on the hill.", "man stood") == []
    assert gaps("One man stood on the high hill.", "One man") == [("stood on the high hill.", False)]


def test_a_rest_counts_in_a_script_without_blanks_too() -> None:
    text = "北朝鮮の兵士がロシアの極東にある沿海地方の軍事施設に到着した。"
    assert gaps(text, "北朝鮮の兵士", language="ja") == [(text.removeprefix("北朝鮮の兵士"), False)]


def test_only_an_excerpt_that_was_found_covers_anything() -> None:
    assert gaps(THREE, "One woman stood on the hill")[0][0] == "One man stood on the hill."


def test_an_excerpt_covers_every_place_where_it_stands_and_sentences_that_it_spans() -> None:
    assert gaps("He went. She went. They stayed here.", "went", "stayed") == []
    assert gaps("He went off. She went too.", "off. She") == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_sentences_are_told_apart_in_each_language(language: str) -> None:
    text = SCRIPTS[language]
    found, numbers = sentence_gaps((), {"s": text}, {"s": language})
    assert numbers == {"s": 3}
    assert "".join("".join(gap.words.split()) for gap in found) == "".join(text.split())


def test_gaps_name_their_lines_and_what_holds_no_letter_is_no_sentence() -> None:
    text = "First one.\n\n* * *\n\n  Second one.\nThird\none, on two lines."
    found, numbers = sentence_gaps((), {"s": text}, {"s": ""})
    assert found == (
        Gap("s", 1, "First one.", is_whole=True),
        Gap("s", 5, "Second one.", is_whole=True),
        Gap("s", 6, "Third\none, on two lines.", is_whole=True),
    )
    assert numbers == {"s": 3}


def test_each_text_has_its_own_gaps() -> None:
    texts: Mapping[str, str] = {"s": "He went.", "t": "He went."}
    found, _ = sentence_gaps(check_quotations(claims("He went"), texts), texts, dict.fromkeys(texts, "en"))
    assert [gap.source_id for gap in found] == ["t"]


LETTERS = st.text(st.sampled_from("ab. ,“’\n1é北и\u00a0"), max_size=80)


@given(LETTERS, st.data())
def test_found_means_that_the_text_has_these_very_characters_there(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    excerpt = text[start : data.draw(st.integers(start, len(text)))].strip()
    assume(excerpt)
    found = looked_up(excerpt, text)
    assert found.verdict in (FOUND, NEAR_MISS, NOT_FOUND)
    assert (found.verdict == FOUND) <= (excerpt in text)
    if found.verdict == FOUND:
        assert all(text.startswith(excerpt, at) for at in found.starts)
    for at, line in zip(found.starts, found.lines, strict=True):
        assert text.split("\n")[line - 1 :] == text[text.rfind("\n", 0, at) + 1 :].split("\n")
    if found.verdict == NEAR_MISS:
        assert text.startswith(found.passage, found.starts[0])


@given(st.text(max_size=200), st.sampled_from([*SCRIPTS, "", "xx"]))
def test_without_an_excerpt_the_whole_text_is_told(text: str, language: str) -> None:
    found, numbers = sentence_gaps((), {"s": text}, {"s": language})
    assert numbers["s"] == len(found)
    letters = [c for c in text if c.isalnum()]
    assert [c for gap in found for c in gap.words if c.isalnum()] == letters


def test_a_long_text_is_searched_whole() -> None:
    sentence = (
        "On day {0} the {0}th group of soldiers was seen at the camp’s gate, said the ministry’s {0}th spokesman. "
    )
    text = "".join(sentence.format(number) for number in range(2_000))
    assert len(text) > 200_000
    wanted = [f"the {number}th group of soldiers was seen" for number in range(0, 2_000, 20)]
    missed = [
        f"day {number} the {number}th group of soldiers were seen at the camp's gate" for number in range(0, 2_000, 20)
    ]
    found = check_quotations(claims(*wanted, *missed), {"s": text})
    assert [each.verdict for each in found] == [FOUND] * 100 + [NEAR_MISS] * 100


def test_the_language_tells_an_ordinal_or_an_abbreviation_from_the_end_of_a_sentence() -> None:
    text = "Er kam am 8. Oktober an. So ist es."
    assert sentence_gaps((), {"s": text}, {"s": "de"})[1] == {"s": 2}
    assert sentence_gaps((), {"s": text}, {"s": ""})[1] == {"s": 3}
