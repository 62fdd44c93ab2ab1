"""What holds of the published file alone: it asks for nothing, runs nothing foreign, and stands in other pages."""

from __future__ import annotations

import threading
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.atlas import PublishedPage
from browser.facts import CLAIMS, STORY
from browser.hosts import published
from playwright.sync_api import expect
from small_story import claim, pinned, small_story

from geo.outputs import MOST_INSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Trouble
    from playwright.sync_api import Page, Route


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet about it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Serve a folder as any static host does, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def big_story(folder: Path, count: int) -> Path:
    """Write a story of a hundred places, whose claims are numbered by date, and return its folder."""
    story = folder / "story"
    story.mkdir()
    places = [pinned(f"p{i}", 40 + i / 10, 20 + i) for i in range(100)]
    claims = (
        claim(f"c{i}", locations=f"p{i % 100}", statement=f"Statement {i}.", event_date=f"{2000 + i // 1000}")
        for i in range(count)
    )
    small_story(story, list(claims), places)
    return story


def test_nothing_is_asked_for_but_the_file_itself(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = published(STORY, tmp_path / "atlas.html").as_uri()
    atlas = PublishedPage(page, address).open()
    atlas.chip("vladivostok").click()
    atlas.testid("search").fill("kursk")
    atlas.wait_address({"site": "vladivostok", "q": "kursk"})
    assert asked == [address]


def test_its_own_policy_stops_a_foreign_script_and_is_told_of_on_the_console(
    page: Page, trouble: Trouble, tmp_path: Path
) -> None:
    file = published(STORY, tmp_path / "atlas.html")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</body>", "<script>window.hacked = 1</script><b style='color: red'>x</b></body>"))
    atlas = PublishedPage(page, file.as_uri()).open()
    assert atlas.frame.evaluate("window.hacked") is None
    assert sum("violates the following Content Security Policy" in error for error in trouble.console_errors) == 2
    trouble.console_errors.clear()


def test_on_a_web_server_nothing_else_is_asked_for(new_page: Callable[..., Page], tmp_path: Path, web: str) -> None:
    published(STORY, tmp_path / "site")
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{web}site/?site=kursk")
    expect(page.get_by_test_id("claim-card")).to_have_count(2)
    assert asked == [f"{web}site/?site=kursk"]


def test_a_big_story_is_drawn_from_its_data_and_loads_texts_when_they_are_asked_for(page: Page, tmp_path: Path) -> None:
    index = published(big_story(tmp_path, 12_000), tmp_path / "site")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(Path(request.url).name.split("-")[0]))
    atlas = PublishedPage(page, index.as_uri()).open()
    assert atlas.counts().shown == atlas.counts().total == 12_000
    rows = page.locator(".story-row")
    expect(rows.first).to_contain_text("Statement 0.")
    assert Counter(loaded) == {"index.html": 1, "data": 1, "sites": 1, "texts": 1}
    atlas.chip("p7").click()
    expect(atlas.testid("claim-card").first).to_contain_text("Statement 7.")
    assert Counter(loaded)["texts"] < 12
    assert "search" not in loaded
    atlas.testid("search").fill("statement 11999.")
    expect(atlas.testid("counts")).to_contain_text("1 on the map · 11,999 filtered out")
    atlas.frame.get_by_role("button", name="← All claims").click()
    expect(rows).to_have_count(1)
    assert atlas.listed() == ["c11999"]
    assert loaded.count("search") == 2


def test_until_a_search_has_its_texts_the_page_says_so_and_lists_nothing_new(page: Page, tmp_path: Path) -> None:
    index = published(big_story(tmp_path, MOST_INSIDE + 1), tmp_path / "site")
    held: list[Route] = []
    page.route("**/search-*.js", lambda route: held.append(route))
    atlas = PublishedPage(page, index.as_uri()).open()
    expect(page.locator(".story-row")).to_have_count(100)
    before = atlas.listed()
    atlas.show(q="statement 4321.", **{"from": "2003-01-01"})
    atlas.testid("date-from").press("ArrowRight")
    atlas.wait_address({"q": "statement 4321.", "from": "2003-01-02"})
    atlas.wait_rest()
    assert atlas.testid("counts").inner_text() == "Looking through the texts…"
    assert atlas.listed() == before
    [route] = held
    route.continue_()
    expect(atlas.testid("counts")).to_contain_text("1 on the map")
    expect(page.locator(".story-row")).to_have_count(1)
    assert atlas.listed() == ["c4321"]


def test_a_page_whose_data_are_not_beside_it_says_so(page: Page, trouble: Trouble, tmp_path: Path) -> None:
    index = published(big_story(tmp_path, MOST_INSIDE + 1), tmp_path / "site")
    [data] = index.parent.glob("data-*.js")
    data.unlink()
    page.goto(index.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("The data of this story are missing.")
    assert [error for error in trouble.console_errors if "ERR_FILE_NOT_FOUND" not in error] == []
    trouble.console_errors.clear()


def test_a_file_of_texts_that_is_not_beside_the_page_is_named(page: Page, trouble: Trouble, tmp_path: Path) -> None:
    index = published(big_story(tmp_path, MOST_INSIDE + 1), tmp_path / "site")
    [texts] = index.parent.glob("texts-0004-*.js")
    texts.unlink()
    atlas = PublishedPage(page, index.as_uri()).open(claim="c3999")
    assert atlas.cards() == ["c3999"]
    atlas.show(claim="c4000")
    expect(atlas.testid("notes")).to_contain_text(f"{texts.name} could not be read")
    assert any(f"{texts.name} is missing" in error for error in trouble.console_errors)
    trouble.console_errors.clear()


def test_without_scripts_the_claims_are_there_to_read(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(published(STORY, tmp_path / "atlas.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("North Korean troops reported in Russia")
    expect(page.locator("noscript > ol > li")).to_have_count(len(CLAIMS))


@pytest.mark.parametrize("width", [360, 900])
def test_it_stands_in_another_page_as_its_own_markup_has_it(
    new_page: Callable[..., Page], tmp_path: Path, web: str, width: int
) -> None:
    published(STORY, tmp_path / "atlas.html")
    around = new_page(permissions=["clipboard-read", "clipboard-write"])
    around.goto(f"{web}atlas.html?site=vladivostok")
    menu = around.get_by_test_id("share")
    menu.locator("summary").click()
    menu.get_by_role("button", name="Embed").click()
    expect(menu.get_by_role("status")).to_have_text("markup copied")
    markup = around.evaluate("navigator.clipboard.readText()")
    assert f'src="{web}atlas.html?site=vladivostok"' in markup
    (tmp_path / "article.html").write_text(
        f"<!DOCTYPE html><link rel=icon href='data:,'><p>An article</p><div style='width: {width}px'>{markup}</div>",
        encoding="utf-8",
    )
    around.goto(f"{web}article.html")
    inside = around.frame_locator("iframe")
    expect(inside.get_by_test_id("site-claims").locator("h2")).to_have_text("Vladivostok")
    expect(inside.locator(".story-view.phone")).to_have_count(1 if width < 700 else 0)
    frame = around.frames[1]
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width < 700:
        last = inside.get_by_test_id("claim-card").last
        last.scroll_into_view_if_needed()
        expect(last).to_be_in_viewport()
    before = around.evaluate("history.length")
    inside.get_by_test_id("site-list").get_by_role("button", name="Hamhung").click()
    expect(inside.get_by_test_id("site-claims").locator("h2")).to_have_text("Hamhung")
    frame.wait_for_url("**/atlas.html?site=hamhung")
    assert around.evaluate("history.length") == before, "the way back is that of the article"
    with around.expect_download():
        inside.get_by_role("button", name="Save picture").click()
