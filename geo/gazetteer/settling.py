"""The rule by which a toponym is settled: one candidate alone can be meant, or nobody decides for the reader."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, NamedTuple

from geo.gazetteer.asking import Geocoder, ask
from geo.gazetteer.candidate import AREA, CITY, Candidate
from geo.gazetteer.doubts import Doubt

SURE = 0.95
_NEARLY = 0.8  # a name of ten letters with two others
_SHOWN = 8

_FIX_CHOOSE = (
    "Pin it with latitude, longitude and coordinate_source, narrow it with country_code, feature_type or query, or "
    "choose with: claim-atlas geocode."
)
_FIX_NOT_FOUND = (
    "Write another query, add aliases, check country_code and feature_type, or pin it with latitude, longitude and "
    "coordinate_source."
)
_FIX_AREA = "Pin it: latitude and longitude for its label, extent as 'south west north east', and coordinate_source."

Record = Mapping[Hashable, Any]


class Match(NamedTuple):
    """A candidate, and the name under which it was likest."""

    candidate: Candidate
    toponym: str


class Undecided(NamedTuple):
    """Why a toponym is not settled, as the rest of a sentence, what to do, and what sort of doubt that is."""

    reason: str
    fix: str
    doubt: Doubt


def matches(record: Record, geocoder: Geocoder) -> list[Match]:
    """Return every candidate for a row of ``locations.csv`` once, the likeliest first.

    Raises
    ------
    GeopyError
        When the geocoder could not be asked.
    """
    best: dict[object, Match] = {}
    for toponym in dict.fromkeys((record["query"] or record["name"], *record["aliases"])):
        found = ask(geocoder, toponym, country_code=record["country_code"], feature_type=record["feature_type"])
        for candidate in found:
            known = best.get(candidate.key)
            if known is None or (known.candidate.score or 0) < (candidate.score or 0):
                best[candidate.key] = Match(candidate, toponym)
        # without scores other spellings can't make it surer, only slower: one request a second
        if any(candidate.score is None for candidate in found):
            break
    return sorted(best.values(), key=_rank)


def settle(record: Record, offered: list[Match], service: str) -> Match | Undecided:
    """Return the one candidate that can be meant, or why it can't be said which.

    Parameters
    ----------
    record
        The row, with its ``country_code``, ``feature_type`` and ``gazetteer_id``.
    offered
        What ``matches`` returned.
    service
        Who offered it, as it stands in a sentence.
    """
    wanted_id = record["gazetteer_id"]
    chosen = [match for match in offered if wanted_id and match.candidate.gazetteer_id == wanted_id]
    if not chosen:
        remaining = [match for match in offered if _may_be(match.candidate, record)]
        chosen = [match for match in remaining if match.candidate.score is None or match.candidate.score >= SURE]
        if not chosen:
            nearest = f"; the likest names are {_listed(remaining[:3])}" if remaining else ""
            return Undecided(f"was not found by {service}{nearest}", _FIX_NOT_FOUND, Doubt.NOT_FOUND)
        if len(chosen) > 1:
            reason = f"has {len(chosen)} candidates in {service}: {_listed(chosen)}"
            return Undecided(reason, _FIX_CHOOSE, Doubt.SEVERAL)
        if not _is(chosen[0].candidate, record) or _of_one_gazetteer(chosen[0].candidate.gazetteer_id, wanted_id):
            reason = f"has one candidate in {service}, which may not be it: {_listed(chosen)}"
            return Undecided(reason, _FIX_CHOOSE, Doubt.PERHAPS)
    if chosen[0].candidate.lat is None:
        reason = f"is {chosen[0].candidate}, for which {service} has no coordinates"
        return Undecided(reason, _FIX_AREA, Doubt.NO_COORDINATES)
    return chosen[0]


def has_runners_up(record: Record, offered: list[Match], settled: Match) -> bool:
    """Return whether other candidates, ruled out by neither country nor type, have a name nearly as like."""
    return any(
        match.candidate.key != settled.candidate.key
        and (match.candidate.score or 0) >= _NEARLY
        and _may_be(match.candidate, record)
        for match in offered
    )


def _rank(match: Match) -> tuple[float, int, str]:
    """Return the key to sort by: falling score, then the number in the id; without scores the service's order."""
    score, gazetteer_id = match.candidate.score, match.candidate.gazetteer_id
    return (0.0, 0, "") if score is None else (-score, len(gazetteer_id), gazetteer_id)


def _may_be(candidate: Candidate, record: Record) -> bool:
    """Return whether the candidate contradicts neither the country nor the type that the table gives."""
    return all(not has or not wanted or has == wanted for has, wanted in _compared(candidate, record))


def _is(candidate: Candidate, record: Record) -> bool:
    """Return whether the candidate is known to be of the country and the type that the table gives."""
    return all(not wanted or has == wanted for has, wanted in _compared(candidate, record))


def _compared(candidate: Candidate, record: Record) -> tuple[tuple[str, str], tuple[str, str]]:
    feature_type = record["feature_type"] if record["feature_type"] in (CITY, AREA) else ""
    return (candidate.country_code, record["country_code"].upper()), (candidate.feature_type, feature_type)


def _of_one_gazetteer(has: str, wanted: str) -> bool:
    """Return whether both ids are of one gazetteer, so that different ids mean different places."""
    return bool(wanted) and has.partition(" ")[0] == wanted.partition(" ")[0]


def _listed(some: list[Match]) -> str:
    shown = ", ".join(str(match.candidate) for match in some[:_SHOWN])
    return shown if len(some) <= _SHOWN else f"{shown} and {len(some) - _SHOWN} more"
