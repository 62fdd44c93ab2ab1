"""In which encoding a text seems to be; what follows from it, a refusal or a reading, is the caller's."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

ENCODING_NAMES = {
    "utf_8": "UTF-8",
    "utf_16": "UTF-16",
    "utf_32": "UTF-32",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252 (Latin-1)",
    "koi8_r": "KOI8-R",
    "cp949": "CP949 (Korean)",
    "gb18030": "GB 18030 (Chinese)",
    "shift_jis": "Shift JIS (Japanese)",
}
"""By Python's name for it; what is guessed is one of these and no other."""

_BOMS = {
    codecs.BOM_UTF8: "utf_8",
    codecs.BOM_UTF32_LE: "utf_32",  # before UTF-16, whose mark is the beginning of this one
    codecs.BOM_UTF32_BE: "utf_32",
    codecs.BOM_UTF16_LE: "utf_16",
    codecs.BOM_UTF16_BE: "utf_16",
}
_UNMARKED = tuple(name for name in ENCODING_NAMES if not name.startswith("utf"))
_HALFWIDTH = re.compile(
    "[\uff61-\uff9f]"
)  # what Cyrillic letters read as in Shift JIS, and little Japanese is written in
_OTHER_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_SAMPLE = 20_000  # bytes about the first wrong one that the guess looks at


def marked_encoding(content: bytes) -> str:
    """Return the encoding that a byte order mark names; blank without one."""
    return next((name for bom, name in _BOMS.items() if content.startswith(bom)), "")


def is_wide_or_binary(content: bytes) -> bool:
    """Return whether so many bytes are NUL that it is UTF-16, or no text at all."""
    return content.count(0) * 4 > len(content)


def likely_encodings(content: bytes, wrong: int) -> list[str]:
    """Return at most two encodings that fit, the likelier first.

    Parameters
    ----------
    wrong
        Position of the first byte that is no UTF-8.
    """
    sample = content[max(0, wrong - _SAMPLE) : wrong + _SAMPLE]
    matches = from_bytes(sample, cp_isolation=list(_UNMARKED))
    fitting = [match for match in matches if match.encoding in _UNMARKED]
    fitting.sort(key=lambda match: len(_HALFWIDTH.findall(str(match))) > len(_OTHER_JAPANESE.findall(str(match))))
    return [match.encoding for match in fitting][:2]


def wrong_byte(content: bytes, wrong: int) -> str:
    """Return in words which byte of a text is no UTF-8, and in which line."""
    line = content.count(b"\n", 0, wrong) + 1
    return f"byte {wrong + 1:,}, in line {line:,}, is 0x{content[wrong]:02X}"
