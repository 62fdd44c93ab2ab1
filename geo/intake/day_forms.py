"""Dates as people write them, read as one of the five forms of ``geo.dates``; never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.dates import HOW_TO_WRITE, ImpreciseDate
from geo.errors import ImpreciseDateError
from geo.intake.model import DAY_FIRST, MONTH_FIRST
from geo.selection import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# In the order of the year; of each the names and what they are short for, as fold() leaves them.
_MONTH_NAMES: Final = (
    "january jan januar jänner janvier enero ene января январь янв січня січень січ",
    "february feb februar février févr fév febrero февраля февраль фев февр лютого лютий лют",
    "march mar märz mär mars marzo марта март мар березня березень бер",
    "april apr avril avr abril abr апреля апрель апр квітня квітень квіт",
    "may mai mayo мая май травня травень трав",
    "june jun juni juin junio июня июнь июн червня червень черв",
    "july jul juli juillet juil julio июля июль июл липня липень лип",
    "august aug août aout agosto ago августа август авг серпня серпень серп",
    "september sep sept septembre septiembre сентября сентябрь сен сент вересня вересень вер",
    "october oct oktober okt octobre octubre октября октябрь окт жовтня жовтень жовт",
    "november nov novembre noviembre ноября ноябрь ноя нояб листопада листопад лист",
    "december dec dezember dez décembre déc diciembre dic декабря декабрь дек грудня грудень груд",
)
_MONTHS: Final = {fold(name): month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_TIME = re.compile(
    r"(?P<day>.*?\d.*?)[T,]?\s*(?P<time>(?<=[T\s])\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[^\W\d_]{2,10}\.?,\s*(?=.*[^\W\d_]{3}|\d)")  # Tue, 8 Oct 2024
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?")
_CLOSED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:\s*(?:г|р)\.?)?")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}")
_KOREAN = re.compile(r"(\d{4})\s*년(?:\s*(\d{1,2})\s*월(?:\s*(\d{1,2})\s*일)?)?")
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de\s+|of\s+)?(?P<month>[^\W\d_]+)\.?,?[\s-]*(?:de\s+)?(?P<year>\d{4})(?:\s*(?:г|р|года|року)\.?)?"
)
_MONTH_DAY = re.compile(r"(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
_MONTH_YEAR = re.compile(r"(?P<month>[^\W\d_]+)\.?[\s-]*(?:de\s+)?(?P<year>\d{4})")
_DAYS_MONTH = re.compile(r"(?P<first>\d{1,2})\s*[-–—]\s*(?P<rest>\d{1,2}\.?\s*[^\W\d_].*)")
_MONTH_DAYS = re.compile(
    r"(?P<month>[^\W\d_]+\.?)\s+(?P<first>\d{1,2})\s*[-–—]\s*(?P<last>\d{1,2}),?\s+(?P<year>\d{4})"
)
_BETWEEN_DATES = re.compile(
    r"\s+(?:[-–—]|to|until|bis|по|до)\s+|\s*[–—]\s*|(?<=\d{4})\s*-\s*(?=\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_OWN_FORM = re.compile(r"(\.\.|\d{4}(-\d\d?){0,2})(/(\.\.|\d{4}(-\d\d?){0,2}))?")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_BEFORE_1900 = date(1899, 12, 30)  # so that Excel's day 61 is 1 March 1900; it counts a 29 February that never was


@dataclass(frozen=True, slots=True)
class Day:
    """A date as read.

    Attributes
    ----------
    text
        In one of the five forms of ``geo.dates``.
    time
        The time of day, where the cell gave one: it has no place in ``text``.
    """

    text: str
    time: str = ""


def read_day(text: str, order: str = "", days_before: int = 0) -> Day:
    """Read a date as people write it.

    Parameters
    ----------
    order
        ``DAY_FIRST`` or ``MONTH_FIRST``: how to read 03/04/2024. Where blank, only a date of one meaning is read.
    days_before
        What to add to a day number of a workbook to have one of the calendar of 1900.

    Raises
    ------
    ImpreciseDateError
        When it is no date, one that doesn't exist, or one that could be two.
    """
    bare, time = _without_time(text)
    if is_day_number(bare) and (serial := _SERIAL.fullmatch(bare)):
        moment = float(serial[2] or 0) * 24 * 60
        clock = f"{round(moment) // 60:02d}:{round(moment) % 60:02d}" if round(moment) else ""
        return Day((_BEFORE_1900 + timedelta(int(serial[1]) + days_before)).isoformat(), clock)
    found = _one(bare, order) or _span(bare, order) or bare
    try:
        ImpreciseDate.parse(found)
    except ImpreciseDateError as error:
        raise ImpreciseDateError(text, *_trouble(bare, found, error)) from None
    return Day(found, time)


def looks_like_day(text: str) -> bool:
    """Return whether a cell is meant as a date, be it one that doesn't exist."""
    bare, _ = _without_time(text)
    if _SHORT_YEAR.fullmatch(bare) or _OWN_FORM.fullmatch(bare):
        return True
    return any(_one(bare, order) or _span(bare, order) for order in (DAY_FIRST, MONTH_FIRST))


def possible_orders(texts: Iterable[str]) -> tuple[set[str], list[str]]:
    """Return the orders in which every date with slashes can be read, and the texts that can be read in both ways.

    Dates with dots are left out: those who write dots write the day first.
    """
    orders, open_texts = {DAY_FIRST, MONTH_FIRST}, []
    for text in texts:
        numbers = [
            match for part in _BETWEEN_DATES.split(_without_time(text)[0]) if (match := _NUMBERS.fullmatch(part))
        ]
        for match in numbers:
            first, second = int(match[1]), int(match[3])
            if match[2] == "." or (first > 12 and second > 12):
                continue
            if first > 12:
                orders.discard(MONTH_FIRST)
            elif second > 12:
                orders.discard(DAY_FIRST)
            elif first != second:
                open_texts.append(text)
    return orders, open_texts


def is_day_number(text: str) -> bool:
    """Return whether a cell is a day's number, as a workbook shows one that nobody told it to write as a date."""
    match = _SERIAL.fullmatch(text.strip())
    return match is not None and 10_000 <= int(match[1]) <= 80_000  # 1927 to 2119


def _without_time(text: str) -> tuple[str, str]:
    bare = " ".join(text.split())
    match = _TIME.fullmatch(bare)
    return (match["day"].rstrip(" ,T"), match["time"].strip()) if match else (bare, "")


def _one(text: str, order: str) -> str:
    """Return a single day, month or year that has two numbers or a month's name in it; blank for other texts."""
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) and not _MONTH_DAY.fullmatch(text) else text
    if match := _YEAR_FIRST.fullmatch(text):
        return _iso(match[1], match[3], match[4])
    if match := _CLOSED.fullmatch(text):
        return _iso(*match.groups())
    if match := _KOREAN.fullmatch(text):
        return _iso(*match.groups())
    if match := _NUMBERS.fullmatch(text):
        first, second = match[1], match[3]
        month_first = order == MONTH_FIRST and match[2] != "."
        if not month_first and (order or match[2] == "." or first == second):
            return _iso(match[4], second, first)
        return _iso(match[4], first, second) if month_first else _of_one_meaning(int(first), int(second), match[4])
    if match := _MONTH_OF_YEAR.fullmatch(text):
        return _iso(match[2], match[1])
    for form in (_DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        if (match := form.fullmatch(text)) and (month := _MONTHS.get(fold(match["month"]))):
            return _iso(match["year"], str(month), match.groupdict().get("day"))
    return ""


def _of_one_meaning(first: int, second: int, year: str) -> str:
    if first > 12 >= second:
        return _iso(year, str(second), str(first))
    return _iso(year, str(first), str(second)) if second > 12 >= first else ""


def _span(text: str, order: str) -> str:
    """Return a span whose ends have months' names or numbers; blank for other texts."""
    if match := _DAYS_MONTH.fullmatch(text):
        last = _one(match["rest"], order)
        return f"{last[:7]}-{int(match['first']):02d}/{last}" if last else ""
    if match := _MONTH_DAYS.fullmatch(text):
        ends = [_one(f"{match[day]} {match['month']} {match['year']}", order) for day in ("first", "last")]
        return "/".join(ends) if all(ends) else ""
    ends = [
        _one(part, order) or (part if re.fullmatch(r"\d{4}(-\d\d){0,2}", part) else "")
        for part in _BETWEEN_DATES.split(text)
    ]
    return "/".join(ends) if len(ends) == 2 and all(ends) else ""


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _trouble(bare: str, found: str, error: ImpreciseDateError) -> tuple[str, str]:
    """Return reason and fix, as of the text that the person wrote."""
    if _SHORT_YEAR.fullmatch(bare):
        return "has a year of two digits", f"{HOW_TO_WRITE}."
    if found == bare and (match := _NUMBERS.fullmatch(bare)) and int(match[1]) <= 12 and int(match[3]) <= 12:
        return "could be two days", f"Say whether the day or the month comes first. {HOW_TO_WRITE}."
    if found != bare and (match := _NUMBERS.fullmatch(bare)) and error.reason.startswith("has no month"):
        return f"{error.reason}, if read in the order of the column's other dates", error.fix
    return error.reason, error.fix
