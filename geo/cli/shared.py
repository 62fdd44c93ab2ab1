"""What the commands share: the application they belong to, its exit statuses, and how they tell of problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from geo.errors import DatasetError, Problem
from geo.tables import Tables, read_story

if TYPE_CHECKING:
    from collections.abc import Iterable

HAS_PROBLEMS, WRONG_USAGE = 1, 2

# Plain text: boxes and markup would read arguments as markup, and break lines that other programs read.
app = typer.Typer(
    help="Check, place and show a story: a folder with locations.csv, sources.csv and claims.csv.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The story's folder.", exists=True, file_okay=False)]


def report(problems: Iterable[Problem]) -> None:
    """Print problems on stderr, one per line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def refuse(reason: str) -> NoReturn:
    """End the command, which was called in a way that can't work."""
    typer.echo(reason, err=True)
    raise typer.Exit(WRONG_USAGE)


def read(folder: Path) -> Tables:
    """Return a story's tables; end the command with their problems where there is nothing to open."""
    try:
        return read_story(folder)
    except DatasetError as error:
        report(error.problems)
        raise typer.Exit(HAS_PROBLEMS) from error
