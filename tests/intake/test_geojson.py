"""GeoJSON that isn't ours, or isn't whole: each is refused with a reason, and never with a traceback."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from export.stories import whole
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DatasetError
from geo.export import EXPORTERS
from geo.intake.geojson import story_from_geojson
from geo.tables import read_files

OTHERS = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {"a": 1}}]}


@cache
def exported() -> bytes:
    return EXPORTERS["geojson"].export(whole("ship"))


def changed(*path: Any, to: object) -> bytes:  # noqa: ANN401 - keys and positions
    """Return one of our files in which one member is another."""
    collection = member = json.loads(exported())
    for key in path[:-1]:
        member = member[key]
    member[path[-1]] = to
    return json.dumps(collection).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"not JSON \(line 1\)"),
        (b"{", r"not JSON \(line 1\)"),
        (b"[" * 200_000, "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "no GeoJSON FeatureCollection"),
        (b'{"type": "Feature"}', "no GeoJSON FeatureCollection"),
        (json.dumps(OTHERS).encode(), "doesn't come from this atlas"),
        (changed("claim_atlas", "format", to=2), "has not the format 1"),
        (changed("claim_atlas", "tables", to=[]), "holds no tables"),
        (changed("features", to=None), "no list of features"),
        (changed("features", 0, to=None), "no properties"),
        (changed("features", 0, "properties", to=[]), "no properties"),
        (changed("claim_atlas", "tables", "sources", to=None), "no list of rows of sources"),
        (changed("claim_atlas", "tables", "sources", "rows", 0, to=3), "a row that is none"),
        (changed("claim_atlas", "tables", "locations", "columns", to="x"), "no list of columns of locations"),
        (changed("claim_atlas", "tables", "claims", "columns", to=[]), "no columns"),
        (changed("features", 0, "properties", "statement", to="\ud800"), "half a character"),
    ],
    ids=str,
)
def test_what_is_not_such_an_export_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(DatasetError, match=reason) as refused:
        story_from_geojson("their.geojson", content)
    assert [problem.file for problem in refused.value.problems] == ["their.geojson"]
    assert refused.value.problems[0].fix.endswith(".")


def test_a_wrong_cell_is_left_to_the_checks_of_the_tables() -> None:
    files = story_from_geojson("x.geojson", changed("features", 0, "properties", "event_date", to="2031-13-05"))
    assert [str(problem)[:47] for problem in read_files(files).problems] == [
        "claims.csv, row 2, column 'event_date': '2031-1"
    ]


ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just(10**30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PATHS = (
    ("title",), ("licence",), ("features",), ("claim_atlas",), ("claim_atlas", "tables"), ("features", 0),
    ("features", 0, "properties"), ("features", 0, "properties", "quantity_min"),
    ("features", 0, "properties", "responds_to"), ("features", 0, "properties", "claim_id"),
    ("claim_atlas", "tables", "locations"), ("claim_atlas", "tables", "locations", "rows"),
    ("claim_atlas", "tables", "claims", "columns"), ("claim_atlas", "tables", "quotations"),
)  # fmt: skip


@given(st.sampled_from(PATHS), ANY)
def test_whatever_stands_in_a_member_it_is_read_or_refused(path: tuple[Any, ...], to: object) -> None:
    with suppress(DatasetError):
        read_files(story_from_geojson("x.geojson", changed(*path, to=to)))
