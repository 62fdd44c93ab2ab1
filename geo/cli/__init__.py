"""The command line: each command is a module that adds itself to ``shared.app``.

Exit status: 0 done, 1 the data has problems, 2 wrong usage. Problems go to stderr, one per line.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from geo.cli.shared import app

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typer

COMMANDS = ("check-quotes", "convert", "diff", "export", "geocode", "new", "publish", "serve", "validate")


def with_commands(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command line with these of its commands, and those that were asked for before."""
    for name in names:
        import_module(f"geo.cli.{name.replace('-', '_')}")
    return app


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a script shows its code points
    # The one that is asked for alone: what all of them need takes a second to import, and serve needs half of that.
    asked = [name for name in COMMANDS if [name] == sys.argv[1:2]]
    with_commands(asked or COMMANDS)(prog_name="claim-atlas")
