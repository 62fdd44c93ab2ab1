"""Eight sites, one movement with three arrows and a stub: drawn, labelled, in the right place, with no network."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from browser.atlas import Pixel
from browser.facts import CLAIMS, FAR_AWAY, IN_THE_FIRST_VIEW, SITES, STORY, THE_MOVE, THE_STUB
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.atlas import AtlasPage
    from browser.hosts import Host
    from playwright.sync_api import Page

MARK_PX = 16  # from the centre of a mark to the tip of an arrow at its rim, at most
ORIGINS = ("chongjin", "hamhung", "musudan")
OURS = """() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("story_view"))
    .map(({ name, initiatorType, transferSize }) => ({ name, initiatorType, transferSize }))"""
LEGEND = [
    "moved, as reported",
    "planned or forecast",
    "an end not stated, or not on the map",
    "reported here",
    "background, opinion or denial",
    "how sure the place is",
    "an area, not a point",
    "pale: only possibly, for the days asked",
]


@pytest.mark.app_only
def test_the_whole_page_comes_from_this_machine(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    host(page, STORY).open()
    assert len(asked) > 10
    away = [
        url for url in asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"
    ]
    assert away == []


@pytest.mark.app_only
def test_what_the_frame_needs_is_asked_for_ahead_of_its_script_once_and_then_kept(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    atlas = host(page, STORY)
    atlas.open()
    loaded = atlas.frame.evaluate(OURS)
    names = sorted(re.sub(r"-[0-9a-f]{12}", "", entry["name"].rsplit("/", 1)[1]) for entry in loaded)
    assert names == ["basemap.json", "story_view.css", "story_view.js"]
    assert [asked.count(entry["name"]) for entry in loaded] == [1] * len(names)
    ahead = {entry["name"].rsplit(".", 1)[1] for entry in loaded if entry["initiatorType"] == "link"}
    assert ahead == {"js", "css"}  # the first map doesn't wait for the base map
    assert all(entry["transferSize"] > 1000 for entry in loaded)
    atlas.open()
    assert [entry["transferSize"] for entry in atlas.frame.evaluate(OURS)] == [0] * len(names)


def test_the_eight_sites_are_drawn(atlas: AtlasPage) -> None:
    assert set(atlas.state()["sites"]) == set(SITES)
    assert atlas.painted()["sites"] == len(SITES)


@pytest.mark.parametrize("site", IN_THE_FIRST_VIEW)
def test_a_site_is_drawn_where_the_fact_sheet_has_it(atlas: AtlasPage, site: str) -> None:
    _, lat, lon = SITES[site]
    pixel = atlas.site_pixel(site)
    assert pixel
    assert pixel.distance(atlas.leaflet_pixel(lat, lon)) < 3
    assert paint_at(atlas, pixel) & mark_colours(atlas)


def test_a_place_where_no_site_is_has_no_mark(atlas: AtlasPage) -> None:
    sea_of_japan = atlas.leaflet_pixel(40.5, 133.0)
    assert not paint_at(atlas, sea_of_japan) & mark_colours(atlas)


def test_land_and_sea_and_the_names_of_countries_are_drawn(atlas: AtlasPage) -> None:
    sea, land = (paint_at(atlas, atlas.leaflet_pixel(*point)) for point in ((40.5, 133.0), (45.5, 128.0)))
    assert len(sea) == len(land) == 1
    assert sea != land
    assert {"CHINA", "NORTH KOREA"} & set(atlas.texts())


def test_the_eighth_site_is_out_of_view_and_announced_at_the_edge(atlas: AtlasPage) -> None:
    assert atlas.site_pixel(FAR_AWAY) is None
    notice = atlas.frame.locator(".edge-notice")
    expect(notice).to_have_count(1)
    for words in ("← Kursk Oblast", "km", "2,600 planned", "origin not stated", "no date"):
        expect(notice).to_contain_text(words)


def test_the_notice_at_the_edge_leads_to_kursk_oblast(atlas: AtlasPage) -> None:
    go_to_kursk(atlas)
    pixel = atlas.site_pixel(FAR_AWAY)
    assert pixel
    assert pixel.distance(atlas.leaflet_pixel(*SITES[FAR_AWAY][1:])) < 3
    assert "Kursk Oblast" in atlas.texts()
    expect(atlas.testid("claims-map")).to_be_focused()


def test_sites_out_of_view_on_one_side_share_a_notice(atlas: AtlasPage) -> None:
    go_to_kursk(atlas)
    notice = atlas.frame.locator(".edge-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text(re.compile(r"7 places from [56],\d\d\d km.* and 4 more"))
    notice.click()
    atlas.wait_rest()
    assert all(atlas.site_pixel(site) for site in IN_THE_FIRST_VIEW)


def test_kursk_oblast_is_drawn_over_its_whole_extent(atlas: AtlasPage) -> None:
    go_to_kursk(atlas)
    by_the_western_border = atlas.leaflet_pixel(51.5, 34.5)
    outside = atlas.leaflet_pixel(51.5, 33.5)
    assert paint_at(atlas, by_the_western_border) != paint_at(atlas, outside)


@pytest.mark.parametrize("site", IN_THE_FIRST_VIEW)
def test_a_site_in_view_is_labelled_once(atlas: AtlasPage, site: str) -> None:
    assert atlas.texts().count(SITES[site][0]) == 1


def test_the_countries_in_view_are_named_though_most_of_each_lies_elsewhere(atlas: AtlasPage) -> None:
    texts = atlas.texts()
    for name in ("CHINA", "NORTH KOREA", "RUSSIA"):
        assert texts.count(name) == 1
    go_to_kursk(atlas)
    assert {"BELARUS", "UKRAINE"} <= set(atlas.texts())
    assert "CHINA" not in atlas.texts()


def test_no_label_covers_another(atlas: AtlasPage) -> None:
    boxes = [(text["x"], text["y"] - 6, text["width"], 12) for text in atlas.drawn()["texts"]]
    assert len(boxes) > len(IN_THE_FIRST_VIEW)
    for (x, y, width, height), (x2, y2, width2, height2) in combinations(boxes, 2):
        assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y


def test_no_label_lies_under_the_legend(atlas: AtlasPage) -> None:
    corner, legend = atlas.map_corner(), atlas.frame.locator(".legend").bounding_box()
    khabarovsk = atlas.site_pixel("khabarovsk")
    assert legend
    assert khabarovsk
    close_by = (legend["x"] - 20, legend["y"] + legend["height"] / 2)
    by = [khabarovsk.x - close_by[0], khabarovsk.y - close_by[1]]
    atlas.frame.evaluate("by => window.map.panBy(by, { animate: false })", by)
    atlas.wait_rest()
    label = next(text for text in atlas.drawn()["texts"] if text["text"] == "Khabarovsk")
    left, top = label["x"] + corner.x, label["y"] + corner.y
    assert left + label["width"] <= legend["x"] or not legend["y"] <= top <= legend["y"] + legend["height"]


def test_the_arrows_into_vladivostok_share_one_label(atlas: AtlasPage) -> None:
    texts = atlas.texts()
    assert texts.count("8-13 Oct 2024") == 1
    assert texts.count("1,500 in total") == 1


def test_three_arrow_heads_point_at_vladivostok(atlas: AtlasPage) -> None:
    vladivostok = on_map(atlas, "vladivostok")
    tips = [Pixel(head["x"], head["y"]) for head in atlas.drawn()["heads"]]
    assert sum(tip.distance(vladivostok) < MARK_PX for tip in tips) == 3


@pytest.mark.parametrize("site", ORIGINS)
def test_a_line_without_gaps_leads_from_an_origin_to_vladivostok(atlas: AtlasPage, site: str) -> None:
    origin, vladivostok = on_map(atlas, site), on_map(atlas, "vladivostok")
    lines = [line for line in shafts(atlas) if starts(line).distance(origin) < 2]
    assert lines
    assert all(ends(line).distance(vladivostok) < 2 * MARK_PX and line["dash"] == [] for line in lines)


def test_nothing_else_is_an_arrow(atlas: AtlasPage) -> None:
    assert set(atlas.state()["movements"]) == {THE_MOVE, THE_STUB}
    assert atlas.painted()["movements"] == 2
    assert len(atlas.drawn()["heads"]) == len(ORIGINS) + 1


def test_the_plan_for_kursk_oblast_is_a_dashed_stub_with_no_origin_and_no_date(atlas: AtlasPage) -> None:
    go_to_kursk(atlas)
    texts = atlas.texts()
    for words in ("?", "2,600 planned", "origin not stated", "no date"):
        assert texts.count(words) == 1
    assert "8-13 Oct 2024" not in texts
    width, height = atlas.frame.evaluate("(({x, y}) => [x, y])(window.map.getSize())")
    in_view = [line for line in shafts(atlas) if 0 < ends(line).x < width and 0 < ends(line).y < height]
    assert in_view
    assert all(starts(line).distance(ends(line)) < 300 for line in in_view)
    assert any(line["dash"] for line in in_view)


def test_the_counts_are_those_of_the_files(atlas: AtlasPage) -> None:
    counts = atlas.counts()
    placed = sum(bool(claim["locations"] + claim["origins"] + claim["destinations"]) for claim in CLAIMS.values())
    assert (counts.shown, counts.filtered, counts.unplaced, counts.total) == (
        placed,
        0,
        len(CLAIMS) - placed,
        len(CLAIMS),
    )


def test_the_map_says_whose_borders_it_draws_and_carries_no_flag(atlas: AtlasPage) -> None:
    credit = atlas.frame.locator(".leaflet-control-attribution")
    expect(credit).to_contain_text("Natural Earth")
    expect(credit).to_contain_text("UN resolutions")
    expect(credit.locator("svg")).to_have_count(0)


def test_the_legend_explains_what_the_story_has(atlas: AtlasPage) -> None:
    expect(atlas.frame.locator(".legend li")).to_have_text(LEGEND)


@pytest.mark.app_only
def test_a_page_just_loaded_fills_the_window_but_for_the_tabs_below(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas()
    tabs = atlas.page.get_by_role("tablist").bounding_box()
    assert tabs
    assert tabs["y"] < atlas.page.evaluate("innerHeight") <= tabs["y"] + tabs["height"]


@pytest.mark.app_only
@pytest.mark.parametrize(("tab", "words"), [("Sources", "An arrow leads from a document"), ("Data", "None: every row")])
def test_a_tab_that_is_clicked_opens_in_sight(open_atlas: Callable[..., AtlasPage], tab: str, words: str) -> None:
    page = open_atlas().page
    box = page.get_by_role("tab", name=tab).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 15)  # Playwright's own click would scroll
    expect(page.get_by_role("tabpanel", name=tab).get_by_text(words)).to_be_in_viewport()


def test_sharp_screens_get_a_sharp_map_in_the_same_place(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(device_scale_factor=2)
    ratio = atlas.frame.evaluate(
        "document.querySelector('canvas.sheet').width / document.querySelector('canvas.sheet').clientWidth"
    )
    assert ratio == pytest.approx(2, rel=0.01)
    pixel = atlas.site_pixel("khabarovsk")
    assert pixel
    assert pixel.distance(atlas.leaflet_pixel(*SITES["khabarovsk"][1:])) < 3
    assert paint_at(atlas, pixel) & mark_colours(atlas)


def go_to_kursk(atlas: AtlasPage) -> None:
    atlas.frame.locator(".edge-notice", has_text="Kursk Oblast").click()
    atlas.wait_rest()


def on_map(atlas: AtlasPage, site: str) -> Pixel:
    """Return where a site must be, from the map's own corner as the recorder counts."""
    pixel, corner = atlas.leaflet_pixel(*SITES[site][1:]), atlas.map_corner()
    return Pixel(pixel.x - corner.x, pixel.y - corner.y)


def shafts(atlas: AtlasPage) -> list[dict[str, Any]]:
    """Return the lines of arrows: wider than borders, and than the lines that tie a label to its arrow."""
    return [line for line in atlas.drawn()["lines"] if line["width"] > 1.5]


def starts(line: dict[str, Any]) -> Pixel:
    return Pixel(**line["points"][0])


def ends(line: dict[str, Any]) -> Pixel:
    return Pixel(**line["points"][-1])


def paint_at(atlas: AtlasPage, pixel: Pixel) -> set[tuple[int, ...]]:
    """Return the colours on the canvas within three pixels of a point of the window."""
    corner = atlas.corner()
    script = """([x, y]) => {
        const canvas = document.querySelector("canvas.sheet");
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const [left, top] = [(x - box.left - 3) * ratio, (y - box.top - 3) * ratio];
        const { data } = canvas.getContext("2d").getImageData(left, top, 7, 7);
        return Array.from({length: data.length / 4}, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
    }"""
    found = atlas.frame.evaluate(script, [pixel.x - corner.x, pixel.y - corner.y])
    return {tuple(colour) for colour in found}


def mark_colours(atlas: AtlasPage) -> set[tuple[int, ...]]:
    """Return the colours in which the style sheet has marks drawn."""
    script = """() => ["moved", "planned", "present", "said"].map((kind) => {
        const pen = document.createElement("canvas").getContext("2d");
        const style = getComputedStyle(document.querySelector(".story-view"));
        pen.fillStyle = style.getPropertyValue(`--map-${kind}`).trim();
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    })"""
    return {tuple(colour) for colour in atlas.frame.evaluate(script)}
