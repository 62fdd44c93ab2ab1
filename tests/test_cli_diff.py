"""``claim-atlas diff``: what it prints of two folders, what it writes, and how it ends."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from geo import cli
from geo.schema import CHANGES
from geo.tables import read_story

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
Rows = list[dict[str, str]]


class TwoStates:
    """The shipped story as it was and as it is, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.old, self.new = folder / "old", folder / "new"
        for copy in (self.old, self.new):
            # checks of quotations would be out of date with the first excerpt or source that a test changes
            shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("quotations.csv"))

    def edit(self, file: str, change: Callable[[Rows], Rows], folder: Path | None = None) -> None:
        """Put the rows of a file through a function; of the new state if no folder is named."""
        path = (folder or self.new) / file
        with path.open(encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        names = list(rows[0])
        rows = change(rows)
        with path.open("w", encoding="utf-8", newline="") as table:
            writer = csv.DictWriter(table, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def set(self, file: str, row_id: str, folder: Path | None = None, **cells: str) -> None:
        def change(rows: Rows) -> Rows:
            next(row for row in rows if row_id in (row.get("claim_id"), row.get("location_id"))).update(cells)
            return rows

        self.edit(file, change, folder)

    def run(self, *options: str) -> Result:
        return CliRunner().invoke(cli.with_commands(), ["diff", str(self.old), str(self.new), *options])

    def log(self) -> Rows:
        with (self.new / "CHANGES.csv").open(encoding="utf-8", newline="") as table:
            return list(csv.DictReader(table))


@pytest.fixture
def states(tmp_path: Path) -> TwoStates:
    return TwoStates(tmp_path)


ADDED = {"claim_id": "late", "statement": "A late claim.", "claimant": "Somebody", "source_id": "reprint"}


def spoil(states: TwoStates) -> None:
    """Add a claim, withdraw another, and correct a date, a number and a word of a note."""
    states.edit("claims.csv", lambda rows: [row for row in rows if row["claim_id"] != "turner-alarming"])
    states.edit("claims.csv", lambda rows: [*rows, ADDED | {"modality": "happened"}])
    states.set("claims.csv", "nis-1500", event_date="", quantity_max="3000")
    note = next(row.note for row in read_story(states.old).locations.itertuples() if row.location_id == "sergeevsky")
    states.set("locations.csv", "sergeevsky", note=note.replace("our estimate", "our guess"))


def test_two_states_that_are_the_same_have_no_changes(states: TwoStates) -> None:
    done = states.run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "claims.csv: no changes\nsources.csv: no changes\nlocations.csv: no changes\n"


def test_changes_are_told_claim_by_claim_with_claimant_and_statement(states: TwoStates) -> None:
    spoil(states)
    done = states.run()
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["Claim added: late", "  Somebody: A late claim."]
    assert lines[3:5] == ["Claim withdrawn: turner-alarming", "  Mike Turner: Such troop movements are alarming."]
    assert lines[6] == "Claim changed: nis-1500"
    assert lines[7].startswith("  South Korea's National Intelligence Service: The North Korean government sent 1,500")
    assert lines[8:10] == ["  event_date: 2024-10-08/2024-10-13 → (not stated)", "  quantity_max: 1500 → 3000"]
    assert lines[11:14] == [
        "Place changed: sergeevsky",
        "  Sergeevsky",
        "  note: … radius is our estimate of how far … → … radius is our guess of how far …",
    ]
    assert lines[15:] == [
        "claims.csv: 1 added, 1 withdrawn, 1 changed",
        "sources.csv: no changes",
        "locations.csv: 1 changed",
    ]
    assert not (states.new / "CHANGES.csv").exists(), "nothing is written unless told"


def test_changes_come_as_json_with_whole_cells(states: TwoStates) -> None:
    spoil(states)
    found = json.loads(states.run("--json").stdout)
    assert found["counts"]["claims.csv"] == {"added": 1, "withdrawn": 1, "changed": 1}
    assert found["changes"][2] == {
        "table": "claims",
        "id": "nis-1500",
        "change": "changed",
        "column": "event_date",
        "from": "2024-10-08/2024-10-13",
        "to": "",
    }
    assert found["changes"][-1]["to"].startswith("Training ground by the village of Sergeyevka")
    assert (found["not_compared"], found["problems"]) == ({"files": [], "ids": {}}, [])


def test_a_row_that_one_story_leaves_out_is_neither_added_nor_withdrawn(states: TwoStates) -> None:
    spoil(states)
    states.set("claims.csv", "nis-facilities", event_date="2024-13-08")
    states.set("claims.csv", "budanov-2600", states.old, modality="maybe")
    done = states.run()
    assert done.exit_code == 1
    new_row, old_row = done.stderr.splitlines()[1], done.stderr.splitlines()[0]
    assert old_row.startswith(f"{states.old}/claims.csv, row ")
    assert new_row.startswith(f"{states.new}/claims.csv, row ")
    assert "claims.csv: not compared, since they have problems: budanov-2600, nis-facilities" in done.stdout
    assert "claims.csv: 1 added, 1 withdrawn, 1 changed" in done.stdout
    assert json.loads(states.run("--json").stdout)["not_compared"]["ids"]["claims.csv"] == [
        "budanov-2600",
        "nis-facilities",
    ]


def test_a_file_that_cannot_be_read_is_not_compared(states: TwoStates) -> None:
    spoil(states)
    (states.new / "locations.csv").write_bytes(b"")
    done = states.run()
    assert done.exit_code == 1
    assert "locations.csv: not compared, since it could not be read" in done.stdout
    assert "Place" not in done.stdout
    assert "claims.csv: 1 added, 1 withdrawn\n" in done.stdout, "claims that name places are left out, not changed"


def test_folders_without_a_story_tell_all_their_problems(states: TwoStates) -> None:
    for folder in (states.old, states.new):
        (folder / "claims.csv").unlink()
    done = states.run()
    assert done.exit_code == 1
    assert done.stderr.count("claims.csv: the file is missing") == 2
    assert done.stdout.count("not compared") == 3
    assert json.loads(states.run("--json").stdout)["not_compared"]["files"][0] == "claims.csv"


@pytest.mark.parametrize("arguments", [["data"], ["data", "no/such/folder"], ["data", "data", "--to"]])
def test_wrong_usage_is_2_and_explained(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli.with_commands(), ["diff", *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_hostile_text_is_shown_as_text(states: TwoStates) -> None:
    nasty = "[bold]z{{7*7}}\x1b[31m\u202e\nClaim added: forged"
    states.edit(
        "claims.csv", lambda rows: [*rows, ADDED | {"claim_id": "\x07x", "statement": nasty, "modality": "happened"}]
    )
    states.set("claims.csv", "nis-1500", note=nasty * 3, claimant=nasty)
    done = states.run()
    assert "[bold]z{{7*7}}\\x1b[31m\\u202e\\nClaim added: forged" in done.stdout
    assert done.stdout.replace("\n", "").isprintable()
    assert done.stdout.count("\nClaim added: ") + done.stdout.startswith("Claim added: ") == 1
    assert states.run("--json").stdout.replace("\n", "").isprintable()
    assert states.run("--write").exit_code == 0
    assert CliRunner().invoke(cli.with_commands(), ["validate", str(states.new)]).exit_code == 0
    assert [row["to"] for row in states.log() if row["column"] == "claimant"] == [nasty]


def test_changes_are_written_into_the_new_story_when_told_and_not_twice(states: TwoStates) -> None:
    spoil(states)
    first = states.run("--write")
    assert (first.exit_code, first.stdout.splitlines()[-1]) == (0, "Written to CHANGES.csv: 5.")
    today = datetime.now(UTC).date().isoformat()
    rows = [[row[name] for name in CHANGES.names] for row in states.log()]
    assert rows[:3] == [
        [today, "claims", "late", "added", "", "", "Somebody: A late claim.", ""],
        [
            today,
            "claims",
            "turner-alarming",
            "withdrawn",
            "",
            "Mike Turner: Such troop movements are alarming.",
            "",
            "",
        ],
        [today, "claims", "nis-1500", "changed", "event_date", "2024-10-08/2024-10-13", "", ""],
    ]
    states.edit("CHANGES.csv", lambda rows: [row | {"reason": "Misread."} for row in rows])
    before = (states.new / "CHANGES.csv").read_bytes()
    assert states.run("--write").stdout.splitlines()[-1] == "Written to CHANGES.csv: 0."
    assert (states.new / "CHANGES.csv").read_bytes() == before
    states.set("claims.csv", "nis-1500", hedge="around")
    assert states.run("--write").stdout.splitlines()[-1] == "Written to CHANGES.csv: 1."
    assert [row["reason"] for row in states.log()] == ["Misread."] * 5 + [""]
    assert sorted(path.name for path in states.new.iterdir()) == sorted(
        [*(path.name for path in states.old.iterdir()), "CHANGES.csv"]
    )


def test_with_nothing_to_tell_no_file_is_written(states: TwoStates) -> None:
    done = states.run("--write", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["changes"] == []
    assert done.stderr == "Written to CHANGES.csv: 0.\n"
    assert not (states.new / "CHANGES.csv").exists()


@pytest.mark.parametrize("broken", ["claims.csv", "CHANGES.csv"])
def test_nothing_is_written_while_a_story_has_problems(states: TwoStates, broken: str) -> None:
    spoil(states)
    assert states.run("--write").exit_code == 0
    states.set("claims.csv", "nis-1500", hedge="around")
    with (states.new / broken).open("a", encoding="utf-8") as file:
        file.write("x\n")
    before = (states.new / "CHANGES.csv").read_bytes()
    done = states.run("--write")
    assert done.exit_code == 1
    assert "Nothing written to CHANGES.csv" in done.stderr
    assert (states.new / "CHANGES.csv").read_bytes() == before


def test_a_log_that_cannot_be_written_ends_the_command_in_one_line_and_stays_as_it_was(states: TwoStates) -> None:
    spoil(states)
    command = [sys.executable, "-m", "geo", "diff", states.old, states.new, "--write"]
    no_room = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh"]
    done = subprocess.run([*no_room, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "CHANGES.csv could not be written: File too large.\n")
    assert sorted(path.name for path in states.new.iterdir()) == sorted(path.name for path in states.old.iterdir())


def test_it_works_in_a_pipe_that_closes_early_and_on_any_terminal(states: TwoStates) -> None:
    spoil(states)
    many = [
        ADDED | {"claim_id": f"late-{i}", "statement": "Сергеевский " * 20, "modality": "happened"} for i in range(999)
    ]
    states.edit("claims.csv", lambda rows: [*rows, *many])
    command = [sys.executable, "-m", "geo", "diff", states.old, states.new]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"Claim added: late\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(30)
