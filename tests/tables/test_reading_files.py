from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from geo.errors import DatasetError
from geo.tables import read_story

if TYPE_CHECKING:
    from conftest import StoryFolder


def test_a_missing_table_is_a_problem_and_what_refers_to_it_is_left_out(story: StoryFolder) -> None:
    story.write()
    (story.folder / "locations.csv").unlink()
    tables = read_story(story.folder)
    assert [str(p) for p in tables.problems] == [
        "locations.csv: the file is missing. Add it; the format is described in docs/data.md.",
        "claims.csv, column 'destinations': locations.csv cannot be used, so the rows that refer to it are left out: "
        "2. Put that file right first.",
        "claims.csv, row 3, column 'responds_to': 'sent' refers to claims.csv row 2, which is left out; "
        "this reference is not read. Put that row right first.",
    ]
    assert tables.claims["claim_id"].tolist() == ["denial"]
    assert list(tables.locations.columns)[:2] == ["location_id", "name"]
    assert tables.locations.empty


def test_without_sources_there_is_no_claim(story: StoryFolder) -> None:
    story.write_file("sources.csv", b"")
    tables = story.read()
    assert tables.claims.empty
    assert tables.left_out["claims.csv"] == 3
    assert "the file is empty" in str(tables.problems[0])


def test_a_folder_in_place_of_a_file_is_named(story: StoryFolder) -> None:
    story.write()
    for file in ("locations.csv", "claims.csv"):
        (story.folder / file).unlink()
        (story.folder / file).mkdir()
    with pytest.raises(
        DatasetError, match=r"locations\.csv: it is a folder, not a file.*\n*claims\.csv: it is a folder"
    ):
        read_story(story.folder)


def test_a_device_in_place_of_a_file_is_not_read(story: StoryFolder) -> None:
    story.write()
    (story.folder / "sources.csv").unlink()
    (story.folder / "sources.csv").symlink_to(os.devnull)
    assert "not a regular file" in str(read_story(story.folder).problems[0])


def test_a_file_that_the_system_refuses_is_a_problem_with_the_systems_words(story: StoryFolder) -> None:
    story.write()
    (story.folder / "sources.csv").unlink()
    (story.folder / "sources.csv").symlink_to("sources.csv")  # refused even to root, whom no permission stops
    assert "cannot be read (Too many levels of symbolic links)" in str(read_story(story.folder).problems[0])


def test_a_file_beyond_the_stated_size_is_not_read(story: StoryFolder) -> None:
    with (story.write() / "sources.csv").open("r+b") as file:
        file.truncate(201_000_000)  # a hole: it takes no room on the disk
    assert "201 MB, more than 200 MB" in str(read_story(story.folder).problems[0])


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1251", "Windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp949", "Korean"),
    ],
)
def test_another_encoding_is_named(story: StoryFolder, encoding: str, name: str) -> None:
    words = (
        "북한군이 블라디보스토크에 도착했다"
        if encoding == "cp949"
        else "Северокорейские солдаты прибыли во Владивосток"
    )
    story.rows["locations"] = []
    story.set("claims", 2, statement=words, destinations="")
    story.set("claims", 4, destinations="")
    story.write_file("locations.csv", story.text("locations").encode(encoding) + words.encode(encoding))
    problem = story.read().problems[0]
    assert problem.file == "locations.csv"
    assert name in problem.reason
    assert problem.fix == "Save it as 'CSV UTF-8', separated by commas."


def test_the_first_byte_that_is_not_utf_8_is_counted(story: StoryFolder) -> None:
    story.write_file("sources.csv", "source_id,title\ns,Präsident Müller sagte während der Übung\n".encode("latin-1"))
    reason = story.read().problems[0].reason
    assert "byte 21, in line 2, is 0xE4" in reason
    assert "Windows-1252" in reason


def test_the_first_wrong_byte_is_counted_from_the_files_beginning_even_after_a_byte_order_mark(
    story: StoryFolder,
) -> None:
    story.write_file("sources.csv", b"\xef\xbb\xbfsource_id\n\xff")
    assert "byte 14, in line 2, is 0xFF" in story.read().problems[0].reason


def test_unreadable_claims_are_an_error(story: StoryFolder) -> None:
    story.write_file("claims.csv", story.text("claims").encode("utf-16"))
    with pytest.raises(DatasetError, match=r"claims\.csv: the file is not UTF-8 but UTF-16"):
        story.read()


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_another_separator_is_named(story: StoryFolder, separator: str, name: str) -> None:
    story.write_file("sources.csv", story.text("sources").replace(",", separator).encode())
    problem = story.read().problems[0]
    assert f"its cells are separated by {name}" in str(problem)


def test_a_first_row_that_names_no_column_is_no_header(story: StoryFolder) -> None:
    story.write_file("sources.csv", b"My sources\n" + story.text("sources").encode())
    assert "sources.csv, row 1: the first row names none of the table's columns" in str(story.read().problems[0])


@pytest.mark.parametrize(("cells", "reason"), [(23, "23 cells, fewer than the header's 24"), (25, "25 cells, more")])
def test_a_ragged_row_is_left_out_and_its_neighbours_stay(story: StoryFolder, cells: int, reason: str) -> None:
    lines = story.text("claims").splitlines()
    lines.insert(1, ",".join(["ragged", *["x"] * (cells - 1)]))
    story.write_file("claims.csv", "\n".join(lines).encode())
    problem = story.only_problem()
    assert (problem.row, problem.column) == (2, None)
    assert reason in problem.reason
    tables = story.read()
    assert tables.claims.index.tolist() == [3, 4, 5]
    assert tables.left_out["claims.csv"] == 1


@pytest.mark.parametrize("line", ['"open,x', '"a"b,x', 'a,"never closed'])
def test_a_stray_quotation_mark_costs_its_own_row_alone(story: StoryFolder, line: str) -> None:
    lines = story.text("claims").splitlines()
    story.write_file("claims.csv", "\n".join([*lines[:2], line, *lines[2:]]).encode())
    problem = story.only_problem()
    assert problem.row == 3
    assert "a quotation mark" in problem.reason
    assert story.read().claims.index.tolist() == [2, 4, 5]


def test_a_nul_character_is_a_problem_of_its_row(story: StoryFolder) -> None:
    story.set("claims", 4, note="a\0b")
    problem = story.only_problem()
    assert (problem.row, problem.reason) == (4, "the row holds a NUL character")


def test_a_missing_column_is_one_problem_with_the_name_that_may_be_meant(story: StoryFolder) -> None:
    story.header["claims"][story.header["claims"].index("hedge")] = "hedges"
    assert str(story.only_problem()) == (
        "claims.csv, column 'hedge': the column is missing. Did you mean 'hedges'? Add it; its cells may stay blank."
    )
    tables = story.read()
    assert tables.claims["hedge"].tolist() == ["", "", ""]
    assert tables.left_out["claims.csv"] == 0


def test_without_a_required_column_no_row_can_stand(story: StoryFolder) -> None:
    story.header["claims"].remove("claimant")
    assert str(story.only_problem()) == "claims.csv, column 'claimant': the column is missing. Add it."
    assert story.read().left_out["claims.csv"] == 3


def test_without_its_id_column_a_table_cannot_be_referred_to(story: StoryFolder) -> None:
    story.header["sources"].remove("source_id")
    problems = [str(p) for p in story.read().problems]
    assert problems[0] == "sources.csv, column 'source_id': the column is missing. Add it."
    assert "claims.csv, column 'source_id': sources.csv cannot be used" in problems[-1]


def test_a_repeated_column_is_a_problem_and_the_first_one_counts(story: StoryFolder) -> None:
    lines = story.text("claims").splitlines()
    story.write_file("claims.csv", "\n".join([lines[0] + ",note", *(line + ",second" for line in lines[1:])]).encode())
    problem = story.only_problem()
    assert (problem.row, problem.column) == (1, "note")
    assert "stands there 2 times; only the first, column 24, is read" in problem.reason
    assert story.read().claims["note"].tolist() == ["", "", ""]


def test_a_column_without_a_name_is_a_problem_unless_it_is_blank(story: StoryFolder) -> None:
    lines = story.text("claims").splitlines()
    story.write_file("claims.csv", "\n".join(line + "," for line in lines).encode())
    assert story.read().problems == ()
    story.write_file("claims.csv", "\n".join([lines[0] + ",", *(line + ",x" for line in lines[1:])]).encode())
    assert "column 25 has no name and is not read" in story.only_problem().reason
