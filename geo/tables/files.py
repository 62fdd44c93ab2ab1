"""From files to text: what is there, whether it can be read, and in which encoding it is."""

from __future__ import annotations

import codecs
import os
import secrets
import shutil
import stat
from typing import TYPE_CHECKING

from geo.encodings import ENCODING_NAMES, is_wide_or_binary, likely_encodings, marked_encoding, wrong_byte
from geo.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_MB = 200
SAVE_AS = "Save it as 'CSV UTF-8', separated by commas"


def read_bytes(path: Path, max_mb: int = MAX_FILE_MB) -> bytes | Problem:
    """Return the file's bytes, or why they cannot be had."""

    def problem(reason: str, fix: str) -> Problem:
        return Problem(path.name, None, None, None, reason, fix)

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return problem("it is a folder, not a file", "Put a file of that name in its place.")
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
            return problem("it is not a regular file", "Put a file of that name in its place.")
        if status.st_size > max_mb * 1_000_000:
            return problem(f"the file has {status.st_size / 1e6:,.0f} MB, more than {max_mb} MB", "Divide the story.")
        return path.read_bytes()
    except FileNotFoundError:
        return problem("the file is missing", "Add it; the format is described in docs/data.md.")
    except OSError as error:
        return problem(f"the file cannot be read ({error.strerror})", "Make it readable for this program.")


def decode(file: str, content: bytes) -> str | Problem:
    """Return the text of a UTF-8 file, or a problem that names the encoding it seems to be in."""
    marked = marked_encoding(content)
    mark = len(codecs.BOM_UTF8) if marked == "utf_8" else 0
    if not content[mark:].strip():
        return Problem(file, None, None, None, "the file is empty", "Give it a header row with the columns' names.")
    name = ENCODING_NAMES[marked] if marked and not mark else ""
    if not marked and is_wide_or_binary(content):
        name = "UTF-16 without a byte order mark, or no text at all"
    if name:
        return Problem(file, None, None, None, f"the file is not UTF-8 but {name}", f"{SAVE_AS}.")
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = mark + error.start
        reason = f"the file is not UTF-8: {wrong_byte(content, wrong)}"
        likely = [ENCODING_NAMES[encoding] for encoding in likely_encodings(content, wrong)]
        if likely:
            reason += f"; it looks like {' or '.join(likely)}"
        return Problem(file, None, None, None, reason, f"{SAVE_AS}.")


def replace_file(path: Path, content: bytes) -> None:
    """Put the content in the file's place at once, with the old file's permissions: nobody meets half a file.

    Raises
    ------
    OSError
        When the file cannot be written; what was there stays as it was.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
