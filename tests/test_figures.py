"""Reported numbers: which of them count the same thing, and that none is lost or counted twice."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_story import claim, small_story

from geo.figures import MOST_ROWS, figures, panels
from geo.selection import REPORTED, Selection
from geo.stories import select_claims

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

A_FEW = settings(max_examples=40)
SOURCES = (
    {"source_id": "article", "publisher": "A paper", "published": "2024-10-19"},
    {"source_id": "undated", "publisher": "A site"},
)


def number(claim_id: str, low: str = "1500", high: str | None = None, **cells: str) -> dict[str, str]:
    ends = {"quantity_min": low, "quantity_max": low if high is None else high}
    return claim(claim_id, **ends | {"quantity_of": "troops sent", "quantity_unit": "troops"} | cells)


def figures_of(folder: Path, *claims: Mapping[str, str]) -> pd.DataFrame:
    story = small_story(folder, claims, sources=SOURCES)
    return figures(story.tables.claims, story.bounds[REPORTED]).set_index("claim_id", drop=False)


def panel_ids(found: pd.DataFrame) -> list[list[str]]:
    return [panel.rows["claim_id"].tolist() for panel in panels(found)]


def test_a_claim_without_a_number_is_no_figure(tmp_path: Path) -> None:
    found = figures_of(tmp_path, claim("said"), number("sent"), number("least", "3", ""), number("most", "", "3"))
    assert list(found.index) == ["sent", "least", "most"]


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ({}, True),
        ({"quantity_of": "Troops \u00a0 SENT"}, True),
        ({"quantity_of": "ｔｒｏｏｐｓ sént", "quantity_unit": "TROOPS"}, True),
        ({"quantity_of": "troops sent so far"}, False),
        ({"quantity_unit": "ships"}, False),
        ({"quantity_unit": ""}, False),
        ({"quantity_of": ""}, False),
    ],
)
def test_numbers_count_the_same_thing_if_a_search_reads_what_they_count_and_their_unit_alike(
    tmp_path: Path, cells: dict[str, str], same: bool
) -> None:
    found = figures_of(tmp_path, number("one"), number("other", **cells))
    assert found["thing"].nunique() == (1 if same else 2)


def test_numbers_that_do_not_state_what_they_count_are_the_same_as_no_other(tmp_path: Path) -> None:
    blank = {"quantity_of": ""}
    found = figures_of(tmp_path, number("a", **blank), number("b", **blank), number("c", **blank, quantity_unit=""))
    assert found["thing"].nunique() == 3
    assert found["counted"].tolist() == ["troops", "troops", "not stated what"]


@pytest.mark.parametrize(
    ("cells", "said", "ends"),
    [
        ({"reported_date": "2024-10-18"}, "18 Oct 2024", (True, True)),
        ({"reported_date": "2024-10-18", "reported_date_basis": "inferred"}, "18 Oct 2024 (inferred)", (True, True)),
        ({"reported_date": "2024-10-18/.."}, "18 Oct 2024 or later", (True, False)),
        ({}, "by 19 Oct 2024 at the latest", (False, True)),
        ({"source_id": "undated"}, "day not stated", (False, False)),
    ],
)
def test_a_figure_says_when_it_was_reported_and_never_pins_it_to_a_day(
    tmp_path: Path, cells: dict[str, str], said: str, ends: tuple[bool, bool]
) -> None:
    row = figures_of(tmp_path, number("sent", **cells)).iloc[0]
    assert (row["said"], tuple(row[["earliest", "latest"]].notna())) == (said, ends)


def test_things_that_several_claimants_count_come_first_and_days_follow_each_other_within_one(tmp_path: Path) -> None:
    other = {"quantity_of": "ships", "reported_date": "2024-10-01"}
    found = figures_of(
        tmp_path,
        number("once", quantity_of="wagons", reported_date="2024-09-01"),
        number("ships-a", **other),
        number("ships-b", **other),
        number("undated", source_id="undated"),
        number("bounded"),
        number("later", reported_date="2024-10-20", claimant="B"),
        number("first", reported_date="2024-10"),
    )
    assert panel_ids(found) == [["first", "bounded", "later", "undated"], ["ships-a", "ships-b"], ["once"]]


def test_a_panel_spans_all_numbers_and_days_of_its_thing_also_where_it_shows_a_part(tmp_path: Path) -> None:
    many = [number(str(k), str(k), reported_date=f"2024-10-{k % 28 + 1:02}") for k in range(MOST_ROWS + 5)]
    found = list(panels(figures_of(tmp_path, *many)))
    assert [len(panel.rows) for panel in found] == [MOST_ROWS, 5]
    assert {(panel.reports, panel.claimants, panel.highest, panel.days) for panel in found} == {
        (MOST_ROWS + 5, 1, MOST_ROWS + 4.0, (19997, 20024))
    }


def test_a_story_without_numbers_has_no_panels(tmp_path: Path) -> None:
    assert panel_ids(figures_of(tmp_path, claim("said"))) == []


ROWS = st.builds(
    lambda of, unit, low, high, said, claimant: {
        "quantity_of": of,
        "quantity_unit": unit,
        "quantity_min": low,
        "quantity_max": high and str(int(low or 0) + int(high)),
        "reported_date": said,
        "claimant": claimant,
    },
    of=st.sampled_from(("", "sent", "Sent")),
    unit=st.sampled_from(("troops", "ships")),
    low=st.sampled_from(("", "0", "7", "1500")),
    high=st.sampled_from(("", "0", "3")),
    said=st.sampled_from(("", "2024-10-18", "2024-10", "../2024-10-20", "2024-10-17/..")),
    claimant=st.sampled_from(("A", "B", "C")),
)
SELECTIONS = st.builds(
    Selection,
    claimant=st.sampled_from(("", "A")),
    known=st.none() | st.dates(date(2024, 10, 16), date(2024, 10, 21)),
    q=st.sampled_from(("", "", "nothing")),
)


@A_FEW
@given(rows=st.lists(ROWS, max_size=30), selection=SELECTIONS)
def test_every_claim_with_a_number_that_passes_is_in_exactly_one_panel_of_what_it_counts(
    rows: Sequence[dict[str, str]], selection: Selection, tmp_path_factory: pytest.TempPathFactory
) -> None:
    claims = [claim(f"c{k}", **row) for k, row in enumerate(rows)]
    story = small_story(tmp_path_factory.mktemp("story"), claims, sources=SOURCES)
    whole = figures(story.tables.claims, story.bounds[REPORTED])
    verdicts = select_claims(story, selection)["verdict"]
    found = list(panels(whole[verdicts.loc[whole.index] != "filtered"], most_rows=3))
    passing = story.tables.claims[verdicts != "filtered"]
    wanted = passing.loc[passing[["quantity_min", "quantity_max"]].notna().any(axis="columns"), "claim_id"]
    assert sorted(claim_id for panel in found for claim_id in panel.rows["claim_id"]) == sorted(wanted)
    things = [panel.rows["thing"].unique().tolist() for panel in found]
    assert all(len(thing) == 1 for thing in things)
    assert len(list(groupby(things))) == len({thing for (thing,) in things})  # the panels of one stand together
    stated = set(story.tables.claims[["quantity_min", "quantity_max"]].stack())
    assert {panel.highest for panel in found} <= stated  # nothing is summed
