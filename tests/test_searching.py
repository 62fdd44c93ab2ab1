"""The index of a search is made once, kept where it may be, and never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_story import FixedGeocoder, claim, small_story

from geo import stories
from geo.gazetteer import cache
from geo.stories import open_story, search
from geo.tables import folder_files, kept

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where stories are kept; every story counts as a large one."""
    monkeypatch.setattr(kept, "default_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(cache, "default_path", lambda: tmp_path / "answers.sqlite3")
    monkeypatch.setattr(stories, "LARGE", 0)
    return tmp_path / "kept"


@pytest.fixture
def story_folder(tmp_path: Path) -> Path:
    (tmp_path / "story").mkdir()
    small_story(tmp_path / "story", [claim("a", statement="Troops went."), claim("b", statement="No one went.")])
    return tmp_path / "story"


def found(folder: Path, words: str, *, keep: bool = True) -> list[bool]:
    return search(open_story(folder_files(folder), FixedGeocoder(), keep=keep), words).tolist()


def test_a_kept_index_is_used_again(story_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(story_folder, "TROOPS") == [True, False]
    monkeypatch.setattr(stories, "index_arrays", lambda *_: pytest.fail("made again"))
    assert found(story_folder, "oops went") == [True, False]
    assert found(story_folder, "went") == [True, True]


@pytest.mark.parametrize("array", ["letters", "word_starts", "rows", "row_starts"])
def test_a_broken_index_is_made_anew(story_folder: Path, folder: Path, array: str) -> None:
    assert found(story_folder, "one") == [False, True]
    (broken,) = folder.rglob(f"{array}.npy")
    sound = broken.read_bytes()
    broken.write_bytes(sound[:-1])
    assert found(story_folder, "one") == [False, True]
    assert next(folder.rglob(f"{array}.npy")).read_bytes() == sound


def test_the_index_of_another_story_is_not_taken_for_it(story_folder: Path) -> None:
    assert found(story_folder, "troops") == [True, False]
    small_story(story_folder, [claim("a", statement="No one went."), claim("b", statement="Troops went.")])
    assert found(story_folder, "troops") == [False, True]


def test_no_index_is_kept_unless_it_may_be_and_none_of_a_small_story(
    story_folder: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(story_folder, "troops", keep=False) == [True, False]
    monkeypatch.setattr(stories, "LARGE", 2)
    assert found(story_folder, "troops") == [True, False]
    assert not folder.exists()


def test_nothing_is_made_before_something_is_searched(story_folder: Path, folder: Path) -> None:
    open_story(folder_files(story_folder), FixedGeocoder(), keep=True)
    assert not folder.exists()
