from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables.circles import circles, way_round

if TYPE_CHECKING:
    from conftest import StoryFolder


@pytest.mark.parametrize(
    ("table", "row", "column", "ref", "near"),
    [
        ("claims", 2, "source_id", "reprnt", "reprint"),
        ("claims", 4, "destinations", "vladivostock", "vladivostok"),
        ("claims", 4, "origins", "Kursk", "kursk"),
        ("claims", 4, "locations", "kurks", "kursk"),
        ("claims", 3, "responds_to", "sendt", "sent"),
        ("sources", 3, "derived_from", "statment", "statement"),
    ],
)
def test_a_reference_to_nothing_leaves_its_row_out_and_suggests_the_nearest_id(
    story: StoryFolder, table: str, row: int, column: str, ref: str, near: str
) -> None:
    story.set(table, row, **{column: ref})
    tables = story.read()
    problem = next(p for p in tables.problems if (p.file, p.row) == (f"{table}.csv", row))
    target = {"source_id": "sources", "derived_from": "sources", "responds_to": "claims"}.get(column, "locations")
    assert (problem.column, problem.value) == (column, ref)
    assert problem.reason == f"refers to no row of {target}.csv"
    assert problem.fix == f"Did you mean '{near}'? Write an id of {target}.csv, or add a row there."
    assert row not in getattr(tables, table).index


def test_of_several_references_only_the_wrong_one_is_named(story: StoryFolder) -> None:
    story.set("claims", 4, destinations="kursk; nowhere; vladivostok")
    assert story.only_problem().value == "nowhere"


def test_what_refers_to_a_row_that_is_left_out_is_left_out_too_and_says_so(story: StoryFolder) -> None:
    story.set("locations", 3, latitude="95")
    tables = story.read()
    assert str(tables.problems[-1]) == (
        "claims.csv, row 4, column 'destinations': 'kursk' refers to locations.csv row 3, which is left out. "
        "Put that row right first."
    )
    assert tables.claims["claim_id"].tolist() == ["sent", "denial"]


def test_a_ragged_row_is_known_by_its_first_cell(story: StoryFolder) -> None:
    story.write_file("locations.csv", story.text("locations").replace(",50.9 34.1", "").encode())
    assert "refers to locations.csv row 3, which is left out" in story.read().problems[-1].reason


def test_a_source_left_out_takes_its_claims_along_and_no_document_that_quotes_it(story: StoryFolder) -> None:
    story.add("sources", source_id="copy", derived_from="reprint")
    story.set("sources", 3, published="yesterday")
    tables = story.read()
    assert tables.sources["source_id"].tolist() == ["statement", "copy"]
    assert tables.sources["derived_from"].tolist() == [(), ()]
    assert tables.claims["claim_id"].tolist() == ["denial", "plan"]
    assert dict(tables.left_out) == {"locations.csv": 0, "sources.csv": 1, "claims.csv": 1}


def test_an_original_left_out_leaves_the_claims_of_its_reprint_in_the_story(story: StoryFolder) -> None:
    story.set("sources", 2, published="yesterday")
    tables = story.read()
    assert tables.sources["source_id"].tolist() == ["reprint"]
    assert tables.claims["claim_id"].tolist() == ["sent"]
    found = next(problem for problem in tables.problems if problem.column == "derived_from")
    assert found.reason == "refers to sources.csv row 2, which is left out; this reference is not read"


def test_a_response_to_a_claim_that_is_left_out_stays_without_that_reference(story: StoryFolder) -> None:
    story.set("claims", 2, modality="maybe")
    story.set("claims", 3, responds_to="sent; plan")
    tables = story.read()
    assert tables.claims.at[3, "responds_to"] == ("plan",)
    assert tables.claims.at[3, "stance"] == "denies"
    assert tables.problems[-1].reason == "refers to claims.csv row 2, which is left out; this reference is not read"
    assert tables.left_out["claims.csv"] == 1


def test_a_stance_towards_nothing_that_is_left_is_not_kept(story: StoryFolder) -> None:
    story.set("claims", 2, modality="maybe")
    assert story.read().claims.loc[3, ["responds_to", "stance"]].tolist() == [(), ""]


def test_claims_in_a_circle_stay_without_the_references_that_make_it(story: StoryFolder) -> None:
    story.set("claims", 2, responds_to="plan", stance="supports")
    story.set("claims", 4, responds_to="denial", stance="supports")
    story.add("claims", **{**story.rows["claims"][1], "claim_id": "beside", "responds_to": "sent"})
    tables = story.read()
    assert [(p.row, p.value) for p in tables.problems] == [(2, "plan"), (3, "sent"), (4, "denial")]
    assert all("'sent → plan → denial → sent'" in p.reason for p in tables.problems)
    assert tables.claims["responds_to"].tolist() == [(), (), (), ("sent",)]
    assert tables.claims["stance"].tolist() == ["", "", "", "denies"]
    assert tables.left_out["claims.csv"] == 0


def test_a_claim_that_responds_to_itself_is_a_circle(story: StoryFolder) -> None:
    story.set("claims", 3, responds_to="denial; sent")
    assert "'denial → denial'" in story.only_problem().reason
    assert story.read().claims.at[3, "responds_to"] == ("sent",)


def test_sources_derived_from_one_another_stay_with_their_claims(story: StoryFolder) -> None:
    story.set("sources", 2, derived_from="reprint")
    tables = story.read()
    assert [p.reason.partition(",")[0] for p in tables.problems] == ["refers back to its own row in a circle"] * 2
    assert tables.sources["derived_from"].tolist() == [(), ()]
    assert len(tables.claims) == 3


def test_a_long_circle_is_named_in_short(story: StoryFolder) -> None:
    for i in range(50):
        story.add("sources", source_id=f"s{i}", derived_from=f"s{(i + 1) % 50}")
    problems = story.read().problems
    assert len(problems) == 50
    assert "'s0 → s1 → s2 → s3 → s4 → s5 → … → s0'" in problems[0].reason


graphs = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 9), max_size=4), max_size=8)


@given(graphs)
def test_circles_are_just_the_rows_from_which_a_way_leads_back(graph: dict[int, list[int]]) -> None:
    def reached(start: int) -> set[int]:
        seen: set[int] = set()
        ahead = list(graph.get(start, ()))
        while ahead:
            row = ahead.pop()
            if row not in seen:
                seen.add(row)
                ahead += graph.get(row, ())
        return seen

    reach = {row: reached(row) for row in graph}
    expected = {frozenset(b for b in graph if b in reach[a] and a in reach[b]) for a in graph if a in reach[a]}
    found = list(circles(graph))
    assert {frozenset(part) for part in found} == expected
    assert len(found) == len(expected)


@given(graphs)
def test_the_way_round_follows_references_and_ends_where_it_began(graph: dict[int, list[int]]) -> None:
    for part in circles(graph):
        way = way_round({row: next(to for to in graph[row] if to in part) for row in part})
        assert way[0] == way[-1]
        assert all(b in graph[a] for a, b in pairwise(way) if None not in (a, b))
