from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from geo import cells
from geo.cells import adapter_of
from geo.schema import LOCATIONS, OPTIONAL_TABLES, SOURCES, TABLES, Column

if TYPE_CHECKING:
    from conftest import StoryFolder

URL = next(column for column in SOURCES.columns if column.name == "url")
TOO_LONG = " ".join(["word"] * 26)

# table, row, cells that are changed; column that is named, part of the reason, part of the fix
WRONG = [
    ("claims", 2, {"claim_id": ""}, "claim_id", "the cell is blank", "Fill it in: Short name of the claim"),
    ("claims", 2, {"claimant": " "}, "claimant", "the cell is blank", "Fill it in: Who asserts it."),
    ("claims", 4, {"claim_id": "a b"}, "claim_id", "white space or ';'", "Write 'a-b', and the same wherever"),
    ("claims", 4, {"claim_id": "a;b"}, "claim_id", "white space or ';'", "Write 'a-b'"),
    ("claims", 4, {"claim_id": "a\u2003b"}, "claim_id", "white space or ';'", "Write 'a-b'"),
    ("claims", 4, {"event_date": "2024-13-08"}, "event_date", "has no month 13", "Write 2024-10-08"),
    ("claims", 4, {"event_date": "2023-02-29"}, "event_date", "has no day 29: February 2023 has 28 days", "Write"),
    ("claims", 4, {"reported_date": "Oct 8-13"}, "reported_date", "not a date in a form", "2024-10-08/2024-10-13"),
    ("claims", 4, {"event_date": "2024-11/2024-10"}, "event_date", "runs backwards", "2024-10/2024-11"),
    ("claims", 4, {"event_date_basis": "guessed"}, "event_date_basis", "none of the words", "stated, inferred"),
    ("claims", 4, {"modality": "Hapened"}, "modality", "none of the words", "Did you mean 'happened'?"),
    ("claims", 4, {"modality": ""}, "modality", "the cell is blank", "In what way it is asserted."),
    ("claims", 3, {"stance": "denys"}, "stance", "none of the words", "Did you mean 'denies'?"),
    ("claims", 3, {"stance": "consistent with"}, "stance", "none of the words", "Did you mean 'consistent_with'?"),
    ("claims", 2, {"quantity_min": "1,500"}, "quantity_min", "is not a number", "Write 1500, or 1.500 if"),
    ("claims", 2, {"quantity_max": "1\u202f500"}, "quantity_max", "is not a number", "Write 1500."),
    ("claims", 2, {"quantity_max": "1,234,567.5"}, "quantity_max", "is not a number", "Write 1234567.5."),
    ("claims", 2, {"quantity_max": "12,5"}, "quantity_max", "is not a number", "Write 12.5, with a dot."),
    ("claims", 2, {"quantity_max": "about 1500"}, "quantity_max", "is not a number", "digits alone"),
    ("claims", 2, {"quantity_max": "nan"}, "quantity_max", "is not a number", "digits alone"),
    ("claims", 2, {"quantity_max": "inf"}, "quantity_max", "is not a number", "digits alone"),
    ("claims", 2, {"quantity_max": "1e999"}, "quantity_max", "too large", "a smaller one"),
    ("claims", 2, {"quantity_max": "١٥٠٠"}, "quantity_max", "is not a number", "digits alone"),
    ("claims", 2, {"quantity_min": "-3"}, "quantity_min", "is less than zero", "zero or more"),
    ("claims", 2, {"quantity_min": "2000"}, "quantity_max", "less than quantity_min, which is 2000", "1500 to 2000"),
    ("claims", 2, {"quantity_approximate": "no"}, "quantity_approximate", "neither 'yes' nor blank", "Write yes"),
    ("claims", 2, {"excerpt": TOO_LONG}, "excerpt", "has 26 words, more than 25", "Cut it to 25 words"),
    ("claims", 3, {"stance": ""}, "stance", "blank though responds_to is given", "Say what the claim says"),
    ("claims", 4, {"stance": "denies"}, "responds_to", "blank though stance is given", "or clear stance"),
    ("sources", 3, {"url": "javascript:alert(1)"}, "url", "not an http or https address", "begins with https://"),
    ("sources", 3, {"url": "data:text/html,x"}, "url", "not an http or https address", "begins with https://"),
    ("sources", 3, {"url": "ftp://example.org/"}, "url", "not an http or https address", "begins with https://"),
    ("sources", 3, {"url": "//example.org/"}, "url", "not an http or https address", "begins with https://"),
    ("sources", 3, {"url": "https:///path"}, "url", "not an http or https address", "begins with https://"),
    ("sources", 3, {"url": "www.example.org/a"}, "url", "does not begin with http", "'https://www.example.org/a'"),
    ("sources", 3, {"archived_url": "https://example.org/a b"}, "archived_url", "white space", "%20"),
    ("sources", 3, {"url": "https://exa\u202emple.org/"}, "url", "invisible", "one address alone"),
    ("sources", 3, {"url": "https://[::1/"}, "url", "is not a web address", "Copy it anew"),
    ("sources", 3, {"url": "https://example.org:port/"}, "url", "is not a web address", "Copy it anew"),
    ("sources", 3, {"published": "19.10.2024"}, "published", "not a date in a form", "Write 2024-10-08"),
    ("locations", 2, {"country_code": "ru"}, "country_code", "two capital letters", "Write 'RU'."),
    ("locations", 2, {"country_code": "Russia"}, "country_code", "two capital letters", "RU for Russia"),
    ("locations", 3, {"uncertainty_km": "-1"}, "uncertainty_km", "is less than zero", "zero or more"),
    ("locations", 3, {"latitude": ""}, "latitude", "blank though longitude is given", "clear longitude"),
    ("locations", 3, {"longitude": ""}, "longitude", "blank though latitude is given", "clear latitude"),
    (
        "locations",
        3,
        {"latitude": "131.87", "longitude": "43.1"},
        "latitude",
        "off the Earth",
        "latitude 43.1, longitude 131.87",
    ),
    ("locations", 3, {"latitude": "91", "longitude": "100"}, "latitude", "off the Earth", "from -90 to 90"),
    ("locations", 3, {"longitude": "190"}, "longitude", "off the Earth", "from -180 to 180"),
    ("locations", 3, {"latitude": "north"}, "latitude", "is not a number", "43.1056"),
    ("locations", 3, {"coordinate_source": ""}, "coordinate_source", "blank though coordinates are given", "Say from"),
    ("locations", 3, {"extent": "52.4 34.1 50.9 38.5"}, "extent", "south above its north", "'50.9 34.1 52.4 38.5'"),
    ("locations", 3, {"extent": "50.9 34.1 52.4"}, "extent", "is not four numbers", "south west north east"),
    ("locations", 3, {"extent": "50.9, 34.1, 52.4, 38.5"}, "extent", "is not four numbers", "south west north east"),
    ("locations", 3, {"extent": "50.9 34.1 52.4 200"}, "extent", "beyond the Earth", "south west north east"),
]


@pytest.mark.parametrize(("table", "row", "cells", "column", "reason", "fix"), WRONG)
def test_a_wrong_cell_is_named_with_reason_and_fix_and_its_row_left_out(
    story: StoryFolder, table: str, row: int, cells: dict[str, str], column: str, reason: str, fix: str
) -> None:
    story.set(table, row, **cells)
    tables = story.read()
    here = [p for p in tables.problems if (p.file, p.row) == (f"{table}.csv", row)]
    assert len(here) == 1, [str(p) for p in here]  # one mistake is told once
    assert here[0].column == column
    assert reason in here[0].reason
    assert fix in here[0].fix
    assert here[0].value == (story.rows[table][row - 2].get(column, "").strip() or None)
    assert row not in getattr(tables, table).index
    assert tables.left_out[f"{table}.csv"] >= 1


RIGHT = [
    ("claims", 4, {"event_date": "2024-10"}),
    ("claims", 4, {"event_date": "2024-10-08/.."}),
    ("claims", 4, {"event_date": "2024-11-01", "reported_date": "2024-10-18"}),  # a forecast is reported before
    ("claims", 4, {"quantity_min": "3"}),  # at least three
    ("claims", 4, {"quantity_max": "3"}),  # at most three
    ("claims", 4, {"quantity_min": "0", "quantity_max": "1.5e3"}),
    ("claims", 4, {"excerpt": TOO_LONG.removesuffix(" word")}),
    ("sources", 2, {"url": "HTTP://example.org:8080/a?b=c#d"}),
    ("sources", 2, {"url": "https://пример.рф/статья"}),
    ("locations", 3, {"extent": "60 170 70 -170"}),  # crosses the 180th meridian
    ("locations", 2, {"uncertainty_km": "15"}),  # without coordinates
    ("locations", 3, {"latitude": "-90", "longitude": "180"}),
    ("claims", 4, {"note": "=1+1", "statement": "<script>{{7*7}}</script>"}),
]


@pytest.mark.parametrize(("table", "row", "cells"), RIGHT)
def test_what_the_format_allows_is_no_problem(story: StoryFolder, table: str, row: int, cells: dict[str, str]) -> None:
    story.set(table, row, **cells)
    assert [str(problem) for problem in story.read().problems] == []


def test_rows_with_the_same_id_are_all_named_and_left_out_since_none_is_known_to_be_meant(story: StoryFolder) -> None:
    story.add("claims", **{**story.rows["claims"][2], "statement": "Another."})
    tables = story.read()
    assert [(p.row, p.reason) for p in tables.problems] == [
        (4, "is also the id of row 5"),
        (5, "is also the id of row 4"),
    ]
    assert tables.claims["claim_id"].tolist() == ["sent", "denial"]


def test_one_wrong_word_in_many_rows_is_a_problem_of_each(story: StoryFolder) -> None:
    for i in range(300):
        story.add("claims", **{**story.rows["claims"][2], "claim_id": f"c{i}", "modality": "planed"})
    problems = story.read().problems
    assert [p.row for p in problems] == list(range(5, 305))
    assert {p.fix.partition("?")[0] for p in problems} == {"Did you mean 'planned'"}


def test_where_nothing_is_wrong_no_adapter_is_made(story: StoryFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    story.rows["claims"][1] |= {"event_date": "2024-02-29/..", "hedge": "alleged", "quantity_approximate": "yes"}
    monkeypatch.setattr(cells, "adapter_of", lambda column: pytest.fail(column.name))
    assert story.read().problems == ()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_that_python_writes_can_be_read(number: float) -> None:
    latitude = next(column for column in LOCATIONS.columns if column.name == "latitude")
    assert adapter_of(latitude).validate_python([repr(number)]) == [number]


@given(st.sampled_from([column for table in (*TABLES, *OPTIONAL_TABLES) for column in table.columns]), st.text())
@example(URL, "https://[::1/")
@example(URL, "https://example.org:port/")
def test_no_text_makes_a_check_stumble(column: Column, text: str) -> None:
    problems = []
    adapter = adapter_of(column)
    if adapter is not None:
        try:
            adapter.validate_python([text])
        except ValidationError as error:
            problems = error.errors()
    assert all({"reason", "fix"} <= problem["ctx"].keys() for problem in problems)
