"""The tab Download in a real browser: each file is downloaded and opened."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.facts import STORY
from openpyxl import load_workbook
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from playwright.sync_api import Download, Locator, Page

pytestmark = pytest.mark.app_only

ASKED = {"from": "2024-10-08", "to": "2024-10-13", "claimant": "Kyrylo Budanov"}
NAME = "north-korean-troops-reported-in-russia"
DAYS = "-from-2024-10-08-to-2024-10-13"


@pytest.fixture
def tab(atlas: AtlasPage) -> AtlasPage:
    """Return the page with the tab open on two claims, of which one has no place."""
    atlas.show(**ASKED)
    atlas.page.get_by_role("tab", name="Download").click()
    expect(panel(atlas).get_by_text("What is filtered is what is exported: 2 of 32 claims")).to_be_visible()
    return atlas


def panel(atlas: AtlasPage) -> Locator:
    return atlas.page.get_by_role("tabpanel").filter(has_text="What is filtered is what is exported")


def download(atlas: AtlasPage, label: str) -> tuple[Download, bytes]:
    with atlas.page.expect_download() as waiting:
        panel(atlas).get_by_role("button", name=label, exact=True).click()
    found = waiting.value
    return found, Path(found.path()).read_bytes()


def test_each_file_holds_the_claims_that_pass_under_a_telling_name(tab: AtlasPage) -> None:
    found, content = download(tab, "CSV")
    assert found.suggested_filename == f"{NAME}{DAYS}.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["claim_id"] for row in rows] == ["budanov-2600", "budanov-11000"]

    found, content = download(tab, "Excel (XLSX)")
    assert found.suggested_filename == f"{NAME}{DAYS}.xlsx"
    assert [cell.value for cell in load_workbook(io.BytesIO(content))["Claims"]["A"]][1:] == [
        row["claim_id"] for row in rows
    ]

    found, content = download(tab, "GeoJSON")
    assert found.suggested_filename == f"{NAME}{DAYS}.geojson"
    assert [each["id"] for each in json.loads(content)["features"]] == [row["claim_id"] for row in rows]

    found, content = download(tab, "KML")
    assert found.suggested_filename == f"{NAME}{DAYS}.kml"
    assert content.count(b"<Placemark>") == 2 + 1, "two claims, one site"

    found, content = download(tab, "Citable text")
    assert found.suggested_filename == f"{NAME}{DAYS}.txt"
    assert "claimed by Kyrylo Budanov" in " ".join(content.decode().split())


def test_the_whole_story_is_what_is_served_byte_for_byte(tab: AtlasPage) -> None:
    found, content = download(tab, "ZIP")
    assert found.suggested_filename == f"{NAME}.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in STORY.iterdir() if path.name in archive.namelist()
        }
        assert "claims.csv" in archive.namelist()


def test_the_web_page_opens_from_the_disk(tab: AtlasPage, new_page: Callable[[], Page], tmp_path: Path) -> None:
    found, content = download(tab, "Web page")
    saved = tmp_path / found.suggested_filename
    saved.write_bytes(content)
    assert saved.name == f"{NAME}.html"
    page = new_page()
    page.goto(saved.as_uri())
    expect(page.get_by_test_id("counts")).to_contain_text("32 claims")


def test_a_download_leaves_the_page_as_it_is(tab: AtlasPage) -> None:
    before = tab.all_of_it()
    download(tab, "CSV")
    tab.wait_rest()
    assert tab.all_of_it() == before
    assert tab.parameters() == ASKED
