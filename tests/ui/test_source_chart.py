"""The drawing of the documents takes their words as data, and shows which one is asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.network import arrange
from geo.ui.source_chart import least_width_px, source_chart

NETWORK = arrange({"statement": (), "article": ("statement",), "reprint": ("article",), "lone": ()})


def documents(**more: Any) -> pd.DataFrame:  # noqa: ANN401 - columns of several kinds
    columns: dict[str, Any] = {"who": "A paper", "what": "article", "when": "2 Oct", "claims": 2, "pale": False} | more
    return pd.DataFrame(columns, index=["statement", "article", "reprint", "lone", "not drawn"])


def rows(chart: Any) -> list[list[dict[str, Any]]]:  # noqa: ANN401 - altair's own
    """Return the data of each layer: lines, heads, boxes, bars and three lines of text."""
    return [layer.data.to_dict("records") for layer in chart.layer]


def test_the_words_of_a_story_are_data_and_no_part_of_the_specification() -> None:
    hostile = "{{7*7}} <b>hostile</b> datum['x']"
    spec = source_chart(NETWORK, documents(who=hostile, what=hostile), "article").to_dict()
    spec.pop("datasets")
    assert "hostile" not in str(spec)
    assert "url" not in str(spec)


def test_the_chosen_document_and_its_arrows_are_drawn_in_a_colour_of_their_own() -> None:
    lines, heads, boxes, *_ = rows(source_chart(NETWORK, documents(), "article"))
    colours = [box["colour"] for box in boxes]
    assert colours[0] == colours[2] == colours[3] != colours[1]
    assert {line["colour"] for line in lines} == {colours[1]}
    assert len(heads) == 2
    none = rows(source_chart(NETWORK, documents(), None))
    assert {row["colour"] for layer in none for row in layer} == {colours[0]}


def test_an_arrow_leaves_a_box_at_its_right_edge_and_ends_before_the_next() -> None:
    lines, heads, boxes, *_ = rows(source_chart(NETWORK, documents(), None))
    at = dict(zip(NETWORK.spots, boxes, strict=True))
    first = min((line for line in lines if line["arrow"] == 0), key=lambda line: line["at"])
    assert (first["x"], first["y"]) == (at["statement"]["x2"], at["statement"]["y"])
    assert at["statement"]["x2"] < heads[0]["x"] < at["article"]["x"]
    assert heads[0]["y"] == at["article"]["y"]


def test_the_bar_of_a_box_is_as_long_as_its_share_of_the_most_claims() -> None:
    boxes = rows(source_chart(NETWORK, documents(claims=[1, 4, 4, 0, 8]), None))[2]
    lengths = [(box["share"] - box["x"]) / (box["x2"] - box["x"]) for box in boxes]
    assert [round(length, 6) for length in lengths] == [0.125, 0.5, 0.5, 0]


def test_documents_without_arrows_are_drawn_all_the_same() -> None:
    alone = arrange({"lone": ()})
    spec = source_chart(alone, documents(claims=0), "lone").to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar", "bar", "text", "text", "text"]
    assert [len(data) for data in spec["datasets"].values()] == [1]
    assert least_width_px(alone) == least_width_px(NETWORK)
