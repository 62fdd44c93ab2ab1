"""The stories that the benchmarks make up: the same at every run, of the size asked for, and without problems."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from geo import cli
from geo.schema import TABLES

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))  # scripts, and no package
from generate import write_story

CLAIMS = 2_000


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
    done = CliRunner().invoke(cli.app, ["validate", str(story)])
    assert done.exit_code == 0, done.output


def test_it_has_as_many_claims_sites_and_sources_as_were_asked_for(story: Path, claims: pd.DataFrame) -> None:
    rows = {table.name: len(pd.read_csv(story / table.file, dtype=str)) for table in TABLES}
    assert rows == {"claims": 2_000, "locations": 400, "sources": 100}
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
    assert {"", "2024"} <= set(claims["event_date"])
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
