"""What an exporter is given, and what it must do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from geo.readable import readable_cells
from geo.selection_words import EVERYTHING, surely_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from geo.card import Card
    from geo.readable import SiteRow
    from geo.selection import Counts


@dataclass(frozen=True, eq=False)
class Extract:
    """What a selection lets through, with all that it refers to.

    Attributes
    ----------
    title, description, licence
        The story's; blank where it has none.
    credits
        Whom to credit for the coordinates.
    asked
        The selection in words, a phrase for each thing asked; none for everything.
    counts
        Of all claims of the story.
    claims
        Those that pass, in the story's order: the schema's columns and the story's own.
    sources
        The documents that they were read in, and all that these go back to.
    locations
        The places that they name. Where everything passes, these and the sources are the story's, whole.
    quotations, changes
        Rows of the optional tables that speak of any of these.
    sites
        Those of the locations that have coordinates, as ``gazetteer.Resolution`` describes them.
    cards
        One a claim. As known on a day, without the responses that were made only later.
    verdicts, known
        One a claim: how surely it is in the days asked, and had been said by the day asked; see ``selection.select``.
    """

    title: str
    description: str
    licence: str
    credits: tuple[str, ...]
    asked: tuple[str, ...]
    counts: Counts
    claims: pd.DataFrame
    sources: pd.DataFrame
    locations: pd.DataFrame
    quotations: pd.DataFrame
    changes: pd.DataFrame
    sites: pd.DataFrame
    cards: tuple[Card, ...]
    verdicts: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def selection(self) -> str:
        """Return the selection as one line."""
        return " · ".join(self.asked) or EVERYTHING

    @property
    def summary(self) -> str:
        """Return how many claims there are, and what became of the others."""
        shown, filtered, unplaced = self.counts.shown, self.counts.filtered, self.counts.not_on_map
        where = f"{shown} on the map, {unplaced} without a place, {filtered} filtered out"
        return f"{shown + unplaced} of {shown + unplaced + filtered} claims: {where}"

    @cached_property
    def site_of(self) -> Mapping[str, SiteRow]:
        """Return the sites by location id."""
        rows: Iterator[SiteRow] = self.sites.itertuples(index=False)
        return {site.location_id: site for site in rows}

    @cached_property
    def surely(self) -> tuple[str, ...]:
        """Return for each claim how surely it is in the selection, in words."""
        return tuple(map(surely_words, self.verdicts, self.known))

    @cached_property
    def readable(self) -> tuple[Mapping[str, str], ...]:
        """Return each claim's cells in words, as ``readable.readable_cells`` makes them.

        A column of the story's own that has such a name keeps it; ours then has a number behind it.
        """
        both = zip(self.cards, self.surely, strict=True)
        cells = [readable_cells(card, self.site_of, surely) for card, surely in both]
        taken = set(self.claims.columns)
        return tuple({_free(name, taken): words for name, words in row.items()} for row in cells)


class Exporter(Protocol):
    """Writes what a selection lets through in one format. To add one: a module, a line in EXPORTERS, a row in the docs.

    Attributes
    ----------
    suffix
        Of the file's name, with its dot.
    title
        What the format is called, for a button.
    purpose
        What it is for, as a sentence.
    """

    @property
    def suffix(self) -> str: ...  # noqa: D102

    @property
    def media_type(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def purpose(self) -> str: ...  # noqa: D102

    def export(self, extract: Extract) -> bytes:
        """Return the finished file."""


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(other for number in range(2, len(taken) + 3) if (other := f"{name}_{number}") not in taken)
