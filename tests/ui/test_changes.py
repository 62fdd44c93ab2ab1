"""The tab Changes: what it says, and when it is there."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_story import claim, pinned, small_story
from streamlit.testing.v1 import AppTest
from ui.reading import TABS, tab, table

from geo.schema import CHANGES, TABLES
from geo.tables import read_story
from geo.ui.changes import COLUMN_WORDS, changes_frame

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).parents[2]
MARK = "h0stile"


def change(what: str = "changed", **cells: str) -> dict[str, str]:
    """Return a row of ``CHANGES.csv``; ``was`` and ``now`` stand for ``from`` and ``to``."""
    pair = {"from": cells.pop("was", ""), "to": cells.pop("now", "")}
    return {"changed_on": "2024-10-20", "table": "claims", "id": "sent", "change": what, **pair, **cells}


def write_log(folder: Path, *rows: dict[str, str]) -> None:
    extra = dict.fromkeys(name for row in rows for name in row if name not in CHANGES.names)
    with (folder / CHANGES.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*CHANGES.names, *extra], restval="")
        writer.writeheader()
        writer.writerows(rows)


def story_with(folder: Path, *rows: dict[str, str]) -> Path:
    write_log(folder, *rows)
    small_story(
        folder,
        [claim("sent", locations="port"), claim("denial", claimant="A ministry", statement="It was not so.")],
        [pinned("port", 43.1, 131.9), pinned("hill", 43.2, 131.9)],
    )
    return folder


def frame_of(folder: Path, *rows: dict[str, str]) -> pd.DataFrame:
    story_with(folder, *rows)
    return changes_frame(read_story(folder))


def open_page(folder: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    monkeypatch.setenv("CLAIM_ATLAS_STORY", str(folder))
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.session_state["begun"] = True
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def test_every_column_of_the_tables_has_a_name_for_readers() -> None:
    ids = {table.id_column for table in TABLES} - {"source_id"}
    assert set(COLUMN_WORDS) == {name for table in TABLES for name in table.names} - ids


def test_the_newest_day_comes_first_and_a_day_keeps_its_order(tmp_path: Path) -> None:
    days = ("2024-10-19", "2024-10-21", "2024-10-20", "2024-10-21") * 20  # few rows are sorted stably by any sort
    rows = [change(column="hedge", now=f"{i}", changed_on=day) for i, day in enumerate(days)]
    frame = frame_of(tmp_path, *rows)
    assert frame["Day"].tolist() == ["21 Oct 2024"] * 40 + ["20 Oct 2024"] * 20 + ["19 Oct 2024"] * 20
    assert frame["After"].tolist() == [
        *(str(i) for i in range(80) if i % 2),
        *(str(i) for i in range(2, 80, 4)),
        *(str(i) for i in range(0, 80, 4)),
    ]


@pytest.mark.parametrize(
    ("cells", "field", "before", "after"),
    [
        ({"column": "event_date", "was": "2024-10-08/2024-10-13"}, "Happened", "8-13 Oct 2024", "not stated"),
        ({"column": "event_date", "was": "Friday", "now": "2024-10"}, "Happened", "Friday", "Oct 2024"),
        ({"column": "quantity_max", "was": "1500", "now": "about 3"}, "Number, at most", "1,500", "about 3"),
        ({"column": "quantity_max", "was": "nan", "now": "1e400"}, "Number, at most", "nan", "1e400"),
        ({"column": "quantity_approximate", "now": "yes"}, "Number is approximate", "no", "yes"),
        ({"column": "locations", "was": "gone", "now": "port; hill"}, "Places", "gone", "Port; Hill"),
        ({"column": "source_id", "was": "old", "now": "article"}, "Document", "old", "A paper"),
        ({"column": "modality", "was": "happened", "now": "m"}, "How asserted", "reported as happened", "m"),
        ({"column": "stance", "now": "consistent_with"}, "What it says of them", "not stated", "consistent with"),
        ({"column": "responds_to", "now": "denial"}, "Responds to", "not stated", "A ministry: It was not so."),
        ({"column": "colour", "was": "007", "now": "a;b"}, "colour", "007", "a;b"),
    ],
)
def test_cells_read_as_on_the_other_tabs(
    tmp_path: Path, cells: dict[str, str], field: str, before: str, after: str
) -> None:
    row = frame_of(tmp_path, change(**cells)).iloc[0]
    assert row[["Change", "Concerns"]].tolist() == ["Claim corrected", "A service: It was so."]
    assert row[["Field", "Before", "After"]].tolist() == [field, before, after]


def test_of_long_texts_the_words_that_differ_are_shown(tmp_path: Path) -> None:
    text = "A very long note that says how the claim was read and what was inferred from it, word by word."
    row = frame_of(tmp_path, change(column="note", was=text, now=text.replace("inferred", "guessed"))).iloc[0]
    assert row[["Before", "After"]].tolist() == [
        "… and what was inferred from it, word …",
        "… and what was guessed from it, word …",
    ]


def test_rows_that_came_and_went_say_what_they_were(tmp_path: Path) -> None:
    frame = frame_of(
        tmp_path,
        change("added", now="A service: As it was then."),
        change("withdrawn", id="gone", was="A paper: No longer."),
        change("withdrawn", id="nameless", table="sources"),
        change("added", id="hill", table="locations"),
        change(id="gone", column="hedge", now="around"),
    )
    assert frame[["Change", "Concerns"]].to_numpy().tolist() == [
        ["Claim added", "A service: As it was then."],
        ["Claim withdrawn", "A paper: No longer."],
        ["Document withdrawn", "nameless"],
        ["Place added", "Hill"],
        ["Claim corrected", "A paper: No longer."],
    ]
    assert frame[["Field", "Before", "After"]].iloc[0].tolist() == ["", "", ""]


def test_a_reason_is_shown_and_its_absence_too_and_columns_of_the_log_s_own(tmp_path: Path) -> None:
    why = {"reason": "Misread.", "editor": "me"}
    frame = frame_of(tmp_path, change(column="hedge", now="x", **why), change(column="mode", now="x"))
    assert frame["Reason"].tolist() == ["Misread.", "not stated"]
    assert frame["More"].tolist() == ["editor: me", ""]


def test_the_tab_counts_rows_and_days_and_stays_at_every_selection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        change(column="hedge", now="around"),
        change(column="mode", now="ship"),
        change(id="denial", column="mode", now="ship", changed_on="2024-10-21"),
        change("withdrawn", id="port-2", table="locations", was="Port"),
    ]
    story_with(tmp_path, *rows)
    for query in ({}, {"q": "no claim holds this"}):
        page = open_page(tmp_path, monkeypatch, **query)
        assert not page.exception
        assert not page.warning
        assert [each.label for each in page.tabs] == [*TABS, "Changes"]
        changes = tab(page, "Changes")
        assert changes.caption[0].value.startswith(
            "Changes to this story on 2 days, the newest first: 2 claims corrected, 1 place withdrawn. "
        )
        assert len(changes.dataframe[0].value) == 4
    assert table(page, "Data")["File"].tolist()[-1] == "CHANGES.csv"


@pytest.mark.parametrize("header", [True, False])
def test_without_changes_there_is_no_such_tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, header: bool) -> None:
    story_with(tmp_path)
    if not header:
        (tmp_path / CHANGES.file).unlink()
    page = open_page(tmp_path, monkeypatch)
    assert [each.label for each in page.tabs] == TABS
    assert not page.warning


def test_a_change_that_is_written_meanwhile_shows_at_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story_with(tmp_path, change(column="hedge", now="around"))
    page = open_page(tmp_path, monkeypatch)
    write_log(tmp_path, change(column="hedge", now="around"), change(column="mode", now="ship"))
    assert len(tab(page.run(), "Changes").dataframe[0].value) == 2


def test_good_rows_show_beside_those_that_have_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story_with(
        tmp_path,
        change(column="hedge", now="x"),
        change("corrected"),
        change(table="claim", changed_on="x", column="mode"),
    )
    page = open_page(tmp_path, monkeypatch)
    assert [warning.value for warning in page.warning] == [
        "This story's files have problems. The tab Data says which, why, and what to do."  # the map is whole
    ]
    assert len(table(page, "Changes")) == 1
    problems = table(page, "Data")
    assert problems[["File", "Row", "Column"]].to_numpy().tolist() == [
        ["CHANGES.csv", "3", "change"],
        ["CHANGES.csv", "4", "changed_on"],
        ["CHANGES.csv", "4", "table"],
    ]


HOSTILE = (
    f"<script>alert('{MARK}')</script>",
    f"[{MARK}](javascript:alert(1)) **{MARK}** :red[{MARK}] {{{{7*7}}}} ${{{MARK}}}",
    f'\u202e{MARK}\u2066 =HYPERLINK("{MARK}")',
    f"https://example.org/{MARK}",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_in_cells_of_the_table_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    words = {"was": text, "now": f"{text} now", "reason": text, text: text}
    story_with(
        tmp_path,
        change(**words | {"column": text, "id": text}),
        change(**words | {"column": "url", "table": "sources", "id": text}),
        change("withdrawn", **words | {"id": text}),
    )
    page = open_page(tmp_path, monkeypatch)
    assert not page.exception
    changes = tab(page, "Changes")
    frame = changes.dataframe[0]
    assert frame.value["Field"].tolist() == [text, "Address", ""]
    assert frame.value["Reason"].tolist() == [text] * 3
    assert MARK not in frame.proto.columns
    kinds = {
        name: config.get("type_config", {}).get("type") for name, config in json.loads(frame.proto.columns).items()
    }
    assert "link" not in kinds.values()
    assert MARK not in changes.caption[0].value
