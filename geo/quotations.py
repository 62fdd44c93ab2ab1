"""Whether the source's words in each claim stand in the source's text, and what of the text stands in no claim."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sentencex  # type: ignore[import-untyped]

from geo.near_misses import cuts_word, difference, nearest_passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

FOUND, NEAR_MISS, NOT_FOUND, NOT_CHECKED = VERDICTS = ("found", "near miss", "not found", "not checked")
_MIN_WORDS, _MIN_LETTERS = 4, 20  # letters, for scripts that part no words


@dataclass(frozen=True, slots=True)
class Quotation:
    """A claim's excerpt, looked up.

    Attributes
    ----------
    row
        Of the claim, as a spreadsheet counts.
    verdict
        One of ``VERDICTS``; ``not checked`` where the text of its source is not at hand.
    starts, lines
        Where it stands in the text, or where the passage does that is most like it: number of the character, counted
        from 0, and of the line, counted from 1.
    passage, difference, characters
        For a near miss: the text's own words, and how the excerpt differs, as ``near_misses.Difference`` tells it.
    """

    claim_id: str
    row: int
    source_id: str
    excerpt: str
    verdict: str
    starts: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    passage: str = ""
    difference: str = ""
    characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence of a source, or a part of one, that stands in no excerpt.

    Attributes
    ----------
    line
        Where it begins; the first line is 1.
    is_whole
        Whether no excerpt has any of the sentence's words.
    """

    source_id: str
    line: int
    words: str
    is_whole: bool


def check_quotations(claims: pd.DataFrame, texts: Mapping[str, str]) -> tuple[Quotation, ...]:
    """Look every excerpt up, character for character; claims without one are passed over.

    It is found where it stands without a word or a number cut at its ends: "500 troops" is no quotation of "1,500
    troops".

    Parameters
    ----------
    claims
        Checked claims; the index is the row's number.
    texts
        The text of each source that is at hand, by its id, with LF for every line break.
    """
    quoting = claims[claims["excerpt"] != ""]
    columns = (quoting["claim_id"], quoting.index, quoting["source_id"], quoting["excerpt"])
    return tuple(
        _look_up(claim_id, int(row), source_id, excerpt, texts.get(source_id))
        for claim_id, row, source_id, excerpt in zip(*columns, strict=True)
    )


def sentence_gaps(
    quotations: Sequence[Quotation], texts: Mapping[str, str], languages: Mapping[str, str]
) -> tuple[tuple[Gap, ...], Mapping[str, int]]:
    """Return the sentences that no excerpt covers, and how many sentences each text has.

    An excerpt that was found covers its words wherever they stand in the text, so a sentence is covered if an excerpt
    lies at least partly in it. What is left of such a sentence counts where it is more than a few words.

    Parameters
    ----------
    quotations
        As ``check_quotations`` found them in the same texts.
    languages
        ISO 639-1 code of each text, by which abbreviations are told from ends of sentences; English where blank.
    """
    spans = defaultdict[str, list[tuple[int, int]]](list)
    for quotation in quotations:
        if quotation.verdict == FOUND:
            spans[quotation.source_id] += [(start, start + len(quotation.excerpt)) for start in quotation.starts]
    gaps, numbers = list[Gap](), dict[str, int]()
    for source_id, text in texts.items():
        sentences = list(_sentences(text, languages[source_id]))
        numbers[source_id] = len(sentences)
        gaps += _gaps(source_id, text, sentences, spans[source_id])
    return tuple(gaps), numbers


def _look_up(claim_id: str, row: int, source_id: str, excerpt: str, text: str | None) -> Quotation:
    if text is None:
        return Quotation(claim_id, row, source_id, excerpt, NOT_CHECKED)
    starts = tuple(start for start in _places(excerpt, text) if not _is_cut(excerpt, text, start))
    if starts:
        return Quotation(claim_id, row, source_id, excerpt, FOUND, starts, _lines(text, starts))
    near = nearest_passage(excerpt, text)
    if near is None:
        return Quotation(claim_id, row, source_id, excerpt, NOT_FOUND)
    passage = text[slice(*near)]
    shown = difference(excerpt, passage)
    where = (near[0],), _lines(text, near[:1])
    return Quotation(claim_id, row, source_id, excerpt, NEAR_MISS, *where, passage, shown.words, shown.characters)


def _places(excerpt: str, text: str) -> Iterator[int]:
    start = text.find(excerpt)
    while start >= 0:
        yield start
        start = text.find(excerpt, start + 1)


def _is_cut(excerpt: str, text: str, start: int) -> bool:
    return cuts_word(text, start) or cuts_word(text, start + len(excerpt))


def _lines(text: str, starts: Sequence[int]) -> tuple[int, ...]:
    return tuple(text.count("\n", 0, start) + 1 for start in starts)


def _sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, without the white space around it; what has no letter is none."""
    for found in sentencex.get_sentence_boundaries(language, text):
        start, end = found["start_index"], found["end_index"]
        words = text[start:end]
        if any(map(str.isalnum, words)):
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _gaps(
    source_id: str, text: str, sentences: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> Iterator[Gap]:
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    line, counted = 1, 0
    for start, end in sentences:
        is_whole = 1 not in covered[start:end]
        for rest in re.finditer(rb"\0+", covered[start:end]):
            first = start + rest.start()
            words = text[first : start + rest.end()]
            first += len(words) - len(words.lstrip())
            if is_whole or _is_more_than_a_few_words(words):
                line, counted = line + text.count("\n", counted, first), first
                yield Gap(source_id, line, words.strip(), is_whole)


def _is_more_than_a_few_words(text: str) -> bool:
    return len(re.findall(r"\w+", text)) >= _MIN_WORDS or sum(map(str.isalnum, text)) >= _MIN_LETTERS
