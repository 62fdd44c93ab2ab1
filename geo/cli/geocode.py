"""``claim-atlas geocode``."""

from __future__ import annotations

import math
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from geo.cli.shared import HAS_PROBLEMS, Folder, app, need_folder, read, refuse, report
from geo.errors import DatasetError
from geo.gazetteer import GEOCODERS, Cached, Candidate, Doubt, Geocoder, Resolution, resolve_sites
from geo.gazetteer.candidate import plain
from geo.gazetteer.pins import Pin, with_pins
from geo.geodesy import distance_km
from geo.schema import LOCATIONS
from geo.tables import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

_SHOWN = 10
_WIDTH_IN_FILES = 160  # so that nothing is cut where no terminal sets the width


def _known(name: str) -> str:
    if name not in GEOCODERS:
        msg = f"it must be one of: {', '.join(GEOCODERS)}."
        raise typer.BadParameter(msg)
    return name


@app.command(epilog="Example: claim-atlas geocode data --write")
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
    if write:
        need_folder(folder)
    geocoder = _geocoder(service, domain, scheme)
    tables = read(folder)
    locations = _with_choices(tables.locations, choose or [])
    with _progress() as progress:
        resolution = resolve_sites(locations, geocoder, progress=progress)
    _check_choices(choose or [], resolution)
    _show(locations, resolution)
    pins = _pins(resolution.sites)
    if write and pins:
        try:
            path = folder / LOCATIONS.file
            replace_file(path, with_pins(path.read_bytes(), pins))
        except DatasetError as error:
            report(error.problems)
            raise typer.Exit(HAS_PROBLEMS) from error
        except OSError as error:
            refuse(f"{LOCATIONS.file} could not be written: {error.strerror}.")
        typer.echo(f"Written to {LOCATIONS.file}: {len(pins)}.")
    else:
        typer.echo(f"Settled: {len(pins)}." + (" Nothing written; --write does it." if pins else ""))
    typer.echo(f"Data: {getattr(geocoder, 'attribution', service)}.")
    problems = (*tables.problems, *resolution.problems)
    report(problems)
    raise typer.Exit(HAS_PROBLEMS if problems else 0)


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
    for row, location_id, name in zip(locations.index, locations["location_id"], locations["name"], strict=True):
        site = sites.get(location_id)
        left_off = resolution.doubts[location_id] is Doubt.LEFT_OFF
        nowhere = locations.loc[row, "coordinate_source"] if left_off else "not settled"
        state = f"{site.lat:.5f}, {site.lon:.5f}, {site.provenance}" if site else nowhere
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
