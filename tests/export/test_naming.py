"""Names of files, and the whole story as one."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from export.stories import FOLDERS
from hypothesis import given
from hypothesis import strategies as st

from geo.export import file_name, story_archive
from geo.selection import Selection
from geo.story_files import StoryFiles
from geo.tables import folder_files


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("North Korean troops reported in Russia", "north-korean-troops-reported-in-russia.csv"),
        ("Café & Straße: ﬁn", "cafe-strae-fin.csv"),
        ("Владивосток", "story.csv"),
        ("../../etc/passwd\x00", "etc-passwd.csv"),
        ("CON", "story.csv"),
        ("", "story.csv"),
        ("x" * 500, f"{'x' * 60}.csv"),
    ],
)
def test_a_name_is_the_title_in_letters_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, Selection(), ".csv") == name


def test_the_days_that_were_chosen_stand_in_the_name() -> None:
    asked = Selection(from_=date(2024, 10, 8), to=date(2024, 10, 13), known=date(2024, 10, 20))
    name = "a-from-2024-10-08-to-2024-10-13-as-known-on-2024-10-20.kml"
    assert file_name("A", asked, ".kml") == name
    assert file_name("A", Selection(to=date(2024, 10, 13)), ".kml") == "a-to-2024-10-13.kml"


@given(st.text())
def test_no_title_makes_a_name_that_leads_elsewhere(title: str) -> None:
    name = file_name(title, Selection(), ".csv").removesuffix(".csv")
    assert name.isascii()
    assert name.replace("-", "").isalnum()
    assert not name.startswith("-")


def test_the_archive_holds_the_files_byte_for_byte_and_is_the_same_every_time() -> None:
    files = folder_files(FOLDERS["shipped"])
    content = story_archive(files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == dict(files.contents)
    assert story_archive(files) == content


def test_nothing_but_a_story_s_files_gets_into_the_archive() -> None:
    content = story_archive(StoryFiles("x", {"claims.csv": b"a", "../evil": b"b"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["claims.csv"]
