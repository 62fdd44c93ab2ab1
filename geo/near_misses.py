"""Near misses: the passage of a text that is most like an excerpt, and the difference between the two, made visible."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Per cent. Excerpts of a news article, looked up in a licence of 35 kB, reached 58.
MIN_LIKENESS = 70
_FEW = 3  # characters: a change of no more is one that the eye may miss
_ONE_WORD = 60  # per cent of likeness from which a change is shown by its letters
_FAR = 60  # characters by which a passage may begin or end elsewhere than the first guess
_CASED_OR_DIGIT = ("Lu", "Ll", "Lt", "Nd")
_IN_NUMBERS = ".,"
# Kinds of one thing: in looking for a passage they count as the same, in telling the difference they don't.
_KINDS = {'"': "“”„‟«»″＂", "'": "‘’‚‛‹›′＇", "-": "‐‑‒–—―−", " ": "\n\t\u00a0\u2007\u2009\u202f\u3000"}
_FOLDED = str.maketrans({other: kind for kind, others in _KINDS.items() for other in others})
_CONTROLS = {"\n": "line break", "\t": "tab"}  # Unicode names no control character


@dataclass(frozen=True, slots=True)
class Difference:
    """What must change in an excerpt for it to be the text's own words.

    Attributes
    ----------
    words
        The excerpt, with ``[-what goes-]`` and ``{+what comes in its place+}``; invisible characters as ``<U+00A0>``.
    characters
        The characters of small changes by code point and name, since they may look alike or can't be seen at all.
    """

    words: str
    characters: tuple[str, ...]


def cuts_word(text: str, at: int) -> bool:
    """Return whether a cut before the character ``at`` would go through a word, a number or an accented letter.

    A word here is one of a script with capital letters, all of which part words by blanks: elsewhere the words can't
    be told by their letters.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after) or (_is_of_a_word(before) and _is_of_a_word(after)):
        return True
    if before in _IN_NUMBERS:
        return at > 1 and text[at - 2].isdecimal() and after.isdecimal()
    return after in _IN_NUMBERS and before.isdecimal() and text[at + 1 : at + 2].isdecimal()


def nearest_passage(excerpt: str, text: str) -> tuple[int, int] | None:
    """Return where the passage that is most like the excerpt begins and ends, in whole words; None where none is.

    Likeness is the share of characters that needn't be changed; kinds of quotation marks, dashes and blanks are alike.
    """
    excerpt, text = excerpt.translate(_FOLDED), text.translate(_FOLDED)
    guess = fuzz.partial_ratio_alignment(excerpt, text, score_cutoff=MIN_LIKENESS / 2)
    if guess is None or guess.dest_start == guess.dest_end:
        return None
    reach = min(8 + len(excerpt) // 2, _FAR)
    start, end = guess.dest_start, guess.dest_end
    starts = _whole_words(text, start - reach, start + reach) or [start]
    ends = _whole_words(text, end - reach, end + reach) or [end]
    for _ in range(2):  # one end after the other: all pairs of them would take minutes for an excerpt of a page
        end = max(ends, key=lambda at: fuzz.ratio(excerpt, text[start:at]))
        start = max(starts, key=lambda at: fuzz.ratio(excerpt, text[at:end]))
    return (start, end) if fuzz.ratio(excerpt, text[start:end]) >= MIN_LIKENESS else None


def difference(excerpt: str, passage: str) -> Difference:
    """Return how the excerpt differs from the passage."""
    words, characters = "", dict[str, None]()
    for goes, comes in _changes(excerpt, passage):
        if goes == comes:
            words += visible(goes)
            continue
        words += (f"[-{visible(goes)}-]" if goes else "") + (f"{{+{visible(comes)}+}}" if comes else "")
        if max(len(goes), len(comes)) <= _FEW and not all(map(_is_plain, goes + comes)):
            characters |= dict.fromkeys(map(_named, goes + comes))
    return Difference(words, tuple(characters))


def visible(text: str) -> str:
    """Return the text with every character that can't be seen, or that would steer a terminal, as ``<U+200B>``."""
    return "".join(c if c.isprintable() else f"<{_code_point(c)}>" for c in text)


def _is_of_a_word(character: str) -> bool:
    return unicodedata.category(character) in _CASED_OR_DIGIT or unicodedata.combining(character) > 0


def _whole_words(text: str, first: int, last: int) -> list[int]:
    return [at for at in range(max(first, 0), min(last, len(text)) + 1) if not cuts_word(text, at)]


def _words(text: str) -> list[str]:
    """Return the text in words, numbers and single characters of other kinds."""
    return [text[start:end] for start, end in pairwise(_whole_words(text, 0, len(text)))]


def _changes(excerpt: str, passage: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of both, in order; a piece that stays is the same in both."""
    for goes, comes in _pieces(_words(excerpt), _words(passage)):
        # A changed word reads best as a whole, but a letter, mark or blank may hide behind one that looks alike.
        may_hide = goes and comes and not all(map(_is_plain, goes + comes))
        if may_hide and fuzz.ratio(goes, comes) >= _ONE_WORD:
            yield from _pieces(goes, comes)
        else:
            yield goes, comes


def _pieces(excerpt: Sequence[str], passage: Sequence[str]) -> Iterator[tuple[str, str]]:
    for _, i, j, k, m in SequenceMatcher(None, excerpt, passage, autojunk=False).get_opcodes():
        yield "".join(excerpt[i:j]), "".join(passage[k:m])


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isprintable()


def _named(character: str) -> str:
    name = _CONTROLS.get(character) or unicodedata.name(character, "control character").lower()
    shown = f" {character}" if character.isprintable() and not character.isspace() else ""
    return f"{_code_point(character)}{shown} {name}"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
