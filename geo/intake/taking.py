"""The way in: what each file is, and who reads it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.errors import DatasetError, Problem
from geo.intake.archives import open_archive, unpacked
from geo.intake.delimited import read_delimited
from geo.intake.geojson import story_from_geojson
from geo.intake.grid import refusal
from geo.intake.headings import likeness
from geo.intake.kinds import JSON, TEXT, WORKBOOK_PART, ZIP, foreign, kind_of
from geo.intake.limits import MAX_NAME_LENGTH, MAX_UPLOAD_MB, MEGABYTE
from geo.intake.model import Answers, Intake, Upload
from geo.intake.one_table import open_table
from geo.intake.own_tables import missing, own_table, table_bytes
from geo.intake.workbooks import first_rows, open_workbook, read_sheet
from geo.schema import CLAIMS, PACKAGE_FILE
from geo.story_files import FILES, StoryFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zipfile import ZipFile

    from geo.intake.grid import Grid

UNNAMED = "Your own story"

_WHAT_TO_BRING = "Bring claims.csv, sources.csv and locations.csv, a ZIP of them, a workbook, or one table."


def take_in(uploads: Sequence[Upload], answers: Answers = Answers()) -> Intake:  # noqa: B008 - it is frozen
    """Return the story that the files hold, or what must be answered first.

    Parameters
    ----------
    uploads
        A story's own tables, a ZIP of them, a workbook, or a single table.
    answers
        What a person says of a single table.

    Raises
    ------
    DatasetError
        When nothing can be opened, whatever is answered.
    """
    files = [Upload(_plain(upload.name), upload.content) for upload in uploads]
    if not files:
        msg = "upload"
        raise refusal(msg, "there is no file", _WHAT_TO_BRING)
    if (size := sum(len(file.content) for file in files)) > MAX_UPLOAD_MB * MEGABYTE:
        raise refusal(
            files[0].name, f"there are {size / MEGABYTE:,.0f} MB, more than {MAX_UPLOAD_MB} MB", "Divide the story."
        )
    if len(files) > 1:
        return _several(files, UNNAMED, answers)
    if (found := foreign(files[0].content)) is not None:
        raise refusal(files[0].name, f"the file is {found[0]}", found[1])
    return _READERS[kind_of(files[0].content)](files[0], answers)


def _plain(name: str) -> str:
    """Return a file's name without folders, on one line, and no longer than names are."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char if char.isprintable() else " " for char in last).strip()
    return shown[-MAX_NAME_LENGTH:] or "upload"


def _archive(upload: Upload, answers: Answers) -> Intake:
    archive = open_archive(upload)
    if WORKBOOK_PART in archive.namelist():
        return _workbook(upload, archive, answers)
    files = list(unpacked(upload, archive))
    if not files:
        raise refusal(upload.name, "the ZIP holds no file in its root, nor in one folder of it", _WHAT_TO_BRING)
    return _several(files, upload.name, answers)


def _several(files: Sequence[Upload], brought: str, answers: Answers) -> Intake:
    """Return the story that several files are, if one of them is its claims; or the one table among them."""
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    others: list[Upload] = []
    unread = 0
    for file in files:
        named = next((each for each in FILES if each.casefold() == file.name.casefold()), "")
        if named == PACKAGE_FILE:
            contents[named] = file.content
            continue
        try:
            grid = _readable(file)
        except DatasetError as error:
            problems += error.problems if named else ()
            unread += not named
            continue
        table = own_table(grid.rows.get(1, ()))
        found = table.file if table else named
        if not found:
            others.append(file)
        elif found in contents:
            raise refusal(file.name, f"two of the files are {found}", "Bring each table once.")
        else:
            contents[found] = table_bytes(grid, file.content)
    if CLAIMS.file in contents or problems:
        unread += len(others)
        notes = (f"Other files that were not read: {unread}.",) if unread else ()
        problems += missing({*contents, *_files_of(problems)})
        return Intake(StoryFiles(PurePath(brought).stem, contents, tuple(problems)), notes=notes)
    if len(others) == 1 and not contents:
        return _text(others[0], answers)
    raise refusal(
        brought, "none of the files holds a story's claims", f"{_WHAT_TO_BRING} Bring other tables one at a time."
    )


def _readable(file: Upload) -> Grid:
    if (found := foreign(file.content)) is not None or kind_of(file.content) != TEXT:
        raise refusal(file.name, f"the file is {found[0] if found else 'no table'}", _WHAT_TO_BRING)
    return read_delimited(file.name, file.content)


def _files_of(problems: Sequence[Problem]) -> set[str]:
    return {each for each in FILES for problem in problems if each.casefold() == problem.file.casefold()}


def _text(upload: Upload, answers: Answers) -> Intake:
    grid = read_delimited(upload.name, upload.content)
    table = own_table(grid.rows.get(1, ()))
    if table is None:
        return open_table(grid, answers)
    contents = {table.file: table_bytes(grid, upload.content)}
    if table is not CLAIMS:
        raise refusal(upload.name, f"the file is a story's {table.file} alone", _WHAT_TO_BRING)
    return Intake(StoryFiles(PurePath(upload.name).stem, contents, tuple(missing(contents))), notes=grid.notes)


def _workbook(upload: Upload, archive: ZipFile, answers: Answers) -> Intake:
    """Return the story in a workbook: its own tables in a sheet each, or the sheet that is most like a table."""
    workbook = open_workbook(upload, archive)
    first = first_rows(upload, workbook)
    own = {table: sheet for sheet, texts in first.items() if (table := own_table(texts)) is not None}
    if CLAIMS in own and not answers.sheet:
        contents = {}
        for table, sheet in own.items():
            contents[table.file] = table_bytes(read_sheet(upload, workbook, sheet), b"")
        others = len(first) - len(own)
        notes = (f"Other sheets that were not read: {others}.",) if others else ()
        return Intake(StoryFiles(PurePath(upload.name).stem, contents, tuple(missing(contents))), notes=notes)
    if answers.sheet and answers.sheet not in first:
        raise refusal(upload.name, "the workbook has no sheet of that name", "Choose one of those that it has.")
    sheets = [answers.sheet] if answers.sheet else list(first)
    grids = [grid for sheet in sheets if (grid := read_sheet(upload, workbook, sheet)).rows]
    if not grids:
        raise refusal(upload.name, "the workbook holds nothing", "Bring one that holds a table.")
    return open_table(max(grids, key=likeness), answers)


def _json(upload: Upload, _: Answers) -> Intake:
    return Intake(story_from_geojson(upload.name, upload.content))


# Another kind of file: a word in kinds.py, and its reader here.
_READERS: Mapping[str, Callable[[Upload, Answers], Intake]] = {ZIP: _archive, TEXT: _text, JSON: _json}
