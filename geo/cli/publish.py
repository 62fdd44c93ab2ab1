"""``claim-atlas publish``."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from geo.cli.shared import HAS_PROBLEMS, Folder, app, open_placed, refuse, report
from geo.gazetteer.candidate import plain
from geo.maps import GENERATOR, INDEX
from geo.outputs import MOST_INSIDE, publish, published_page
from geo.tables import replace_file

if TYPE_CHECKING:
    from geo.stories import Story

STDOUT = "-"
_HEAD_BYTES = 4096  # of a page, in which its generator is named


@app.command(name="publish", epilog="Example: claim-atlas publish data atlas.html")
def publish_story(
    folder: Folder,
    out: Annotated[str, typer.Argument(metavar="OUT", help="A file ending in .html, a folder, or - for stdout.")],
) -> None:
    """Write a story as a web page that needs no server and no network: one file, or for a big story a folder."""
    story = open_placed(folder)
    report(story.problems)
    if out == STDOUT:
        typer.echo(published_page(story), nl=False)
    else:
        _write(story, Path(out))
    raise typer.Exit(HAS_PROBLEMS if story.problems else 0)


def _write(story: Story, out: Path) -> None:
    """Write the page, and what stands beside it, and tell what was written."""
    one_file = out.suffix.lower() in (".html", ".htm")
    page = out if one_file else out / INDEX
    if page.exists() and not _is_ours(page):
        refuse(f"{page} is there already and is no page of {GENERATOR}: name another, or remove it.")
    files = [(page.name, published_page(story))] if one_file else publish(story)
    written = {}
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        for name, text in files:  # the page comes last: until then the older one has the data that it names
            content = text.encode("utf-8", "replace")
            replace_file(page.with_name(name), content)
            written[name] = len(content)
    except OSError as error:
        refuse(f"{page} could not be written: {error.strerror}.")
    typer.echo(page)
    typer.echo(f"Written: {plain(page.name)}, {written.pop(page.name):,} bytes", err=True)
    if written:
        typer.echo(f"Beside it: {len(written):,} files, {sum(written.values()):,} bytes", err=True)
    typer.echo(f"Claims: {len(story.tables.claims):,}, all of them, whatever a reader filters.", err=True)
    if one_file and len(story.tables.claims) > MOST_INSIDE:
        typer.echo(
            f"Big for one file: with a folder as OUT more than {MOST_INSIDE:,} claims stand in files beside the page.",
            err=True,
        )
    typer.echo(f"To embed it, once it is on a web server:\n{_frame(story.tables.title, page.name)}", err=True)


def _is_ours(page: Path) -> bool:
    """Return whether a file is a page that was published before, and so is there to be replaced."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return f'<meta name="generator" content="{GENERATOR} '.encode() in file.read(_HEAD_BYTES)


def _frame(title: str, file: str) -> str:
    """Return the markup that shows the page inside another; ``assets/share.js`` offers the same with a state in it."""
    sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
    source = f"https://example.org/{quote(file)}"
    return (
        f'<iframe src="{source}" title="{escape(plain(title))}" width="100%" height="640" '
        f'loading="lazy" sandbox="{sandbox}" allow="clipboard-write"></iframe>'
    )
