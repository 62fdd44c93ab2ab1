"""What has changed between two states of a story."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_story import claim, pinned, small_story

from geo.changes import Change, changes_between, differing_words, logged
from geo.schema import CHANGES, TABLES, Kind
from geo.tables import read_story, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.tables import Tables

ROOT = Path(__file__).parents[1]
SHIPPED = read_story(ROOT / "data")
TEXTS = ("", "x", "=1+1", 'say "no", or ;', "{{7*7}}", "a\nb", "\u202eabc", "Уссурийск", "я" * 500, "NA", "007")
BY_KIND: Mapping[Kind, Sequence[Any]] = {
    Kind.NUMBER: (np.nan, 0.0, 1500.0, 43.1056, -6.2, 1e-7, 1e21),
    Kind.FLAG: (True, False),
    Kind.LIST: ((), ("a",), ("a", "b"), ("b", "a")),
    Kind.EXTENT: ((), (51.05, 34.29, 52.35, 38.18)),
}


def frames(tables: Tables) -> dict[str, pd.DataFrame]:
    return {table.name: getattr(tables, table.name) for table in TABLES}


@st.composite
def edited(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Return the shipped story with rows taken out, renamed and moved, cells overwritten, and a column of its own."""
    made = {}
    for table in TABLES:
        frame = getattr(SHIPPED, table.name).copy()
        if draw(st.booleans()):
            frame["colour"] = draw(st.sampled_from(TEXTS))
        for column in draw(st.lists(st.sampled_from(table.columns[1:]), max_size=4)):
            values = frame[column.name].to_numpy(object, copy=True)
            values[draw(st.integers(0, len(values) - 1))] = draw(st.sampled_from(BY_KIND.get(column.kind, TEXTS)))
            frame[column.name] = pd.Series(values, frame.index, dtype=frame[column.name].dtype)
        renamed = draw(st.sampled_from(frame[table.id_column].tolist()))
        if draw(st.booleans()):
            frame[table.id_column] = frame[table.id_column].replace({renamed: f"{renamed}-2"})
        rows = draw(st.lists(st.sampled_from(range(len(frame))), unique=True, min_size=len(frame) - 3))
        made[table.name] = frame.iloc[rows][draw(st.permutations(list(frame)))]
    return made


def cells(frame: pd.DataFrame, name: str, folder: Path) -> dict[str, dict[str, str]]:
    """Return what stands in the file that a table is written to: the cells that aren't blank, by the row's id."""
    table = next(table for table in TABLES if table.name == name)
    write_table(frame, table, folder / table.file)
    with (folder / table.file).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[table.id_column]: {column: cell for column, cell in row.items() if cell} for row in rows}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(edited(), edited())
def test_the_changes_applied_to_the_old_state_give_the_new_one(
    tmp_path_factory: pytest.TempPathFactory, old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]
) -> None:
    folder = tmp_path_factory.mktemp("written")
    changes = changes_between(old, new)
    for table in TABLES:
        was, now = (cells(state[table.name], table.name, folder) for state in (old, new))
        for change in (each for each in changes if each.table == table.name):
            if change.what == "withdrawn":
                del was[change.row_id]
            elif change.what == "added":
                assert change.row_id not in was
                was[change.row_id] = now[change.row_id]
            else:
                assert was[change.row_id].get(change.column, "") == change.before
                was[change.row_id].pop(change.column, None)
                was[change.row_id] |= {change.column: change.after} if change.after else {}
        assert was == now


@settings(max_examples=20)
@given(edited())
def test_a_story_has_no_changes_against_itself(state: dict[str, pd.DataFrame]) -> None:
    assert changes_between(state, state) == ()


def test_the_order_of_rows_and_of_columns_is_no_change_and_neither_is_a_blank_column() -> None:
    turned = {name: frame.iloc[::-1, ::-1].assign(mine="") for name, frame in frames(SHIPPED).items()}
    assert changes_between(frames(SHIPPED), turned) == ()


def test_every_kind_of_cell_is_told_as_it_is_written_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    place = pinned("port", 43.1, 131.9)
    old = small_story(tmp_path / "old", [claim("sent", quantity_min="1500", locations="port")], [place])
    sent = claim("sent", quantity_min="1e4", quantity_approximate="yes", locations="port;hill", mine="007")
    hill = pinned("hill", 43.25, 131.9)
    new = small_story(tmp_path / "new", [sent], [hill, place | {"extent": "1 2.50 3 4"}])
    assert changes_between(frames(old.tables), frames(new.tables)) == (
        Change("claims", "sent", "changed", "locations", "port", "port;hill"),
        Change("claims", "sent", "changed", "quantity_min", "1500", "10000"),
        Change("claims", "sent", "changed", "quantity_approximate", "", "yes"),
        Change("claims", "sent", "changed", "mine", "", "007"),
        Change("locations", "hill", "added", "", "", "Hill"),
        Change("locations", "port", "changed", "extent", "", "1 2.5 3 4"),
    )


def test_a_row_with_another_id_is_withdrawn_and_added() -> None:
    renamed = SHIPPED.claims.replace({"claim_id": {"ua-joining": "joining"}})
    changes = changes_between(frames(SHIPPED), frames(SHIPPED) | {"claims": renamed})
    words = (
        "Ukrainian government: The North Korean soldiers in training will join Vladimir Putin's full-scale invasion."
    )
    assert changes == (
        Change("claims", "joining", "added", "", "", words),
        Change("claims", "ua-joining", "withdrawn", "", words, ""),
    )


def test_what_is_not_known_of_one_state_is_not_compared() -> None:
    old = frames(SHIPPED)
    less = {"claims": SHIPPED.claims.iloc[2:], "sources": SHIPPED.sources.iloc[1:]}
    ids = SHIPPED.claims["claim_id"].tolist()
    assert [change.row_id for change in changes_between(old, less, {"claims": ids[:1]})] == [ids[1], "reprint"]
    assert [change.row_id for change in changes_between(less, old, {"claims": ids[:1]})] == [ids[1], "reprint"]


CHANGED = Change("claims", "sent", "changed", "hedge", "", "around")
COMING = Change("claims", "new", "added", "", "", "A service: It was so.")


def test_the_log_grows_at_its_end_and_keeps_what_editors_wrote_there() -> None:
    empty = pd.DataFrame(columns=CHANGES.names, dtype="str")
    log = logged(empty, [CHANGED], date(2024, 10, 8)).assign(reason="Overlooked.", editor="me")
    grown = logged(log, [COMING, CHANGED, COMING], date(2024, 10, 8))
    assert grown.to_numpy().tolist() == [
        ["2024-10-08", "claims", "sent", "changed", "hedge", "", "around", "Overlooked.", "me"],
        ["2024-10-08", "claims", "new", "added", "", "", "A service: It was so.", "", ""],
    ]
    assert len(logged(grown, [CHANGED], date(2024, 10, 9))) == 3, "on another day it is another change"


LONG = "Training ground by the village of Sergeyevka, Pogranichny district. The radius is our estimate of the error."


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("1500", "3000", ("1500", "3000")),
        ("", LONG, ("", LONG)),
        (LONG, "", (LONG, "")),
        (LONG, LONG, (LONG, LONG)),
        (
            LONG,
            LONG.replace("estimate", "guess"),
            ("… radius is our estimate of the error.", "… radius is our guess of the error."),
        ),
        (
            LONG,
            LONG.replace("village", "town").replace("our", "a"),
            (
                "… ground by the village of Sergeyevka, Pogranichny … The radius is our estimate of the …",
                "… ground by the town of Sergeyevka, Pogranichny … The radius is a estimate of the …",
            ),
        ),
        ("字" * 100 + "甲" + "字" * 100, "字" * 100 + "乙" + "字" * 100, ("… 字字字甲字字字…", "… 字字字乙字字字…")),
        (f"{LONG} x", f"{LONG}\nx", ("… estimate of the error. x", "… estimate of the error.\nx")),
    ],
)
def test_of_long_texts_the_words_that_differ_are_shown(before: str, after: str, shown: tuple[str, str]) -> None:
    assert differing_words(before, after) == shown


@given(st.text("ab 甲\n", max_size=300), st.text("ab 甲\n", max_size=300))
def test_texts_that_differ_are_never_shown_alike(before: str, after: str) -> None:
    shown = differing_words(before, after)
    assert (shown[0] == shown[1]) == (before == after)


def test_a_text_of_a_million_words_is_compared_at_once() -> None:
    before = "word " * 1_000_000
    shown = differing_words(before + "end", before + "stop")
    assert shown == ("… word word word end", "… word word word stop")
    middle = " ".join(f"word-{i}" for i in range(2_001))
    whole = (f"a {middle} b", f"c {middle} d")
    assert differing_words(*whole) == whole, "word by word that could take minutes"
