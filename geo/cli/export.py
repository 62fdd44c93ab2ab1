"""``claim-atlas export``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.asked import linked, selection_of
from geo.cli.shared import HAS_PROBLEMS, Folder, app, open_placed, refuse, report
from geo.errors import quote
from geo.export import EXPORTERS
from geo.outputs import extract, selected_page
from geo.tables import replace_file

PAGE = "html"
FORMATS = (*EXPORTERS, PAGE)
STANDARD_OUTPUT = Path("-")


def _known(name: str) -> str:
    if name not in FORMATS:
        msg = f"it must be one of: {', '.join(FORMATS)}."
        raise typer.BadParameter(msg)
    return name


@app.command(epilog="Example: claim-atlas export data --to csv --from 2024-10-01 --until 2024-10-13")
def export(
    folder: Folder,
    to: Annotated[str, typer.Option("--to", metavar="|".join(FORMATS), callback=_known, help="The format.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write; '-' is the standard output.")
    ] = STANDARD_OUTPUT,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    link: Annotated[str, typer.Option(metavar="ADDRESS", help="A copied link, whose selection is taken.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day of the window, as 2024-10-08.")] = "",
    last: Annotated[str, typer.Option("--until", metavar="DAY", help="Its last day, included.")] = "",
    clock: Annotated[str, typer.Option(metavar="event|reported", help="Which dates the window is asked of.")] = "",
    known: Annotated[str, typer.Option(metavar="DAY", help="As known on that day: nothing that was said later.")] = "",
    undated: Annotated[bool, typer.Option("--undated/--no-undated", help="Let claims without a date through.")] = True,
    q: Annotated[str, typer.Option(metavar="WORDS", help="Claims with all of these words.")] = "",
    claimant: Annotated[str, typer.Option(metavar="NAME", help="Claims of this claimant.")] = "",
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Claims read in documents of this publisher.")] = "",
    modality: Annotated[str, typer.Option(metavar="WORD", help="Claims asserted in this way, such as planned.")] = "",
) -> None:
    """Write what a selection lets through, with its sources and places, as one file."""
    options = {
        "from": first,
        "to": last,
        "clock": clock,
        "known": known,
        "undated": "" if undated else "0",
        "q": q,
        "claimant": claimant,
        "publisher": publisher,
        "modality": modality,
    }
    if output != STANDARD_OUTPUT and output.exists():
        if not output.is_file():
            refuse(f"{quote(str(output))} is no file. Name a file, or '-' for the standard output.")
        if not force:
            refuse(f"{quote(str(output))} is there already. Name another file, or replace it with --force.")
    asked = linked(link) | {name: value for name, value in options.items() if value}
    story = open_placed(folder)
    selection = selection_of(asked, story)
    found = extract(story, selection)
    _write(output, selected_page(story, selection).encode() if to == PAGE else EXPORTERS[to].export(found))
    typer.echo(f"{found.summary.replace('claims:', 'claims written:')}.", err=True)
    report(story.problems)
    raise typer.Exit(HAS_PROBLEMS if story.problems else 0)


def _write(output: Path, content: bytes) -> None:
    if output == STANDARD_OUTPUT:
        _write_out(content)
        return
    try:
        replace_file(output.resolve(), content)
    except OSError as error:
        refuse(f"{quote(str(output))} could not be written: {error.strerror}.")


def _write_out(content: bytes) -> None:
    """Write to the standard output; a reader who has seen enough is no error."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
