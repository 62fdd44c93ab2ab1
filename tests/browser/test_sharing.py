"""Copy link, cite, embed, and the picture of the map: what a reader takes away leads back to what was seen."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from browser.atlas import PublishedPage
from browser.facts import CLAIMS, STORY, THE_MOVE
from playwright.sync_api import expect
from small_story import FixedGeocoder

from geo.maps import BASEMAP_INSIDE, published_page
from geo.stories import map_payload, open_story
from geo.tables import folder_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser.atlas import AtlasPage, Pixel
    from playwright.sync_api import Locator, Page

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
TITLE = "North Korean troops reported in Russia"


def copied(atlas: AtlasPage) -> str:
    text: str = atlas.frame.evaluate("navigator.clipboard.readText()")
    return text


def share(atlas: AtlasPage) -> Locator:
    """Open the menu of the view."""
    menu = atlas.testid("share")
    menu.locator("summary").click()
    return menu


def head(atlas: AtlasPage) -> Locator:
    """Return the buttons in the head of what the panel shows."""
    return atlas.testid("site-claims").locator("> .share")


def foot(atlas: AtlasPage) -> Locator:
    return atlas.card(THE_MOVE).locator(".share")


@pytest.mark.parametrize(
    ("query", "where", "expected"),
    [
        ("?site=vladivostok", head, {"site": "vladivostok"}),
        (f"?claim={THE_MOVE}", head, {"claim": THE_MOVE}),
        ("?site=vladivostok&from=2024-10-01", foot, {"claim": THE_MOVE}),
        (
            "?from=2024-10-09&undated=0&q=north+korean&site=vladivostok",
            share,
            {"from": "2024-10-09", "undated": "0", "q": "north korean", "site": "vladivostok"},
        ),
    ],
)
def test_a_copied_link_shows_its_thing_in_another_browser(
    open_atlas: Callable[..., AtlasPage],
    query: str,
    where: Callable[[AtlasPage], Locator],
    expected: dict[str, str],
) -> None:
    atlas = open_atlas(query, **CLIPBOARD)
    place = where(atlas)
    place.get_by_role("button", name="Copy link").click()
    expect(place.get_by_role("status")).to_have_text("link copied")
    link = urlsplit(copied(atlas))
    assert dict(parse_qsl(link.query)) == expected
    assert link._replace(query="").geturl() == atlas.address
    elsewhere = open_atlas(f"?{link.query}")
    assert elsewhere.parameters() == expected
    if where is not foot:
        assert elsewhere.heading() == atlas.heading()


@pytest.mark.parametrize(
    ("query", "where", "words"),
    [
        ("?site=vladivostok", head, ["Vladivostok (Владивосток, 블라디보스토크): 43.10562, 131.87353 (± 15 km)"]),
        (
            f"?claim={THE_MOVE}",
            head,
            ["says that 1,500 troops in total were sent from Chongjin", "→ Newsweek, “Ukraine"],
        ),
        (
            "?site=vladivostok",
            foot,
            [f"{CLAIMS[THE_MOVE]['claimant']}: The North", "“Pyongyang had sent", "Prices.com LLC"],
        ),
        ("?known=2024-10-18", share, ["Selected: as known on 18 Oct 2024.", "filtered out"]),
    ],
)
def test_a_citation_says_who_and_where_it_was_read(
    open_atlas: Callable[..., AtlasPage], query: str, where: Callable[[AtlasPage], Locator], words: list[str]
) -> None:
    atlas = open_atlas(query, **CLIPBOARD)
    place = where(atlas)
    place.get_by_role("button", name="Cite").click()
    expect(place.get_by_role("status")).to_have_text("citation copied")
    cited = copied(atlas)
    for part in (*words, f"Read in Claim Atlas, “{TITLE}”, on "):
        assert part in cited
    # A path on a disk leads nobody else anywhere.
    assert cited.count(f": {atlas.address}?") == (1 if atlas.address.startswith("http") else 0)
    assert "file:" not in cited


def test_where_the_browser_forbids_copying_the_text_is_shown_and_selected(
    open_atlas: Callable[..., AtlasPage],
) -> None:
    atlas = open_atlas("?site=vladivostok")
    atlas.frame.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    head(atlas).get_by_role("button", name="Cite").click()
    expect(head(atlas).get_by_role("status")).to_have_text("selected: copy it with Ctrl-C")
    shown = head(atlas).locator(".to-copy")
    expect(shown).to_be_visible()
    assert atlas.frame.evaluate("getSelection().toString()") == shown.inner_text()


def test_the_menu_is_worked_by_keys_and_closes_by_itself(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas("?site=vladivostok", **CLIPBOARD)
    menu = atlas.testid("share")
    menu.locator("summary").press("Enter")
    atlas.page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Copy link")).to_be_focused()
    atlas.page.keyboard.press("Enter")
    expect(menu.get_by_role("status")).to_have_text("link copied")
    atlas.page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Copy link")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    assert atlas.heading() == "Vladivostok", "Escape closed the menu alone"
    menu.locator("summary").click()
    atlas.testid("search").click()
    expect(menu.get_by_role("button", name="Copy link")).to_be_hidden()


def test_on_a_phone_the_menu_fits(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas(**PHONE)
    share(atlas)
    box = atlas.frame.locator(".share-box").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_a_permalink_is_a_link_and_a_plain_click_opens_it_in_place(open_atlas: Callable[..., AtlasPage]) -> None:
    atlas = open_atlas("?site=vladivostok")
    atlas.frame.evaluate("window.marker = 'still here'")
    link = atlas.frame.get_by_role("link", name="Permalink")
    with atlas.page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    assert dict(parse_qsl(urlsplit(opened.value.url).query)) == {"claim": THE_MOVE}
    opened.value.close()
    link.click()
    atlas.wait_address({"claim": THE_MOVE})
    assert atlas.frame.evaluate("window.marker") == "still here"


def test_of_a_readers_own_copy_no_link_is_offered(new_page: Callable[..., Page], tmp_path: Path) -> None:
    story = open_story(folder_files(STORY), FixedGeocoder())
    payload = map_payload(story, BASEMAP_INSIDE, shareable=False)
    (tmp_path / "own.html").write_text(published_page(TITLE, "", payload, ()), encoding="utf-8")
    atlas = PublishedPage(new_page(**CLIPBOARD), (tmp_path / "own.html").as_uri()).open(claim=THE_MOVE)
    said = "In your own copy; publish or download it to share."
    for find in (head, foot, share):
        place = find(atlas)
        expect(place).to_contain_text(said)
        expect(place.get_by_role("button", name="Copy link")).to_have_count(0)
        place.get_by_role("button", name="Cite").click()
        assert "?claim=" not in copied(atlas)
    expect(atlas.frame.get_by_role("link", name="Permalink")).to_have_count(0)


# The picture


def saved(atlas: AtlasPage, folder: Path) -> Path:
    with atlas.page.expect_download() as download:
        atlas.frame.get_by_role("button", name="Save picture").click()
    assert download.value.suggested_filename == "claim-atlas-map.png"
    path = folder / "map.png"
    download.value.save_as(path)
    return path


READ_PICTURE = """async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    window.colourAt = (x, y) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)];
    return { width: image.width, height: image.height };
}"""


def test_the_picture_is_twice_as_sharp_as_the_screen_and_has_the_sites_where_they_are(
    open_atlas: Callable[..., AtlasPage], tmp_path: Path
) -> None:
    atlas = open_atlas("?from=2024-10-01", color_scheme="dark", reduced_motion="reduce")
    picture = read(atlas, saved(atlas, tmp_path))
    width, height = atlas.frame.evaluate("(({x, y}) => [x, y])(window.map.getSize())")
    assert picture["width"] == 2 * (width + 2 * 20)
    assert picture["height"] > 2 * height + 300  # title, legend, credits
    assert colour(atlas, 5, 5) == [255, 255, 255], "light, though the screen is dark"
    khabarovsk, corner = pixel(atlas, "khabarovsk"), atlas.map_corner()
    x = 2 * (20 + khabarovsk.x - corner.x)
    rows = [colour(atlas, x, 2 * (20 + khabarovsk.y - corner.y) + down) for down in range(60, 260)]
    assert [0x1F, 0x5F, 0x8B] in rows, "the colour of what is reported here, in the column of the site"
    expect(atlas.frame.locator(".story-view")).to_have_attribute("data-theme", "dark")


def test_the_picture_says_what_it_shows(open_atlas: Callable[..., AtlasPage], tmp_path: Path) -> None:
    atlas = open_atlas("?from=2024-10-09&to=2024-10-10")
    atlas.frame.evaluate(NOTE_TEXTS)
    saved(atlas, tmp_path)
    told = atlas.frame.evaluate("window.told.join('\\n')")
    for words in (
        TITLE,
        "Selected: happened from 9 Oct 2024 to 10 Oct 2024",
        "5 on the map · 3 filtered out · 24 without a place = 32 claims",
        "Out of view: ← Kursk Oblast",
        "moved, as reported",
        "Arrows link reported places. They are not routes.",
        "Natural Earth",
        "GeoNames",
        "Claim Atlas",
    ):
        assert words in told
    assert ("?from=2024-10-09&to=2024-10-10" in told) is atlas.address.startswith("http")


NOTE_TEXTS = """() => {
    const pens = CanvasRenderingContext2D.prototype;
    const write = pens.fillText;
    window.told = [];
    pens.fillText = function (text, ...rest) {
        window.told.push(text);
        return write.call(this, text, ...rest);
    };
}"""


def read(atlas: AtlasPage, path: Path) -> dict[str, int]:
    told: dict[str, int] = atlas.frame.evaluate(READ_PICTURE, base64.b64encode(path.read_bytes()).decode())
    return told


def colour(atlas: AtlasPage, x: float, y: float) -> list[int]:
    found: list[int] = atlas.frame.evaluate("([x, y]) => window.colourAt(x, y)", [x, y])
    return found


def pixel(atlas: AtlasPage, site: str) -> Pixel:
    found = atlas.site_pixel(site)
    assert found
    return found
