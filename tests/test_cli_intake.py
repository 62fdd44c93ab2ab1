"""Commands on a file instead of a folder, and those that make a folder: ``convert`` and ``new``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from intake.bad_inputs import zipped
from typer.testing import CliRunner, Result

from geo.cli import with_commands
from geo.schema import TABLES
from geo.tables import folder_files, read_story

if TYPE_CHECKING:
    from pathlib import Path

AMBIGUOUS = "Location,Reported Date,Source URL,Claim,Mood\nKursk,03/04/2024,https://example.org/a,Troops came.,calm\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(AMBIGUOUS, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(with_commands(), [str(argument) for argument in arguments])


def test_a_table_is_validated_and_what_was_found_out_is_noted(table: Path) -> None:
    table.write_text(AMBIGUOUS.replace("03/04", "25/04").replace(",", ";"), encoding="utf-8")
    result = run("validate", table)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "No problems.")
    assert "Note: Semicolons stand between the cells." in result.stderr


def test_rows_of_a_table_that_are_left_out_are_counted_and_named(table: Path) -> None:
    table.write_text("Claim,Date\nTroops came.,31.02.2024\nTrains left.,2024-10-08\n", encoding="utf-8")
    result = run("validate", table, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["counts"]["left_out"]["table.csv"] == 1
    assert "table.csv: 1 row left out" in run("validate", table).stdout


def test_a_zip_is_as_good_as_the_folder(tmp_path: Path) -> None:
    assert run("new", tmp_path / "story").exit_code == 0
    archive = tmp_path / "story.zip"
    archive.write_bytes(zipped(folder_files(tmp_path / "story").contents))
    assert run("validate", archive).stdout == run("validate", tmp_path / "story").stdout
    assert "no changes" in run("diff", tmp_path / "story", archive).stdout


def test_an_open_question_ends_a_command_and_says_how_to_answer(table: Path, tmp_path: Path) -> None:
    assert "claim-atlas convert" in run("validate", table).stderr
    result = run("convert", table, tmp_path / "story")
    assert result.exit_code == 1
    assert "'03/04/2024'" in result.stderr
    assert "--dates day-first|month-first" in result.stderr
    assert not (tmp_path / "story").exists()


def test_convert_writes_a_folder_that_is_a_story(table: Path, tmp_path: Path) -> None:
    result = run("convert", table, tmp_path / "story", "--dates", "day-first", "--column", "Mood=hedge")
    assert result.exit_code == 0
    assert "Mood: hedge, chosen" in result.stdout
    tables = read_story(tmp_path / "story")
    assert (tables.problems, tables.title) == ((), "table")
    assert tables.claims[["reported_date", "hedge"]].to_numpy().tolist() == [["2024-04-03", "calm"]]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--column", "Mod=hedge"), "no heading of the table"),
        (("--column", "Mood=temper"), "is not HEADING=FIELD"),
        (("--dates", "year-first"), "must be one of"),
    ],
)
def test_convert_refuses_answers_to_what_was_not_asked(
    table: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    result = run("convert", table, tmp_path / "story", *options)
    assert (result.exit_code, words in result.stderr) == (2, True)
    assert not (tmp_path / "story").exists()


@pytest.mark.parametrize("command", ["new", "convert"])
def test_nothing_is_written_where_something_is(command: str, table: Path, tmp_path: Path) -> None:
    arguments = [table] if command == "convert" else []
    for taken in (tmp_path, table):
        result = run(command, *arguments, taken)
        assert (result.exit_code, "no empty folder" in result.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_a_new_story_is_sound_and_explains_every_column(tmp_path: Path) -> None:
    result = run("new", tmp_path / "mine", "--title", "Mine")
    assert result.exit_code == 0
    tables = read_story(tmp_path / "mine")
    assert (tables.problems, tables.title, len(tables.claims)) == ((), "Mine", 1)
    assert "no real claim" in tables.claims["statement"].iloc[0]
    explained = (tmp_path / "mine" / "COLUMNS.md").read_text(encoding="utf-8")
    assert [name for table in TABLES for name in table.names if f"`{name}`" not in explained] == []


def test_nothing_is_written_into_a_file(table: Path) -> None:
    result = run("geocode", table, "--write")
    assert (result.exit_code, "claim-atlas convert" in result.stderr) == (2, True)
    assert table.read_text(encoding="utf-8") == AMBIGUOUS
