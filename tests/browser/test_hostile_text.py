"""Text that wants to be code stays text: on the map, in the panel, in the tables, in the address."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote

import pytest
from browser.conftest import shared_page
from playwright.sync_api import expect

from geo.schema import CHANGES, CLAIMS, LOCATIONS, SOURCES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser.atlas import AtlasPage
    from browser.conftest import MadeUpStory
    from conftest import Trouble
    from playwright.sync_api import Browser

    from geo.schema import Table

PRODUCT = "8641969"  # of {{1234567*7}}: where it shows, a template has been filled in
HOSTILE = {
    "script": "<script>window.hacked=1</script>",
    "image": '"><img src=x onerror="window.hacked=1">',
    "quotes": "' onfocus=window.hacked=1 autofocus x='\"",
    "backticks": "`${window.hacked=1}` ${window.hacked=1}",
    "braces": "{{1234567*7}} {{ 1234567*7 }} ${1234567*7}",
    "template": "{% raw %} {% for x in y %} {{ self }} {# remark",
    "closing": "</script></style>--><svg/onload=window.hacked=1>",
    "marks": "one\u202etwo\u200fthree\u2066four",
    "formula": "=1+1",
    "markdown": "[x](javascript:hacked=1) **b** :red[r] <b>b</b>",
    "escapes": "&lt;script&gt; \\u003cscript\\u003e %3Cscript%3E \\n \\",
    "long": "x" * 10_000,
}
TITLE = HOSTILE["script"] + HOSTILE["braces"]
LINK = "javascript:window.hacked=1"
COLUMNS_OF_PLACE = ("name", "feature_type", "coordinate_source", "note")
COLUMNS_OF_CLAIM = ("statement", "claimant", "claimant_kind", "hedge", "quantity_of", "excerpt", "note")
OWN_COLUMN = "<b>own</b> {{1234567*7}}"
DISPUTED, DISPUTED_BY = "script", "image"  # of two movements


def id_of(key: str) -> str:
    """Return a hostile id; white space and semicolons it may not have."""
    return f"{HOSTILE[key].replace(' ', '').replace(';', '')}{key}"


def cells(table: Table, key: str) -> dict[str, str]:
    """Return a row with hostile text in every cell that takes any text."""
    free = [column for column in table.columns if column.kind is Kind.TEXT and not column.choices]
    return {column.name: f"{HOSTILE[key]} {column.name}" for column in free if column.name != "country_code"}


def places() -> Iterator[dict[str, str]]:
    # Far from one another, so that each has the map for itself.
    for number, key in enumerate(HOSTILE):
        spot = {"latitude": str(-20 + 15 * (number // 4)), "longitude": str(-60 + 30 * (number % 4))}
        aliases = f"{HOSTILE[key]} aliases".replace(";", "")  # it would part them
        yield {**cells(LOCATIONS, key), **spot, "location_id": id_of(key), "aliases": aliases, "uncertainty_km": "9"}


def sources() -> Iterator[dict[str, str]]:
    for key in HOSTILE:
        yield {**cells(SOURCES, key), "source_id": id_of(key), "url": "https://example.org/a"}
    yield {"source_id": "bad-link", "publisher": "Left out", "url": LINK}


def claims() -> Iterator[dict[str, str]]:
    keys = list(HOSTILE)
    for before, key in zip([keys[-1], *keys], keys, strict=False):
        whole = {**cells(CLAIMS, key), "source_id": id_of(key), "modality": "happened", OWN_COLUMN: HOSTILE[key]}
        numbers = {"quantity_min": "1500", "quantity_max": "1500"}
        yield {**whole, **numbers, "claim_id": id_of(key), "locations": id_of(key)}
        ends = {"origins": id_of(before), "destinations": id_of(key), "event_date": "2024-10-08"}
        answer = {"responds_to": id_of(key), "stance": "disputes"}
        if key == DISPUTED_BY:
            answer["responds_to"] += f";{id_of(DISPUTED)}-move"
        yield {**whole, **ends, **answer, "claim_id": f"{id_of(key)}-move"}
    for column in ("event_date", "modality", "quantity_min", "stance"):
        sound = {"statement": "Left out", "claimant": "A", "source_id": id_of("formula"), "modality": "happened"}
        yield {**sound, "claim_id": f"bad-{column}", column: HOSTILE["script"]}


def changes() -> Iterator[dict[str, str]]:
    for key in HOSTILE:
        whole = {**cells(CHANGES, key), "changed_on": "2024-10-08", "table": "claims"}
        yield {**whole, "change": "changed"}
        yield {**whole, "change": "withdrawn", "id": id_of(key)}


LEFT_OUT = 5


@pytest.fixture(scope="module")
def _hostile(made_up: MadeUpStory, browser: Browser) -> Iterator[tuple[AtlasPage, Trouble]]:
    tables = {"locations": list(places()), "sources": list(sources()), "claims": list(claims())}
    made_up.write(tables, title=TITLE, extra_columns=[OWN_COLUMN])
    log = made_up.folder / CHANGES.file
    with log.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CHANGES.names)
        writer.writeheader()
        writer.writerows(changes())
    with shared_page(browser, made_up.host, made_up.folder) as shared:
        yield shared
    log.unlink()  # other stories are made up in the same folder


@pytest.fixture
def hostile(_hostile: tuple[AtlasPage, Trouble]) -> Iterator[AtlasPage]:
    """Return a story with hostile text in every cell and in its title."""
    atlas, trouble = _hostile
    atlas.begin_anew()
    yield atlas
    trouble.check()


def test_hostile_text_stays_text_on_the_map_and_in_the_panel(hostile: AtlasPage) -> None:
    expect(hostile.frame.locator("h1")).to_have_text(TITLE, use_inner_text=True)
    assert len(hostile.state()["sites"]) == len(HOSTILE)
    chips = hostile.testid("site-list").locator("button")
    for number, key in enumerate(HOSTILE):
        chip = chips.nth(number)
        assert HOSTILE[key] + " name" in (chip.text_content() or "")
        chip.click(position={"x": 10, "y": 8})  # a name of 10,000 letters is taller than the list
        hostile.wait_rest()
        panel = hostile.testid("site-claims").text_content() or ""
        for column in (*COLUMNS_OF_PLACE, *COLUMNS_OF_CLAIM, "title", "publisher", "kind"):
            assert f"{HOSTILE[key]} {column}" in panel, (key, column)
        assert f"{HOSTILE[key]} aliases".replace(";", "") in panel
        assert OWN_COLUMN in panel
        if key != "long":  # no map has room for it
            # Fewer notices at the map's edge leave room for long names.
            hostile.testid("facet-claimant").select_option(f"{HOSTILE[key]} claimant")
            hostile.next_frame()
            assert f"{HOSTILE[key]} name" in hostile.texts(), key
            hostile.testid("facet-claimant").select_option("")
        assert_unharmed(hostile)


@pytest.mark.parametrize("key", HOSTILE)
def test_hostile_text_stays_text_side_by_side_and_in_the_list_of_origins(hostile: AtlasPage, key: str) -> None:
    hostile.visit(f"?claim={quote(id_of(key), safe='')}-move")
    sides = hostile.testid("side-by-side")
    expect(sides.locator("thead th")).to_have_count(4 if key in (DISPUTED, DISPUTED_BY) else 2)
    told = sides.text_content() or ""
    for column in ("statement", "claimant", "quantity_of", "hedge", "excerpt", "publisher", "name"):
        assert f"{HOSTILE[key]} {column}" in told, column
    origins = hostile.testid("origins")
    origins.locator("summary").click()
    expect(origins.get_by_role("button")).to_have_text(f"{HOSTILE[key]} claimant", use_inner_text=True)
    assert f"{HOSTILE[key]} publisher" in (hostile.frame.locator(".chain-steps").text_content() or "")
    tags = (
        "nodes => [...new Set(nodes.flatMap((node) => [...node.querySelectorAll('*')]).map((n) => n.localName))].sort()"
    )
    found = hostile.frame.locator("[data-testid=side-by-side], [data-testid=origins]").evaluate_all(tags)
    expected = "button div h3 li p span summary table tbody td th thead tr ul"
    assert found == expected.split()
    assert_unharmed(hostile)


def test_hostile_text_stays_text_in_the_movements_in_words(hostile: AtlasPage) -> None:
    movements = hostile.testid("movement-list")
    movements.locator("summary").click()
    rows = movements.get_by_role("listitem")
    expect(rows).to_have_count(len(HOSTILE))
    told = rows.evaluate_all("rows => rows.map((row) => row.textContent)")
    for key, text in HOSTILE.items():
        [row] = [row for row in told if row.startswith(f"{text} claimant")]
        for column in ("quantity_unit", "mode", "statement", "hedge", "name"):
            assert f"{text} {column}" in row, (key, column)
        assert (f"Disputed by {HOSTILE[DISPUTED_BY]} claimant." in row) == (key == DISPUTED)
    assert rows.locator("*").evaluate_all("nodes => nodes.every((node) => node.localName === 'button')")
    assert_unharmed(hostile)
    movements.locator("summary").click()  # as other tests find it


def test_links_go_outside_only_by_the_web_and_tell_nobody_where_from(hostile: AtlasPage) -> None:
    hostile.testid("site-list").locator("button").first.click()
    links = hostile.frame.locator("a[target=_blank]")
    expect(links).not_to_have_count(0)
    told = links.evaluate_all("links => links.map(({href, rel}) => [href, rel])")
    assert {(href, rel) for href, rel in told} == {("https://example.org/a", "noopener noreferrer")}


def test_hostile_text_stays_text_in_lists_and_facets_and_search(hostile: AtlasPage) -> None:
    rows = hostile.frame.locator(".story-list").text_content() or ""
    facets = hostile.testid("facet-claimant").text_content() or ""
    for text in HOSTILE.values():
        assert f"{text} statement" in rows
        assert f"{text} claimant" in rows
        assert f"{text} claimant" in facets
    hostile.testid("search").fill(HOSTILE["closing"])
    hostile.wait_state(sites=[id_of("template"), id_of("closing"), id_of("marks")])  # and the ends of its movements
    assert_unharmed(hostile)


@pytest.mark.app_only
def test_hostile_text_stays_text_in_the_tabs(hostile: AtlasPage) -> None:
    told = {"Data": (LINK, HOSTILE["script"]), "Changes": (f"{HOSTILE['script']} from", f"{HOSTILE['image']} to")}
    for tab in hostile.page.get_by_role("tab").all():
        tab.click()
        hostile.wait_rest()
        assert_unharmed(hostile)
        # The grids are canvases, but hold what they show as a table for screen readers as well.
        cells = hostile.page.locator("[data-testid=stDataFrame] td")
        for text in told.pop(tab.inner_text(), ()):
            expect(cells.filter(has_text=text).first).to_be_attached()
    assert not told


@pytest.mark.app_only
def test_hostile_text_stays_text_in_the_sentences_of_movements(hostile: AtlasPage) -> None:
    hostile.page.get_by_role("tab", name="Movements").click()
    sentences = hostile.page.locator(".movements")
    expect(sentences.get_by_role("listitem")).to_have_count(len(HOSTILE))
    told = sentences.text_content() or ""
    for key, text in HOSTILE.items():
        for column in ("claimant", "quantity_unit", "mode", "statement", "hedge", "name"):
            assert f"{text} {column}" in told, (key, column)
        assert f"Claim {id_of(key)}-move" in told
    tags = sentences.evaluate(
        "node => [...new Set([...node.querySelectorAll('*')].map(({localName}) => localName))].sort()"
    )
    assert tags == ["a", "h3", "li", "p", "span", "strong", "ul"]
    queries = sentences.locator("a").evaluate_all("links => links.map(({search}) => search)")
    assert {parse_qs(query[1:])["claim"][0] for query in queries} == {f"{id_of(key)}-move" for key in HOSTILE}
    assert_unharmed(hostile)


@pytest.mark.app_only
def test_hostile_text_stays_text_in_the_charts_of_figures(hostile: AtlasPage) -> None:
    hostile.page.get_by_role("tab", name="Figures").click()
    hostile.page.get_by_role("button", name="Show 8 more").click()
    headings = hostile.page.locator(".figures-thing h3")
    expect(headings).to_have_count(len(HOSTILE))
    told = headings.evaluate_all("all => all.map((heading) => heading.textContent)")
    labels = hostile.page.locator(".stVegaLiteChart svg text")
    for key, text in HOSTILE.items():
        assert f"{text} quantity_of"[:199] in " ".join(heading[:199] for heading in told), key
        expect(labels.filter(has_text=f"{text} claimant"[:20]).first).to_be_attached()
    labels.filter(has_text=HOSTILE["script"]).first.hover()
    expect(hostile.page.locator("#vg-tooltip-element")).to_contain_text(f"{HOSTILE['script']} statement")
    assert_unharmed(hostile)


@pytest.mark.app_only
def test_hostile_text_stays_text_in_the_drawing_of_the_documents_and_in_their_list(hostile: AtlasPage) -> None:
    hostile.page.get_by_role("tab", name="Sources").click()
    hostile.wait_rest()
    drawn = hostile.page.get_by_role("tabpanel", name="Sources").locator("[data-testid=stVegaLiteChart] svg text")
    for key in ("script", "image", "braces"):
        words = drawn.filter(has_text=f"{HOSTILE[key]} publisher"[:20]).first
        words.hover(force=True)
        expect(hostile.page.locator("#vg-tooltip-element")).to_contain_text(f"{HOSTILE[key]} publisher")
    hostile.page.mouse.move(0, 0)
    hostile.page.get_by_role("combobox", name="What rests only on this document?").press("ArrowDown")
    expect(hostile.page.get_by_role("option").filter(has_text=HOSTILE["image"]).first).to_be_visible()
    hostile.page.keyboard.press("Escape")
    assert_unharmed(hostile)


@pytest.mark.app_only
def test_what_cannot_be_used_is_left_out_and_the_page_says_so(hostile: AtlasPage) -> None:
    expect(hostile.page.get_by_test_id("stAlert")).to_contain_text(f"{LEFT_OUT} rows of this story are left out")
    assert hostile.counts().total == 2 * len(HOSTILE)
    addresses = hostile.frame.locator("a").evaluate_all("links => links.map(({href}) => href)")
    assert not [address for address in addresses if not address.startswith("http")]


@pytest.mark.parametrize("key", ["script", "marks", "escapes", "braces"])
def test_a_hostile_id_can_stand_in_the_address(hostile: AtlasPage, key: str) -> None:
    hostile.visit(
        f"?site={quote(id_of(key), safe='')}&claim={quote(id_of(key), safe='')}&q={quote(HOSTILE[key], safe='')}"
    )
    expect(hostile.testid("site-claims").locator("h2")).to_have_text(f"{HOSTILE[key]} name", use_inner_text=True)
    assert id_of(key) in hostile.cards()
    expect(hostile.testid("search")).to_have_value(HOSTILE[key])
    expect(hostile.testid("notes")).to_be_hidden()
    assert_unharmed(hostile)


@pytest.mark.parametrize("key", [key for key in HOSTILE if key != "long"])
def test_hostile_words_in_the_address_are_quoted_in_a_note(atlas: AtlasPage, key: str) -> None:
    atlas.visit(f"?claim={quote(HOSTILE[key], safe='')}&from={quote(HOSTILE[key], safe='')}")
    expect(atlas.testid("notes").locator("p")).to_have_count(2)
    expect(atlas.testid("notes")).to_contain_text(HOSTILE[key][:50])
    assert_unharmed(atlas)


def assert_unharmed(atlas: AtlasPage) -> None:
    """Check that nothing from the story has run or become markup, in the frame and around it."""
    for frame in atlas.page.frames:
        assert frame.evaluate("window.hacked") is None
        assert PRODUCT not in frame.evaluate("document.documentElement.textContent")
        assert frame.locator("img[src=x], svg[onload], [onfocus], [onmouseover], [onerror]").count() == 0
    assert atlas.page.title() in ("Claim Atlas", TITLE, "North Korean troops reported in Russia")
