"""A movement as one English sentence that says what its source says, and what it leaves out."""

from __future__ import annotations

import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from geo.wording import ASKED_WORDS, SAME_CLAIMANT_WORDS, date_phrase, listed, quantity_phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

ClaimRow: TypeAlias = Any  # a row of the claims as ``itertuples`` gives it: ``schema.CLAIMS`` names its fields

NO_NUMBER = "(number not stated)"
NO_UNIT = "(of what is not stated)"
NO_PLACE = "a place that is not stated"
PERHAPS_LATER = "(possibly only later)"

# By modality: with something that moved, for one and for many; and where neither number nor unit is stated.
_TENSES: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "happened": ("was {verb}", "were {verb}", f"there was a movement {NO_NUMBER}"),
        "ongoing": ("is being {verb}", "are being {verb}", f"a movement {NO_NUMBER} is under way"),
        "planned": ("is to be {verb}", "are to be {verb}", f"a movement {NO_NUMBER} is planned"),
        "forecast": ("will be {verb}", "will be {verb}", f"there will be a movement {NO_NUMBER}"),
    }
)
# These have no tense of their own, and an assessment may be of what is still to come: the sentence has none either.
_MANNERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "assessment": "in an assessment",
        "opinion": "in an opinion",
        "background": "as background",
        "verification": "in words about verification",
        "request": "in a request for comment",
    }
)
# Whoever takes such a stance may name a movement only to say that there was none.
_STANCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "denies": "denying another claim",
        "disputes": "disputing another claim",
        "unverified": "calling another claim not verified",
    }
)
_DOUBTS = (("denies", "Denied by"), ("disputes", "Disputed by"), ("unverified", "Not verified, according to"))
_MOVED = "moved"
_VERB = re.compile(
    r"\b(sent|deployed|redeployed|moved|relocated|transferred|transported|shipped|ferried|flown|airlifted|evacuated"
    r"|withdrawn|dispatched|delivered|deported)\b",
    re.IGNORECASE,
)
# Words by which a statement may name a movement without saying that it takes place; "May" is a month.
_NOT_SIMPLY_SO = re.compile(
    r"(?i:\b(no|not|never|nobody|none|nothing|neither|nor|cannot|without|if|unless|whether|might|could|false|den(y|ies|ied)"
    r"|refused?|fail(s|ed)?|halted|stopped|prevented|cancell?ed)\b|n['’]t\b|\?)|\bmay\b"
)
_OWN_PREPOSITION = re.compile(r"(by|on|in|via|through|aboard|using|with)\s", re.IGNORECASE)
_MANY = re.compile(r"(people|police|media|(?<!\bne)[^sui'’]s)$")


class Says(Protocol):
    """What another claim says of this one: a ``dossier.Response``."""

    @property
    def claim_id(self) -> str:
        """Return the id of the other claim."""

    @property
    def claimant(self) -> str:
        """Return who says so."""

    @property
    def stance(self) -> str:
        """Return one of ``schema.STANCES``."""

    @property
    def stance_words(self) -> str:
        """Return the stance as ``dossier`` words it."""


def movement_sentence(row: ClaimRow, names: Mapping[str, str]) -> str:
    """Return a movement as its claimant has it, with the source's own hedge.

    What a statement only speaks of (assessed, denied, negated, conditional) is called *a movement of* so many, in no
    tense, and the statement follows in full: nothing is asserted that the claimant may not assert.

    Parameters
    ----------
    row
        A claim that names an origin or a destination.
    names
        The names of places, by their ids.

    Returns
    -------
    sentence
        Blank for a claim that is no movement. What others say of it isn't part of it: see ``doubts``.
    """
    if not (row.origins or row.destinations):
        return ""
    simply_so = not (_NOT_SIMPLY_SO.search(row.statement) or _NOT_SIMPLY_SO.search(row.quantity_of))
    plain = row.modality in _TENSES and row.stance not in _STANCES and simply_so
    words = [
        _says(row) if plain else _speaks_of(row),
        f"from {listed(names[place] for place in row.origins) or NO_PLACE}",
        f"to {_destinations(row, names)}",
        row.mode if _OWN_PREPOSITION.match(row.mode) else row.mode and f"by {row.mode}",
        date_phrase(row.event_date) if row.event_date else "",
        "(date inferred by us)" if row.event_date and row.event_date_basis == "inferred" else "",
    ]
    sentence = " ".join(filter(None, words)) + ("." if row.event_date else "; when is not stated.")
    besides = [names[place] for place in row.locations if place not in (*row.origins, *row.destinations)]
    rest = [
        "" if plain else _quoted("The claim in full:", row.statement),
        f"Also named: {listed(besides)}." if besides else "",
        _quoted("The source's own hedge:", row.hedge) if row.hedge else "",
    ]
    return " ".join(filter(None, (sentence, *rest)))


def doubts(responses: Iterable[Says], perhaps_later: Collection[str] = ()) -> str:
    """Return who denies or disputes a claim or calls it not verified, as in ``Denied by A and B``.

    Parameters
    ----------
    responses
        What others say of it; those that don't count, such as what was said after the day asked, left out.
    perhaps_later
        Ids of those that may have been said only after the day asked.
    """
    said = [response for response in responses if not response.stance_words.startswith(ASKED_WORDS)]
    sentences = []
    for stance, words in _DOUBTS:
        of_it = [response for response in said if response.stance == stance]
        if of_it:
            who = dict.fromkeys(_who(response, later=response.claim_id in perhaps_later) for response in of_it)
            sentences.append(f"{words} {listed(who)}.")
    return " ".join(sentences)


def shares_its_number(row: ClaimRow) -> bool:
    """Return whether the claim names several places of a kind, so that its number is their total."""
    return max(len(row.locations), len(row.origins), len(row.destinations)) > 1


def _says(row: ClaimRow) -> str:
    one, many, nothing_stated = _TENSES[row.modality]
    moved = _what_moved(row)
    if moved:
        single = {end for end in (row.quantity_min, row.quantity_max) if not math.isnan(end)} == {1}
        moved += f" {(one if single else many).format(verb=_verb(row))}"
    return f"{row.claimant} {'say' if _is_plural(row.claimant_kind) else 'says'} that {moved or nothing_stated}"


def _speaks_of(row: ClaimRow) -> str:
    manner = _STANCES.get(row.stance) or _MANNERS.get(row.modality)
    claimant = f"{row.claimant}, {manner}," if manner else row.claimant
    ahead = f"{row.modality} " if row.modality in ("planned", "forecast") else ""
    moved = _what_moved(row)
    what = f"a {ahead}movement {f'of {moved}' if moved else NO_NUMBER}"
    return f"{claimant} {'speak' if _is_plural(row.claimant_kind) else 'speaks'} of {what}"


def _what_moved(row: ClaimRow) -> str:
    """Return number and unit; blank where neither is stated."""
    number = _number(row)
    if not number:
        return f"{row.quantity_unit} {NO_NUMBER}" if row.quantity_unit else ""
    counted = f"({row.quantity_of})" if row.quantity_of else NO_UNIT
    total = "in total" if shares_its_number(row) else ""
    return " ".join(filter(None, (number, row.quantity_unit, total, "" if row.quantity_unit else counted)))


def _number(row: ClaimRow) -> str:
    return quantity_phrase(row.quantity_min, row.quantity_max, approximate=row.quantity_approximate)


def _verb(row: ClaimRow) -> str:
    """Return the statement's own word; ``moved`` where it has none, or several of which we'd have to choose."""
    for text in (row.statement, row.quantity_of):
        found = {verb.lower() for verb in _VERB.findall(text)}
        if found:
            return found.pop() if len(found) == 1 else _MOVED
    return _MOVED


def _destinations(row: ClaimRow, names: Mapping[str, str]) -> str:
    split = len(row.destinations) > 1 and _number(row)
    places = listed(names[place] for place in row.destinations) or NO_PLACE
    return f"{places} (how it is split is not stated)" if split else places


def _is_plural(claimant_kind: str) -> bool:
    """Return whether a kind of claimant is many: ``officials of a ministry`` are, a ``ministry of officials`` isn't."""
    head = re.split(r",| (?:of|for|at|in|from|with|close|near)\b", claimant_kind.lower())[0].strip()
    return _MANY.search(head) is not None


def _who(response: Says, *, later: bool) -> str:
    same = SAME_CLAIMANT_WORDS if response.stance_words.endswith(SAME_CLAIMANT_WORDS) else ""
    return " ".join(filter(None, (response.claimant, same, PERHAPS_LATER if later else "")))


def _quoted(lead: str, text: str) -> str:
    return f"{lead} “{text}”" if text.endswith((".", "!", "?")) else f"{lead} “{text}”."
