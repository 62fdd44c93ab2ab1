"""``CHANGES.csv``: read with the story, checked like its tables, and never in the way of opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo.schema import CHANGES
from geo.tables import folder_files, read_story, write_story

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import StoryFolder

HEADER = ",".join(CHANGES.names) + "\n"
GOOD = "2024-10-20,claims,sent,changed,hedge,,around,Overlooked.\n"
GONE = "2024-10-21,claims,long-gone,withdrawn,,A service: It was so.,,\n"


def test_a_story_needs_no_change_log(story: StoryFolder) -> None:
    tables = story.read()
    assert tables.problems == ()
    assert tables.changes.empty
    assert list(tables.changes) == list(CHANGES.names)
    assert "CHANGES.csv" not in tables.left_out


def test_changes_are_read_in_their_order_also_those_of_rows_that_are_gone(story: StoryFolder) -> None:
    story.write_file("CHANGES.csv", (HEADER + GOOD + GONE).encode())
    tables = story.read()
    assert tables.problems == ()
    assert tables.changes["id"].tolist() == ["sent", "long-gone"]
    assert tables.changes.loc[2, ["from", "to", "reason"]].tolist() == ["", "around", "Overlooked."]
    assert tables.left_out["CHANGES.csv"] == 0


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2024-10,claims,sent,changed,hedge,,around,", "changed_on", "'2024-10' is not a single day. Write one day"),
        ("2024-10/..,claims,sent,changed,hedge,,around,", "changed_on", "'2024-10/..' is not a single day"),
        ("2024-10/2024-11,claims,sent,changed,hedge,,around,", "changed_on", "'2024-10/2024-11' is not a single day"),
        ("2024-13-08,claims,sent,changed,hedge,,around,", "changed_on", "has no month 13. Write one day"),
        ("yesterday,claims,sent,changed,hedge,,around,", "changed_on", "is not a date"),
        (",claims,sent,changed,hedge,,around,", "changed_on", "the cell is blank"),
        ("2024-10-20,claim,sent,changed,hedge,,around,", "table", "Did you mean 'claims'?"),
        ("2024-10-20,claims,,changed,hedge,,around,", "id", "the cell is blank"),
        ("2024-10-20,claims,sent,corrected,hedge,,around,", "change", "Write one of: added, withdrawn, changed."),
        ("2024-10-20,claims,sent,changed,,,around,", "column", "the cell is blank though the row was changed"),
        ("2024-10-20,claims,sent,changed,hedge,,around", None, "the row has 7 cells"),
    ],
)
def test_a_wrong_row_is_a_problem_of_its_own_and_the_others_are_read(
    story: StoryFolder, row: str, column: str | None, reason: str
) -> None:
    story.write_file("CHANGES.csv", (HEADER + GOOD + row + "\n" + GONE).encode())
    problem = story.only_problem()
    assert (problem.file, problem.row, problem.column) == ("CHANGES.csv", 3, column)
    assert reason in str(problem)
    tables = story.read()
    assert tables.changes["id"].tolist() == ["sent", "long-gone"]
    assert tables.left_out == {"locations.csv": 0, "sources.csv": 0, "claims.csv": 0, "CHANGES.csv": 1}
    assert len(tables.claims) == 3


def test_all_problems_of_the_log_come_at_once_and_after_those_of_the_tables(story: StoryFolder) -> None:
    story.set("claims", 4, modality="maybe")
    story.write_file("CHANGES.csv", (HEADER + "never,claim,sent,corrected,,,,\n" + "never" + GOOD[10:]).encode())
    where = [(problem.file, problem.row, problem.column) for problem in story.read().problems]
    assert where == [
        ("claims.csv", 4, "modality"),
        ("CHANGES.csv", 2, "changed_on"),
        ("CHANGES.csv", 2, "table"),
        ("CHANGES.csv", 2, "change"),
        ("CHANGES.csv", 3, "changed_on"),
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a,b\n1,2\n", b'"'])
def test_a_log_that_cannot_be_read_is_a_problem_and_the_story_opens_all_the_same(
    story: StoryFolder, content: bytes
) -> None:
    story.write_file("CHANGES.csv", content)
    assert story.only_problem().file == "CHANGES.csv"
    assert len(story.read().claims) == 3
    assert story.read().changes.empty


def test_the_digest_changes_with_the_log(story: StoryFolder) -> None:
    folder = story.write()
    digests = [folder_files(folder).digest]
    for content in (HEADER, HEADER + GOOD, HEADER + GONE):
        (folder / "CHANGES.csv").write_text(content, encoding="utf-8")
        digests.append(folder_files(folder).digest)
        assert read_story(folder).digest == digests[-1]
    assert len(set(digests)) == 4


def test_a_story_that_is_written_keeps_its_log_with_columns_of_its_own(story: StoryFolder, tmp_path: Path) -> None:
    log = HEADER.replace("\n", ",editor\n") + GOOD.replace("\n", ",me\n")
    story.write_file("CHANGES.csv", log.encode())
    write_story(story.read(), tmp_path / "copy")
    assert (tmp_path / "copy" / "CHANGES.csv").read_text(encoding="utf-8") == log
    pd.testing.assert_frame_equal(read_story(tmp_path / "copy").changes, story.read().changes)


def test_a_story_without_changes_is_written_without_a_log(story: StoryFolder, tmp_path: Path) -> None:
    write_story(story.read(), tmp_path / "copy")
    assert not (tmp_path / "copy" / "CHANGES.csv").exists()


def test_the_ids_of_rows_with_problems_are_known(story: StoryFolder) -> None:
    story.set("claims", 4, modality="maybe")
    story.add("sources", source_id="statement")
    story.set("sources", 3, derived_from="")
    tables = story.read()
    assert tables.ids_with_problems == {
        "locations": frozenset(),
        "sources": frozenset({"statement"}),
        "claims": frozenset({"denial", "plan"}),
    }


def test_a_response_that_loses_a_reference_is_among_them_though_it_stays(story: StoryFolder) -> None:
    story.set("claims", 3, responds_to="sent;plan")
    story.set("claims", 4, modality="maybe")
    tables = story.read()
    assert tables.claims["claim_id"].tolist() == ["sent", "denial"]
    assert tables.ids_with_problems["claims"] == {"denial", "plan"}


@pytest.mark.parametrize("content", [b"", b"name\nVladivostok\n"])
def test_no_ids_are_known_of_a_table_that_cannot_be_read_but_those_of_the_claims_that_name_its_rows(
    story: StoryFolder, content: bytes
) -> None:
    story.write_file("locations.csv", content)
    ids = story.read().ids_with_problems
    assert set(ids) == {"sources", "claims"}
    assert ids["claims"] == {"sent", "denial", "plan"}
