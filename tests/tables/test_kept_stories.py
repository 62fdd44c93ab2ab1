"""What is kept of a large story: the same as what is read, never in the way, and gone when there is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo.tables import folder_files, kept, kept_arrays, read_files, story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tables.conftest import StoryFolder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where stories are kept; every story counts as a large one."""
    monkeypatch.setattr(kept, "default_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(story, "LARGE", 0)
    monkeypatch.setattr(story, "_WORTH_KEEPING_BYTES", 0)
    return tmp_path / "kept"


@pytest.fixture
def spoilt(story: StoryFolder) -> StoryFolder:
    story.add("claims", claim_id="bad", statement="x", claimant="y", source_id="nowhere", modality="happened")
    story.header["claims"].append("own")
    story.set("claims", 2, own="of the file")
    story.write()
    return story


def tables_of(story: StoryFolder, *, keep: bool = True) -> story.Tables:
    return read_files(folder_files(story.folder), keep=keep)


def assert_same(one: story.Tables, other: story.Tables) -> None:
    for table in ("locations", "sources", "claims", "quotations", "changes"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))
    for part in ("problems", "left_out", "ids_with_problems", "title", "description", "licence", "digest"):
        assert getattr(one, part) == getattr(other, part)


def test_a_kept_story_is_the_one_that_was_read(spoilt: StoryFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    read = tables_of(spoilt)
    assert read.problems
    monkeypatch.setattr(story, "_read", lambda files: pytest.fail(f"{files.name} was read again"))
    assert_same(tables_of(spoilt), read)


def test_nothing_is_kept_unless_it_may_be(spoilt: StoryFolder, folder: Path) -> None:
    tables_of(spoilt, keep=False)
    assert not folder.exists()


def test_a_story_under_another_name_is_not_taken_for_it(spoilt: StoryFolder, tmp_path: Path) -> None:
    tables_of(spoilt)
    spoilt.folder = spoilt.folder.rename(tmp_path / "renamed")
    assert tables_of(spoilt).title == "renamed"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"frames": [], "sizes": {}, "rest": {}}', b"\xff"])
def test_an_entry_that_somebody_else_wrote_is_made_anew(spoilt: StoryFolder, folder: Path, content: bytes) -> None:
    read = tables_of(spoilt)
    (rest,) = folder.rglob("rest.json")
    sound = rest.read_bytes()
    rest.write_bytes(content)
    assert_same(tables_of(spoilt), read)
    assert rest.read_bytes() == sound


def test_a_torn_entry_is_made_anew(spoilt: StoryFolder, folder: Path) -> None:
    read = tables_of(spoilt)
    claims = next(folder.rglob("claims.arrow"))
    claims.write_bytes(claims.read_bytes()[:-8])
    assert_same(tables_of(spoilt), read)


def test_a_folder_that_cannot_be_written_is_done_without(spoilt: StoryFolder, folder: Path) -> None:
    folder.write_text("in the way")
    assert_same(tables_of(spoilt), tables_of(spoilt, keep=False))


def test_arrays_are_made_once_and_kept_read_only() -> None:
    made = kept_arrays("0" * 64, "bounds", lambda: {"first": np.arange(3), "last": np.ones(2, "float32")})
    kept_ones = kept_arrays("0" * 64, "bounds", lambda: pytest.fail("made again"))
    assert {name: values.tolist() for name, values in kept_ones.items()} == {
        name: values.tolist() for name, values in made.items()
    }
    with pytest.raises(ValueError, match="read-only"):
        kept_ones["first"][0] = 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda array: array.unlink(),
        lambda array: array.write_bytes(array.read_bytes()[:-1]),
        lambda array: array.write_bytes(b"\0" * array.stat().st_size),
        lambda array: array.with_name("rest.json").write_bytes(b"{"),
    ],
)
def test_arrays_of_which_one_is_broken_are_all_made_anew(folder: Path, spoil: Callable[[Path], object]) -> None:
    made = [{"first": np.arange(3), "last": np.arange(3)}, {"first": np.arange(4), "last": np.arange(4)}]
    for arrays in made:
        kept_ones = kept_arrays("0" * 64, "bounds", lambda arrays=arrays: arrays)
        assert kept_ones["last"].tolist() == arrays["last"].tolist()
        spoil(next(folder.rglob("last.npy")))


def test_the_entries_used_least_recently_go_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_KEPT_BYTES", 20_000)
    for digit in "123":
        kept_arrays(digit * 64, "bounds", lambda: {"first": np.zeros(1_000)})
    assert sorted(entry.name[0] for entry in folder.iterdir()) == ["2", "3"]
