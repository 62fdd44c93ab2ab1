"""What is kept from one run of the page to the next, and when it is made anew."""

from __future__ import annotations

import base64
import gc
import gzip
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from small_story import FixedGeocoder, claim, small_story, unpacked
from streamlit.testing.v1 import AppTest
from ui.reading import ROOT

from geo.errors import DatasetError
from geo.tables import folder_files
from geo.ui.caching import cached_story, page_assets
from geo.ui.draft import Draft

if TYPE_CHECKING:
    from pathlib import Path

from geo.ui.caching import OpenStory


def opened(folder: Path) -> OpenStory:
    return cached_story(folder_files(folder), FixedGeocoder(), "basemap.json", st.container())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small_story(tmp_path, [claim("sent")])
    return tmp_path


def test_a_story_is_opened_once_as_long_as_its_files_are_the_same(folder: Path) -> None:
    first = opened(folder)
    (folder / "claims.csv").write_bytes((folder / "claims.csv").read_bytes())
    assert opened(folder) is first


@pytest.mark.parametrize("file", ["claims.csv", "sources.csv", "locations.csv", "quotations.csv", "datapackage.json"])
def test_a_story_is_opened_again_when_a_byte_of_it_changes(folder: Path, file: str) -> None:
    (folder / "datapackage.json").write_text('{"title": "One"}')
    first = opened(folder)
    with (folder / file).open("ab") as changed:
        changed.write(b"\n")
    second = opened(folder)
    assert second is not first
    assert second.story.tables.digest != first.story.tables.digest


def test_a_table_that_goes_missing_is_noticed_and_its_return_too(folder: Path) -> None:
    first = opened(folder)
    sources = (folder / "sources.csv").read_bytes()
    (folder / "sources.csv").unlink()
    assert [p.reason for p in opened(folder).story.problems if p.file == "sources.csv"] == ["the file is missing"]
    (folder / "sources.csv").write_bytes(sources)
    assert opened(folder) is first


def test_a_story_whose_claims_go_missing_is_an_error_each_time_and_opens_when_they_are_back(folder: Path) -> None:
    claims = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").unlink()
    for _ in range(2):
        with pytest.raises(DatasetError, match=r"claims\.csv: the file is missing"):
            opened(folder)
    (folder / "claims.csv").write_bytes(claims)
    assert len(opened(folder).story.cards) == 1


def test_what_is_kept_for_good_is_not_searched_for_garbage(folder: Path) -> None:
    gc.unfreeze()
    opened(folder)
    assert gc.get_freeze_count() > 0


def test_the_files_of_the_page_are_made_once_and_are_all_there() -> None:
    assets = page_assets()
    assert page_assets() is assets
    for address in (assets.script, assets.style, assets.basemap):
        assert address.startswith("../../story_view/")


def test_of_a_readers_own_copy_the_story_view_knows_that_no_link_leads_to_it(folder: Path) -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.session_state["draft"] = Draft(folder_files(folder))
    page.run()
    _, own = page.session_state["own story"]
    assert [decoded(each.payload)["shareable"] for each in (own, opened(folder))] == [False, True]


def decoded(payload: str) -> dict[str, Any]:
    return unpacked(gzip.decompress(base64.b64decode(payload)))[0]
