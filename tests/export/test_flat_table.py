"""The flat CSV: it reads back as the table of claims, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from export.stories import NAMES, opened, whole

from geo.export import EXPORTERS
from geo.formulas import unescape_formulas
from geo.notation import cell_texts, csv_text
from geo.outputs import extract
from geo.readable import READABLE_COLUMNS
from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.selection import Selection
from geo.story_files import StoryFiles
from geo.tables import read_files

if TYPE_CHECKING:
    from geo.export import Extract


def rows(found: Extract) -> list[dict[str, str]]:
    """Return the rows as a program reads them that knows nothing of our marks."""
    text = EXPORTERS["csv"].export(found).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(name: str, claim_id: str) -> dict[str, str]:
    return next(row for row in rows(whole(name)) if row["claim_id"] == claim_id)


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_back_as_the_table_of_claims(name: str) -> None:
    claims = opened(name).tables.claims
    read = [
        {unescape_formulas(head): unescape_formulas(cell) for head, cell in row.items()} for row in rows(whole(name))
    ]
    content = csv_text({column: [row[column] for row in read] for column in claims.columns}).encode()
    files = StoryFiles("back", {"claims.csv": content, **documents(name)})
    back = read_files(files)
    assert back.problems == ()
    pd.testing.assert_frame_equal(back.claims.reset_index(drop=True), claims.reset_index(drop=True))


def documents(name: str) -> dict[str, bytes]:
    """Return the tables that the claims refer to."""
    tables = opened(name).tables
    return {
        table.file: csv_text(cell_texts(getattr(tables, table.name), table)).encode() for table in (LOCATIONS, SOURCES)
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_begins_with_a_sign_unless_it_is_a_number(name: str) -> None:
    for record in rows(whole(name)):
        for cell in (*record, *record.values()):
            begins = re.match(r"[\s\"]*([=+\-@])", cell)
            assert not begins or re.fullmatch(r"[-+\d. ;]+", cell), cell


def test_excel_knows_it_for_utf_8_and_lines_end_as_the_standard_says() -> None:
    content = EXPORTERS["csv"].export(whole("shipped"))
    assert content.startswith(b"\xef\xbb\xbfclaim_id,statement,")
    assert content.count(b"\r\n") == 33


def test_the_claim_s_own_columns_come_first_then_the_story_s_then_the_words() -> None:
    names = list(rows(whole("shipped"))[0])
    assert names == [*CLAIMS.names, *READABLE_COLUMNS]
    hostile = list(rows(whole("hostile"))[0])
    assert hostile[len(CLAIMS.names) : len(CLAIMS.names) + 3] == ['\'=own,"column"', "number", "place_names"]
    assert {"number_2", "place_names_2"} <= set(hostile), "a column of the story's own keeps its name"


def test_places_stand_by_their_names_points_and_uncertainties() -> None:
    many = row("pacific", "many")
    assert many["origin_names"] == "Suva; Apia"
    assert many["origin_lat_lon"] == "-18.1416 178.4419; -13.8333 -171.7667"
    assert many["origin_uncertainties_km"] == "12.5; not stated"
    assert many["destination_lat_lon"] == "'-18.5 179.5; place not settled"
    assert row("pacific", "nowhere-from")["origin_names"] == "not stated"
    assert row("pacific", "point")["origin_names"] == "no movement"
    assert row("pacific", "denial")["place_names"] == "not stated"


def test_documents_and_other_voices_stand_in_words() -> None:
    across = row("pacific", "across")
    assert across["documents"] == "A wire → A paper, “Ships” (article)"
    assert across["source_url"] == "https://example.org/a?b=1&c=2"
    assert across["others_say"] == "A ministry denied this (denial); A fleet supported this (echo)"
    assert across["number"] == "about 1,500-2,000 troops (sent)"


def test_how_surely_a_claim_is_in_the_selection_is_said() -> None:
    asked = Selection(from_=date(2024, 10, 1), to=date(2024, 10, 10), known=date(2024, 10, 15))
    found = {row["claim_id"]: row["in_selection"] for row in rows(extract(opened("pacific"), asked))}
    assert found["across"] == "certainly"
    assert found["back"] == "possibly"
    assert found["point"] == "not dated"
