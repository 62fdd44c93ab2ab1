"""The page's address as a selection: the same parameters that ``assets/address.js`` reads and writes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from geo.selection import EVENT, REPORTED, Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.stories import Story

_WORDS = ("q", "claimant", "publisher", "modality", "site", "claim")


def read_address(query: Mapping[str, str], story: Story) -> Selection:
    """Return what an address asks for; a wrong value counts as not given, and the story view says so."""
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    if first and last and last < first:
        last = None
    claims = story.tables.claims
    known = {
        "claimant": claims["claimant"],
        "publisher": story.publishers,
        "modality": claims["modality"],
        "site": story.sites["location_id"],
        "claim": claims["claim_id"],
    }
    asked = {name: query[name] for name in _WORDS if query.get(name)}
    words = {name: value for name, value in asked.items() if name not in known or (known[name] == value).any()}
    return Selection(
        from_=first,
        to=last,
        clock=REPORTED if query.get("clock") == REPORTED else EVENT,
        known=_day(query.get("known", "")),
        undated=query.get("undated") != "0",
        **words,
    )


def write_address(reported: object) -> dict[str, str]:
    """Return the query parameters of the state that the story view reported; nothing else gets in."""
    if not isinstance(reported, dict):
        return {}
    names = ("from", "to", "clock", "known", "undated", *_WORDS)
    return {name: reported[name] for name in names if isinstance(reported.get(name), str) and reported[name]}


def claim_link(query: Mapping[str, str], claim_id: str) -> str:
    """Return the link to a claim in an address: all else stays, but a site that is open would hide the claim."""
    kept = {name: value for name, value in query.items() if name not in ("site", "claim")}
    return f"?{urlencode(kept | {'claim': claim_id}, errors='replace')}"


def _day(text: str) -> date | None:
    # ``fromisoformat`` alone would also take 20241008 and 2024-W41-2.
    if len(text) != len("2024-10-08") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
