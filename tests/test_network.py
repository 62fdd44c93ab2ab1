"""Documents are drawn with what was said first at the left, and every arrow leads to the right."""

from __future__ import annotations

from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.network import Network, Spot, arrange

LETTERS = "abcdefgh"


@st.composite
def documents(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Return documents of which each derives from some of those before it."""
    names = draw(st.permutations(LETTERS))
    return {
        name: tuple(draw(st.lists(st.sampled_from(names[:number]), max_size=4))) if number else ()
        for number, name in enumerate(names)
    }


def layers(network: Network) -> dict[str, int]:
    return {name: spot.layer for name, spot in network.spots.items()}


def test_a_document_stands_right_of_the_longest_path_that_leads_to_it() -> None:
    found = arrange({"reprint": ("article", "video"), "article": ("statement",), "statement": (), "video": ()})
    assert layers(found) == {"statement": 0, "video": 0, "article": 1, "reprint": 2}


def test_a_long_arrow_passes_between_the_documents_of_the_layers_on_its_way() -> None:
    found = arrange({"video": (), "statement": (), "article": ("statement",), "reprint": ("article", "video")})
    way = next(arrow.way for arrow in found.arrows if arrow.source == "video")
    assert [spot.layer for spot in way] == [0, 1, 2]
    assert way[1].row != found.spots["article"].row
    assert (way[0], way[2]) == (found.spots["video"], found.spots["reprint"])


def test_arrows_that_needn_t_cross_don_t() -> None:
    found = arrange({"a": (), "b": (), "from-b": ("b",), "from-a": ("a",)})
    rows = {name: spot.row for name, spot in found.spots.items()}
    assert (rows["a"] < rows["b"]) is (rows["from-a"] < rows["from-b"])


def test_documents_that_no_arrow_touches_stand_side_by_side_below_the_others() -> None:
    found = arrange({"one": (), "a": (), "two": (), "from-a": ("a",), "three": (), "four": ("not drawn",)})
    alone = [found.spots[name] for name in ("one", "two", "three", "four")]
    assert alone == [Spot(0, 1), Spot(1, 1), Spot(2, 1), Spot(0, 2)]
    assert (found.layers, found.rows) == (3, 3)


def test_a_story_without_documents_has_an_empty_drawing() -> None:
    assert arrange({}) == Network({}, (), 3, 0)


def test_documents_in_a_circle_are_refused() -> None:
    with pytest.raises(CycleError, match="cycle"):
        arrange({"a": ("b",), "b": ("a",)})


@given(documents())
def test_every_arrow_leads_to_the_right_and_no_two_boxes_share_a_spot(derived_from: dict[str, tuple[str, ...]]) -> None:
    found = arrange(derived_from)
    assert found.spots.keys() == derived_from.keys()
    pairs = {(parent, child) for child, parents in derived_from.items() for parent in parents}
    assert {(arrow.source, arrow.target) for arrow in found.arrows} == pairs
    assert len(found.arrows) == len(pairs)
    for arrow in found.arrows:
        assert [spot.layer for spot in arrow.way] == list(range(arrow.way[0].layer, arrow.way[-1].layer + 1))
        assert (arrow.way[0], arrow.way[-1]) == (found.spots[arrow.source], found.spots[arrow.target])
        assert len(arrow.way) > 1
    taken = list(found.spots.values())
    for number, one in enumerate(taken):
        assert 0 <= one.layer < found.layers
        assert 0 <= one.row <= found.rows - 1
        assert all(one.layer != other.layer or abs(one.row - other.row) >= 1 for other in taken[:number])
        passing = {spot for arrow in found.arrows for spot in arrow.way[1:-1]}
        assert one not in passing
