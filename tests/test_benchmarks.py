"""The stories that the benchmarks make up, and the tables that they write."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from geo import cli
from geo.schema import TABLES

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))  # scripts, and no package
import report
from generate import write_story
from results import Results, read_results
from serving import ATLAS, EMPTY, DidNotFinishError, Server

CLAIMS = 1_500


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made up") / "story"
    write_story(folder, CLAIMS)
    return folder


@pytest.fixture(scope="module")
def claims(story: Path) -> pd.DataFrame:
    return pd.read_csv(story / "claims.csv", dtype=str, keep_default_na=False)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(story: Path, tmp_path: Path) -> None:
    write_story(tmp_path / "again", CLAIMS)
    write_story(tmp_path / "other", CLAIMS, seed=2)
    for table in TABLES:
        assert (tmp_path / "again" / table.file).read_bytes() == (story / table.file).read_bytes()
        assert (tmp_path / "other" / table.file).read_bytes() != (story / table.file).read_bytes()


def test_a_made_up_story_has_no_problems(story: Path) -> None:
    done = CliRunner().invoke(cli.with_commands(), ["validate", str(story)])
    assert done.exit_code == 0, done.output


def test_it_has_as_many_claims_sites_and_sources_as_were_asked_for(story: Path, claims: pd.DataFrame) -> None:
    rows = {table.name: len(pd.read_csv(story / table.file, dtype=str)) for table in TABLES}
    assert rows == {"claims": 1_500, "locations": 300, "sources": 75}
    assert 5 < claims["claimant"].nunique() <= 50


def test_a_tenth_of_its_claims_are_movements_some_of_them_from_an_origin_not_stated(claims: pd.DataFrame) -> None:
    moves = claims["destinations"] != ""
    assert moves.mean() == pytest.approx(0.1, abs=0.03)
    assert (moves & (claims["origins"] == "")).any()
    links = (claims["origins"] + claims["destinations"])[moves & (claims["origins"] != "")]
    assert links.value_counts().iloc[0] > 3


def test_it_reaches_over_five_years(claims: pd.DataFrame) -> None:
    years = {year for year in claims["event_date"].str[:4] if year.isdigit()}
    assert years == {"2020", "2021", "2022", "2023", "2024"}


def test_every_kind_of_doubt_is_in_it(claims: pd.DataFrame) -> None:
    assert (claims["hedge"] != "").any()
    assert (claims["event_date"] == "").any()
    assert claims["event_date"].str.fullmatch(r"\d{4}").any()
    assert claims["event_date"].str.contains("/").any()
    assert {"denies", "disputes"} <= set(claims["stance"])
    rival = claims[claims["quantity_min"] != ""].groupby(["origins", "destinations"])["quantity_min"].nunique()
    assert (rival > 1).any()
    assert claims[["locations", "destinations"]].eq("").all(axis=1).any()


def test_a_story_without_doubt_has_no_hedge_and_answers_nothing(tmp_path: Path) -> None:
    write_story(tmp_path, 200, doubt=0)
    claims = pd.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    assert set(claims["hedge"]) == set(claims["stance"]) == {""}


def test_statements_differ_and_are_as_long_as_sentences(claims: pd.DataFrame) -> None:
    assert claims["statement"].is_unique
    length = claims["statement"].str.len()
    assert np.all((length >= 60) & (length <= 160))


def test_the_number_of_sites_can_be_chosen_and_all_claims_keep_to_them(tmp_path: Path) -> None:
    write_story(tmp_path, 300, sites=7, movements=0)
    sites = pd.read_csv(tmp_path / "locations.csv", dtype=str)["location_id"]
    claims = pd.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    assert len(sites) == 7
    assert set(claims["locations"]) <= {"", *sites}
    assert set(claims["origins"]) == set(claims["destinations"]) == {""}


def fail() -> float:
    msg = "not loaded in 60 s"
    raise DidNotFinishError(msg)


SHORT_LIVED = """
from threading import Thread
print(flush=True)
while True:
    Thread(target=bool).start()
"""


def test_a_server_is_measured_whose_threads_end_meanwhile() -> None:
    with subprocess.Popen([sys.executable, "-c", SHORT_LIVED], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        server = Server("", process)
        before = server.cpu_ms()
        memory = [server.rss_mb() for _ in range(1000)]
        spent = server.cpu_ms() - before
        process.kill()
    assert min(memory) > 1
    assert spent > 0


def test_what_did_not_finish_says_why_and_is_not_tried_again() -> None:
    results = Results()
    assert results.attempt("load", EMPTY, 8, lambda: 2.0)
    assert not results.attempt("load", ATLAS, 8, fail)
    assert not results.attempt("load", ATLAS, 8, lambda: 1.0)
    assert results.get("load", ATLAS, 8).why == "not loaded in 60 s"


def test_results_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    results = Results({"8": {"Date": "today"}})
    results.add("load", ATLAS, 8, 3.0, 1.0, 2.0)
    results.attempt("step", ATLAS, 8, fail)
    results.save(tmp_path / "results.json")
    assert read_results(tmp_path / "results.json") == results


def test_the_tables_take_the_place_of_the_old_ones_and_leave_the_prose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{report.BEGIN}\nOld.\n{report.END}\nAfter.\n", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    results = Results()
    results.add("load", ATLAS, 8, 30.0)
    results.add("load", EMPTY, 8, 20.0)
    results.attempt("step", ATLAS, 8, fail)
    report.write_report(results)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert "Old." not in text
    assert "| load, server warm, ms | 30 |  | 1.1 × | 20 |  |  |  |  | 1.5 × |" in text
    assert "did not finish: not loaded in 60 s" in text
