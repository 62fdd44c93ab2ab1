"""The tab Movements: each as a sentence, the accounts of one link side by side, and all of them in a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st
from jinja2 import Environment, StrictUndefined

from geo.dates import Overlap
from geo.sentences import doubts
from geo.timeline import UNDATED
from geo.ui.address import claim_link
from geo.ui.pages import page_of
from geo.ui.tables import show_rows
from geo.wording import NOT_DATED, date_words, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.card import Card
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.frames import Frames
    from geo.ui.passing import Passing, Positions

_TOGETHER = ". Those of one link stand together."
_IN_WINDOW = {
    Overlap.CERTAIN: "certainly in these days",
    Overlap.POSSIBLE: "possibly in these days",
    UNDATED: "not dated",
}
# Text from a story becomes HTML here alone, and is escaped.
_TEMPLATE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    (Path(__file__).with_name("assets") / "movements.html").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Account:
    """What one claim says of a link.

    Attributes
    ----------
    doubts
        Who denies or disputes it, as known on the day asked.
    facts
        How it is asserted, how surely it falls in the window and was known, when it was said, what its number counts.
    href
        Its permalink, in the address of the page.
    """

    sentence: str
    doubts: str
    facts: str
    claim_id: str
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    """The claims with the same origins and destinations."""

    heading: str
    count: str
    accounts: tuple[Account, ...]


def show_movements(story: Story, frames: Frames, found: Passing) -> None:
    """Paint the tab for the movements that pass; in its caption stand our own words and numbers alone."""
    rows, in_all = found.movements, frames.movements
    if not len(rows):
        st.caption(f"None of the {in_all:,} movements passes this selection." if in_all else "No claim is a movement.")
        return
    st.caption(
        f"{len(rows):,} of {in_all:,} movements: claims that name an origin or a destination. "
        "A number is that of the whole row; numbers that count different things are never added."
    )
    query = st.query_params.to_dict()
    part = page_of(len(rows), "sentences", found.selection, noun="Sentences", note=_TOGETHER)
    st.html(_TEMPLATE.render(links=movement_links(story, frames, found, query, part)))
    show_rows(len(rows), lambda part: frames.movement_rows(found, rows[part]), "Movements", found.selection)


def movement_links(
    story: Story, frames: Frames, found: Passing, query: Mapping[str, str], part: slice
) -> tuple[Link, ...]:
    """Return movements that pass, the accounts of one link together, each link where its first account is.

    Parameters
    ----------
    query
        The parameters of the page's address.
    part
        Which of the accounts to return.
    """
    moves = found.movements
    links = pd.factorize(frames.ends[moves])[0]
    told = np.argsort(links, kind="stable")[part]
    positions = moves[told]
    cards = story.cards.of(positions.tolist())
    unheard, perhaps_later = (frames.responding(found, cards, answer) for answer in (Overlap.NONE, Overlap.POSSIBLE))
    verdicts, known = (found.selected[name].array.take(positions) for name in ("verdict", "known"))
    accounts: dict[int, list[Account]] = {}
    headings: dict[int, str] = {}
    for link, card, verdict, surely in zip(links[told].tolist(), cards, verdicts, known, strict=True):
        others = (other for other in card.responses if other.claim_id not in unheard)
        account = Account(
            card.sentence,
            doubts(others, perhaps_later),
            " · ".join(_facts(card, verdict, found.selection, later=surely == Overlap.POSSIBLE)),
            card.claim_id,
            claim_link(query, card.claim_id),
        )
        headings.setdefault(link, _heading(card))
        accounts.setdefault(link, []).append(account)
    return tuple(
        Link(headings[link], _count(frames.claimants[moves[links == link]]), tuple(told))
        for link, told in accounts.items()
    )


def _facts(card: Card, verdict: str, selection: Selection, *, later: bool) -> Iterator[str]:
    yield card.modality_words
    if selection.from_ or selection.to:
        yield _IN_WINDOW[verdict]
    if selection.known and later:
        yield f"possibly said only after {date_words(selection.known.isoformat())}"
    basis = f" ({card.reported_basis})" if card.reported_basis else ""
    yield "when it was said is not stated" if card.reported_words == NOT_DATED else f"said {card.reported_words}{basis}"
    if card.quantity_words and card.quantity_of:
        yield f"the number counts: {card.quantity_of}"


def _heading(card: Card) -> str:
    start, end = (listed(place.name for place in card.places if place.role == role) for role in ("from", "to"))
    return f"{start or 'Origin not stated'} → {end or 'destination not stated'}"


def _count(claimants: Positions) -> str:
    """Return how many accounts there are, and by how many claimants; each account has the number of its claimant."""
    accounts, voices = len(claimants), len(np.unique(claimants))
    words = f"{accounts:,} accounts" if accounts > 1 else "1 account"
    if voices == accounts:
        return words
    return f"{words} by {voices:,} claimants" if voices > 1 else f"{words} by 1 claimant"
