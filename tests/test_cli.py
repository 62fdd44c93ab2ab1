"""The commands: what they print where, what they write, and how they end."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from fake_nominatim import VLADIVOSTOK, Answer, FakeNominatim, fake_nominatim
from typer.testing import CliRunner, Result

from geo import cli, schema
from geo.cli import serve

if TYPE_CHECKING:
    from collections.abc import Iterator


ROOT = Path(__file__).parents[1]
PINNED = {"location_id": "pin", "name": "Pinned", "latitude": "43.10", "longitude": "131.90", "coordinate_source": "c"}
VLADIVOSTOK_ROW = {"location_id": "vlad", "name": "Vladivostok", "country_code": "RU", "feature_type": "city"}
SERGEYEVKA = {"location_id": "serg", "name": "Sergeyevka", "country_code": "RU", "feature_type": "city"}
OFF_EARTH = {"location_id": "bad", "name": "Bad", "latitude": "91", "longitude": "0", "coordinate_source": "x"}
HOSTILE = {
    "location_id": "x[red]y",
    "name": "[bold]z{{7*7}}\x1b[31m\u202e",
    "latitude": "43",
    "longitude": "131",
    "coordinate_source": "[link=http://a]b[/link]",
}


def add(folder: Path, row: dict[str, str], table: schema.Table = schema.LOCATIONS) -> None:
    """Append a row to a table with all columns and one more, which is the reader's own."""
    path = folder / table.file
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*table.names, "mine"], restval="")
        if is_new:
            writer.writeheader()
        writer.writerow({"mine": "007", **row})


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    claim = {
        "claim_id": "c1",
        "statement": "Troops arrived",
        "claimant": "A",
        "source_id": "s1",
        "modality": "happened",
    }
    add(folder, claim, schema.CLAIMS)
    add(folder, {"source_id": "s1", "title": "A report"}, schema.SOURCES)
    add(folder, PINNED)
    add(folder, VLADIVOSTOK_ROW)
    return folder


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with fake_nominatim() as server:
        yield server


def run(*arguments: str | Path, cache: Path | None = None) -> Result:
    environment = {"XDG_CACHE_HOME": str(cache)} if cache else {}
    return CliRunner().invoke(cli.with_commands(), [str(argument) for argument in arguments], env=environment)


def cells(story: Path) -> pd.DataFrame:
    return pd.read_csv(story / "locations.csv", dtype=str, keep_default_na=False).set_index("location_id")


def test_a_good_story_is_valid() -> None:
    done = run("validate", ROOT / "data")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "locations.csv: 8 rows" in done.stdout
    assert done.stdout.endswith("No problems.\n")


@pytest.mark.parametrize("command", [[sys.executable, "-m", "geo"], [Path(sys.executable).with_name("claim-atlas")]])
def test_both_ways_to_call_it_work_from_any_folder_and_on_any_terminal(story: Path, command: list[str]) -> None:
    add(story, PINNED | {"location_id": "x", "name": "Хасан"})
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*command, "geocode", story], cwd="/", env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u0425\u0430\u0441\u0430\u043d [x]: 43.10000" in done.stdout, "code points where a script is missing"


def test_problems_go_to_stderr_one_a_line_and_the_status_is_1(story: Path) -> None:
    add(story, PINNED)
    add(story, OFF_EARTH)
    done = run("validate", story)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("locations.csv, row ") for line in lines)
    assert done.stdout.endswith(f"{len(lines)} problems\n")


def test_one_problem_and_one_row_are_counted_as_one(story: Path) -> None:
    add(story, OFF_EARTH)
    done = run("validate", story)
    assert done.stdout.endswith("claims.csv: 1 row\n1 problem\n")


def test_validate_speaks_json(story: Path) -> None:
    add(story, OFF_EARTH)
    done = run("validate", story, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["counts"]["problems"] == len(found["problems"]) == len(done.stderr.splitlines())
    assert found["counts"]["rows"] == {"locations.csv": 2, "sources.csv": 1, "claims.csv": 1}
    assert found["counts"]["left_out"] == {"locations.csv": 1, "sources.csv": 0, "claims.csv": 0}
    assert set(found["problems"][0]) == {"file", "row", "column", "value", "reason", "fix"}


def test_a_folder_without_a_story_has_problems(tmp_path: Path) -> None:
    for command in ("validate", "geocode", "serve"):
        done = run(command, tmp_path)
        assert done.exit_code == 1
        assert "claims.csv: the file is missing" in done.stderr
    assert json.loads(run("validate", tmp_path, "--json").stdout)["counts"]["rows"] == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate"],
        ["validate", "/no/such/folder"],
        ["validate", ROOT / "data", "--yaml"],
        ["geocode", ROOT / "data", "--geocoder", "oracle"],
        ["geocode", ROOT / "data", "--domain", "127.0.0.1:1"],
        ["geocode", ROOT / "data", "--geocoder", "nominatim", "--scheme", "gopher"],
        ["geocode", ROOT / "data", "--choose", "nobody=GeoNames 1"],
        ["geocode", ROOT / "data", "--choose", "vladivostok"],
        ["serve", ROOT / "data", "--port", "70000"],
        ["export", ROOT / "data"],
    ],
    ids=str,
)
def test_wrong_usage_is_2_and_explained(arguments: list[str | Path]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_table_is_a_problem_and_no_story() -> None:
    done = run("validate", __file__)
    assert (done.exit_code, done.stdout) == (1, "1 problem\n")
    assert "a question is open (Which column holds the claim" in done.stderr


def test_geocode_shows_candidates_with_type_region_country_score_and_distance(story: Path) -> None:
    add(story, PINNED | {"location_id": "far", "name": "Far", "latitude": "51.75", "longitude": "36.02"})
    before = (story / "locations.csv").read_bytes()
    done = run("geocode", story)
    assert (done.exit_code, done.stderr) == (0, "")
    row = next(line for line in done.stdout.splitlines() if "GeoNames 2013348" in line and "→" in line)
    # 2.2 km from the nearer of the pinned sites
    assert row.split() == [
        "→",
        "Vladivostok",
        "city",
        *["Primorskiy", "kray", "Russian", "Federation"],
        "1.00",
        "2",
        *["GeoNames", "2013348"],
    ]
    assert "Pinned [pin]: 43.10000, 131.90000, pinned: c" in done.stdout
    assert "Data: GeoNames (geonames.org), CC BY 4.0." in done.stdout
    assert (story / "locations.csv").read_bytes() == before, "nothing is written unless told"


def test_geocode_writes_settled_coordinates_when_told_and_nothing_else(story: Path) -> None:
    add(story, SERGEYEVKA)
    before = cells(story)
    done = run("geocode", story, "--write")
    assert done.exit_code == 1, "one place is ambiguous"
    after = cells(story)
    assert list(after.loc["vlad", ["latitude", "longitude"]]) == ["43.10562", "131.87353"]
    assert after.loc["vlad", "gazetteer_id"] == "GeoNames 2013348"
    assert after.loc["vlad", "coordinate_source"].startswith("GeoNames 2013348, found by the offline gazetteer for ")
    pd.testing.assert_frame_equal(after.loc[["pin", "serg"], before.columns], before.loc[["pin", "serg"]])
    assert list(after["mine"]) == ["007"] * 3
    again = run("geocode", story, "--write")
    assert "Settled: 0." in again.stdout
    assert run("validate", story).exit_code == 0


def test_an_ambiguous_place_is_a_problem_and_is_written_only_by_choice(story: Path) -> None:
    add(story, SERGEYEVKA)
    choice = ["--choose", "serg=GeoNames 2020626"]
    asked = run("geocode", story)
    assert asked.exit_code == 1
    assert "locations.csv, row 4, column 'name': 'Sergeyevka' has 2 candidates in the offline" in asked.stderr
    assert (run("geocode", story, *choice).exit_code, cells(story).loc["serg", "latitude"]) == (0, "")
    assert run("geocode", story, *choice, "--write").exit_code == 0
    assert cells(story).loc["serg", "latitude"] == "44.33749"
    assert run("geocode", story, "--choose", "vlad=GeoNames 1").exit_code == 2, "not among the candidates"


def test_rows_with_problems_survive_a_write(story: Path) -> None:
    add(story, OFF_EARTH)
    assert run("geocode", story, "--write").exit_code == 1
    assert cells(story).loc["bad", "latitude"] == "91"


def test_geocode_asks_nominatim_where_it_is_told_and_remembers(
    story: Path, server: FakeNominatim, tmp_path: Path
) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    arguments = ("geocode", story, "--geocoder", "nominatim", "--domain", server.domain, "--scheme", "http")
    for _ in range(2):
        done = run(*arguments, cache=tmp_path / "cache")
        assert (done.exit_code, done.stderr) == (0, "")
        assert "OpenStreetMap relation 4103" in done.stdout
        assert "© OpenStreetMap contributors" in done.stdout
    assert len(server.requests) == 1


def test_a_service_that_fails_is_a_problem_of_its_own(story: Path, server: FakeNominatim, tmp_path: Path) -> None:
    server.answer(Answer(b"no", 500))
    arguments = ("--geocoder", "nominatim", "--domain", server.domain, "--scheme", "http", "--write")
    done = run("geocode", story, *arguments, cache=tmp_path / "cache")
    assert done.exit_code == 1
    assert "'Vladivostok' could not be asked: Nominatim at 127.0.0.1:" in done.stderr


def test_hostile_text_is_shown_as_text(story: Path) -> None:
    add(story, HOSTILE)
    done = run("geocode", story)
    assert "[bold]z{{7*7}}\\x1b[31m\\u202e [x[red]y]: 43.00000" in done.stdout
    assert "[link=http://a]b[/link]" in done.stdout
    assert done.stdout.replace("\n", "").isprintable()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def handshake(port: int, host: str) -> int:
    """Return the status of the answer to a page that asks for its connection under a host's name."""
    headers = {
        "Host": f"{host}:{port}",
        "Origin": f"http://{host}:{port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", "/_stcore/stream", headers=headers)
        return connection.getresponse().status


def test_serve_loads_nothing_that_only_other_commands_need(story: Path) -> None:
    script = "import sys; from geo.cli import main\ntry: main()\nfinally: print(*sorted(sys.modules))"
    with socket.create_server(("127.0.0.1", 0)) as holder:  # so it ends by itself
        arguments = ["serve", str(story), "--port", str(holder.getsockname()[1])]
        done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert "is taken" in done.stderr
    assert {"geo.cli.serve", "geo.tables"} <= {*done.stdout.split()}
    assert {"geo.cli.publish", "geo.maps", "geo.intake", "folium", "geopy", "openpyxl"}.isdisjoint(done.stdout.split())


def test_serve_says_in_one_line_that_a_port_is_taken(story: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        done = run("serve", story, "--port", str(port))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Port {port} is taken. Choose another with --port.\n"


def test_serve_says_so_where_the_page_is_missing(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "TOP", tmp_path)
    done = run("serve", story)
    assert done.exit_code == 2
    assert "app.py is missing: serve needs the whole repository" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_opens_the_atlas_on_loopback_with_the_shipped_settings_and_ends_cleanly(
    story: Path, tmp_path: Path, how: signal.Signals
) -> None:
    add(story, SERGEYEVKA)
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[server]\nbaseUrlPath = "elsewhere"\n', encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "geo", "serve", str(story), "--port", str(port)]
    with (tmp_path / "log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log, start_new_session=True)
        try:
            deadline = time.monotonic() + 120  # a busy machine needs half a minute
            while True:
                assert server.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                        assert answer.read() == b"ok"
                    break
                except OSError:
                    assert time.monotonic() < deadline
                    time.sleep(0.2)
            with socket.socket() as probe:
                probe.settimeout(5)
                assert probe.connect_ex(("127.0.0.2", port)) != 0, "it listens at one address of this machine alone"
            assert handshake(port, "127.0.0.1") == 101
            assert handshake(port, "elsewhere.example") == 403, "the shipped settings name the hosts"
            server.send_signal(how)
            assert server.wait(30) == 0
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)  # a test that fails leaves nothing running
            raise
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert "Traceback" not in text
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "nothing of it runs on"
