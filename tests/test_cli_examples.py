"""The help of every command: what it gives as an example is run, word for word, in a folder like a reader's own."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import typer.main

from geo.cli import with_commands

ROOT = Path(__file__).parents[1]
COMMANDS = typer.main.get_command(with_commands()).commands
ENDS_BY_ITSELF = [name for name in COMMANDS if name != "serve"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with what the examples name."""
    for name in ("data", "data-last-week"):
        shutil.copytree(ROOT / "data", tmp_path / name)
    (tmp_path / "table.csv").write_text("Claim,Place,Date\nTroops came.,Kursk,03/04/2024\n", encoding="utf-8")
    (tmp_path / "article.txt").write_text("Ukraine has published a video.", encoding="utf-8")
    return tmp_path


def example(command: str) -> list[str]:
    """Return the example of a command's help, as arguments for this Python."""
    found = re.fullmatch(r"Example: claim-atlas (.+)", COMMANDS[command].epilog or "")
    assert found, f"the help of {command} ends with no example"
    return [sys.executable, "-m", "geo", *shlex.split(found[1])]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_shows_the_example(command: str) -> None:
    run = subprocess.run([sys.executable, "-m", "geo", command, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0
    assert COMMANDS[command].epilog in " ".join(run.stdout.split())


@pytest.mark.parametrize("command", ENDS_BY_ITSELF)
def test_the_example_does_what_it_says(command: str, folder: Path) -> None:
    run = subprocess.run(example(command), cwd=folder, capture_output=True, check=False)
    assert (run.returncode, b"Traceback" in run.stderr) in ((0, False), (1, False)), run.stderr
    assert run.stdout or run.stderr


@pytest.mark.parametrize("command", ENDS_BY_ITSELF)
def test_the_example_may_be_cut_short_by_a_pipe(command: str, folder: Path) -> None:
    with subprocess.Popen(
        example(command), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        said = run.stderr.read().decode()
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert run.returncode in (0, 1)


def test_the_example_of_serve_serves_until_it_is_ended(folder: Path) -> None:
    *command, port = example("serve")
    with socket.socket() as free:  # the port of the help may be taken on this machine
        free.bind(("127.0.0.1", 0))
        address = free.getsockname()
    assert port == "8600"
    with subprocess.Popen([*command, str(address[1])], cwd=folder, stdout=subprocess.DEVNULL) as run:
        health = f"http://{address[0]}:{address[1]}/_stcore/health"
        while not answers(health):
            assert run.poll() is None, "serve has ended"
            time.sleep(0.1)
        run.send_signal(signal.SIGTERM)
    assert run.returncode == 0


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
