"""The map's page: one constant template, in which no text of a story stands and no other host is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import folium
import pytest
from small_story import BASEMAP, claim, pinned, small_story

from geo.maps import Assets, story_map
from geo.stories import map_payload

if TYPE_CHECKING:
    from pathlib import Path

BASE = "../../story_view/"
ASSETS = Assets(f"{BASE}story_view-1.js", f"{BASE}story_view-2.css", f"{BASE}basemap-3.json")
HOSTILE = (
    "{{ 7 * 7 }}{{7*7}}",
    "{% for x in range(9) %}{{ x }}{% endfor %}",
    "{{ this._parent.__class__.__mro__ }}",
    "${alert(1)}",
    "</script><img src=x onerror=alert(1)>",
    "'\"`--><b>",
)


def rendered(payload: str) -> str:
    """Return the page as folium writes it, its random ids made alike."""
    page = story_map(payload, ASSETS).get_root().render()
    return re.sub(r"[0-9a-f]{32}", "0" * 32, page)


@pytest.fixture
def payload(tmp_path: Path) -> str:
    """Return the payload of a story that has hostile text wherever a text can be."""
    title = " ".join(HOSTILE)
    names = ("statement", "claimant", "claimant_kind", "hedge", "note", "quantity_of", "extra of its own")
    texts = [dict.fromkeys(names, text) for text in HOSTILE]
    ids = ["".join(text.split()).replace(";", "") for text in HOSTILE]  # an id holds no white space
    claims = [claim(id_, origins="here", destinations="there", **cells) for id_, cells in zip(ids, texts, strict=True)]
    places = [
        pinned("here", 43, 131, note=title, aliases=title) | {"name": title, "coordinate_source": title},
        pinned("there", 41, 129),
    ]
    source = dict.fromkeys(("title", "publisher", "kind", "note"), title)
    story = small_story(tmp_path, claims, places, [{"source_id": "article", **source}], title=title)
    assert story.problems == ()
    return map_payload(story, BASEMAP)


def test_no_text_of_a_story_stands_in_the_page_but_as_base64(payload: str) -> None:
    page = rendered(payload)
    assert page.count(payload) == 1
    around = page.replace(payload, "")
    for text in HOSTILE:
        assert text not in around
    assert "alert" not in around
    assert "49" not in around


def test_the_page_is_the_same_for_every_story_but_for_its_payload(payload: str) -> None:
    assert rendered(payload).replace(payload, "QUJD") == rendered("QUJD")


def test_two_renders_differ_in_nothing_but_folium_s_random_ids(payload: str) -> None:
    first, second = (story_map(payload, ASSETS).get_root().render() for _ in range(2))
    assert first != second
    assert rendered(payload) == rendered(payload)


def test_the_page_loads_our_files_alone(payload: str) -> None:
    page = rendered(payload)
    assert re.findall(r"<script[^>]* src=\"([^\"]*)\"", page) == [ASSETS.script]
    assert re.findall(r"<link[^>]* href=\"([^\"]*)\"", page) == [ASSETS.style]


def test_no_other_host_is_named_anywhere_in_the_page(payload: str) -> None:
    page = rendered(payload).replace(payload, "")
    assert re.findall(r"(?:https?:)?//[a-zA-Z0-9.-]+\.[a-z]{2,}", page) == []
    for word in ("cdn", "jquery", "bootstrap", "openstreetmap", "tileLayer", "tile_layer"):
        assert word not in page


def test_the_script_is_handed_the_map_and_the_payload(payload: str) -> None:
    page = rendered(payload)
    (call,) = re.findall(r"StoryView\.mount\((\w+), \"([^\"]*)\"\);", page)
    assert call == (f"map_{'0' * 32}", payload)
    assert page.index(f"var {call[0]} = L.map(") < page.index("StoryView.mount(")


def test_other_maps_of_the_process_keep_folium_s_own_files(payload: str) -> None:
    rendered(payload)
    addresses = [address for _, address in folium.Map.default_js + folium.Map.default_css]
    assert addresses
    assert not any(address.startswith(BASE) for address in addresses)


def test_the_map_zooms_no_closer_than_the_base_map_is_drawn_for() -> None:
    options = story_map("").options
    assert (options["min_zoom"], options["max_zoom"]) == (2, 12)
