"""From the bytes of a delimited text to a grid: its encoding, its delimiter, its records."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from geo.encodings import ENCODING_NAMES, is_wide_or_binary, likely_encodings, marked_encoding, wrong_byte
from geo.errors import Problem
from geo.formulas import unescape_formulas
from geo.intake.grid import Grid, collect, refusal
from geo.intake.limits import MAX_BAD_ROWS, MAX_FIELD, MAX_ROW_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
SAVE_AS = "Save it as 'CSV UTF-8'."

_SAMPLE_ROWS = 100
_SAMPLE_LENGTH = 200_000  # characters
_STATED = re.compile(r"sep=([,;\t|])\n", re.IGNORECASE)  # Excel's own first line
_UNPAIRED = "a quotation mark in the row has no partner or stands in the wrong place"
_TOO_LONG = f"the row has more than {MAX_ROW_LENGTH:,} characters, or a quotation mark without a partner"
_PAIR_THEM = 'Put a cell that holds quotation marks between two of them, and double those inside: "a ""b"" c".'
_HALF_CHARACTER = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def read_delimited(file: str, content: bytes) -> Grid:
    """Return the cells of a CSV file or its like.

    Raises
    ------
    DatasetError
        When it is no text, or more than the limits allow.
    """
    text, encoding, notes = decode(file, content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated = _STATED.match(text)
    delimiter = stated[1] if stated else _likely_delimiter(text)
    numbered = enumerate(_records(file, text, delimiter), 1)
    if stated:
        next(numbered)  # it keeps its number: a text editor counts it too
    rows, broken = collect(file, numbered)
    return Grid(file, rows, broken, encoding=encoding, delimiter=DELIMITERS[delimiter], notes=notes)


def decode(file: str, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return a text, its encoding in words, and what else is to be said of it.

    Raises
    ------
    DatasetError
        When it is in none of the encodings that are known here.
    """
    marked = marked_encoding(content)
    if not marked and is_wide_or_binary(content):
        raise refusal(file, "the file is UTF-16 without a byte order mark, or no text at all", SAVE_AS)
    try:
        text = content.decode("utf-8-sig" if marked in ("", "utf_8") else marked)
    except UnicodeDecodeError as error:
        if marked:
            reason = f"the file begins as {ENCODING_NAMES[marked]}, and byte {error.start + 1:,} is none of it"
            raise refusal(file, reason, SAVE_AS) from error
        return _decode_unmarked(file, content, error.start)
    name = ENCODING_NAMES[marked or "utf_8"]
    return text, name, () if name == "UTF-8" else (f"The text is in {name}.",)


def _decode_unmarked(file: str, content: bytes, wrong: int) -> tuple[str, str, tuple[str, ...]]:
    """Return a text that is not UTF-8, in the encoding that it most likely is in."""
    mended = content.decode("utf-8", "replace")
    lost = mended.count("\ufffd")
    sound = sum(len(found) for found in re.findall("[^\0-\x7f\ufffd]+", mended))
    likely = [] if sound > lost or _HALF_CHARACTER.search(content) else likely_encodings(content, wrong)
    for encoding in likely:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        others = [ENCODING_NAMES[other] for other in likely if other != encoding]
        doubt = f", or in {others[0]}: look at the letters" if others else ""
        return text, ENCODING_NAMES[encoding], (f"The text seems to be in {ENCODING_NAMES[encoding]}{doubt}.",)
    raise refusal(file, f"the file is not UTF-8: {wrong_byte(content, wrong)}", f"Correct that character. {SAVE_AS}")


def _likely_delimiter(text: str) -> str:
    """Return the delimiter under which most of the first rows have the same number of cells."""

    def likeness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(text[:_SAMPLE_LENGTH].split("\n")[:_SAMPLE_ROWS], delimiter=delimiter)
        try:
            widths = Counter(len(record) for record in reader if len(record) > 1)
        except csv.Error:
            return 0, 0
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width

    return max(DELIMITERS, key=likeness)  # of equals the first


class _Lines:
    """The lines of a text, with a limit to what is read for one record."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = self.start = 0  # of the next line; of the record that is being read

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.text):
            raise StopIteration
        begin, self.position = self.position, (self.text.find("\n", self.position) + 1) or len(self.text)
        if self.position - self.start > MAX_ROW_LENGTH:
            raise csv.Error(_TOO_LONG)
        return self.text[begin : self.position]

    def skip(self) -> None:
        """Go on below the first line of a bad record: an open quotation mark shall not swallow the rest."""
        self.position = self.start = (self.text.find("\n", self.start) + 1) or len(self.text)


def _records(file: str, text: str, delimiter: str) -> Iterator[list[str] | Problem]:
    csv.field_size_limit(MAX_FIELD)
    lines = _Lines(text)
    row = bad = 0
    while lines.position < len(text):
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                row += 1
                yield list(map(unescape_formulas, record)) if any("'" in cell for cell in record) else record
                lines.start = lines.position
        except csv.Error as error:
            row, bad = row + 1, bad + 1
            if bad > MAX_BAD_ROWS:
                reason = f"more than {MAX_BAD_ROWS} rows have quotation marks that don't pair"
                raise refusal(file, reason, _PAIR_THEM) from error
            reason = _TOO_LONG if error.args == (_TOO_LONG,) else _UNPAIRED
            yield Problem(file, row, None, None, reason, _PAIR_THEM)
            lines.skip()
