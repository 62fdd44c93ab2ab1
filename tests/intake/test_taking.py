"""A story's own tables, in whatever they come."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from intake.bad_inputs import zipped
from intake.made_by_others import workbook
from small_story import FixedGeocoder

from geo.errors import DatasetError
from geo.export import EXPORTERS
from geo.intake import FIELDS, Answers, Upload, limits, take_in
from geo.outputs import extract
from geo.selection import Selection
from geo.stories import open_story, story_files, story_intake
from geo.tables import folder_files, read_files

if TYPE_CHECKING:
    from geo.tables import Tables

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
CONTENTS = folder_files(DATA).contents


def read(*uploads: Upload) -> Tables:
    files = take_in(uploads).files
    assert files
    return read_files(files)


def test_several_files_are_the_story_that_the_folder_is() -> None:
    intake = take_in([Upload(name, content) for name, content in CONTENTS.items()])
    assert intake.files
    assert intake.table is None
    assert intake.files.digest == folder_files(DATA).digest


def test_the_tables_are_told_by_their_headings_whatever_the_files_are_called() -> None:
    uploads = [Upload(f"My story - {i}.csv", content) for i, content in enumerate(CONTENTS.values())]
    assert read(*uploads[1:]).problems == ()


@pytest.mark.parametrize("folder", ["", "my story/"])
def test_a_zip_holds_them_in_its_root_or_in_a_folder(folder: str) -> None:
    more = {"__MACOSX/._claims.csv": b"\0", f"{folder}README.md": b"# Mine"}
    content = zipped({**{f"{folder}{name}": each for name, each in CONTENTS.items()}, **more})
    intake = take_in([Upload("story.zip", content)])
    assert intake.files
    assert intake.files.digest == folder_files(DATA).digest
    assert intake.notes == ("Other files that were not read: 1.",)


def test_a_workbook_holds_them_in_its_sheets() -> None:
    sheets = {
        "Claims": [
            ("claim_id", "statement", "claimant", "source_id", "modality", "event_date", "quantity_approximate"),
            ("c1", "Troops came.", "A", "s1", "happened", "2024-10-08", True),
        ],
        "Sources": [("source_id", "title"), ("s1", "A paper")],
        "Places": [("location_id", "name"), ("kursk", "Kursk")],
        "Read me": [("How this is kept",)],
    }
    intake = take_in([Upload("story.xlsx", workbook(sheets))])
    assert intake.files
    tables = read_files(intake.files)
    assert {problem.reason for problem in tables.problems} == {"the column is missing"}
    assert tables.claims["quantity_approximate"].tolist() == [True]
    assert tables.locations["name"].tolist() == ["Kursk"]
    assert intake.notes == ("Other sheets that were not read: 1.",)


def test_a_storys_table_with_semicolons_in_windows_1251_is_read_row_by_row() -> None:
    claims = "claim_id;statement;claimant;source_id;modality\r\n\r\nc1;Прибыли войска;Штаб;s1;happened\r\n".encode(
        "cp1251"
    )
    tables = read(Upload("claims.csv", claims), Upload("sources.csv", b"source_id,title\ns1,A\n"))
    assert tables.claims["statement"].to_dict() == {3: "Прибыли войска"}


def test_what_is_missing_is_said_and_the_rest_opens() -> None:
    tables = read(Upload("claims.csv", CONTENTS["claims.csv"]), Upload("sources.csv", CONTENTS["sources.csv"]))
    assert "locations.csv: the file is missing" in "\n".join(map(str, tables.problems))


@pytest.mark.parametrize("exporter", ["xlsx", "geojson"])
def test_what_was_exported_comes_back(exporter: str) -> None:
    story = open_story(folder_files(DATA), FixedGeocoder())
    content = EXPORTERS[exporter].export(extract(story, Selection()))
    tables = read(Upload(f"export.{exporter}", content))
    assert tables.problems == ()
    for name in ("claims", "sources", "locations"):
        there, back = getattr(story.tables, name), getattr(tables, name)
        assert back[list(there)].astype(str).equals(there.astype(str))


def test_an_apostrophe_that_kept_a_cell_from_being_a_formula_is_taken_off() -> None:
    tables = read(Upload("t.csv", b"claim,place\n'=1+1 is what he said,'Kursk\n"))
    assert tables.claims["statement"].tolist() == ["=1+1 is what he said"]
    assert tables.locations["name"].tolist() == ["'Kursk"]


def test_two_tables_that_are_no_story_are_opened_one_at_a_time() -> None:
    table = b"claim,place\nTroops came.,Kursk\n"
    with pytest.raises(DatasetError, match="one at a time"):
        take_in([Upload("a.csv", table), Upload("b.csv", table)])


def test_a_table_in_a_zip_opens() -> None:
    assert len(read(Upload("a.zip", zipped({"a.csv": b"claim,place\nTroops came.,Kursk\n"}))).claims) == 1


def test_the_sheet_that_looks_like_a_table_is_read_unless_another_is_asked_for() -> None:
    records = [("claim", "place", "source"), ("Troops came.", "Kursk", "A paper")]
    upload = Upload("a.xlsx", workbook({"Codes": [("claim", "n"), ("a", 1)], "List": records}))
    table = take_in([upload]).table
    assert table
    assert (table.sheet, table.sheets) == ("List", ("Codes", "List"))
    other = take_in([upload], Answers(sheet="Codes")).table
    assert other
    assert other.sheet == "Codes"
    with pytest.raises(DatasetError, match="no sheet of that name"):
        take_in([upload], Answers(sheet="codes"))


def test_a_name_with_folders_and_line_breaks_is_cut_to_a_name() -> None:
    table = take_in([Upload("C:\\fakepath\\..\\a\nb.csv", b"claim,place\nTroops came.,Kursk\n")]).table
    assert table
    assert table.file == "a b.csv"


def test_a_path_may_be_a_folder_or_a_file(tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "story"), "zip", DATA))
    assert story_files(archive).digest == story_files(DATA).digest
    assert story_intake(DATA).files
    with pytest.raises(DatasetError, match="no such folder"):
        story_files(tmp_path / "none")


def test_a_question_that_is_open_says_where_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("claim,date\nTroops came.,03/04/2024\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="claim-atlas convert"):
        story_files(path)


def test_the_documentation_knows_every_field_and_every_limit() -> None:
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    data = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"`{field}`" not in text + data] == []
    stated = set(re.findall(r"[\d,]+", text))
    hidden = {"MAX_FIELD", "MAX_NAME_LENGTH"}
    numbers = {name: f"{value:,}" for name, value in vars(limits).items() if name.startswith("MAX_")}
    assert [name for name, number in numbers.items() if name not in hidden and number not in stated] == []
