"""References between rows: those that lead nowhere, to rows that are left out, or round in a circle.

A claim with a place or its source taken out of it would say something else, so it is left out as a whole. A
response, or a document of which an original is left out, stands by itself: only the reference goes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import Problem, quote
from geo.schema import SEPARATOR, TABLES
from geo.suggestions import Suggestions
from geo.tables.circles import circles, way_round

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from geo.schema import Column
    from geo.tables.columns import Values

    Ids: TypeAlias = NDArray[np.object_] | pd.api.extensions.ExtensionArray

RESPONDS_TO = "responds_to"
_NO_ROW = -1
REPAIR_FIRST = "Put that row right first."


def check_references(tables: Mapping[str, Values], left_out: Mapping[str, set[int]]) -> list[Problem]:
    """Return the references that don't hold; where it is only the reference that must go, take it out of the frame.

    Parameters
    ----------
    tables
        All tables, by name; one that could not be read is empty and lacks its id column.
    left_out
        By table, the rows that are left out. Grows by those that refer to what is missing or left out.
    """
    problems: list[Problem] = []
    for table in TABLES:
        for column in table.columns:
            if column.refers_to is None:
                continue
            values, target = tables[table.name], tables[column.refers_to]
            rows, refs = _links(values, column)
            if target.sheet.table.id_column in target.sheet.absent:
                problems += _unusable(column, table.file, set(rows.tolist()))
                left_out[table.name].update(rows.tolist())
                continue
            targets = _rows_of_ids(target, refs)
            if not _is_sound(values, target, rows, targets, left_out):
                links = pd.DataFrame({"row": rows, "ref": pd.Series(refs, dtype="str"), "target": targets})
                problems += _check_links(column, values, target, links, left_out)
    return problems


def _links(values: Values, column: Column) -> tuple[NDArray[np.int64], Ids]:
    """Return the column's references: the row that refers, and the id that it refers to."""
    rows = values.frame.index.to_numpy("int64")
    if (lists := values.lists.get(column.name)) is not None:
        places, refs = lists.items()
        return rows[places], refs
    given = (values.frame[column.name] != "").to_numpy()
    return rows[given], values.frame[column.name].array[given]


def _is_sound(
    values: Values,
    target: Values,
    rows: NDArray[np.int64],
    targets: NDArray[np.int64],
    left_out: Mapping[str, set[int]],
) -> bool:
    """Return whether it is seen at once that all references hold, as is usual: who responds stands below."""
    if left_out[target.sheet.table.name] or (targets == _NO_ROW).any():
        return False
    return target is not values or bool((targets < rows).all())


def _unusable(column: Column, file: str, rows: set[int]) -> Iterator[Problem]:
    if rows:
        reason = f"{column.refers_to}.csv cannot be used, so the rows that refer to it are left out: {len(rows):,}"
        yield Problem(file, None, column.name, None, reason, "Put that file right first.")


def _check_links(
    column: Column, values: Values, target: Values, links: pd.DataFrame, left_out: Mapping[str, set[int]]
) -> Iterator[Problem]:
    """Yield the column's references that don't hold, in the order in which one follows from another."""
    out, gone = left_out[values.sheet.table.name], left_out[target.sheet.table.name]
    unknown = links["target"] == _NO_ROW
    if unknown.any():
        yield from _lead_nowhere(column, values, target, links[unknown])
        out.update(links.loc[unknown, "row"])
        links = links[~unknown]

    if target is values:
        inside = _links_in_circles(links)
        yield from _circle_problems(column, values, links, inside)
        _drop(column, values, links[inside.notna()])
        links = links[inside.isna()]
        lost = links[links["target"].isin(out) & ~links["row"].isin(out)]
        yield from _left_out(column, values, target, lost, "; this reference is not read")
        _drop(column, values, lost)
    else:
        lost = links[links["target"].isin(gone)]
        yield from _left_out(column, values, target, lost)
        out.update(lost["row"])


def _rows_of_ids(values: Values, ids: Ids) -> NDArray[np.int64]:
    """Return the row of each id; of one that several rows have the last, and a row that is no record only if alone."""
    broken, found = values.sheet.broken, values.frame[values.sheet.table.id_column]
    known = [*broken.values(), *found.tolist()] if broken else found.array
    rows = np.concatenate([np.fromiter(broken, np.int64, len(broken)), found.index.to_numpy("int64"), [_NO_ROW]])
    last_first = pa.array(known, pa.large_string()).take(pa.array(np.arange(len(known) - 1, -1, -1)))
    places = pc.index_in(pa.array(ids, pa.large_string()), value_set=last_first)
    back = pc.fill_null(places, -1).to_numpy()
    return rows[np.where(back < 0, len(known), len(known) - 1 - back)]


def _lead_nowhere(column: Column, values: Values, target: Values, links: pd.DataFrame) -> Iterator[Problem]:
    file = target.sheet.table.file
    ids = (*target.sheet.broken.values(), *target.frame[target.sheet.table.id_column])
    suggestions = Suggestions(filter(None, ids))
    for row, ref in zip(links["row"], links["ref"], strict=True):
        fix = f"{suggestions.sentence(ref)}Write an id of {file}, or add a row there."
        yield Problem(values.sheet.table.file, row, column.name, ref, f"refers to no row of {file}", fix)


def _links_in_circles(links: pd.DataFrame) -> pd.Series[float]:
    """Return for each link the number of the circle that it is a part of, NaN for none."""
    if (links["target"] < links["row"]).all():
        return pd.Series(float("nan"), links.index)
    graph = defaultdict(list)
    for row, to in zip(links["row"], links["target"], strict=True):
        graph[row].append(to)
    circle_of = {row: number for number, circle in enumerate(circles(graph)) for row in circle}
    number = links["row"].map(circle_of).astype("float64")
    return number.where(number == links["target"].map(circle_of).astype("float64"))


def _circle_problems(
    column: Column, values: Values, links: pd.DataFrame, circle: pd.Series[float]
) -> Iterator[Problem]:
    table = values.sheet.table
    ids = values.frame[table.id_column]
    for _, members in links.groupby(circle):
        refs = defaultdict(list)
        for row, ref in zip(members["row"], members["ref"], strict=True):
            refs[row].append(ref)
        following = dict(zip(members["row"], members["target"], strict=True))
        way = quote(" → ".join("…" if row is None else ids[row] for row in way_round(following)))
        reason = f"refers back to its own row in a circle, {way}; this reference is not read"
        for row, of_row in refs.items():
            fix = "Take out the reference that is wrong."
            yield Problem(table.file, row, column.name, SEPARATOR.join(of_row), reason, fix)


def _drop(column: Column, values: Values, links: pd.DataFrame) -> None:
    """Take the references out of the frame; a stance towards nothing goes too."""
    if links.empty:
        return
    dropped = defaultdict(set)
    for row, ref in zip(links["row"], links["ref"], strict=True):
        dropped[row].add(ref)
    rows = pd.Index(list(dropped), dtype="int64")
    cells = values.frame[column.name].to_numpy(object, copy=True)
    for place, row in zip(values.frame.index.get_indexer(rows), rows, strict=True):
        cells[place] = tuple(ref for ref in cells[place] if ref not in dropped[row])
    values.frame[column.name] = cells
    if column.name == RESPONDS_TO:
        silent = values.frame[column.name].map(len) == 0
        values.frame["stance"] = values.frame["stance"].mask(silent, "")


def _left_out(column: Column, values: Values, target: Values, links: pd.DataFrame, then: str = "") -> Iterator[Problem]:
    for row, ref, to in links.itertuples(index=False):
        reason = f"refers to {target.sheet.table.file} row {to}, which is left out{then}"
        yield Problem(values.sheet.table.file, row, column.name, ref, reason, REPAIR_FIRST)
