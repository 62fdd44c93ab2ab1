"""``claim-atlas check-quotes``."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.shared import HAS_PROBLEMS, WRONG_USAGE, Folder, app, need_folder, read, refuse, report
from geo.errors import Problem, quote
from geo.gazetteer.candidate import plain
from geo.near_misses import visible
from geo.quotations import FOUND, NOT_CHECKED, VERDICTS, check_quotations, sentence_gaps
from geo.schema import CLAIMS, QUOTATIONS, SOURCES
from geo.suggestions import Suggestions
from geo.tables import read_source_text, renew_quotations, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from geo.quotations import Gap, Quotation
    from geo.tables import SourceText, Tables


@app.command(epilog="Example: claim-atlas check-quotes data --source newsweek=article.txt")
def check_quotes(
    folder: Folder,
    source: Annotated[
        list[str], typer.Option(metavar="ID=FILE", help="A source's id and the file with its text; repeatable.")
    ],
    write: Annotated[bool, typer.Option("--write", help=f"Store what was found in {QUOTATIONS.file}.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Look up every excerpt in its source's text, character for character, and list what no excerpt covers."""
    if write:
        need_folder(folder)
    tables = read(folder)
    files = _files(source, tables.sources)
    sources = _read_texts(files)
    texts = {source_id: source.text for source_id, source in sources.items()}
    languages = dict(zip(tables.sources["source_id"], tables.sources["language"], strict=True))
    quotations = check_quotations(tables.claims, texts)
    gaps, sentences = sentence_gaps(quotations, texts, languages)
    written = _store(folder, tables, quotations, sources) if write else None
    if as_json:
        typer.echo(json.dumps(_as_json(files, sources, quotations, gaps, sentences, tables.claims), indent=2))
        if written:
            typer.echo(written, err=True)
    else:
        for source_id, file in files.items():
            typer.echo(f"{plain(source_id)}: {plain(str(file))}, SHA-256 {sources[source_id].sha256}")
            _show_quotations([found for found in quotations if found.source_id == source_id])
            _show_gaps([gap for gap in gaps if gap.source_id == source_id], sentences[source_id])
        _show_totals(quotations, tables.claims)
        typer.echo(written or "Nothing written; --write stores what was found.")
    # what was wrong with the stored rows is gone with them
    problems = [problem for problem in tables.problems if written is None or problem.file != QUOTATIONS.file]
    report(problems)
    sound = all(found.verdict in (FOUND, NOT_CHECKED) for found in quotations) and not problems
    raise typer.Exit(0 if sound else HAS_PROBLEMS)


def _files(choices: Iterable[str], sources: pd.DataFrame) -> Mapping[str, Path]:
    """Return the file of each source by its id; an id may hold an equals sign of its own."""
    known, files = sources["source_id"].tolist(), dict[str, Path]()
    for choice in choices:
        given = [known_id for known_id in known if choice.startswith(f"{known_id}=")]
        wrong, equals, _ = choice.partition("=")
        if not equals:
            refuse(f"{quote(choice)} names no file. Write --source ID=FILE.")
        if not given:
            near = Suggestions(known).sentence(wrong)
            refuse(f"{quote(wrong)} is the id of no good row of {SOURCES.file}. {near}".rstrip())
        source_id = max(given, key=len)
        file = choice.removeprefix(f"{source_id}=")
        if not file:
            refuse(f"{quote(choice)} names no file. Write --source ID=FILE.")
        if source_id in files:
            refuse(f"{quote(source_id)} is given twice. Put the text of a source into one file.")
        files[source_id] = Path(file)
    return files


def _read_texts(files: Mapping[str, Path]) -> Mapping[str, SourceText]:
    """Return the texts; end the command, with what is wrong with each, if one cannot be read."""
    texts, problems = dict[str, "SourceText"](), []
    for source_id, file in files.items():
        text = read_source_text(file)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[source_id] = text
    if problems:
        report(problems)
        raise typer.Exit(WRONG_USAGE)
    return texts


def _store(folder: Path, tables: Tables, quotations: Sequence[Quotation], sources: Mapping[str, SourceText]) -> str:
    """Write what was found; return in words what was written."""
    unread = [found for found in tables.problems if found.file == QUOTATIONS.file and found.row in (None, 1)]
    if unread:  # rows that can't be read as such would be lost uncounted
        report(unread)
        typer.echo(f"{QUOTATIONS.file} is not written: put it right, or delete it.", err=True)
        raise typer.Exit(HAS_PROBLEMS)
    found = {each.claim_id: sources[each.source_id].sha256 for each in quotations if each.verdict == FOUND}
    checked = {each.claim_id for each in quotations if each.verdict != NOT_CHECKED}
    day = datetime.now(UTC).date().isoformat()
    rows = renew_quotations(tables.quotations, found, checked, tables.claims, day)
    path = folder / QUOTATIONS.file
    if rows.empty and not path.exists():
        return "Nothing written: no excerpt was found."
    try:
        write_table(rows, QUOTATIONS, path)
    except OSError as error:
        refuse(f"{QUOTATIONS.file} could not be written: {error.strerror}.")
    gone = set(tables.quotations["claim_id"]) - set(rows["claim_id"])
    gone_number = len(gone) + tables.left_out.get(QUOTATIONS.file, 0)
    went = f"; gone, since they no longer hold: {gone_number}" if gone_number else ""
    return f"Rows written to {QUOTATIONS.file}: {len(rows)}{went}."


def _show_quotations(quotations: Sequence[Quotation]) -> None:
    """Print those that are not found just once."""
    for found in quotations:
        if found.verdict == FOUND and len(found.lines) == 1:
            continue
        lines = ", ".join(f"{line:,}" for line in found.lines)
        where = f", line{'s' if len(found.lines) > 1 else ''} {lines}" if lines else ""
        times = f" {len(found.lines)} times" if found.verdict == FOUND else ""
        typer.echo(f"  {plain(found.claim_id)} ({CLAIMS.file}, row {found.row}): {found.verdict}{times}{where}")
        if found.verdict != FOUND:
            typer.echo(f"    {found.difference or visible(found.excerpt)}")
        if found.characters:
            typer.echo(f"    {'; '.join(found.characters)}")


def _show_gaps(gaps: Sequence[Gap], sentences: int) -> None:
    whole = sum(gap.is_whole for gap in gaps)
    typer.echo(f"  in no excerpt: {whole} of {sentences} sentences; in part: {len(gaps) - whole}")
    for gap in gaps:
        words = visible(" ".join(gap.words.split()))
        typer.echo(f"    line {gap.line:,}{'' if gap.is_whole else ', part'}: {words}")


def _counts(quotations: Sequence[Quotation], claims: pd.DataFrame) -> Mapping[str, int]:
    """Return the number of claims by what was found; they add up to all claims."""
    verdicts = Counter(found.verdict for found in quotations)
    return {verdict: verdicts[verdict] for verdict in VERDICTS} | {"without an excerpt": len(claims) - len(quotations)}


def _show_totals(quotations: Sequence[Quotation], claims: pd.DataFrame) -> None:
    counts = " · ".join(f"{name}: {number}" for name, number in _counts(quotations, claims).items())
    typer.echo(f"{counts} · in all: {len(claims)} claims")


def _as_json(
    files: Mapping[str, Path],
    sources: Mapping[str, SourceText],
    quotations: Sequence[Quotation],
    gaps: Sequence[Gap],
    sentences: Mapping[str, int],
    claims: pd.DataFrame,
) -> dict[str, Any]:
    texts = [
        {"source_id": each, "file": str(file), "sha256": sources[each].sha256, "sentences": sentences[each]}
        for each, file in files.items()
    ]
    return {
        "texts": texts,
        "quotations": [asdict(found) for found in quotations],
        "gaps": [asdict(gap) for gap in gaps],
        "counts": dict(_counts(quotations, claims)),
    }
