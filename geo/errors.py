"""What can go wrong, in words that name the cell and the fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_QUOTED = 80


def quote(value: str) -> str:
    """Return ``value`` quoted for a message: on one line, control characters escaped, cut if long."""
    shown = value if len(value) <= MAX_QUOTED else value[: MAX_QUOTED - 1] + "…"
    return "'" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown) + "'"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell, row or file that cannot be used, and how to put it right.

    Attributes
    ----------
    file
        Name of the file inside the story's folder.
    row
        As a spreadsheet counts: the header is row 1. None for a problem of the whole file.
    column
        Name of the column; None for a problem of a whole row or file.
    value
        What stands there; None where nothing does.
    reason
        What is wrong, as the rest of a sentence that begins with the value.
    fix
        What to do, as a sentence.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    fix: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {quote(self.column)}"
        what = self.reason if self.value is None else f"{quote(self.value)} {self.reason}"
        return f"{where}: {what}. {self.fix}"


class GeoError(Exception):
    """The root of every error that this package raises on purpose."""


class DatasetError(GeoError, ValueError):
    """A story cannot be used as it stands; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems, not only the first."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ImpreciseDateError(GeoError, ValueError):
    """A text is none of the five forms of an imprecise date."""

    def __init__(self, value: str, reason: str, fix: str) -> None:
        """Keep reason and fix apart, so that a problem can be made of them."""
        self.value, self.reason, self.fix = value, reason, fix
        super().__init__(f"{quote(value)} {reason}. {fix}")


class CoordinatesError(GeoError, ValueError):
    """A latitude and longitude that are not a point on Earth."""


class CoincidentPointsError(GeoError, ValueError):
    """Two points are one, so that no direction leads from one to the other."""
