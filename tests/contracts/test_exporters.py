"""What every exporter in EXPORTERS promises, so that a newcomer inherits these tests."""

from __future__ import annotations

import html
import inspect
import io
import re
import zipfile
from typing import TYPE_CHECKING, get_type_hints

import pytest
from export.stories import FOLDERS, TEXTS, opened, whole
from small_story import claim, pinned, small_story

from geo.export import EXPORTERS, Extract
from geo.outputs import extract
from geo.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from geo.export import Exporter
    from geo.stories import Story


@pytest.fixture(params=EXPORTERS)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return EXPORTERS[request.param]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Return ten claims, each of which says its own name, on ten days."""
    places = [pinned("hill", 1.25, 2.5, uncertainty_km="12.5"), pinned("lake", 3, 4), pinned("unused", 5, 6)]
    sources = [
        {"source_id": "article", "publisher": "The Paper", "title": "On the hill", "url": "https://example.org/hill",
         "archived_url": "https://archive.example/hill", "published": "2024-10-30", "derived_from": "log"},
        {"source_id": "log", "publisher": "The Log"},
        {"source_id": "unread", "publisher": "Nobody reads it"},
    ]  # fmt: skip
    claims = [
        claim(
            f"id-{day}",
            statement=f"Words of day {day}.",
            claimant=f"Claimant {day}",
            event_date=f"2024-10-{day}",
            locations="hill",
            hedge=f"hedge {day}",
            excerpt=f"excerpt {day}",
        )
        for day in range(10, 20)
    ]
    claims[0] |= {"locations": "", "destinations": "lake", "event_date": ""}
    return small_story(tmp_path, claims, places, sources, title="Hill and lake")


def words_of(content: bytes) -> str:
    """Return what a file says, of an archive what all its members say, with its markup and escapes resolved."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return " ".join(html.unescape(html.unescape(content.decode("utf-8"))).split())


def test_it_says_what_it_is(exporter: Exporter) -> None:
    assert re.fullmatch(r"\.[a-z]+", exporter.suffix)
    assert re.fullmatch(r"[a-z]+/[a-z.+-]+", exporter.media_type)
    assert exporter.title
    assert exporter.purpose.endswith(".")
    assert inspect.getdoc(type(exporter))
    assert inspect.getdoc(type(exporter).export)


def test_it_takes_an_extract_and_gives_bytes(exporter: Exporter) -> None:
    assert list(inspect.signature(exporter.export).parameters) == ["extract"]
    hints = get_type_hints(type(exporter).export, {"Extract": Extract})
    assert (hints["extract"], hints["return"]) == (Extract, bytes)


def test_every_claim_of_the_selection_comes_out_and_no_other(exporter: Exporter, story: Story) -> None:
    for asked, days in (
        (Selection(), range(10, 20)),
        (Selection(q="day 13"), [13]),
        (Selection(undated=False), range(11, 20)),
    ):
        told = words_of(exporter.export(extract(story, asked)))
        assert [day for day in range(10, 20) if f"Claimant {day}" in told] == list(days)


def test_sources_with_their_addresses_and_the_chain_come_along(exporter: Exporter, story: Story) -> None:
    told = words_of(exporter.export(extract(story, Selection(claimant="Claimant 13"))))
    said = ("The Paper", "On the hill", "https://example.org/hill", "https://archive.example/hill", "The Log")
    assert [words for words in said if words not in told] == []
    assert "Nobody reads it" not in told


def test_hedge_and_the_source_s_own_words_come_along(exporter: Exporter, story: Story) -> None:
    told = words_of(exporter.export(extract(story, Selection(claimant="Claimant 13"))))
    assert "hedge 13" in told
    assert "excerpt 13" in told


def test_what_is_not_stated_is_said_to_be_so(exporter: Exporter, story: Story) -> None:
    told = words_of(exporter.export(extract(story, Selection(claimant="Claimant 10"))))
    assert "not stated" in told or "doesn't state" in told


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "csv"])  # a flat table has no room for it
def test_what_was_selected_and_what_was_not_is_said(name: str, story: Story) -> None:
    told = words_of(EXPORTERS[name].export(extract(story, Selection(claimant="Claimant 13"))))
    assert "claimed by Claimant 13" in told
    assert "1 of 10 claims: 1 on the map, 0 without a place, 9 filtered out" in told
    assert "Hill and lake" in told


def test_nothing_selected_is_a_file_as_well(exporter: Exporter, story: Story) -> None:
    assert exporter.export(extract(story, Selection(q="nobody says this")))


@pytest.mark.parametrize("name", FOLDERS)
def test_every_story_can_be_exported_and_every_claim_is_in_it(exporter: Exporter, name: str) -> None:
    told = words_of(exporter.export(whole(name)))
    said = {card.claim_id: (card.statement, card.sentence or card.statement) for card in opened(name).cards.all()}
    absent = [claim_id for claim_id, words in said.items() if not any(plain(each) in plain(told) for each in words)]
    assert absent == []


def plain(text: str) -> str:
    """Return a text without quotation marks, which formats write in their own ways."""
    return re.sub("[\\\\\"'\u2018-\u201f]", "", text)


def test_nothing_of_a_hostile_text_is_dropped_in_silence(exporter: Exporter) -> None:
    told = words_of(exporter.export(whole("hostile")))
    words = {word for text in TEXTS for word in re.findall("[a-z]{3,}", words_of(text.encode()))}
    assert [word for word in sorted(words) if word not in told] == []
    assert [sign for sign in ("\x07", r"\x07", r"\u0007") if sign in told]
    assert [sign for sign in ("\uffff", r"\uffff") if sign in told]
