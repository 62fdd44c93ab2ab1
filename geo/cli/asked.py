"""What a command is asked to select: the parameters of the page's address, of which no value may mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from geo.cli.shared import refuse
from geo.dates import ImpreciseDate
from geo.errors import ImpreciseDateError, quote
from geo.selection import CLOCKS, EVENT, Selection
from geo.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geo.stories import Story

_DAYS = ("from", "to", "known")
_OPENS = ("site", "claim")  # what is open in the panel: it hides nothing
_PARAMETERS = (*_DAYS, "clock", "undated", "q", "claimant", "publisher", "modality", *_OPENS)
_OPTIONS = {"to": "until"}  # where an option isn't called as the parameter is
_MOST_NAMED = 12


def linked(link: str) -> dict[str, str]:
    """Return what a link, or the part of it behind its ``?``, asks for; end the command if it asks for what nobody can.

    Of a parameter given twice the last counts, as on the page.
    """
    address, mark, query = link.partition("#")[0].rpartition("?")
    if not address and not mark and "://" in query:
        query = ""  # an address without a question asks for everything
    asked = dict(parse_qsl(query, keep_blank_values=True))
    unknown = next((name for name in asked if name not in _PARAMETERS), None)
    if unknown is not None:
        refuse(f"{quote(unknown)} is nothing that a link asks for. It may ask for: {', '.join(_PARAMETERS)}.")
    return {name: value for name, value in asked.items() if value}


def selection_of(asked: Mapping[str, str], story: Story) -> Selection:
    """Return what is asked for as a selection; end the command where the page would ignore a value.

    Parameters
    ----------
    asked
        By the names of the address's parameters; without those that are blank.
    """
    first, last, known = (_day(name, asked[name]) if name in asked else None for name in _DAYS)
    if first and last and last < first:
        refuse(f"The window ends on {last}, before it begins on {first}. Give the earlier day as --from.")
    claims = story.tables.claims
    allowed: dict[str, Iterable[str]] = {
        "clock": CLOCKS,
        "undated": ("0", "1"),
        "claimant": claims["claimant"],
        "publisher": story.publishers,
        "modality": claims["modality"],
    }
    for name, values in allowed.items():
        _check(name, asked.get(name, ""), [*dict.fromkeys(filter(None, values))])
    words = {name: asked[name] for name in ("q", "claimant", "publisher", "modality") if name in asked}
    clock, undated = asked.get("clock", EVENT), asked.get("undated") != "0"
    return Selection(from_=first, to=last, clock=clock, known=known, undated=undated, **words)


def _day(name: str, text: str) -> date:
    """Return one day; end the command if the text is none, or says when only roughly."""
    try:
        when = ImpreciseDate.parse(text)
    except ImpreciseDateError as error:
        refuse(f"{_option(name)} {quote(text)} {error.reason}. Write one day, such as 2024-10-08.")
    if when.earliest is None or when.latest is None or when.earliest != when.latest or "/" in text:
        refuse(f"{_option(name)} {quote(text)} is not a single day. Write one, such as 2024-10-08.")
    return when.earliest


def _check(name: str, value: str, allowed: list[str]) -> None:
    if not value or value in allowed:
        return
    near = Suggestions(allowed).sentence(value)
    more = f" and {len(allowed) - _MOST_NAMED} more" if len(allowed) > _MOST_NAMED else ""
    named = ", ".join(map(quote, allowed[:_MOST_NAMED]))
    refuse(f"{_option(name)} {quote(value)} is not there to choose. {near}There are: {named or 'none'}{more}.")


def _option(name: str) -> str:
    return f"--{_OPTIONS.get(name, name)}"
