"""The command line: ``claim-atlas validate``, ``geocode`` and ``serve``.

Exit status: 0 done, 1 the data has problems, 2 wrong usage. Problems go to stderr, one per line.
"""

from __future__ import annotations

import io
import json
import math
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from geo.errors import DatasetError, Problem
from geo.gazetteer import GEOCODERS, Cached, Candidate, Geocoder, Resolution, resolve_sites
from geo.gazetteer.candidate import plain
from geo.gazetteer.pins import Pin, write_pins
from geo.geodesy import distance_km
from geo.schema import LOCATIONS, TABLES
from geo.tables import Tables, read_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

HAS_PROBLEMS, WRONG_USAGE = 1, 2
HOST, PORT = "127.0.0.1", 8501
TOP = Path(__file__).resolve().parents[1]
_SHOWN = 10
_WIDTH_IN_FILES = 160  # so that nothing is cut where no terminal sets the width

# Plain text: boxes and markup would read arguments as markup, and break lines that other programs read.
app = typer.Typer(
    help="Check, place and show a story: a folder with locations.csv, sources.csv and claims.csv.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The story's folder.", exists=True, file_okay=False)]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a script shows its code points
    app(prog_name="claim-atlas")


@app.command()
def validate(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print problems and counts as JSON.")] = False,
) -> None:
    """Check a story's tables and list all that is wrong with them."""
    rows: dict[str, int] = {}
    left_out: dict[str, int] = {}
    try:
        tables = read_story(folder)
    except DatasetError as error:
        problems = error.problems
    else:
        problems = tables.problems
        rows = {table.file: len(getattr(tables, table.name)) for table in TABLES}
        left_out = dict(tables.left_out)
    _report(problems)
    if as_json:
        counts = {"rows": rows, "left_out": left_out, "problems": len(problems)}
        found = {"problems": [asdict(problem) for problem in problems], "counts": counts}
        typer.echo(json.dumps(found, indent=2))
    else:
        for file, number in rows.items():
            typer.echo(f"{file}: {number} rows" + (f", {left_out[file]} left out" if left_out[file] else ""))
        typer.echo(f"{len(problems)} problems" if problems else "No problems.")
    raise typer.Exit(HAS_PROBLEMS if problems else 0)


def _known(name: str) -> str:
    if name not in GEOCODERS:
        msg = f"it must be one of: {', '.join(GEOCODERS)}."
        raise typer.BadParameter(msg)
    return name


@app.command()
def geocode(
    folder: Folder,
    service: Annotated[
        str, typer.Option("--geocoder", metavar="|".join(GEOCODERS), callback=_known, help="Whom to ask.")
    ] = next(iter(GEOCODERS)),
    domain: Annotated[str, typer.Option(metavar="HOST:PORT", help="Server to ask, instead of the public one.")] = "",
    scheme: Annotated[str, typer.Option(metavar="http|https", help="How to reach the server.")] = "",
    write: Annotated[bool, typer.Option("--write", help="Write settled coordinates into locations.csv.")] = False,
    choose: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=GAZETTEER_ID", help="Settle a place by choosing one of its candidates; repeatable."),
    ] = None,
) -> None:
    """Show what the gazetteer offers for each place without coordinates; write only when told."""
    geocoder = _geocoder(service, domain, scheme)
    tables = _read(folder)
    locations = _with_choices(tables.locations, choose or [])
    with _progress() as progress:
        resolution = resolve_sites(locations, geocoder, progress=progress)
    _check_choices(choose or [], resolution)
    _show(locations, resolution)
    pins = _pins(resolution.sites)
    if write and pins:
        try:
            write_pins(folder / LOCATIONS.file, pins)
        except DatasetError as error:
            _report(error.problems)
            raise typer.Exit(HAS_PROBLEMS) from error
        except OSError as error:
            _refuse(f"{LOCATIONS.file} could not be written: {error.strerror}.")
        typer.echo(f"Written to {LOCATIONS.file}: {len(pins)}.")
    else:
        typer.echo(f"Settled: {len(pins)}." + (" Nothing written; --write does it." if pins else ""))
    typer.echo(f"Data: {getattr(geocoder, 'attribution', service)}.")
    problems = (*tables.problems, *resolution.problems)
    _report(problems)
    raise typer.Exit(HAS_PROBLEMS if problems else 0)


@app.command()
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=1, max=65535, help=f"Port on {HOST}.")] = PORT,
) -> None:
    """Open the atlas for a browser on this machine, until Ctrl-C."""
    page = TOP / "app.py"
    if not page.is_file():
        _refuse(f"{page} is missing: serve needs the whole repository, installed with 'pip install -e .'.")
    _report(_read(folder).problems)
    if _is_taken(port):
        _refuse(f"Port {port} is taken. Choose another with --port.")
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


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(WRONG_USAGE)


def _read(folder: Path) -> Tables:
    try:
        return read_story(folder)
    except DatasetError as error:
        _report(error.problems)
        raise typer.Exit(HAS_PROBLEMS) from error


def _geocoder(name: str, domain: str, scheme: str) -> Geocoder:
    """Return the geocoder, cached if asking it means telling somebody."""
    server: dict[str, Any] = {option: value for option, value in (("domain", domain), ("scheme", scheme)) if value}
    if server and not GEOCODERS[name].asks_outside:
        msg = f"'{name}' asks no server."
        raise typer.BadParameter(msg, param_hint=f"--{next(iter(server))}")
    try:
        geocoder = GEOCODERS[name](**server)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--scheme") from error
    return Cached(geocoder) if geocoder.asks_outside else geocoder


def _chosen(choice: str) -> tuple[str, str]:
    location_id, _, gazetteer_id = choice.partition("=")
    return location_id.strip(), gazetteer_id.strip()


def _with_choices(locations: pd.DataFrame, choices: Iterable[str]) -> pd.DataFrame:
    """Return the table with each choice as its location's gazetteer id, by which the resolver settles it."""
    locations = locations.copy()
    for choice in choices:
        location_id, gazetteer_id = _chosen(choice)
        rows = locations.index[locations["location_id"] == location_id]
        if rows.empty or not gazetteer_id:
            msg = f"{choice!r} is not ID=GAZETTEER_ID with the location_id of a good row of {LOCATIONS.file}."
            raise typer.BadParameter(msg, param_hint="--choose")
        if locations.at[rows[0], "gazetteer_id"] not in ("", gazetteer_id):
            msg = f"{location_id!r} has another gazetteer_id in {LOCATIONS.file}; change it there."
            raise typer.BadParameter(msg, param_hint="--choose")
        locations.at[rows[0], "gazetteer_id"] = gazetteer_id
    return locations


def _check_choices(choices: Iterable[str], resolution: Resolution) -> None:
    for location_id, gazetteer_id in map(_chosen, choices):
        if gazetteer_id not in {found.gazetteer_id for found in resolution.candidates.get(location_id, ())}:
            msg = f"{gazetteer_id!r} is not among the candidates for {location_id!r}."
            raise typer.BadParameter(msg, param_hint="--choose")


def _pins(sites: pd.DataFrame) -> dict[str, Pin]:
    today = datetime.now(UTC).date()
    geocoded = sites[sites["how"] == "geocoded"]
    columns = (geocoded[name] for name in ("location_id", "lat", "lon", "coordinate_source", "gazetteer_id"))
    return {
        location_id: Pin(lat, lon, f"{coordinate_source}, on {today}", gazetteer_id)
        for location_id, lat, lon, coordinate_source, gazetteer_id in zip(*columns, strict=True)
    }


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Draw a progress bar on stderr while places are asked for, if stderr is a terminal."""
    columns = (TextColumn("Looking up places"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(locations: pd.DataFrame, resolution: Resolution) -> None:
    """Print what is known of each location: where it is pinned, or what there is to choose from."""
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_IN_FILES
    sites: dict[Any, Any] = {site.location_id: site for site in resolution.sites.itertuples()}
    for location_id, name in zip(locations["location_id"], locations["name"], strict=True):
        site = sites.get(location_id)
        state = f"{site.lat:.5f}, {site.lon:.5f}, {site.provenance}" if site else "not settled"
        console.print(f"{plain(name)} [{plain(location_id)}]: {plain(state)}", soft_wrap=True)
        if candidates := resolution.candidates.get(location_id):
            others = [(other.lat, other.lon) for key, other in sites.items() if key != location_id]
            console.print(_candidate_table(candidates, site.gazetteer_id if site else "", others))


def _candidate_table(candidates: tuple[Candidate, ...], settled_id: str, others: list[tuple[float, float]]) -> Table:
    table = Table("", "name", "type", "region", "country", "score", "km to next site", "id", box=None, pad_edge=False)
    for found in candidates[:_SHOWN]:
        texts = (found.name, found.feature_type, found.region, found.country)
        score = "" if found.score is None else f"{found.score:.2f}"
        mark = "→" if settled_id and found.gazetteer_id == settled_id else ""
        table.add_row(mark, *map(plain, texts), score, _nearest_km(found, others), plain(found.gazetteer_id))
    if len(candidates) > _SHOWN:
        table.add_row("", f"and {len(candidates) - _SHOWN} more")
    return table


def _nearest_km(found: Candidate, others: list[tuple[float, float]]) -> str:
    """Return the distance to the nearest of the other sites, blank where it can't be told."""
    if found.lat is None or found.lon is None or not others:
        return ""
    lat, lon = math.radians(found.lat), math.radians(found.lon)

    def haversine(point: tuple[float, float]) -> float:  # enough to tell which is nearest, and quick for 500 sites
        to_lat, to_lon = map(math.radians, point)
        return math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2

    return f"{distance_km((found.lat, found.lon), min(others, key=haversine)):,.0f}"


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just freed is free, as for the server
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
