"""The passage that is most like an excerpt, and what is told of the difference."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from geo.near_misses import cuts_word, difference, nearest_passage, visible

TEXT = (
    "The ministry’s spokesman said that “some 1,500 troops” went to Vladivostok by ship. Nobody saw them\narrive. "
    "Министерство сообщило, что рекa широка. 北朝鮮の兵士がロシアに到着した。 북한군이 러시아에 도착했다. "
    "وصل الجنود إلى روسيا. They drank coffee in a\u00a0café."
)
WORDS = st.integers(100, 999).map(lambda number: f"{number}th")


def told(excerpt: str, text: str = TEXT) -> str:
    """Return the difference from the nearest passage, blank where there is none."""
    near = nearest_passage(excerpt, text)
    return difference(excerpt, text[slice(*near)]).words if near else ""


@pytest.mark.parametrize(
    ("excerpt", "words"),
    [
        ("The ministry's spokesman", "The ministry[-'-]{+’+}s spokesman"),
        ('"some 1,500 troops"', '[-"-]{+“+}some 1,500 troops[-"-]{+”+}'),
        ("some 1,500 soldiers” went to", "some 1,500 [-soldiers-]{+troops+}” went to"),
        ("some 1.500 troops” went to", "some [-1.500-]{+1,500+} troops” went to"),
        ("went to Vladivostok by a ship", "went to Vladivostok by [-a -]ship"),
        ("The ministry’s said that", "The ministry’s {+spokesman +}said that"),
        ("Nobody saw them arrive", "Nobody saw them[- -]{+<U+000A>+}arrive"),
        ("что река широка", "что рек[-а-]{+a+} широка"),
        ("兵士がロシアを到着した", "兵士がロシア[-を-]{+に+}到着した"),
        ("북한군은 러시아에 도착했다", "북한군[-은-]{+이+} 러시아에 도착했다"),
        ("وصل الجنود الى روسيا", "وصل الجنود [-ا-]{+إ+}لى روسيا"),
        ("in a café", "in a[- -]{+<U+00A0>+}café"),
        ("cafe\u0301.", "caf[-e\u0301-]{+é+}."),
        ("nobody saw them", "[-nobody-]{+Nobody+} saw them"),
    ],
)
def test_a_near_miss_shows_what_goes_and_what_comes(excerpt: str, words: str) -> None:
    assert told(excerpt) == words


@pytest.mark.parametrize("excerpt", ["a tiger in the tank of a car", "호랑이가 나타났다", "zzz", "…"])
def test_what_is_like_nothing_in_the_text_has_no_passage(excerpt: str) -> None:
    assert nearest_passage(excerpt, TEXT) is None


@pytest.mark.parametrize("text", ["", "x", "x" * 1000, "\u0301", "\n"])
def test_a_text_without_passages_is_no_trouble(text: str) -> None:
    assert nearest_passage("quite another thing", text) is None


@pytest.mark.parametrize(
    ("goes", "comes", "characters"),
    [
        ("it's", "it’s", ("U+0027 ' apostrophe", "U+2019 ’ right single quotation mark")),
        ("a b", "a\u00a0b", ("U+0020 space", "U+00A0 no-break space")),
        ("a b", "a\nb", ("U+0020 space", "U+000A line break")),
        ("река", "рекa", ("U+0430 а cyrillic small letter a", "U+0061 a latin small letter a")),
        ("ab", "a\u200bb", ("U+200B zero width space",)),
        ("a\x1bb", "ab", ("U+001B control character",)),
        ("soldiers", "troops", ()),
        ("a", "b", ()),
    ],
)
def test_characters_that_the_eye_may_miss_are_named(goes: str, comes: str, characters: tuple[str, ...]) -> None:
    assert difference(goes, comes).characters == characters


@pytest.mark.parametrize(
    ("text", "at", "cut"),
    [
        ("troops", 3, True),
        ("a troop", 2, False),
        ("1,500", 2, True),
        ("1,500", 1, True),
        ("in 2024, 500", 7, False),
        ("No. 5", 3, False),
        ("войска", 2, True),
        ("T72", 1, True),
        ("cafe\u0301s", 4, True),
        ("cafe\u0301s", 5, True),
        ("북한군이", 3, False),
        ("兵士が", 2, False),
        ("Putin’s", 5, False),
        ("full-scale", 4, False),
        ("abc", 0, False),
        ("abc", 3, False),
    ],
)
def test_words_and_numbers_have_an_inside(text: str, at: int, cut: bool) -> None:
    assert cuts_word(text, at) is cut


@given(st.lists(WORDS, min_size=12, max_size=40, unique=True), st.data())
def test_no_less_like_passage_is_taken_than_the_one_that_was_spoilt(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 8))
    passage = words[first : first + 8]
    place = data.draw(st.integers(1, 6))
    excerpt = " ".join([*passage[:place], "QQQ", *passage[place + 1 :]])
    text = " ".join(words)
    near = nearest_passage(excerpt, text)
    assert near is not None
    assert fuzz.ratio(excerpt, text[slice(*near)]) >= fuzz.ratio(excerpt, " ".join(passage))


@given(st.text(), st.text())
def test_the_marks_taken_one_way_give_the_excerpt_and_the_other_way_the_passage(excerpt: str, passage: str) -> None:
    assume(not any(mark in excerpt + passage for mark in ("[-", "-]", "{+", "+}")))
    assume(not set("[]{}+-") & set(excerpt + passage))
    words = difference(excerpt, passage).words
    assert words.isprintable()
    pieces = words.replace("[-", "\0-").replace("-]", "\0").replace("{+", "\0+").replace("+}", "\0").split("\0")
    assert "".join(piece.removeprefix("-") for piece in pieces if not piece.startswith("+")) == visible(excerpt)
    assert "".join(piece.removeprefix("+") for piece in pieces if not piece.startswith("-")) == visible(passage)
