"""``claim-atlas export``: what it writes where, what it refuses, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from geo import cli
from geo.cli.asked import linked, selection_of
from geo.export import EXPORTERS
from geo.gazetteer import Offline
from geo.outputs import extract
from geo.selection import Selection
from geo.stories import Story, open_story
from geo.tables import folder_files
from geo.ui.address import read_address

SHIP = Path(__file__).parent / "stories" / "ship"  # all of its places are pinned, so that it opens in no time
DATA = Path(__file__).parents[1] / "data"
COMMAND = [sys.executable, "-m", "geo", "export"]


@pytest.fixture(scope="module")
def story() -> Story:
    return open_story(folder_files(DATA), Offline())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.with_commands(), ["export", *map(str, arguments)])


@pytest.mark.parametrize("name", EXPORTERS)
def test_each_format_is_written_as_the_exporter_makes_it(name: str, story: Story, tmp_path: Path) -> None:
    path = tmp_path / f"story{EXPORTERS[name].suffix}"
    done = run(DATA, "--to", name, "-o", path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "32 of 32 claims written: 6 on the map, 26 without a place, 0 filtered out.\n"
    if name == "xlsx":
        assert load_workbook(path)["Claims"].max_row == 33
    else:
        assert path.read_bytes() == EXPORTERS[name].export(extract(story, Selection()))


@pytest.mark.parametrize("where", [[], ["-o", "-"]])
def test_the_standard_output_takes_the_bytes_and_nothing_else(where: list[str], story: Story) -> None:
    done = subprocess.run([*COMMAND, DATA, "--to", "csv", *where], capture_output=True, check=True)
    assert done.stdout == EXPORTERS["csv"].export(extract(story, Selection()))
    assert done.stderr.startswith(b"32 of 32 claims written")


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = " ".join([sys.executable, "-m", "geo", "export", str(DATA), "--to", "kml"])
    done = subprocess.run(["sh", "-c", f"{command} | head -c 10"], capture_output=True, check=True)
    assert done.stdout == b"<?xml vers"
    assert done.stderr == b"32 of 32 claims written: 6 on the map, 26 without a place, 0 filtered out.\n"


def test_filters_are_those_of_the_page() -> None:
    filters = ("--from", "2024-10-08", "--until", "2024-10-13", "--clock", "event", "--no-undated", "--q", "troops")
    done = run(DATA, "--to", "csv", *filters, "--modality", "happened")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [row["claim_id"] for row in rows] == ["nis-1500"]
    assert done.stderr.startswith("1 of 32 claims written: 1 on the map")


def test_a_copied_link_is_a_selection_and_options_go_before_it() -> None:
    link = "http://localhost:8501/?from=2024-10-08&undated=0&site=vladivostok#x"
    asked = json.loads(run(DATA, "--to", "geojson", "--link", link).stdout)
    assert asked["selection"] == "happened from 8 Oct 2024 on · none without a date"
    asked = json.loads(run(DATA, "--to", "geojson", "--link", link, "--from", "2024-10-13").stdout)
    assert asked["selection"] == "happened from 13 Oct 2024 on · none without a date"


@pytest.mark.parametrize(
    "query",
    [
        "from=2024-10-08&to=2024-10-13&clock=reported&known=2024-10-19&undated=0&q=two+words",
        "claimant=Newsweek&publisher=Prices.com+LLC&modality=background&undated=1",
        "q=%C3%A9&q=last+one+counts",
        "site=kursk&claim=nis-1500&from=",
        "",
    ],
)
def test_a_right_link_asks_for_what_it_asks_on_the_page(query: str, story: Story) -> None:
    asked = linked(f"https://example.org/atlas/{query and '?'}{query}")
    on_the_page = read_address(asked, story)
    mine = selection_of(asked, story)
    names = ("from_", "to", "clock", "known", "undated", "q", "claimant", "publisher", "modality")
    assert [getattr(mine, name) for name in names] == [getattr(on_the_page, name) for name in names]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--from", "2024-10"], "--from '2024-10' is not a single day. Write one, such as 2024-10-08."),
        (["--until", "2024-13-08"], "--until '2024-13-08' has no month 13. Write one day, such as 2024-10-08."),
        (["--known", "../2024-10-08"], "--known '../2024-10-08' is not a single day."),
        (["--from", "2024-10-09", "--until", "2024-10-08"], "The window ends on 2024-10-08, before it begins"),
        (["--clock", "said"], "--clock 'said' is not there to choose. There are: 'event', 'reported'."),
        (
            ["--claimant", "halden line"],
            "--claimant 'halden line' is not there to choose. Did you mean 'Halden Lines'? There are:",
        ),
        (
            ["--publisher", "=1\x1b[31m"],
            "--publisher '=1\\x1b[31m' is not there to choose. There are: ",
        ),
        (["--modality", "denied"], "--modality 'denied' is not there to choose."),
        (["--link", "?undated=no"], "--undated 'no' is not there to choose. There are: '0', '1'."),
        (
            ["--link", "?claiment=x"],
            "'claiment' is nothing that a link asks for. It may ask for: from, to, known, clock,",
        ),
        (["--link", "my link"], "'my link' is nothing that a link asks for."),
    ],
)
def test_a_wrong_value_ends_it_with_what_would_be_right(wrong: list[str], said: str) -> None:
    done = run(SHIP, "--to", "csv", *wrong)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_formats_that_there_are_not_and_a_missing_one_are_wrong_usage() -> None:
    done = run(SHIP, "--to", "shapefile")
    assert done.exit_code == 2
    assert f"it must be one of: {', '.join(EXPORTERS)}, html." in done.stderr
    assert run(SHIP).exit_code == 2


def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.kml"
    path.write_text("mine", encoding="utf-8")
    done = run(SHIP, "--to", "kml", "-o", path)
    assert done.exit_code == 2
    assert "is there already. Name another file, or replace it with --force." in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert run(SHIP, "--to", "kml", "-o", path, "--force").exit_code == 0
    assert path.read_bytes().startswith(b"<?xml")


def test_a_place_that_can_t_be_written_to_is_wrong_usage(tmp_path: Path) -> None:
    done = run(SHIP, "--to", "csv", "-o", tmp_path / "no folder" / "x.csv")
    assert done.exit_code == 2
    assert done.stderr.endswith("could not be written: No such file or directory.\n")


def test_a_story_with_problems_is_written_without_them_and_they_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    shutil.copytree(DATA, folder)
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-10-18", "2024-13-18", 1), encoding="utf-8")
    done = run(folder, "--to", "csv")
    assert done.exit_code == 1
    assert len(list(csv.reader(io.StringIO(done.stdout)))) == 1 + 31
    assert "31 of 31 claims written" in done.stderr
    assert "'2024-13-18' has no month 13" in done.stderr


def test_a_folder_without_a_story_has_nothing_to_write(tmp_path: Path) -> None:
    done = run(tmp_path, "--to", "csv", "-o", tmp_path / "x.csv")
    assert done.exit_code == 1
    assert "claims.csv: the file is missing" in done.stderr
    assert not (tmp_path / "x.csv").exists()


def test_a_web_page_is_written_like_any_other_format(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    done = run(SHIP, "--to", "html", "-o", path)
    assert done.exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    for place in (tmp_path, Path("/dev/null")):
        done = run(SHIP, "--to", "csv", "-o", place, "--force")
        assert done.exit_code == 2
        assert "is no file. Name a file, or '-' for the standard output." in done.stderr
    assert Path("/dev/null").is_char_device()
