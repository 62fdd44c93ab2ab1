"""KML: by the schema of its makers, with days, styles and sources, and no text of a story as markup."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import fastkml
import pytest
from export.stories import NAMES, TEXTS, opened, whole
from fastkml.validator import get_schema_parser
from lxml import etree

from geo.export import EXPORTERS
from geo.export.kml import COLOURS

if TYPE_CHECKING:
    from lxml.etree import _Element

STYLES = Path(__file__).parents[2] / "geo" / "maps" / "assets" / "story_view.css"
K = "{http://www.opengis.net/kml/2.2}"


def document(name: str) -> _Element:
    return etree.fromstring(EXPORTERS["kml"].export(whole(name)))[0]


def placemarks(name: str) -> dict[str, _Element]:
    """Return the claims' placemarks by claim id."""
    marks = document(name).iter(f"{K}Placemark")
    found = {mark.findtext(f".//{K}Data[@name='claim_id']/{K}value"): mark for mark in marks}
    return {claim_id: mark for claim_id, mark in found.items() if claim_id}


def span(mark: _Element) -> dict[str, str]:
    return {etree.QName(end).localname: end.text or "" for end in mark.iterfind(f"{K}TimeSpan/*")}


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid_by_the_schema_and_a_strict_reader_opens_it(name: str, caplog: pytest.LogCaptureFixture) -> None:
    content = EXPORTERS["kml"].export(whole(name))
    schema = get_schema_parser()
    schema.validate(etree.fromstring(content))
    assert list(schema.error_log) == []
    read = fastkml.KML.parse(io.BytesIO(content), strict=True, validate=True)
    assert len(read.features[0].features) == 4
    assert caplog.records == []


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_is_one_placemark_and_every_site_one_more(name: str) -> None:
    story = opened(name)
    assert len(list(document(name).iter(f"{K}Placemark"))) == len(story.tables.claims) + len(story.sites)
    if name != "hostile":
        assert sorted(placemarks(name)) == sorted(story.tables.claims["claim_id"])


@pytest.mark.parametrize(
    ("claim_id", "days"),
    [
        ("across", {"begin": "2024-10-08", "end": "2024-10-08"}),
        ("back", {"begin": "2024-10-08", "end": "2024-10-13"}),
        ("many", {"begin": "2024-10-01", "end": "2024-10-31"}),
        ("nowhere-from", {"begin": "2024-01-01", "end": "2024-12-31"}),
        ("nowhere-to", {"end": "2024-10-10"}),
        ("both-lost", {"begin": "2024-10-10"}),
        ("point", {}),
    ],
)
def test_a_span_holds_the_first_and_last_possible_day_and_no_open_end(claim_id: str, days: dict[str, str]) -> None:
    assert span(placemarks("pacific")[claim_id]) == days


def test_claims_stand_in_folders_by_what_is_drawn_of_them() -> None:
    folders = {folder.findtext(f"{K}name"): len(folder) - 1 for folder in document("pacific").iterfind(f"{K}Folder")}
    assert folders == {"Sites": 5, "Claims at places": 5, "Movements": 7, "Not on the map": 3}


def test_lines_are_cut_at_the_180th_meridian_and_longitude_comes_first() -> None:
    lines = [line.text.split() for line in placemarks("pacific")["across"].iter(f"{K}coordinates")]
    assert [line[0] for line in lines] == ["178.4419,-18.1416", lines[1][0]]
    assert lines[0][-1].split(",")[0] == "180.0"
    assert lines[1][0].split(",")[0] == "-180.0"


def test_styles_have_the_map_s_colours_and_nothing_is_fetched_from_elsewhere() -> None:
    css = STYLES.read_text(encoding="utf-8").split("data-theme")[0]
    names = {"site": "ring"}
    for kind, colour in COLOURS.items():
        assert f"--map-{names.get(kind, kind)}: {colour};" in css
    styles = {style.get("id"): style for style in document("pacific").iterfind(f"{K}Style")}
    assert styles["moved-happened"].findtext(f"{K}LineStyle/{K}color") == "ff1e26b3"
    assert styles["planned-planned"].findtext(f"{K}LineStyle/{K}color") == "9900659a"
    assert list(document("shipped").iter(f"{K}href", f"{K}Link", f"{K}NetworkLink")) == []
    for mark in placemarks("pacific").values():
        assert mark.findtext(f"{K}styleUrl").removeprefix("#") in styles


def test_a_balloon_says_who_when_how_surely_from_where_and_what_others_say() -> None:
    told = placemarks("pacific")["across"].findtext(f"{K}description")
    for words in (
        "<b>Claimant:</b> A service",
        "<b>Happened:</b> 8 Oct 2024",
        "<b>The source&#x27;s own hedge:</b> alleged",
        "<b>Number:</b> about 1,500-2,000 troops (sent)",
        "<b>Others:</b> A ministry denied this: It was so.",
        '<b>Read in:</b> A paper, “Ships”, 9 Oct 2024, <a href="https://example.org/a?b=1&amp;c=2">address</a>, <a',
        "<b>Has it from:</b> A wire, title not stated, Oct 2024, address not stated",
    ):
        assert words in told
    assert "<b>Not stated:</b> origin" in placemarks("pacific")["nowhere-from"].findtext(f"{K}description")


class Tags(HTMLParser):
    """The tags of a balloon as a globe reads it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(" ".join([tag, *(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_hostile_text_is_text_in_every_balloon_and_its_codes_are_shown() -> None:
    for mark in document("hostile").iter(f"{K}Placemark", f"{K}Document"):
        assert Tags(mark.findtext(f"{K}description")).found <= {"b", "br", "a href"}
    told = Tags("".join(mark.findtext(f"{K}description") for mark in document("hostile").iter(f"{K}Placemark"))).text
    shown = [re.sub("[\x00-\x08\x0e-\x1f\ufffe\uffff]", lambda found: ascii(found[0])[1:-1], text) for text in TEXTS]
    assert [text for text in shown if text.strip() not in told] == []
