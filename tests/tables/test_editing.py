"""A table is corrected without a change to what nobody corrected."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Problem
from geo.schema import ADDED, CHANGED, CLAIMS, LOCATIONS, SOURCES, WITHDRAWN
from geo.story_files import StoryFiles
from geo.tables import (
    RawTable,
    csv_bytes,
    edited,
    folder_files,
    new_id,
    new_problems,
    raw_table,
    read_files,
    typed_changes,
    zip_files,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import StoryFolder

TEXTS = st.sampled_from(['"', "a,b", "two\nlines", " blanks ", "=1+1", "\0", "Владивосток", "", "\u2028", "a\rb"])
CELLS = TEXTS | st.text(st.characters(codec="utf-8"), max_size=20)


def opened(content: str | bytes) -> RawTable:
    raw = raw_table(content if isinstance(content, bytes) else content.encode(), SOURCES)
    assert isinstance(raw, RawTable), raw
    return raw


def written(records: Sequence[Sequence[str]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator="\n").writerows(records)
    return text.getvalue().encode()


def lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_table_that_nobody_edits_is_written_as_it_was_read(
    rows: list[tuple[str, str, str]], quoting: int, end: str, mark: bool
) -> None:
    quoted = written([["source_id", "My own", "title"], *([lf(cell) for cell in row] for row in rows)], quoting)
    content = (b"\xef\xbb\xbf" if mark else b"") + quoted.replace(b"\n", end.encode())
    assert csv_bytes(opened(content)) == quoted


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), CELLS, st.data())
def test_a_cell_that_is_edited_reads_back_and_no_other_cell_changes(
    rows: list[tuple[str, str, str]], text: str, data: st.DataObject
) -> None:
    before = opened(written([["source_id", "My own", "title"], *([lf(cell) for cell in row] for row in rows)]))
    position = data.draw(st.integers(0, len(rows) - 1))
    key = data.draw(st.sampled_from(["source_id", "#1", "title"]))
    after = edited(before, {position: {key: text}})
    assert opened(csv_bytes(after)).rows == tuple(
        row if row.text else type(row)(row.number, row.cells, written([row.cells or ()]).decode()) for row in after.rows
    )
    expected = [list(row.cells or ()) for row in before.rows]
    expected[position][list(before.columns).index(key)] = lf(text)
    assert [list(row.cells or ()) for row in after.rows] == expected


def test_what_is_no_record_stays_in_the_file_as_it_is() -> None:
    lines = ["source_id,title", "a,A", 'b,"broken" here', "c", "d,D,too many", "", ",", "e,E"]
    raw = opened("\n".join(lines))
    assert [row.number for row in raw.rows if raw.is_record(row)] == [2, 8]
    after = edited(raw, {0: {"title": "Another"}}, added=[{"source_id": "f"}])
    assert csv_bytes(after).decode().split("\n") == ["source_id,title", "a,Another", *lines[2:], "f,", ""]


def test_rows_are_removed_and_added_and_a_row_of_blanks_is_not() -> None:
    raw = opened("source_id,title\na,A\nb,B\n")
    after = edited(raw, {}, removed=[0], added=[{"source_id": "c", "title": ""}, {"title": " "}])
    assert csv_bytes(after) == b"source_id,title\nb,B\nc,\n"
    assert after.numbers == (3, 4)


def test_a_column_that_the_file_lacks_is_added_with_its_first_text() -> None:
    raw = opened("source_id,Mine\na,1\nb,2\nshort\n")
    assert csv_bytes(edited(raw, {0: {"note": " "}})) == b"source_id,Mine\na,1\nb,2\nshort\n"
    after = edited(raw, {1: {"note": "N", "title": "T"}})
    assert csv_bytes(after) == b"source_id,Mine,title,note\na,1,,\nb,2,T,N\nshort,,\n"
    assert not after.is_record(after.rows[2])  # one cell too few, as before


def test_a_repeated_and_a_nameless_column_have_keys_of_their_own() -> None:
    raw = opened("title,source_id,title,,Mine\nA,a,second,nameless,own\n")
    assert raw.columns == {"title": "title", "source_id": "source_id", "#2": "title", "#3": "", "#4": "Mine"}
    after = edited(raw, {0: {"#2": "other", "#3": "text"}})
    assert csv_bytes(after).decode().split("\n")[1] == "A,a,other,text,own"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"nothing,known\n1,2\n", "names none"),
        (b'"source_id\n', "names none"),
    ],
)
def test_a_file_that_is_no_table_cannot_be_edited_and_says_why(content: bytes, words: str) -> None:
    problem = raw_table(content, SOURCES)
    assert isinstance(problem, Problem)
    assert words in problem.reason


def test_a_file_that_is_not_there_begins_with_every_column() -> None:
    raw = raw_table(None, LOCATIONS)
    assert isinstance(raw, RawTable)
    content = csv_bytes(edited(raw, {}, added=[{"location_id": "port", "name": "The port"}]))
    files = StoryFiles("story", {LOCATIONS.file: content, CLAIMS.file: b",".join(n.encode() for n in CLAIMS.names)})
    assert read_files(files).locations["name"].tolist() == ["The port"]


def test_half_a_surrogate_pair_does_not_stop_the_writing() -> None:
    assert csv_bytes(edited(opened("source_id,title\na,A\n"), {0: {"title": "\ud83d"}})) == b"source_id,title\na,?\n"


def test_changes_are_told_by_row_and_field_also_of_rows_that_the_map_leaves_out() -> None:
    raw = opened("source_id,title,publisher,published\na,A,P,2024-13\nb,B,Q,\n")
    after = edited(raw, {0: {"published": "2024-12"}}, removed=[1], added=[{"source_id": "c", "title": "C"}])
    told = [
        (number, each.what, each.row_id, each.column, each.before, each.after)
        for number, each in typed_changes(raw, after)
    ]
    assert told == [
        (2, CHANGED, "a", "published", "2024-13", "2024-12"),
        (3, ADDED, "c", "", "", "C"),
        (3, WITHDRAWN, "b", "", "Q: B", ""),
    ]


def test_only_problems_that_the_edits_brought_are_new_whatever_row_they_move_to(story: StoryFolder) -> None:
    story.set("claims", 4, event_date="2024-13")
    files = folder_files(story.write())
    before = read_files(files).problems
    raw = raw_table(files.contents[CLAIMS.file], CLAIMS)
    assert isinstance(raw, RawTable)
    # Without the first row all others move up, and the second one answers a claim that is gone.
    after = edited(raw, {1: {"reported_date": "yesterday"}}, removed=[0])
    problems = read_files(files.with_file(CLAIMS.file, csv_bytes(after))).problems
    found = new_problems(before, problems, {CLAIMS.file: after})
    assert {(each.row, each.column, each.value) for each in found} == {
        (3, "reported_date", "yesterday"),
        (3, "responds_to", "sent"),
    }


@given(st.text(), st.lists(st.text(), max_size=5))
def test_an_id_is_short_free_and_one_that_the_reader_takes(text: str, taken: list[str]) -> None:
    made = new_id(text, taken)
    assert made not in taken
    assert 0 < len(made) <= 60
    assert ";" not in made
    assert not any(map(str.isspace, made))


def test_an_id_says_what_it_stands_for() -> None:
    assert new_id("NIS: 1,500 troops were sent by ship", ()) == "nis-1-500-troops-were"
    assert new_id("Владивосток", {"владивосток"}) == "владивосток-2"
    assert new_id("…", ()) == "row"


def test_the_archive_of_a_story_opens_as_the_same_files_and_is_the_same_every_time() -> None:
    contents = {CLAIMS.file: b"\xef\xbb\xbfclaim_id\r\n", "datapackage.json": b"{}", "../elsewhere.csv": b"not read"}
    files = StoryFiles("story", contents)
    archive = zip_files(files)
    assert archive == zip_files(files)
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {
            name: contents[name] for name in ("datapackage.json", CLAIMS.file)
        }
        assert {entry.external_attr >> 16 for entry in found.infolist()} == {0o644}
