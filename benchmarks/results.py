"""What was measured: a list of figures, kept as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from serving import DidNotFinishError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one page with one story.

    Attributes
    ----------
    what
        One of the measures of ``report.MEASURES``.
    page
        One of ``serving.KINDS``, or what else it is compared with.
    size
        N; 8 for the shipped story, which has eight sites.
    values
        Each repetition's, in the measure's unit; empty where it did not finish.
    why
        What stood in the way.
    """

    what: str
    page: str
    size: int
    values: tuple[float, ...] = ()
    why: str = ""

    @property
    def median(self) -> float:
        """Return the median of the repetitions."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Return what 95 of 100 repetitions don't exceed."""
        return sorted(self.values)[min(len(self.values) - 1, int(0.95 * len(self.values)))]


@dataclass(slots=True)
class Results:
    """The figures of a run, each measure, page and size once: measured again, it takes the place of the old one.

    Attributes
    ----------
    about
        Machine, versions and date, in words, by size.
    """

    about: dict[str, dict[str, str]] = field(default_factory=dict)
    figures: dict[tuple[str, str, int], Figure] = field(default_factory=dict)

    def add(self, what: str, page: str, size: int, *values: float) -> None:
        """Add repetitions to a figure."""
        known = self.figures.get((what, page, size), Figure(what, page, size))
        self.figures[what, page, size] = Figure(what, page, size, (*known.values, *values))

    def attempt(self, what: str, page: str, size: int, measure: Callable[[], float]) -> bool:
        """Add one repetition, or why it did not finish; then it isn't tried again.

        Returns
        -------
        done
            Whether it finished.
        """
        known = self.figures.get((what, page, size))
        if known and known.why:
            return False
        try:
            self.add(what, page, size, measure())
        except DidNotFinishError as error:
            self.figures[what, page, size] = Figure(what, page, size, why=str(error))
            return False
        return True

    def get(self, what: str, page: str, size: int) -> Figure:
        """Return a figure; an empty one where nothing was measured."""
        return self.figures.get((what, page, size), Figure(what, page, size))

    def sizes(self) -> list[int]:
        """Return the sizes of story that were measured."""
        return sorted({figure.size for figure in self.figures.values()})

    def save(self, path: Path) -> None:
        """Write all as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {"about": self.about, "figures": [asdict(figure) for figure in self.figures.values()]}
        path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def read_results(path: Path) -> Results:
    """Return what an earlier run kept; nothing where there was none."""
    if not path.exists():
        return Results()
    kept = json.loads(path.read_text(encoding="utf-8"))
    figures = [Figure(**figure | {"values": tuple(figure["values"])}) for figure in kept["figures"]]
    return Results(kept["about"], {(figure.what, figure.page, figure.size): figure for figure in figures})
