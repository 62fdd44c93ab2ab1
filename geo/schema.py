"""The tables of a story, three and an optional fourth: their columns in order, each with its kind and its meaning.

Everything that needs to know a column asks here: the reader and its checks, ``datapackage.json``, the
claim cards and the page of the documentation that lists the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PACKAGE_FILE = "datapackage.json"
SEPARATOR = ";"
YES = "yes"
MAX_EXCERPT_WORDS = 25
# How ``coordinate_source`` begins where a person decided that a place has no mark: coordinates are then blank.
LEFT_OFF = "left off the map"

MODALITIES = (
    "happened",
    "ongoing",
    "planned",
    "forecast",
    "assessment",
    "opinion",
    "background",
    "verification",
    "request",
)
STANCES = ("supports", "consistent_with", "unverified", "disputes", "denies", "comments_on")
BASES = ("stated", "inferred")
CHANGE_WORDS = ADDED, WITHDRAWN, CHANGED = "added", "withdrawn", "changed"


class Kind(StrEnum):
    """What a cell holds, and so what the column holds once it is read.

    A blank cell reads as ``""``, an empty tuple, NaN or False, by the kind.
    """

    TEXT = "text"  # str
    ID = "id"  # str, unique in its table
    DATE = "date"  # str, one of the five forms of ``geo.dates``
    LINK = "link"  # str, an http(s) address
    NUMBER = "number"  # float64
    FLAG = "flag"  # bool: yes or blank
    LIST = "list"  # tuple[str, ...], separated by ``;``
    EXTENT = "extent"  # tuple[float, float, float, float]: south west north east; or an empty tuple


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    meaning
        One sentence for the documentation and ``datapackage.json``.
    required
        Whether a blank cell is a problem.
    refers_to
        Name of the table whose id the cell holds.
    choices
        The only words allowed; empty where any text is.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    refers_to: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a CSV file whose first column is its id."""

    name: str
    columns: tuple[Column, ...]
    file_name: str = ""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return self.file_name or f"{self.name}.csv"

    @property
    def id_column(self) -> str:
        """Return the name of its first column."""
        return self.columns[0].name

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its columns, in order."""
        return tuple(column.name for column in self.columns)


LOCATIONS = Table(
    "locations",
    (
        Column("location_id", Kind.ID, "Short name by which claims refer to the place.", required=True),
        Column("name", Kind.TEXT, "The place's name as the reader shall see it.", required=True),
        Column("query", Kind.TEXT, "What to ask the geocoder for, where the name alone won't do."),
        Column("country_code", Kind.TEXT, "ISO 3166-1 alpha-2 code of the country, to narrow the geocoder's answers."),
        Column(
            "feature_type", Kind.TEXT, "What it is. 'city' and 'area' narrow the geocoder's answers, other words don't."
        ),
        Column("latitude", Kind.NUMBER, "Decimal degrees, north positive; blank to have the place geocoded."),
        Column("longitude", Kind.NUMBER, "Decimal degrees, east positive; blank to have the place geocoded."),
        Column(
            "uncertainty_km",
            Kind.NUMBER,
            "Radius in km of the circle believed to hold the true place; blank draws no ring.",
        ),
        Column("extent", Kind.EXTENT, "For an area: its bounding box as 'south west north east' in decimal degrees."),
        Column(
            "coordinate_source",
            Kind.TEXT,
            "From what the pinned coordinates were taken; or why the place is left off the map.",
        ),
        Column("gazetteer_id", Kind.TEXT, "The place's id in a gazetteer, such as 'GeoNames 2013348'."),
        Column("aliases", Kind.LIST, "Other spellings and scripts, used by search and geocoding."),
        Column("note", Kind.TEXT, "Anything a reader should know about the place."),
    ),
)

SOURCES = Table(
    "sources",
    (
        Column("source_id", Kind.ID, "Short name by which claims refer to the document.", required=True),
        Column("title", Kind.TEXT, "Its title, as published; blank where not known."),
        Column("publisher", Kind.TEXT, "Who issued it."),
        Column("kind", Kind.TEXT, "What sort of document: article, reprint, statement, video, post, ..."),
        Column("published", Kind.DATE, "When it was issued, as an imprecise date."),
        Column("url", Kind.LINK, "Where it can be read."),
        Column("archived_url", Kind.LINK, "Where a copy is kept."),
        Column("derived_from", Kind.LIST, "The documents that this one reprints or quotes.", refers_to="sources"),
        Column("language", Kind.TEXT, "Its language, as an ISO 639-1 code."),
        Column("note", Kind.TEXT, "Anything a reader should know about the document."),
    ),
)

CLAIMS = Table(
    "claims",
    (
        Column(
            "claim_id", Kind.ID, "Short name of the claim; it stands in links, so it should not change.", required=True
        ),
        Column("statement", Kind.TEXT, "What is asserted, in our own plain words.", required=True),
        Column("claimant", Kind.TEXT, "Who asserts it.", required=True),
        Column(
            "claimant_kind", Kind.TEXT, "What the claimant is: government, intelligence service, outlet, person, ..."
        ),
        Column("source_id", Kind.TEXT, "The document in which we read it.", required=True, refers_to="sources"),
        Column("locations", Kind.LIST, "Where it is said to be so.", refers_to="locations"),
        Column("origins", Kind.LIST, "For a movement: from where.", refers_to="locations"),
        Column("destinations", Kind.LIST, "For a movement: to where.", refers_to="locations"),
        Column(
            "event_date", Kind.DATE, "When it is said to have happened, as an imprecise date; blank where not stated."
        ),
        Column("event_date_basis", Kind.TEXT, "Whether the source states that date or we inferred it.", choices=BASES),
        Column("reported_date", Kind.DATE, "When it was said, as an imprecise date."),
        Column(
            "reported_date_basis", Kind.TEXT, "Whether the source states that date or we inferred it.", choices=BASES
        ),
        Column("modality", Kind.TEXT, "In what way it is asserted.", required=True, choices=MODALITIES),
        Column("hedge", Kind.TEXT, "The source's own hedging words."),
        Column("quantity_min", Kind.NUMBER, "The reported number, or the lower end of its range."),
        Column("quantity_max", Kind.NUMBER, "The upper end of the range; the same as the lower for a single number."),
        Column("quantity_approximate", Kind.FLAG, "'yes' where the source calls the number approximate."),
        Column("quantity_unit", Kind.TEXT, "What is counted: troops, soldiers, ships, ..."),
        Column(
            "quantity_of", Kind.TEXT, "What exactly the number counts; numbers of different things are never added."
        ),
        Column("mode", Kind.TEXT, "By what means they moved, where stated: ship, rail, ..."),
        Column(
            "excerpt", Kind.TEXT, f"The source's own words, exact to the character, {MAX_EXCERPT_WORDS} words at most."
        ),
        Column("responds_to", Kind.LIST, "The claims that this one is about.", refers_to="claims"),
        Column("stance", Kind.TEXT, "What it says of them.", choices=STANCES),
        Column("note", Kind.TEXT, "How it was read, and what was inferred."),
    ),
)

QUOTATIONS = Table(
    "quotations",
    (
        Column("claim_id", Kind.ID, "The claim whose excerpt was found.", required=True, refers_to="claims"),
        Column("source_id", Kind.TEXT, "The document in whose text it was found.", required=True, refers_to="sources"),
        Column("excerpt", Kind.TEXT, "The words that were found, as the claim had them.", required=True),
        Column("checked_on", Kind.DATE, "The day of the check.", required=True),
        Column("text_sha256", Kind.TEXT, "SHA-256 of the file with the text, in hexadecimal.", required=True),
    ),
)

TABLES = (LOCATIONS, SOURCES, CLAIMS)

# Not one of TABLES: a story needs none, its rows have no ids, and they outlive the rows that they speak of.
CHANGES = Table(
    "changes",
    (
        Column("changed_on", Kind.DATE, "The day on which it was changed: 2024-10-08.", required=True),
        Column(
            "table",
            Kind.TEXT,
            "The table of the row.",
            required=True,
            choices=tuple(table.name for table in (CLAIMS, SOURCES, LOCATIONS)),
        ),
        Column("id", Kind.TEXT, "The row's id, which needn't be there any more.", required=True),
        Column("change", Kind.TEXT, "What became of the row.", required=True, choices=CHANGE_WORDS),
        Column("column", Kind.TEXT, "For a changed row: the column whose cell was changed."),
        Column("from", Kind.TEXT, "The cell as it was, or in short the row that was withdrawn; blank for none."),
        Column("to", Kind.TEXT, "The cell as it is now, or in short the row that was added; blank for none."),
        Column("reason", Kind.TEXT, "Why, in the editor's own words."),
    ),
    file_name="CHANGES.csv",  # as such files are called everywhere
)
OPTIONAL_TABLES = (QUOTATIONS, CHANGES)
