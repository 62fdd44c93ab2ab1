"""The published page as text: its policy names every script and style by hash, and no text of a story is markup."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from browser.facts import STORY
from small_story import FixedGeocoder, claim, pinned, small_story

from geo.maps import file_beside, published_folder
from geo.outputs import published_page
from geo.stories import open_story
from geo.tables import folder_files

if TYPE_CHECKING:
    from pathlib import Path

    from geo.stories import Story

MOST_BYTES = 1_500_000
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "</noscript><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{{7*7}}{% raw %}",
    "'\"`--></style></title><b>\u2028\u2029\u202e",
)


class Page(HTMLParser):
    """The elements of a page, as a browser without scripts sees them, with the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append((*self.elements[-1], data)) if self.elements else None

    def inside(self, tag: str) -> list[str]:
        """Return the texts of all elements of a name that hold code and not data."""
        return [text for name, attrs, text in self.texts if name == tag and "type" not in attrs and text.strip()]

    def policy(self) -> dict[str, list[str]]:
        [policy] = [a["content"] for tag, a in self.elements if a.get("http-equiv") == "Content-Security-Policy"]
        parts = [part.split() for part in (policy or "").split(";")]
        return {name: values for name, *values in parts}


@pytest.fixture(scope="module")
def shipped() -> str:
    return published_page(open_story(folder_files(STORY), FixedGeocoder()))


def hashes(texts: list[str]) -> list[str]:
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]


def test_the_policy_comes_first_and_allows_the_scripts_and_styles_that_are_there_and_no_others(shipped: str) -> None:
    page = Page(shipped)
    tags = [tag for tag, _ in page.elements]
    assert tags[:3] == ["html", "head", "meta"]
    assert page.elements[2][1]["http-equiv"] == "Content-Security-Policy"
    assert page.policy() == {
        "default-src": ["'none'"],
        "script-src": hashes(page.inside("script")),
        "style-src": hashes(page.inside("style")),
        "img-src": ["data:", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert (len(page.inside("script")), len(page.inside("style"))) == (2, 1)
    assert "charset=" in shipped[:1024]  # where browsers look for it


def test_the_page_names_no_other_file_and_no_host(shipped: str) -> None:
    page = Page(shipped)
    addresses = [value for _, a in page.elements for name, value in a.items() if name in ("src", "href", "action")]
    assert addresses == ["data:,"]  # no picture of its own, so that no browser asks for one
    assert "sourceMappingURL" not in shipped
    assert "\r" not in shipped


def test_no_element_has_a_style_or_an_event_of_its_own(shipped: str) -> None:
    attributes = {name for _, attributes in Page(shipped).elements for name in attributes}
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []


def test_the_first_story_is_smaller_than_promised(shipped: str) -> None:
    assert len(shipped.encode()) < MOST_BYTES


def test_a_story_published_twice_gives_the_same_file(shipped: str) -> None:
    assert published_page(open_story(folder_files(STORY), FixedGeocoder())) == shipped


def test_the_page_is_called_as_the_story_and_says_who_made_it(shipped: str) -> None:
    page = Page(shipped)
    assert "<title>North Korean troops reported in Russia</title>" in shipped
    named = {a["name"]: a["content"] for tag, a in page.elements if tag == "meta" and "name" in a}
    assert named["referrer"] == "no-referrer"
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert (named["generator"] or "").startswith("Claim Atlas ")
    assert (named["description"] or "").startswith("What one news article")


def test_without_scripts_there_is_a_list_of_the_claims(shipped: str) -> None:
    listed = shipped.split("<noscript>")[1].split("</noscript>")[0].split("<li><b>")[1:]
    assert len(listed) == 32
    [budanov] = [item for item in listed if "first group of 2,600" in item]
    assert budanov.startswith("Kyrylo Budanov</b>: The first group of 2,600 soldiers")
    assert re.search(r"Newsweek, Ukraine Publishes Video.* → Prices\.com LLC", budanov)


def test_the_base_map_is_inside_and_is_data(shipped: str) -> None:
    [text] = re.findall(r'<script type="application/json" id="basemap">(.*?)</script>', shipped, re.DOTALL)
    assert {"arcs", "land", "borders"} <= json.loads(text).keys()


@pytest.fixture
def hostile(tmp_path: Path) -> Story:
    claims = [
        claim(f"c{i}", locations="here", statement=text, claimant=text, hedge=text, excerpt=text)
        for i, text in enumerate(HOSTILE)
    ]
    source = {"source_id": "article", "title": HOSTILE[0], "publisher": HOSTILE[1], "url": "https://example.org/a"}
    return small_story(tmp_path, claims, [pinned("here", 43, 131)], [source], title="".join(HOSTILE))


def test_a_hostile_story_changes_no_element_of_the_page(hostile: Story, shipped: str) -> None:
    page = published_page(hostile)
    listed = ("li", "ul", "b")
    own = [tag for tag, _ in Page(page).elements if tag not in listed]
    assert own == [tag for tag, _ in Page(shipped).elements if tag not in listed]
    for text in ("<script>alert", "<img src=x", "<!--<"):
        assert text not in page
    assert "{{ 7 * 7 }}" in page.split("<title>")[1].split("</title>")[0], "no template has filled it in"


def test_data_beside_the_page_come_as_a_script_that_the_policy_knows_by_a_nonce_of_its_content() -> None:
    (data_name, data), (page_name, text) = published_folder("A story", "", "payload+/=")
    assert page_name == "index.html"
    assert re.fullmatch(r"data-[0-9a-f]{12}\.js", data_name)
    assert data == 'window.storyData = "payload+/=";\n'
    page = Page(text)
    [(_, beside)] = [(tag, a) for tag, a in page.elements if tag == "script" and "src" in a]
    assert beside["src"] == data_name
    assert page.policy()["script-src"] == [*hashes(page.inside("script")), f"'nonce-{beside['nonce']}'"]
    assert len(text.encode()) < MOST_BYTES
    _, (_, other) = published_folder("A story", "", "another")
    assert f"'nonce-{beside['nonce']}'" not in other


def test_a_file_beside_the_page_sets_one_text_in_letters_that_end_no_script() -> None:
    name, text = file_beside("texts-0007.js", "".join(HOSTILE).encode())
    assert re.fullmatch(r"texts-0007-[0-9a-f]{12}\.js", name)
    base64_text = re.fullmatch(r'window\.storyData = "([A-Za-z0-9+/=]+)";\n', text)
    assert base64_text
    assert gzip.decompress(base64.b64decode(base64_text[1])).decode() == "".join(HOSTILE)
    assert file_beside("texts-0007.js", "".join(HOSTILE).encode()) == (name, text)
