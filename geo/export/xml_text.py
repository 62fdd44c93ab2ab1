"""Text for XML: what XML 1.0 can't hold is shown by its code, as messages and terminals show it."""

from __future__ import annotations

import re

# Extensible Markup Language 1.0, fifth edition, section 2.2: all others are characters.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""Return a text in which a character such as NUL stands as ``\x00``."""
    return _NOT_IN_XML.sub(lambda found: ascii(found[0])[1:-1], text)
