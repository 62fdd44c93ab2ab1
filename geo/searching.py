"""The search in a story that is open, by an index that is made with the first search, or was kept."""

from __future__ import annotations

import unicodedata
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from geo.search_index import SearchIndex, index_arrays
from geo.tables import LARGE, kept_arrays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt

    from geo.tables import Tables

_Made = TypeVar("_Made")


def matcher(tables: Tables, *, keep: bool) -> Callable[[Iterable[str]], npt.NDArray[np.bool_]]:
    """Return what says of each claim of a story whether its texts hold all of some terms: ``SearchIndex.matches``.

    Parameters
    ----------
    keep
        Whether the index of a large story may be kept, as ``tables.read_files`` has it.
    """
    index = made_once(partial(_index, tables, keep=keep))
    return lambda terms: index().matches(terms)


def made_once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return what gives the same as ``make``, which is called once, by whoever asks first; all others wait for it."""
    lock, made = Lock(), cache(make)

    def get() -> _Made:
        with lock:
            return made()

    return get


def _index(tables: Tables, *, keep: bool) -> SearchIndex:
    make = partial(index_arrays, tables.claims, tables.sources, tables.locations)
    if keep and len(tables.claims) > LARGE:
        # how texts are folded depends on the version of Unicode
        name = f"search-{unicodedata.unidata_version.replace('.', '-')}"
        return SearchIndex(kept_arrays(tables.digest, name, make), len(tables.claims))
    return SearchIndex(make(), len(tables.claims))
