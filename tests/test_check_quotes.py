"""``claim-atlas check-quotes``: what it says of each excerpt, what it stores, and what it refuses."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_story import claim, small_story
from typer.testing import CliRunner, Result

from geo import cli

ROOT = Path(__file__).parents[1]
TEXT = (
    "The ministry said that “some 1,500 troops” went.\nNobody was there\nto see them arrive. A second group follows.\n"
)
SOURCES = [{"source_id": "article"}, {"source_id": "other"}, {"source_id": "a=b"}]
GOOD = claim("good", excerpt="“some 1,500 troops” went")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    return folder


def write(folder: Path, *claims: dict[str, str]) -> None:
    small_story(folder, claims, sources=SOURCES)


def run(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.with_commands(), ["check-quotes", str(folder), *map(str, arguments)])


def stored(folder: Path) -> list[dict[str, str]]:
    with (folder / "quotations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_where_every_excerpt_is_found_the_status_is_0_and_what_none_covers_is_listed(folder: Path, text: Path) -> None:
    write(folder, GOOD, claim("silent"), claim("elsewhere", source_id="other", excerpt="Unread"))
    done = run(folder, "--source", f"article={text}")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"article: {text}, SHA-256 {hashlib.sha256(TEXT.encode()).hexdigest()}",
        "  in no excerpt: 2 of 3 sentences; in part: 1",
        "    line 1, part: The ministry said that",
        "    line 2: Nobody was there to see them arrive.",
        "    line 3: A second group follows.",
        "found: 1 · near miss: 0 · not found: 0 · not checked: 1 · without an excerpt: 1 · in all: 3 claims",
        "Nothing written; --write stores what was found.",
    ]
    assert not (folder / "quotations.csv").exists()


def test_a_near_miss_and_one_not_found_are_shown_and_the_status_is_1(folder: Path, text: Path) -> None:
    near = claim("near", excerpt='some 1,500 troops" went')
    write(folder, near, claim("gone", excerpt="a \x1b[31mtiger\u202e {{7*7}} [bold]jumped[/bold]"), GOOD)
    done = run(folder, "--source", f"article={text}")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[1:6] == [
        "  near (claims.csv, row 2): near miss, line 1",
        '    some 1,500 troops[-"-]{+”+} went',
        '    U+0022 " quotation mark; U+201D ” right double quotation mark',
        "  gone (claims.csv, row 3): not found",
        "    a <U+001B>[31mtiger<U+202E> {{7*7}} [bold]jumped[/bold]",
    ]
    assert all(line.isprintable() for line in lines)


def test_an_excerpt_that_stands_there_several_times_is_said_to(folder: Path, tmp_path: Path) -> None:
    write(folder, claim("red", excerpt="red line"))
    (tmp_path / "a.txt").write_text("A red line.\nA red line.\n", encoding="utf-8")
    done = run(folder, "--source", f"article={tmp_path / 'a.txt'}")
    assert done.exit_code == 0
    assert "  red (claims.csv, row 2): found 2 times, lines 1, 2\n" in done.stdout


def test_what_the_text_holds_steers_no_terminal(folder: Path, tmp_path: Path) -> None:
    write(folder, GOOD)
    (tmp_path / "a.txt").write_bytes(TEXT.encode() + "\x1b]0;x\x07 Evil\u202e one.\r\nTwo\ttabs\u200b here.\r".encode())
    done = run(folder, "--source", f"article={tmp_path / 'a.txt'}")
    assert done.exit_code == 0
    assert done.stdout.replace("\n", "").isprintable()
    assert "<U+001B>]0;x<U+0007> Evil<U+202E> one." in done.stdout


def test_it_speaks_json(folder: Path, text: Path) -> None:
    write(folder, GOOD, claim("near", excerpt="some 1.500 troops"), claim("silent"))
    done = run(folder, "--source", f"article={text}", "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["counts"] == {"found": 1, "near miss": 1, "not found": 0, "not checked": 0, "without an excerpt": 1}
    assert [(each["claim_id"], each["verdict"], each["lines"]) for each in found["quotations"]] == [
        ("good", "found", [1]),
        ("near", "near miss", [1]),
    ]
    assert found["quotations"][1]["difference"] == "some [-1.500-]{+1,500+} troops"
    assert found["texts"][0]["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [gap["line"] for gap in found["gaps"]] == [1, 2, 3]


def test_what_is_found_is_stored_with_day_and_hash_and_nothing_of_the_text(folder: Path, text: Path) -> None:
    write(folder, GOOD, claim("near", excerpt="some 1.500 troops"))
    days = {datetime.now(UTC).date().isoformat()}
    done = run(folder, "--source", f"article={text}", "--write")
    days.add(datetime.now(UTC).date().isoformat())
    assert done.exit_code == 1
    assert done.stdout.endswith("Rows written to quotations.csv: 1.\n")
    (row,) = stored(folder)
    assert row.pop("checked_on") in days
    sha256 = hashlib.sha256(text.read_bytes()).hexdigest()
    excerpt = GOOD["excerpt"]
    assert row == {"claim_id": "good", "source_id": "article", "excerpt": excerpt, "text_sha256": sha256}
    assert sorted(path.name for path in folder.iterdir()) == [
        "claims.csv",
        "locations.csv",
        "quotations.csv",
        "sources.csv",
    ]


def test_a_check_of_one_source_keeps_the_rows_of_another_and_drops_what_no_longer_holds(
    folder: Path, text: Path
) -> None:
    elsewhere = claim("elsewhere", source_id="other", excerpt="A second group")
    write(folder, GOOD, elsewhere)
    run(folder, "--source", f"article={text}", "--source", f"other={text}", "--write")
    assert [row["claim_id"] for row in stored(folder)] == ["good", "elsewhere"]
    write(folder, GOOD | {"excerpt": "a tiger in the tank"}, elsewhere)
    done = run(folder, "--source", f"article={text}")
    assert done.exit_code == 1
    assert "quotations.csv, row 2, column 'excerpt'" in done.stderr
    done = run(folder, "--source", f"article={text}", "--write")
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.endswith("Rows written to quotations.csv: 1; gone, since they no longer hold: 1.\n")
    assert [row["claim_id"] for row in stored(folder)] == ["elsewhere"]
    text.write_text("Quite another text.", encoding="utf-8")
    run(folder, "--source", f"other={text}", "--write")
    assert stored(folder) == []


def test_nothing_found_makes_no_file(folder: Path, text: Path) -> None:
    write(folder, claim("silent"))
    done = run(folder, "--source", f"article={text}", "--write")
    assert done.exit_code == 0
    assert done.stdout.endswith("Nothing written: no excerpt was found.\n")
    assert not (folder / "quotations.csv").exists()


def test_a_table_that_cannot_be_read_is_not_written_over(folder: Path, text: Path) -> None:
    write(folder, GOOD)
    (folder / "quotations.csv").write_bytes(b"my own notes\n")
    done = run(folder, "--source", f"article={text}", "--write")
    assert done.exit_code == 1
    assert done.stderr.endswith("quotations.csv is not written: put it right, or delete it.\n")
    assert (folder / "quotations.csv").read_bytes() == b"my own notes\n"


def test_a_claim_that_is_left_out_was_not_looked_up_and_the_status_says_so(folder: Path, text: Path) -> None:
    write(folder, GOOD, claim("bad", modality="rumour", excerpt="Nobody"))
    done = run(folder, "--source", f"article={text}")
    assert done.exit_code == 1
    assert "claims.csv, row 3, column 'modality'" in done.stderr


def test_line_ends_of_any_kind_are_one_character_and_a_byte_order_mark_is_none(folder: Path, tmp_path: Path) -> None:
    write(folder, claim("broken", excerpt="Nobody was there\nto see"), claim("first", excerpt="The ministry"))
    for ends in ("\r\n", "\r", "\n"):
        (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", ends).encode())
        done = run(folder, "--source", f"article={tmp_path / 'a.txt'}")
        assert done.exit_code == 0, done.stdout


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("articel=text.txt", "'articel' is the id of no good row of sources.csv. Did you mean 'article'?"),
        ("zzz=text.txt", "'zzz' is the id of no good row of sources.csv."),
        ("article", "'article' names no file. Write --source ID=FILE."),
        ("article=", "'article=' names no file. Write --source ID=FILE."),
        ("\x1b[31m=x", r"'\x1b[31m' is the id of no good row of sources.csv."),
        ("article=missing.txt", "missing.txt: the file is missing."),
        ("article=.", "it is a folder, not a file."),
        ("article=empty.txt", "empty.txt: the file is empty."),
        ("article=nul.txt", "nul.txt: the file holds a NUL character, in line 2."),
        (
            "article=cp1251.txt",
            "cp1251.txt: the file is not UTF-8: byte 1, in line 1, is 0xC2; it looks like Windows-1251",
        ),
        ("article=utf16.txt", "utf16.txt: the file is not UTF-8 but UTF-16."),
    ],
)
def test_what_cannot_be_looked_up_in_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, words: str
) -> None:
    write(folder, GOOD)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "nul.txt").write_bytes(b"a long enough line\n\0")
    (tmp_path / "cp1251.txt").write_bytes("Войска прибыли в город, сказал министр".encode("cp1251"))
    (tmp_path / "utf16.txt").write_bytes("text".encode("utf-16"))
    monkeypatch.chdir(tmp_path)
    done = run(folder, "--source", source, "--write")
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (folder / "quotations.csv").exists()


def test_every_file_that_is_wrong_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    write(folder, GOOD)
    done = run(folder, "--source", f"article={tmp_path / 'x'}", "--source", f"other={tmp_path / 'y'}")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 2


def test_a_source_given_twice_or_not_at_all_is_refused(folder: Path, text: Path) -> None:
    write(folder, GOOD)
    done = run(folder, "--source", f"article={text}", "--source", f"article={text}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "'article' is given twice. Put the text of a source into one file.\n"
    assert run(folder).exit_code == 2


def test_an_id_may_hold_an_equals_sign(folder: Path, text: Path) -> None:
    write(folder, GOOD | {"source_id": "a=b"})
    done = run(folder, "--source", f"a=b={text}")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"a=b: {text},")


def test_it_works_in_a_pipe_that_closes_early(folder: Path, text: Path) -> None:
    write(folder, GOOD)
    text.write_text("A sentence of its own. " * 20_000, encoding="utf-8")
    command = f'"{sys.executable}" -m geo check-quotes "{folder}" --source "article={text}" | head -n 1'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("article: ")
    assert done.stderr == ""
