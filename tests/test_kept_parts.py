"""What follows from a large story is kept with it: the second start makes nothing of it, and finds the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from small_story import BASEMAP, FixedGeocoder, claim, pinned, small_story

from geo import stories
from geo.gazetteer import Resolution, cache
from geo.served_view import ServedView
from geo.stories import Story, open_story
from geo.tables import folder_files, kept

if TYPE_CHECKING:
    from pathlib import Path

MADE = ("chains", "day_bounds", "reported_bounds", "accounts", "rivals", "has_place")
PLACES = [pinned("port", 43, 131), pinned("hill", 44, 132), {"location_id": "lost", "name": "Lost"}]
SOURCES = [
    {"source_id": "statement", "publisher": "A service", "published": "2024-10-18"},
    {"source_id": "article", "publisher": "A paper", "derived_from": "statement"},
]
SENT = {"origins": "port", "destinations": "hill", "quantity_of": "troops", "event_date": "2024-10-08/.."}
CLAIMS = [
    claim("sent", quantity_min="1500", quantity_max="1500", reported_date="2024-10-18", **SENT),
    claim("other", claimant="B", quantity_min="3", quantity_max="3", **SENT),
    claim("denial", claimant="C", responds_to="sent", stance="denies", locations="lost"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a story that counts as a large one."""
    monkeypatch.setattr(kept, "default_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(cache, "default_path", lambda: tmp_path / "answers.sqlite3")
    monkeypatch.setattr(stories, "LARGE", 0)
    (tmp_path / "story").mkdir()
    small_story(tmp_path / "story", CLAIMS, PLACES, SOURCES)
    return tmp_path / "story"


def opened(folder: Path, *, keep: bool = True) -> Story:
    return open_story(folder_files(folder), FixedGeocoder(), keep=keep)


def view_of(story: Story) -> bytes:
    return ServedView(story, BASEMAP, "../", shareable=True).columns


def touch_all(story: Story) -> bytes:
    return view_of(story) + bytes(len(story.cards.all()) + story.placed.sum() + len(story.rests_on))


def assert_same(one: Story, other: Story) -> None:
    assert one.cards.all() == other.cards.all()
    for clock, days in one.bounds.items():
        pd.testing.assert_frame_equal(days, other.bounds[clock])
    for part in ("paths", "rests_on", "placed"):
        pd.testing.assert_series_equal(getattr(one, part), getattr(other, part))
    for position in range(len(CLAIMS)):
        assert one.rivals.of(position) == other.rivals.of(position)
        assert one.rivals.accounts.of(position) == other.rivals.accounts.of(position)
    assert view_of(one) == view_of(other)


def test_a_second_start_makes_nothing_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(folder, keep=False)
    assert touch_all(made) == touch_all(opened(folder))
    for name in MADE:
        monkeypatch.setattr(stories, name, lambda *_, name=name: pytest.fail(f"{name} is made again"))
    found = opened(folder)
    assert found.rivals.of(0) == ((1, "another number"), (2, "denied by"))
    assert_same(found, made)


def test_what_is_kept_of_another_state_of_the_files_is_not_taken(folder: Path) -> None:
    touch_all(opened(folder))
    small_story(folder, CLAIMS[1:2], PLACES, SOURCES)
    assert [card.claim_id for card in opened(folder).cards.all()] == ["other"]


def test_what_depends_on_the_places_is_made_anew_where_they_are_others(folder: Path) -> None:
    story = opened(folder)
    before = touch_all(story)
    moved = stories.with_places(story.tables, _without_the_last_site(story), story.keep)
    assert view_of(moved) != before
    assert np.array_equal(moved.placed, [True, True, False])
    nowhere = stories.with_places(story.tables, _without_the_last_site(moved), story.keep)
    assert not nowhere.placed.any()


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"nothing of ours"])
def test_a_kept_part_that_is_torn_is_made_anew(folder: Path, tmp_path: Path, content: bytes) -> None:
    touch_all(opened(folder))
    torn = list((tmp_path / "kept").rglob("*.npy"))
    assert len(torn) >= len(MADE)
    for path in torn:
        path.write_bytes(content)
    assert_same(opened(folder), opened(folder, keep=False))


def _without_the_last_site(story: Story) -> Resolution:
    return Resolution(story.sites.iloc[:-1], (), {}, {})
