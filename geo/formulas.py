"""Cells of a CSV file that a spreadsheet could take for formulas: made harmless, and read back exactly.

A spreadsheet program calculates a cell that begins with one of ``= + - @``, also after blanks and quotation marks, and
a formula can fetch, send and start things. An apostrophe before it makes it text. A program that takes semicolons for
separators, or overlooks the quotation marks around a cell, has a cell of its own begin after each semicolon and line
break: those places are looked after as well.

References
----------
OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re

MARK = "'"

# Nothing can be calculated of a number, a point or a box: "-6.2", "-18.1 178.4", "-20 177 -15 -178".
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBERS = rf" *{_NUMBER}(?: +{_NUMBER})*"
_BEFORE = r"""(?:[^\S\r\n]|["'\u2018\u2019\u201c\u201d])*"""
_SIGNED = rf"{_BEFORE}[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the last four are their fullwidth forms
_UNSEEN = rf"{_BEFORE}[\t\r\n]"  # some programs drop these, and read what follows
_CELL = rf"(?!{_NUMBERS}(?:;{_NUMBERS})*\Z)(?:{_SIGNED}|{_UNSEEN})"
_INNER = rf"(?!{_NUMBERS}(?:\Z|[;\r\n])){_SIGNED}"  # what another program may take for a cell
_UNSAFE = re.compile(rf"\A(?={_CELL})|(?<=[;\r\n])(?={_INNER})")
_MARKED = re.compile(rf"\A{MARK}(?={_CELL})|(?<=[;\r\n]){MARK}(?={_INNER})")


def escape_formulas(text: str) -> str:
    """Return a cell that no spreadsheet calculates; plain numbers, such as -6.2 or -18.1 178.4, stay as they are."""
    return _UNSAFE.sub(MARK, text)


def unescape_formulas(text: str) -> str:
    """Return the cell that ``escape_formulas`` was given."""
    return _MARKED.sub("", text)
