"""What the map is given: every text to the character, in base64, and arrows that claim no more than the story does."""

from __future__ import annotations

import base64
import gzip
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from geopy.location import Location
from small_story import BASEMAP, FixedGeocoder, claim, payload_of, pinned, small_story, unpacked

from geo.schema import MODALITIES
from geo.stories import map_payload
from geo.wording import MODALITY_WORDS

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "{{7*7}}",
    "{% raw %}",
    "${1} $& `${alert(1)}`",
    "</script><script>alert(1)</script>",
    "<!-- <b onclick=alert(1)>",
    "&lt;b&gt; &amp;",
    "\"double\" 'single' `back` “curled”",
    "\\n \\u0041 \\",
    "\u202eright to left\u202c \u200f \u200b|",
    "line\u2028line\u2029paragraph",
    "Чхонджин 청진 🇰🇵 \U0010fffd",
    "=1+1",
    "x" * 10_000,
)
PLACES = [
    pinned("chongjin", 41.79556, 129.77583),
    pinned("hamhung", 39.91833, 127.53639),
    pinned("vladivostok", 43.10562, 131.87353, uncertainty_km="15"),
    pinned("kursk", 51.75, 36.017, feature_type="area", extent="51.05 34.29 52.35 38.18"),
]


def words(arrow: dict[str, Any]) -> tuple[str, ...]:
    return (arrow["date"], arrow["number"], *arrow["missing"])


def shape(arrow: dict[str, Any]) -> tuple[int, int | None, int | None]:
    return arrow["claim"], arrow["from"], arrow["to"]


def test_documents_and_places_that_many_claims_name_are_in_the_page_once(tmp_path: Path) -> None:
    claims = [claim("one", locations="here"), claim("two", locations="here; there"), claim("three")]
    story = small_story(tmp_path, claims, [pinned("here", 43, 131), pinned("there", 41, 129)])
    texts = unpacked(gzip.decompress(base64.b64decode(map_payload(story, BASEMAP))))[0]["inside"]["texts"]
    assert texts["columns"]["chain"] == [[0], [0], [0]]
    assert texts["columns"]["places"] == [[0], [0, 1], []]
    assert [document["source_id"] for document in texts["shared"]["chain"]] == ["article"]
    assert [place["location_id"] for place in texts["shared"]["places"]] == ["here", "there"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_any_cell_survives_to_the_character(tmp_path: Path, text: str) -> None:
    texts = {"statement": text, "claimant": text, "claimant_kind": text, "hedge": text, "note": text, "mode": text}
    numbers = {"quantity_unit": text, "quantity_of": text, "quantity_max": "3", "of its own": text}
    alias = text.replace(";", ",")  # a list of aliases would be several
    place = pinned("here", 43, 131) | {"name": text, "coordinate_source": text, "note": text, "aliases": alias}
    source = {"source_id": "article", "title": text, "publisher": text, "kind": text, "note": text}
    story = small_story(tmp_path, [claim("c", locations="here", **texts, **numbers)], [place], [source], title=text)
    assert story.problems == ()
    payload = payload_of(story)
    (card,) = payload["texts"]
    own = ("statement", "claimant", "claimant_kind", "hedge", "note", "mode", "quantity_unit", "quantity_of")
    assert {card[name] for name in own} == {text}
    assert card["extra"] == [["of its own", text]]
    assert {card["chain"][0][name] for name in ("title", "publisher", "kind", "note")} == {text}
    (site,) = payload["sites"]
    assert (site["name"], site["note"], site["aliases"]) == (text, text, [alias])
    assert site["provenance"] == f"pinned: {text}"
    assert payload["title"] == text
    assert payload["claims"]["claimant"] == payload["claims"]["publisher"] == [text]


def test_a_payload_is_pure_base64_whatever_the_texts_are_made_of(tmp_path: Path) -> None:
    story = small_story(tmp_path, [claim(f"c{i}", statement=text) for i, text in enumerate(HOSTILE)])
    assert re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", map_payload(story, BASEMAP))


def test_half_a_character_in_the_title_is_replaced_and_stops_nothing(tmp_path: Path) -> None:
    story = small_story(tmp_path, [claim("c")], title="half \ud83c of a flag")
    assert payload_of(story)["title"] == "half ? of a flag"


def test_a_movement_has_one_arrow_for_each_origin_and_destination(tmp_path: Path) -> None:
    movement = claim("m", origins="chongjin; hamhung", destinations="vladivostok; kursk")
    arrows = payload_of(small_story(tmp_path, [claim("first"), movement], PLACES))["arrows"]
    assert [shape(arrow) for arrow in arrows] == [(1, 0, 2), (1, 0, 3), (1, 1, 2), (1, 1, 3)]


def test_an_arrow_runs_from_its_origin_to_its_destination(tmp_path: Path) -> None:
    movement = claim("m", origins="chongjin", destinations="vladivostok")
    (arrow,) = payload_of(small_story(tmp_path, [movement], PLACES))["arrows"]
    (line,) = arrow["path"]
    assert line[0] == [41.79556, 129.77583]
    assert line[-1] == [43.10562, 131.87353]
    assert len(line) >= 17


def test_a_movement_across_the_180th_meridian_is_cut_in_two(tmp_path: Path) -> None:
    places = [pinned("anadyr", 64.7, 177.5), pinned("nome", 64.5, -165.4)]
    (arrow,) = payload_of(small_story(tmp_path, [claim("m", origins="anadyr", destinations="nome")], places))["arrows"]
    west, east = arrow["path"]
    assert (west[0], west[-1][1], east[0][1], east[-1]) == ([64.7, 177.5], 180, -180, [64.5, -165.4])


def test_an_origin_that_is_not_stated_leaves_a_stub_that_says_so(tmp_path: Path) -> None:
    movement = claim("m", destinations="kursk", modality="planned", quantity_min="2600", quantity_max="2600")
    (arrow,) = payload_of(small_story(tmp_path, [movement], PLACES))["arrows"]
    assert (arrow["from"], arrow["to"], arrow["path"]) == (None, 3, None)
    assert words(arrow) == ("", "2,600 planned", "origin not stated")
    assert (arrow["kind"], arrow["quantity"]) == ("planned", 2600)


def test_a_destination_that_is_not_stated_leaves_a_stub_that_says_so(tmp_path: Path) -> None:
    (arrow,) = payload_of(small_story(tmp_path, [claim("m", origins="kursk", event_date="2024-10")], PLACES))["arrows"]
    assert (arrow["from"], arrow["to"], arrow["path"]) == (3, None, None)
    assert words(arrow) == ("Oct 2024", "number not stated", "destination not stated")


def test_an_end_that_is_stated_but_not_on_the_map_leaves_a_stub_that_does_not_deny_it(tmp_path: Path) -> None:
    places = [*PLACES, {"location_id": "atlantis", "name": "Atlantis"}]
    movement = claim("m", origins="atlantis", destinations="vladivostok")
    (arrow,) = payload_of(small_story(tmp_path, [movement], places))["arrows"]
    assert shape(arrow) == (0, None, 2)
    assert words(arrow) == ("", "number not stated", "origin not on the map")


def test_a_movement_of_which_only_some_origins_are_found_has_arrows_from_these_alone(tmp_path: Path) -> None:
    places = [*PLACES, {"location_id": "atlantis", "name": "Atlantis"}]
    movement = claim("m", origins="atlantis; hamhung", destinations="vladivostok")
    (arrow,) = payload_of(small_story(tmp_path, [movement], places))["arrows"]
    assert shape(arrow) == (0, 1, 2)
    assert words(arrow)[-1] == "1 of 2 origins not on the map"


def test_a_movement_with_no_end_on_the_map_has_no_arrow(tmp_path: Path) -> None:
    movement = claim("m", origins="atlantis")
    payload = payload_of(small_story(tmp_path, [movement], [{"location_id": "atlantis", "name": "Atlantis"}]))
    assert (payload["arrows"], payload["claims"]["moves"], payload["claims"]["sites"]) == ([], [True], [[]])


def test_a_movement_from_a_place_to_itself_breaks_nothing(tmp_path: Path) -> None:
    places = [pinned("port", 43, 131), pinned("harbour", 43, 131)]
    movements = [claim("m", origins="port", destinations="harbour"), claim("n", origins="port", destinations="port")]
    arrows = payload_of(small_story(tmp_path, movements, places))["arrows"]
    assert [(*shape(arrow), arrow["path"]) for arrow in arrows] == [(0, 0, 1, None), (1, 0, 0, None)]


def test_presence_is_no_arrow(tmp_path: Path) -> None:
    payload = payload_of(small_story(tmp_path, [claim("c", locations="kursk; vladivostok")], PLACES))
    assert (payload["arrows"], payload["claims"]["moves"], payload["claims"]["sites"]) == ([], [False], [[3, 2]])


def test_a_label_says_the_date_and_the_shared_number_once(tmp_path: Path) -> None:
    movement = claim(
        "m", origins="chongjin; hamhung", destinations="vladivostok", event_date="2024-10-08/2024-10-13",
        quantity_min="1500", quantity_max="1500",
    )  # fmt: skip
    arrows = payload_of(small_story(tmp_path, [movement], PLACES))["arrows"]
    assert [words(arrow) for arrow in arrows] == [("8-13 Oct 2024", "1,500 in total")] * 2


def test_claims_carry_what_makes_their_line_dotted_whoever_says_so_and_when(tmp_path: Path) -> None:
    hedged = claim("h", destinations="kursk", hedge="alleged")
    denied = claim("d", destinations="kursk")
    denial = claim("no", responds_to="d; h", stance="denies")
    columns = payload_of(small_story(tmp_path, [hedged, denied, denial], PLACES))["claims"]
    assert columns["hedged"] == [True, False, False]
    assert columns["doubts"] == [[2], [2], [0, 1]]
    assert columns["denied"] == {0: None, 1: None}
    assert columns["disputed"] == {}


def test_claims_know_who_else_speaks_of_the_same_thing(tmp_path: Path) -> None:
    sent = {"origins": "chongjin", "destinations": "vladivostok", "quantity_unit": "troops"}
    claims = [
        claim("a", **sent, quantity_min="1500", quantity_max="1500"),
        claim("b", **sent, claimant="Another", quantity_min="3000", quantity_max="3000", event_date="2024-10"),
        claim("c", locations="kursk"),
    ]
    columns = payload_of(small_story(tmp_path, claims, PLACES))["claims"]
    assert columns["groups"] == [[0], [0], []]
    assert columns["accounts"] == [{"claims": [0, 1], "dated": True}]
    assert columns["contested"] == {0: None, 1: None}


def test_a_claim_is_contested_from_the_day_by_which_something_against_it_may_first_have_been_said(
    tmp_path: Path,
) -> None:
    claims = [
        claim("told"),
        claim("later", responds_to="told", stance="denies", reported_date="2024-10-20"),
        claim("sooner", responds_to="told", stance="disputes", reported_date="2024-10-18"),
        claim("undated", responds_to="sooner", stance="denies"),
    ]
    columns = payload_of(small_story(tmp_path, claims, PLACES, [{"source_id": "article"}]))["claims"]
    assert columns["contested"] == {0: 20014, 1: None, 2: None, 3: 20014}
    assert (columns["denied"], columns["disputed"]) == ({0: 20016, 2: None}, {0: 20014})


def test_a_claim_that_nothing_is_against_is_not_contested_however_far_the_dates_of_the_story_reach(
    tmp_path: Path,
) -> None:
    claims = [claim("told"), claim("no", responds_to="told", stance="denies"), claim("early", event_date="0001-01-01")]
    columns = payload_of(small_story(tmp_path, claims, PLACES))["claims"]
    assert list(columns["contested"]) == [0, 1]


def test_claims_know_the_documents_that_they_go_back_to(tmp_path: Path) -> None:
    sources = [
        {"source_id": "statement", "publisher": "A service"},
        {"source_id": "article", "publisher": "A paper", "derived_from": "statement"},
    ]
    columns = payload_of(small_story(tmp_path, [claim("a"), claim("b", claimant="A paper")], PLACES, sources))["claims"]
    statement, article = columns["rests_on"][0][0], columns["rests_on"][1][0]
    assert columns["rests_on"] == [[statement], [article, statement]]


def test_days_are_whole_numbers_and_open_or_unstated_ends_are_null(tmp_path: Path) -> None:
    dates = ("2024-10-08", "2024-10", "../2024-11-01", "2024-08/..", "", "1969-12-31")
    story = small_story(tmp_path, [claim(f"c{i}", event_date=date) for i, date in enumerate(dates)])
    columns = payload_of(story)["claims"]["clocks"]["event"]
    assert columns["earliest"] == [20004, 19997, None, 19936, None, -1]
    assert columns["latest"] == [20004, 20027, 20028, None, None, -1]
    assert all(type(day) in (int, type(None)) for day in columns["earliest"] + columns["latest"])


def test_a_span_of_days_is_told_however_long_it_is_and_an_undated_claim_repeats_the_day_before_it(
    tmp_path: Path,
) -> None:
    dates = ("", "2024-01-01/2024-09-08", "2024-01-01/2024-09-09", "1924/2024", "", "2024-01")
    story = small_story(tmp_path, [claim(f"c{i}", event_date=date) for i, date in enumerate(dates)])
    payload = payload_of(story)
    days = payload["claims"]["clocks"]["event"]
    assert days["earliest"] == [None, 19723, 19723, -16802, None, 19723]
    assert days["latest"] == [None, 19974, 19975, 20088, None, 19753]
    columns = payload["columns"]
    assert columns["event_day"].tolist() == [0, 19723, 19723, -16802, -16802, 19723]
    assert columns["event_span"].tolist() == [255, 251, 252, 252, 255, 30]


def test_gazetteers_uncertainties_are_in_the_page_once_and_a_site_has_the_number_of_its_own(tmp_path: Path) -> None:
    places = [pinned(f"p{i}", 1, i, uncertainty_km=km) for i, km in enumerate(("5", "", "15", "5"))]
    columns = payload_of(small_story(tmp_path, [claim("c")], places))["columns"]
    known = [columns["uncertainties"][code] for code in columns["uncertainty"]]
    assert (known[0], known[2], known[3]) == (5, 15, 5)
    assert math.isnan(known[1])
    assert len(columns["uncertainties"]) == 3


def test_it_is_told_between_which_days_all_claims_lie_and_how_many_have_none(tmp_path: Path) -> None:
    dates = ("2024-10-08", "2024-10", "../2024-11-01", "2024-08/..", "", "")
    claims = [claim(f"c{i}", event_date=date, reported_date="2024-10-20") for i, date in enumerate(dates)]
    days = payload_of(small_story(tmp_path, claims))["days"]
    assert days["event"] == {"span": {"first": 19936, "last": 20028}, "undated": 2}
    assert days["reported"] == {"span": {"first": 20016, "last": 20016}, "undated": 0}


def test_where_no_claim_has_a_day_there_are_none_between_which_they_lie(tmp_path: Path) -> None:
    days = payload_of(small_story(tmp_path, [claim("a"), claim("b")]))["days"]
    assert days["event"] == {"span": None, "undated": 2}


def test_it_is_told_how_many_claims_each_name_has(tmp_path: Path) -> None:
    claims = [claim("a", modality="opinion"), claim("b", claimant="Another"), claim("c", modality="opinion")]
    payload = payload_of(small_story(tmp_path, claims))
    names = {"claimant": payload["claimants"], "publisher": payload["publishers"], "modality": payload["modalities"]}
    told = {facet: dict(zip(names[facet], counts, strict=False)) for facet, counts in payload["counts"].items()}
    for facet, counts in told.items():
        assert {name: n for name, n in counts.items() if n} == Counter(payload["claims"][facet])


def test_claims_point_to_their_sites_and_name_each_once(tmp_path: Path) -> None:
    claims = [
        claim("a", locations="kursk"),
        claim("b", locations="vladivostok", origins="hamhung", destinations="vladivostok"),
        claim("c"),
    ]
    payload = payload_of(small_story(tmp_path, claims, PLACES))
    names = [[payload["sites"][site]["id"] for site in sites] for sites in payload["claims"]["sites"]]
    assert names == [["kursk"], ["vladivostok", "hamhung"], []]


def test_columns_and_texts_have_one_element_a_claim_in_one_order(tmp_path: Path) -> None:
    story = small_story(tmp_path, [claim(f"c{i}", statement=f"Number {i}.") for i in range(5)])
    payload = payload_of(story)
    columns = payload["claims"] | payload["claims"]["clocks"]["event"] | payload["claims"]["clocks"]["reported"]
    for name in ("clocks", "accounts", "contested", "disputed", "denied"):  # not one a claim
        del columns[name]
    assert {len(column) for column in columns.values()} == {5}
    assert [card["claim_id"] for card in payload["texts"]] == payload["claims"]["id"] == [f"c{i}" for i in range(5)]


def test_a_name_that_the_geocoder_cant_settle_is_no_site_and_its_claim_is_not_on_the_map(tmp_path: Path) -> None:
    several = [Location("Sergeyevka, one", (44.3, 131.7), {}), Location("Sergeyevka, other", (43.4, 133.3), {})]
    geocoder = FixedGeocoder(
        places={"Sergeyevka": several, "Vladivostok": [Location("Vladivostok", (43.1, 131.9), {})]}
    )
    places = [{"location_id": "s", "name": "Sergeyevka"}, {"location_id": "v", "name": "Vladivostok"}]
    story = small_story(tmp_path, [claim("a", locations="s"), claim("b", locations="v")], places, geocoder=geocoder)
    payload = payload_of(story)
    assert [site["id"] for site in payload["sites"]] == ["v"]
    assert payload["claims"]["sites"] == [[], [0]]
    assert [place["on_map"] for card in payload["texts"] for place in card["places"]] == [False, True]
    (problem,) = story.problems
    assert str(problem).startswith("locations.csv, row 2, column 'name': 'Sergeyevka' ")


def test_a_site_tells_its_uncertainty_and_extent_only_where_they_are_known(tmp_path: Path) -> None:
    sites = payload_of(small_story(tmp_path, [claim("c")], PLACES))["sites"]
    assert [site["uncertainty_km"] for site in sites] == [None, None, 15, None]
    assert [site["extent"] for site in sites] == [None, None, None, [51.05, 34.29, 52.35, 38.18]]


def test_every_modality_has_its_words(tmp_path: Path) -> None:
    story = small_story(tmp_path, [claim(modality, modality=modality) for modality in MODALITIES])
    payload = payload_of(story)
    assert payload["modalities"] == dict(MODALITY_WORDS)
    assert [card["modality_words"] for card in payload["texts"]] == [MODALITY_WORDS[word] for word in MODALITIES]


def test_a_story_without_a_claim_can_be_drawn(tmp_path: Path) -> None:
    payload = payload_of(small_story(tmp_path, []))
    assert (payload["texts"], payload["arrows"], payload["sites"], payload["claims"]["id"]) == ([], [], [], [])


def test_the_same_story_gives_the_same_payload(tmp_path: Path) -> None:
    claims = [claim("m", origins="chongjin", destinations="vladivostok"), claim("c", locations="kursk")]
    first, again = (map_payload(small_story(tmp_path, claims, PLACES), BASEMAP) for _ in range(2))
    assert first == again
