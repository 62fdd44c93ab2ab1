"""What a claim card holds: plain text, ready to show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a claim; ``role`` is ``at``, ``from`` or ``to``, and ``aliases`` are its other spellings."""

    role: str
    location_id: str
    name: str
    aliases: tuple[str, ...]
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
