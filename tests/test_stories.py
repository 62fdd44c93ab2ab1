"""The story that the atlas ships with, opened as a reader opens it, and the hard facts of the article it tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from geopy.location import Location
from small_story import FixedGeocoder, claim, pinned, small_story

from geo.card import MovementWords
from geo.errors import DatasetError
from geo.gazetteer import Offline, cache
from geo.geodesy import distance_km
from geo.schema import MAX_EXCERPT_WORDS
from geo.selection import Counts, Selection, counts
from geo.stories import Story, open_story, select_claims
from geo.tables import folder_files

DATA = Path(__file__).parents[1] / "data"

# Coordinates gathered beside the article, each from the source that the data name.
PLACES = {
    "sergeevsky": (44.3269, 131.6686),
    "vladivostok": (43.1056, 131.8735),
    "chongjin": (41.7956, 129.7758),
    "hamhung": (39.9183, 127.5364),
    "musudan": (40.85, 129.68),
    "ussuriysk": (43.8047, 131.9573),
    "khabarovsk": (48.4620, 135.0971),
    "kursk": (51.75, 36.017),
}
UNCERTAINTIES_KM = {
    "sergeevsky": 15, "vladivostok": 15, "chongjin": 12, "hamhung": 20, "musudan": 20, "ussuriysk": 15,
    "khabarovsk": 30, "kursk": 175,
}  # fmt: skip
PINNED = {"sergeevsky", "musudan", "kursk"}


@pytest.fixture(scope="module")
def story() -> Story:
    return open_story(folder_files(DATA), Offline())


@pytest.fixture(scope="module")
def claims(story: Story) -> pd.DataFrame:
    return story.tables.claims.set_index("claim_id")


def named(claims: pd.DataFrame, passing: pd.Series[bool]) -> set[str]:
    return set(claims.index[passing])


def test_the_shipped_story_has_no_problem(story: Story) -> None:
    assert story.problems == ()
    assert set(story.tables.left_out.values()) == {0}


def test_the_eight_sites_are_in_the_right_place(story: Story) -> None:
    assert set(story.sites["location_id"]) == set(PLACES)
    for site in story.sites.itertuples():
        lat, lon = PLACES[site.location_id]
        assert (abs(site.lat - lat) <= 0.01, abs(site.lon - lon) <= 0.01) == (True, True), site
        assert site.uncertainty_km == UNCERTAINTIES_KM[site.location_id]


def test_sergeevsky_is_the_training_ground_near_the_border_and_no_namesake(story: Story) -> None:
    (site,) = story.sites[story.sites["location_id"] == "sergeevsky"].itertuples()
    assert distance_km((site.lat, site.lon), (44.326859, 131.668647)) < 0.1
    assert distance_km((site.lat, site.lon), (43.35, 133.33)) > 100


def test_pinned_sites_say_from_what_and_cities_who_found_them(story: Story) -> None:
    for site in story.sites.itertuples():
        if site.location_id in PINNED:
            assert site.provenance.startswith("pinned: ")
            assert len(site.provenance) > len("pinned: ")
        else:
            assert site.provenance.startswith("found by the offline gazetteer (GeoNames ")
            assert site.feature_type == "city"


def test_kursk_oblast_is_an_area_and_not_its_capital(story: Story) -> None:
    (kursk,) = story.sites[story.sites["location_id"] == "kursk"].itertuples()
    assert (kursk.name, kursk.feature_type) == ("Kursk Oblast", "area")
    south, west, north, east = kursk.extent
    assert south < kursk.lat < north
    assert west < kursk.lon < east
    assert [site.location_id for site in story.sites.itertuples() if site.extent] == ["kursk"]


def test_one_claim_alone_names_origins_and_destinations(claims: pd.DataFrame) -> None:
    (movement,) = claims[claims["origins"].astype(bool) & claims["destinations"].astype(bool)].itertuples()
    assert set(movement.origins) == {"chongjin", "hamhung", "musudan"}
    assert movement.destinations == ("vladivostok",)
    assert movement.event_date == "2024-10-08/2024-10-13"
    assert (movement.quantity_min, movement.quantity_max) == (1500, 1500)


def test_the_movements_are_the_one_into_vladivostok_and_the_one_planned_for_kursk(claims: pd.DataFrame) -> None:
    moves = claims["origins"].astype(bool) | claims["destinations"].astype(bool)
    assert named(claims, moves) == {"nis-1500", "budanov-2600"}


def test_the_2600_are_planned_for_kursk_oblast_from_nowhere_stated_and_on_no_day(claims: pd.DataFrame) -> None:
    planned = claims.loc["budanov-2600"]
    assert (planned["origins"], planned["destinations"], planned["event_date"]) == ((), ("kursk",), "")
    assert (planned["quantity_min"], planned["modality"]) == (2600, "planned")


def test_the_words_on_the_map_are_those_of_the_article(story: Story) -> None:
    words = {card.claim_id: card.movement_words for card in story.cards.all() if card.movement_words}
    assert words == {
        "nis-1500": MovementWords("8-13 Oct 2024", "1,500 in total", ""),
        "budanov-2600": MovementWords("", "2,600 planned", "origin not stated"),
    }


def test_each_movement_has_a_sentence_and_nothing_else_has(story: Story) -> None:
    sentences = {card.claim_id: card.sentence for card in story.cards.all() if card.sentence}
    assert sentences == {
        "nis-1500": "South Korea's National Intelligence Service says that 1,500 troops in total were sent from "
        "Chongjin, Hamhung and Musudan to Vladivostok between 8 and 13 October 2024 (date inferred by us).",
        "budanov-2600": "Kyrylo Budanov says that 2,600 soldiers are to be deployed from a place that is not stated to "
        "Kursk Oblast; when is not stated. The source's own hedge: “alleged”.",
    }


def test_not_verified_is_said_of_the_outlets_video_and_of_nothing_else(claims: pd.DataFrame) -> None:
    assert claims.loc["video-unverified", "responds_to"] == ("video-sergeevsky",)
    assert claims.loc["video-unverified", "stance"] == "unverified"
    assert named(claims, claims["stance"] == "unverified") == {"video-unverified"}


def test_no_claim_joins_the_10000_and_the_1500(claims: pd.DataFrame) -> None:
    for row in claims.itertuples():
        numbers = {row.quantity_min, row.quantity_max}
        assert not numbers >= {1500, 10_000}
        text = f"{row.statement} {row.excerpt} {row.quantity_of}"
        assert not ("10,000" in text and "1,500" in text)
    assert sorted(claims["quantity_max"].dropna()) == [1500, 2600, 10_000, 11_000]


def test_the_11000_are_a_forecast_of_readiness_without_a_place(claims: pd.DataFrame) -> None:
    ready = claims.loc["budanov-11000"]
    assert (ready["modality"], ready["event_date"]) == ("forecast", "../2024-11-01")
    assert ready["locations"] + ready["origins"] + ready["destinations"] == ()


def test_presence_in_ussuriysk_and_khabarovsk_is_no_movement(claims: pd.DataFrame) -> None:
    present = claims[claims["locations"].map(lambda places: "ussuriysk" in places)]
    assert list(present["locations"]) == [("ussuriysk", "khabarovsk")]
    assert list(present["origins"] + present["destinations"]) == [()]


def test_every_claim_has_an_excerpt_of_at_most_25_words(claims: pd.DataFrame) -> None:
    lengths = claims["excerpt"].str.split().str.len()
    assert lengths.min() >= 1
    assert lengths.max() <= MAX_EXCERPT_WORDS == 25


def test_every_claim_comes_down_the_chain_to_the_reprint(story: Story) -> None:
    for card in story.cards.all():
        steps = [link.source_id for link in card.chain]
        assert steps[-1] == "reprint"
        assert "newsweek" in steps, card.claim_id


def test_what_is_inferred_says_how_in_its_note(claims: pd.DataFrame) -> None:
    inferred = (claims["event_date_basis"] == "inferred") | (claims["reported_date_basis"] == "inferred")
    assert inferred.any()
    assert named(claims, inferred & (claims["note"] == "")) == set()


def test_a_date_has_a_basis_and_a_blank_has_none(claims: pd.DataFrame) -> None:
    for clock in ("event_date", "reported_date"):
        assert named(claims, (claims[clock] != "") != (claims[f"{clock}_basis"] != "")) == set()


def test_the_movement_is_possible_in_two_of_its_days_certain_in_all_and_filtered_after(story: Story) -> None:
    windows = {
        "possible": Selection(from_=date(2024, 10, 9), to=date(2024, 10, 10)),
        "certain": Selection(from_=date(2024, 10, 8), to=date(2024, 10, 13)),
        "filtered": Selection(from_=date(2024, 10, 14)),
    }
    row = story.tables.claims.index[story.tables.claims["claim_id"] == "nis-1500"][0]
    for verdict, window in windows.items():
        selected = select_claims(story, window)
        assert selected.loc[row, "verdict"] == verdict
        assert selected.loc[row, "place"] == ("filtered" if verdict == "filtered" else "shown")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(undated=False),
        Selection(from_=date(2024, 10, 9), to=date(2024, 10, 10)),
        Selection(from_=date(2024, 10, 14)),
        Selection(q="Уссурийск"),
        Selection(claimant="Mick Ryan"),
        Selection(q="nothing of the kind"),
    ],
)
def test_the_three_counts_add_up_to_the_story(story: Story, selection: Selection) -> None:
    total = counts(select_claims(story, selection))
    assert total.shown + total.filtered + total.not_on_map == len(story.tables.claims)


def test_every_claim_with_a_place_is_on_the_map(story: Story, claims: pd.DataFrame) -> None:
    places = claims["locations"] + claims["origins"] + claims["destinations"]
    total = counts(select_claims(story, Selection()))
    assert total == Counts(
        shown=int(places.astype(bool).sum()), filtered=0, not_on_map=int((~places.astype(bool)).sum())
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ussuryisk", "nis-facilities"),
        ("уссурийск", "nis-facilities"),
        ("우수리스크", "nis-facilities"),
        ("МУСУДАН", "nis-1500"),
        ("청진 1,500", "nis-1500"),
        ("курская область", "budanov-2600"),
    ],
)
def test_a_claim_is_found_by_its_place_in_any_spelling_and_script(story: Story, words: str, found: str) -> None:
    passing = select_claims(story, Selection(q=words))["place"] == "shown"
    assert found in set(story.tables.claims["claim_id"][passing])


def test_problems_of_tables_and_of_places_come_together_and_the_rest_opens(tmp_path: Path) -> None:
    locations = [pinned("here", 43, 131), {"location_id": "lost", "name": "Atlantis"}]
    rows = [
        claim("sound", locations="here"),
        claim("wrong", event_date="2024-13-08", locations="here"),
        claim("unplaced", locations="lost"),
    ]
    story = small_story(tmp_path, rows, locations, geocoder=FixedGeocoder())
    assert [(problem.file, problem.row) for problem in story.problems] == [("claims.csv", 3), ("locations.csv", 3)]
    assert [card.claim_id for card in story.cards.all()] == ["sound", "unplaced"]
    assert select_claims(story, Selection())["place"].to_list() == ["shown", "not_on_map"]


class Asked(FixedGeocoder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(places={"Vladivostok": [Location("Vladivostok, Russia", (43.1, 131.9), {"id": 4103})]})
        self.queries: list[str] = []

    def geocode(self, query: str, *, exactly_one: bool = True) -> object:
        self.queries.append(query)
        return super().geocode(query, exactly_one=exactly_one)


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where answers are kept."""
    path = tmp_path / "cache" / "answers.sqlite3"
    monkeypatch.setattr(cache, "default_path", lambda: path)
    return path


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """Return the folder of a story with a place that must be asked for."""
    small_story(tmp_path, [claim("sent", locations="port")], [{"location_id": "port", "name": "Vladivostok"}])
    return tmp_path


def test_of_a_story_that_may_be_kept_the_gazetteer_is_asked_once(asking: Path, answers: Path) -> None:
    gazetteer = Asked()
    first, again = (open_story(folder_files(asking), gazetteer, keep=True) for _ in range(2))
    assert gazetteer.queries == ["Vladivostok"]
    assert answers.exists()
    pd.testing.assert_frame_equal(first.sites, again.sites)
    assert (first.candidates, first.doubts, first.problems) == (again.candidates, again.doubts, again.problems)


def test_of_a_story_that_may_not_be_kept_nothing_is_written_of_what_was_asked(asking: Path, answers: Path) -> None:
    gazetteer = Asked()
    for _ in range(2):
        open_story(folder_files(asking), gazetteer)
    assert gazetteer.queries == ["Vladivostok", "Vladivostok"]
    assert not answers.exists()


def test_a_story_opens_where_no_answer_can_be_kept(asking: Path, answers: Path) -> None:
    answers.parent.write_text("in the way", encoding="utf-8")
    assert len(open_story(folder_files(asking), Asked(), keep=True).sites) == 1


def test_a_folder_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="there is no such folder to read"):
        open_story(folder_files(tmp_path / "nowhere"), FixedGeocoder())
