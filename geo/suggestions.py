"""'Did you mean': the known name that is nearest to a mistyped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from geo.errors import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_LIKENESS = 70  # per cent; below it a suggestion misleads more often than it helps
MAX_SUGGESTIONS = 100  # each is a walk through all names: a table full of wrong ids shall not take minutes


class Suggestions:
    """Suggests names out of a fixed lot; after ``MAX_SUGGESTIONS`` questions it has no more to say."""

    def __init__(self, names: Iterable[str]) -> None:
        """Fold the names once; case and punctuation don't count."""
        self._folded = {name: utils.default_process(name) for name in names}
        self._left = MAX_SUGGESTIONS

    def sentence(self, value: str) -> str:
        """Return "Did you mean '...'? " with a blank at the end, or nothing where no name is near."""
        if self._left <= 0:
            return ""
        self._left -= 1
        nearest = process.extractOne(
            utils.default_process(value), self._folded, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS
        )
        return f"Did you mean {quote(nearest[2])}? " if nearest else ""
