"""A reader opens a story of their own, corrects it, takes it away, and nobody else notices."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from browser.atlas import AtlasPage
from browser.facts import STORY
from intake.bad_inputs import BAD_INPUTS, HARMLESS, TABLE, Bad
from intake.made_by_others import MADE_BY_OTHERS, Made
from playwright.sync_api import TimeoutError, expect

from geo.schema import CLAIMS, LOCATIONS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Trouble
    from playwright.sync_api import FilePayload, Locator, Page

    from geo.schema import Table

REFUSED_MS = 60_000  # of which a browser takes most for 50 MB, on a busy machine
ROW_PX, TICK_PX, NUMBER_PX, ID_PX = 35, 33, 55, 130  # of the grid: a row's height, the widths of its first columns
PHONE = {"viewport": {"width": 360, "height": 780}}
MARK = "h0stile"
HOSTILE = f'<img src=x onerror="{MARK}()"> **{MARK}** `{MARK}` {{{{7*7}}}} :red[{MARK}] \u202e=cmd()'
# What is said of a file: in rows of problems that name it, in alerts, and in captions.
SAID = """name => [...document.querySelectorAll("[role=tabpanel]")]
    .filter(panel => panel.checkVisibility())
    .flatMap(panel => [
        ...[...panel.querySelectorAll("tr")].filter(row => row.textContent.includes(name)),
        ...panel.querySelectorAll("[data-testid=stAlert], [data-testid=stCaptionContainer]"),
    ])
    .map(node => node.textContent)
    .join("\\n")"""


class OwnStory(AtlasPage):
    """A page of the atlas as somebody uses it who brings a story."""

    def panel(self, tab: str) -> Locator:
        """Open a tab, and return what it holds."""
        chosen = self.page.get_by_role("tab", name=tab, exact=True)
        if chosen.get_attribute("aria-selected") != "true":
            chosen.click()
        return self.page.get_by_role("tabpanel").locator("visible=true")

    def bring(self, *files: FilePayload | Path) -> Locator:
        """Upload files, and return the tab in which something will be said of them."""
        panel = self.panel("Your own story")
        panel.locator("input[type=file]").set_input_files(list(files))
        return panel

    def wait_said(self, name: str, words: Sequence[str]) -> None:
        """Wait until all of these words are said of a file."""
        try:
            self.page.wait_for_function(
                f"([name, words]) => words.every((word) => ({SAID})(name).includes(word))",
                arg=[name, list(words)],
                timeout=REFUSED_MS,
            )
        except TimeoutError as error:
            msg = f"of {name} is said {self.page.evaluate(SAID, name)!r}, not {words}"
            raise AssertionError(msg) from error

    def open_brought(self) -> None:
        """Open what was brought, and wait until it is drawn."""
        button = self.panel("Your own story").get_by_role("button", name="Open it")
        button.wait_for()
        self.wait_for_page()  # what is painted after it may move it from under the pointer
        self.redraw(button)

    def download(self, label: str, folder: Path) -> Path:
        """Press a button that downloads, and return the file."""
        with self.page.expect_download() as found:
            self.page.get_by_role("button", name=label, exact=True).locator("visible=true").click()
        path = folder / found.value.suggested_filename
        found.value.save_as(path)
        return path

    def type_into(self, row: int, text: str) -> None:
        """Type a statement into a row of the grid in sight, the first one being 0."""
        box = self._box(self.page.get_by_test_id("stDataFrame").locator("visible=true").first)
        across = TICK_PX + NUMBER_PX + ID_PX + 60
        self.page.mouse.dblclick(box["x"] + across, box["y"] + ROW_PX * (row + 1.5))
        cell = self.page.locator("#portal textarea")
        cell.fill(text)
        cell.press("Enter")


def payload(name: str, content: str | bytes) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": content.encode() if isinstance(content, str) else content}


def table(of: Table, *rows: dict[str, str]) -> FilePayload:
    """Return a table of a story as a file; columns that are no column of the schema come last."""
    own = dict.fromkeys(name for row in rows for name in row if name not in of.names)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*of.names, *own], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return payload(of.file, text.getvalue())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def open_page(new_page: Callable[..., Page], atlas_server: Callable[[Path], str]) -> Callable[..., OwnStory]:
    """Return a function that opens the shipped story in a session of its own."""

    def open_one(**options: object) -> OwnStory:
        page = OwnStory(new_page(**options), f"{atlas_server(STORY)}/")
        page.open()
        return page

    return open_one


@pytest.mark.parametrize("made", MADE_BY_OTHERS, ids=lambda made: made.what)
def test_a_table_as_other_people_make_it_is_on_the_map_after_one_correction_at_most(
    open_page: Callable[..., OwnStory], made: Made
) -> None:
    atlas = open_page()
    panel = atlas.bring(payload(made.file, made.make()))
    corrections = list(filter(None, (made.answers.date_order,)))
    assert [made.answers.sheet, made.answers.header_row, dict(made.answers.fields)] == ["", None, {}]
    for words in corrections:
        panel.get_by_text(words, exact=True).click()
    assert len(corrections) <= 1
    atlas.open_brought()
    counts = atlas.counts()
    assert counts.total == counts.shown + counts.unplaced == made.claims
    expect(atlas.page.get_by_text("Your own copy")).to_be_visible()
    assert atlas._box(atlas.page.locator(".st-key-draft-bar"))["height"] < 60, "the bar above the map is one line"


def test_what_nobody_can_use_is_refused_in_words_and_neither_this_session_nor_another_suffers(
    open_page: Callable[..., OwnStory], tmp_path: Path
) -> None:
    atlas, other = open_page(viewport={"width": 1900, "height": 900}), open_page()
    before = other.all_of_it()
    for number, bad in enumerate((*BAD_INPUTS, *HARMLESS)):
        _bring_bad(atlas, bad, f"{number}-{bad.file}", tmp_path)
    other.begin_anew()
    assert other.all_of_it() == before
    atlas.bring(payload("good.csv", TABLE))
    atlas.open_brought()
    assert atlas.counts().total == 1
    other.page.reload()
    other.wait_drawn()
    assert other.all_of_it() == before


def _bring_bad(atlas: OwnStory, bad: Bad, name: str, folder: Path) -> None:
    path = folder / name  # from the disk: the browser's protocol takes no 100 MB
    path.write_bytes(bad.make())
    panel = atlas.bring(path)
    said = [word.removeprefix("row ").strip("'") for word in bad.words]
    if path.stat().st_size > 50_000_000:
        expect(panel).to_contain_text("File must be 50.0MB or smaller", timeout=REFUSED_MS)
    elif bad in BAD_INPUTS:
        atlas.wait_said(name, said)
    else:
        atlas.wait_said("", [*said, "can be opened"])
    expect(atlas.page.get_by_test_id("stException")).to_have_count(0)
    path.unlink()
    atlas.wait_for_page()  # in which the form of a file that was refused empties itself
    remove = panel.get_by_role("button", name="Remove")
    remove.evaluate_all("buttons => buttons.forEach((button) => button.click())")
    expect(remove).to_have_count(0)
    expect(panel).not_to_contain_text("can be opened")  # else it would be taken for said of the next file


def test_a_cell_typed_into_the_grid_is_on_the_map_can_be_undone_and_is_in_the_download(
    open_page: Callable[..., OwnStory], tmp_path: Path
) -> None:
    served = bytes_of(STORY)
    atlas, other = open_page(), open_page()
    panel = atlas.panel("Edit")
    atlas.type_into(0, "Typed in the grid.")
    expect(panel).to_contain_text("1 change typed, not yet on the map")
    atlas.redraw(panel.get_by_role("button", name="Put it on the map"))
    expect(atlas.row("ua-training")).to_contain_text("Typed in the grid.")
    archive = atlas.download("Download", tmp_path)
    atlas.redraw(atlas.page.get_by_role("button", name="Undo (1)"))
    expect(atlas.row("ua-training")).not_to_contain_text("Typed in the grid.")
    atlas.redraw(atlas.page.get_by_role("button", name="Back to the served story"))
    other.bring(archive)
    other.open_brought()
    expect(other.row("ua-training")).to_contain_text("Typed in the grid.")
    assert bytes_of(STORY) == served


def test_what_is_typed_stays_when_another_tab_is_opened_or_the_selection_changes(
    open_page: Callable[..., OwnStory],
) -> None:
    atlas = open_page()
    atlas.panel("Edit")
    atlas.type_into(0, "Typed in the grid.")
    expect(atlas.panel("Edit")).to_contain_text("1 change typed")
    atlas.panel("Claims")
    atlas.testid("search").fill("Kursk")
    atlas.wait_address({"q": "Kursk"})
    atlas.wait_rest()
    expect(atlas.panel("Edit")).to_contain_text("1 change typed")
    atlas.type_into(1, "Typed as well.")
    expect(atlas.panel("Edit")).to_contain_text("2 changes typed")


def test_a_claim_added_by_the_form_is_on_the_map_with_its_new_place(open_page: Callable[..., OwnStory]) -> None:
    atlas = open_page()
    total = atlas.counts().total
    panel = atlas.panel("Edit")
    panel.get_by_text("Add a claim", exact=True).click()
    panel.get_by_label("What is asserted").fill("Somebody came.")
    panel.get_by_label("Who asserts it").fill("A passer-by")
    day = panel.get_by_role("textbox", name="When it is said to have happened")
    day.fill("last week")
    day.press("Enter")
    expect(panel).to_contain_text("This is not a date")
    day.fill("2024-10-08")
    places = panel.get_by_role("combobox", name="Where it is said to be so")
    places.fill("Vladivostok")
    places.press("Enter")
    places.press("Escape")  # what lies around an open list is hidden from whoever asks for roles
    expect(panel).not_to_contain_text("This is not a date")
    atlas.redraw(panel.get_by_role("button", name="Add it to the story"))
    assert atlas.counts().total == total + 1
    expect(atlas.row("a-passer-by-somebody-came")).to_contain_text("Somebody came.")


def test_hostile_text_of_a_story_stays_text_where_it_is_edited(open_page: Callable[..., OwnStory]) -> None:
    atlas = open_page()
    words = dict.fromkeys(("statement", "claimant", "note", "hedge"), HOSTILE)
    atlas.bring(
        table(
            CLAIMS,
            {"claim_id": f"*{MARK}*", **words, "source_id": f"`{MARK}`", "modality": "happened", HOSTILE: HOSTILE},
        ),
        table(SOURCES, {"source_id": f"`{MARK}`", "title": HOSTILE, "publisher": HOSTILE}),
        table(LOCATIONS, {"location_id": f":red[{MARK}]", "name": HOSTILE}),
    )
    atlas.open_brought()
    panel = atlas.panel("Edit")
    atlas.type_into(0, HOSTILE.replace("7*7", "8*8"))
    expect(panel).to_contain_text("1 change typed")
    panel.get_by_text("Add a claim", exact=True).click()
    panel.get_by_label("Where it was read").click()
    options = atlas.page.get_by_role("option")
    expect(options.first).to_contain_text(f"**{MARK}** `{MARK}` {{{{7*7}}}}")
    assert options.locator("img, strong, code, span[style]").count() == 0
    atlas.page.keyboard.press("Escape")
    atlas.panel("Your own story")
    atlas.bring(payload(f"{MARK}.csv", f"{HOSTILE},claim,source\n{HOSTILE},A claim.,{HOSTILE}\n"))
    expect(atlas.panel("Your own story")).to_contain_text("can be opened")
    assert atlas.page.locator("img[src=x]").count() == 0
    assert (
        atlas.page.get_by_test_id("stMain").locator(f"strong:has-text('{MARK}'), code:has-text('{MARK}')").count() == 0
    )


def test_whoever_opens_a_story_on_a_phone_sees_it(open_page: Callable[..., OwnStory]) -> None:
    atlas = open_page(**PHONE)
    atlas.bring(payload("good.csv", TABLE))
    atlas.open_brought()
    expect(atlas.page.get_by_text("Your own copy")).to_be_in_viewport()
    wide = atlas.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["viewport"]["width"]


def test_a_page_with_a_story_of_ones_own_asks_before_it_is_left(
    open_page: Callable[..., OwnStory], trouble: Trouble
) -> None:
    atlas = open_page()
    atlas.page.reload()
    atlas.wait_drawn()
    assert trouble.dialogs == []
    atlas.bring(payload("good.csv", TABLE))
    atlas.open_brought()
    with atlas.page.expect_event("dialog") as asked:
        atlas.page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    assert atlas.counts().total == 1  # still there: the question was answered with no
    trouble.dialogs.clear()
