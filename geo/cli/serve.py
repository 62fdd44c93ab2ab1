"""``claim-atlas serve``."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.shared import Folder, app, read, refuse, report

HOST, PORT = "127.0.0.1", 8501
TOP = Path(__file__).resolve().parents[2]


@app.command(epilog="Example: claim-atlas serve data --port 8600")
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=1, max=65535, help=f"Port on {HOST}.")] = PORT,
) -> None:
    """Open the atlas for a browser on this machine, until Ctrl-C."""
    page = TOP / "app.py"
    if not page.is_file():
        refuse(f"{page} is missing: serve needs the whole repository, installed with 'pip install -e .'.")
    report(read(folder).problems)
    if _is_taken(port):
        refuse(f"Port {port} is taken. Choose another with --port.")
    # started in its own folder: Streamlit would let settings in the caller's folder override the shipped ones
    server = subprocess.Popen(  # noqa: S603 - nothing here comes from the story
        [sys.executable, "-m", "streamlit", "run", page, f"--server.address={HOST}", f"--server.port={port}"],
        cwd=TOP,
        env=os.environ | {"CLAIM_ATLAS_STORY": str(folder.resolve())},
    )
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        status = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        status = 0
    raise typer.Exit(max(status, 0))  # negative: ended by the signal that we passed on


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just freed is free, as for the server
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
