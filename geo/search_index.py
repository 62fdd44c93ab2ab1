"""What a search looks in, and the index by which it finds the claims that have a word.

A term holds no white space, so a text holds it if and only if one of the text's words does: a search looks through
every distinct word once, and then knows the claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.flat import flat
from geo.provenance import chains
from geo.selection import PLACE_COLUMNS, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    Positions: TypeAlias = npt.NDArray[np.int64]
    Arrays: TypeAlias = Mapping[str, npt.NDArray[Any]]

_COLUMNS = ("statement", "claimant", "excerpt", "hedge", "note", "quantity_of")
_AT_ONCE = 10_000  # texts that are folded as one
_ROW_BITS = 32


class SearchIndex:
    """Which claims have which words.

    Parameters
    ----------
    arrays
        As ``index_arrays`` gives them; they are not copied.
    claims
        How many there are.
    """

    def __init__(self, arrays: Arrays, claims: int) -> None:
        letters, starts = (pa.py_buffer(arrays[name]) for name in ("letters", "word_starts"))
        self._words = pa.LargeStringArray.from_buffers(len(arrays["word_starts"]) - 1, starts, letters)
        self._rows = pa.LargeListArray.from_arrays(pa.array(arrays["row_starts"]), pa.array(arrays["rows"]))
        self._claims = claims

    def matches(self, terms: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Return for each claim, by row position, whether its texts hold all terms, as ``selection.terms`` has them."""
        found = np.ones(self._claims, bool)
        for term in terms:
            has_term = np.zeros(self._claims, bool)
            has_term[self._rows.filter(pc.match_substring(self._words, term)).flatten().to_numpy()] = True
            found &= has_term
        return found


def index_arrays(claims: pd.DataFrame, sources: pd.DataFrame, locations: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """Return what a ``SearchIndex`` is made of.

    Returns
    -------
    arrays
        ``letters``, the distinct words in UTF-8 one after the other, with ``word_starts``; ``rows``, the row positions
        of the claims that have each of the words, ascending, with ``row_starts``. Both starts end with the last end.
    """
    words, words_of, rows = _words(claims, sources, locations)
    # a word and a claim in one integer: numbers are sorted many times as fast as pairs
    pairs = words_of.flatten().to_numpy().astype(np.int64) << _ROW_BITS
    pairs |= rows[pc.list_parent_indices(words_of).to_numpy()]
    pairs.sort()
    is_new = np.ones(len(pairs), bool)
    is_new[1:] = pairs[1:] != pairs[:-1]
    pairs = pairs[is_new]
    return {
        "letters": np.frombuffer("".join(words.to_pylist()).encode(), np.uint8),
        "word_starts": _starts(pc.binary_length(words).to_numpy()),
        "rows": (pairs & (2**_ROW_BITS - 1)).astype(np.int32),
        "row_starts": _starts(np.bincount(pairs >> _ROW_BITS, minlength=len(words))),
    }


def haystack(claims: pd.DataFrame, sources: pd.DataFrame, locations: pd.DataFrame) -> pd.Series[str]:
    """Return for each claim all that a search looks in as one text, folded by ``selection.fold``.

    It is for a program that searches for itself, as the script of a published story in parts does;
    ``haystackOf`` of ``assets/whole.js`` makes the same of a card.
    """
    rows, texts = _stated(claims, sources, locations)
    found: list[list[str]] = [[] for _ in claims.index]
    for row, text in zip(rows.tolist(), texts.tolist(), strict=True):
        found[row].append(text)
    # a term has no line breaks, so that none is found across two texts
    return pd.Series([fold("\n".join(each)) for each in found], index=claims.index, dtype="str")


def _words(
    claims: pd.DataFrame, sources: pd.DataFrame, locations: pd.DataFrame
) -> tuple[pa.LargeStringArray, pa.ListArray, Positions]:
    """Return all distinct words; by number those of each text that is stated, folded; and the text's claim."""
    rows, texts = _stated(claims, sources, locations)
    codes, distinct = pd.factorize(texts)
    split = pa.chunked_array(_split(distinct.tolist()), pa.list_(pa.large_string())).combine_chunks()
    tokens = split.flatten().dictionary_encode()  # one may be blank: it is in no query
    return tokens.dictionary, pa.ListArray.from_arrays(split.offsets, tokens.indices).take(pa.array(codes)), rows


def _stated(claims: pd.DataFrame, sources: pd.DataFrame, locations: pd.DataFrame) -> tuple[Positions, pd.Series[str]]:
    """Return row positions of claims, and with each one of the texts that are searched for the claim.

    These are its own, the publishers of its chain, and its places in all their spellings.
    """
    parts = []
    for name in _COLUMNS:
        rows = np.flatnonzero(claims[name] != "")
        parts.append((rows, claims[name].iloc[rows]))
    rows, steps = flat(chains(claims, sources))
    parts.append((rows, sources["publisher"].iloc[pd.Index(sources["source_id"]).get_indexer(steps)]))
    toponyms = zip(locations["name"], locations["aliases"], strict=True)
    spellings = pd.Series(["\n".join((name, *aliases)) for name, aliases in toponyms], dtype="str")
    for name in PLACE_COLUMNS:
        rows, places = flat(claims[name])
        parts.append((rows, spellings.iloc[pd.Index(locations["location_id"]).get_indexer(places)]))
    return np.concatenate([rows for rows, _ in parts]), pd.concat([texts for _, texts in parts], ignore_index=True)


def _split(texts: Sequence[str]) -> Iterator[pa.ListArray]:
    """Yield the folded words of texts: at the white space of ``str.split``, which is Arrow's too.

    Many are folded as one, in lines, which is several times as fast. A line break is white space as any.
    """
    for start in range(0, len(texts), _AT_ONCE):
        lines = "\n".join(text.replace("\n", " ") for text in texts[start : start + _AT_ONCE])
        yield pc.utf8_split_whitespace(pa.array(fold(lines).split("\n"), pa.large_string()))


def _starts(lengths: npt.NDArray[Any]) -> Positions:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
