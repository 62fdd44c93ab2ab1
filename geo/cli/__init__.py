"""The command line: each command is a module that adds itself to ``shared.app``.

Exit status: 0 done, 1 the data has problems, 2 wrong usage. Problems go to stderr, one per line.
"""

from __future__ import annotations

import io
import sys

from geo.cli import (  # noqa: F401 - each adds its command
    check_quotes,
    convert,
    diff,
    export,
    geocode,
    new,
    publish,
    serve,
    validate,
)
from geo.cli.shared import app


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a script shows its code points
    app(prog_name="claim-atlas")
