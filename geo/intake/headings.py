"""Where the headings of a sheet are: not always in its first row, and not always in one row alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from geo.errors import DatasetError, quote
from geo.intake.grid import refusal
from geo.intake.limits import MAX_COLUMNS, MAX_HEADING_LENGTH
from geo.intake.synonyms import GROUP, fields_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.intake.grid import Grid

_SEARCHED = 25  # rows that hold anything
_DATA = re.compile(r"[\d.,:/\s°'\"+TZ-]*\d[\d.,:/\s°'\"+TZNSEW-]*|https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a sheet.

    Attributes
    ----------
    row
        Where they stand, as a spreadsheet counts; the lower of two rows.
    names
        By column, each once; a blank one is ``column 4``.
    in_two_rows
        Whether a row above names groups of columns.
    """

    row: int
    names: tuple[str, ...]
    in_two_rows: bool = False


def find_headings(grid: Grid, asked: int | None) -> Headings:
    """Return the headings of a sheet.

    Parameters
    ----------
    asked
        The row that a person says they are in.

    Raises
    ------
    DatasetError
        When there is no row that could be headings, or no row below it.
    """
    candidates = [row for row in list(grid.rows)[:_SEARCHED] if asked in (None, row)]
    if not candidates:
        what = f"row {asked} is blank or not there" if asked else "the table holds nothing"
        problem = refusal(grid.file, what, "Say in which row the headings of the columns are.")
        raise DatasetError([*grid.broken.values(), *problem.problems])
    width = max(len(texts) for texts in grid.rows.values())
    found = max(map(lambda row: _headings_at(grid, row), candidates), key=lambda each: _likeness(each[1], width))[0]  # noqa: C417
    if max(grid.rows) <= found.row:
        problem = refusal(
            grid.file, "there are headings and no sound row below them", "Add rows, or say where they are."
        )
        raise DatasetError([*grid.broken.values(), *problem.problems])
    too_long = next((name for name in found.names if len(name) > MAX_HEADING_LENGTH), None)
    if too_long is not None:
        reason = f"a heading has more than {MAX_HEADING_LENGTH} characters: {quote(too_long)}"
        raise refusal(grid.file, reason, "Shorten it, or say in which row the headings are.", found.row)
    return found


def likeness(grid: Grid) -> int:
    """Return how many fields the headings of a sheet name: the more, the likelier it is the table that is meant."""
    return max(_likeness(_headings_at(grid, row)[1], 1)[0] for row in list(grid.rows)[:_SEARCHED])


def _headings_at(grid: Grid, row: int) -> tuple[Headings, Sequence[str]]:
    """Return the headings in one row, joined with those of groups above, and the words that they were made of."""
    words = list(grid.rows[row])
    above = grid.rows.get(row - 1, ())
    two = _are_groups(above, words)
    if two:
        words = _joined(above, words)
    width = min(MAX_COLUMNS, max(len(words), *(len(texts) for number, texts in grid.rows.items() if number > row), 0))
    return Headings(row, _distinct([*words, *[""] * (width - len(words))]), two), words


def _are_groups(above: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether a row names groups of the columns below: it has gaps where those have names of their own."""
    if sum(map(bool, above)) < 2 or any(map(_DATA.fullmatch, filter(None, (*above, *words)))):
        return False  # one cell alone is a title
    pairs = list(zip_longest(above, words, fillvalue=""))
    gaps = sum(not upper and bool(lower) for upper, lower in pairs)
    return gaps > 0 and any(map(fields_named, _joined(above, words)))


def _joined(above: Sequence[str], words: Sequence[str]) -> list[str]:
    joined, group = [], ""
    for upper, lower in zip_longest(above, words, fillvalue=""):
        group = upper or (group if lower else "")
        joined.append(GROUP.join(filter(None, (group, lower))))
    return joined


def _likeness(words: Sequence[str], width: int) -> tuple[int, int]:
    """Return how much a row looks like headings: fields that it names; else how many cells hold words."""
    named = {field for word in words for _, field in fields_named(word)[:1]}
    texts = [word for word in words if word and not _DATA.fullmatch(word) and len(word) <= MAX_HEADING_LENGTH]
    return len(named) if len(named) > 1 else 0, min(len(texts), width) * 2 >= width


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """Return each heading once, a blank one by its column's number."""
    taken: dict[str, None] = {}
    for number, word in enumerate(words, 1):
        plain = " ".join(word.replace("\0", " ").split()) or f"column {number}"
        name, times = plain, 1
        while name in taken:
            times += 1
            name = f"{plain} ({times})"
        taken[name] = None
    return tuple(taken)
