from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geo.errors import DatasetError
from geo.schema import TABLES, Kind
from geo.tables import read_story

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import StoryFolder

    from geo.schema import Table

DTYPES = {Kind.NUMBER: "float64", Kind.FLAG: "bool", Kind.LIST: "object", Kind.EXTENT: "object"}


def test_a_sound_story_has_no_problems_and_keeps_every_row(story: StoryFolder) -> None:
    tables = story.read()
    assert tables.problems == ()
    assert dict(tables.left_out) == {"locations.csv": 0, "sources.csv": 0, "claims.csv": 0}
    assert (len(tables.locations), len(tables.sources), len(tables.claims)) == (2, 2, 3)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_the_dtype_of_its_kind_even_without_rows(story: StoryFolder, table: Table) -> None:
    for rows in (story.rows[table.name], []):
        story.rows[table.name] = rows
        frame = getattr(story.read(), table.name)
        assert [str(frame[c.name].dtype) for c in table.columns] == [DTYPES.get(c.kind, "str") for c in table.columns]


def test_cells_become_values_and_blanks_the_blank_of_their_kind(story: StoryFolder) -> None:
    tables = story.read()
    kursk, vladivostok = tables.locations.loc[3], tables.locations.loc[2]
    assert kursk["latitude"] == 51.75
    assert kursk["extent"] == (50.9, 34.1, 52.4, 38.5)
    assert kursk["aliases"] == ()
    assert vladivostok["aliases"] == ("Владивосток", "블라디보스토크")
    assert vladivostok["latitude"] != vladivostok["latitude"]  # NaN
    assert vladivostok["extent"] == ()
    assert vladivostok["note"] == ""
    assert tables.claims["quantity_approximate"].tolist() == [True, False, False]


def test_rows_are_numbered_as_in_a_spreadsheet_where_a_cell_with_line_breaks_is_in_one_row(story: StoryFolder) -> None:
    story.set("claims", 2, note="one\ntwo\r\nthree")
    tables = story.read()
    assert tables.claims.index.tolist() == [2, 3, 4]
    assert tables.claims.index.name == "row"
    assert tables.claims.at[2, "note"] == "one\ntwo\nthree"


def test_blank_rows_are_passed_over_but_counted(story: StoryFolder) -> None:
    lines = story.text("claims").splitlines(keepends=True)
    blanks = ["\n", "," * 23 + "\n", " \n"]
    story.write_file("claims.csv", "".join([*lines[:2], *blanks, *lines[2:]]).encode())
    tables = story.read()
    assert tables.problems == ()
    assert tables.claims.index.tolist() == [2, 6, 7]


def test_white_space_around_a_cell_and_around_list_items_is_no_part_of_it(story: StoryFolder) -> None:
    story.set(
        "claims", 2, source_id=" reprint\u00a0", destinations=" vladivostok ;kursk; ;vladivostok", modality="happened\n"
    )
    tables = story.read()
    assert tables.problems == ()
    assert tables.claims.at[2, "source_id"] == "reprint"
    assert tables.claims.at[2, "destinations"] == ("vladivostok", "kursk")


def test_words_that_pandas_takes_for_missing_stay_words(story: StoryFolder) -> None:
    story.set("claims", 2, statement="NA", claimant="null", note="nan")
    assert story.read().claims.loc[2, ["statement", "claimant", "note"]].tolist() == ["NA", "null", "nan"]


def test_unknown_columns_are_kept_as_text_after_the_known_ones(story: StoryFolder) -> None:
    story.header["claims"].insert(0, "colour")
    story.set("claims", 2, colour="007")
    tables = story.read()
    assert tables.problems == ()
    assert tables.claims.columns[-1] == "colour"
    assert tables.claims["colour"].tolist() == ["007", "", ""]


def test_a_cell_may_hold_a_million_characters(story: StoryFolder) -> None:
    story.set("claims", 2, note='"' + "я," * 500_000)
    assert len(story.read().claims.at[2, "note"]) == 1_000_001


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_any_line_ends_and_a_byte_order_mark_are_read(story: StoryFolder, ends: str, bom: bytes) -> None:
    for table in TABLES:
        story.write_file(table.file, bom + story.text(table.name).replace("\n", ends).encode())
    tables = story.read()
    assert tables.problems == ()
    assert tables.claims["claim_id"].tolist() == ["sent", "denial", "plan"]


def test_title_and_description_come_from_the_package_and_else_from_the_folder(story: StoryFolder) -> None:
    assert (story.read().title, story.read().description) == ("troops", "")
    story.write_file("datapackage.json", json.dumps({"title": " Troops ", "description": "Who said what."}).encode())
    assert (story.read().title, story.read().description) == ("Troops", "Who said what.")


def test_licences_are_named_as_the_package_names_them(story: StoryFolder) -> None:
    assert story.read().licence == ""
    known = [
        {"name": "CC-BY-4.0", "title": "Attribution", "path": "https://example.org/by"},
        {"name": "ODbL-1.0"},
        3,
        {},
    ]
    story.write_file("datapackage.json", json.dumps({"licenses": known}).encode())
    assert story.read().licence == "Attribution (https://example.org/by); ODbL-1.0"
    story.write_file("datapackage.json", json.dumps({"licenses": "mine"}).encode())
    assert (story.read().licence, story.read().problems) == ("", ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"title": "x",\n', "not JSON in UTF-8 (line 2)"),
        (b"\xff\xfe{", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no JSON object"),
        (b'{"title": 5}', "'5' is not a text, as 'title' must be"),
    ],
)
def test_a_broken_package_is_a_problem_and_the_story_opens_all_the_same(
    story: StoryFolder, content: bytes, reason: str
) -> None:
    story.write_file("datapackage.json", content)
    problem = story.only_problem()
    assert problem.file == "datapackage.json"
    assert reason in str(problem)
    assert story.read().title == "troops"


def test_the_digest_changes_with_every_file_and_with_nothing_else(story: StoryFolder) -> None:
    before = story.read().digest
    assert story.read().digest == before
    digests = {before}
    for table in TABLES:
        content = story.text(table.name).encode()
        for changed in (content[:-2] + b"#\n", content + b"\n"):  # first no longer and no shorter than before
            story.write_file(table.file, changed)
            digests.add(story.read().digest)
    for package in (b"{}", b"[]"):
        story.write_file("datapackage.json", package)
        digests.add(story.read().digest)
    assert len(digests) == 9


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such folder"):
        read_story(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="no such folder"):
        read_story(tmp_path / "file")


def test_without_claims_there_is_nothing_to_open_and_the_error_names_the_other_files_too(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"claims\.csv: the file is missing") as raised:
        read_story(tmp_path)
    assert [problem.file for problem in raised.value.problems] == ["locations.csv", "sources.csv", "claims.csv"]


def test_all_problems_come_at_once_in_the_order_of_files_rows_and_columns(story: StoryFolder) -> None:
    story.set("claims", 4, modality="maybe", event_date="2024-13-08")
    story.set("claims", 2, quantity_min="1,500")
    story.set("sources", 3, url="javascript:alert(1)")
    story.set("locations", 2, latitude="43.1")
    where = [(p.file, p.row, p.column) for p in story.read().problems]
    assert where == [
        ("locations.csv", 2, "longitude"),
        ("sources.csv", 3, "url"),
        ("claims.csv", 2, "source_id"),
        ("claims.csv", 2, "destinations"),
        ("claims.csv", 2, "quantity_min"),
        ("claims.csv", 3, "responds_to"),
        ("claims.csv", 4, "event_date"),
        ("claims.csv", 4, "modality"),
    ]
    assert json.dumps([p.row for p in story.read().problems])  # plain numbers, not numpy's


def test_a_row_with_a_problem_is_left_out_and_counted(story: StoryFolder) -> None:
    story.set("claims", 4, modality="maybe")
    tables = story.read()
    assert tables.claims["claim_id"].tolist() == ["sent", "denial"]
    assert tables.left_out["claims.csv"] == 1


def test_every_problem_is_one_line_whatever_the_cells_hold(story: StoryFolder) -> None:
    nasty = "\x1b[31m\u202e<script>\n{{7*7}}"
    for table in TABLES:
        for column in table.columns:
            if column.kind is not Kind.TEXT or column.choices or column.refers_to:
                story.set(table.name, 2, **{column.name: nasty})
    problems = story.read().problems
    assert len(problems) > 10
    assert all(str(problem).isprintable() for problem in problems)
