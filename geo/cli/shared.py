"""What the commands share: the application they belong to, its exit statuses, and how they tell of problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from geo.errors import DatasetError, Problem, quote
from geo.tables import Tables, folder_files, read_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.stories import Story
    from geo.story_files import StoryFiles

HAS_PROBLEMS, WRONG_USAGE = 1, 2

# Plain text: boxes and markup would read arguments as markup, and break lines that other programs read.
app = typer.Typer(
    help="Check, place and show a story: a folder with locations.csv, sources.csv and claims.csv.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _commands() -> None:
    """Keep the command's name on the line, also where only one is there."""


Folder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The story's folder; or a ZIP, workbook or table that holds it.", exists=True),
]


def report(problems: Iterable[Problem]) -> None:
    """Print problems on stderr, one per line."""
    for problem in problems:
        typer.echo(str(problem), err=True)


def refuse(reason: str) -> NoReturn:
    """End the command, which was called in a way that can't work."""
    typer.echo(reason, err=True)
    raise typer.Exit(WRONG_USAGE)


def read(story: Path) -> Tables:
    """Return a story's tables; end the command with their problems where there is nothing to open."""
    try:
        with Console(stderr=True).status("Opening the story…") as status:  # where stderr is no terminal, nothing
            return read_files(files_of(story), keep=True, say=status.update)
    except DatasetError as error:
        report(error.problems)
        raise typer.Exit(HAS_PROBLEMS) from error


def open_placed(story: Path) -> Story:
    """Return a story with its places looked up offline; end the command where there is nothing to open."""
    from geo.gazetteer import Offline  # here, for reading alone does without, and they take half a second
    from geo.stories import open_story

    try:
        with Console(stderr=True).status("Opening the story…") as status:  # where stderr is no terminal, nothing
            return open_story(files_of(story), Offline(), keep=True, say=status.update)
    except DatasetError as error:
        report(error.problems)
        raise typer.Exit(HAS_PROBLEMS) from error


def files_of(story: Path) -> StoryFiles:
    """Return a story's files, and say on stderr how they were read, where they were no story's own.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    if not story.is_file():
        return folder_files(story)
    from geo.stories import story_files, story_intake  # here, for a folder does without

    intake = story_intake(story)
    tell(intake.notes)
    return story_files(story) if intake.files is None else intake.files


def tell(notes: Iterable[str]) -> None:
    """Print on stderr what was found out about a file."""
    for note in notes:
        typer.echo(f"Note: {note}", err=True)


def need_folder(story: Path) -> None:
    """End a command that is told to write into a story which is a single file."""
    if not story.is_dir():
        refuse("--write needs a story's folder. Make one of the file with: claim-atlas convert FILE DIR")


def need_room(folder: Path) -> None:
    """End a command that would write a new story where something is already."""
    try:
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as error:
        refuse(f"{quote(str(folder))} can't be looked into: {error.strerror}.")
    if not is_free:
        refuse(f"{quote(str(folder))} is there already, and no empty folder. Nothing was written.")
