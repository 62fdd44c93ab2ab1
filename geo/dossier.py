"""What a reader is told of a claim: its card, in plain words ready to show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from geo.card import Card, Link, MovementWords, Place, Response
from geo.flat import flat
from geo.provenance import chains, reported_bounds
from geo.schema import CLAIMS
from geo.sentences import movement_sentence, shares_its_number
from geo.timeline import day_bounds
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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geo.provenance import Chain

ClaimRow: TypeAlias = Any  # a row of the claims as ``itertuples`` gives it: ``schema.CLAIMS`` names its fields

ROLES = (("at", "locations"), ("from", "origins"), ("to", "destinations"))
BOUNDED_BASIS = "from the dates of the documents it stands in"
CHECKED_WORDS = "Quotation checked against the text on"
NO_NUMBER = "number not stated"


class Cards:
    """The cards of a story's claims, each made when it is asked for.

    Parameters
    ----------
    claims, sources, locations
        The checked tables of a story.
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
        placed_ids: Collection[str],
        quotations: pd.DataFrame | None = None,
    ) -> None:
        self._claims, self._sources, self._locations = claims, sources, locations
        self._placed_ids, self._quotations = placed_ids, quotations

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
        claims = self._claims.iloc[wanted]
        sources = self._behind(claims["source_id"])
        answering = [self._answers.get(position, ()) for position in wanted.tolist()]
        targets = [[self._at[claim_id] for claim_id in row] for row in claims["responds_to"]]
        said = self._rows({*(each for some in (*answering, *targets) for each in some)})
        reported = reported_bounds(claims, sources)
        columns = (
            claims[list(CLAIMS.names)].itertuples(index=False),
            claim_kind(claims),
            chains(claims, sources),
            reported["words"],
            reported["bounded"],
            [tuple(said[each] for each in some) for some in answering],
            [tuple(said[each] for each in some) for some in targets],
            _extras(claims),
            _quotation_checks(claims, self._quotations),
        )
        return tuple(self._card(*parts) for parts in zip(*columns, strict=True))

    def _card(
        self,
        row: ClaimRow,
        kind: str,
        path: Chain,
        reported_words: str,
        bounded: bool,
        answers: tuple[ClaimRow, ...],
        targets: tuple[ClaimRow, ...],
        extra: tuple[tuple[str, str], ...],
        checked: tuple[str, str],
    ) -> Card:
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
            quotation_checked=checked[0],
            text_sha256=checked[1],
            note=row.note,
            places=tuple(
                Place(role, place, self._names[place], place in self._placed_ids)
                for role, column in ROLES
                for place in getattr(row, column)
            ),
            origin_stated=bool(row.origins),
            destination_stated=bool(row.destinations),
            movement_words=_movement_words(row),
            sentence=movement_sentence(row, self._names),
            chain=tuple(self._links[source_id] for source_id in path),
            responses=tuple(_response(answer, answer, row) for answer in answers),
            responds_to=tuple(_response(target, row, target) for target in targets),
            extra=extra,
        )

    def _behind(self, source_ids: Iterable[str]) -> pd.DataFrame:
        """Return these documents and all that they go back to: what a few claims need of many documents."""
        found = dict.fromkeys(source_ids)
        derived = self._sources["derived_from"].array
        waiting = list(found)
        while waiting:
            earlier = chain.from_iterable(derived[self._source_at[each]] for each in waiting)
            waiting = [each for each in dict.fromkeys(earlier) if each not in found]
            found |= dict.fromkeys(waiting)
        sources = self._sources.iloc[[self._source_at[each] for each in found]]
        new = sources[[each not in self._links for each in found]]
        if len(new):
            self._links |= _links(new)
        return sources

    def _rows(self, positions: Collection[int]) -> dict[int, ClaimRow]:
        some = sorted(positions)
        rows = self._claims.iloc[some][list(CLAIMS.names)].itertuples(index=False)
        return dict(zip(some, rows, strict=True))

    @cached_property
    def _links(self) -> dict[str, Link]:
        """The documents that were asked for."""
        return {}

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {claim_id: position for position, claim_id in enumerate(self._claims["claim_id"].tolist())}

    @cached_property
    def _source_at(self) -> Mapping[str, int]:
        return {source_id: position for position, source_id in enumerate(self._sources["source_id"].tolist())}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(zip(self._locations["location_id"], self._locations["name"], strict=True))

    @cached_property
    def _answers(self) -> Mapping[int, Sequence[int]]:
        """The claims that respond to each, by row position."""
        rows, claim_ids = flat(self._claims["responds_to"])
        found = defaultdict[int, list[int]](list)
        for claim_id, row in zip(claim_ids.tolist(), rows.tolist(), strict=True):
            found[self._at[claim_id]].append(row)
        return found


def _links(sources: pd.DataFrame) -> dict[str, Link]:
    earliest = [None if pd.isna(day) else int(day) for day in day_bounds(sources["published"])["earliest"]]
    shown = sources.assign(
        published_words=sources["published"].map(date_words),
        earliest=pd.Series(earliest, sources.index, dtype=object),
    )
    rows = zip(*(shown[field.name] for field in fields(Link)), strict=True)
    return {row[0]: Link(*row) for row in rows}


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


def _quotation_checks(claims: pd.DataFrame, quotations: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Return for each claim when its excerpt was checked, in words, and the SHA-256 of the text; blanks for not."""
    if quotations is None:
        return [("", "")] * len(claims)
    quotations = quotations[quotations["claim_id"].isin(claims["claim_id"])]
    rows = zip(*(quotations[name] for name in ("claim_id", "checked_on", "text_sha256")), strict=True)
    checked = {claim_id: (f"{CHECKED_WORDS} {date_words(day)}", text_sha256) for claim_id, day, text_sha256 in rows}
    return [checked.get(claim_id, ("", "")) for claim_id in claims["claim_id"]]


def _extras(claims: pd.DataFrame) -> list[tuple[tuple[str, str], ...]]:
    """Return for each claim its values in columns that the schema doesn't know."""
    unknown = [column for column in claims.columns if column not in CLAIMS.names]
    if not unknown:
        return [()] * len(claims)
    rows = zip(*(claims[column] for column in unknown), strict=True)
    return [tuple((name, value) for name, value in zip(unknown, row, strict=True) if value) for row in rows]
