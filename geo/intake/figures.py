"""Coordinates and numbers as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMA, DOT = ",", "."

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’](?=\d{3}(\D|$))")
_DECIMAL = re.compile(r"[+\-−]?\d{1,3}([.,]\d+)?")
_LETTERED = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<number>[+\-−]?\d{1,3}([.,]\d+)?)\s*°?\s*(?P<after>[NSEW])?", re.IGNORECASE
)
_SEXAGESIMAL = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<deg>[+\-−]?\d{1,3})\s*[°º:\s]\s*(?P<min>\d{1,2}([.,]\d+)?)\s*['′’:\s]?\s*"
    r"((?P<sec>\d{1,2}([.,]\d+)?)\s*(\"|″|”|''|′′)?)?\s*(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_TWO = (
    re.compile(
        r"\(?\s*([+\-−]?\d{1,3}\.\d+|[+\-−]?\d{1,3})\s*[,;\s/]\s*([+\-−]?\d{1,3}\.\d+|[+\-−]?\d{1,3})(?:\s+-?[\d.]+){0,2}\s*\)?"
    ),
    re.compile(r"([+\-−]?\d{1,3},\d+)\s*[;\s/,]\s*([+\-−]?\d{1,3},\d+)"),
    re.compile(r"POINT\s*\(\s*(?P<lon>[+\-−]?[\d.]+)\s+(?P<lat>[+\-−]?[\d.]+)\s*\)", re.IGNORECASE),
    re.compile(r"(.*?[NS])[,;\s]*(.*?[EW])", re.IGNORECASE),
    re.compile(r"([NS].*?)[,;\s]+([EW].*)", re.IGNORECASE),
)
_ROUGHLY = re.compile(
    r"(~|≈|±|ca?\.|circa|about|around|approx\.?|approximately|some|nearly|около|примерно|близько|약|etwa|rund|environ|unos)\s*",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(>=?|≥|at least|more than|over|не менее|более|понад|mindestens|au moins|más de)\s*(.*)|(.*\d)\s*(\+)",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(<=?|≤|at most|up to|less than|fewer than|не более|до|bis zu|jusqu'à|hasta)\s*(.*)", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?<=\d)\s*(?:[-–—]|\bto\b|\bbis\b)\s*(?=\d)")
_DIGITS = re.compile(r"\d+([.,]\d+)*")
_DECIMAL_COMMA = re.compile(r"-?\d+,(\d{1,2}|\d{4,})|-?\d{1,3}(\.\d{3})+,\d+|-?\d{4,},\d+|0,\d+")
_DECIMAL_DOT = re.compile(r"-?\d+\.(\d{1,2}|\d{4,})|-?\d{1,3}(,\d{3})+\.\d+|-?\d{4,}\.\d+|0\.\d+")


class Quantity(NamedTuple):
    """A reported number, always a range; blank ends are open, or not stated."""

    low: str
    high: str
    is_approximate: bool = False


def decimal_marks(cells: Iterable[str]) -> set[str]:
    """Return the marks that surely stand before decimals in some of the cells: ``COMMA``, ``DOT``, both or none."""
    marks = set()
    for cell in cells:
        if _DECIMAL_COMMA.fullmatch(cell):
            marks.add(COMMA)
        elif _DECIMAL_DOT.fullmatch(cell):
            marks.add(DOT)
    return marks


def read_degrees(text: str) -> float | None:
    """Return one coordinate in decimal degrees, with a dot or a comma, or in degrees, minutes and seconds.

    None for what is none; it may still lie beyond the Earth. South and west are negative.
    """
    bare = text.strip().replace("−", "-")
    if match := _LETTERED.fullmatch(bare):
        return _signed(float(match["number"].replace(",", ".")), match["before"], match["after"])
    match = _SEXAGESIMAL.fullmatch(bare)
    if match is None:
        return None
    degrees, minutes, seconds = (float((match[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec"))
    if minutes >= 60 or seconds >= 60:
        return None
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return _signed(round(-size if match["deg"].startswith("-") else size, 7), match["before"], match["after"])


def read_pair(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude out of one cell; None for what doesn't hold them.

    The order is latitude first, but where letters or the word ``POINT`` say otherwise.
    """
    bare = " ".join(text.replace("−", "-").split())
    for form in _TWO:
        if (match := form.fullmatch(bare)) is None:
            continue
        parts = (match["lat"], match["lon"]) if "lat" in form.groupindex else (match[1], match[2])
        lat, lon = map(read_degrees, parts)
        if lat is not None and lon is not None:
            return lat, lon
    return None


def read_quantity(text: str, marks: set[str]) -> Quantity | None:
    """Return a reported number; None for what is none, or could be two.

    Parameters
    ----------
    marks
        What stands before decimals elsewhere in the table, as ``decimal_marks`` has it: it tells 1,5 from 1,500.
    """
    bare = " ".join(text.split())
    rough = _ROUGHLY.match(bare)
    bare = bare[rough.end() :] if rough else bare
    if match := _AT_LEAST.fullmatch(bare):
        low = _number(match[2] or match[3], marks)
        return None if low is None else Quantity(low, "", bool(rough))
    if match := _AT_MOST.fullmatch(bare):
        high = _number(match[2], marks)
        return None if high is None else Quantity("", high, bool(rough))
    ends = [_number(part, marks) for part in _BETWEEN.split(bare)]
    if len(ends) > 2 or None in ends:
        return None
    return Quantity(ends[0] or "", ends[-1] or "", bool(rough))


def _number(text: str, marks: set[str]) -> str | None:
    """Return a number in plain digits, with a dot before decimals."""
    bare = _SPACES.sub("", text.strip())
    if not _DIGITS.fullmatch(bare):
        return None
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}" if COMMA not in marks else r"[1-9]\d{0,2},\d{3}", bare):
        return None  # one and a half, or 1,500: which, nobody can tell
    for decimal, thousands in ((DOT, COMMA), (COMMA, DOT)):
        if marks <= {decimal} and re.fullmatch(
            rf"\d{{1,3}}(\{thousands}\d{{3}})+(\{decimal}\d+)?|\d+(\{decimal}\d+)?", bare
        ):
            return bare.replace(thousands, "").replace(decimal, DOT)
    return None


def _signed(number: float, *letters: str | None) -> float:
    return -number if any(letter and letter in "SWsw" for letter in letters) else number
