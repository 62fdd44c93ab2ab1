"""What rests on one document alone, and on how many origins, as the tab Sources says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from small_story import claim, pinned, small_story

from geo.selection import Selection
from geo.ui import evidence
from geo.ui.frames import story_frames

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from geo.stories import Story

PLACES = (pinned("chongjin", 41.8, 129.8), pinned("vladivostok", 43.1, 131.9))
SOURCES = (
    {"source_id": "statement", "publisher": "A ministry", "kind": "statement"},
    {"source_id": "paper", "publisher": "A paper", "kind": "article", "derived_from": "statement"},
    {"source_id": "briefing", "publisher": "An army", "kind": "briefing"},
)
MOVE = {"origins": "chongjin", "destinations": "vladivostok", "source_id": "paper"}


def table(story: Story, **selection: str) -> pd.DataFrame:
    frames = story_frames(story)
    return frames.evidence.origins(frames.passing(Selection(**selection))).frame


def alone(story: Story, **selection: str) -> dict[str, list[int]]:
    """Return the claims that rest on each document alone, by the document's id."""
    frames = story_frames(story)
    found, resting = frames.passing(Selection(**selection)), frames.evidence.known(None)
    ids = story.tables.sources["source_id"].to_numpy()[resting.document]
    rows = pd.DataFrame({"claim": resting.claim, "document": ids})[resting.alone & found.passes[resting.claim]]
    return {str(name): part["claim"].tolist() for name, part in rows.groupby("document")}


def test_who_tells_it_is_named_with_the_first_document_where_that_is_not_his_own(tmp_path: Path) -> None:
    claims = [
        claim("own", **MOVE | {"claimant": "A ministry"}),
        claim("quoted", **MOVE | {"claimant": "An expert"}),
        claim("other", **MOVE | {"claimant": "An army", "source_id": "briefing"}),
    ]
    (row,) = table(small_story(tmp_path, claims, PLACES, SOURCES)).itertuples(index=False)
    assert row[1:] == (
        3,
        2,
        "not stated",
        "1: A ministry (statement); An expert, in A ministry (statement) · 2: An army (briefing)",
    )


def test_what_is_told_by_most_accounts_comes_first_and_what_cannot_be_compared_not_at_all(tmp_path: Path) -> None:
    number = {"source_id": "paper", "quantity_min": "5", "quantity_of": "wounded"}
    claims = [
        claim("once", statement="Once.", **MOVE | {"origins": ""}),
        claim("twice", statement="Twice.", **number),
        claim("again", statement="Again.", **number),
        claim("no-number", statement="Nothing to compare.", source_id="paper"),
    ]
    found = table(small_story(tmp_path, claims, PLACES, SOURCES))
    assert found["Claim"].tolist() == ["Twice.", "Once."]


def test_two_accounts_by_two_ways_rest_on_neither_document_alone(tmp_path: Path) -> None:
    claims = [
        claim("sent", **MOVE | {"claimant": "A ministry"}),
        claim("too", **MOVE | {"claimant": "An army", "source_id": "briefing"}),
        claim("else", claimant="An army", source_id="briefing"),
    ]
    story = small_story(tmp_path, claims, PLACES, SOURCES)
    assert alone(story) == {"briefing": [2]}
    assert alone(story, claimant="A ministry") == {}  # hiding the army's account doesn't undo it


def test_rows_that_find_no_room_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_LISTED", 2)
    claims = [claim(f"c{n}", source_id="paper", quantity_min="5", quantity_of=f"thing {n}") for n in range(5)]
    story = small_story(tmp_path, claims, PLACES, SOURCES)
    frames = story_frames(story)
    found = frames.evidence.origins(frames.passing(Selection()))
    assert (len(found.frame), found.left_out) == (2, 3)


def test_no_two_documents_have_one_name_in_the_list_that_is_chosen_from(tmp_path: Path) -> None:
    twins = [{"source_id": name, "publisher": "A paper", "title": "News"} for name in ("first", "second")]
    story = small_story(tmp_path, [claim("sent", source_id="first")], (), twins)
    assert list(story_frames(story).evidence.names.values()) == ["A paper: News (first)", "A paper: News (second)"]
