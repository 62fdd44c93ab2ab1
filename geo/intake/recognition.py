"""Which column of a table is which field: by its heading, and by what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.intake.day_forms import is_day_number, looks_like_day, possible_orders
from geo.intake.fields import FIELDS, PAIR
from geo.intake.figures import read_degrees, read_pair
from geo.intake.model import BY_CONTENT, BY_NAME, CHOSEN, ColumnGuess
from geo.intake.synonyms import fields_named, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DATE_FIELDS = ("date", "date_end", "reported_date", "published")

_LOOKED_AT = 200  # cells of a column
_SHOWN = 3
_SHOWN_LENGTH = 200  # characters
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ENOUGH, _MOST = 1 / 3, 4 / 5  # of a column's cells: for what its heading says, and without a heading that says it
_PLAIN_RANK = 2  # a heading of this rank or better means what it says, whatever stands below
_KOBO = {"submission time", "uuid", "version"}
_KOBO_OWN = {"start", "end", "today", "id"}  # of the form: when it was filled in isn't when anything happened
_LONG = 25  # characters that a sentence has on average, and a name hasn't


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its place in a row, and cells that are not blank."""

    heading: str
    position: int
    cells: tuple[str, ...]

    def share(self, fits: Callable[[str], object]) -> float:
        """Return which share of the cells fits; 1 where all are blank."""
        return sum(bool(fits(cell)) for cell in self.cells) / len(self.cells) if self.cells else 1.0


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return a table's columns with the first of their cells."""
    cells: list[list[str]] = [[] for _ in headings]
    for row in rows:
        for position, cell in enumerate(row[: len(cells)]):
            if cell and len(cells[position]) < _LOOKED_AT:
                cells[position].append(cell)
    return [Column(heading, i, tuple(cells[i])) for i, heading in enumerate(headings)]


def recognise(columns: Sequence[Column], chosen: Mapping[str, str]) -> tuple[ColumnGuess, ...]:
    """Return what each column is taken for; what a person chose goes before every guess.

    Parameters
    ----------
    chosen
        By heading one of ``FIELDS``, or blank for a column that shall stay as it is.
    """
    taken: dict[str, tuple[Column, str]] = {}
    for column in columns:
        if chosen.get(column.heading) in FIELDS:
            taken.setdefault(chosen[column.heading], (column, CHOSEN))
    words = {column.heading: worded(column.heading) for column in columns}
    no_guess = _KOBO_OWN if len(_KOBO & set(words.values())) > 1 else set()
    free = [each for each in columns if each.heading not in chosen and words[each.heading] not in no_guess]
    _by_name(free, taken)
    _by_content([column for column in free if all(column is not other for other, _ in taken.values())], taken)
    if "latitude" in taken and "longitude" in taken and taken.get(PAIR, (None, ""))[1] not in ("", CHOSEN):
        del taken[PAIR]  # the same twice
    if taken.get("quantity", (None, CHOSEN))[1] == BY_NAME and taken.keys() & {"quantity_min", "quantity_max"}:
        del taken["quantity"]  # a best estimate between the two, which is kept as it is beside them
    found = {column.position: (field, why) for field, (column, why) in taken.items()}
    return tuple(
        ColumnGuess(
            column.heading,
            *found.get(column.position, ("", "")),
            tuple(cell[:_SHOWN_LENGTH] for cell in column.cells[:_SHOWN]),
        )
        for column in columns
    )


def _by_name(free: Sequence[Column], taken: dict[str, tuple[Column, str]]) -> None:
    """Give each field the column whose heading names it best, and whose cells don't speak against it."""
    for field in _ORDER:
        ranked = [
            (not column.cells, rank, column.position, column)
            for column in free
            for rank, named in fields_named(column.heading)
            if named == field and all(column is not other for other, _ in taken.values())
            if _may_be(field, column, rank)
        ]
        if field not in taken and ranked:
            taken[field] = (min(ranked)[3], BY_NAME)


def _may_be(field: str, column: Column, rank: int) -> bool:
    """Return whether a column's cells allow what its heading says."""
    if field in DATE_FIELDS and rank > _PLAIN_RANK:
        return column.share(_day) >= _ENOUGH
    if field in ("latitude", "longitude"):
        return rank <= _PLAIN_RANK or column.share(lambda cell: read_degrees(cell) is not None) >= _ENOUGH
    if field == PAIR:
        return column.share(read_pair) >= _ENOUGH
    if field in ("place", "origin", "destination"):
        return not column.cells or column.share(lambda cell: _day(cell) or read_pair(cell) or _number(cell)) < 1 / 2
    if field.startswith("quantity") and field not in ("quantity_unit", "quantity_of"):
        return column.share(lambda cell: re.search(r"\d", cell)) >= _ENOUGH
    if field in ("statement", "source", "claimant"):
        return not column.cells or column.share(_number) < 1 / 2
    return True


def _by_content(free: Sequence[Column], taken: dict[str, tuple[Column, str]]) -> None:
    """Find what no heading told: coordinates in one cell, addresses, dates, and sentences."""
    for field, fits, rivals in (
        (PAIR, read_pair, ("latitude", "longitude")),
        ("source_url", _ADDRESS.fullmatch, ()),
        ("date", looks_like_day, ()),
    ):
        found = next(
            (each for each in free if each.cells and each.share(fits) >= _MOST and not _only_years(each)), None
        )
        if found and field not in taken and not any(rival in taken for rival in rivals):
            taken[field] = (found, BY_CONTENT)
    rest = [each for each in free if each.cells and all(each is not other for other, _ in taken.values())]
    longest = max(rest, key=_mean_length, default=None)
    if (
        longest
        and taken  # where nothing at all is known, the longest text is no claim but any text
        and "statement" not in taken
        and _mean_length(longest) >= _LONG
        and longest.share(_ADDRESS.match) < 1 / 2
    ):
        taken["statement"] = (longest, BY_CONTENT)


def _mean_length(column: Column) -> float:
    return sum(map(len, column.cells)) / len(column.cells)


def _only_years(column: Column) -> bool:
    """Return whether the column holds bare numbers: a count of 2,000 looks like a year."""
    return column.share(str.isdigit) > 0


def _day(cell: str) -> bool:
    return looks_like_day(cell) or is_day_number(cell)


def _number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell) is not None


# The statement chooses first: ``notes`` are the claim where no other column is, and a note where one is.
_ORDER: Final = ("statement", "source_url", *(field for field in FIELDS if field not in ("statement", "source_url")))


def orders_of(cells: Mapping[str, Sequence[str]], answer: str) -> tuple[dict[str, str], list[str]]:
    """Return how the dates of each field are to be read, and those that nobody can tell without an answer.

    Parameters
    ----------
    cells
        Of each field with dates.
    answer
        ``model.DAY_FIRST`` or ``model.MONTH_FIRST``, where a person said so.

    Returns
    -------
    orders
        By field one of the two; blank where each date has one meaning.
    undecided
        Dates with two.
    """
    orders, undecided = {}, []
    for field, texts in cells.items():
        possible, open_texts = possible_orders(dict.fromkeys(texts))
        orders[field] = "" if not open_texts else answer or (next(iter(possible)) if len(possible) == 1 else "")
        undecided += open_texts if not orders[field] else []
    return orders, undecided
