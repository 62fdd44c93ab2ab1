"""A text to cite: every claim as a sentence, with its source in a numbered footnote."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from geo.dates import Overlap
from geo.readable import NOT_SETTLED, NOT_STATED, dated, numbered, published
from geo.selection_words import SURELY_WORDS
from geo.wording import NOT_DATED, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.card import Card, Link, Response
    from geo.export.exporter import Extract

_WIDTH = 100  # characters of a line
_NOTE = "Each sentence is somebody's claim, not a fact. What no source states is called not stated."
# Control characters, and those that turn the direction of what follows: on a terminal and in a text they could
# make other words of ours.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class CitableText:
    """Sentences with footnotes, as plain text without markup.

    Claims that reached us through the same documents share a footnote. A day of export isn't in it: the same selection
    of the same story gives the same text.
    """

    suffix = ".txt"
    media_type = "text/plain"
    title = "Citable text"
    purpose = "Every claim as a sentence with its source in a footnote, hedges and gaps kept: to quote from."

    def export(self, extract: Extract) -> bytes:
        """Return the text in UTF-8; a paragraph a claim."""
        footnotes: dict[tuple[Link, ...], int] = {}
        claims = []
        for card, surely in zip(extract.cards, extract.surely, strict=True):
            number = footnotes.setdefault(card.chain, len(footnotes) + 1)
            doubt = f"In this selection: {surely}." if SURELY_WORDS[Overlap.POSSIBLE] in surely else ""
            claims.append(_paragraph(" ".join([*_sentences(card), doubt]), f"\u00a0[{number}]"))
        notes = [_paragraph(f"[{number}] {_footnote(chain)}") for chain, number in footnotes.items()]
        title = plain_line(extract.title)
        blocks = [f"{title}\n{'=' * min(len(title), _WIDTH)}", *_head(extract), *claims]
        if notes:
            blocks += ["Sources\n-------", *notes]
        return ("\n\n".join(blocks) + "\n").encode()


def plain_line(text: str) -> str:
    """Return a text on one line; control characters other than white space stand as their codes."""
    return _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], " ".join(text.split()))


def _head(extract: Extract) -> Iterator[str]:
    credit = [f"Coordinates: {words}." for words in extract.credits]
    licence = f"Licence: {extract.licence}." if extract.licence else ""
    for words in (extract.description, f"Selection: {extract.selection}. {extract.summary}.", _NOTE, licence, *credit):
        if words:
            yield _paragraph(words)


def _paragraph(text: str, end: str = "") -> str:
    return textwrap.fill(plain_line(text) + end, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _sentences(card: Card) -> Iterator[str]:
    """Yield who claims what; then when, where, how many and how surely; then what others say of it."""
    if card.sentence:
        yield card.sentence
        yield f"Said: {_when(card.reported_words, card.reported_basis)}."
    else:
        yield f"{card.claimant}: {_ended(card.statement)}"
        yield f"({'; '.join(_circumstances(card))}.)"
        yield f"The source's own hedge: “{card.hedge}”." if card.hedge else ""
    if card.excerpt:
        yield f"In the source's own words: “{card.excerpt}”."
    for other in card.responses:
        yield _response(other)


def _circumstances(card: Card) -> Iterator[str]:
    places = [f"{place.name}{'' if place.on_map else f' ({NOT_SETTLED})'}" for place in card.places]
    yield card.modality_words[0].upper() + card.modality_words[1:]
    yield f"when: {_when(card.event_words, card.event_basis)}"
    yield f"said: {_when(card.reported_words, card.reported_basis)}"
    yield f"where: {listed(places) or NOT_STATED}"
    if number := numbered(card):
        yield f"number: {number}"


def _when(words: str, basis: str) -> str:
    return NOT_STATED if words == NOT_DATED else dated(words, basis)


def _response(other: Response) -> str:
    return f"{other.claimant} {other.stance_words}: {_ended(other.statement)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _footnote(chain: Iterable[Link]) -> str:
    """Return the document that was read, then those that it has it from, each with what is not stated of it."""
    read_in, *earlier = map(_document, reversed(tuple(chain)))
    return f"{read_in}." + "".join(f" Which has it from: {document}." for document in earlier)


def _document(link: Link) -> str:
    kind = f" ({link.kind})" if link.kind else ""
    return ", ".join(
        [
            link.publisher or f"publisher {NOT_STATED}",
            (f"“{link.title}”" if link.title else f"title {NOT_STATED}") + kind,
            published(link) or f"day {NOT_STATED}",
            link.url or f"address {NOT_STATED}",
            *([f"archived copy: {link.archived_url}"] if link.archived_url else []),
        ]
    )
