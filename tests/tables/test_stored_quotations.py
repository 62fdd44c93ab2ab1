"""The optional fourth table: what it says of claims, and for how long."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from frictionless import validate

from geo.schema import CLAIMS, QUOTATIONS
from geo.tables import folder_files, read_story, renew_quotations, write_story, write_table

if TYPE_CHECKING:
    from conftest import StoryFolder

    from geo.tables import Tables

DATA = Path(__file__).parents[2] / "data"
SHA = "ab" * 32
ROW = {
    "claim_id": "sent",
    "source_id": "reprint",
    "excerpt": "1,500 went",
    "checked_on": "2026-11-24",
    "text_sha256": SHA,
}


def store(story: StoryFolder, *rows: dict[str, str]) -> Tables:
    """Open the story with these rows in its fourth table; the claim ``sent`` has their excerpt."""
    story.set("claims", 2, excerpt="1,500 went")
    header = list(dict.fromkeys([*QUOTATIONS.names, *(name for row in rows for name in row)]))
    with (story.folder / QUOTATIONS.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return story.read()


def checked(tables: Tables) -> list[str]:
    return tables.quotations["claim_id"].tolist()


def test_a_story_without_the_table_has_no_checked_quotation_and_no_problem(story: StoryFolder) -> None:
    tables = story.read()
    assert checked(tables) == []
    assert tables.problems == ()
    assert QUOTATIONS.file not in tables.left_out


def test_a_row_that_is_that_of_its_claim_counts(story: StoryFolder) -> None:
    tables = store(story, ROW)
    assert tables.problems == ()
    assert tables.quotations.iloc[0].to_dict() == ROW
    assert tables.left_out[QUOTATIONS.file] == 0


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("excerpt", "1,500 Went", "is no longer the claim's excerpt"),
        ("excerpt", "", "the cell is blank"),
        ("source_id", "statement", "is no longer the claim's source"),
        ("claim_id", "gone", "is the id of no claim"),
        ("checked_on", "2026-11", "is not a single day"),
        ("checked_on", "2026-11-31", "Nov"),
        ("checked_on", "", "the cell is blank"),
        ("text_sha256", SHA.upper(), "is not a SHA-256"),
        ("text_sha256", SHA[:-1], "is not a SHA-256"),
    ],
)
def test_a_row_that_is_wrong_or_out_of_date_is_told_and_does_not_count(
    story: StoryFolder, column: str, value: str, reason: str
) -> None:
    tables = store(story, ROW | {column: value})
    (problem,) = tables.problems
    assert (problem.file, problem.row, problem.column) == (QUOTATIONS.file, 2, column)
    assert reason in str(problem)
    assert checked(tables) == []
    assert tables.left_out[QUOTATIONS.file] == 1
    assert len(tables.claims) == 3, "the claim itself stays"


def test_a_row_whose_claim_is_left_out_waits_for_it_and_is_not_to_be_deleted(story: StoryFolder) -> None:
    story.set("claims", 2, event_date="2024-13-08")
    tables = store(story, ROW)
    (problem,) = (problem for problem in tables.problems if problem.file == QUOTATIONS.file)
    assert str(problem) == (
        "quotations.csv, row 2, column 'claim_id': 'sent' is the claim of claims.csv row 2, which is left out."
        " Put that row right first."
    )
    assert tables.left_out[QUOTATIONS.file] == 1


def test_of_two_rows_for_one_claim_none_counts(story: StoryFolder) -> None:
    tables = store(story, ROW, ROW)
    assert [(p.row, p.column) for p in tables.problems] == [(2, "claim_id"), (3, "claim_id")]
    assert checked(tables) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        ("claim_id,Война".encode("cp1251"), "the file is not UTF-8"),
        (b"a,b\n1,2\n", "the first row names none of the table's columns"),
        (f"claim_id,source_id,excerpt,checked_on\nsent,reprint,{ROW['excerpt']!r},2026-11-24\n".encode(), "is missing"),
        (b'claim_id,source_id,excerpt,checked_on,text_sha256\nsent,"\n', "quotation mark"),
        (b"claim_id,source_id,excerpt,checked_on,text_sha256\nsent,rep\0rint,a,2026-11-24,b\n", "NUL"),
    ],
)
def test_a_broken_table_never_keeps_the_story_from_opening(story: StoryFolder, content: bytes, reason: str) -> None:
    story.write_file(QUOTATIONS.file, content)
    tables = story.read()
    assert any(reason in p.reason for p in tables.problems)
    assert {p.file for p in tables.problems} == {QUOTATIONS.file}
    assert (checked(tables), len(tables.claims)) == ([], 3)


def test_the_digest_changes_with_the_table(story: StoryFolder) -> None:
    digests = {story.read().digest, store(story, ROW).digest, store(story).digest}
    assert len(digests) == 3
    assert folder_files(story.folder).digest == story.read().digest


def test_a_check_makes_the_rows_of_the_claims_it_looked_up_anew_and_keeps_the_others(story: StoryFolder) -> None:
    story.set("claims", 3, excerpt="nobody")
    story.set("claims", 4, excerpt="more will go")
    other = ROW | {"claim_id": "denial", "source_id": "statement", "excerpt": "nobody", "who": "Kim"}
    plan = ROW | {"claim_id": "plan", "source_id": "statement", "excerpt": "more will go"}
    tables = store(story, plan, other, ROW)
    renewed = renew_quotations(tables.quotations, {"sent": "cd" * 32}, {"sent", "plan"}, tables.claims, "2026-12-01")
    assert renewed["claim_id"].tolist() == ["sent", "denial"], "in the order of the claims"
    assert renewed["text_sha256"].tolist() == ["cd" * 32, SHA]
    assert renewed["checked_on"].tolist() == ["2026-12-01", "2026-11-24"]
    assert renewed["who"].tolist() == ["", "Kim"]


def test_what_a_check_stores_reads_back_whatever_the_excerpt_holds(story: StoryFolder) -> None:
    nasty = 'he said “no”, "no",\n=1+1;\u00a0\u202eпривет 북한\u0301'
    story.set("claims", 2, excerpt=nasty)
    tables = story.read()
    renewed = renew_quotations(tables.quotations, {"sent": SHA}, {"sent"}, tables.claims, "2026-12-01")
    write_table(renewed, QUOTATIONS, story.folder / QUOTATIONS.file)
    again = read_story(story.folder)
    assert again.problems == ()
    assert again.quotations["excerpt"].tolist() == [nasty]


def test_a_story_that_is_written_takes_its_quotations_along_and_describes_them(
    story: StoryFolder, tmp_path: Path
) -> None:
    write_story(store(story, ROW), tmp_path / "copy")
    assert checked(read_story(tmp_path / "copy")) == ["sent"]
    report = validate(str(tmp_path / "copy" / "datapackage.json"))
    assert report.valid
    assert [task.name for task in report.tasks] == ["locations", "sources", "claims", "quotations"]


def test_every_excerpt_of_the_shipped_story_was_found_in_its_text() -> None:
    tables = read_story(DATA)
    with (DATA / CLAIMS.file).open(encoding="utf-8", newline="") as file:
        quoting = [row["claim_id"] for row in csv.DictReader(file) if row["excerpt"]]
    assert checked(tables) == quoting
    (sha256,) = tables.quotations["text_sha256"].unique()
    assert sha256 in (DATA.parent / "docs" / "story.md").read_text(encoding="utf-8")
    report = validate(str(DATA / "datapackage.json"))
    assert report.valid
    assert [task.name for task in report.tasks] == ["locations", "sources", "claims", "quotations"]
