"""What the story view is given: columns of claims, sites, arrows and the texts of cards, as base64 JSON.

Base64 because branca renders what it is given as a template once more: in these letters no text from a
story can be one.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic_core import to_json

from geo.errors import CoincidentPointsError
from geo.geodesy import geodesic_path
from geo.wording import MODALITY_WORDS, claim_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.accounts import Rivals
    from geo.dossier import Card
    from geo.geodesy import Point

_DECIMALS = 5  # of a degree: one metre


def encode_payload(
    *,
    title: str,
    basemap: str,
    shareable: bool,
    claims: pd.DataFrame,
    bounds: Mapping[str, pd.DataFrame],
    rivals: Rivals,
    rests_on: pd.Series,
    publishers: pd.Series[str],
    haystack: pd.Series[str],
    sites: pd.DataFrame,
    cards: Sequence[Card],
) -> str:
    """Return a story as ``assets/store.js`` reads it.

    Parameters
    ----------
    basemap
        Address of the base map's data.
    shareable
        Whether an address of the page shows others what its reader sees.
    claims, bounds, rivals, rests_on, publishers, haystack, cards
        One row or element a claim, in one order; ``bounds`` by the ``selection.CLOCKS``, each as
        ``timeline.day_bounds`` gives it.
    sites
        The resolved locations, coordinates in decimal degrees.
    """
    index_of = {location_id: index for index, location_id in enumerate(sites["location_id"])}
    points = list(zip(sites["lat"], sites["lon"], strict=True))
    story = {
        "title": title,
        "basemap": basemap,
        "shareable": shareable,
        "modalities": dict(MODALITY_WORDS),
        "claims": _columns(claims, bounds, publishers, index_of) | _standing(claims, rivals, rests_on),
        "sites": [_site(dict(zip(sites.columns, row, strict=True))) for row in sites.itertuples(index=False)],
        "arrows": list(_arrows(claims, cards, index_of, points)),
        "texts": cards,
        "haystacks": haystack.tolist(),
    }
    # Of pydantic's core, because it takes dataclasses as they are: ten times as fast as by way of dicts.
    return base64.b64encode(to_json(story)).decode("ascii")


def _columns(
    claims: pd.DataFrame, bounds: Mapping[str, pd.DataFrame], publishers: pd.Series[str], index_of: Mapping[str, int]
) -> dict[str, Any]:
    places = claims["locations"] + claims["origins"] + claims["destinations"]
    movement = claims["origins"].astype(bool) | claims["destinations"].astype(bool)
    return {
        "id": claims["claim_id"].tolist(),
        "clocks": {clock: {end: _days(days[end]) for end in ("earliest", "latest")} for clock, days in bounds.items()},
        "kind": claim_kind(claims).tolist(),
        "modality": claims["modality"].tolist(),
        "claimant": claims["claimant"].tolist(),
        "publisher": publishers.tolist(),
        "moves": movement.tolist(),
        "hedged": claims["hedge"].astype(bool).tolist(),
        "sites": [list(dict.fromkeys(index_of[place] for place in named if place in index_of)) for named in places],
    }


def _standing(claims: pd.DataFrame, rivals: Rivals, rests_on: pd.Series) -> dict[str, Any]:
    """Return what tells which claims stand together or against each other, and on which documents they rest."""
    groups = rivals.accounts.groups()
    member_of: list[list[int]] = [[] for _ in claims.index]
    for number, group in enumerate(groups):
        for claim in group.claims:
            member_of[claim].append(number)
    documents = {source_id: number for number, source_id in enumerate(dict.fromkeys(rests_on.explode()))}
    return {
        "responses": _responses(claims),
        "doubts": [[other for other, _ in rivals.doubts.get(number, ())] for number in range(len(claims))],
        "groups": member_of,
        "accounts": groups,
        "number": rivals.numbers.tolist(),
        "unit": rivals.units.tolist(),
        "counted": rivals.counted.tolist(),
        "rests_on": [[documents[source_id] for source_id in line] for line in rests_on],
    }


def _responses(claims: pd.DataFrame) -> list[list[tuple[int, str]]]:
    """Return for each claim the claims that respond to it, by number, each with its stance."""
    numbers = {claim_id: number for number, claim_id in enumerate(claims["claim_id"])}
    found: list[list[tuple[int, str]]] = [[] for _ in numbers]
    for number, (targets, stance) in enumerate(zip(claims["responds_to"], claims["stance"], strict=True)):
        for target in targets:
            found[numbers[target]].append((number, stance))
    return found


def _days(days: pd.Series[int]) -> list[int | None]:
    return [None if pd.isna(day) else int(day) for day in days]


def _site(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": record["location_id"],
        "name": record["name"],
        "lat": round(record["lat"], _DECIMALS),
        "lon": round(record["lon"], _DECIMALS),
        "uncertainty_km": _known(record["uncertainty_km"]),
        "extent": list(record["extent"]) or None,
        "feature_type": record["feature_type"],
        "aliases": list(record["aliases"]),
        "provenance": record["provenance"],
        "note": record["note"],
    }


def _arrows(
    claims: pd.DataFrame, cards: Sequence[Card], index_of: Mapping[str, int], points: Sequence[Point]
) -> Iterator[dict[str, Any]]:
    """Yield an arrow for each origin and destination of a movement, a stub where one end is not on the map."""
    columns = (claims["origins"], claims["destinations"], claims["quantity_max"].fillna(claims["quantity_min"]))
    for number, (card, origins, destinations, quantity) in enumerate(zip(cards, *columns, strict=True)):
        if card.movement_words is None:
            continue
        starts = _placed(origins, index_of)
        ends = _placed(destinations, index_of)
        said = card.movement_words
        off = _off_the_map(origins, index_of, "origin") + _off_the_map(destinations, index_of, "destination")
        look = {"claim": number, "kind": card.kind, "quantity": _known(quantity)}
        words = {"date": said.date, "number": said.number, "missing": [*filter(None, [said.missing]), *off]}
        for start in starts:
            for end in ends:
                if start is None and end is None:
                    continue
                path = None if start is None or end is None else _path(points[start], points[end])
                yield {**look, **words, "from": start, "to": end, "path": path}


def _placed(places: Sequence[str], index_of: Mapping[str, int]) -> Sequence[int | None]:
    """Return the sites of one end of a movement; None alone where it has none on the map."""
    return [index_of[place] for place in places if place in index_of] or (None,)


def _path(origin: Point, destination: Point) -> list[list[list[float]]] | None:
    try:
        pieces = geodesic_path(origin, destination)
    except CoincidentPointsError:
        return None
    return [[[round(lat, _DECIMALS), round(lon, _DECIMALS)] for lat, lon in piece] for piece in pieces]


def _off_the_map(stated: Sequence[str], index_of: Mapping[str, int], end: str) -> list[str]:
    """Return what a label must say of ends that are stated and have no coordinates."""
    missing = sum(place not in index_of for place in stated)
    if missing == 0:
        return []
    return [f"{end} not on the map" if missing == len(stated) else f"{missing} of {len(stated)} {end}s not on the map"]


def _known(number: float) -> float | None:
    return None if pd.isna(number) else float(number)
