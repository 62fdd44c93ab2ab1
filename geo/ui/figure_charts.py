"""The drawing of reported numbers that count one thing: a row each, the number beside the day on which it was said."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from geo.ui.charts import drawing

if TYPE_CHECKING:
    from geo.figures import Panel

    Words = dict[str, Any]  # as altair takes them

_COLOURS: Words = {"fill": "#2f7fb8", "stroke": "#2f7fb8"}  # at least 3 : 1 against the page, light and dark
_TEXT = alt.ExprRef(expr="luminance(background) < 0.4 ? '#e6e9ee' : '#1a2433'")  # Streamlit's theme leaves it black
_ROW_PX = 54
_AXIS_PX = 60  # axis with its title, and the line of the unit
_DAY_MS = 86_400_000
_LEAST_ROOM_DAYS = 2
_EDGE = 0.025  # of an axis, at both ends: room for the head of an arrow
# In rows, from a row's upper edge: its two lines of text, and the mark.
_FIRST_LINE, _SECOND_LINE, _MARK = 0.19, 0.47, 0.77
_UNIT_ROWS = 0.3
_MOST_LETTERS = 200
_TOLD = ("Claimant", "Number", "Said", "How", "Claim")
_KEPT = 256  # drawings without their tables: most selections change only what stands in those


def cut(text: str) -> str:
    """Return a text as a label shows it: the beginning of one that would fill the page."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"


def number_chart(panel: Panel) -> Words:
    """Return the numbers, each labelled with its claimant, on an axis of their own that begins at zero.

    A point is an exact number, an open point an approximate one, a bar a range, an arrow an end that is not stated.
    It is a specification for ``st.vega_lite_chart`` with its tables.

    Parameters
    ----------
    panel
        Its rows have two columns more than ``figures.figures``: ``words``, what stands beside each number, and
        ``pale``, whether it only possibly passes the selection.
    """
    rows = panel.rows.reset_index(drop=True)
    top = panel.highest * 1.12 or 1.0  # room for an arrow where the upper end is open
    low, high = rows["lowest"], rows["highest"]
    single = low == high
    marks = _marks(rows).assign(
        point=low.where(single),
        start=low.fillna(0).where(~single),
        end=high.fillna(top).where(~single),
        head=np.select([high.isna(), low.isna()], [top, 0.0], default=np.nan),
        solid=np.select([rows["approximate"], _ahead(rows) & ~single], [0.0, 0.25], default=1.0),
        first=rows["claimant"].map(cut),
        second=rows["words"],
    )
    # Text from data is data here too: as the axis' title it would be part of the specification.
    unit = cut(str(rows["unit"].iloc[0])) or "unit not stated"
    strip = pd.DataFrame({"line": [len(rows) + _UNIT_ROWS / 2], "text": [unit]})
    whole = bool((low.dropna() % 1 == 0).all() and (high.dropna() % 1 == 0).all())
    tables = _tables(marks) | {"unit": strip}
    return _numbers_drawn(len(rows), frozenset(tables), top, whole) | {"datasets": tables}


@lru_cache(_KEPT)
def _numbers_drawn(rows: int, tables: frozenset[str], top: float, whole: bool) -> Words:
    axis = _axis("Reported number", tickCount=5, tickMinStep=1 if whole else 0)
    x = {"type": "quantitative", "scale": alt.Scale(domain=[-top * _EDGE, top * (1 + _EDGE)], nice=False), "axis": axis}
    in_unit = _text("unit", "text", "line", align="right", fontStyle="italic").encode(x=alt.value("width"))
    labels = (_label("first", "first_line", fontWeight=600), _label("second", "second_line"), in_unit)
    return _layers(rows, tables, x, *labels)


def date_chart(panel: Panel, first: int, last: int) -> Words:
    """Return the days on which the numbers were said: a point for a day, a hollow bar for a span.

    At an open end the bar has an arrow. Where no day is stated there is a label, and no mark on any day.
    It is a specification for ``st.vega_lite_chart`` with its tables.

    Parameters
    ----------
    panel
        As ``number_chart`` takes it.
    first, last
        Its ``days``.
    """
    rows = panel.rows.reset_index(drop=True)
    left, right = (day * _DAY_MS for day in _axis_days(first, last))
    early, late = (rows[name].astype("Float64").astype("float64") * _DAY_MS for name in ("earliest", "latest"))
    span = (early.notna() | late.notna()) & (early != late)
    marks = _marks(rows).assign(
        point=early.where(~span),
        start=early.fillna(left).where(span),
        end=late.fillna(right).where(span),
        head=np.select([span & late.isna(), span & early.isna()], [right, left], default=np.nan),
        solid=np.where(span, 0.0, 1.0),
        first=rows["said"] + " · " + rows["claimant"].map(cut),
        ahead=False,  # it was said, whatever it says
        shape="circle",
    )
    tables = _tables(marks)
    return _dates_drawn(len(rows), frozenset(tables), first, last) | {"datasets": tables}


@lru_cache(_KEPT)
def _dates_drawn(rows: int, tables: frozenset[str], first: int, last: int) -> Words:
    left, right = _axis_days(first, last)
    # Days are those of the calendar, not of the reader's clock. As plain numbers the ends would be read in two ways.
    edge = int((right - left) * _DAY_MS * _EDGE)
    ends = [alt.ExprRef(expr=str(end)) for end in (left * _DAY_MS - edge, right * _DAY_MS + edge)]
    scale = alt.Scale(type="utc", domain=ends, nice=False)
    axis = _axis("Reported date", tickCount=_ticks(right - left), format="%-d %b %Y")
    x = {"type": "temporal", "scale": scale, "axis": axis}
    return _layers(rows, tables, x, _label("first", "first_line"))


def _axis_days(first: int, last: int) -> tuple[int, int]:
    room = max(_LEAST_ROOM_DAYS, (last - first) // 8)
    return first - room, last + room


def _marks(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what both charts draw of each row in the same way."""
    ahead = _ahead(rows)
    row = np.arange(len(rows))
    columns = {
        "line": row + _MARK,
        "first_line": row + _FIRST_LINE,
        "second_line": row + _SECOND_LINE,
        "ahead": ahead,
        "shape": np.where(ahead, "diamond", "circle"),
        "opacity": np.where(rows["pale"], 0.4, 1.0),
        "letters": np.where(rows["pale"], 0.75, 1.0),
    }
    told = (rows["claimant"], rows["number"], rows["said"], rows["words"], rows["statement"])
    return pd.DataFrame(columns | {name: words.map(cut) for name, words in zip(_TOLD, told, strict=True)})


def _ahead(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["modality"].isin(("planned", "forecast"))


def _tables(marks: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all rows for the labels, and those that have a bar, an arrow head or a point, where any have."""
    bars, points, heads = (marks[marks[name].notna()] for name in ("start", "point", "head"))
    heads = heads.assign(shape=np.where(heads["head"] == heads["start"], "triangle-left", "triangle-right"))
    return {"labels": marks} | {
        name: table for name, table in (("bars", bars), ("heads", heads), ("points", points)) if len(table)
    }


def _layers(rows: int, tables: frozenset[str], x: Words, *labels: alt.Chart) -> Words:
    """Return bars, arrow heads, points and labels over each other, the rows kept apart by lines."""
    below = rows + _UNIT_ROWS
    lines = alt.Axis(values=list(range(rows + 1)), labels=False, ticks=False, domain=False, grid=True)
    # Without it Vega-Lite pads a chart of bars alone, and its rows are not those of the chart beside it.
    scale = alt.Scale(domain=[below, 0], nice=False, padding=0)
    y = alt.Y("line:Q", scale=scale, axis=lines, title=None)
    look: Words = {
        "opacity": alt.Opacity("opacity:Q", scale=None, legend=None),
        "tooltip": [alt.Tooltip(f"{name}:N") for name in _TOLD],
    }
    at: Words = look | {"y": y, "shape": alt.Shape("shape:N", scale=None, legend=None)}
    solid = alt.FillOpacity("solid:Q", scale=None, legend=None)
    dash = alt.StrokeDash("ahead:N", scale=alt.Scale(domain=[False, True], range=[[1, 0], [4, 3]]), legend=None)
    layers: list[alt.Chart] = []
    if "bars" in tables:
        bar = alt.Chart(alt.NamedData("bars")).mark_bar(height=9, strokeWidth=1.5, **_COLOURS)
        layers.append(bar.encode(x=alt.X("start", **x), x2="end", y=y, fillOpacity=solid, strokeDash=dash, **look))
    if "heads" in tables:
        head = alt.Chart(alt.NamedData("heads")).mark_point(size=170, **_COLOURS)
        layers.append(head.encode(x=alt.X("head", **x), **at))
    if "points" in tables:
        point = alt.Chart(alt.NamedData("points")).mark_point(size=95, strokeWidth=1.8, **_COLOURS)
        layers.append(point.encode(x=alt.X("point", **x), fillOpacity=solid, **at))
    chart = alt.LayerChart(layer=[*layers, *labels])
    # The list below the charts says it all in words; a screen reader would meet every mark once more.
    chart.height = rows * _ROW_PX + _AXIS_PX
    chart.padding = {"left": 8, "right": 10, "top": 2, "bottom": 4}
    chart.config = alt.Config(mark=alt.MarkConfig(aria=False))
    return drawing(chart)


def _label(field: str, line: str, **style: Any) -> alt.Chart:  # noqa: ANN401 - altair's own words
    """Return a line of text for every row, as pale as its mark."""
    opacity = alt.Opacity("letters:Q", scale=None, legend=None)
    tooltip = [alt.Tooltip(f"{name}:N") for name in _TOLD]
    label: alt.Chart = _text("labels", field, line, **style).encode(opacity=opacity, tooltip=tooltip)
    return label


def _text(table: str, field: str, line: str, **style: Any) -> alt.Chart:  # noqa: ANN401 - altair's own words
    """Return texts that begin at the left edge and are cut where the chart ends."""
    usual: Words = {"align": "left", "baseline": "middle", "fontSize": 13, "fill": _TEXT, "limit": alt.expr("width")}
    encoding: Words = {"x": alt.value(0), "y": alt.Y(f"{line}:Q"), "text": alt.Text(f"{field}:N")}
    chart: alt.Chart = alt.Chart(alt.NamedData(table)).mark_text(**(usual | style)).encode(**encoding)
    return chart


def _axis(title: str, **more: Any) -> alt.Axis:  # noqa: ANN401 - altair's own words
    near: Words = {"labelPadding": 6, "titlePadding": 6, "labelOverlap": "greedy", "labelSeparation": 12}
    return alt.Axis(title=title, orient="bottom", **(near | more))


def _ticks(days: int) -> alt.TimeIntervalStep:
    """Return ticks at whole days, months or years, so that no day is named twice."""
    interval: Literal["day", "month", "year"]
    interval, length = ("day", 1) if days <= 40 else ("month", 30) if days <= 1_200 else ("year", 365)
    return alt.TimeIntervalStep(interval=interval, step=max(1, days // (6 * length)))
