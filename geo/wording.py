"""How dates, numbers and words of the tables read in English: the same on cards, labels and in tables."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.dates import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NOT_DATED = "not dated"
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

MODALITY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "happened": "reported as happened",
        "ongoing": "reported as ongoing",
        "planned": "planned",
        "forecast": "forecast",
        "assessment": "assessment",
        "opinion": "opinion",
        "background": "background",
        "verification": "about verification",
        "request": "request for comment",
    }
)

# Each follows the claimant's name, one person or many ("Ukrainian outlets"): the past tense fits both.
STANCE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "supports": "supported this",
        "consistent_with": "called this and other reports consistent",
        "unverified": "said this had not been verified",
        "disputes": "disputed this",
        "denies": "denied this",
        "comments_on": "commented on this",
        "": "responded to this",
    }
)
ASKED_WORDS = "asked for comment on this"  # who asks takes no stance
SAME_CLAIMANT_WORDS = "(the same claimant)"

BASIS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"stated": "stated by the source", "inferred": "inferred by us", "": ""}
)

KINDS = ("moved", "planned", "present", "said")


@lru_cache(maxsize=10_000)  # a story repeats few dates many times
def date_words(text: str) -> str:
    """Return an imprecise date as a reader says it: ``8-13 Oct 2024`` for ``2024-10-08/2024-10-13``.

    Parameters
    ----------
    text
        One of the five forms of ``geo.dates``, already checked; or blank.
    """
    if not text:
        return NOT_DATED
    first, slash, last = text.partition("/")
    if not slash or first == last:
        return _part_words(first)
    if first == OPEN:
        # the end of a month or year must be named: "by Oct" would be read as "before October"
        return f"by {'' if last.count('-') == 2 else 'the end of '}{_part_words(last)}"
    if last == OPEN:
        return f"{_part_words(first)} or later"
    return f"{_start_words(first, last)}-{_part_words(last)}"


def date_phrase(text: str) -> str:
    """Return an imprecise date as a sentence has it: ``between 8 and 13 October 2024`` for ``2024-10-08/2024-10-13``.

    Parameters
    ----------
    text
        One of the five forms of ``geo.dates``, already checked; not blank.
    """
    first, slash, last = text.partition("/")
    if not slash or first == last:
        return _on(first)
    if first == OPEN:
        return f"{_on(last)} or earlier"
    if last == OPEN:
        return f"{_on(first)} or later"
    start, end = _start_words(first, last, MONTH_NAMES), _part_words(last, MONTH_NAMES)
    # Of a month beside a day it must be said which of its days is meant.
    start = f"the start of {start}" if first.count("-") < last.count("-") else start
    end = f"the end of {end}" if last.count("-") < first.count("-") else end
    return f"between {start} and {end}"


def quantity_words(lowest: float, highest: float, *, approximate: bool = False, unit: str = "") -> str:
    """Return a reported number: ``1,500``, ``about 10,000``, ``1,000-1,500``, ``at least 3``, ``at most 20 ships``.

    Parameters
    ----------
    lowest, highest
        Ends of the reported range; NaN for an end that is not stated.
    approximate
        Whether the source calls the number approximate.
    unit
        What is counted, to be named after the number; blank names nothing.

    Returns
    -------
    words
        Blank when no number is stated.
    """
    if math.isnan(lowest) and math.isnan(highest):
        return ""
    about = "about " if approximate else ""
    if math.isnan(highest):
        words = f"at least {about}{_number_words(lowest)}"
    elif math.isnan(lowest):
        words = f"at most {about}{_number_words(highest)}"
    elif lowest == highest:
        words = f"{about}{_number_words(lowest)}"
    else:
        words = f"{about}{_number_words(lowest)}-{_number_words(highest)}"
    return f"{words} {unit}" if unit else words


def quantity_phrase(lowest: float, highest: float, *, approximate: bool = False) -> str:
    """Return a reported number as a sentence has it: ``around 10,000``, ``between 40 and 60``, ``at least 500``.

    Parameters are those of ``quantity_words``; blank when no number is stated.
    """
    if math.isnan(lowest) or math.isnan(highest) or lowest == highest:
        return quantity_words(lowest, highest, approximate=approximate).replace("about", "around")
    start, end = _number_words(lowest), _number_words(highest)
    return f"around {start} to {end}" if approximate else f"between {start} and {end}"


def listed(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: ``A, B and C``; blank for none."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def claim_kind(claims: pd.DataFrame) -> pd.Series[str]:
    """Return for each claim the kind by which the map colours it.

    Returns
    -------
    kinds
        Categories ``moved`` (a movement, happened or ongoing), ``planned`` (planned or forecast, a movement or
        not), ``present`` (happened or ongoing, no movement) and ``said`` (everything else, and what denies, disputes
        or calls another claim not verified: it may name a place only to say that nothing was there).
    """
    against = claims["stance"].isin(("denies", "disputes", "unverified")).to_numpy()
    movement = claims["origins"].to_numpy(bool) | claims["destinations"].to_numpy(bool)
    real = claims["modality"].isin(("happened", "ongoing")).to_numpy()
    ahead = claims["modality"].isin(("planned", "forecast")).to_numpy()
    moved, planned, present, said = range(len(KINDS))
    kinds = np.select([against, real & movement, ahead, real], [said, moved, planned, present], default=said)
    return pd.Series(pd.Categorical.from_codes(kinds, pd.Index(KINDS)), index=claims.index)


def _part_words(part: str, months: Sequence[str] = MONTHS) -> str:
    """Return one year, month or day: ``2024``, ``Oct 2024``, ``8 Oct 2024``."""
    year, *rest = (int(number) for number in part.split("-"))
    month = [months[rest[0] - 1]] if rest else []
    return " ".join([*(str(day) for day in rest[1:]), *month, str(year)])


def _start_words(first: str, last: str, months: Sequence[str] = MONTHS) -> str:
    """Return the start of a span without what its end says again: the year, or month and year."""
    words = _part_words(first, months).split()
    if first.count("-") != last.count("-") or first[:4] != last[:4]:
        return " ".join(words)
    return words[0] if first[:7] == last[:7] else " ".join(words[:-1])


def _on(part: str) -> str:
    return f"{'on' if part.count('-') == 2 else 'in'} {_part_words(part, MONTH_NAMES)}"


def _number_words(number: float) -> str:
    return f"{int(number):,}" if float(number).is_integer() else f"{Decimal(repr(float(number))):,f}"
