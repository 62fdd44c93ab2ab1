"""How a claim reached us: the chain of documents from the statement to the one that was read, and where it began."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.flat import flat
from geo.timeline import day_bounds, day_of
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]

Chain = tuple[str, ...]
_NO_DAY = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Document:
    """What a chain asks of a document.

    Attributes
    ----------
    publisher
        Who issued it.
    published
        When, as the text of an imprecise date; blank where not stated.
    derived_from
        Ids of the documents that it reprints or quotes.
    """

    publisher: str
    published: str
    derived_from: tuple[str, ...]


def documents(sources: pd.DataFrame) -> dict[str, Document]:
    """Return the documents of a story by their ids."""
    columns = (sources[name].tolist() for name in ("source_id", "publisher", "published", "derived_from"))
    return {source_id: Document(*rest) for source_id, *rest in zip(*columns, strict=True)}


def chain(claimant: str, reported: str, read_in: str, known: Mapping[str, Document]) -> Chain:
    """Return the ids of the documents through which a claim reached us, the first document first.

    Walked from the document that was read towards the claimant. A claimant's document is what it quotes the
    claimant from; the only document it derives from is followed too, until one by the claimant is reached.
    Where several could be followed, none is: the chain then begins with the document that quotes the claimant.

    Parameters
    ----------
    claimant
        Who asserts it.
    reported
        When it was said, as a story's table has it; tells several documents of one claimant apart.
    read_in
        Id of the document that was read.
    known
        All documents, by id.
    """
    found = [read_in]
    while (earlier := _earlier(claimant, reported, found[-1], known)) and earlier not in found:
        found.append(earlier)
    return tuple(reversed(found))


def chains(claims: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Return the chain of each claim; claims with the same claimant, day and document share one.

    Most documents derive from no other: only of the others is anything walked.
    """
    alone = np.empty(len(sources), object)
    alone[:] = [(source_id,) for source_id in sources["source_id"].tolist()]
    read_in = pd.Index(sources["source_id"]).get_indexer(pd.Index(claims["source_id"]))
    paths = alone[read_in] if len(claims) else np.empty(0, object)
    derives = np.fromiter(map(bool, sources["derived_from"]), bool, len(sources))
    walking = np.flatnonzero(derives[read_in]) if len(claims) else np.empty(0, np.int64)
    if len(walking):
        known = documents(sources)
        asked = claims.iloc[walking]
        claimants, reported, read = (asked[name].tolist() for name in ("claimant", "reported_date", "source_id"))
        keys = list(zip(claimants, reported, read, strict=True))
        walked = {key: chain(*key, known) for key in set(keys)}
        longer = np.empty(len(keys), object)
        longer[:] = [walked[key] for key in keys]
        paths[walking] = longer
    return pd.Series(paths, index=claims.index, dtype=object)


def path_columns(paths: pd.Series, source_ids: pd.Series[str]) -> dict[str, npt.NDArray[np.int64]]:
    """Return what ``chains`` gives as plain arrays: of each claim the number of its chain, and those by documents."""
    codes, distinct = pd.factorize(paths.to_numpy())
    rows, links = flat(pd.Series(distinct, dtype=object))
    document = pd.Index(source_ids).get_indexer(pd.Index(links, dtype=object))
    ends = np.searchsorted(rows, np.arange(len(distinct)), side="right")
    return {"chain": codes.astype(np.int64), "end": ends.astype(np.int64), "document": document.astype(np.int64)}


def paths_of(columns: Mapping[str, npt.NDArray[np.int64]], source_ids: pd.Series[str], index: pd.Index) -> pd.Series:
    """Return what ``path_columns`` was given."""
    ids = source_ids.array.take(columns["document"]).tolist()
    ends = columns["end"].tolist()
    distinct = np.empty(len(ends), object)
    distinct[:] = [tuple(ids[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return pd.Series(distinct[columns["chain"]], index=index, dtype=object)


def ancestry(known: Mapping[str, Document]) -> dict[str, tuple[str, ...]]:
    """Return for each document its own id and those of all that it goes back to along ``derived_from``, nearest first.

    Parameters
    ----------
    known
        All documents, by id.
    """
    found = {}
    for source_id in known:
        line = {source_id: None}  # keeps the order, and ends a circle
        waiting = deque([source_id])
        while waiting:
            earlier = [parent for parent in known[waiting.popleft()].derived_from if parent not in line]
            line.update(dict.fromkeys(earlier))
            waiting.extend(earlier)
        found[source_id] = tuple(line)
    return found


def rests_on(paths: pd.Series, sources: pd.DataFrame) -> pd.Series:
    """Return for each claim the first document of its chain, and after it all that this one goes back to, by ids.

    Parameters
    ----------
    paths
        As ``chains`` gives them.
    """
    lines = ancestry(documents(sources))
    codes, distinct = pd.factorize(paths.to_numpy())  # thousands of claims share few chains
    found = np.empty(len(distinct), object)
    found[:] = [lines[path[0]] for path in distinct]
    return pd.Series(found[codes], index=paths.index, dtype=object)


@dataclass(frozen=True, slots=True)
class Origin:
    """Claims that may all go back to one origin.

    Attributes
    ----------
    claims
        Their row positions, ascending.
    told_by
        Each claimant with the first document of the claim's chain, once.
    """

    claims: tuple[int, ...]
    told_by: tuple[tuple[str, str], ...]


def independent_origins(
    claims: Iterable[int], claimants: Sequence[str], rests: Sequence[tuple[str, ...]]
) -> tuple[Origin, ...]:
    """Return the claims by the origins that they rest on, as few origins as there may be.

    Two claims have one origin if they have the same claimant, if the first documents of their chains are or go back
    to the same document, or if a third claim links them so. That no link is known doesn't prove that there is none.

    Parameters
    ----------
    claims
        Row positions.
    claimants, rests
        Of all claims, by row position; what they rest on as ``rests_on`` gives it.
    """
    positions = list(claims)
    voices = [(claimants[position], rests[position]) for position in positions]
    lines = Lines.of([line for _, line in voices])
    claimant = pd.factorize(np.array([name for name, _ in voices], object))[0]
    groups = defaultdict[int, list[int]](list)
    for place, origin in enumerate(origin_numbers(claimant, np.arange(len(positions)), lines).tolist()):
        groups[origin].append(place)
    return tuple(
        Origin(
            claims=tuple(sorted(positions[place] for place in places)),
            told_by=tuple(dict.fromkeys((voices[place][0], voices[place][1][0]) for place in places)),
        )
        for places in groups.values()
    )


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What claims rest on, as plain arrays.

    Attributes
    ----------
    line
        Of each claim the number of its line of documents.
    end, document
        Of each line where its documents end in the second; of these a code each.
    """

    line: Codes
    end: Codes
    document: Codes

    @classmethod
    def of(cls, rests: Sequence[tuple[str, ...]]) -> Lines:
        """Return the same of what ``rests_on`` gives."""
        told = np.empty(len(rests), object)
        told[:] = rests
        line, distinct = pd.factorize(told)  # thousands of claims share few lines
        rows, ids = flat(pd.Series(distinct, dtype=object))
        ends = np.searchsorted(rows, np.arange(len(distinct)), side="right")
        return cls(line, ends, pd.factorize(ids)[0])

    def documents(self, lines: Codes) -> tuple[Codes, Codes]:
        """Return the documents of some lines in turn: the position of the line among these, and the document."""
        start, end = np.append(0, self.end)[lines], self.end[lines]
        rows = np.repeat(np.arange(len(lines)), end - start)
        skipped = np.cumsum(end - start) - end  # of all documents those that lie before a line and aren't asked for
        return rows, self.document[np.arange(len(rows)) - skipped[rows]]


def origin_numbers(claimants: Codes, positions: Codes, lines: Lines) -> Codes:
    """Return for some claims a number each, the same for those of one origin, as ``independent_origins`` tells them.

    Parameters
    ----------
    claimants
        A code for the claimant of each.
    positions
        Which of the claims of ``lines`` they are.
    """
    _, claimant = np.unique(claimants, return_inverse=True)
    lines_told, line = np.unique(lines.line[positions], return_inverse=True)
    rows, documents = lines.documents(lines_told)
    _, document = np.unique(documents, return_inverse=True)
    # Claimants, lines and documents are linked by claims, and by what a line holds: an origin is what is linked.
    sizes = [int(codes.max(initial=-1)) + 1 for codes in (claimant, line, document)]
    first_line, first_document, all_told = np.cumsum(sizes).tolist()
    one = np.concatenate([claimant, first_line + rows])
    other = np.concatenate([first_line + line, first_document + document])
    return _linked(all_told, one, other)[claimant]


def _linked(size: int, one: Codes, other: Codes) -> Codes:
    """Return for each of so many things the least one that pairs link it with."""
    least = np.arange(size)
    while True:
        before = least.copy()
        lower = np.minimum(least[one], least[other])
        np.minimum.at(least, one, lower)
        np.minimum.at(least, other, lower)
        least = least[least]
        if np.array_equal(least, before):
            return least


def reported_bounds(claims: pd.DataFrame, sources: pd.DataFrame, paths: pd.Series) -> pd.DataFrame:
    """Return when each claim was said: as the table has it, else bounded by the documents it stands in.

    A claim whose reported date is blank was known, at the latest, when the first document of its chain was out
    whose day is known.

    Parameters
    ----------
    paths
        As ``chains`` gives them.

    Returns
    -------
    reported
        Columns ``earliest`` and ``latest`` as ``timeline.day_bounds`` gives them.
    """
    reported = day_bounds(claims["reported_date"])
    blank = claims["reported_date"] == ""
    known_by = _known_by(paths[blank], sources).reindex(claims.index)
    reported["latest"] = reported["latest"].where(~blank, known_by)
    return reported


def said_words(reported_date: str, latest: int | None) -> tuple[str, bool]:
    """Return when a claim was said, in words, and whether that is bounded by its documents.

    Parameters
    ----------
    reported_date
        As the table has it.
    latest
        As ``reported_bounds`` has it.
    """
    if reported_date == "" and latest is not None:
        return f"{date_words(f'../{day_of(latest)}')} at the latest", True
    return date_words(reported_date), False


def said(claims: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """Return for each claim what ``said_words`` returns: columns ``words`` and ``bounded``."""
    latest = reported["latest"].astype(object).where(reported["latest"].notna(), None)
    dates = list(zip(claims["reported_date"], latest, strict=True))
    told = {each: said_words(*each) for each in set(dates)}
    words = pd.Series([told[each][0] for each in dates], claims.index, dtype="str")
    return pd.DataFrame({"words": words, "bounded": [told[each][1] for each in dates]}, index=claims.index)


def _known_by(paths: pd.Series, sources: pd.DataFrame) -> pd.Series[int]:
    """Return the last day on which the first document of each chain can have been out whose day is known."""
    published = day_bounds(sources["published"])["latest"].fillna(_NO_DAY).to_numpy(np.int64)
    codes, distinct = pd.factorize(paths.to_numpy())
    rows, links = flat(pd.Series(distinct, dtype=object))
    days = np.full(len(distinct), _NO_DAY)
    np.minimum.at(days, rows, published[pd.Index(sources["source_id"]).get_indexer(pd.Index(links, dtype=object))])
    known = days[codes]
    return pd.Series(pd.array(known, "Int64"), paths.index).mask(known == _NO_DAY)


def _earlier(claimant: str, reported: str, read_in: str, known: Mapping[str, Document]) -> str | None:
    """Return the one document that this one has the claim from; None where there is none, or no telling which."""
    document = known[read_in]
    own = [parent for parent in document.derived_from if known[parent].publisher == claimant]
    if len(own) > 1:
        own = [parent for parent in own if known[parent].published == reported]
    elif not own and document.publisher != claimant:
        own = list(document.derived_from)
    return own[0] if len(own) == 1 else None
