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

_START = r"(?:\A|(?<=[;\r\n]))"  # of a cell, as some program may see it
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:\Z|(?=[;\r\n]))"
_BEFORE = r"""(?:[^\S\r\n]|["'\u2018\u2019\u201c\u201d])*"""
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # the last four are their fullwidth forms
_FORMULA = rf"(?!{_NUMBER}){_BEFORE}{_SIGN}"
_UNSEEN = rf"{_BEFORE}[\t\r\n]"  # at the very beginning some programs drop these, and read what follows
_UNSAFE = re.compile(rf"{_START}(?={_FORMULA})|\A(?={_UNSEEN})")
_MARKED = re.compile(rf"{_START}{MARK}(?={_FORMULA})|\A{MARK}(?={_UNSEEN})")


def escape_formulas(text: str) -> str:
    """Return a cell that no spreadsheet calculates; a plain number, such as -6.2, stays one."""
    return _UNSAFE.sub(MARK, text)


def unescape_formulas(text: str) -> str:
    """Return the cell that ``escape_formulas`` was given."""
    return _MARKED.sub("", text)
