"""A story that is too big to be in the page: its texts come as they are asked for, served or from files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.outputs import MOST_INSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser.atlas import AtlasPage
    from browser.conftest import MadeUpStory
    from playwright.sync_api import Page

CLAIMS = MOST_INSIDE + 200
PLACES = [
    {
        "location_id": f"p{i}", "name": f"Place {i}", "latitude": str(40 + i % 15 * 0.8),
        "longitude": str(20 + i // 15 * 0.8), "coordinate_source": "A map",
    }
    for i in range(150)
]  # fmt: skip
DENIED = "c7"


def day(i: int) -> str:
    return f"2024-{1 + i % 12:02}-{1 + i // 12 % 28:02}"


def made_up_claims() -> Iterator[dict[str, str]]:
    for i in range(CLAIMS):
        moves = {"origins": f"p{i % 150}", "destinations": f"p{(i + 7) % 150}"}
        where = moves if i % 10 == 0 else {"locations": f"p{i % 150}"}
        needed = {"claim_id": f"c{i}", "statement": f"Statement {i}.", "claimant": f"Claimant {i % 9}"}
        yield needed | where | {"source_id": "paper", "modality": "happened", "event_date": day(i)}
    denial = {"responds_to": DENIED, "stance": "denies", "statement": "It was not so.", "claimant": "A ministry"}
    yield {"claim_id": "denial", "source_id": "paper", "modality": "happened", **denial}


FIVE_STEPS = """async () => {
    const [handle, counts] = ["date-from", "counts"].map((name) => document.querySelector(`[data-testid=${name}]`));
    for (let step = 0; step < 5; step += 1) {
        handle.stepUp();
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
    await new Promise(requestAnimationFrame);
    return counts.innerText;
}"""

TWO_STEPS_IN_A_FRAME = """async () => {
    const handle = document.querySelector("[data-testid=date-from]");
    const step = () => {
        handle.stepUp();
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        return claimsMap.state().from;
    };
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const drawn = [claimsMap.state().from, step(), step()];
    await new Promise(requestAnimationFrame);
    return [...drawn, claimsMap.state().from];
}"""

# A clock that leaps leaves the work between two looks at it as short as can be: what goes in turns takes many.
ZOOM_AND_STEP = """async () => {
    const handle = document.querySelector("[data-testid=date-from]");
    let now = 0;
    performance.now = () => (now += 100);
    document.querySelector(".leaflet-control-zoom-in").click();
    for (let step = 0; step < 40; step += 1) {
        handle.stepUp();
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
}"""
PUT_ANEW_BY_A_STEP = """async () => {
    const changed = [];
    const nameOf = ({ target }) => target.className || target.parentNode.className;
    const watching = new MutationObserver((records) => changed.push(...records.map(nameOf)));
    watching.observe(document.querySelector(".story-view"), { subtree: true, childList: true });
    const handle = document.querySelector("[data-testid=date-from]");
    handle.stepUp();
    handle.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    watching.disconnect();
    return changed;
}"""
MOST_LOOKS = 50
PICTURE = "() => document.querySelector('canvas.sheet').toDataURL()"


@pytest.fixture(scope="module")
def big(made_up: MadeUpStory) -> MadeUpStory:
    sources = [{"source_id": "paper", "title": "A paper", "publisher": "The press", "published": "2024-12-31"}]
    made_up.write({"locations": PLACES, "sources": sources, "claims": list(made_up_claims())}, title="A big story")
    return made_up


@pytest.fixture
def atlas(big: MadeUpStory, new_page: Callable[..., Page]) -> AtlasPage:
    return big.open(new_page())


def asked_of_the_server(page: Page) -> list[str]:
    """Return what is asked from now on of the routes that serve a story, as it comes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/story/" in request.url else None)
    return asked


def test_every_claim_is_in_one_of_the_three_numbers(atlas: AtlasPage) -> None:
    counts = atlas.counts()
    assert (counts.shown, counts.filtered, counts.unplaced) == (CLAIMS, 0, 1)


@pytest.mark.app_only
def test_the_columns_are_asked_for_ahead_of_the_frames_script_and_once(
    big: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    big.open(new_page())  # from now on it is known what the frame will ask for
    page = new_page()
    asked = asked_of_the_server(page)
    atlas = big.open(page)
    columns = [address for address in asked if address.endswith("/columns")]
    assert len(columns) == 1
    initiator = "name => performance.getEntriesByName(name).map(({ initiatorType }) => initiatorType)"
    assert atlas.frame.evaluate(initiator, columns[0]) == ["link"]


@pytest.mark.app_only
def test_a_step_of_the_window_asks_the_server_nothing_until_the_hand_rests(atlas: AtlasPage) -> None:
    asked = asked_of_the_server(atlas.page)
    atlas.sent.clear()
    before = atlas.counts().shown
    told = atlas.frame.evaluate(FIVE_STEPS)  # at once: on a busy machine a hand at the keys would rest between them
    assert (asked, atlas.sent) == ([], [])
    assert int(told.split()[0].replace(",", "")) < before
    atlas.wait_rest()
    expect(atlas.frame.locator(".story-row").first).to_contain_text("6 Jan 2024")
    assert any("/cards?" in address for address in asked)


def test_a_click_on_a_place_shows_its_claims_with_what_is_said_of_them(atlas: AtlasPage) -> None:
    atlas.chip("p7").click()
    cards = atlas.testid("claim-card")
    expect(cards.first).to_be_visible()
    denied = atlas.frame.locator(f"[data-testid=claim-card][data-claim={DENIED}]")
    expect(denied).to_contain_text("A ministry")
    expect(denied).to_contain_text("others say otherwise")
    denied.get_by_role("button", name="It was not so.").click()
    expect(cards).to_have_count(1)
    expect(cards).to_have_attribute("data-claim", "denial")
    expect(atlas.testid("side-by-side")).to_contain_text("2 claims about the same thing")


def test_a_search_and_a_facet_find_their_claims(atlas: AtlasPage) -> None:
    atlas.testid("search").fill("statement 4321.")
    expect(atlas.testid("counts")).to_contain_text("1 on the map")
    rows = atlas.frame.locator(".story-row")
    expect(rows).to_have_count(1)
    expect(rows).to_have_attribute("data-claim", "c4321")
    atlas.testid("search").fill("")
    atlas.testid("facet-claimant").select_option("A ministry")
    atlas.wait_rest()
    assert (atlas.counts().shown, atlas.counts().unplaced) == (0, 1)


def test_an_address_opens_a_claim_and_says_what_is_not_in_the_story(
    big: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    atlas = big.open(new_page(), claim="c4321", site="nowhere")
    expect(atlas.testid("claim-card")).to_have_count(1)
    expect(atlas.testid("claim-card")).to_have_attribute("data-claim", "c4321")
    expect(atlas.testid("notes")).to_contain_text("“site=nowhere” in the address is not in this story")


@pytest.mark.app_only
def test_the_columns_are_fetched_once_and_then_come_out_of_the_browsers_cache(
    big: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    atlas = big.open(page)
    sizes = """() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/columns"))
        .map(({ transferSize }) => transferSize)"""
    (first,) = atlas.frame.evaluate(sizes)
    assert 0 < first < 10 * CLAIMS
    page.reload()
    atlas.wait_drawn()
    assert atlas.frame.evaluate(sizes) == [0]


@pytest.mark.app_only
def test_what_another_asks_of_no_story_or_wrongly_is_refused(atlas: AtlasPage) -> None:
    served = atlas.frame.evaluate(
        "() => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/columns')).name"
    ).removesuffix("columns")
    for wrong in (
        "cards",
        "cards?numbers=x",
        "cards?numbers=-1",
        f"cards?numbers={CLAIMS + 1}",
        "dossiers?numbers=1&known=x",
    ):
        assert atlas.page.request.get(served + wrong).status == 400, wrong
    assert atlas.page.request.get(served.replace("/story/", "/story/x") + "columns").status == 404


def test_rows_of_the_list_are_laid_out_once_they_come_into_sight(atlas: AtlasPage) -> None:
    rows = atlas.frame.locator(".story-row .row-text")
    laid_out = "text => text.checkVisibility({ contentVisibilityAuto: true })"
    assert rows.first.evaluate(laid_out)
    assert not rows.last.evaluate(laid_out)
    rows.last.scroll_into_view_if_needed()
    atlas.frame.wait_for_function(
        "last => last.checkVisibility({ contentVisibilityAuto: true })", arg=rows.last.element_handle()
    )


def test_the_places_with_the_most_claims_are_listed_and_more_when_asked(atlas: AtlasPage) -> None:
    chips = atlas.frame.locator(".site-chip")
    expect(chips).to_have_count(100)
    atlas.frame.get_by_role("button", name="Show 50 more of 150 places").click()
    expect(chips).to_have_count(150)


def test_a_step_is_drawn_at_once_and_what_follows_in_its_frame_with_the_next(atlas: AtlasPage) -> None:
    drawn = [date.fromisoformat(day) for day in atlas.frame.evaluate(TWO_STEPS_IN_A_FRAME)]
    assert [(later - drawn[0]).days for later in drawn] == [0, 1, 1, 2]


def test_a_step_puts_no_words_anew_but_those_that_change(atlas: AtlasPage) -> None:
    assert set(atlas.frame.evaluate(PUT_ANEW_BY_A_STEP)) == {"asked", "counts"}


def test_a_zoom_amid_steps_ends_in_the_map_of_both(
    atlas: AtlasPage, big: MadeUpStory, new_page: Callable[..., Page]
) -> None:
    blank = atlas.frame.evaluate(PICTURE)
    atlas.frame.evaluate(ZOOM_AND_STEP)
    rested(atlas)
    other = big.open(new_page())
    other.show(**{"from": atlas.state()["from"]})
    other.frame.locator(".leaflet-control-zoom-in").click()
    other.wait_rest()
    for _ in range(MOST_LOOKS):
        pictures = [page.frame.evaluate(PICTURE) for page in (atlas, other)]
        if pictures[0] == pictures[1]:
            break
        atlas.page.wait_for_timeout(100)  # the names of marks come with a later frame
    assert pictures[0] == pictures[1] != blank


# How many steps painted less than all, and how many pixels differ after steps there and back.
# The edge of a line may differ a little: what is clipped is smoothed otherwise.
THERE_AND_BACK = """async () => {
    const handle = document.querySelector("[data-testid=date-from]");
    const { canvas } = document.querySelector("canvas.sheet").getContext("2d");
    const cleared = [];
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        if (this.canvas === canvas) cleared.at(-1).push(box);
        clear.apply(this, box);
    };
    const step = async (by) => {
        cleared.push([]);
        by > 0 ? handle.stepUp() : handle.stepDown();
        handle.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
    };
    const picture = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    await step(1);
    const before = picture();
    for (let i = 0; i < 20; i += 1) await step(1);
    const middle = picture();
    for (let i = 0; i < 20; i += 1) await step(-1);
    const after = picture();
    const others = (one, other) => one.reduce((sum, value, i) => sum + (Math.abs(value - other[i]) > 64), 0);
    const area = (boxes) => boxes.reduce((sum, [, , width, height]) => sum + width * height, 0);
    const part = cleared.filter((boxes) => area(boxes) < 0.5 * canvas.clientWidth * canvas.clientHeight);
    return { part: part.length, others: others(before, after), between: others(before, middle) };
}"""


def test_steps_paint_what_changes_and_leave_nothing_of_before(atlas: AtlasPage) -> None:
    for _ in range(2):
        atlas.frame.locator(".leaflet-control-zoom-in").click()
        rested(atlas)
    seen = atlas.frame.evaluate(THERE_AND_BACK)
    assert seen["part"] > 10
    assert seen["others"] == 0 < seen["between"]


MARGIN_PX = """() => {
    const boxOf = (part) => document.querySelector(part).getBoundingClientRect();
    const [sheet, view] = [boxOf("canvas.sheet"), boxOf(".leaflet-container")];
    return [view.left - sheet.left, sheet.right - view.right].map(Math.round);
}"""
MARGIN_PX_AFTER_STEPS = f"async () => {{ await ({ZOOM_AND_STEP})(); return ({MARGIN_PX})(); }}"


def test_steps_draw_the_view_alone_and_its_margin_comes_with_the_rest(atlas: AtlasPage) -> None:
    margin = atlas.frame.evaluate(MARGIN_PX)
    assert margin[0] == margin[1] > 100
    assert atlas.frame.evaluate(MARGIN_PX_AFTER_STEPS) == [0, 0]
    rested(atlas)
    assert atlas.frame.evaluate(MARGIN_PX) == margin


def rested(atlas: AtlasPage) -> None:
    expect(atlas.frame.locator(".story-view.stepping")).to_have_count(0)
    atlas.wait_rest()
