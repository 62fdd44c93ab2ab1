"""What a globe shows when a mark is clicked: a few lines of HTML in which every text from data is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.readable import NOT_SETTLED, NOT_STATED, dated, lat_lon, numbered, published, uncertainty_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.card import Card, Link, Place
    from geo.export.exporter import Extract
    from geo.readable import SiteRow

_BREAK = "<br/>\n"
_NOTE = "Every mark is a claim by somebody, read in a source. Lines join reported places; they are no routes."


def document_balloon(extract: Extract) -> str:
    """Return what the whole is, what was selected, and whom to credit."""
    facts = (
        ("What it is", extract.description),
        ("How to read it", _NOTE),
        ("Selection", extract.selection),
        ("Claims", extract.summary),
        ("Licence", extract.licence),
        *(("Coordinates", words) for words in extract.credits),
    )
    return _BREAK.join(_lines(facts))


def claim_balloon(card: Card, surely: str) -> str:
    """Return what a claim's card says: who, what, when, how surely, from where, and what others say of it."""
    return _BREAK.join([*_lines(_claim_facts(card, surely)), *_source_lines(card)])


def site_balloon(site: SiteRow) -> str:
    """Return where a site is, how surely, and by what it was found."""
    uncertainty = uncertainty_words(site)
    facts = (
        ("What it is", site.feature_type or NOT_STATED),
        ("Latitude and longitude", lat_lon(site)),
        ("Uncertainty", f"{uncertainty} km" if uncertainty else NOT_STATED),
        ("How it is known", site.provenance),
        ("Other spellings", "; ".join(site.aliases)),
        ("Note", site.note),
    )
    return _BREAK.join(_lines(facts))


def _claim_facts(card: Card, surely: str) -> Iterator[tuple[str, str]]:
    yield "Claim", card.statement
    yield "Claimant", ", ".join(filter(None, (card.claimant, card.claimant_kind)))
    yield "How asserted", card.modality_words
    yield "Happened", dated(card.event_words, card.event_basis)
    yield "Said", dated(card.reported_words, card.reported_basis)
    yield "In the selection", surely
    yield "The source's own hedge", card.hedge
    yield "Number", numbered(card) or NOT_STATED
    yield "Places", "; ".join(map(_place, card.places)) or NOT_STATED
    if card.movement_words:
        yield "Not stated", card.movement_words.missing.removesuffix(f" {NOT_STATED}")
    yield "The source's own words", f"“{card.excerpt}”" if card.excerpt else ""
    for other in card.responses:
        yield "Others", f"{other.claimant} {other.stance_words}: {other.statement}"
    for other in card.responds_to:
        yield "It speaks of", f"{other.claimant}: {other.statement}"
    yield "Note", card.note
    yield from card.extra


def _place(place: Place) -> str:
    return f"{place.role} {place.name}" + ("" if place.on_map else f" ({NOT_SETTLED})")


def _lines(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in facts:
        if text:
            yield f"<b>{escape(name)}:</b> {escape(text)}"


def _source_lines(card: Card) -> Iterator[str]:
    """Yield the documents, the one that was read first; then from where it has it, one after another."""
    for number, link in enumerate(reversed(card.chain)):
        yield f"<b>{'Has it from' if number else 'Read in'}:</b> {_source(link)}"


def _source(link: Link) -> str:
    words = (
        escape(link.publisher or f"publisher {NOT_STATED}"),
        escape(f"“{link.title}”" if link.title else f"title {NOT_STATED}"),
        escape(published(link) or f"day {NOT_STATED}"),
        _address(link.url, "address") or f"address {NOT_STATED}",
        _address(link.archived_url, "archived copy"),
    )
    return ", ".join(filter(None, words))


def _address(url: str, words: str) -> str:
    """Return a link; that it is an http(s) one was checked when the story was read."""
    return f'<a href="{escape(url)}">{words}</a>' if url else ""
