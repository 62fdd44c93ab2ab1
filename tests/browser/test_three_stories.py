"""Three invented stories: a convoy with a split destination, a denied movement, a ship that may have turned back."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.conftest import shared_page
from playwright.sync_api import expect

from geo.tables import read_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from browser.atlas import AtlasPage
    from playwright.sync_api import Browser, Locator

STORIES = Path(__file__).parents[1] / "stories"
NAMES = ("convoy", "denial", "ship")
CONTESTED = "≠ others say otherwise"
SOLID, DASHED, DOTTED = [], [9, 6], [2, 5]


@pytest.fixture(scope="module")
def open_story(
    browser: Browser, atlas_server: Callable[[Path], str]
) -> Iterator[Callable[[str], tuple[AtlasPage, Any]]]:
    """Return a function that opens a story once, in a page that all its tests share."""
    opened: dict[str, tuple[AtlasPage, Any]] = {}
    with ExitStack() as pages:

        def open_one(name: str) -> tuple[AtlasPage, Any]:
            if name not in opened:
                opened[name] = pages.enter_context(shared_page(browser, atlas_server(STORIES / name)))
            return opened[name]

        yield open_one


@pytest.fixture
def atlas(request: pytest.FixtureRequest, open_story: Callable[[str], tuple[AtlasPage, Any]]) -> Iterator[AtlasPage]:
    """Return the page of the story that the test's mark names, at its first view."""
    atlas, trouble = open_story(request.param)
    atlas.begin_anew()
    yield atlas
    trouble.check()


def of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("atlas", [name], indirect=True)


in_each_story = pytest.mark.parametrize("atlas", NAMES, indirect=True)


# All three


@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_clean_and_cannot_be_taken_for_real(name: str) -> None:
    tables = read_story(STORIES / name)
    assert tables.problems == ()
    assert "invented for a test" in tables.title
    with (STORIES / name / "locations.csv").open(encoding="utf-8", newline="") as file:
        assert {row["coordinate_source"] for row in csv.DictReader(file)} == {"invented for a test"}
    dates = [*tables.claims["event_date"], *tables.claims["reported_date"], *tables.sources["published"]]
    assert all(part.startswith("2031-") for date in dates for part in date.split("/") if part not in ("", ".."))


@in_each_story
def test_every_site_is_in_the_first_view_and_labelled_and_none_lies_under_the_legend(atlas: AtlasPage) -> None:
    legend = atlas.frame.locator(".legend").bounding_box()
    assert legend
    for site in atlas.state()["sites"]:
        pixel = atlas.site_pixel(site)
        assert pixel, site
        assert not (legend["x"] < pixel.x and legend["y"] < pixel.y), site
        assert atlas.texts().count(atlas.chip(site).inner_text().rsplit(maxsplit=1)[0]) == 1


@in_each_story
def test_the_map_keeps_its_size_when_days_are_chosen(atlas: AtlasPage) -> None:
    before = atlas.testid("claims-map").bounding_box()
    atlas.show(**{"from": "2031-06-06", "to": "2031-06-08"})
    expect(atlas.frame.get_by_role("button", name="All dates")).to_be_visible()
    assert atlas.testid("claims-map").bounding_box() == before


@in_each_story
def test_the_counts_add_up_on_every_day_on_which_something_became_known(atlas: AtlasPage) -> None:
    total = atlas.counts().total
    for day in ("2031-03-02", "2031-03-05", "2031-06-08", "2031-06-11", "2031-09-12", "2031-09-14"):
        atlas.show(known=day)
        counts = atlas.counts()
        assert counts.shown + counts.filtered + counts.unplaced == counts.total == total


# The convoy

BOARD = "Marrowdale Relief Board"
PLAN = "4 Mar 2031 · 40 planned in total"
LEFT = "4 Mar 2031 · 40 in total"


@of("convoy")
@pytest.mark.parametrize(
    ("known", "labels", "dashes", "heads"),
    [
        ("2031-03-01", [], [], 0),
        ("2031-03-02", [PLAN], [DASHED], 2),
        ("2031-03-04", [f"{BOARD} · {PLAN}", f"{BOARD} · {LEFT}"], [DASHED, SOLID], 4),
        (
            "2031-03-05",
            [
                f"{BOARD} · {PLAN}",
                f"{BOARD} · {LEFT} · {CONTESTED}",
                f"Plainsong Agency · {LEFT} · {CONTESTED}",
                f"Plains Hauliers' Union · 4 Mar 2031 · about 35 in total · hedged · {CONTESTED}",
            ],
            [DASHED, SOLID, DOTTED],
            8,
        ),
    ],
)
def test_the_convoy_is_planned_first_and_reported_later(
    atlas: AtlasPage, known: str, labels: list[str], dashes: list[list[int]], heads: int
) -> None:
    atlas.show(known=known)
    assert sorted(labels_of_movements(atlas)) == sorted(labels)
    assert sorted(dashes_of_arrows(atlas)) == sorted(dashes)
    assert len(atlas.drawn()["heads"]) == heads  # each claim has two destinations


@of("convoy")
def test_a_split_destination_is_one_number_and_its_split_is_said_to_be_missing(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board")
    expect(atlas.card("left-board").locator(".quantity")).to_have_text(
        "40 in total — counts: trucks that left in the relief convoy"
    )
    expect(atlas.card("left-board").locator(".places")).to_contain_text("Tessick, Upper Quell")
    assert sentences(atlas)[1] == (
        "Marrowdale Relief Board says that 40 trucks in total were sent from Marrowdale to Tessick and Upper Quell"
        " (how it is split is not stated) by road on 4 March 2031."
    )
    assert "20" not in " ".join([*atlas.texts(), atlas.testid("site-claims").inner_text()]).split()


@of("convoy")
def test_another_number_for_the_same_trucks_stands_beside_the_first(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board")
    sides = atlas.testid("side-by-side")
    expect(sides.locator("h3")).to_have_text("≠4 claims about the same thing, side by side")
    expect(sides.locator("thead button")).to_have_text(
        [BOARD, "Plainsong Agency", "Plains Hauliers' Union", "Road Watch"]
    )
    assert cells(sides, "How many") == ["40 in total", "40 in total", "about 35 in total", "40"]
    assert differing(sides) >= {"How many", "In its words"}
    assert not differing(sides) & {"What it counts", "When"}  # a date inferred by us is the same day all the same
    expect(sides).not_to_contain_text("22")


@of("convoy")
def test_equal_numbers_do_not_differ_because_one_of_them_is_a_total(atlas: AtlasPage) -> None:
    atlas.show(claim="watch-supports", known="2031-03-04")  # when the union had not yet spoken
    assert "How many" not in differing(atlas.testid("side-by-side"))


@of("convoy")
def test_a_reprint_is_no_second_origin_and_an_own_count_is(atlas: AtlasPage) -> None:
    atlas.show(claim="left-agency")
    origins = atlas.card("left-agency").get_by_test_id("origins")
    expect(origins.locator("summary")).to_have_text("3 independent origins")
    assert sorted(origins.locator("li").all_text_contents()) == [
        "Plains Hauliers' Union",
        "Plainsong Agency, Marrowdale Relief Board (2 claims)",
        "Road Watch",
    ]


@of("convoy")
def test_what_arrived_is_another_thing_than_what_left(atlas: AtlasPage) -> None:
    expect(atlas.row("left-board")).to_contain_text(CONTESTED)
    expect(atlas.row("quell-22")).not_to_contain_text(CONTESTED)
    atlas.show(claim="quell-22")
    expect(atlas.card("quell-22")).to_contain_text("22 — counts: trucks that had arrived at Upper Quell")
    expect(atlas.testid("side-by-side")).to_have_count(0)
    expect(atlas.card("quell-22").get_by_test_id("origins")).to_contain_text("1 independent origin")


@of("convoy")
def test_who_confirms_is_heard_from_the_day_on_which_they_spoke(atlas: AtlasPage) -> None:
    atlas.show(claim="left-board", known="2031-03-06")
    found = atlas.card("left-board")
    expect(found).to_contain_text("Mayor of Tessick commented on this")
    expect(found).not_to_contain_text("Road Watch")
    expect(found).to_contain_text("1 response said only after 6 Mar 2031.")
    atlas.show(claim="left-board", known="2031-03-07")
    expect(found).to_contain_text("Road Watch supported this")


# The denial

HERALD, VILLAGERS = "The Northern Herald · 10 Sep 2031 · 1,200", "Villagers of Ambry · 9-10 Sep 2031 · 300"
DENIED, DISPUTED = "Denied by Ministry of Defence of Corrin.", "Disputed by Lake Monitors."
UNVERIFIED = "Not verified, according to Corrin Gazette."


@of("denial")
@pytest.mark.parametrize(
    ("known", "doubts", "dash"),
    [
        ("2031-09-11", ("", ""), SOLID),
        ("2031-09-12", ("", ""), SOLID),
        ("2031-09-13", (" · denied", " · denied"), DOTTED),
        ("2031-09-14", (" · disputed, denied", " · denied"), DOTTED),
        ("", (" · disputed, denied", " · denied"), DOTTED),
    ],
)
def test_a_denied_movement_stays_on_the_map_and_is_marked_from_the_day_of_the_denial(
    atlas: AtlasPage, known: str, doubts: tuple[str, str], dash: list[int]
) -> None:
    atlas.show(**({"known": known} if known else {}))
    assert atlas.state()["movements"] == ["herald-1200", "villagers-300"]
    wanted = [f"{words}{doubt} · {CONTESTED}" for words, doubt in zip((HERALD, VILLAGERS), doubts, strict=True)]
    assert sorted(labels_of_movements(atlas)) == wanted
    assert dashes_of_arrows(atlas) == [dash]
    assert atlas.texts().count("≠") == 2  # a badge at either end


@of("denial")
def test_a_story_of_denied_movements_explains_both_kinds_of_line(atlas: AtlasPage) -> None:
    legend = atlas.frame.locator(".legend li")
    assert {"moved, as reported", "the same, hedged or denied"} <= set(legend.all_inner_texts())


@of("denial")
def test_two_claims_on_one_link_lie_apart_and_each_can_be_clicked(atlas: AtlasPage) -> None:
    assert middles_apart(atlas) > 15
    for claim, claimant in (("herald-1200", "The Northern Herald"), ("villagers-300", "Villagers of Ambry")):
        text = next(text for text in atlas.drawn()["texts"] if text["text"] == claimant)
        corner = atlas.map_corner()
        atlas.page.mouse.click(corner.x + text["x"] + 5, corner.y + text["y"])
        expect(atlas.card(claim)).to_be_visible()


@of("denial")
def test_a_contested_claim_of_a_site_leads_to_the_claims_beside_it(atlas: AtlasPage) -> None:
    atlas.chip("lake-ambry").click()
    expect(atlas.card("monitors-tents")).to_be_visible()
    expect(atlas.card("monitors-tents")).not_to_contain_text(CONTESTED)  # nobody contradicts the tents
    expect(atlas.testid("side-by-side")).to_have_count(0)
    atlas.card("villagers-300").get_by_role("button", name="see them side by side").click()
    expect(atlas.testid("side-by-side")).to_contain_text("The Northern Herald")
    expect(atlas.card("villagers-300").get_by_role("button", name="see them side by side")).to_have_count(0)


@of("denial")
def test_the_two_numbers_stand_side_by_side_before_anybody_denies_them(atlas: AtlasPage) -> None:
    atlas.show(claim="villagers-300", known="2031-09-12")
    sides = atlas.testid("side-by-side")
    assert cells(sides, "How many") == ["300", "1,200"]
    assert {"How many", "When"} <= differing(sides)
    assert not differing(sides) & {"From", "To", "What it counts", "Said"}
    expect(atlas.testid("site-claims")).not_to_contain_text("1,500")  # nobody adds rivals up


@of("denial")
def test_not_verified_is_said_of_one_of_the_two_alone(atlas: AtlasPage) -> None:
    for claim, said in (("villagers-300", True), ("herald-1200", False)):
        atlas.show(claim=claim)
        expect(atlas.card(claim)).to_contain_text("Ministry of Defence of Corrin denied this")
        assert ("not been verified" in atlas.card(claim).inner_text()) is said


@of("denial")
def test_the_sentences_name_who_denies_disputes_or_could_not_verify_and_only_once_they_have(atlas: AtlasPage) -> None:
    for known, herald, villagers in (
        ("2031-09-11", [], []),
        ("2031-09-12", [], [UNVERIFIED]),
        ("2031-09-13", [DENIED], [DENIED, UNVERIFIED]),
        ("2031-09-14", [DENIED, DISPUTED], [DENIED, UNVERIFIED]),
    ):
        atlas.show(known=known)
        assert sentences(atlas) == [
            " ".join(
                [
                    "The Northern Herald says that 1,200 soldiers were moved from Fort Corrin to Lake Ambry"
                    " on 10 September 2031.",
                    *herald,
                ]
            ),
            " ".join(
                [
                    "Villagers of Ambry say that 300 soldiers were moved from Fort Corrin to Lake Ambry"
                    " between 9 and 10 September 2031 (date inferred by us).",
                    *villagers,
                ]
            ),
        ]


# The ship

OUT, AHEAD = "5 Jun 2031 · 1", "9 Jun 2031 · 1 forecast · hedged"
NAMED = [f"Port Halden Harbour Office · {OUT}", f"Halden Lines · {AHEAD}"]
BACK = "5 Jun 2031 or later · 1"


@of("ship")
@pytest.mark.parametrize(
    ("known", "labels"),
    [
        ("2031-06-05", [OUT]),
        ("2031-06-06", NAMED),
        ("2031-06-08", [*NAMED, f"{BACK} · origin not stated"]),
        ("2031-06-10", [*NAMED, f"{BACK} · disputed · {CONTESTED} · origin not stated"]),
        ("2031-06-11", [*NAMED, f"{BACK} · disputed, denied · {CONTESTED} · origin not stated"]),
        (
            "2031-06-12",
            [
                *NAMED,
                f"{BACK} · disputed, denied · {CONTESTED} · origin not stated",
                f"9-12 Jun 2031 · 1 · {CONTESTED}",
            ],
        ),
    ],
)
def test_the_ship_leaves_is_expected_and_is_said_to_have_turned_back(
    atlas: AtlasPage, known: str, labels: list[str]
) -> None:
    atlas.show(known=known)
    assert sorted(labels_of_movements(atlas)) == sorted(labels)
    assert ("?" in atlas.texts()) is any("origin not stated" in label for label in labels)


@of("ship")
def test_the_way_back_does_not_lie_on_the_way_out(atlas: AtlasPage) -> None:
    assert middles_apart(atlas) > 15


@of("ship")
def test_in_and_turned_back_stand_against_each_other(atlas: AtlasPage) -> None:
    for claim in ("arrived", "turned-back", "lines-deny", "pilots-back"):
        expect(atlas.row(claim)).to_contain_text(CONTESTED)
    for claim in ("left", "expected", "radio-berth"):
        expect(atlas.row(claim)).not_to_contain_text(CONTESTED)
    atlas.show(claim="arrived")
    sides = atlas.testid("side-by-side")
    expect(sides.locator("thead button")).to_have_text(
        ["Sorrel Bay Post", "Fishermen of Halden", "Pilots of Sorrel Bay", "Halden Lines"]
    )
    assert cells(sides, "From") == ["—", "not stated", "Sorrel Bay", "—"]
    assert cells(sides, "To") == ["—", "Port Halden", "Port Halden", "—"]


@of("ship")
def test_the_sentences_leave_open_what_is_not_stated(atlas: AtlasPage) -> None:
    assert sentences(atlas)[2] == (
        "Fishermen of Halden say that 1 ship was moved from a place that is not stated to Port Halden by ship"
        " on 5 June 2031 or later (date inferred by us). Also named: Halfway across the strait."
        " Denied by Halden Lines. Disputed by Sorrel Bay Post."
    )


@of("ship")
def test_an_open_end_is_possibly_in_any_later_days_and_surely_in_none(atlas: AtlasPage) -> None:
    for last in ("2031-06-08", "2031-06-11"):
        atlas.show(**{"from": "2031-06-06", "to": last})
        expect(atlas.row("turned-back")).to_contain_text(
            "possibly in these days: 5 Jun 2031 or later reaches beyond them"
        )
    atlas.show(**{"from": "2031-06-05"})
    expect(atlas.row("turned-back")).not_to_contain_text("possibly")  # to the open end all of its days are asked for


@of("ship")
def test_the_undated_claim_is_on_no_day_and_perhaps_known_on_any(atlas: AtlasPage) -> None:
    expect(atlas.row("radio-berth")).to_contain_text("not dated")
    expect(atlas.frame.locator(".undated .number")).to_have_text("(1)")
    atlas.show(known="2031-06-05")
    expect(atlas.row("radio-berth")).to_contain_text(
        "possibly said only after 5 Jun 2031: when it was said is not stated"
    )
    atlas.show(undated="0")
    expect(atlas.row("radio-berth")).to_have_count(0)


# What is on the page


def labels_of_movements(atlas: AtlasPage) -> list[str]:
    """Return the labels of movements in view, each as it is read: their parts are drawn one after another."""
    labels: list[str] = []
    for text in (drawn["text"] for drawn in atlas.drawn()["texts"]):
        if text.startswith(" · "):
            labels[-1] += text
        else:
            labels.append(text)
    return [label for label in labels if " · " in label]


def shafts(atlas: AtlasPage) -> list[dict[str, Any]]:
    """Return the lines of arrows without the paper below each, which is wider and has no gaps."""
    paper = atlas.frame.evaluate(
        "getComputedStyle(document.querySelector('.story-view')).getPropertyValue('--map-paper').trim()"
    )
    return [line for line in atlas.drawn()["lines"] if line["width"] > 1.5 and line["colour"] != paper]


def dashes_of_arrows(atlas: AtlasPage) -> list[list[int]]:
    """Return in which ways lines of arrows are broken, each once."""
    found: list[list[int]] = []
    for line in shafts(atlas):
        if line["dash"] not in found:
            found.append(line["dash"])
    return found


def middles_apart(atlas: AtlasPage) -> float:
    """Return the least distance between the middles of two long arrows, in pixels."""
    lines = [line["points"] for line in shafts(atlas) if len(line["points"]) > 8]
    middles = [points[len(points) // 2] for points in lines]
    pairs = [(a, b) for i, a in enumerate(middles) for b in middles[:i]]
    assert pairs
    return min(((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5 for a, b in pairs)


def sentences(atlas: AtlasPage) -> list[str]:
    """Return the list of movements in words, opened if it is not."""
    found = atlas.testid("movement-list")
    found.evaluate("list => { list.open = true; }")
    atlas.next_frame()
    return found.locator("li button").all_inner_texts()


def cells(sides: Locator, name: str) -> list[str]:
    """Return the cells of a row of the claims side by side."""
    rows = sides.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    return next(texts for head, *texts in rows if head.removesuffix(" (they differ)") == name)


def differing(sides: Locator) -> set[str]:
    """Return the rows in which the claims side by side differ."""
    expect(sides).to_be_visible()
    heads = sides.locator("tbody tr[data-differs] th").all_text_contents()
    return {head.removesuffix(" (they differ)") for head in heads}
