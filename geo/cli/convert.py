"""``claim-atlas convert``."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.shared import HAS_PROBLEMS, app, need_room, refuse, report, tell
from geo.errors import DatasetError, quote
from geo.gazetteer.candidate import plain
from geo.intake import DAY_FIRST, FIELDS, MONTH_FIRST, Answers
from geo.stories import story_intake
from geo.tables import read_files, write_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.intake import Question, TableGuess

_ORDERS = {order.replace(" ", "-"): order for order in (DAY_FIRST, MONTH_FIRST)}
_ANSWERED_BY = {"date_order": f"--dates {'|'.join(_ORDERS)}", "sheet": "--sheet NAME"}


def _order(word: str) -> str:
    if word and word not in _ORDERS:
        msg = f"it must be one of: {', '.join(_ORDERS)}."
        raise typer.BadParameter(msg)
    return word


@app.command(epilog="Example: claim-atlas convert table.csv my-story --dates day-first")
def convert(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="A table, workbook or ZIP.", exists=True, dir_okay=False)
    ],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The story's folder, new or empty.")],
    dates: Annotated[
        str, typer.Option(metavar="|".join(_ORDERS), callback=_order, help="How to read 03/04/2024.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="HEADING=FIELD", help="What a column is; without FIELD it is kept as it is. Repeatable."),
    ] = None,
    sheet: Annotated[str, typer.Option(metavar="NAME", help="Which sheet of a workbook.")] = "",
    header_row: Annotated[int | None, typer.Option(min=1, metavar="ROW", help="In which row the headings are.")] = None,
) -> None:
    """Make a story's folder of a table, and say what each column was taken for."""
    need_room(folder)
    answers = Answers(sheet, header_row, _fields(column or []), _ORDERS.get(dates, ""))
    try:
        intake = story_intake(table, answers)
        tables = read_files(intake.files) if intake.files else None
    except DatasetError as error:
        report(error.problems)
        raise typer.Exit(HAS_PROBLEMS) from error
    if intake.table:
        _check_headings(answers.fields, intake.table)
        _show_columns(intake.table)
    tell(intake.notes)
    if intake.files is None or tables is None:
        _ask(intake.questions)
        raise typer.Exit(HAS_PROBLEMS)
    report(tables.problems)
    try:
        write_files(intake.files, folder)
    except OSError as error:
        refuse(f"{quote(str(folder))} could not be written: {error.strerror}.")
    left_out = sum(tables.left_out.values())
    rows = f"claims: {len(tables.claims)}, sources: {len(tables.sources)}, places: {len(tables.locations)}"
    typer.echo(f"Written to {plain(str(folder))}; {rows}; rows left out: {left_out}.")
    raise typer.Exit(HAS_PROBLEMS if tables.problems else 0)


def _fields(choices: Iterable[str]) -> dict[str, str]:
    fields = {}
    for choice in choices:
        heading, equals, field = choice.rpartition("=")
        if not equals or field not in ("", *FIELDS):
            refuse(f"{quote(choice)} is not HEADING=FIELD. A field is one of: {'; '.join(FIELDS)}.")
        fields[heading] = field
    return fields


def _check_headings(fields: Mapping[str, str], table: TableGuess) -> None:
    headings = [column.heading for column in table.columns]
    if unknown := [heading for heading in fields if heading not in headings]:
        refuse(f"{quote(unknown[0])} is no heading of the table. It has: {'; '.join(map(quote, headings))}.")


def _show_columns(table: TableGuess) -> None:
    for column in table.columns:
        typer.echo(f"{plain(column.heading)}: {f'{column.field}, {column.why}' if column.field else 'kept as it is'}")


def _ask(questions: Iterable[Question]) -> None:
    for question in questions:
        typer.echo(f"{question.text} It is about: {'; '.join(map(quote, question.examples))}", err=True)
        answer = _ANSWERED_BY.get(question.field, f"--column HEADING={question.field}")
        typer.echo(f"Answer with {answer}. Nothing was written.", err=True)
