"""From a single table to a story: what each row becomes, and what is said of those that become nothing."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.made_by_others import delimited

from geo.intake import FIELDS, Answers, Intake, Upload, take_in
from geo.schema import CLAIMS
from geo.tables import Tables, read_files

if TYPE_CHECKING:
    from collections.abc import Sequence


NO_ANSWERS = Answers()


def taken(*records: Sequence[str], answers: Answers = NO_ANSWERS, delimiter: str = ",") -> Intake:
    return take_in([Upload("table.csv", delimited(records, delimiter))], answers)


def opened(*records: Sequence[str], answers: Answers = NO_ANSWERS) -> Tables:
    intake = taken(*records, answers=answers)
    assert intake.files, intake.questions
    return read_files(intake.files)


def fields(*headings: str, cells: Sequence[str] = ()) -> dict[str, str]:
    """Return what columns with these headings are taken for, over one row of cells or a blank claim."""
    table = taken(headings, cells or ["x"] * len(headings)).table
    assert table
    return {column.heading: column.field for column in table.columns}


def test_every_column_of_a_claim_can_be_named() -> None:
    said_otherwise = {
        "source_id": "source",
        "locations": "place",
        "origins": "origin",
        "destinations": "destination",
        "event_date": "date",
        "quantity_approximate": "quantity",
    }
    assert [name for name in CLAIMS.names if said_otherwise.get(name, name) not in FIELDS] == []


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("Location", "Kursk", "place"),
        ("LAT", "51.7", "latitude"),
        ("lng", "36.2", "longitude"),
        ("y", "51.7", "latitude"),
        ("lat, lon", "51.7, 36.2", "lat, lon"),
        ("Reported Date", "2024-10-08", "reported_date"),
        ("Source URL", "https://example.org", "source_url"),
        ("sourceUrl", "https://example.org", "source_url"),
        ("event_date", "2024-10-08", "date"),
        ("fatalities", "3", "quantity"),
        ("Koordinaten", "51,7 36,2", "lat, lon"),
        ("Джерело", "Газета", "source"),
        ("출처", "신문", "source"),
        ("Fuente", "Un diario", "source"),
        ("From", "Chongjin", "origin"),
        ("Note (internal)", "a", "note"),
        ("group/Place", "Kursk", "place"),
        ("shoe size", "43", ""),
    ],
)
def test_a_heading_says_what_its_column_is(heading: str, cell: str, field: str) -> None:
    assert fields("Claim", heading, cells=("A claim.", cell))[heading] == field


def test_from_and_to_may_be_days() -> None:
    found = fields("Claim", "from", "to", cells=("A claim.", "2024-10-08", "2024-10-13"))
    assert (found["from"], found["to"]) == ("date", "")


def test_columns_are_known_by_what_stands_in_them() -> None:
    table = taken(
        ("A", "B", "C", "D"),
        ("51.7, 36.2", "25/10/2024", "https://example.org/1", "Troops were seen at the station."),
        ("51.1, 35.2", "26/10/2024", "https://example.org/2", "A column passed through at night."),
    ).table
    assert table
    assert [column.field for column in table.columns] == ["lat, lon", "date", "source_url", "statement"]
    assert {column.why for column in table.columns} == {"by its content"}


def test_notes_are_the_claim_only_where_no_other_column_is() -> None:
    assert fields("notes", "location", cells=("Troops came.", "Kursk"))["notes"] == "statement"
    assert fields("claim", "notes", cells=("Troops came.", "unsure"))["notes"] == "note"


def test_an_answer_goes_before_every_guess() -> None:
    answers = Answers(fields={"Claim": "", "Remarks": "statement"})
    tables = opened(("Claim", "Remarks"), ("No. 1", "Troops came."), answers=answers)
    assert tables.claims["statement"].tolist() == ["Troops came."]
    assert tables.claims["Claim"].tolist() == ["No. 1"]


def test_a_column_of_ones_own_never_takes_the_name_of_a_claims() -> None:
    tables = opened(("claim", "mode"), ("Troops came.", "silent"), answers=Answers(fields={"mode": ""}))
    assert tables.claims["mode"].tolist() == [""]
    assert tables.claims["mode (in the file)"].tolist() == ["silent"]


def test_a_heading_that_stands_twice_or_not_at_all_gets_a_name() -> None:
    tables = opened(("claim", "tag", "tag", ""), ("Troops came.", "a", "b", "c"))
    assert tables.claims[["tag", "tag (2)", "column 4"]].to_numpy().tolist() == [["a", "b", "c"]]


def test_what_the_table_does_not_say_is_said_in_the_note() -> None:
    intake = taken(("claim",), ("Troops came.",), delimiter=";")
    assert intake.files
    tables = read_files(intake.files)
    claim = tables.claims.iloc[0]
    assert (claim["claimant"], claim["modality"], claim["event_date"]) == ("not stated", "happened", "")
    assert [word in claim["note"] for word in ("no claimant", "in what way", "no source")] == [True] * 3
    assert tables.sources["title"].tolist() == ["table.csv"]
    assert "its rows name no other source" in tables.sources["note"].iloc[0]
    assert [note for note in intake.notes if "says so" in note] == [
        "In 1 row no claimant is named: it reads 'not stated', and the note there says so.",
        "In 1 row nothing says in what way it is asserted: it is taken as 'happened', and the note there says so.",
        "In 1 row no source is named: the table itself is it, and the note there says so.",
    ]


def test_one_name_at_two_points_is_two_places() -> None:
    tables = opened(
        ("claim", "place", "lat", "lon"),
        ("a", "Kursk", "51.7", "36.2"),
        ("b", "Kursk", "51.7", "36.2"),
        ("c", "Kursk", "47.3", "39.7"),
        ("d", "Kursk", "", ""),
    )
    assert tables.locations["name"].tolist() == ["Kursk", "Kursk (2)", "Kursk (3)"]
    assert tables.locations["query"].tolist() == ["", "", "Kursk"]
    assert tables.claims["locations"].tolist() == [("kursk",), ("kursk",), ("kursk-2",), ("kursk-3",)]


def test_one_document_is_listed_once() -> None:
    tables = opened(
        ("claim", "source", "link"),
        ("a", "A paper", "https://www.example.org/1"),
        ("b", "A paper", "https://www.example.org/1"),
        ("c", "https://example.com/2", ""),
    )
    assert tables.sources["publisher"].tolist() == ["example.org", "example.com"]
    assert tables.claims["source_id"].tolist() == ["a-paper", "a-paper", "example-com"]


def test_every_address_of_a_cell_is_kept() -> None:
    tables = opened(("claim", "links"), ("a", "https://example.org/1 https://example.org/2"))
    assert tables.sources["url"].tolist() == ["https://example.org/1"]
    assert "https://example.org/2" in tables.sources["note"].iloc[0]


def test_the_time_of_day_is_kept_beside_the_day() -> None:
    tables = opened(("claim", "date"), ("a", "2024-10-08 14:30"), ("b", "2024-10-09"))
    assert tables.claims["event_date"].tolist() == ["2024-10-08", "2024-10-09"]
    assert tables.claims["date"].tolist() == ["2024-10-08 14:30", "2024-10-09"]


def test_a_problem_names_file_row_heading_value_and_fix() -> None:
    tables = opened(("Fecha", "Claim"), ("", "sound"), ("", ""), ("31.02.2024", "not sound"))
    (problem,) = tables.problems
    assert str(problem).startswith("table.csv, row 4, column 'Fecha': '31.02.2024' has no day 31")
    assert tables.left_out["table.csv"] == 1
    assert tables.claims["statement"].tolist() == ["sound"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"modality": "maybe"}, "none of the words allowed"),
        ({"country_code": "Russia"}, "not a code of two capital letters"),
        ({"low": "5", "high": "3"}, "less than the lower end"),
        ({"date": "2024-10-13", "date_end": "2024-10-08"}, "doesn't end what begins on"),
        ({"excerpt": "word " * 26}, "has 26 words"),
        ({"responds to": "row-9", "stance": "denies"}, "names a claim that is not in the table"),
        ({"stance": "denies"}, "though its partner is given"),
    ],
)
def test_what_a_story_may_not_hold_is_said_of_the_row(cells: dict[str, str], reason: str) -> None:
    intake = taken(("claim", *cells), ("A claim.", *cells.values()), ("Another.", *[""] * len(cells)))
    assert intake.files
    assert [reason in str(problem) for problem in intake.files.problems] == [True]
    assert read_files(intake.files).claims["statement"].tolist() == ["Another."]


def test_a_date_column_that_contradicts_itself_is_asked_about() -> None:
    records = (("claim", "date"), ("a", "25/10/2024"), ("b", "10/25/2024"), ("c", "03/04/2024"))
    assert [question.field for question in taken(*records).questions] == ["date_order"]
    tables = opened(*records, answers=Answers(date_order="day first"))
    assert tables.claims["event_date"].tolist() == ["2024-10-25", "2024-04-03"]
    assert "no month 25" in str(tables.problems[0])


def test_totals_blank_rows_and_headings_again_are_no_claims() -> None:
    records = (("claim", "troops"), ("a", "5"), ("", ""), ("claim", "troops"), ("b", "6"), ("Total", "11"))
    intake = taken(*records)
    assert intake.files
    assert intake.table
    assert (intake.table.rows, intake.files.problems) == (2, ())
    assert [note for note in intake.notes if "and no claim" in note] == [
        "1 row holds the headings again and no claim.",
        "1 row holds totals and no claim.",
    ]


def test_the_headings_may_be_pointed_out() -> None:
    records = (("claim", "place"), ("text", "text"), ("statement", "location"), ("Troops came.", "Kursk"))
    table = taken(*records, answers=Answers(header_row=3)).table
    assert table
    assert (table.header_row, table.rows) == (3, 1)


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=40)
@given(st.lists(st.tuples(cell, cell, cell, cell, cell, cell), min_size=1, max_size=6))
def test_whatever_the_cells_hold_the_story_reads_without_a_problem_that_was_not_told(
    rows: list[tuple[str, ...]],
) -> None:
    headings = ("claim", "place", "date", "source", "troops", "mine")
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *rows])
    answers = Answers(header_row=1, fields={"claim": "statement"})
    try:
        intake = take_in([Upload("table.csv", text.getvalue().encode())], answers)
    except ValueError:  # nothing below the headings
        return
    if intake.files:
        tables = read_files(intake.files)
        assert tables.problems == intake.files.problems
        assert sum(tables.left_out.values()) == sum(intake.files.left_out.values())
