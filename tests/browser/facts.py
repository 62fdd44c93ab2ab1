"""What the shipped story says, read from its files without the program's help."""

from __future__ import annotations

import calendar
import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

STORY = Path(__file__).parents[2] / "data"

# Name and coordinates of each site, copied from the fact sheet beside the article.
SITES = {
    "sergeevsky": ("Sergeevsky", 44.3269, 131.6686),
    "vladivostok": ("Vladivostok", 43.1056, 131.8735),
    "chongjin": ("Chongjin", 41.7956, 129.7758),
    "hamhung": ("Hamhung", 39.9183, 127.5364),
    "musudan": ("Musudan", 40.85, 129.68),
    "ussuriysk": ("Ussuriysk", 43.8047, 131.9573),
    "khabarovsk": ("Khabarovsk", 48.4620, 135.0971),
    "kursk": ("Kursk Oblast", 51.75, 36.017),
}
FAR_AWAY = "kursk"
IN_THE_FIRST_VIEW = [site for site in SITES if site != FAR_AWAY]
THE_MOVE = "nis-1500"
THE_STUB = "budanov-2600"


def rows(table: str) -> list[dict[str, str]]:
    with (STORY / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CLAIMS = {row["claim_id"]: row for row in rows("claims")}
SOURCES = {row["source_id"]: row for row in rows("sources")}


def places_of(claim: dict[str, str]) -> set[str]:
    cells = (claim[column] for column in ("locations", "origins", "destinations"))
    return {place.strip() for cell in cells for place in cell.split(";") if place.strip()}


def claims_of(site: str) -> set[str]:
    return {claim_id for claim_id, claim in CLAIMS.items() if site in places_of(claim)}


def days_of(claim: dict[str, str]) -> tuple[date, date] | None:
    """Return the first and the last day on which the claim may have happened, None where it has no date."""
    if not claim["event_date"]:
        return None
    first, _, last = claim["event_date"].partition("/")
    last = last or first
    return _edge(first, last=False) if first != ".." else date.min, _edge(last, last=True) if last != ".." else date.max


def _edge(text: str, *, last: bool) -> date:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


@dataclass(frozen=True)
class Expected:
    """What a window must let through: ids of the claims that are shown, and of those without a place."""

    shown: set[str]
    unplaced: set[str]


def window(first: date | None, last: date | None, *, undated: bool = True) -> Expected:
    """Return what passes; None is an open end."""
    passing = set()
    for claim_id, claim in CLAIMS.items():
        days = days_of(claim)
        passes = undated if days is None else days[0] <= (last or date.max) and days[1] >= (first or date.min)
        if passes:
            passing.add(claim_id)
    placed = {claim_id for claim_id in passing if places_of(CLAIMS[claim_id])}
    return Expected(placed, passing - placed)


def chain_of(claim: dict[str, str]) -> list[dict[str, str]]:
    """Return the documents through which a claim reached us, the one that was read first: docs/data.md says how."""
    found = [SOURCES[claim["source_id"]]]
    while found[-1]["publisher"] != claim["claimant"]:
        parents = [SOURCES[parent] for parent in found[-1]["derived_from"].split(";") if parent]
        if len(parents) > 1:
            parents = [parent for parent in parents if parent["publisher"] == claim["claimant"]]
        if len(parents) > 1:
            parents = [parent for parent in parents if parent["published"] == claim["reported_date"]]
        if len(parents) != 1:
            break
        found += parents
    return found


def said_by(claim: dict[str, str]) -> tuple[date, date]:
    """Return the days between which a claim was said; if the table has none, until a document of its chain was out."""
    if claim["reported_date"]:
        day = _edge(claim["reported_date"], last=False)
        return day, _edge(claim["reported_date"], last=True)
    return date.min, min(_edge(each["published"], last=True) for each in chain_of(claim) if each["published"])


@dataclass(frozen=True)
class Known:
    """What was known by the end of a day: ids of the claims that surely had been said, and that perhaps had."""

    certain: set[str]
    possible: set[str]


def known_on(day: date) -> Known:
    said = {claim_id: said_by(claim) for claim_id, claim in CLAIMS.items()}
    certain = {claim_id for claim_id, (_, last) in said.items() if last <= day}
    return Known(certain, {claim_id for claim_id, (first, _) in said.items() if first <= day} - certain)


def days_since_1970(day: date) -> int:
    return (day - date(1970, 1, 1)).days
