"""From files to text: what is there, whether it can be read, and in which encoding it is."""

from __future__ import annotations

import codecs
import stat
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from geo.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_MB = 200
SAVE_AS = "Save it as 'CSV UTF-8', separated by commas"

_BOMS = {
    codecs.BOM_UTF32_LE: "UTF-32",  # before UTF-16, whose mark is the beginning of this one
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_ENCODINGS = {
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252 (Latin-1)",
    "koi8_r": "KOI8-R",
    "cp949": "CP949 (Korean)",
    "gb18030": "GB 18030 (Chinese)",
    "shift_jis": "Shift JIS (Japanese)",
}
_SAMPLE = 20_000  # bytes about the first wrong one that the guess looks at


def read_bytes(path: Path) -> bytes | Problem:
    """Return the file's bytes, or why they cannot be had."""

    def problem(reason: str, fix: str) -> Problem:
        return Problem(path.name, None, None, None, reason, fix)

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return problem("it is a folder, not a file", "Put a file of that name in its place.")
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
            return problem("it is not a regular file", "Put a file of that name in its place.")
        if status.st_size > MAX_FILE_MB * 1_000_000:
            return problem(
                f"the file has {status.st_size / 1e6:,.0f} MB, more than {MAX_FILE_MB} MB", "Divide the story."
            )
        return path.read_bytes()
    except FileNotFoundError:
        return problem("the file is missing", "Add it; the format is described in docs/data.md.")
    except OSError as error:
        return problem(f"the file cannot be read ({error.strerror})", "Make it readable for this program.")


def decode(file: str, content: bytes) -> str | Problem:
    """Return the text of a UTF-8 file, or a problem that names the encoding it seems to be in."""
    mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    if not content[mark:].strip():
        return Problem(file, None, None, None, "the file is empty", "Give it a header row with the columns' names.")
    name = next((name for bom, name in _BOMS.items() if content.startswith(bom)), None)
    if name is None and content.count(0) * 4 > len(content):
        name = "UTF-16 without a byte order mark, or no text at all"
    if name is not None:
        return Problem(file, None, None, None, f"the file is not UTF-8 but {name}", f"{SAVE_AS}.")
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = mark + error.start
        line = content.count(b"\n", 0, wrong) + 1
        reason = f"the file is not UTF-8: byte {wrong + 1:,}, in line {line:,}, is 0x{content[wrong]:02X}"
        likely = _likely_encodings(content[max(0, wrong - _SAMPLE) : wrong + _SAMPLE])
        if likely:
            reason += f"; it looks like {' or '.join(likely)}"
        return Problem(file, None, None, None, reason, f"{SAVE_AS}.")


def _likely_encodings(sample: bytes) -> list[str]:
    """Return the names of at most two encodings that fit, the likelier first."""
    matches = from_bytes(sample, cp_isolation=list(_ENCODINGS))
    return [_ENCODINGS[match.encoding] for match in matches if match.encoding in _ENCODINGS][:2]
