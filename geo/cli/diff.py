"""``claim-atlas diff``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from geo.changes import COMPARED, Change, changes_between, differing_words, logged, row_words
from geo.cli.shared import HAS_PROBLEMS, app, files_of, need_folder, refuse, report
from geo.errors import DatasetError, Problem
from geo.gazetteer.candidate import plain
from geo.schema import CHANGE_WORDS, CHANGED, CHANGES
from geo.tables import Tables, read_files, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NOT_STATED = "(not stated)"
_ROW_OF = {"claims": "Claim", "sources": "Source", "locations": "Place"}
_NOTHING_WRITTEN = f"Nothing written to {CHANGES.file}: a row that could not be read is not withdrawn. "


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two states of a story differ in, as far as both could be read.

    Attributes
    ----------
    words
        By table, each row's id and what the row says in short, in the later state.
    not_compared
        By table, ids of the rows that could not be read, or not in full, in one of the states.
    unread
        Files that could not be read in one of the states, and so aren't compared.
    """

    changes: tuple[Change, ...]
    words: Mapping[str, Mapping[str, str]]
    not_compared: Mapping[str, Sequence[str]]
    unread: Sequence[str]


@app.command(epilog="Example: claim-atlas diff data-last-week data")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The story as it was.", exists=True)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The story as it is.", exists=True)],
    as_json: Annotated[bool, typer.Option("--json", help="Print changes, counts and problems as JSON.")] = False,
    write: Annotated[bool, typer.Option("--write", help=f"Add the changes to NEW's {CHANGES.file}.")] = False,
) -> None:
    """Show what was added, withdrawn and changed between two states of a story; write only when told."""
    if write:
        need_folder(new)
    before, problems = _read(old)
    after, more = _read(new)
    problems += more
    report(problems)
    found = _compare(before, after)
    if as_json:
        typer.echo(json.dumps(_as_object(found, problems), indent=2))
    else:
        typer.echo("\n".join(_lines(found)))
    if write and problems:
        typer.echo(f"{_NOTHING_WRITTEN}Put the problems right first.", err=True)
    elif write and after:
        added = _write(new, after, found.changes)
        typer.echo(f"Written to {CHANGES.file}: {added}.", err=as_json)
    raise typer.Exit(HAS_PROBLEMS if problems else 0)


def _read(folder: Path) -> tuple[Tables | None, list[Problem]]:
    """Return the story's tables, if there are any, and its problems with the folder before the file."""
    tables: Tables | None = None
    try:
        tables = read_files(files_of(folder))
        problems = tables.problems
    except DatasetError as error:
        problems = error.problems
    return tables, [replace(problem, file=plain(str(folder / problem.file))) for problem in problems]


def _compare(old: Tables | None, new: Tables | None) -> Comparison:
    if old is None or new is None:
        return Comparison((), {}, {}, [table.file for table in COMPARED])
    in_doubt = {
        table: sorted(old.ids_with_problems[table] | ids)
        for table, ids in new.ids_with_problems.items()
        if table in old.ids_with_problems
    }
    was, now = ({table: getattr(tables, table) for table in in_doubt} for tables in (old, new))
    return Comparison(
        changes_between(was, now, in_doubt),
        {table.name: row_words(getattr(new, table.name), table) for table in COMPARED},
        in_doubt,
        [table.file for table in COMPARED if table.name not in in_doubt],
    )


def _write(folder: Path, tables: Tables, changes: Sequence[Change]) -> int:
    """Add the changes to the folder's log, and return how many it didn't have."""
    log = logged(tables.changes, changes, datetime.now(UTC).date())
    added = len(log) - len(tables.changes)
    if added:
        try:
            write_table(log, CHANGES, folder / CHANGES.file)
        except OSError as error:
            refuse(f"{CHANGES.file} could not be written: {error.strerror}.")
    return added


def _counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return for each file how many rows were added, withdrawn and changed."""
    rows = {(each.table, each.what, each.row_id) for each in changes}
    return {
        table.file: {what: sum(row[:2] == (table.name, what) for row in rows) for what in CHANGE_WORDS}
        for table in COMPARED
    }


def _as_object(found: Comparison, problems: Iterable[Problem]) -> dict[str, object]:
    names = [name for name in CHANGES.names if name not in ("changed_on", "reason")]
    return {
        "changes": [dict(zip(names, asdict(change).values(), strict=True)) for change in found.changes],
        "counts": _counts(found.changes),
        "not_compared": {
            "files": list(found.unread),
            "ids": {f"{table}.csv": list(ids) for table, ids in found.not_compared.items() if ids},
        },
        "problems": [asdict(problem) for problem in problems],
    }


def _lines(found: Comparison) -> Iterator[str]:
    """Yield the changes row by row, what is not compared, and the counts."""
    for (table, key, what), changes in groupby(found.changes, lambda each: (each.table, each.row_id, each.what)):
        yield f"{_ROW_OF[table]} {what}: {plain(key)}"
        rows = list(changes)
        said = found.words[table][key] if what == CHANGED else rows[0].before or rows[0].after
        if said:
            yield f"  {plain(said)}"
        if what == CHANGED:
            yield from map(_cell_line, rows)
        yield ""
    for file in found.unread:
        yield f"{file}: not compared, since it could not be read"
    for table, ids in found.not_compared.items():
        if ids:
            yield f"{table}.csv: not compared, since they have problems: {', '.join(map(plain, ids))}"
    for file, counts in _counts(found.changes).items():
        if file not in found.unread:
            said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            yield f"{file}: {said or 'no changes'}"


def _cell_line(change: Change) -> str:
    before, after = differing_words(change.before, change.after)
    return f"  {plain(change.column)}: {plain(before) or NOT_STATED} → {plain(after) or NOT_STATED}"
