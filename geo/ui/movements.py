"""The tab Movements: each as a sentence, the accounts of one link side by side, and all of them in a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from jinja2 import Environment, StrictUndefined

from geo.dates import Overlap
from geo.sentences import doubts
from geo.timeline import UNDATED
from geo.ui.address import claim_link
from geo.ui.tables import show_table
from geo.wording import NOT_DATED, date_words, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from geo.dossier import Card
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.frames import Frames

MOST_AT_FIRST = 100
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


def show_movements(
    story: Story, frames: Frames, selection: Selection, selected: pd.DataFrame, passing: pd.DataFrame
) -> None:
    """Paint the tab for the movements that pass; in its caption stand our own words and numbers alone."""
    in_all = len(frames.movements)
    if passing.empty:
        st.caption(f"None of the {in_all} movements passes this selection." if in_all else "No claim is a movement.")
        return
    most = min(len(passing), MOST_AT_FIRST)
    caption = st.empty()  # it must be true on paper too, where the switch below isn't
    if len(passing) > most and st.toggle(f"Show all {len(passing):,} sentences"):
        most = len(passing)
    first = "" if most == len(passing) else f" The first {most} stand here as sentences."
    caption.caption(
        f"{len(passing)} of {in_all} movements: claims that name an origin or a destination.{first} "
        "A number is that of the whole row; numbers that count different things are never added."
    )
    query = st.query_params.to_dict()
    links = movement_links(story, frames.ends[passing.index], selection, selected, query, most)
    st.html(_TEMPLATE.render(links=links))
    show_table(passing, "Movements")


def movement_links(
    story: Story,
    ends: pd.Series[int],
    selection: Selection,
    selected: pd.DataFrame,
    query: Mapping[str, str],
    most: int,
) -> tuple[Link, ...]:
    """Return the movements that pass, the accounts of one link together, each link where its first account is.

    Parameters
    ----------
    ends
        Of the movements that pass, in the order in which they are told, as ``Frames`` has it.
    selected
        What becomes of each claim, as ``selection.select`` says.
    query
        The parameters of the page's address.
    most
        How many accounts to return.
    """
    claims = story.tables.claims
    links = pd.Series(pd.factorize(ends)[0], ends.index)
    in_all = claims["claimant"][ends.index].groupby(links).agg(["size", "nunique"])
    told = links.sort_values(kind="stable").head(most)
    cards = [story.cards[place] for place in claims.index.get_indexer(told.index)]
    unheard, perhaps_later = (_known(claims, selected, answer) for answer in (Overlap.NONE, Overlap.POSSIBLE))
    found: dict[int, list[Account]] = {}
    headings: dict[int, str] = {}
    for link, card, verdict in zip(told, cards, selected["verdict"][told.index], strict=True):
        others = (other for other in card.responses if other.claim_id not in unheard)
        account = Account(
            card.sentence,
            doubts(others, perhaps_later),
            " · ".join(_facts(card, verdict, selection, perhaps_later)),
            card.claim_id,
            claim_link(query, card.claim_id),
        )
        headings.setdefault(link, _heading(card))
        found.setdefault(link, []).append(account)
    return tuple(Link(headings[link], _count(*in_all.loc[link]), tuple(accounts)) for link, accounts in found.items())


def _known(claims: pd.DataFrame, selected: pd.DataFrame, answer: Overlap) -> frozenset[str]:
    """Return the ids of the claims that were so surely known on the day asked."""
    return frozenset(claims["claim_id"][selected["known"] == answer])


def _facts(card: Card, verdict: str, selection: Selection, perhaps_later: Collection[str]) -> Iterator[str]:
    yield card.modality_words
    if selection.from_ or selection.to:
        yield _IN_WINDOW[verdict]
    if selection.known and card.claim_id in perhaps_later:
        yield f"possibly said only after {date_words(selection.known.isoformat())}"
    basis = f" ({card.reported_basis})" if card.reported_basis else ""
    yield "when it was said is not stated" if card.reported_words == NOT_DATED else f"said {card.reported_words}{basis}"
    if card.quantity_words and card.quantity_of:
        yield f"the number counts: {card.quantity_of}"


def _heading(card: Card) -> str:
    start, end = (listed(place.name for place in card.places if place.role == role) for role in ("from", "to"))
    return f"{start or 'Origin not stated'} → {end or 'destination not stated'}"


def _count(accounts: int, claimants: int) -> str:
    words = f"{accounts:,} accounts" if accounts > 1 else "1 account"
    if claimants == accounts:
        return words
    return f"{words} by {claimants:,} claimants" if claimants > 1 else f"{words} by 1 claimant"
