"""What the desk shows of a place's candidates: in which order, how far from the story's other sites, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.gazetteer import Chosen, point_of
from geo.geodesy import great_circles_km
from geo.ui.desk_state import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.gazetteer import Candidate, Decision
    from geo.stories import Story

_MOST_SITES = 1_000  # on the map of candidates


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and its distances in km, to within 0.6 %; None where it has no point or there is no other site.

    Attributes
    ----------
    nearest_km
        To the nearest of the story's other sites.
    median_km
        Within which half of them lie.
    """

    candidate: Candidate
    nearest_km: float | None
    median_km: float | None


@dataclass(frozen=True, slots=True, eq=False)
class OtherSites:
    """The story's other sites, those that were decided on at the desk among them.

    Attributes
    ----------
    names
        In the order of the points.
    points
        Rows of latitude and longitude in decimal degrees.
    """

    names: pd.Series[str]
    points: np.ndarray


def other_sites(story: Story, decisions: Mapping[str, Decision], place: str) -> OtherSites:
    """Return the sites of a story but one, as they would be with the decisions put on the map."""
    sites, locations = story.sites, story.tables.locations
    kept = sites[~sites["location_id"].isin([*decisions, place])]
    pinned = {
        location_id: point
        for location_id, decision in decisions.items()
        if location_id != place and (point := point_of(decision))
    }
    rows = pd.Index(locations["location_id"]).get_indexer(pd.Index(pinned))
    names = pd.concat([kept["name"], locations["name"].iloc[rows]])
    points = np.array(list(pinned.values()), dtype="float64").reshape(-1, 2)
    return OtherSites(names, np.concatenate([kept[["lat", "lon"]].to_numpy("float64"), points]))


def rank(candidates: Iterable[Candidate], others: OtherSites) -> list[Ranked]:
    """Return the candidates by falling score, and of equal ones the nearer to another site first.

    Candidates of a service that doesn't score keep its order.
    """
    ranked = [_measured(candidate, others.points) for candidate in candidates]
    return sorted(ranked, key=_place_in_order)


def _measured(candidate: Candidate, points: np.ndarray) -> Ranked:
    if candidate.lat is None or candidate.lon is None or not len(points):
        return Ranked(candidate, None, None)
    distances = great_circles_km((candidate.lat, candidate.lon), points)
    return Ranked(candidate, float(distances.min()), float(np.median(distances)))


def _place_in_order(ranked: Ranked) -> tuple[float, float]:
    if ranked.candidate.score is None:
        return 0.0, 0.0
    return -ranked.candidate.score, np.inf if ranked.nearest_km is None else ranked.nearest_km


def keys_of(ranked: Sequence[Ranked], first: int) -> list[str]:
    """Return for each candidate the key that chooses it, blank where it has none now or no coordinates."""
    return [
        str(number - first + 1) if 0 <= number - first < KEYS and each.candidate.lat is not None else ""
        for number, each in enumerate(ranked)
    ]


def candidates_frame(ranked: Sequence[Ranked], first: int) -> pd.DataFrame:
    """Return the candidates that have keys now as a table; what the gazetteer doesn't say is missing."""
    shown = list(zip(keys_of(ranked, first), ranked, strict=True))[first : first + KEYS]
    rows = [
        {
            "Key": key,
            "Name": found.name,
            "Type": found.feature_type if found.lat is not None else f"{found.feature_type}, no coordinates",
            "Region": ", ".join(filter(None, (found.district, found.region))),
            "Country": found.country,
            "People": found.population,
            "Next site, km": _whole(each.nearest_km),
            "Median, km": _whole(each.median_km),
            "Likeness": found.score,
            "Other names": "; ".join(found.names),
            "In the gazetteer": found.gazetteer_id,
        }
        for key, each in shown
        for found in (each.candidate,)
    ]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("People", "Next site, km", "Median, km"), "Int64"))
    return frame if frame["Other names"].any() else frame.drop(columns="Other names")


def _whole(km: float | None) -> int | None:
    return None if km is None else round(km)


def map_args(ranked: Sequence[Ranked], first: int, others: OtherSites, decision: Decision | None) -> dict[str, Any]:
    """Return what ``assets/candidatemap.js`` draws; coordinates in decimal degrees."""
    shown = _in_reach(ranked, others)
    chosen = decision.candidate.key if isinstance(decision, Chosen) else None
    point = point_of(decision) if decision and chosen is None else None
    return {
        "candidates": [
            {"lat": each.candidate.lat, "lon": each.candidate.lon, "key": key, "chosen": each.candidate.key == chosen}
            for key, each in zip(keys_of(ranked, first), ranked, strict=True)
            if each.candidate.lat is not None
        ],
        "sites": [
            {"name": name, "lat": lat, "lon": lon}
            for name, (lat, lon) in zip(others.names.iloc[shown], others.points[shown].tolist(), strict=True)
        ],
        "pin": {"lat": point[0], "lon": point[1]} if point else None,
    }


def _in_reach(ranked: Sequence[Ranked], others: OtherSites) -> np.ndarray:
    """Return which of the other sites are drawn: of very many those that are nearest to the first candidate."""
    everyone = np.arange(len(others.points))
    points = ((each.candidate.lat, each.candidate.lon) for each in ranked)
    first = next(((lat, lon) for lat, lon in points if lat is not None and lon is not None), None)
    if len(everyone) <= _MOST_SITES or first is None:
        return everyone[:_MOST_SITES]
    return np.argpartition(great_circles_km(first, others.points), _MOST_SITES)[:_MOST_SITES]
