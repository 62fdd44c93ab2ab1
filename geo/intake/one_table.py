"""From somebody's single table to a story: each row a claim, its places and documents kept once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.cells import read_texts
from geo.errors import Problem
from geo.intake.day_forms import is_day_number, read_day
from geo.intake.figures import COMMA, decimal_marks
from geo.intake.headings import find_headings
from geo.intake.limits import MAX_ID_LENGTH
from geo.intake.model import BY_CONTENT, DATE_ORDERS, Answers, Intake, Question, TableGuess
from geo.intake.recognition import DATE_FIELDS, columns_of, orders_of, recognise
from geo.intake.registers import Document, Documents, Places
from geo.intake.rows import ASSUMED, NO_CLAIMANT, NO_MODALITY, NO_SOURCE, NOT_STATED, Layout, RowReader
from geo.intake.synonyms import own_part, worded
from geo.intake.tables_out import csv_bytes
from geo.schema import CLAIMS, LOCATIONS, SEPARATOR, SOURCES
from geo.selection import fold
from geo.story_files import StoryFiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.intake.grid import Grid
    from geo.intake.headings import Headings
    from geo.intake.rows import Claim

_TOTALS = {
    fold(word)
    for word in [
        "total",
        "totals",
        "sum",
        "summe",
        "gesamt",
        "итого",
        "всего",
        "разом",
        "усього",
        "всього",
        "합계",
        "suma",
        "somme",
    ]
}
_NUMBER = re.compile(r"[\d.,\s]+")
_NO_STATEMENT = "Which column holds the claim: what is said to be so?"
_ORDER = "Some dates can be read in two ways, and nothing in the table says which. What comes first?"
_ASSUMED = {
    NO_CLAIMANT: f"no claimant is named: it reads '{NOT_STATED}'",
    NO_MODALITY: f"nothing says in what way it is asserted: it is taken as '{ASSUMED}'",
    NO_SOURCE: "no source is named: the table itself is it",
}
_SAYS_NOT_WHAT = ("quantity", "number", "count", "how many", "amount", "strength", "best", "best estimate")  # it counts


def open_table(grid: Grid, answers: Answers) -> Intake:
    """Return the story that a table tells, or what must be answered first.

    Raises
    ------
    DatasetError
        When it holds no headings, or no row below them.
    """
    table = _Table(grid, answers)
    questions = tuple(table.questions())
    if questions:
        return Intake(None, table.guess(), questions, tuple(table.notes()))
    files, notes = table.story()
    return Intake(files, table.guess(), (), (*table.notes(), *notes))


class _Table:
    """A table with all that was found out about it."""

    def __init__(self, grid: Grid, answers: Answers) -> None:
        self._grid, self._answers = grid, answers
        self._headings: Headings = find_headings(grid, answers.header_row)
        self._rows = {row: texts for row, texts in grid.rows.items() if row > self._headings.row}
        self._skipped = self._no_data()
        names = self._headings.names
        data = [texts for row, texts in self._rows.items() if row not in self._skipped]
        self._columns = recognise(columns_of(names, data), answers.fields)
        self._positions = {guess.field: i for i, guess in enumerate(self._columns) if guess.field}
        self._data = {row: texts for row, texts in self._rows.items() if row not in self._skipped}
        self._orders, self._open_dates = orders_of(
            {name: self._cells(name) for name in DATE_FIELDS if name in self._positions}, answers.date_order
        )

    def guess(self) -> TableGuess:
        """Return what the table was taken for."""
        grid = self._grid
        order = next(filter(None, self._orders.values()), "")
        return TableGuess(
            grid.file,
            grid.sheet,
            grid.sheets,
            self._headings.row,
            grid.encoding,
            grid.delimiter,
            self._columns,
            len(self._data),
            order,
        )

    def questions(self) -> Iterable[Question]:
        """Yield what must be answered before the table can be opened."""
        if "statement" not in self._positions:
            yield Question("statement", _NO_STATEMENT, (), self._headings.names)
        if self._open_dates:
            yield Question("date_order", _ORDER, DATE_ORDERS[:2], tuple(dict.fromkeys(self._open_dates))[:5])

    def notes(self) -> Iterable[str]:
        """Yield what was found out, in our own words."""
        yield from self._grid.notes
        if self._grid.delimiter not in ("", "commas"):
            yield f"{self._grid.delimiter.capitalize()} stand between the cells."
        if (others := len(self._grid.sheets) - 1) > 0:
            yield f"Of the workbook one sheet is read; {others} more {'are' if others > 1 else 'is'} not."
        if self._headings.in_two_rows:
            yield f"The headings are in two rows, {self._headings.row - 1} and {self._headings.row}."
        elif self._headings.row > 1:
            yield f"The headings are in row {self._headings.row}."
        if COMMA in self._marks():
            yield "Commas stand before decimals."
        for order in sorted(set(filter(None, self._orders.values()))):
            yield f"Dates such as 03/04/2024 are read with the {order}."
        if any(is_day_number(cell) for name in self._orders for cell in self._cells(name)):
            yield "Some dates are numbers of days, as Excel counts them."
        for what, rows in Counter(self._skipped.values()).items():
            yield f"{rows} row{'s' if rows > 1 else ''} {'hold' if rows > 1 else 'holds'} {what} and no claim."

    def story(self) -> tuple[StoryFiles, list[str]]:
        """Return the story, and what was assumed on the way."""
        grid = self._grid
        reader = RowReader(self._layout())
        ids = self._ids()
        claims = {row: claim for row, texts in self._data.items() if (claim := reader.read(row, texts)) is not None}
        known = {ids[row] for row in claims}
        for row in [row for row, claim in claims.items() if _refers_nowhere(claim, known)]:
            value, heading = claims[row].cells["responds_to"], self._columns[self._positions["responds_to"]].heading
            reason, fix = "names a claim that is not in the table, or is left out", "Write the id of one that is."
            reader.problems.append(Problem(grid.file, row, heading, value, reason, fix))
            del claims[row]
        problems = sorted([*grid.broken.values(), *reader.problems], key=lambda problem: problem.row or 0)
        contents = self._contents(claims, ids)
        left_out = len(self._data) + len(grid.broken) - len(claims)
        files = StoryFiles(
            PurePath(grid.file).stem, contents, tuple(problems), {grid.file: left_out} if left_out else {}
        )
        return files, [*self._assumptions(claims.values())]

    def _contents(self, claims: Mapping[int, Claim], ids: Mapping[int, str]) -> dict[str, bytes]:
        places, documents = Places(), Documents()
        own = self._own_columns()
        sheet = f", sheet {self._grid.sheet}" if self._grid.sheet else ""
        name = " ".join(self._grid.file.replace("\0", " ").split())
        itself = Document(name, note="The table that the story was made from; its rows name no other source.")
        rows = []
        for row, claim in claims.items():
            texts = self._data[row]
            taken_from = f"{name}{sheet}, row {row}"
            rows.append(
                {
                    **claim.cells,
                    "claim_id": ids[row],
                    "source_id": documents.id_of(claim.document or itself),
                    "locations": SEPARATOR.join(places.id_of(place, taken_from) for place in claim.places),
                    "origins": SEPARATOR.join(places.id_of(place, taken_from) for place in claim.origins),
                    "destinations": SEPARATOR.join(places.id_of(place, taken_from) for place in claim.destinations),
                    "note": self._note(texts, claim.assumed),
                    **{title: texts[i] if i < len(texts) else "" for title, i in own.items()},
                }
            )
        return {
            LOCATIONS.file: csv_bytes(LOCATIONS.names, places.rows),
            SOURCES.file: csv_bytes(SOURCES.names, documents.rows),
            CLAIMS.file: csv_bytes([*CLAIMS.names, *own], rows),
        }

    def _note(self, texts: Sequence[str], assumed: Sequence[str]) -> str:
        position = self._positions.get("note", len(texts))
        own = texts[position] if position < len(texts) else ""
        ours = f"On import: {'; '.join(assumed)}." if assumed else ""
        return "\n".join(filter(None, (own, ours)))

    def _own_columns(self) -> dict[str, int]:
        """Return the columns that are kept as they are, by the name that they get: also dates with a time of day."""
        own: dict[str, int] = {}
        for position, guess in enumerate(self._columns):
            if guess.field in DATE_FIELDS and not self._has_times(guess.field):
                continue
            if guess.field in DATE_FIELDS or not guess.field or (guess.field == "claim_id" and not self._has_ids()):
                name = guess.heading
                while name in CLAIMS.names or name in own:
                    name += " (in the file)"
                own[name] = position
        return own

    def _cells(self, name: str) -> list[str]:
        position = self._positions[name]
        return [texts[position] for texts in self._data.values() if position < len(texts) and texts[position]]

    def _marks(self) -> set[str]:
        names = ("latitude", "longitude", "quantity", "quantity_min", "quantity_max", "uncertainty_km")
        return decimal_marks(cell for name in names if name in self._positions for cell in self._cells(name))

    def _layout(self) -> Layout:
        headings = {guess.field: guess.heading for guess in self._columns if guess.field}
        counted = own_part(headings.get("quantity", ""))
        if worded(counted) in _SAYS_NOT_WHAT or "quantity_of" in headings:
            counted = ""
        return Layout(
            self._grid.file,
            self._positions,
            headings,
            self._orders,
            frozenset(self._marks()),
            self._grid.days_before,
            counted,
        )

    def _has_ids(self) -> bool:
        """Return whether the ids of the table can be the claims': each of its own, and one that links can hold."""
        if "claim_id" not in self._positions:
            return False
        cells = self._cells("claim_id")
        is_sound = not read_texts(CLAIMS.columns[0], cells)[1]
        return is_sound and len(set(cells)) == len(self._data) and max(map(len, cells)) <= MAX_ID_LENGTH

    def _ids(self) -> dict[int, str]:
        if self._has_ids():
            return {row: texts[self._positions["claim_id"]] for row, texts in self._data.items()}
        return {row: f"row-{row}" for row in self._data}

    def _has_times(self, name: str) -> bool:
        """Return whether any date of a column comes with a time of day, which an imprecise date can't hold."""

        def has_time(cell: str) -> bool:
            try:
                return bool(read_day(cell, self._orders.get(name, "")).time)
            except ValueError:
                return False

        return any(map(has_time, dict.fromkeys(self._cells(name))))

    def _no_data(self) -> dict[int, str]:
        """Return the rows that are no data, each with what it is instead."""
        headings = tuple(self._grid.rows[self._headings.row])
        found = {}
        for row, texts in self._rows.items():
            filled = [text for text in texts if text]
            if tuple(texts) == headings:
                found[row] = "the headings again"
            elif fold(filled[0]).rstrip(":. ") in _TOTALS and all(map(_NUMBER.fullmatch, filled[1:])):
                found[row] = "totals"
        return found

    def _assumptions(self, claims: Iterable[Claim]) -> Iterable[str]:
        """Yield what the table doesn't say and a claim must, with the number of rows."""
        assumed = Counter(each for claim in claims for each in claim.assumed)
        for what, words in _ASSUMED.items():
            if rows := assumed[what]:
                yield f"In {rows} {'row' if rows == 1 else 'rows'} {words}, and the note there says so."
        if "claim_id" in self._positions and not self._has_ids():
            yield "Some ids are blank, repeated or too long: claims are called by their rows, the ids kept beside."
        if any(guess.why == BY_CONTENT for guess in self._columns):
            yield "Some columns were recognised by what stands in them: please look them over."


def _refers_nowhere(claim: Claim, known: set[str]) -> bool:
    targets = (part.strip() for part in claim.cells["responds_to"].split(SEPARATOR))
    return any(target and target not in known for target in targets)
