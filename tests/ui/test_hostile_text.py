"""Text of a story stays text in every tab."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from small_story import claim, pinned, small_story
from ui.reading import TABS, read_sentences, tab, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest
    from ui.reading import OpenPage

MARK = "h0stile"
HOSTILE = (
    f"<script>alert('{MARK}')</script>",
    f"</script><img src=x onerror={MARK}>",
    f"[{MARK}](javascript:alert(1)) **{MARK}** `{MARK}` $$ {MARK} $$ :red[{MARK}] :material/{MARK}:",
    f"{{{{7*7}}}} {{% raw %}} ${{{MARK}}} #{{{MARK}}}",
    f'\u202e{MARK}\u2066 \' " ` =HYPERLINK("{MARK}")',
    MARK * 1_500,
)
SENTENCES = '<div class="movements">'
PLACE = '<div class="place" data-testid="place">'
OUR_MARKUP = {
    '<div class="figures-thing">',
    '<ul class="figures-words">',
    PLACE,
    *("<h3>", "<bdi>", "<p>", "<li>", "</h3>", "</bdi>", "</p>", "</li>", "</div>", "</ul>"),
    *("<ul>", "<span>", "</span>"),
}


def elements(block: Any) -> Iterator[Any]:  # noqa: ANN401 - a tab or the whole page
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        yield child


def all_elements(page: AppTest) -> Iterator[Any]:
    """Yield what stands in each tab, opened one after the other, and then what stands around them."""
    for name in TABS:
        yield from elements(tab(page, name))
    yield from elements(page.main)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_a_story_stands_in_tables_charts_data_and_escaped_sentences_and_nowhere_else(
    open_page: OpenPage, tmp_path: Path, text: str
) -> None:
    words = dict.fromkeys(
        ("statement", "claimant", "claimant_kind", "hedge", "quantity_unit", "quantity_of", "mode", "note"), text
    )
    number = {"quantity_min": "1500", "quantity_max": "1500"}
    small_story(
        tmp_path,
        [
            claim("sent", **words, **number, destinations="place", excerpt=text[:60], **{text[:40]: text}),
            claim("answer", **words, **number, responds_to="sent", stance="denies"),
            claim("wrong", **words | {"event_date": text}),
            claim("unlinked", **words | {"source_id": "linked"}),
        ],
        [
            pinned("place", 43.1, 131.9, name=text, note=text, coordinate_source=text, feature_type=text),
            {"location_id": "lost", "name": text, "aliases": "a;b"},
        ],
        [
            dict.fromkeys(("title", "publisher", "kind", "note"), text)
            | {"source_id": "article", "url": f"https://example.org/?{MARK}"},
            {"source_id": "linked", "url": f"javascript:{MARK}", "archived_url": f"data:text/html,{MARK}"},
        ],
        title=text,
    )
    page = open_page(tmp_path, q=MARK, claimant=text)
    assert not page.exception
    assert table(page, "Claims")["Claim"].tolist() == [text, text]
    assert table(page, "Movements")["To"].tolist() == [text]
    sentences = read_sentences(page)
    assert f"{text} says that 1,500 {text} were moved from a place" in sentences.text
    assert f"Denied by {text} (the same claimant)." in sentences.text
    kinds: Counter[str] = Counter()
    for element in all_elements(page):
        if element.type == "dataframe":
            assert MARK not in element.proto.columns
            links = [name for name, config in json.loads(element.proto.columns).items() if _is_link(config)]
            for name in links:
                assert element.value[name].dropna().str.match(r"https?://").all()
                kinds["link"] += len(element.value[name].dropna())
        elif element.type == "vega_lite_chart":
            assert MARK not in element.proto.spec + element.proto.alt  # what a drawing says comes as data
        elif element.type == "html":
            assert set(re.findall(r"<[^>]*>", element.proto.body)) <= OUR_MARKUP or SENTENCES in element.proto.body
            kinds["desk"] += PLACE in element.proto.body
        elif element.type == "selectbox":
            assert MARK not in element.proto.label + element.proto.help
        elif element.type == "component_instance" and element.proto.component_name.endswith("story_view"):
            given = json.loads(element.proto.json_args)
            assert [site.pop("name") for site in given["sites"]] == [text]  # which is drawn on a canvas
            assert MARK not in str(given)
        elif hasattr(element, "proto"):
            assert MARK not in str(element.proto), element.type
        kinds[element.type] += 1
    assert kinds["dataframe"] >= 12  # a text that is no name at all has no candidates
    assert kinds["desk"] == 1
    assert kinds["vega_lite_chart"] == 2
    assert kinds["selectbox"] == kinds["link"] == 1


def _is_link(config: dict[str, Any]) -> bool:
    return bool(config.get("type_config", {}).get("type") == "link")
