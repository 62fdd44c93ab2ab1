"""What a file is called: from the story's title and the days chosen, in letters that every system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.selection import Selection

_LONGEST = 60  # characters of the title
_NAMELESS = "story"
# Windows takes none of these for a file's name, whatever follows the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)\d)\Z")


def file_name(title: str, selection: Selection, suffix: str) -> str:
    """Return a name for a file of what a selection lets through, such as ``the-convoy-from-2031-03-04.csv``.

    Parameters
    ----------
    suffix
        With its dot.
    """
    ends = (("from", selection.from_), ("to", selection.to), ("as-known-on", selection.known))
    days = "".join(f"-{word}-{day.isoformat()}" for word, day in ends if day)
    return f"{_slug(title)}{days}{suffix}"


def _slug(title: str) -> str:
    """Return the Latin letters and digits of a title, without accents; ``story`` where it has none."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", ascii_only))[:_LONGEST].strip("-")
    return _NAMELESS if not slug or _DEVICES.match(slug) else slug
