"""The text of a source, from a file outside the story's folder: it belongs to its owners and is not kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import Problem
from geo.near_misses import visible
from geo.tables.files import decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_FIX = "Give a file of plain text in UTF-8."


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source's text, with LF for every line break.

    Attributes
    ----------
    sha256
        Of the file's bytes, in hexadecimal, as ``sha256sum`` prints it.
    """

    text: str
    sha256: str


def read_source_text(path: Path) -> SourceText | Problem:
    """Return the text of a UTF-8 file, or why it cannot be had."""
    content = read_bytes(path)
    if isinstance(content, Problem):
        return replace(content, file=visible(str(path)), fix=_FIX)
    text = decode(path.name, content)
    if isinstance(text, Problem):
        return replace(text, file=visible(str(path)), fix=_FIX)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Problem(visible(str(path)), None, None, None, f"the file holds a NUL character, in line {line:,}", _FIX)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(text, hashlib.sha256(content).hexdigest())
