"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

ZIP, TEXT, JSON = "ZIP", "text", "JSON"
TABLE_AS = "Save it as CSV UTF-8 or as an Excel workbook (.xlsx)."

# By the first bytes: what it is, and what to do instead.
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.xls, .doc), or a workbook with a password", TABLE_AS),
    (b"%PDF", "a PDF", "Copy its table into a spreadsheet, and save that as CSV UTF-8."),
    (b"\x89PNG", "a PNG picture", "Bring the table that it shows, as CSV UTF-8."),
    (b"\xff\xd8\xff", "a JPEG picture", "Bring the table that it shows, as CSV UTF-8."),
    (b"GIF8", "a GIF picture", "Bring the table that it shows, as CSV UTF-8."),
    (b"\x1f\x8b", "packed with gzip", "Unpack it, or pack it as a ZIP."),
    (b"BZh", "packed with bzip2", "Unpack it, or pack it as a ZIP."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it, or pack it as a ZIP."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it, or pack it as a ZIP."),
    (b"Rar!", "a RAR archive", "Unpack it, or pack it as a ZIP."),
    (b"SQLite format 3", "a database", TABLE_AS),
    (b"PAR1", "a Parquet file", TABLE_AS),
    (b"{\\rtf", "a text document (RTF)", TABLE_AS),
)
_MARKUP = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"<kml", "a KML file"),
)
_IN_ARCHIVES = (
    ("word/", "a Word document", "Copy its table into a spreadsheet, and save that as CSV UTF-8."),
    ("ppt/", "a presentation", "Copy its table into a spreadsheet, and save that as CSV UTF-8."),
    ("xl/workbook.bin", "a binary workbook (.xlsb)", TABLE_AS),
    ("content.xml", "an OpenDocument file (.ods, .odt)", TABLE_AS),
    ("doc.kml", "a KMZ file", TABLE_AS),
)
WORKBOOK_PART = "xl/workbook.xml"
MACROS = "vbaproject.bin"


def kind_of(content: bytes) -> str:
    """Return ``ZIP``, ``JSON`` or ``TEXT``: what a file that isn't refused may be."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    return JSON if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else TEXT


def foreign(content: bytes) -> tuple[str, str] | None:
    """Return what a file is that can't be opened, and what to do; None for others."""
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return "an empty file", "Bring one that holds a table."
    for begin, what, fix in _OTHERS:
        if content.startswith(begin):
            return what, fix
    start = content[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next(((what, TABLE_AS) for begin, what in _MARKUP if start.startswith(begin)), None)


def foreign_archive(members: Collection[str]) -> tuple[str, str] | None:
    """Return what a ZIP is, by its members' names, that is no story and no workbook; None for others."""
    if any(name.lower().endswith(MACROS) for name in members):
        return "a workbook with macros (.xlsm)", "Save it as an Excel workbook without macros (.xlsx)."
    for begin, what, fix in _IN_ARCHIVES:
        if any(name.startswith(begin) for name in members) and WORKBOOK_PART not in members:
            return what, fix
    return None
