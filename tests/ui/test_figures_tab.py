"""The tab Figures as Streamlit runs it: what its panels say, and what their charts are given."""

from __future__ import annotations

import html
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest
from small_story import claim, small_story
from streamlit.testing.v1 import AppTest

from geo.ui import figures
from geo.ui.figure_charts import number_chart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Open = Callable[..., "Figures"]

ROOT = Path(__file__).parents[2]
NOTHING_ADDED = "Numbers that count different things can't be compared; nothing here is added up."


@dataclass(frozen=True)
class Figures:
    """The tab of a page that has run."""

    page: AppTest

    def elements(self) -> list[Any]:
        return list(_walk(self.page.tabs[0]))

    def captions(self) -> list[str]:
        return [element.value for element in self.elements() if element.type == "caption"]

    def texts(self) -> list[str]:
        """Return each piece of the page's own markup as the text that a reader sees of it."""
        bodies = [element.proto.body for element in self.elements() if element.type == "html"]
        return [" ".join(html.unescape(re.sub(r"<(?!bdi|/bdi)[^>]*>|</?bdi>", " ", body)).split()) for body in bodies]

    def things(self) -> list[str]:
        bodies = [element.proto.body for element in self.elements() if element.type == "html"]
        return [html.unescape(name) for body in bodies for name in re.findall(r"<h3><bdi>(.*?)</bdi></h3>", body)]

    def listed(self) -> list[str]:
        bodies = [element.proto.body for element in self.elements() if element.type == "html"]
        rows = [row for body in bodies for row in re.findall(r"<li>(.*?)</li>", body, re.DOTALL)]
        return [" ".join(html.unescape(re.sub(r"</?bdi>", "", row)).split()) for row in rows]

    def charts(self, axis: str) -> list[Chart]:
        protos = [element.proto for element in self.elements() if element.type == "vega_lite_chart"]
        found = [Chart(json.loads(proto.spec), _tables(proto)) for proto in protos]
        return [chart for chart in found if chart.axis()["title"] == axis]

    def labels(self) -> list[str]:
        """Return the labels of all numbers: claimant, number and what stands beside it."""
        return [text for chart in self.charts("Reported number") for text in chart.labels()]


@dataclass(frozen=True)
class Chart:
    """A chart as the browser is given it: its specification, and the rows of each layer."""

    spec: dict[str, Any]
    tables: dict[str, pd.DataFrame]

    def layer(self, mark: str, field: str) -> pd.DataFrame:
        """Return the rows that are drawn as a mark at a field's position; none if there is no such layer."""
        found = [
            layer
            for layer in self.spec["layer"]
            if layer["mark"]["type"] == mark and field in (layer["encoding"][c].get("field") for c in ("x", "y"))
        ]
        return self.tables[found[0]["data"]["name"]] if found else pd.DataFrame()

    def axis(self) -> dict[str, Any]:
        axis: dict[str, Any] = self.spec["layer"][0]["encoding"]["x"]["axis"]
        return axis

    def domain(self) -> list[Any]:
        domain: list[Any] = self.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
        return domain

    def labels(self) -> list[str]:
        rows = self.layer("text", "first_line")
        second = rows["second"] if "second" in rows else [""] * len(rows)
        return [f"{first}: {beside}" for first, beside in zip(rows["first"], second, strict=True)]


def _walk(block: Any) -> Iterator[Any]:  # noqa: ANN401 - Streamlit's own is not exported
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _walk(child)
        else:
            yield child


def _tables(proto: Any) -> dict[str, pd.DataFrame]:  # noqa: ANN401
    return {each.name: pa.ipc.open_stream(io.BytesIO(each.data.data)).read_pandas() for each in proto.datasets}


@pytest.fixture
def open_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Return a function that opens the page of made-up claims, or of the shipped story, at an address."""

    def run(*claims: dict[str, str], **query: str) -> Figures:
        if claims:
            sources = [
                {"source_id": "article", "publisher": "A paper"},
                {"source_id": "dated", "publisher": "A site", "published": "2024-10-19"},
            ]
            small_story(tmp_path, claims, sources=sources)
            monkeypatch.setenv("CLAIM_ATLAS_STORY", str(tmp_path))
        else:
            monkeypatch.delenv("CLAIM_ATLAS_STORY", raising=False)
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        page.session_state["begun"] = True
        for name, value in query.items():
            page.query_params[name.rstrip("_")] = value
        page.run()
        assert not page.exception
        return Figures(page)

    return run


def number(claim_id: str, low: str = "1500", high: str | None = None, **cells: str) -> dict[str, str]:
    ends = {"quantity_min": low, "quantity_max": low if high is None else high}
    return claim(claim_id, **ends | {"quantity_of": "troops sent", "quantity_unit": "troops"} | cells)


def test_the_shipped_story_counts_four_things_apart(open_figures: Open) -> None:
    shown = open_figures()
    assert shown.captions()[0].startswith("4 of 4 claims with a number pass this selection; they count 4 different")
    assert NOTHING_ADDED in shown.captions()[0]
    assert len(set(shown.things())) == 4
    assert [re.search(r"[\d,]{4,}", label)[0] for label in shown.labels()] == ["1,500", "10,000", "2,600", "11,000"]
    numbers = shown.charts("Reported number")
    assert [len(chart.labels()) for chart in numbers] == [1, 1, 1, 1]
    assert len({tuple(chart.domain()) for chart in numbers}) == 4
    assert shown.labels()[2:] == [
        "Kyrylo Budanov: 2,600 · planned; hedged: “alleged”",
        "Kyrylo Budanov: about 11,000 · forecast; hedged: “alleged; around”",
    ]


def test_what_was_reported_only_after_the_day_asked_is_not_there(open_figures: Open) -> None:
    shown = open_figures(known="2024-10-17")
    assert not [label for label in shown.labels() if "1,500" in label]
    assert len(shown.labels()) == 3
    assert all("possibly said only later" in label for label in shown.labels())


def test_rivals_share_an_axis_and_say_in_words_how_they_differ(open_figures: Open) -> None:
    shown = open_figures(
        number("a", claimant="A", reported_date="2024-10-18"),
        number("b", "10000", claimant="B", reported_date="2024-10-20", quantity_approximate="yes", hedge="some"),
        number("c", "9", quantity_of="ships", quantity_unit="ships", reported_date="2024-10-01"),
    )
    assert shown.things() == ["troops sent", "ships"]
    rivals, ships = shown.charts("Reported number")
    assert rivals.labels() == [
        "A: 1,500 · reported as happened",
        "B: about 10,000 · reported as happened; hedged: “some”",
    ]
    assert rivals.layer("text", "line")["text"].tolist() == ["troops"]
    assert ships.layer("text", "line")["text"].tolist() == ["ships"]
    assert shown.listed() == [
        "A, 18 Oct 2024: 1,500 troops; reported as happened",
        "B, 20 Oct 2024: about 10,000 troops; reported as happened; hedged: “some”",
        "A service, 1 Oct 2024: 9 ships; reported as happened",
    ]


def test_a_point_is_exact_an_open_one_approximate_a_bar_a_range_and_an_arrow_an_open_end(open_figures: Open) -> None:
    same = {"reported_date": "2024-10-18"}
    (chart,) = open_figures(
        number("exact", "5", **same),
        number("about", "5", quantity_approximate="yes", **same),
        number("range", "3", "7", **same),
        number("planned", "3", "7", modality="planned", **same),
        number("least", "4", "", **same),
        number("most", "", "4", **same),
        number("forecast", "5", modality="forecast", **same),
    ).charts("Reported number")
    points = chart.layer("point", "point")
    assert points[["point", "solid", "shape"]].to_numpy().tolist() == [
        [5, 1, "circle"],
        [5, 0, "circle"],
        [5, 1, "diamond"],
    ]
    bars, heads = chart.layer("bar", "start"), chart.layer("point", "head")
    top = bars["end"].max()
    assert bars[["start", "end"]].to_numpy().tolist() == [[3, 7], [3, 7], [4, top], [0, 4]]
    assert bars["ahead"].tolist() == [False, True, False, False]
    assert heads[["head", "shape"]].to_numpy().tolist() == [[top, "triangle-right"], [0, "triangle-left"]]
    assert top > 7


DAY_MS = 86_400_000


def test_a_day_is_a_point_a_span_a_hollow_bar_and_what_is_not_stated_is_on_no_day(open_figures: Open) -> None:
    (chart,) = open_figures(
        number("day", reported_date="2024-10-18"),
        number("span", reported_date="2024-10-18/2024-10-20"),
        number("later", reported_date="2024-10-18/.."),
        number("bounded", source_id="dated"),
        number("undated"),
    ).charts("Reported date")
    day = 20_014 * DAY_MS  # 18 October 2024
    assert chart.labels()[-2:] == ["by 19 Oct 2024 at the latest · A service: ", "day not stated · A service: "]
    assert chart.layer("point", "point")["point"].tolist() == [day]
    bars, heads = chart.layer("bar", "start"), chart.layer("point", "head")
    left, right = bars["start"].min(), bars["end"].max()
    assert left < day
    assert right > day + 2 * DAY_MS
    assert bars[["start", "end"]].to_numpy().tolist() == [
        [day, day + 2 * DAY_MS],
        [day, right],
        [left, day + DAY_MS],
    ]
    assert bars["solid"].tolist() == [0, 0, 0]
    assert heads[["head", "shape"]].to_numpy().tolist() == [[right, "triangle-right"], [left, "triangle-left"]]


def test_where_no_day_is_stated_there_is_no_axis_of_days(open_figures: Open) -> None:
    shown = open_figures(number("undated"))
    assert shown.charts("Reported date") == []
    assert "Reported date: day not stated." in shown.captions()
    assert len(shown.charts("Reported number")) == 1


def test_what_only_possibly_passes_is_paler_and_says_so(open_figures: Open) -> None:
    shown = open_figures(
        number("in", event_date="2024-10-18", reported_date="2024-10-18"),
        number("perhaps", event_date="2024-10", reported_date="2024-10-19"),
        number("undated", reported_date="2024-10-20"),
        number("out", event_date="2024-09-01", reported_date="2024-10-21"),
        from_="2024-10-18",
        to="2024-10-20",
    )
    assert [label.partition(" · ")[2] for label in shown.labels()] == [
        "reported as happened",
        "possibly in these days; reported as happened",
        "event not dated; reported as happened",
    ]
    for chart in (*shown.charts("Reported number"), *shown.charts("Reported date")):
        assert (chart.layer("point", "point")["opacity"] < 1).tolist() == [False, True, False]


def test_without_a_number_in_the_story_or_the_selection_the_tab_says_so(open_figures: Open) -> None:
    assert open_figures(claim("said")).captions() == ["No claim of this story states a number."]
    none = open_figures(q="no claim holds this")
    assert none.captions() == ["None of the 4 claims with a number passes this selection."]
    assert none.charts("Reported number") == []


def test_fifty_things_come_by_and_by_and_none_is_left_out(open_figures: Open) -> None:
    things = [f"thing {k:02}" for k in range(50)]
    shown = open_figures(*(number(f"c{k}", quantity_of=thing) for k, thing in enumerate(things)))
    assert len(shown.things()) < 20
    while shown.page.tabs[0].button:
        shown.page.tabs[0].button[0].click().run()
    assert shown.things() == things
    assert len(shown.labels()) == 50


def test_a_thing_counted_very_often_is_shown_in_parts_on_one_axis(open_figures: Open) -> None:
    shown = open_figures(*(number(f"c{k}", str(k), reported_date="2024-10-18") for k in range(40)))
    first, second = shown.charts("Reported number")
    assert [len(first.labels()), len(second.labels())] == [30, 10]
    assert first.domain() == second.domain()
    assert any("Counted 40 times by one claimant; 10 of these numbers are here." in text for text in shown.texts())


def test_no_chart_adds_up_and_none_fetches(open_figures: Open) -> None:
    for chart in open_figures().charts("Reported number") + open_figures().charts("Reported date"):
        words = json.dumps({name: part for name, part in chart.spec.items() if name != "$schema"})
        for word in ('"aggregate"', '"stack"', '"transform"', '"url"', '"href"', "http"):
            assert word not in words


def test_a_panel_is_drawn_anew_only_where_another_window_changes_it(
    open_figures: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    monkeypatch.setattr(figures, "number_chart", lambda panel: drawn.append(len(panel.rows)) or number_chart(panel))
    shown = open_figures(
        number("early", claimant="Drawn once", event_date="2024-08-02"),
        number("late", claimant="Another", event_date="2024-11-20"),
        from_="2024-08-01",
    )
    assert drawn == [2]
    for day, rows in (("2024-07-01", [2]), ("2024-09-01", [2, 1]), ("2024-09-02", [2, 1]), ("2024-08-02", [2, 1])):
        shown.page.query_params["from"] = day
        shown.page.run()
        assert drawn == rows, day
        assert len(shown.labels()) == (1 if day > "2024-08-02" else 2), day
