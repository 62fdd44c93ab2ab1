"""Checks across the cells of a row and across the rows of a table, as masks over whole columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import Problem
from geo.schema import CHANGED, CHANGES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.tables.columns import Values


def check_rows(values: Values) -> Iterator[Problem]:
    """Yield what is wrong between the cells of a row, and ids that stand in several rows."""
    if values.sheet.table.columns[0].kind is Kind.ID:
        yield from _check_ids(values)
    for check in _CHECKS.get(values.sheet.table.name, ()):
        yield from check(values)


def _check_ids(values: Values) -> Iterator[Problem]:
    table = values.sheet.table
    ids = values.frame[table.id_column]
    if ids.nunique() == len(ids):
        return
    repeated = ids[ids.duplicated(keep=False) & (ids != "")]
    for same, group in repeated.groupby(repeated):
        rows = list(group.index)
        for row in rows:
            other = rows[1] if row == rows[0] else rows[0]
            fix = "Give each row an id of its own; which of them is meant elsewhere can't be told."
            yield Problem(table.file, row, table.id_column, str(same), f"is also the id of row {other}", fix)


def _check_coordinates(values: Values) -> Iterator[Problem]:
    file, texts, frame = values.sheet.table.file, values.sheet.texts, values.frame
    lat, lon, taken_from = frame["latitude"], frame["longitude"], frame["coordinate_source"]
    sound = values.sound("latitude", "longitude")
    for blank, other in (("latitude", "longitude"), ("longitude", "latitude")):
        for row in frame.index[sound & frame[blank].isna() & frame[other].notna()]:
            fix = f"Give both, or clear {other} to have the place geocoded."
            yield Problem(file, row, blank, None, f"the cell is blank though {other} is given", fix)
    given = sound & lat.notna() & lon.notna()
    for row in frame.index[given & ((lat.abs() > 90) | (lon.abs() > 180))]:
        column = "latitude" if abs(lat[row]) > 90 else "longitude"
        limit = "-90 to 90" if column == "latitude" else "-180 to 180"
        fix = f"Write decimal degrees from {limit}."
        if abs(lon[row]) <= 90 and abs(lat[row]) <= 180:
            fix = f"Swap the two, it seems: latitude {texts['longitude'][row]}, longitude {texts['latitude'][row]}."
        yield Problem(file, row, column, texts[column][row], "is off the Earth", fix)
    for row in frame.index[given & (taken_from == "")]:
        fix = "Say from what the coordinates were taken, or clear them to have the place geocoded."
        yield Problem(file, row, "coordinate_source", None, "the cell is blank though coordinates are given", fix)


def _check_quantities(values: Values) -> Iterator[Problem]:
    file, texts, frame = values.sheet.table.file, values.sheet.texts, values.frame
    low, high = frame["quantity_min"], frame["quantity_max"]
    for row in frame.index[low > high]:
        least, most = texts["quantity_min"][row], texts["quantity_max"][row]
        fix = f"Swap the two if they stand in each other's place: {most} to {least}."
        yield Problem(file, row, "quantity_max", most, f"is less than quantity_min, which is {least}", fix)


def _check_stances(values: Values) -> Iterator[Problem]:
    file, frame = values.sheet.table.file, values.frame
    responds, stance = values.lists["responds_to"].lengths() > 0, (frame["stance"] != "").to_numpy()
    for row in frame.index[responds & ~stance]:
        fix = "Say what the claim says of those it responds to, or clear responds_to."
        yield Problem(file, row, "stance", None, "the cell is blank though responds_to is given", fix)
    for row in frame.index[~responds & stance]:
        fix = "Name the claims that this one is about, or clear stance."
        yield Problem(file, row, "responds_to", None, "the cell is blank though stance is given", fix)


def _check_changes(values: Values) -> Iterator[Problem]:
    file, frame = values.sheet.table.file, values.frame
    for row in frame.index[(frame["change"] == CHANGED) & (frame["column"] == "")]:
        fix = "Name the column whose cell was changed."
        yield Problem(file, row, "column", None, f"the cell is blank though the row was {CHANGED}", fix)


_CHECKS: Mapping[str, tuple[Callable[[Values], Iterator[Problem]], ...]] = {
    "locations": (_check_coordinates,),
    "claims": (_check_quantities, _check_stances),
    CHANGES.name: (_check_changes,),
}
