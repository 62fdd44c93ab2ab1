"""The index finds the claims that a plain look through all texts finds, and a search looks in all that is said."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from geo import search_index
from geo.search_index import SearchIndex, haystack, index_arrays
from geo.selection import fold, terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

TEXTS = ("statement", "claimant", "excerpt", "hedge", "note", "quantity_of")
LISTS = ("locations", "origins", "destinations")
BLANK = dict.fromkeys((*TEXTS, "reported_date"), "") | dict.fromkeys(LISTS, ()) | {"source_id": "article"}
SOURCES = pd.DataFrame(
    [
        ("article", "Newsweek", "2024-10-19", ("statement",)),
        ("statement", "The Yonhap\u3000Agency", "2024-10-18", ()),
        ("other", "Substack", "2024-10-18", ()),
    ],
    columns=["source_id", "publisher", "published", "derived_from"],
)
LOCATIONS = pd.DataFrame(
    {
        "location_id": ["chongjin", "kursk"],
        "name": ["Chongjin", "Kursk"],
        "aliases": [("청진", "Seishin"), ()],
    }
)
HARD = (
    *("a", "ab", "Ab", "1,500", "Σ", "ΟΔΟΣ", "ß", "é", "e\u0301", "\u0301", "İ", "ﬁ", "й", "한국", "\u00a8", "\0"),
    *(" ", "  ", "\n", "\t", "\r\n", "\x0b", "\x1c", "\x1f", "\x85", "\u00a0", "\u2003", "\u2028", "\u3000"),
    *("\u200b", "\u180e", "\ufeff"),  # no white space, whatever they look like
)
WRITTEN = st.lists(st.sampled_from(HARD), max_size=8).map("".join) | st.text(max_size=8)
CLAIMS = st.fixed_dictionaries(
    {
        "statement": WRITTEN,
        "note": WRITTEN,
        "source_id": st.sampled_from(("article", "other")),
        "locations": st.sampled_from(((), ("chongjin",), ("kursk", "chongjin"))),
        "origins": st.sampled_from(((), ("kursk",))),
    }
)


def table(*claims: dict[str, object]) -> pd.DataFrame:
    """Return claims that are blank but for the cells given."""
    frame = pd.DataFrame([BLANK | cells for cells in claims], columns=list(BLANK), index=range(2, 2 + len(claims)))
    return frame.astype(dict.fromkeys((*TEXTS, "reported_date", "source_id"), "str"))


def found_by_index(claims: pd.DataFrame, words: str) -> list[bool]:
    index = SearchIndex(index_arrays(claims, SOURCES, LOCATIONS), len(claims))
    return index.matches(terms(words)).tolist()


def found_by_looking(claims: pd.DataFrame, words: str) -> list[bool]:
    """Return the same by the longest way: every text is put together, folded and looked through."""
    publishers = {"article": ("Newsweek", "The Yonhap\u3000Agency"), "other": ("Substack",)}
    spellings = {"chongjin": ("Chongjin", "청진", "Seishin"), "kursk": ("Kursk",)}
    found = []
    for _, claim in claims.iterrows():
        places = [word for name in LISTS for place in claim[name] for word in spellings[place]]
        text = fold("\n".join([*(claim[name] for name in TEXTS), *publishers[claim["source_id"]], *places]))
        found.append(all(term in text for term in fold(words).split()))
    return found


@given(
    st.lists(CLAIMS, max_size=6), WRITTEN | st.sampled_from(("news week", "HAP agency", "청 shin", "kursk", "stack"))
)
def test_the_index_finds_what_a_look_through_all_texts_finds(claims: Sequence[dict[str, object]], words: str) -> None:
    frame = table(*claims)
    found = found_by_index(frame, words)
    assert found == found_by_looking(frame, words)
    assert found == [all(term in text for term in terms(words)) for text in haystack(frame, SOURCES, LOCATIONS)]


@given(st.lists(WRITTEN, min_size=1, max_size=6), st.data())
def test_every_part_of_what_is_written_finds_it(statements: Sequence[str], data: st.DataObject) -> None:
    claim = data.draw(st.integers(0, len(statements) - 1))
    folded = fold(statements[claim])
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(folded))] * 2)))
    frame = table(*({"statement": statement} for statement in statements))
    index = SearchIndex(index_arrays(frame, SOURCES, LOCATIONS), len(frame))
    assert index.matches(folded[start:end].split())[claim]


def test_words_end_where_the_words_of_a_query_end() -> None:
    chars = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    split = pc.utf8_split_whitespace(pa.array([f"a{char}b" for char in chars]))
    parts = pc.list_value_length(split).to_numpy()
    assert [char for char, many in zip(chars, parts, strict=True) if many > 1] == [
        char for char in chars if len(f"a{char}b".split()) > 1
    ]


def test_texts_that_are_folded_in_several_lots_keep_their_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_AT_ONCE", 2)
    claims = table(*({"statement": f"number {i}\nof\nmany"} for i in range(7)))
    for i in range(7):
        assert found_by_index(claims, f"number {i}") == [other == i for other in range(7)]


def test_a_story_without_claims_is_searched_in_vain() -> None:
    assert found_by_index(table(), "kursk") == []
    assert haystack(table(), SOURCES, LOCATIONS).empty


def test_a_search_for_nothing_finds_all_and_no_term_is_a_pattern() -> None:
    claims = table({"statement": "50% of .*"}, {"statement": "none"})
    assert found_by_index(claims, " \x1f ") == [True, True]
    assert found_by_index(claims, ".*") == [True, False]
    assert found_by_index(claims, "n.ne") == [False, False]


def test_a_search_looks_in_all_that_is_said_and_in_every_spelling_of_the_places() -> None:
    cells = {
        "statement": "Ünits", "claimant": "NIS", "excerpt": "So it says", "hedge": "Alleged", "note": "Noted",
        "quantity_of": "Being trained", "locations": ("kursk",), "origins": ("chongjin",), "destinations": ("kursk",),
    }  # fmt: skip
    claims = table(cells, {"claimant": "Budanov"})
    found, other = haystack(claims, SOURCES, LOCATIONS)
    for words in (
        "units",
        "nis",
        "so it says",
        "alleged",
        "noted",
        "being trained",
        "kursk",
        "chongjin",
        "청진",
        "seishin",
    ):
        assert fold(words) in found
        assert found_by_index(claims, words) == [True, False]
    assert "kursk" not in other
    for publisher in ("newsweek", "yonhap"):
        assert found_by_index(claims, publisher) == [True, True]


def test_no_word_is_found_across_two_fields() -> None:
    claims = table({"statement": "abc", "claimant": "def", "locations": ("chongjin", "kursk")})
    (found,) = haystack(claims, SOURCES, LOCATIONS)
    assert "abcdef" not in found
    for words in ("abcdef", "chongjinkursk", "seishinkursk", "chongjin청진"):
        assert found_by_index(claims, words) == [False]
