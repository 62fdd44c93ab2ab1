"""What a reader is told of a claim: its card, in plain words ready to show, and the text that search looks in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

from geo.provenance import chains, reported_bounds
from geo.schema import CLAIMS
from geo.selection import fold
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

ClaimRow: TypeAlias = Any  # a row of the claims as ``itertuples`` gives it: ``schema.CLAIMS`` names its fields

ROLES = (("at", "locations"), ("from", "origins"), ("to", "destinations"))
BOUNDED_BASIS = "from the dates of the documents it stands in"
CHECKED_WORDS = "Quotation checked against the text on"
NO_NUMBER = "number not stated"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a claim; ``role`` is ``at``, ``from`` or ``to``."""

    role: str
    location_id: str
    name: str
    on_map: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A document in the chain of a claim.

    Attributes
    ----------
    earliest
        The first day on which it can have been out, in days since 1970-01-01; None where not known.
    """

    source_id: str
    title: str
    publisher: str
    kind: str
    published_words: str
    earliest: int | None
    url: str
    archived_url: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class Response:
    """Another claim, and the stance that one of the two takes on the other."""

    claim_id: str
    claimant: str
    stance: str
    stance_words: str
    statement: str


@dataclass(frozen=True, slots=True)
class MovementWords:
    """The label of a movement, in parts that a map can lay out.

    Attributes
    ----------
    date
        ``8-13 Oct 2024``, blank where not stated.
    number
        ``1,500 in total``, ``2,600 planned`` or ``number not stated``.
    missing
        ``origin not stated``, ``destination not stated`` or blank.
    """

    date: str
    number: str
    missing: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a claim card shows, as plain text; blank where nothing is stated.

    Attributes
    ----------
    kind
        One of ``wording.KINDS``, by which the map colours the claim.
    event_basis, reported_basis
        How the date is known, in words.
    quantity_words
        The number; followed by ``in total`` where several places share it.
    quotation_checked, text_sha256
        When the excerpt was found in its source's text, and in which; blank where that wasn't checked.
    origin_stated, destination_stated
        Whether the claim names one; it is a movement if it does either.
    movement_words
        Its label on the map; None for a claim that is no movement.
    sentence
        The movement in a sentence, as ``sentences.movement_sentence`` makes it; blank for a claim that is none.
    chain
        From the first document to the one that was read.
    responses, responds_to
        What others say of it; what it says of others.
    extra
        Columns that the schema doesn't know, with their values.
    """

    claim_id: str
    statement: str
    claimant: str
    claimant_kind: str
    modality: str
    modality_words: str
    kind: str
    hedge: str
    event_words: str
    event_basis: str
    reported_words: str
    reported_basis: str
    quantity_words: str
    quantity_unit: str
    quantity_of: str
    mode: str
    excerpt: str
    quotation_checked: str
    text_sha256: str
    note: str
    places: tuple[Place, ...]
    origin_stated: bool
    destination_stated: bool
    movement_words: MovementWords | None
    sentence: str
    chain: tuple[Link, ...]
    responses: tuple[Response, ...]
    responds_to: tuple[Response, ...]
    extra: tuple[tuple[str, str], ...]


class Cards(tuple[Card, ...]):
    """The cards of a story's claims, in their order."""

    __slots__ = ()

    def of(self, positions: Iterable[int]) -> tuple[Card, ...]:
        """Return the cards of some claims, by their row positions from 0."""
        return tuple(self[position] for position in positions)


def cards(
    claims: pd.DataFrame,
    sources: pd.DataFrame,
    locations: pd.DataFrame,
    placed_ids: Collection[str],
    quotations: pd.DataFrame | None = None,
) -> Cards:
    """Return the cards of all claims, in their order.

    Parameters
    ----------
    claims, sources, locations
        The checked tables of a story.
    placed_ids
        Ids of the locations that were resolved to a site.
    quotations
        The excerpts that were found in their source's text; none where it is left out.
    """
    names = dict(zip(locations["location_id"], locations["name"], strict=True))
    links = _links(sources)
    rows = claims[list(CLAIMS.names)].itertuples(index=False)
    said: dict[str, ClaimRow] = dict(zip(claims["claim_id"], rows, strict=True))
    answers = _responses(said)
    reported = reported_bounds(claims, sources)
    columns = (said.values(), claim_kind(claims), chains(claims, sources), reported["words"], reported["bounded"])
    extras, checks = _extras(claims), _quotation_checks(claims, quotations)
    return Cards(
        Card(
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
            quotation_checked=checked_words,
            text_sha256=text_sha256,
            note=row.note,
            places=tuple(
                Place(role, place, names[place], place in placed_ids)
                for role, column in ROLES
                for place in getattr(row, column)
            ),
            origin_stated=bool(row.origins),
            destination_stated=bool(row.destinations),
            movement_words=_movement_words(row),
            sentence=movement_sentence(row, names),
            chain=tuple(links[source_id] for source_id in path),
            responses=tuple(answers[row.claim_id]),
            responds_to=tuple(_response(said[claim_id], row, said[claim_id]) for claim_id in row.responds_to),
            extra=extra,
        )
        for row, kind, path, reported_words, bounded, extra, (checked_words, text_sha256) in zip(
            *columns, extras, checks, strict=True
        )
    )


def haystack(claims: pd.DataFrame, sources: pd.DataFrame, locations: pd.DataFrame) -> pd.Series[str]:
    """Return for each claim the text that a search looks in, folded by ``selection.fold``.

    Holds its words, those of the source, the publishers of its chain, and its places in all their spellings.
    """
    columns = ("statement", "claimant", "excerpt", "hedge", "note", "quantity_of")
    publishers = dict(zip(sources["source_id"], sources["publisher"], strict=True))
    toponyms = zip(locations["location_id"], locations["name"], locations["aliases"], strict=True)
    spellings = {location_id: (name, *aliases) for location_id, name, aliases in toponyms}
    places = claims["locations"] + claims["origins"] + claims["destinations"]
    rows = zip(*(claims[name] for name in columns), chains(claims, sources), places, strict=True)
    texts = [
        # a search has no line breaks within a word, so that no word is found across two fields
        "\n".join([*own, *(publishers[step] for step in path), *(word for place in named for word in spellings[place])])
        for *own, path, named in rows
    ]
    return pd.Series([fold(text) for text in texts], index=claims.index, dtype="str")


def _links(sources: pd.DataFrame) -> dict[str, Link]:
    earliest = [None if pd.isna(day) else int(day) for day in day_bounds(sources["published"])["earliest"]]
    shown = sources.assign(
        published_words=sources["published"].map(date_words),
        earliest=pd.Series(earliest, sources.index, dtype=object),
    )
    rows = zip(*(shown[field.name] for field in fields(Link)), strict=True)
    return {row[0]: Link(*row) for row in rows}


def _responses(said: Mapping[str, ClaimRow]) -> Mapping[str, Sequence[Response]]:
    """Return what is said of each claim, by the claim's id."""
    found = defaultdict[str, list[Response]](list)
    for row in said.values():
        for claim_id in row.responds_to:
            found[claim_id].append(_response(row, row, said[claim_id]))
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


def _quotation_checks(claims: pd.DataFrame, quotations: pd.DataFrame | None) -> list[tuple[str, str]]:
    """Return for each claim when its excerpt was checked, in words, and the SHA-256 of the text; blanks for not."""
    if quotations is None:
        return [("", "")] * len(claims)
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
