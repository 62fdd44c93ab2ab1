"""A big story as a folder: each claim, arrow and site is in one file beside the page, by the numbers of its view."""

from __future__ import annotations

import base64
import gzip
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story, unpacked

from geo import outputs, story_parts
from geo.maps import arrow_words
from geo.numbered_view import NumberedView
from geo.outputs import publish
from geo.search_index import haystack
from geo.stories import map_payload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.stories import Story

HOSTILE = "</script><script>alert(1)</script><!-- \"'`\\ {{7*7}} \u2028 \u202e 청진"
PLACES = [pinned("port", 43, 131), pinned("hill", 44, 132), pinned("cape", 45, 133)]
SOURCES = [{"source_id": "article"}, {"source_id": "letter"}]
SENT = {"origins": "port", "destinations": "hill", "quantity_unit": "troops"}
COUNT = 25


def claims() -> Iterator[dict[str, str]]:
    for i in range(COUNT):
        what = SENT if i % 5 == 0 else {"locations": "cape"}
        read_in = "letter" if i < 10 else "article"
        said = {"statement": f"{HOSTILE} {i}", "source_id": read_in, "event_date": f"2024-10-{28 - i:02}"}
        yield claim(f"c{i}", **said, **what)
    yield claim("denial", responds_to="c5", stance="denies")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return small_story(tmp_path, list(claims()), PLACES, SOURCES, title=HOSTILE)


@pytest.fixture
def files(story: Story, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(outputs, "MOST_INSIDE", COUNT)
    for name, size in {"TEXTS": 4, "ARROWS": 2, "SITES": 2, "SEARCH": 10}.items():
        monkeypatch.setattr(story_parts, name, size)
    return dict(publish(story))


def header_of(files: dict[str, str]) -> dict[str, Any]:
    [data] = [text for name, text in files.items() if name.startswith("data-")]
    return unpacked(gzip.decompress(base64.b64decode(data.split('"')[1])))[0]


def held(files: dict[str, str], kind: str) -> list[Any]:
    """Return what each file of a kind holds, in their order."""
    parts = header_of(files)["beside"]["parts"][kind]
    return [json.loads(gzip.decompress(base64.b64decode(files[name].split('"')[1]))) for name in parts["files"]]


def test_every_claim_is_in_one_file_and_neighbours_in_time_are_in_the_same(files: dict[str, str], story: Story) -> None:
    ids = header_of(files)["beside"]["ids"]
    assert ids == [f"c{i}" for i in reversed(range(COUNT))] + ["denial"]
    texts = held(files, "texts")
    assert [len(part["cards"]) for part in texts] == [4, 4, 4, 4, 4, 4, 2]
    assert [card["claim_id"] for part in texts for card in part["cards"]] == ids
    assert texts[4]["numbers"] == {"denial": COUNT}
    assert [len(part) for part in held(files, "search")] == [10, 10, 6]
    haystacks = [text for part in held(files, "search") for text in part]
    tables = story.tables
    whole = haystack(tables.claims, tables.sources, tables.locations)
    assert haystacks == whole.iloc[[*reversed(range(COUNT)), COUNT]].tolist()


def test_words_of_sites_and_arrows_are_in_one_file_each(files: dict[str, str], story: Story) -> None:
    assert [[site["id"] for site in part] for part in held(files, "sites")] == [["port", "hill"], ["cape"]]
    assert header_of(files)["beside"]["sites"] == ["port", "hill", "cape"]
    placed = {"port", "hill", "cape"}
    cards = {card.claim_id: card for card in story.cards.all()}
    moved = [arrow_words(cards[f"c{i}"], placed) for i in (20, 15, 10, 5, 0)]
    assert [len(part) for part in held(files, "arrows")] == [2, 2, 1]
    assert [words for part in held(files, "arrows") for words in part] == moved


def test_what_stands_together_is_told_by_the_numbers_of_the_claims(files: dict[str, str], story: Story) -> None:
    [standing] = held(files, "standing")
    whole = unpacked(gzip.decompress(base64.b64decode(map_payload(story, ""))))[0]["inside"]
    ids = header_of(files)["beside"]["ids"]
    number = {row: ids.index(claim_id) for row, claim_id in enumerate(whole["ids"])}
    rows = whole["standing"]
    for row, at in number.items():
        assert standing["doubts"][at] == [number[other] for other in rows["doubts"][row]]
        assert standing["groups"][at] == rows["groups"][row]
        assert standing["rests_on"][at] == rows["rests_on"][row]
    assert [[number[row] for row in group["claims"]] for group in rows["accounts"]] == [
        group["claims"] for group in standing["accounts"]
    ]
    assert standing["doubts"][ids.index("c5")] == [ids.index("denial")]
    assert standing["accounts"]


def test_every_file_is_named_by_one_that_comes_after_it_and_the_page_is_the_last(files: dict[str, str]) -> None:
    *beside, data, page = files
    named = [name for parts in header_of(files)["beside"]["parts"].values() for name in parts["files"]]
    assert sorted(named) == sorted(beside)
    assert f'src="{data}"' in files[page]
    assert page == "index.html"
    assert all(re.fullmatch(r"[a-z]+-\d{4}-[0-9a-f]{12}\.js", name) for name in beside)


def test_no_text_of_the_story_is_more_than_letters_of_base64(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name != "index.html":
            assert re.fullmatch(r'window\.storyData = "[A-Za-z0-9+/=]+";\n', text), name
    assert "<script>alert" not in files["index.html"]


def test_files_are_made_when_their_turn_comes(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    cards = NumberedView.cards
    monkeypatch.setattr(story_parts, "TEXTS", 4)
    monkeypatch.setattr(outputs, "MOST_INSIDE", COUNT)

    def noted(view: NumberedView, numbers: Sequence[int]) -> bytes:
        asked.append(len(numbers))
        return cards(view, numbers)

    monkeypatch.setattr(NumberedView, "cards", noted)
    made = publish(story)
    assert asked == []
    next(made)
    assert asked == [4]
    next(made)
    assert asked == [4, 4]


def test_the_same_story_gives_the_same_files(story: Story, files: dict[str, str]) -> None:
    assert dict(publish(story)) == files


def test_a_story_without_places_has_no_file_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "MOST_INSIDE", 0)
    files = dict(publish(small_story(tmp_path, [claim("c")])))
    assert {name.split("-")[0] for name in files} == {"texts", "search", "standing", "data", "index.html"}
