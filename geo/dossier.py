"""What a reader is told of a claim: its card, in plain words ready to show."""

from __future__ import annotations

from collections import defaultdict, namedtuple
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from geo.card import Card, Link, MovementWords, Place, Response
from geo.dates import ImpreciseDate
from geo.flat import flat
from geo.provenance import said_words
from geo.schema import CLAIMS, SOURCES
from geo.sentences import movement_sentence, shares_its_number
from geo.timeline import day_number
from geo.wording import (
    ASKED_WORDS,
    BASIS_WORDS,
    MODALITY_WORDS,
    SAME_CLAIMANT_WORDS,
    STANCE_WORDS,
    claim_kind,
    date_words,
    quantity_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt
    import pandas as pd

    from geo.provenance import Chain

ClaimRow: TypeAlias = Any  # a row of the claims by the names of ``schema.CLAIMS``

ROLES = (("at", "locations"), ("from", "origins"), ("to", "destinations"))
BOUNDED_BASIS = "from the dates of the documents it stands in"
CHECKED_WORDS = "Quotation checked against the text on"
NO_NUMBER = "number not stated"

_ClaimRow: Callable[..., ClaimRow] = namedtuple("_ClaimRow", tuple(CLAIMS.names))  # type: ignore[misc]


class Cards:
    """The cards of a story's claims, each made when it is asked for; how many there are makes a few no dearer.

    Parameters
    ----------
    claims, sources, locations
        The checked tables of a story.
    paths
        The chain of each claim, as ``provenance.chains`` gives it.
    reported
        First and last possible day on which each was said, as ``provenance.reported_bounds`` gives them.
    placed_ids
        Ids of the locations that were resolved to a site.
    quotations
        The excerpts that were found in their source's text; none where it is left out.
    """

    def __init__(
        self,
        claims: pd.DataFrame,
        sources: pd.DataFrame,
        locations: pd.DataFrame,
        paths: pd.Series,
        reported: pd.DataFrame,
        placed_ids: Collection[str],
        quotations: pd.DataFrame | None = None,
    ) -> None:
        self._claims, self._sources, self._locations = claims, sources, locations
        self._paths, self._said_by = paths.to_numpy(object), reported["latest"].array
        self._placed_ids, self._quotations = placed_ids, quotations
        self._links: dict[str, Link] = {}  # of the documents that were asked for

    def __len__(self) -> int:
        """Return how many claims there are."""
        return len(self._claims)

    def all(self) -> tuple[Card, ...]:
        """Return the cards of all claims, in their order."""
        return self.of(range(len(self)))

    def of(self, positions: Iterable[int]) -> tuple[Card, ...]:
        """Return the cards of some claims, by their row positions from 0.

        Raises
        ------
        IndexError
            When there is no such row.
        """
        wanted = np.fromiter(positions, np.int64)
        if len(wanted) == 0:
            return ()
        rows = self._rows(wanted)
        answering = [self._answers.get(position, ()) for position in wanted.tolist()]
        targets = [[self.positions[claim_id] for claim_id in row.responds_to] for row in rows]
        others = np.unique(np.fromiter((each for some in (*answering, *targets) for each in some), np.int64))
        said = dict(zip(others.tolist(), self._rows(others), strict=True))
        columns = (
            rows,
            self._kinds.take(wanted),
            self._paths.take(wanted),
            self._said_by.take(wanted).to_numpy(object, na_value=None).tolist(),
            [tuple(said[each] for each in some) for some in answering],
            [tuple(said[each] for each in some) for some in targets],
            self._extras(wanted),
        )
        return tuple(self._card(*parts) for parts in zip(*columns, strict=True))

    def _card(
        self,
        row: ClaimRow,
        kind: str,
        path: Chain,
        said_by: int | None,
        answers: tuple[ClaimRow, ...],
        targets: tuple[ClaimRow, ...],
        extra: tuple[tuple[str, str], ...],
    ) -> Card:
        reported_words, bounded = said_words(row.reported_date, said_by)
        quotation_checked, text_sha256 = self._checked.get(row.claim_id, ("", ""))
        return Card(
            claim_id=row.claim_id,
            statement=row.statement,
            claimant=row.claimant,
            claimant_kind=row.claimant_kind,
            modality=row.modality,
            modality_words=MODALITY_WORDS[row.modality],
            kind=kind,
            hedge=row.hedge,
            event_words=date_words(row.event_date),
            event_basis=BASIS_WORDS[row.event_date_basis],
            reported_words=reported_words,
            reported_basis=BOUNDED_BASIS if bounded else BASIS_WORDS[row.reported_date_basis],
            quantity_words=_number(row, ""),
            quantity_unit=row.quantity_unit,
            quantity_of=row.quantity_of,
            mode=row.mode,
            excerpt=row.excerpt,
            quotation_checked=quotation_checked,
            text_sha256=text_sha256,
            note=row.note,
            places=tuple(
                Place(role, place, self._names[place], self._aliases[place], place in self._placed_ids)
                for role, column in ROLES
                for place in getattr(row, column)
            ),
            origin_stated=bool(row.origins),
            destination_stated=bool(row.destinations),
            movement_words=_movement_words(row),
            sentence=movement_sentence(row, self._names),
            chain=tuple(self._link(source_id) for source_id in path),
            responses=tuple(_response(answer, answer, row) for answer in answers),
            responds_to=tuple(_response(target, row, target) for target in targets),
            extra=extra,
        )

    def _rows(self, positions: npt.NDArray[np.int64]) -> list[ClaimRow]:
        if len(positions) and not 0 <= positions.min() <= positions.max() < len(self):
            raise IndexError(positions)
        columns = (column.take(positions).tolist() for column in self._columns)
        return [_ClaimRow(*row) for row in zip(*columns, strict=True)]

    def _link(self, source_id: str) -> Link:
        if source_id not in self._links:
            position = self._source_at[source_id]
            source = {name: column[position] for name, column in self._source_columns.items()}
            earliest = ImpreciseDate.parse(source["published"]).earliest if source["published"] else None
            self._links[source_id] = Link(
                source_id=source_id,
                title=source["title"],
                publisher=source["publisher"],
                kind=source["kind"],
                published_words=date_words(source["published"]),
                earliest=None if earliest is None else day_number(earliest),
                url=source["url"],
                archived_url=source["archived_url"],
                language=source["language"],
                note=source["note"],
            )
        return self._links[source_id]

    def _extras(self, positions: npt.NDArray[np.int64]) -> list[tuple[tuple[str, str], ...]]:
        """Return for each claim its values in columns that the schema doesn't know."""
        unknown = [column for column in self._claims.columns if column not in CLAIMS.names]
        if not unknown:
            return [()] * len(positions)
        rows = zip(*(self._claims[column].array.take(positions) for column in unknown), strict=True)
        return [tuple((name, value) for name, value in zip(unknown, row, strict=True) if value) for row in rows]

    @cached_property
    def _columns(self) -> Sequence[pd.api.extensions.ExtensionArray | npt.NDArray[Any]]:
        """The claims' columns, which a frame takes its time to hand out."""
        return [self._claims[name].values for name in CLAIMS.names]

    @cached_property
    def _source_columns(self) -> Mapping[str, pd.api.extensions.ExtensionArray]:
        return {name: self._sources[name].array for name in SOURCES.names}

    @cached_property
    def _kinds(self) -> pd.api.extensions.ExtensionArray:
        return claim_kind(self._claims).array

    @cached_property
    def _checked(self) -> Mapping[str, tuple[str, str]]:
        """When the excerpt of each claim was checked, in words, and the SHA-256 of the text; by the claims' ids."""
        if self._quotations is None:
            return {}
        rows = zip(*(self._quotations[name] for name in ("claim_id", "checked_on", "text_sha256")), strict=True)
        return {claim_id: (f"{CHECKED_WORDS} {date_words(day)}", text_sha256) for claim_id, day, text_sha256 in rows}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The row position of each claim, by its id."""
        return {claim_id: position for position, claim_id in enumerate(self._claims["claim_id"].tolist())}

    @cached_property
    def _source_at(self) -> Mapping[str, int]:
        return {source_id: position for position, source_id in enumerate(self._sources["source_id"].tolist())}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(zip(self._locations["location_id"], self._locations["name"], strict=True))

    @cached_property
    def _aliases(self) -> Mapping[str, tuple[str, ...]]:
        return dict(zip(self._locations["location_id"], self._locations["aliases"], strict=True))

    @cached_property
    def _answers(self) -> Mapping[int, Sequence[int]]:
        """The claims that respond to each, by row position."""
        rows, claim_ids = flat(self._claims["responds_to"])
        found = defaultdict[int, list[int]](list)
        for claim_id, row in zip(claim_ids.tolist(), rows.tolist(), strict=True):
            found[self.positions[claim_id]].append(row)
        return found


def _response(shown: ClaimRow, response: ClaimRow, target: ClaimRow) -> Response:
    """Return one of two claims, of which ``response`` takes a stance on ``target``."""
    words = ASKED_WORDS if response.modality == "request" else STANCE_WORDS[response.stance]
    if response.claimant == target.claimant:
        words += f" {SAME_CLAIMANT_WORDS}"
    return Response(shown.claim_id, shown.claimant, response.stance, words, shown.statement)


def _number(row: ClaimRow, word: str) -> str:
    """Return the claim's number followed by ``word``, and by what tells that its places share it."""
    words = quantity_words(row.quantity_min, row.quantity_max, approximate=row.quantity_approximate)
    return " ".join(filter(None, (words, word, "in total" if shares_its_number(row) else ""))) if words else ""


def _movement_words(row: ClaimRow) -> MovementWords | None:
    if not (row.origins or row.destinations):
        return None
    ahead = row.modality if row.modality in ("planned", "forecast") else ""
    number = _number(row, ahead) or ", ".join(filter(None, (ahead, NO_NUMBER)))
    missing = "" if row.origins and row.destinations else f"{'destination' if row.origins else 'origin'} not stated"
    return MovementWords(date_words(row.event_date) if row.event_date else "", number, missing)
