"""What one cell may hold: a reader and a pydantic type for each kind of column, with reason and fix in our words."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from geo.dates import ImpreciseDate
from geo.errors import ImpreciseDateError, quote
from geo.schema import MAX_EXCERPT_WORDS, SEPARATOR, YES, Kind
from geo.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.schema import Column

    Reader: TypeAlias = Callable[[str], Any]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"([+-]?\d{1,3})((?:[,'’\s]\d{3})+)(\.\d+)?", re.ASCII)
_THIN_BLANKS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " "})  # between thousands, as typesetters do
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)", re.ASCII)


@cache
def reader_of(column: Column) -> Reader | None:
    """Return what makes a value of a cell's text, or refuses it; None where any text will do."""
    if column.choices:
        return _choice_of(column)
    return _BY_NAME.get(column.name, _BY_KIND.get(column.kind))


@cache
def adapter_of(column: Column) -> TypeAdapter[list[Any]] | None:
    """Return what reads a list of the column's cells, blank ones apart; None where any text will do."""
    reader = reader_of(column)
    return None if reader is None else TypeAdapter(list[Annotated[Any, AfterValidator(reader)]])


def plain_form(column: Column) -> str:
    """Return a pattern of whole cells, most of them as a rule, that are certainly sound; blank where there is none.

    A number of this form is what ``float`` makes of it. The pattern is one of both Python's and RE2's.
    """
    return _PLAIN_BY_NAME.get(column.name, _PLAIN_BY_KIND.get(column.kind, ""))


def read_texts(column: Column, texts: list[str]) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Return the values of the texts that can be read, and reason and fix for those that cannot."""
    reader, refused = reader_of(column) or str, {}
    # Where nothing is wrong no adapter is made: that takes milliseconds, and of all columns a tenth of a small opening.
    with suppress(PydanticCustomError):
        return {text: reader(text) for text in texts}, {}
    if (adapter := adapter_of(column)) is not None:
        try:
            adapter.validate_python(texts)
        except ValidationError as error:
            refused = {
                texts[int(found["loc"][0])]: (found["ctx"]["reason"], found["ctx"]["fix"])
                for found in error.errors(include_url=False)
            }
    return {text: reader(text) for text in texts if text not in refused}, refused


def _refuse(reason: str, fix: str) -> NoReturn:
    raise PydanticCustomError("cell", "{reason}. {fix}", {"reason": reason, "fix": fix})  # noqa: EM101 its own template


def _choice_of(column: Column) -> Reader:
    suggestions = Suggestions(column.choices)

    def check(text: str) -> str:
        if text not in column.choices:
            near = suggestions.sentence(text)
            _refuse("is none of the words allowed there", f"{near}Write one of: {', '.join(column.choices)}.")
        return text

    return check


def _id(text: str) -> str:
    if SEPARATOR in text or any(map(str.isspace, text)):
        joined = "-".join(text.replace(SEPARATOR, " ").split())
        fix = f"Write {quote(joined)}, and the same wherever it is referred to."
        _refuse(f"is no id: it holds white space or '{SEPARATOR}'", fix)
    return text


def _date(text: str) -> str:
    try:
        ImpreciseDate.parse(text)
    except ImpreciseDateError as error:
        _refuse(error.reason, error.fix)
    return text


def _day(text: str) -> str:
    fix = "Write one day, such as 2024-10-08."
    try:
        ImpreciseDate.parse(text)
    except ImpreciseDateError as error:
        _refuse(error.reason, fix)
    if "/" in text or text.count("-") != 2:
        _refuse("is not a single day", fix)
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", text):
        _refuse("is not a SHA-256", "Write its 64 digits from 0 to 9 and a to f, as sha256sum does.")
    return text


def _link(text: str) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname
        parts.port  # noqa: B018 asked for, because it raises where the port is no number
    except ValueError:
        _refuse("is not a web address", "Copy it anew from the browser's address bar.")
    if any(c.isspace() or not c.isprintable() for c in text):
        _refuse("holds white space or invisible characters", "Write one address alone, with %20 for a blank in it.")
    if parts.scheme in ("http", "https") and host:
        return text
    if re.match(r"(www\.)?[\w-]+(\.[\w-]+)+(/|:\d|$)", text):
        _refuse("does not begin with http:// or https://", f"Write {quote(f'https://{text}')}.")
    _refuse("is not an http or https address", "Write one that begins with https://, or leave the cell blank.")


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text):
        number = float(text)
        if abs(number) != float("inf"):
            return number
        _refuse("is too large for a number", "Write a smaller one.")
    fix = "Write digits alone, such as 1500 or 43.1056."
    plain = text.translate(_THIN_BLANKS)
    if match := _THOUSANDS.fullmatch(plain):
        fix = f"Write {re.sub(r'[^0-9.+-]', '', plain)}."
        if "," in plain and plain.count(",") == 1 and not match[3]:
            fix = f"{fix[:-1]}, or {plain.replace(',', '.')} if the comma is a decimal one."
    elif match := _DECIMAL_COMMA.fullmatch(plain):
        fix = f"Write {match[1]}.{match[2]}, with a dot."
    _refuse("is not a number", fix)


def _not_negative(text: str) -> float:
    if (number := _number(text)) < 0:
        _refuse("is less than zero", "Write a number of zero or more, or leave the cell blank.")
    return number


def _flag(text: str) -> bool:
    if text != YES:
        _refuse("is neither 'yes' nor blank", "Write yes, or leave the cell blank for no.")
    return True


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in map(str.strip, text.split(SEPARATOR)) if item))


def _extent(text: str) -> tuple[float, ...]:
    form = "Write 'south west north east' in decimal degrees, such as 51.05 34.29 52.35 38.18."
    parts = text.split()
    if len(parts) != 4 or not all(map(_NUMBER.fullmatch, parts)):
        _refuse("is not four numbers with blanks between them", form)
    south, west, north, east = extent = tuple(map(float, parts))
    if not (-90 <= south <= 90 and -90 <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        _refuse("reaches beyond the Earth", form)
    if south > north:  # west > east is no mistake: such an area crosses the 180th meridian
        _refuse("has its south above its north", f"Write '{parts[2]} {parts[1]} {parts[0]} {parts[3]}'.")
    return extent


def _country_code(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        fix = f"Write '{text.upper()}'." if re.fullmatch("[A-Za-z]{2}", text) else "Write RU for Russia, KP, UA, ..."
        _refuse("is not a code of two capital letters", fix)
    return text


def _excerpt(text: str) -> str:
    words = len(text.split())
    if words > MAX_EXCERPT_WORDS:
        _refuse(f"has {words} words, more than {MAX_EXCERPT_WORDS}", f"Cut it to {MAX_EXCERPT_WORDS} words or fewer.")
    return text


_BY_KIND: dict[Kind, Reader] = {
    Kind.ID: _id,
    Kind.DATE: _date,
    Kind.LINK: _link,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.LIST: _list,
    Kind.EXTENT: _extent,
}
_BY_NAME: dict[str, Reader] = {
    "country_code": _country_code,
    "uncertainty_km": _not_negative,
    "quantity_min": _not_negative,
    "quantity_max": _not_negative,
    "excerpt": _excerpt,
    "checked_on": _day,
    "changed_on": _day,
    "text_sha256": _sha256,
}

# Neither white space nor the separator, all in ASCII
_PLAIN_BY_KIND: dict[Kind, str] = {
    Kind.ID: r"[!-:<-~]+",
    Kind.DATE: r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
    Kind.LINK: r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(/[A-Za-z0-9/._~=&?+-]*)?",
    Kind.NUMBER: r"-?[0-9]{1,15}(\.[0-9]{1,15})?",
}
_PLAIN_BY_NAME: dict[str, str] = {
    "country_code": r"[A-Z]{2}",
    "uncertainty_km": r"[0-9]{1,15}(\.[0-9]{1,15})?",
    "quantity_min": r"[0-9]{1,15}(\.[0-9]{1,15})?",
    "quantity_max": r"[0-9]{1,15}(\.[0-9]{1,15})?",
    "excerpt": f"[ -~]{{0,{2 * MAX_EXCERPT_WORDS}}}",  # too short for one word more
    "checked_on": "",
    "changed_on": "",
    "text_sha256": "[0-9a-f]{64}",
}
