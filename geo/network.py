"""Where each document stands in a drawing of them all: first statements left, what repeats them to the right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SWEEPS = 8


class Spot(NamedTuple):
    """A place in the drawing: ``layer`` counts from the left, ``row`` from the top, halves between the rows."""

    layer: int
    row: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a document to one that reprints or quotes it, by way of a spot in each layer between the two."""

    source: str
    target: str
    way: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing's plan.

    Attributes
    ----------
    spots
        By id of the document.
    arrows
        One for each pair of a document and one that derives from it.
    layers, rows
        Size of the whole.
    """

    spots: Mapping[str, Spot]
    arrows: tuple[Arrow, ...]
    layers: int
    rows: int


_Node = tuple[str, int]  # a document, or the place where an arrow from it crosses a layer, by document and layer


def arrange(derived_from: Mapping[str, Sequence[str]], *, breadth: int = 3) -> Network:
    """Return where to draw documents, each right of all that it derives from, by the longest path.

    Documents that no arrow touches stand below the others, side by side.

    Parameters
    ----------
    derived_from
        What each document derives from, by ids; one that isn't a key of the mapping isn't drawn. A story that was
        read has no circle of documents.
    breadth
        How many layers there are at the least.

    Raises
    ------
    graphlib.CycleError
        When there is one all the same.
    """
    parents = {
        child: [parent for parent in dict.fromkeys(named) if parent in derived_from]
        for child, named in derived_from.items()
    }
    layer: dict[str, int] = {}
    for name in TopologicalSorter(parents).static_order():
        layer[name] = 1 + max((layer[parent] for parent in parents[name]), default=-1)
    drawn = [(parent, child) for child, named in parents.items() for parent in named]
    linked = {name for pair in drawn for name in pair}
    layers = max([breadth, *(layer[name] + 1 for name in linked)])
    columns = _columns([name for name in parents if name in linked], drawn, layer)
    height = max(map(len, columns), default=0)
    place = {
        node: Spot(node[1], (number + 0.5) * height / len(column) - 0.5)
        for column in columns
        for number, node in enumerate(column)
    }
    arrows = tuple(
        Arrow(parent, child, tuple(place[_node(parent, child, step, layer)] for step in _steps(parent, child, layer)))
        for parent, child in drawn
    )
    alone = [name for name in parents if name not in linked]
    spots = {name: place[name, layer[name]] for name in parents if name in linked}
    spots |= {name: Spot(number % layers, height + number // layers) for number, name in enumerate(alone)}
    return Network(spots, arrows, layers, height + -(-len(alone) // layers))


def _columns(
    linked: Iterable[str], drawn: Iterable[tuple[str, str]], layer: Mapping[str, int]
) -> Sequence[Sequence[_Node]]:
    """Return what stands or passes in each layer, from the top, ordered so that few arrows cross."""
    columns = defaultdict[int, dict[_Node, None]](dict)
    beside = defaultdict[_Node, dict[_Node, None]](dict)
    for name in linked:
        columns[layer[name]][name, layer[name]] = None
    for parent, child in drawn:
        steps = [_node(parent, child, step, layer) for step in _steps(parent, child, layer)]
        for here, there in pairwise(steps):
            columns[there[1]][there] = None
            beside[here][there] = beside[there][here] = None
    ordered = [list(columns[number]) for number in sorted(columns)]
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for column in ordered if forth else reversed(ordered):
            before = -1 if forth else 1
            _sort(column, ordered, beside, before)
    return ordered


def _sort(
    column: list[_Node], ordered: Sequence[Sequence[_Node]], beside: Mapping[_Node, Iterable[_Node]], side: int
) -> None:
    """Order a layer by the middle of what each of it is linked to in the layer on one side."""
    neighbours = column[0][1] + side
    if not 0 <= neighbours < len(ordered):
        return
    share = len(column) / len(ordered[neighbours])
    rank = {node: (number + 0.5) * share - 0.5 for number, node in enumerate(ordered[neighbours])}
    middle = {}
    for number, node in enumerate(column):
        ranks = [rank[other] for other in beside.get(node, ()) if other in rank]
        middle[node] = sum(ranks) / len(ranks) if ranks else number
    column.sort(key=middle.__getitem__)


def _steps(parent: str, child: str, layer: Mapping[str, int]) -> range:
    return range(layer[parent], layer[child] + 1)


def _node(parent: str, child: str, step: int, layer: Mapping[str, int]) -> _Node:
    """Return what an arrow meets in a layer: its ends, or a passage that all arrows from one document share."""
    return (child if step == layer[child] else parent, step)
