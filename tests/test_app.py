"""The page as Streamlit runs it: ``app.py`` on real folders."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from small_story import claim, pinned, small_story
from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    OpenPage = Callable[..., AppTest]

ROOT = Path(__file__).parents[1]
TABS = ["Figures", "Claims", "Movements", "Sources", "Not on the map", "Data"]
DOCUMENTS = -1  # the last table of the tab Sources


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens the page of a folder, the shipped story's if none is named, at an address."""

    def run(folder: Path | None = None, **query: str) -> AppTest:
        if folder is None:
            monkeypatch.delenv("CLAIM_ATLAS_STORY", raising=False)
        else:
            monkeypatch.setenv("CLAIM_ATLAS_STORY", str(folder))
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in query.items():
            page.query_params[name.rstrip("_")] = value
        return page.run()

    return run


def tab(page: AppTest, name: str) -> Any:  # noqa: ANN401 - Streamlit's own is not exported
    return page.tabs[TABS.index(name)]


def table(page: AppTest, name: str, number: int = 0) -> pd.DataFrame:
    frame: pd.DataFrame = tab(page, name).dataframe[number].value
    return frame


def shown_counts(page: AppTest) -> tuple[int, ...]:
    """Return the three counts and their sum as the tab Claims says them."""
    said = tab(page, "Claims").caption[0].value
    words = r"(\d+) on the map · (\d+) filtered out · (\d+) without a place = (\d+) claims"
    found = re.match(words, said)
    assert found, said
    return tuple(map(int, found.groups()))


def rows_of(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def elements(block: Any) -> Iterator[Any]:  # noqa: ANN401 - a tab or the whole page
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        yield child


class Markup(HTMLParser):
    """Tags, attributes and text of a piece of HTML; any that is not the tab's own fails the test."""

    OURS: ClassVar = {
        "div": {"class"}, "h3": set(), "span": set(), "ul": {"role"}, "li": set(), "p": {"class"}, "strong": set(),
        "a": {"href"},
    }  # fmt: skip

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.feed(markup)
        self.close()
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= self.OURS[tag]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment in the page: {data}")


def read_sentences(page: AppTest) -> Markup:
    (html,) = tab(page, "Movements").get("html")
    return Markup(html.value)


def test_the_shipped_story_opens_whole(open_page: OpenPage) -> None:
    page = open_page()
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert [each.label for each in page.tabs] == TABS
    assert len(table(page, "Claims")) == len(rows_of("claims.csv"))
    assert len(table(page, "Sources", DOCUMENTS)) == len(rows_of("sources.csv"))
    assert len(table(page, "Data")) == len(rows_of("locations.csv"))
    assert "None: every row" in tab(page, "Data").caption[0].value


def test_the_two_movements_of_the_shipped_story_say_what_is_not_stated(open_page: OpenPage) -> None:
    moves = table(open_page(), "Movements").set_index("Id")
    assert moves.loc["nis-1500", ["From", "To"]].tolist() == ["Chongjin; Hamhung; Musudan", "Vladivostok"]
    assert moves.loc["nis-1500", "Number"] == "1,500 in total"
    assert moves.loc["budanov-2600", ["From", "To", "Happened"]].tolist() == ["not stated", "Kursk Oblast", "not dated"]
    assert len(moves) == 2


def test_the_movements_stand_as_sentences_with_their_permalinks_above_the_table(open_page: OpenPage) -> None:
    page = open_page(from_="2024-10-09", to="2024-10-10", site="kursk")
    sentences = read_sentences(page)
    assert "Chongjin, Hamhung and Musudan → Vladivostok: 1 account" in sentences.text
    assert "says that 1,500 troops in total were sent from Chongjin, Hamhung and Musudan to" in sentences.text
    assert (
        "2,600 soldiers are to be deployed from a place that is not stated to Kursk Oblast; when is" in sentences.text
    )
    assert sentences.text.count("possibly in these days") == 1
    assert sentences.links == [
        f"?from=2024-10-09&to=2024-10-10&claim={claim_id}" for claim_id in table(page, "Movements")["Id"]
    ]


def test_of_many_movements_the_first_hundred_stand_as_sentences_until_all_are_asked(
    open_page: OpenPage, tmp_path: Path
) -> None:
    small_story(tmp_path, [claim(f"c{n}", destinations="port") for n in range(102)], [pinned("port", 43.1, 131.9)])
    page = open_page(tmp_path)
    assert len(read_sentences(page).links) == 100
    assert "The first 100 stand here as sentences." in tab(page, "Movements").caption[0].value
    tab(page, "Movements").toggle[0].set_value(v=True).run()
    assert len(read_sentences(page).links) == 102
    assert "first" not in tab(page, "Movements").caption[0].value


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from_": "2024-10-09", "to": "2024-10-10"},
        {"from_": "2024-10-14"},
        {"to": "2024-08-01", "undated": "0"},
        {"from_": "1999-01-01", "to": "1999-01-02", "undated": "0"},
        {"q": "vladivostok"},
        {"claimant": "Newsweek", "modality": "background"},
        {"site": "kursk", "claim": "nis-1500"},
    ],
)
def test_the_three_counts_add_up_and_are_those_of_the_tables(open_page: OpenPage, query: dict[str, str]) -> None:
    page = open_page(**query)
    on_map, filtered, unplaced, in_all = shown_counts(page)
    assert on_map + filtered + unplaced == in_all == len(rows_of("claims.csv"))
    shown = sum(len(frame.value) for frame in tab(page, "Claims").dataframe)
    assert shown == on_map + unplaced
    assert sum(len(frame.value) for frame in tab(page, "Not on the map").dataframe) == unplaced
    assert table(page, "Sources", DOCUMENTS).set_index("Publisher").loc["Newsweek", "Claims that pass"] == shown


def test_a_window_keeps_the_arrows_of_its_days_and_says_how_surely(open_page: OpenPage) -> None:
    page = open_page(from_="2024-10-09", to="2024-10-10")
    words = table(page, "Claims").set_index("Id")["In these days"]
    assert words["nis-1500"] == "possibly"
    assert words["budanov-2600"] == "not dated"
    assert "nis-1500" in table(page, "Movements")["Id"].tolist()
    around = table(open_page(from_="2024-10-08", to="2024-10-13"), "Claims").set_index("Id")
    assert around.loc["nis-1500", "In these days"] == "certainly"
    later = open_page(from_="2024-10-14")
    assert table(later, "Movements")["Id"].tolist() == ["budanov-2600"]


def test_without_a_window_no_column_speaks_of_one(open_page: OpenPage) -> None:
    assert "In these days" not in table(open_page(q="troops"), "Claims")


def test_a_selection_that_lets_nothing_through_says_so_in_every_tab(open_page: OpenPage) -> None:
    page = open_page(q="no claim holds this")
    assert shown_counts(page)[:3] == (0, len(rows_of("claims.csv")), 0)
    assert [len(tab(page, name).dataframe) for name in TABS] == [0, 0, 0, 1, 0, 2]
    assert tab(page, "Movements").caption[0].value == "None of the 2 movements passes this selection."
    assert tab(page, "Not on the map").caption[0].value == "Every claim that passes this selection is on the map."
    assert table(page, "Sources", DOCUMENTS)["Claims that pass"].tolist() == [0] * len(rows_of("sources.csv"))


def test_wrong_values_in_the_address_leave_everything_shown(open_page: OpenPage) -> None:
    page = open_page(
        from_="2024-13-08", to="never", undated="maybe", site="nowhere", claim="[]", modality="<b>", claimant="%00"
    )
    assert not page.exception
    assert shown_counts(page)[1] == 0


def test_of_a_parameter_that_is_given_twice_the_last_counts_as_on_the_map(open_page: OpenPage) -> None:
    page = open_page()
    page.query_params["claimant"] = ["Newsweek", "Mick Ryan"]
    assert set(table(page.run(), "Claims")["Claimant"]) == {"Mick Ryan"}


def test_a_claim_that_is_not_on_the_map_says_why(open_page: OpenPage, tmp_path: Path) -> None:
    lost = {"location_id": "lost", "name": "Lost Village", "query": "xqzjw"}
    small_story(
        tmp_path,
        [claim("here", locations="port"), claim("nowhere"), claim("lost", locations="lost")],
        [pinned("port", 43.1, 131.9), lost],
    )
    page = open_page(tmp_path)
    why = table(page, "Not on the map").set_index("Id")["Why"].to_dict()
    assert why == {"nowhere": "no place stated", "lost": "place not settled: Lost Village"}
    said = tab(page, "Not on the map").caption[0].value
    assert said.endswith("1 state no place, 1 name only places that are not settled.")
    assert [warning.value for warning in page.warning] == [
        "1 place is not settled. The tab Data says which, why, and what to do."
    ]


def test_rows_that_are_left_out_are_counted_above_the_map_and_listed_below(open_page: OpenPage, tmp_path: Path) -> None:
    wrong = [claim("day", event_date="2024-13-08"), claim("from-nothing", source_id="nothing")]
    small_story(tmp_path, [claim("right"), *wrong])
    page = open_page(tmp_path)
    assert [warning.value for warning in page.warning] == [
        "2 rows of this story are left out. The tab Data says which, why, and what to do."
    ]
    assert shown_counts(page)[3] == 1
    assert tab(page, "Data").caption[0].value == "2 found; 2 rows are left out."
    problems = table(page, "Data")
    cells = problems[["File", "Row", "Column", "Value"]].to_numpy().tolist()
    assert cells == [["claims.csv", "3", "event_date", "2024-13-08"], ["claims.csv", "4", "source_id", "nothing"]]
    assert problems.loc[0, "What is wrong"] == "has no month 13"
    assert problems["What to do"].str.len().min() > 0
    files = table(page, "Data", 2).set_index("File")
    assert files.loc["claims.csv", ["Rows in use", "Rows left out"]].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("nothing.txt", b"", ("claims.csv", "", "the file is missing")),
        ("claims.csv", b"", ("claims.csv", "", "the file is empty")),
        ("claims.csv", b"a,b\n1,2\n", ("claims.csv", "1", "the first row names none of the table's columns")),
    ],
)
def test_a_folder_that_is_no_story_shows_an_error_with_all_its_problems(
    open_page: OpenPage, tmp_path: Path, name: str, content: bytes, problem: tuple[str, str, str]
) -> None:
    (tmp_path / name).write_bytes(content)
    page = open_page(tmp_path)
    assert not page.exception
    assert [error.value for error in page.error] == [
        "This story can't be opened. What stands in the way, and what to do:"
    ]
    problems = page.dataframe[0].value
    assert list(problems) == ["File", "Row", "Column", "Value", "What is wrong", "What to do"]
    assert problem in problems[["File", "Row", "What is wrong"]].itertuples(index=False, name=None)
    assert {"locations.csv", "sources.csv"} <= set(problems["File"])
    assert not page.tabs


def test_a_folder_that_is_not_there_shows_an_error(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(tmp_path / "no such folder")
    assert not page.exception
    assert page.dataframe[0].value.loc[0, "What is wrong"] == "there is no such folder to read"


MARK = "h0stile"
HOSTILE = (
    f"<script>alert('{MARK}')</script>",
    f"</script><img src=x onerror={MARK}>",
    f"[{MARK}](javascript:alert(1)) **{MARK}** `{MARK}` $$ {MARK} $$ :red[{MARK}] :material/{MARK}:",
    f"{{{{7*7}}}} {{% raw %}} ${{{MARK}}} #{{{MARK}}}",
    f'\u202e{MARK}\u2066 \' " ` =HYPERLINK("{MARK}")',
    MARK * 1_500,
)


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
    for element in elements(page.main):
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
        elif element.type == "selectbox":
            assert MARK not in element.proto.label + element.proto.help
        elif hasattr(element, "proto"):
            assert MARK not in str(element.proto), element.type
        kinds[element.type] += 1
    assert kinds["dataframe"] == 9
    assert kinds["vega_lite_chart"] == 2
    assert kinds["selectbox"] == kinds["link"] == 1


SENTENCES = '<div class="movements">'
OUR_MARKUP = {
    '<div class="figures-thing">',
    '<ul class="figures-words">',
    *("<h4>", "<bdi>", "<p>", "<li>", "</h4>", "</bdi>", "</p>", "</li>", "</div>", "</ul>"),
}


def test_all_of_the_shipped_story_rests_on_the_article_and_two_claims_on_the_statement(open_page: OpenPage) -> None:
    page = open_page()
    sources = tab(page, "Sources")
    assert sources.selectbox[0].label == "What rests only on this document?"
    assert sources.selectbox[0].value == "newsweek"
    assert sources.markdown[0].value.startswith("**32 of 32** claims")
    assert len(table(page, "Sources")) == 32
    sources.selectbox[0].select("nis-statement").run()
    assert tab(page, "Sources").markdown[0].value.startswith("**2 of 2** claims")
    assert sorted(table(page, "Sources")["Id"]) == ["nis-1500", "nis-second-batch"]
    tab(page, "Sources").selectbox[0].select("csc-video").run()
    assert tab(page, "Sources").markdown[0].value.startswith("**0 of 0** claims")
    assert len(tab(page, "Sources").dataframe) == 2


def test_every_number_of_the_shipped_story_rests_on_one_origin(open_page: OpenPage) -> None:
    origins = table(open_page(), "Sources", 1)
    assert origins["Accounts"].tolist() == origins["Independent origins"].tolist() == [1] * 4
    troops = origins.set_index("Numbers told").loc["1,500 in total", "Who tells it, and first document"]
    assert troops.startswith("South Korea's National Intelligence Service (statement)")


def test_a_reprint_is_an_account_and_no_origin_of_its_own(open_page: OpenPage, tmp_path: Path) -> None:
    sent = {"destinations": "place", "quantity_unit": "troops", "quantity_min": "1500", "quantity_max": "1500"}
    army = {"claimant": "An army", "source_id": "briefing", "quantity_min": "3000", "quantity_max": "3000"}
    small_story(
        tmp_path,
        [
            claim("sent", **sent | {"claimant": "A ministry", "source_id": "reprint"}),
            claim("copied", **sent | {"claimant": "A portal", "source_id": "reprint"}),
            claim("other", **sent | army | {"reported_date": "2024-10-20"}),
            claim("unlike", statement="Nobody knows.", source_id="reprint"),
        ],
        [pinned("place", 43.1, 131.9)],
        [
            {"source_id": "statement", "publisher": "A ministry", "published": "2024-10-18"},
            {"source_id": "reprint", "publisher": "A portal", "derived_from": "statement", "published": "2024-10-19"},
            {"source_id": "briefing", "publisher": "An army", "published": "2024-10-20"},
        ],
    )
    page = open_page(tmp_path)
    row = table(page, "Sources", 1).iloc[0]
    assert (row["Accounts"], row["Independent origins"], row["Numbers told"]) == (3, 2, "1,500; 3,000")
    assert row["Who tells it, and first document"] == "1: A ministry; A portal · 2: An army"
    assert tab(page, "Sources").selectbox[0].value == "reprint"
    assert table(page, "Sources")["Id"].tolist() == ["unlike"]
    hidden = open_page(tmp_path, claimant="A portal")
    assert table(hidden, "Sources", -2)["Independent origins"].tolist() == [2]  # what is hidden was told all the same
    assert tab(hidden, "Sources").markdown[0].value.startswith("**0 of 1** claims")
    before = open_page(tmp_path, known="2024-10-19")
    assert table(before, "Sources", 1)["Independent origins"].tolist() == [1]
    assert sorted(table(before, "Sources")["Id"]) == ["copied", "sent", "unlike"]


def test_of_three_hundred_documents_the_sixty_with_most_claims_are_drawn(open_page: OpenPage, tmp_path: Path) -> None:
    sources = [{"source_id": f"d{number}", "publisher": f"Paper {number}"} for number in range(300)]
    small_story(tmp_path, [claim("sent", source_id="d299")], (), sources)
    page = open_page(tmp_path)
    sources_tab = tab(page, "Sources")
    said = sources_tab.caption[0].value
    assert "Drawn are the 60 documents with most claims, and the arrows between them; the table below has 240" in said
    assert sources_tab.selectbox[0].value == "d299"
    assert "is not among them" not in said
    sources_tab.selectbox[0].select("d298").run()
    assert "The document that is asked about is not among them." in tab(page, "Sources").caption[0].value


def _is_link(config: dict[str, Any]) -> bool:
    return bool(config.get("type_config", {}).get("type") == "link")


def test_several_readers_open_the_page_each_with_a_selection_of_their_own(open_page: OpenPage) -> None:
    first, second = open_page(q="vladivostok"), open_page()
    assert shown_counts(first)[1] > shown_counts(second)[1] == 0
    assert shown_counts(first.run()) == shown_counts(open_page(q="vladivostok"))


def test_the_files_of_the_page_are_gone_when_the_server_has_ended(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from tempfile import gettempdir; from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not page.exception\n"
        "print(len(list(Path(gettempdir()).glob('claim-atlas-*/*'))))"
    )
    small_story(tmp_path, [claim("sent")])
    (tmp_path / "tmp").mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp"), "CLAIM_ATLAS_STORY": str(tmp_path)}
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) == 5
    assert list((tmp_path / "tmp").glob("claim-atlas-*")) == []
