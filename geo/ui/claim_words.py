"""What the tables of claims say of each: made of its card, for the rows that are shown."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

import pandas as pd

from geo.gazetteer import Doubt
from geo.ui.folder_frames import JOIN, NOT_SETTLED
from geo.wording import BASIS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from geo.card import Card, Link

NOT_STATED = "not stated"
NO_PLACE = "no place stated"
HAPPENED = "Happened"
SAID = "Said"
ON_MAP = "On the map"
OTHERS = "What others say"
DOCUMENTS = "Documents"
PLACES = "Places"
MORE = "More"
CLAIM_COLUMNS = (
    "Claimant",
    "Claim",
    HAPPENED,
    SAID,
    "How asserted",
    "Hedge",
    OTHERS,
    "Responds to",
    "Number",
    "What it counts",
    PLACES,
    ON_MAP,
    DOCUMENTS,
    "Source's own words",
    "Note",
    MORE,
    "Id",
)
MOVEMENT_COLUMNS = (
    "Claimant",
    "From",
    "To",
    HAPPENED,
    "Number",
    "What it counts",
    "How asserted",
    "Hedge",
    OTHERS,
    "By",
    SAID,
    "Claim",
    ON_MAP,
    DOCUMENTS,
    "Id",
)
_STATED_BLANK = ("From", "To", "Number", "By")  # in the table of movements a blank says that it isn't stated


def claim_rows(cards: Iterable[Card], say: Mapping[str, Callable[[Card], str]], names: Iterable[str]) -> pd.DataFrame:
    """Return claims in words, a row each; ``say`` is what ``sayings`` gives, ``names`` are those of the columns."""
    cards = tuple(cards)
    return pd.DataFrame({name: [say[name](card) for card in cards] for name in names}, dtype="str")


def movement_rows(cards: Iterable[Card], say: Mapping[str, Callable[[Card], str]]) -> pd.DataFrame:
    """Return movements in words, a row each."""
    return claim_rows(cards, say, MOVEMENT_COLUMNS).replace({name: {"": NOT_STATED} for name in _STATED_BLANK})


def sayings(
    names: Mapping[str, str], left_off: Collection[str], unheard: Collection[str] = (), last: int | None = None
) -> Mapping[str, Callable[[Card], str]]:
    """Return what each column says of a claim's card.

    Parameters
    ----------
    names
        Of the documents, by id.
    left_off
        Ids of the locations that somebody left off the map.
    unheard, last
        As known on a day: ids of the claims that were said only after it, and the day, in days since 1970-01-01.
    """
    return {
        "Claimant": lambda card: card.claimant,
        "Claim": lambda card: card.statement,
        HAPPENED: lambda card: _dated(card.event_words, card.event_basis),
        SAID: lambda card: _dated(card.reported_words, card.reported_basis),
        "How asserted": lambda card: card.modality_words,
        "Hedge": lambda card: card.hedge,
        OTHERS: lambda card: _others_words(card, unheard),
        "Responds to": lambda card: JOIN.join(f"{other.claimant}: {other.statement}" for other in card.responds_to),
        "Number": lambda card: card.quantity_words,
        "What it counts": lambda card: card.quantity_of or card.quantity_unit,
        PLACES: _places,
        "From": lambda card: _named(card, "from"),
        "To": lambda card: _named(card, "to"),
        "By": lambda card: card.mode,
        ON_MAP: lambda card: _on_map(card, left_off),
        DOCUMENTS: lambda card: _documents_words(card, names, last),
        "Source's own words": lambda card: card.excerpt,
        "Note": lambda card: card.note,
        MORE: lambda card: JOIN.join(f"{name}: {value}" for name, value in card.extra),
        "Id": lambda card: card.claim_id,
    }


def _others_words(card: Card, unheard: Collection[str]) -> str:
    """Return who responds to a claim and how."""
    said = (other for other in card.responses if other.claim_id not in unheard)
    return JOIN.join(f"{other.claimant} {other.stance_words}" for other in said)


def _documents_words(card: Card, names: Mapping[str, str], last: int | None) -> str:
    """Return the chain of a claim, up to the first document that was out only after ``last``."""

    def is_out(link: Link) -> bool:
        return last is None or link.earliest is None or link.earliest <= last

    return " → ".join(names[link.source_id] for link in takewhile(is_out, card.chain))


def _dated(words: str, basis: str) -> str:
    return f"{words} (inferred)" if basis == BASIS_WORDS["inferred"] else words


def _named(card: Card, role: str) -> str:
    return JOIN.join(place.name for place in card.places if place.role == role)


def _places(card: Card) -> str:
    at, *ends = (_named(card, role) for role in ("at", "from", "to"))
    moved = (f"{word} {names}" for word, names in zip(("from", "to"), ends, strict=True) if names)
    return ", ".join(filter(None, (at, *moved)))


def _on_map(card: Card, left_off: Collection[str]) -> str:
    if not card.places:
        return NO_PLACE
    missing = defaultdict[str, dict[str, None]](dict)  # each name once, in order
    for place in card.places:
        if not place.on_map:
            missing[Doubt.LEFT_OFF if place.location_id in left_off else NOT_SETTLED][place.name] = None
    if not missing:
        return "yes"
    part = ["in part"] if any(place.on_map for place in card.places) else []
    return JOIN.join([*part, *(f"{why}: {JOIN.join(named)}" for why, named in sorted(missing.items(), reverse=True))])
