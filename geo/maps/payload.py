"""What the story view is given: columns of claims, sites and arrows, and the texts that belong to them.

A small story is given whole, as base64: branca renders what it is given as a template once more, and in these letters
no text from a story can be one. Of a big one that is served the page holds only where its columns are to be had, of one
that is published these come at once; the texts of both as they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.accounts import FIRST_DAY
from geo.card import Card
from geo.contested import contested_from, doubted_from
from geo.errors import CoincidentPointsError
from geo.geodesy import geodesic_path
from geo.maps.packing import letters, pack
from geo.maps.view_columns import (
    NOWHERE,
    Numbering,
    arrow_columns,
    arrow_frame,
    claim_columns,
    doubt_columns,
    site_columns,
)
from geo.selection import REPORTED
from geo.wording import MODALITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from geo.accounts import Rivals
    from geo.geodesy import Point
    from geo.maps.packing import Column

_DECIMALS = 5  # of a degree: one metre
_SHARED = ("chain", "places")  # of cards: what many of them name
_ENDS = (("from", "origin"), ("to", "destination"))


@dataclass(frozen=True, slots=True)
class Head:
    """What the view must know before anything else.

    Attributes
    ----------
    basemap
        Address of the base map's data.
    shareable
        Whether an address of the page shows others what its reader sees.
    """

    title: str
    basemap: str
    shareable: bool


@dataclass(frozen=True, slots=True)
class ViewedStory:
    """The parts of a story that the view draws.

    Attributes
    ----------
    claims, bounds, rivals, publishers
        One row or element a claim, in one order; ``bounds`` by the ``selection.CLOCKS``, each as
        ``timeline.day_bounds`` gives it.
    sites
        The resolved locations, coordinates in decimal degrees; the view numbers them in this order.
    order
        Row positions of the claims, in the order in which the view numbers them.
    """

    claims: pd.DataFrame
    bounds: Mapping[str, pd.DataFrame]
    rivals: Rivals
    publishers: pd.Series[str]
    sites: pd.DataFrame
    order: npt.NDArray[np.int64]

    @property
    def numbering(self) -> Numbering:
        """How the view numbers claims and sites."""
        return Numbering(self.order, pd.Index(self.sites["location_id"]))


def whole_payload(head: Head, story: ViewedStory, cards: Sequence[Card], rests_on: pd.Series) -> str:
    """Return a story with its texts as ``assets/store.js`` reads it, in base64; its claims in the order of the table.

    Parameters
    ----------
    cards, rests_on
        As ``ViewedStory`` has its columns.
    """
    told, columns, arrows = _columns(story)
    inside = {
        "ids": story.claims["claim_id"].tolist(),
        "texts": _columned(cards),
        "sites": site_words(story.sites),
        "arrows": list(_arrow_records(arrows, story, cards)),
        "standing": standing(story, rests_on),
    }
    return letters(pack(_said(head) | told | {"inside": inside}, columns))


def _columned(cards: Sequence[Card]) -> dict[str, Any]:
    """Return cards field by field, with each document and place once: so they compress by a third more."""
    columns = {field.name: [getattr(card, field.name) for card in cards] for field in fields(Card)}
    shared = {}
    for name in _SHARED:
        number_of: dict[object, int] = {}
        columns[name] = [[number_of.setdefault(each, len(number_of)) for each in held] for held in columns[name]]
        shared[name] = list(number_of)
    return {"columns": columns, "shared": shared}


@dataclass(frozen=True, slots=True)
class Parts:
    """Texts of a published story in files beside its page.

    Attributes
    ----------
    size
        How many each file holds; the last one may hold fewer.
    files
        Their names, in the order of the numbers of what they hold.
    """

    size: int
    files: tuple[str, ...]


def parted_payload(head: Head, story: ViewedStory, parts: Mapping[str, Parts]) -> str:
    """Return a story's columns and ids, and where its texts are, in base64.

    Parameters
    ----------
    parts
        By what they hold, as ``assets/parts.js`` calls it.
    """
    told, columns, _ = _columns(story)
    ids = story.claims["claim_id"].iloc[story.order].tolist()
    beside = {"ids": ids, "sites": story.sites["location_id"].tolist(), "parts": parts}
    return letters(pack(_said(head) | told | {"beside": beside}, columns))


def served_payload(head: Head, address: str) -> str:
    """Return the head of a story whose columns and texts are served under an address, in base64."""
    return letters(pack(_said(head) | {"served": address}, {}))


def served_columns(story: ViewedStory) -> bytes:
    """Return the columns of such a story."""
    told, columns, _ = _columns(story)
    return pack(told, columns)


def packed_sites(sites: pd.DataFrame) -> bytes:
    """Return the columns of the sites alone, with their ids."""
    return pack({"ids": sites["location_id"].tolist()}, site_columns(sites))


def _said(head: Head) -> dict[str, object]:
    words = {"title": head.title, "basemap": head.basemap, "shareable": head.shareable}
    return words | {"modalities": dict(MODALITY_WORDS)}


def _columns(story: ViewedStory) -> tuple[dict[str, object], dict[str, Column], pd.DataFrame]:
    """Return what is told beside the columns, all columns, and the arrows as a frame."""
    numbering = story.numbering
    columns, told = claim_columns(story.claims, story.bounds, story.publishers, numbering)
    arrows = arrow_frame(story.claims, numbering)
    columns |= _doubts(story, columns["event_day"])
    return told, columns | site_columns(story.sites) | arrow_columns(arrows, story.claims, numbering), arrows


def _doubts(story: ViewedStory, days: Column) -> dict[str, Column]:
    first_known = story.bounds[REPORTED]["earliest"].fillna(FIRST_DAY).to_numpy(np.int64)
    contested = contested_from(story.rivals, first_known)
    disputed, denied = doubted_from(story.claims, first_known)
    doubts = {"contested": contested, "disputed": disputed, "denied": denied}
    return doubt_columns({name: since[story.order] for name, since in doubts.items()}, days.values)


def standing(story: ViewedStory, rests_on: pd.Series) -> dict[str, Any]:
    """Return what tells which claims stand together or against each other, and on which documents they rest.

    All by the numbers of the claims.
    """
    rank, doubts = story.numbering.rank, story.rivals.doubts
    groups = [
        replace(group, claims=tuple(rank[list(group.claims)].tolist())) for group in story.rivals.accounts.groups()
    ]
    member_of: list[list[int]] = [[] for _ in story.order]
    for number, group in enumerate(groups):
        for claim in group.claims:
            member_of[claim].append(number)
    documents = {source_id: number for number, source_id in enumerate(dict.fromkeys(chain.from_iterable(rests_on)))}
    return {
        "doubts": [[int(rank[other]) for other, _ in doubts.get(position, ())] for position in story.order.tolist()],
        "groups": member_of,
        "accounts": groups,
        "rests_on": [[documents[source_id] for source_id in line] for line in rests_on.iloc[story.order]],
    }


def site_words(sites: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the panel and a citation say of sites."""
    rows = zip(*(sites[name].tolist() for name in sites.columns), strict=True)
    return [_site(dict(zip(sites.columns, row, strict=True))) for row in rows]


def _site(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": record["location_id"],
        "name": record["name"],
        "lat": round(record["lat"], _DECIMALS),
        "lon": round(record["lon"], _DECIMALS),
        "uncertainty_km": None if pd.isna(record["uncertainty_km"]) else float(record["uncertainty_km"]),
        "extent": list(record["extent"]) or None,
        "feature_type": record["feature_type"],
        "aliases": list(record["aliases"]),
        "provenance": record["provenance"],
        "note": record["note"],
    }


def _arrow_records(arrows: pd.DataFrame, story: ViewedStory, cards: Sequence[Card]) -> Iterator[dict[str, Any]]:
    """Yield for each arrow what its label says, and the line that it follows; none for a stub."""
    placed = frozenset(story.sites["location_id"])
    points = list(zip(story.sites["lat"], story.sites["lon"], strict=True))
    for number, start, end in zip(*(arrows[name].tolist() for name in ("claim", "from", "to")), strict=True):
        path = None if NOWHERE in {start, end} else _path(points[start], points[end])
        yield {**arrow_words(cards[number], placed), "path": path}


def arrow_words(card: Card, placed: Collection[str]) -> dict[str, Any]:
    """Return what the label of a movement says.

    Parameters
    ----------
    placed
        Ids of the locations that have coordinates.

    Raises
    ------
    ValueError
        When the claim is no movement.
    """
    said = card.movement_words
    if said is None:
        msg = f"claim {card.claim_id} is no movement."
        raise ValueError(msg)
    ends = (([place.location_id for place in card.places if place.role == role], end) for role, end in _ENDS)
    missing = [
        *filter(None, [said.missing]),
        *(words for stated, end in ends for words in _off_the_map(stated, placed, end)),
    ]
    return {"date": said.date, "number": said.number, "missing": missing}


def _path(origin: Point, destination: Point) -> list[list[list[float]]] | None:
    try:
        pieces = geodesic_path(origin, destination)
    except CoincidentPointsError:
        return None
    return [[[round(lat, _DECIMALS), round(lon, _DECIMALS)] for lat, lon in piece] for piece in pieces]


def _off_the_map(stated: Sequence[str], placed: Collection[str], end: str) -> list[str]:
    """Return what a label must say of ends that are stated and have no coordinates."""
    missing = sum(place not in placed for place in stated)
    if missing == 0:
        return []
    return [f"{end} not on the map" if missing == len(stated) else f"{missing} of {len(stated)} {end}s not on the map"]
