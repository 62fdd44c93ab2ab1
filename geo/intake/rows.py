"""One row of somebody's table, read as a claim; or why it can't be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.cells import read_texts, reader_of
from geo.dates import ImpreciseDate
from geo.errors import ImpreciseDateError, Problem
from geo.intake.day_forms import read_day
from geo.intake.fields import PAIR
from geo.intake.figures import COMMA, read_degrees, read_pair, read_quantity
from geo.intake.registers import Document, Place
from geo.schema import CLAIMS, LOCATIONS, SEPARATOR, SOURCES, YES
from geo.selection import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.schema import Column

NOT_STATED = "not stated"
ASSUMED = "happened"
NO_CLAIMANT = "the row names no claimant"
NO_MODALITY = f"the row doesn't say in what way it is asserted, which is taken as '{ASSUMED}'"
NO_SOURCE = "the row names no source, so it is the table itself"

_COLUMNS: Mapping[str, Column] = {
    column.name: column for table in (LOCATIONS, SOURCES, CLAIMS) for column in table.columns
}
_SAYS_NOTHING = """
    - | – | — | -- | ? | n/a | n.a. | #n/a | null | none | nan | unknown | unclear | not stated | not known
    | нет | нет данных | неизвестно | не указано | немає | немає даних | невідомо | не вказано | 미상
"""
_BLANK = frozenset(fold(word.strip()) for word in _SAYS_NOTHING.split("|"))
_LONGEST_BLANK = max(map(len, _BLANK))
_ADDRESS = re.compile(r"https?://[^\s;,<>\"]+", re.IGNORECASE)
_AS_IT_IS = (  # columns of claims.csv whose cells need no reading of ours
    *("claimant_kind", "event_date_basis", "reported_date_basis", "hedge", "quantity_unit", "quantity_of", "mode"),
    *("excerpt", "responds_to", "stance"),
)


@lru_cache(maxsize=10_000)
def _says_nothing(text: str) -> bool:
    return len(text) <= _LONGEST_BLANK and fold(text) in _BLANK


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are to be read.

    Attributes
    ----------
    file
        Its name, as it stands in problems.
    positions, headings
        By field: where its cell stands in a row, and what stands above it.
    orders
        By field, for dates: ``model.DAY_FIRST``, ``model.MONTH_FIRST``, or blank where each has one meaning.
    marks
        What stands before decimals, as ``figures.decimal_marks`` has it.
    counted
        What the heading of the numbers says that they count; blank where it says nothing.
    """

    file: str
    positions: Mapping[str, int]
    headings: Mapping[str, str]
    orders: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    days_before: int = 0
    counted: str = ""


@dataclass(slots=True)
class Claim:
    """A row as read.

    Attributes
    ----------
    cells
        Of ``claims.csv``, without ids of places and documents.
    assumed
        What the row doesn't say and the table of claims must, in words.
    """

    cells: dict[str, str]
    places: tuple[Place, ...]
    origins: tuple[Place, ...]
    destinations: tuple[Place, ...]
    document: Document | None
    assumed: tuple[str, ...]


class RowReader:
    """Reads the rows of one table, and says what is wrong with them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.problems: list[Problem] = []
        self._refused: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._days: dict[tuple[str, str], str | ImpreciseDateError] = {}
        self._as_they_are = [name for name in _AS_IT_IS if name in layout.positions]
        self._row = 0
        self._texts: Sequence[str] = ()

    def read(self, row: int, texts: Sequence[str]) -> Claim | None:
        """Return the row as a claim; None for one that can't be used, which is then among the problems."""
        self._row, self._texts = row, texts
        before = len(self.problems)
        cells = dict.fromkeys(_AS_IT_IS, "") | {name: self._checked(name) for name in self._as_they_are}
        cells["statement"] = self._cell("statement")
        if not cells["statement"]:
            self._report("statement", None, "the cell is blank", "Say what is claimed, or delete the row.")
        assumed = []
        if not (claimant := self._checked("claimant")):
            assumed.append(NO_CLAIMANT)
        if not (modality := self._checked("modality")):
            assumed.append(NO_MODALITY)
        cells |= {"claimant": claimant or NOT_STATED, "modality": modality or ASSUMED}
        cells |= {"event_date": self._span(), "reported_date": self._day("reported_date")} | self._numbers()
        if bool(cells["responds_to"]) != bool(cells["stance"]):
            name = "stance" if cells["responds_to"] else "responds_to"
            self._report(name, None, "the cell is blank though its partner is given", "Give both, or clear both.")
        places = self._places()
        origins, destinations = self._names("origin"), self._names("destination")
        if (document := self._document()) is None:
            assumed.append(NO_SOURCE)
        if len(self.problems) > before:
            return None
        return Claim(cells, places, origins, destinations, document, tuple(assumed))

    def _report(self, name: str, value: str | None, reason: str, fix: str) -> None:
        heading = self.layout.headings.get(name, name)
        self.problems.append(Problem(self.layout.file, self._row, heading, value, reason, fix))

    def _cell(self, name: str) -> str:
        """Return the row's cell for a field; blank where the table has none, or it says that nothing is known."""
        position = self.layout.positions.get(name)
        if position is None or position >= len(self._texts):
            return ""
        text = self._texts[position]
        return "" if not text or (name != "statement" and _says_nothing(text)) else text

    def _checked(self, name: str) -> str:
        """Return a cell that must be as the schema has it."""
        return self._sound(name, self._cell(name), _COLUMNS[name])

    def _sound(self, name: str, text: str, column: Column) -> str:
        """Return a text that the column may hold; what it may not hold is reported."""
        if text and reader_of(column) is not None:
            key = (column.name, text)
            if key not in self._refused:
                self._refused[key] = read_texts(column, [text])[1].get(text)
            if (trouble := self._refused[key]) is not None:
                self._report(name, text, *trouble)
        return text

    def _day(self, name: str) -> str:
        text, order = self._cell(name), self.layout.orders.get(name, "")
        if not text:
            return ""
        if (text, order) not in self._days:
            try:
                self._days[text, order] = read_day(text, order, self.layout.days_before).text
            except ImpreciseDateError as error:
                self._days[text, order] = error
        found = self._days[text, order]
        if isinstance(found, str):
            return found
        self._report(name, text, found.reason, found.fix)
        return ""

    def _span(self) -> str:
        first, last = self._day("date"), self._day("date_end")
        if not last or first == last:
            return first
        span = f"{first or '..'}/{last}"
        try:
            ImpreciseDate.parse(span)
        except ImpreciseDateError:
            fix = "Put the earlier day first, or clear one of the two."
            self._report("date_end", self._cell("date_end"), f"doesn't end what begins on {first}", fix)
        return span

    def _numbers(self) -> dict[str, str]:
        """Return the number's columns: out of one cell, or out of those for its two ends."""
        low, high, is_approximate = self._number("quantity")
        if text := self._number("quantity_min")[0]:
            low = text
        if text := self._number("quantity_max")[1]:
            high = text
        if low and high and float(low) > float(high):
            self._report("quantity_max", high, f"is less than the lower end, {low}", "Swap the two, or correct one.")
        counted = {"quantity_of": self.layout.counted} if (low or high) and self.layout.counted else {}
        return {
            "quantity_min": low,
            "quantity_max": high,
            "quantity_approximate": YES if is_approximate else "",
            **counted,
        }

    def _number(self, name: str) -> tuple[str, str, bool]:
        if not (text := self._cell(name)):
            return "", "", False
        if (found := read_quantity(text, set(self.layout.marks))) is None:
            mark = "a comma" if COMMA in self.layout.marks else "a dot"
            fix = f"Write digits alone, such as 1500, with {mark} before decimals, or keep the column as it is."
            self._report(name, text, "is not a number, or could be two", fix)
            return "", "", False
        return found

    def _places(self) -> tuple[Place, ...]:
        country, radius = self._cell("country_code").upper(), self._cell("uncertainty_km").replace(",", ".")
        about = (
            self._sound("country_code", country, _COLUMNS["country_code"]),
            self._cell("feature_type"),
            self._sound("uncertainty_km", radius, _COLUMNS["uncertainty_km"]),
        )
        point = self._point()
        if point is not None:
            return (Place(self._cell("place"), *point, *about),)
        return tuple(Place(place.name, None, None, *about) for place in self._names("place"))

    def _names(self, name: str) -> tuple[Place, ...]:
        """Return the places of a cell that holds names alone, each once."""
        parts = (" ".join(part.split()) for part in self._cell(name).split(SEPARATOR))
        return tuple(Place(part) for part in dict.fromkeys(parts) if part)

    def _point(self) -> tuple[float, float] | None:
        lat_text, lon_text, pair_text = self._cell("latitude"), self._cell("longitude"), self._cell(PAIR)
        if lat_text or lon_text:
            lat, lon = read_degrees(lat_text), read_degrees(lon_text)
            for name, text, value in (("latitude", lat_text, lat), ("longitude", lon_text, lon)):
                if not text:
                    self._report(
                        name, None, "the cell is blank though its partner is given", "Give both, or clear both."
                    )
                elif value is None:
                    self._report(name, text, "is no coordinate", "Write decimal degrees, such as 51.7304.")
            return None if lat is None or lon is None else self._on_earth(lat, lon, "latitude", "longitude")
        if not pair_text:
            return None
        if (pair := read_pair(pair_text)) is None:
            self._report(
                PAIR, pair_text, "is no latitude and longitude", "Write both in decimal degrees: 51.7304, 36.1926."
            )
            return None
        return self._on_earth(*pair, PAIR, PAIR)

    def _on_earth(self, lat: float, lon: float, lat_name: str, lon_name: str) -> tuple[float, float] | None:
        if abs(lat) <= 90 and abs(lon) <= 180:
            return lat, lon
        is_swapped = abs(lon) <= 90 and abs(lat) <= 180
        fix = "Swap the two, it seems: latitude comes first." if is_swapped else "Write decimal degrees."
        name = lat_name if abs(lat) > 90 else lon_name
        self._report(name, self._cell(name), "is off the Earth", fix)
        return None

    def _document(self) -> Document | None:
        """Return the document that the row names, None for none."""
        text, link = self._cell("source"), self._cell("source_url")
        addresses = [*_ADDRESS.findall(link), *_ADDRESS.findall(text)]
        title = "" if addresses and _ADDRESS.fullmatch(text) else text
        if link and not _ADDRESS.match(link):
            self._report(
                "source_url", link, "is not a web address", "Write one that begins with https://, or clear it."
            )
        if not (title or addresses):
            return None
        url = (
            self._sound("source_url" if link else "source", addresses[0].rstrip(".)"), _COLUMNS["url"])
            if addresses
            else ""
        )
        more = link if len(_ADDRESS.findall(link)) > 1 or (link and not _ADDRESS.fullmatch(link)) else ""
        return Document(
            title,
            url,
            self._cell("publisher"),
            self._day("published"),
            self._checked("archived_url"),
            f"The table has of it: {more}" if more else "",
        )
