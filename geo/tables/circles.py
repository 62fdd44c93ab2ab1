"""Circles among references: rows that in the end refer to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_NAMED = 6


def circles(references: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """Yield the strongly connected parts of the graph of rows in which a reference leads back to its start.

    Without recursion, since a chain of responses may be longer than Python's stack.

    References
    ----------
    Tarjan, R. (1972), Depth-first search and linear graph algorithms, SIAM J. Comput. 1, 146-160.
    """
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    waiting: list[int] = []
    is_waiting: set[int] = set()
    for root in references:
        path = [] if root in order else [(root, iter(references[root]))]
        while path:
            node, following = path[-1]
            if node not in order:
                order[node] = lowest[node] = len(order)
                waiting.append(node)
                is_waiting.add(node)
            for target in following:
                if target not in order and target in references:
                    path.append((target, iter(references[target])))
                    break
                if target in is_waiting:
                    lowest[node] = min(lowest[node], order[target])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    part = [waiting.pop()]
                    while part[-1] != node:
                        part.append(waiting.pop())
                    is_waiting.difference_update(part)
                    if len(part) > 1 or node in references[node]:
                        yield part[::-1]


def way_round(following: Mapping[int, int]) -> list[int | None]:
    """Return one circle among rows that each lead to a next one, first row again at the end.

    One of more than ``MAX_NAMED`` rows is cut, with None where rows are left out.
    """
    row = next(iter(following))
    seen: dict[int, None] = {}
    while row not in seen:
        seen[row] = None
        row = following[row]
    way = list(seen)[list(seen).index(row) :]
    return [*way, row] if len(way) <= MAX_NAMED else [*way[:MAX_NAMED], None, row]
