from __future__ import annotations

import csv
import json
import stat
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from frictionless import validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import DatasetError
from geo.schema import CLAIMS, LOCATIONS, SOURCES, TABLES, Column, Kind, Table
from geo.tables import Tables, data_package, read_story, write_story, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import StoryFolder

NASTY = [
    "=1+1",
    "+7",
    "-7",
    "@x",
    'say "no"',
    ",",
    '"',
    ";",
    "{{7*7}}",
    "\u200fשלום",
    "\u202eabc",
    "a\r\nb\rc\nd",
    "\ufeffx",
]
NASTY += ["я" * 10_000, "</script>", "NA", "007", "1e5", " blanks\u00a0", "\x0b\x1f\u2028"]

texts = st.sampled_from(NASTY) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))
words = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0;"), min_size=1)
    .map(str.split)
    .map("-".join)
    .filter(bool)
)
finite = st.floats(0, allow_nan=False, allow_infinity=False)
BY_KIND = {
    Kind.TEXT: texts,
    Kind.DATE: st.sampled_from(["", "2024", "2024-10", "2024-10-08", "2024-10-08/2024-10-13", "../2024"]),
    Kind.LINK: st.sampled_from(["", 'https://example.org/a,b?c="d"', "http://пример.рф"]),
    Kind.NUMBER: finite | st.just(np.nan) | st.integers(0, 10**6).map(float),
    Kind.FLAG: st.booleans(),
    Kind.LIST: st.lists(words, max_size=3, unique=True).map(tuple),
    Kind.EXTENT: st.just(())
    | st.tuples(st.floats(-90, 0), st.floats(-180, 180), st.floats(0, 90), st.floats(-180, 180)),
}
DTYPES = {Kind.NUMBER: "float64", Kind.FLAG: "bool", Kind.LIST: "object", Kind.EXTENT: "object"}


def cells(column: Column, ids: Mapping[str, list[str]]) -> st.SearchStrategy[Any]:
    """Return what the column may hold by itself; ``stance`` and the coordinates are fitted to the row later."""
    if column.name == "latitude":
        return st.floats(-90, 90)
    if column.name == "longitude":
        return st.floats(-180, 180)
    if column.name == "country_code":
        return st.sampled_from(["", "RU"])
    if column.name == "excerpt":
        return texts.filter(lambda text: len(text.split()) <= 25)
    if column.refers_to:
        known = [] if column.name in ("responds_to", "derived_from") else ids[column.refers_to]
        some = st.lists(st.sampled_from(known), max_size=3, unique=True) if known else st.just([])
        return some.map(tuple) if column.kind is Kind.LIST else st.sampled_from(known)
    if column.choices:
        return st.sampled_from(column.choices)
    required = column.required or column.name == "coordinate_source"
    return BY_KIND[column.kind].filter(lambda value: bool(value.strip())) if required else BY_KIND[column.kind]


@st.composite
def stories(draw: st.DrawFn) -> Tables:
    ids = {table.name: draw(st.lists(words, unique=True, max_size=4, min_size=1)) for table in TABLES}
    frames = {}
    for table in TABLES:
        columns = {}
        for column in table.columns:
            if column.kind is Kind.ID:
                values = ids[table.name]
            elif column.name == "stance":
                values = [""] * len(ids[table.name])
            else:
                values = [draw(cells(column, ids)) for _ in ids[table.name]]
            array = np.empty(len(values), object)
            array[:] = values
            columns[column.name] = pd.Series(array, dtype=DTYPES.get(column.kind, "str"))
        frame = pd.DataFrame(columns).assign(colour=pd.Series([draw(texts) for _ in ids[table.name]], dtype="str"))
        frame.index = pd.Index(range(2, len(frame) + 2), name="row")
        frames[table.name] = frame
    low, high = frames["claims"]["quantity_min"], frames["claims"]["quantity_max"]
    frames["claims"]["quantity_max"] = high.where(~(low > high), low)
    return Tables(**frames, problems=(), left_out={}, title="Title", description="", digest="")


def as_read(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the frame as the format keeps it: no white space around a text, and LF for every line break."""
    plain = [c.name for c in table.columns if DTYPES.get(c.kind) is None] + ["colour"]
    tidy = {n: [t.replace("\r\n", "\n").replace("\r", "\n").strip() for t in frame[n]] for n in plain}
    return frame.assign(**{name: pd.Series(values, frame.index, dtype="str") for name, values in tidy.items()})


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(stories())
def test_a_story_that_is_written_reads_back_the_same_twice(
    tmp_path_factory: pytest.TempPathFactory, story: Tables
) -> None:
    folder = tmp_path_factory.mktemp("story")
    write_story(story, folder)
    once = read_story(folder)
    assert [str(problem) for problem in once.problems] == []
    for table in TABLES:
        expected = as_read(getattr(story, table.name), table)
        pd.testing.assert_frame_equal(getattr(once, table.name), expected)
    write_story(once, folder)
    twice = read_story(folder)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(twice, table.name), getattr(once, table.name))
    assert twice.title == "Title"


def test_written_twice_a_story_is_the_same_to_the_byte(story: StoryFolder, tmp_path: Path) -> None:
    write_story(story.read(), tmp_path / "a")
    write_story(read_story(tmp_path / "a"), tmp_path / "b")
    for file in ("locations.csv", "sources.csv", "claims.csv", "datapackage.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_numbers_have_no_needless_digits_and_lines_end_in_lf_without_a_byte_order_mark(
    story: StoryFolder, tmp_path: Path
) -> None:
    story.set("claims", 2, quantity_max="1e4", note="a\r\nb")
    tables = story.read()
    write_table(tables.claims, CLAIMS, tmp_path / "claims.csv")
    write_table(tables.locations, LOCATIONS, tmp_path / "locations.csv")
    content = (tmp_path / "claims.csv").read_bytes()
    assert content.startswith(b"claim_id,statement,")
    assert b"\r" not in content
    assert b",1500,10000,yes," in content
    assert b",51.75,36.017,175,50.9 34.1 52.4 38.5,GeoNames" in (tmp_path / "locations.csv").read_bytes()
    assert content.count(b'"') == 4  # only the two cells that hold a comma or a line break


def test_a_failed_write_leaves_the_old_file_and_nothing_else(story: StoryFolder) -> None:
    tables = story.read()
    before = (story.folder / "sources.csv").read_bytes()
    lone_surrogate = tables.sources.assign(note=pd.Series(["\ud800"] * 2, tables.sources.index, dtype="object"))
    with pytest.raises(UnicodeEncodeError):
        write_table(lone_surrogate, SOURCES, story.folder / "sources.csv")
    assert (story.folder / "sources.csv").read_bytes() == before
    assert sorted(path.name for path in story.folder.iterdir()) == ["claims.csv", "locations.csv", "sources.csv"]


def test_a_file_keeps_its_permissions(story: StoryFolder) -> None:
    tables = story.read()
    (story.folder / "sources.csv").chmod(0o640)
    write_table(tables.sources, SOURCES, story.folder / "sources.csv")
    assert stat.S_IMODE((story.folder / "sources.csv").stat().st_mode) == 0o640


def test_a_story_with_problems_is_not_written_since_rows_would_be_lost(story: StoryFolder) -> None:
    story.set("claims", 2, modality="maybe")
    tables = story.read()
    before = (story.folder / "claims.csv").read_bytes()
    with pytest.raises(DatasetError, match="maybe"):
        write_story(tables, story.folder)
    assert (story.folder / "claims.csv").read_bytes() == before


def test_what_else_the_package_says_is_kept(story: StoryFolder) -> None:
    story.write_file("datapackage.json", b'{"title": "Old", "licenses": [{"name": "CC-BY-4.0"}], "resources": []}')
    write_story(story.read(), story.folder)
    package = json.loads((story.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["title"] == "Old"
    assert len(package["resources"]) == 3


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(stories())
def test_frictionless_finds_every_written_story_valid(tmp_path_factory: pytest.TempPathFactory, story: Tables) -> None:
    folder = tmp_path_factory.mktemp("story")
    write_story(story, folder)
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "kind"),
    [
        ("claims", 2, "modality", "maybe", "constraint-error"),
        ("claims", 2, "statement", "", "constraint-error"),
        ("claims", 2, "quantity_min", "1,500", "type-error"),
        ("claims", 2, "quantity_approximate", "perhaps", "type-error"),
        ("claims", 2, "source_id", "nowhere", "foreign-key"),
        ("sources", 2, "source_id", "reprint", "primary-key"),
    ],
)
def test_frictionless_finds_what_is_wrong_by_our_schema(
    story: StoryFolder, table: str, row: int, column: str, value: str, kind: str
) -> None:
    write_story(story.read(), story.folder)
    story.set(table, row, **{column: value})
    story.write()
    report = validate(str(story.folder / "datapackage.json"))
    assert kind in [error for (error,) in report.flatten(["type"])]


def test_the_package_names_every_column_with_its_meaning() -> None:
    package = data_package("T", "D")
    assert (package["title"], package["description"]) == ("T", "D")
    for table, resource in zip(TABLES, package["resources"], strict=True):
        fields = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
        assert fields == {column.name: column.meaning for column in table.columns}


def test_what_is_written_is_plain_csv(story: StoryFolder, tmp_path: Path) -> None:
    story.set("claims", 2, note='He said "no",\nand left')
    write_story(story.read(), tmp_path)
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["note"] == 'He said "no",\nand left'
    assert rows[0]["quantity_min"] == "1500"
