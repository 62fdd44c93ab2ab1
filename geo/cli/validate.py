"""``claim-atlas validate``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from geo.cli.shared import HAS_PROBLEMS, Folder, app, files_of, report
from geo.errors import DatasetError
from geo.gazetteer.candidate import plain
from geo.schema import OPTIONAL_TABLES, TABLES
from geo.tables import read_files


@app.command(epilog="Example: claim-atlas validate data")
def validate(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print problems and counts as JSON.")] = False,
) -> None:
    """Check a story's tables and list all that is wrong with them."""
    rows: dict[str, int] = {}
    left_out: dict[str, int] = {}
    try:
        tables = read_files(files_of(folder))
    except DatasetError as error:
        problems = error.problems
    else:
        problems = tables.problems
        left_out = dict(tables.left_out)
        there = [table for table in (*TABLES, *OPTIONAL_TABLES) if table.file in left_out]
        rows = {table.file: len(getattr(tables, table.name)) for table in there}
    report(problems)
    if as_json:
        counts = {"rows": rows, "left_out": left_out, "problems": len(problems)}
        found = {"problems": [asdict(problem) for problem in problems], "counts": counts}
        typer.echo(json.dumps(found, indent=2))
    else:
        for file, number in rows.items():
            words = f"{file}: {number} row{'' if number == 1 else 's'}"
            typer.echo(words + (f", {left_out[file]} left out" if left_out[file] else ""))
        for file, number in left_out.items():
            if file not in rows:
                typer.echo(f"{plain(file)}: {number} row{'' if number == 1 else 's'} left out")
        typer.echo(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "No problems.")
    raise typer.Exit(HAS_PROBLEMS if problems else 0)
