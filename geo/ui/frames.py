"""What the tables of the page say, in words; made once when a story is opened: a selection only takes rows of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import pandas as pd

from geo.figures import figures
from geo.gazetteer import Doubt
from geo.selection import EVENT
from geo.ui.changes import changes_frame
from geo.ui.evidence import story_evidence
from geo.ui.folder_frames import (
    JOIN,
    NOT_SETTLED,
    claims_at,
    document_names,
    documents_frame,
    files_frame,
    places_frame,
)
from geo.wording import BASIS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from geo.dossier import Card, Link
    from geo.stories import Story
    from geo.ui.evidence import Evidence

NOT_STATED = "not stated"
NO_PLACE = "no place stated"
HAPPENED = "Happened"
ON_MAP = "On the map"
OTHERS = "What others say"
DOCUMENTS = "Documents"
CLAIM_COLUMNS = (
    "Claimant",
    "Claim",
    HAPPENED,
    "Said",
    "How asserted",
    "Hedge",
    OTHERS,
    "Responds to",
    "Number",
    "What it counts",
    "Places",
    ON_MAP,
    DOCUMENTS,
    "Source's own words",
    "Note",
    "More",
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
    "Said",
    "Claim",
    ON_MAP,
    DOCUMENTS,
    "Id",
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The tables of the page, whole.

    Attributes
    ----------
    claims, movements
        Text, by row of ``claims.csv``, in the order of dates: first the claims that begin on a known day, then
        those that only end on one, then those without a date.
    documents
        By source id; ``Claims in all`` counts those that were read in the document or came through it.
    names
        Short names of the documents, by id.
    links
        Ids of the documents that each claim came through, by row of ``claims.csv``, which repeats.
    ends
        A number for each claim, by row of ``claims.csv``: the same for those with the same origins and destinations.
    places, files
        What ``locations.csv`` and the folder hold.
    figures
        The claims with a number, as ``geo.figures.figures`` gives them.
    evidence
        What the tab Sources calculates with.
    changes
        What ``CHANGES.csv`` tells, the newest day first; empty where the story has none.
    claims_at
        By location id, which of the story's claims name it, by their number from 0; none where it isn't there.
    """

    claims: pd.DataFrame
    movements: pd.DataFrame
    documents: pd.DataFrame
    names: Mapping[str, str]
    links: pd.Series[str]
    ends: pd.Series[int]
    places: pd.DataFrame
    files: pd.DataFrame
    figures: pd.DataFrame
    evidence: Evidence
    changes: pd.DataFrame
    claims_at: Mapping[str, tuple[int, ...]]


def story_frames(story: Story) -> Frames:
    """Return the tables of a story."""
    index, sources = story.tables.claims.index, story.tables.sources
    names = document_names(sources)
    left_off = frozenset(place for place, doubt in story.doubts.items() if doubt is Doubt.LEFT_OFF)
    said = {name: [say(card) for card in story.cards] for name, say in _columns(names, left_off).items()}
    words = pd.DataFrame(said, index, dtype="str").loc[_date_order(story.bounds[EVENT])]
    moves = (words["From"] != "") | (words["To"] != "")
    claims = words[list(CLAIM_COLUMNS)]
    movements = words.loc[moves, list(MOVEMENT_COLUMNS)]
    blank = {name: {"": NOT_STATED} for name in ("From", "To", "Number", "By")}
    links = pd.Series([[link.source_id for link in card.chain] for card in story.cards], index, dtype=object).explode()
    return Frames(
        claims=claims if (claims["More"] != "").any() else claims.drop(columns="More"),
        movements=movements.replace(blank),
        documents=documents_frame(sources, names, links),
        names=names,
        links=links,
        ends=_ends(story.tables.claims),
        places=places_frame(story),
        files=files_frame(story),
        figures=figures(story.tables.claims, story.tables.sources),
        evidence=story_evidence(story),
        changes=changes_frame(story.tables),
        claims_at=claims_at(story),
    )


def _columns(names: Mapping[str, str], left_off: Collection[str]) -> Mapping[str, Callable[[Card], str]]:
    """Return what each column says of a claim's card."""
    return {
        "Claimant": lambda card: card.claimant,
        "Claim": lambda card: card.statement,
        HAPPENED: lambda card: _dated(card.event_words, card.event_basis),
        "Said": lambda card: _dated(card.reported_words, card.reported_basis),
        "How asserted": lambda card: card.modality_words,
        "Hedge": lambda card: card.hedge,
        OTHERS: others_words,
        "Responds to": lambda card: JOIN.join(f"{other.claimant}: {other.statement}" for other in card.responds_to),
        "Number": lambda card: card.quantity_words,
        "What it counts": lambda card: card.quantity_of or card.quantity_unit,
        "Places": _places,
        "From": lambda card: _named(card, "from"),
        "To": lambda card: _named(card, "to"),
        "By": lambda card: card.mode,
        ON_MAP: lambda card: _on_map(card, left_off),
        DOCUMENTS: lambda card: documents_words(card, names),
        "Source's own words": lambda card: card.excerpt,
        "Note": lambda card: card.note,
        "More": lambda card: JOIN.join(f"{name}: {value}" for name, value in card.extra),
        "Id": lambda card: card.claim_id,
    }


def others_words(card: Card, unheard: Collection[str] = ()) -> str:
    """Return who responds to a claim and how; ``unheard`` are the ids of claims that don't count."""
    said = (other for other in card.responses if other.claim_id not in unheard)
    return JOIN.join(f"{other.claimant} {other.stance_words}" for other in said)


def documents_words(card: Card, names: Mapping[str, str], last: int | None = None) -> str:
    """Return the chain of a claim, up to the first document that was out only after ``last``, in days since 1970."""

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


def _ends(claims: pd.DataFrame) -> pd.Series[int]:
    ends = zip(claims["origins"], claims["destinations"], strict=True)
    keys = pd.Series([(tuple(sorted(start)), tuple(sorted(end))) for start, end in ends], claims.index, dtype=object)
    return pd.Series(pd.factorize(keys)[0], claims.index)


def _date_order(bounds: pd.DataFrame) -> pd.Index[int]:
    known = bounds.notna()
    order = bounds.assign(dated=known.any(axis="columns"), begins=known["earliest"])
    return order.sort_values(["dated", "begins", "earliest"], ascending=[False, False, True], kind="stable").index
