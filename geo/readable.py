"""What an export says of a claim in words, beside the columns of its table: places, dates, documents, other voices."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

from geo.wording import BASIS_WORDS, NOT_DATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.card import Card, Link

SiteRow: TypeAlias = Any  # a site as ``itertuples`` gives it: ``gazetteer.resolver.SITE_COLUMNS`` names its fields

NOT_STATED = "not stated"
NOT_SETTLED = "place not settled"
NO_MOVEMENT = "no movement"
JOIN = "; "
FROM_EARLIER = " → "  # between the documents of a chain, the first document first

_ENDS = (("place", "at"), ("origin", "from"), ("destination", "to"))
READABLE_COLUMNS = (
    "in_selection",
    "happened",
    "said",
    "how_asserted",
    "number",
    *(f"{end}_{what}" for end, _ in _ENDS for what in ("names", "lat_lon", "uncertainties_km")),
    "source_title",
    "source_publisher",
    "source_published",
    "source_url",
    "source_archived_url",
    "documents",
    "others_say",
)


def readable_cells(card: Card, sites: Mapping[str, SiteRow], surely: str) -> dict[str, str]:
    """Return a claim's cells by ``READABLE_COLUMNS``; what nobody states is said to be not stated.

    Parameters
    ----------
    sites
        By location id, with ``lat`` and ``lon`` in decimal degrees and ``uncertainty_km``.
    surely
        How surely the claim is in the selection, in words.
    """
    read_in = card.chain[-1]
    words = (
        surely,
        dated(card.event_words, card.event_basis),
        dated(card.reported_words, card.reported_basis),
        card.modality_words,
        numbered(card),
        *(cell for end, role in _ENDS for cell in _place_cells(card, end, role, sites)),
        read_in.title,
        read_in.publisher,
        published(read_in),
        read_in.url,
        read_in.archived_url,
        FROM_EARLIER.join(map(document_words, card.chain)),
        others_words(card),
    )
    return {name: word or NOT_STATED for name, word in zip(READABLE_COLUMNS, words, strict=True)}


def dated(words: str, basis: str) -> str:
    """Return a date in words, with how it is known where the source doesn't state it."""
    return f"{words} ({basis})" if basis and basis != BASIS_WORDS["stated"] else words


def numbered(card: Card) -> str:
    """Return the claim's number with what it counts; blank where none is stated."""
    counted = card.quantity_of and f"({card.quantity_of})"
    return " ".join(filter(None, (card.quantity_words, card.quantity_unit, counted))) if card.quantity_words else ""


def published(link: Link) -> str:
    """Return when a document was issued; blank where that isn't known."""
    return "" if link.published_words == NOT_DATED else link.published_words


def document_words(link: Link) -> str:
    """Return who issued a document, its title and its kind; its id where neither of the first is known."""
    title = f"“{link.title}”" if link.title else ""
    words = ", ".join(filter(None, (link.publisher, title))) or link.source_id
    return f"{words} ({link.kind})" if link.kind else words


def others_words(card: Card) -> str:
    """Return who responds to the claim, how, and in which claim."""
    return JOIN.join(f"{other.claimant} {other.stance_words} ({other.claim_id})" for other in card.responses)


def lat_lon(site: SiteRow) -> str:
    """Return a site's point as ``lat lon`` in decimal degrees."""
    return f"{degrees(site.lat)} {degrees(site.lon)}"


def degrees(number: float) -> str:
    """Return degrees to a tenth of a metre, without zeros at the end."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def uncertainty_words(site: SiteRow) -> str:
    """Return the radius of a site's uncertainty in km; blank where it isn't stated."""
    return "" if math.isnan(site.uncertainty_km) else f"{site.uncertainty_km:g}"


def _place_cells(card: Card, end: str, role: str, sites: Mapping[str, SiteRow]) -> tuple[str, str, str]:
    if end != "place" and not (card.origin_stated or card.destination_stated):
        return NO_MOVEMENT, NO_MOVEMENT, NO_MOVEMENT
    places = [place for place in card.places if place.role == role]
    found = [sites[place.location_id] if place.on_map else None for place in places]
    return (
        _joined(place.name for place in places),
        _joined(NOT_SETTLED if site is None else lat_lon(site) for site in found),
        _joined(NOT_SETTLED if site is None else uncertainty_words(site) or NOT_STATED for site in found),
    )


def _joined(words: Iterable[str]) -> str:
    return JOIN.join(words)
