from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.schema import OPTIONAL_TABLES, TABLES, Column
from geo.tables import read_story
from geo.tables.files import MAX_FILE_MB

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_worked_example_opens_and_lacks_nothing_but_optional_columns(tmp_path: Path) -> None:
    for name, content in re.findall(r"^`(\w+\.csv)`:.*?```csv\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE):
        (tmp_path / name).write_text(content, encoding="utf-8")
    tables = read_story(tmp_path)
    assert {(p.row, p.reason) for p in tables.problems} == {(None, "the column is missing")}
    assert (len(tables.locations), len(tables.sources), len(tables.claims)) == (2, 2, 2)
    assert tables.claims["destinations"].tolist() == [("vladivostok",), ()]


@pytest.mark.parametrize(
    "column", [c for table in (*TABLES, *OPTIONAL_TABLES) for c in table.columns], ids=lambda c: c.name
)
def test_the_page_gives_every_columns_meaning_and_allowed_words(column: Column) -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith(f"| `{column.name}` |") and column.meaning in line]
    assert lines
    assert all(f"`{word}`" in lines[0] for word in column.choices)
    assert ("**Required.**" in lines[0]) == column.required


def test_the_page_states_the_largest_file() -> None:
    assert f"up to {MAX_FILE_MB} MB" in " ".join(PAGE.split())
