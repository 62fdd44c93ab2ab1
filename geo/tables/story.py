"""Opening a story: its tables, read, checked, and without the rows that have problems."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import DatasetError, Problem
from geo.schema import CHANGES, CLAIMS, OPTIONAL_TABLES, PACKAGE_FILE, QUOTATIONS, TABLES
from geo.story_files import FILES, MAY_BE_MISSING, StoryFiles
from geo.tables.checks import check_rows
from geo.tables.columns import read_values
from geo.tables.files import read_bytes
from geo.tables.kept import keep_frames, kept_frames
from geo.tables.package import read_package
from geo.tables.quotations import none_checked, read_quotations
from geo.tables.reading import empty_sheet, read_sheet
from geo.tables.references import check_references

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from geo.tables.columns import Values


LARGE = 5_000  # claims: a smaller story is read faster than it is found
_WORTH_KEEPING_BYTES = 100_000  # fewer are no large story
_FRAMES = ("locations", "sources", "claims", "quotations", "changes")


def _no_changes() -> pd.DataFrame:
    return read_values(empty_sheet(CHANGES))[0].frame


@dataclass(frozen=True, slots=True)
class Tables:
    """A story as it is on the disk, without the rows that have problems.

    Attributes
    ----------
    locations, sources, claims
        The schema's columns in their dtypes, then the file's own as text. The index is the row's number in
        a spreadsheet, where the header is row 1.
    problems
        All that is wrong, in the order of files, rows and columns.
    left_out
        For each of the three files, and for each of the optional ones that is there, the number of rows that are left
        out; 0 where the file cannot be read. Also for files that the three were made from, if any rows were.
    title, description
        From ``datapackage.json``; the title is that of the ``StoryFiles`` where it gives none.
    licence
        What its ``licenses`` name, in words; blank for none.
    digest
        That of the ``StoryFiles``.
    quotations
        The excerpts that were found in their source's text when it was checked, and still are the claims'.
    changes
        What ``CHANGES.csv`` tells, in its order; empty where there is none.
    ids_with_problems
        By table, the ids of the rows that are left out or of which a reference is not read; without the tables
        that can't be read at all.
    """

    locations: pd.DataFrame
    sources: pd.DataFrame
    claims: pd.DataFrame
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int]
    title: str
    description: str
    digest: str
    quotations: pd.DataFrame = field(default_factory=none_checked)
    changes: pd.DataFrame = field(default_factory=_no_changes)
    ids_with_problems: Mapping[str, frozenset[str]] = field(default_factory=dict)
    licence: str = ""


def read_story(folder: Path) -> Tables:
    """Read and check the story in a folder.

    Raises
    ------
    DatasetError
        When there is nothing to open: no such folder, or a ``claims.csv`` that is missing, unreadable or
        no table of claims.
    """
    return read_files(folder_files(folder))


def silent(_: str) -> None:
    """Take what there is to say of how far the work is, and say nothing."""


def read_files(files: StoryFiles, *, keep: bool = False, say: Callable[[str], object] = silent) -> Tables:
    """Read and check a story from its files.

    Parameters
    ----------
    keep
        Whether what is read of a large story may be kept in the user's cache folder, and taken from there: not where
        somebody else's story is opened on a server.
    say
        Told how far the work is, in words for readers.

    Raises
    ------
    DatasetError
        When there is nothing to open: a ``claims.csv`` that is missing, unreadable or no table of claims.
    """
    if not keep or sum(map(len, files.contents.values())) < _WORTH_KEEPING_BYTES:
        return _read(files, say)
    found = (files.name, [asdict(problem) for problem in files.problems], dict(files.left_out))
    name = "tables-" + hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]  # what the digest says nothing of
    kept = kept_frames(files.digest, name)
    if kept is not None:
        frames: dict[str, Any] = kept[0]
        rest = kept[1]
        with suppress(LookupError, TypeError, AttributeError):  # an entry that somebody else wrote is as good as none
            rest["problems"] = tuple(Problem(**problem) for problem in rest["problems"])
            rest["ids_with_problems"] = {table: frozenset(ids) for table, ids in rest["ids_with_problems"].items()}
            return Tables(**frames, **rest, digest=files.digest)
    tables = _read(files, say)
    if len(tables.claims) > LARGE:
        rest = {
            "problems": [asdict(problem) for problem in tables.problems],
            "ids_with_problems": {table: sorted(ids) for table, ids in tables.ids_with_problems.items()},
            "left_out": dict(tables.left_out),
            **{part: getattr(tables, part) for part in ("title", "description", "licence")},
        }
        keep_frames(files.digest, name, {table: getattr(tables, table) for table in _FRAMES}, rest)
    return tables


def _read(files: StoryFiles, say: Callable[[str], object]) -> Tables:
    contents, problems = files.contents, list(files.problems)
    title, description, licence, found = read_package(contents.get(PACKAGE_FILE), files.name)
    problems += found
    tables: dict[str, Values] = {}
    left_out: dict[str, set[int]] = {}
    unreadable = set()
    for table in (*TABLES, CHANGES):
        content = contents.get(table.file)
        if content is not None:
            say(f"Reading and checking {table.file}, {len(content) / 1e6:,.1f} MB…")
        sheet, found = (None, []) if content is None else read_sheet(content, table)
        problems += found
        if sheet is None or table.id_column in sheet.absent:
            unreadable.add(table.name)
        if sheet is None and table is CLAIMS:
            raise DatasetError(_in_order(problems))
        tables[table.name], found = read_values(sheet or empty_sheet(table))
        found += check_rows(tables[table.name])
        problems += found
        left_out[table.name] = _rows_to_leave_out(tables[table.name], found)
    say(f"Looking up what {len(tables['claims'].frame):,} claims refer to…")
    problems += check_references(tables, left_out)

    frames = {name: _without(values.frame, left_out[name]) for name, values in tables.items()}
    counted = (*TABLES, CHANGES) if CHANGES.file in contents else TABLES
    left_out_of = {table.file: len(left_out[table.name]) for table in counted} | dict(files.left_out)
    quotations = none_checked()
    if (content := contents.get(QUOTATIONS.file)) is not None:
        others = tables["claims"].frame[~tables["claims"].frame.index.isin(frames["claims"].index)]
        quotations, found, left_out_of[QUOTATIONS.file] = read_quotations(content, frames["claims"], others)
        problems += found
    changes = frames.pop(CHANGES.name)
    return Tables(
        **frames,
        quotations=quotations,
        changes=changes,
        problems=tuple(_in_order(problems)),
        left_out=left_out_of,
        ids_with_problems={
            name: _ids_with(problems, tables[name], left_out[name]) for name in frames if name not in unreadable
        },
        title=title,
        description=description,
        licence=licence,
        digest=files.digest,
    )


def folder_files(folder: Path) -> StoryFiles:
    """Return the files of the story in a folder; which of its tables cannot be had is among the problems.

    Raises
    ------
    DatasetError
        When there is no such folder.
    """
    try:
        is_folder = folder.is_dir()
    except OSError:  # a folder above it that may not be entered
        is_folder = False
    if not is_folder:
        fix = "Name a folder that holds claims.csv, sources.csv and locations.csv."
        raise DatasetError([Problem(str(folder), None, None, None, "there is no such folder to read", fix)])
    contents, problems = {}, []
    for file in FILES:
        content = read_bytes(folder / file)
        if isinstance(content, bytes):
            contents[file] = content
        elif file not in MAY_BE_MISSING or (folder / file).exists():
            problems.append(content)
    return StoryFiles(folder.resolve().name, contents, tuple(problems))


def _without(frame: pd.DataFrame, rows: set[int]) -> pd.DataFrame:
    return frame.drop(index=list(rows), errors="ignore") if rows else frame


def _rows_to_leave_out(values: Values, problems: list[Problem]) -> set[int]:
    """Return the rows that are no records, that have problems, or that lack a column they can't do without."""
    rows = set(values.sheet.broken) | {problem.row for problem in problems if problem.row is not None}
    if any(column.required and column.name in values.sheet.absent for column in values.sheet.table.columns):
        rows |= set(values.frame.index)
    return rows


def _ids_with(problems: list[Problem], values: Values, left_out: set[int]) -> frozenset[str]:
    """Return the ids of the rows that are left out or have other problems, as far as the ids can be told."""
    table, texts = values.sheet.table, values.sheet.texts
    rows = left_out | {problem.row for problem in problems if problem.file == table.file and problem.row is not None}
    ids = {*texts.loc[texts.index.isin(list(rows)), table.id_column], *values.sheet.broken.values()}
    return frozenset(ids - {""})


def _in_order(problems: list[Problem]) -> list[Problem]:
    columns = {table.file: {name: i for i, name in enumerate(table.names)} for table in (*TABLES, *OPTIONAL_TABLES)}

    def place(problem: Problem) -> tuple[int, int, int]:
        column = columns.get(problem.file, {}).get(problem.column or "", -1)
        file = FILES.index(problem.file) if problem.file in FILES else -1  # what the tables were made from comes first
        return file, problem.row or 0, column

    return sorted(problems, key=place)
