"""``claim-atlas new``."""

from __future__ import annotations

import csv
import io
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.shared import app, need_room, refuse
from geo.errors import quote
from geo.gazetteer.candidate import plain
from geo.schema import CLAIMS, LOCATIONS, SOURCES, TABLES, Column, Kind, Table
from geo.story_files import StoryFiles
from geo.tables import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS_FILE = "COLUMNS.md"

_EXAMPLES = {
    LOCATIONS: {"location_id": "vladivostok", "name": "Vladivostok", "country_code": "RU", "feature_type": "city"},
    SOURCES: {
        "source_id": "example",
        "title": "An example, no real document: write over it",
        "publisher": "Nobody",
        "kind": "statement",
        "published": "2024-10-18",
        "note": "It came with the empty story, to show how a row is written.",
    },
    CLAIMS: {
        "claim_id": "example-arrival",
        "statement": "An example, no real claim: about 1,500 people were brought to Vladivostok by ship.",
        "claimant": "Nobody",
        "source_id": "example",
        "destinations": "vladivostok",
        "event_date": "2024-10-08/2024-10-13",
        "event_date_basis": "stated",
        "reported_date": "2024-10-18",
        "reported_date_basis": "stated",
        "modality": "happened",
        "quantity_min": "1500",
        "quantity_max": "1500",
        "quantity_approximate": "yes",
        "quantity_unit": "people",
        "quantity_of": "brought to Vladivostok",
        "mode": "ship",
        "note": "It came with the empty story, to show how a row is written.",
    },
}
_INTRODUCTION = """\
# The columns of this story

Each table has one example in its second row: write over it, or delete it. CSV knows no comments, so they stand here.
`claim-atlas validate` says what is wrong in a row, and what to do.
"""


@app.command(epilog="Example: claim-atlas new my-story")
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The story's folder, new or empty.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What the story is called.")] = "",
) -> None:
    """Write an empty story: its three tables with one example each, and a page that explains every column."""
    need_room(folder)
    contents = {table.file: _table(table, _EXAMPLES[table]) for table in TABLES}
    try:
        write_files(StoryFiles(title or folder.resolve().name, contents), folder)
        (folder / COLUMNS_FILE).write_text(_columns(), encoding="utf-8")
    except OSError as error:
        refuse(f"{quote(str(folder))} could not be written: {error.strerror}.")
    typer.echo(f"Written to {plain(str(folder))}: {', '.join(contents)}, each with an example, and {COLUMNS_FILE}.")


def _columns() -> str:
    parts = [_INTRODUCTION]
    for table in TABLES:
        rows = "\n".join(f"| `{column.name}` | {_kind(column)} | {_meaning(column)} |" for column in table.columns)
        parts.append(f"\n## {table.file}\n\n| column | kind | meaning |\n|---|---|---|\n{rows}\n")
    return "".join(parts)


def _kind(column: Column) -> str:
    many = column.kind is Kind.LIST
    kind = f"ids of {column.refers_to}.csv" if column.refers_to and many else str(column.kind)
    return f"id of {column.refers_to}.csv" if column.refers_to and not many else kind


def _meaning(column: Column) -> str:
    words = [column.meaning]
    if column.choices:
        words.append(f"One of: {', '.join(column.choices)}.")
    if column.kind is Kind.LIST:
        words.append("Several are separated by ';'.")
    return " ".join([*words, "**Required.**"] if column.required else words)


def _table(table: Table, example: Mapping[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow(example)
    return text.getvalue().encode()
