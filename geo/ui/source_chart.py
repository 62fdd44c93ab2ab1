"""The drawing of a story's documents: a box for each, an arrow to each that reprints or quotes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from geo.network import Arrow, Network

_CHOSEN = "#2f7fb8"  # at least 3 : 1 against the page, light and dark
_PLAIN = "#7f8a96"
_LAYER_PX = 185  # narrower boxes have no room for a name
_ROW_PX = 82
_BOX_PX = 68
_GAP = 0.22  # of a layer, between its boxes and the next
_HEAD = 0.018  # of a layer, that an arrow's head takes up
_BENDS = 12  # points of a curve
_LINES_PX = (-19, 0, 19)
_MOST_LETTERS = 200
_PALE = 0.7


def least_width_px(network: Network) -> int:
    """Return the width below which the drawing must be scrolled."""
    return network.layers * _LAYER_PX


def source_chart(network: Network, documents: pd.DataFrame, chosen: str | None) -> alt.LayerChart:
    """Return the drawing.

    Parameters
    ----------
    network
        Where the documents stand.
    documents
        By id: ``who``, ``what`` and ``when``, its three lines; ``claims``, how many that pass came through it, and
        ``pale``, whether it was or may have been issued only after the day that is asked.
    chosen
        Id of the document that is asked about; it and what leads from and to it are drawn in colour.
    """
    boxes = _boxes(network, documents, chosen)
    wide = network.layers - _GAP
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, wide], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[network.rows - 0.5, -0.5], nice=False), axis=None)
    limit = alt.expr(f"{(1 - _GAP) / wide} * width - 22")
    tooltip = [alt.Tooltip(f"{name}:N") for name in ("Who", "What", "When")]
    text = {
        "x": alt.X("x:Q"),
        "y": y,
        "opacity": alt.Opacity("opacity:Q", scale=None, legend=None),
        "tooltip": tooltip,
    }
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 12, "limit": limit, "fontSize": 13}
    lines = [
        alt.Chart(boxes)
        .mark_text(dy=down, fontWeight="bold" if name == "Who" else "normal", color="currentColor", **style)
        .encode(**text, text=alt.Text(f"{name}:N"))
        for name, down in zip(("Who", "What", "When"), _LINES_PX, strict=True)
    ]
    box = alt.Chart(boxes).encode(x=x, x2="x2", y=y, color=_colour(), tooltip=tooltip)
    look = {
        "strokeDash": alt.StrokeDash(
            "pale:N", scale=alt.Scale(domain=[False, True], range=[[1, 0], [5, 4]]), legend=None
        ),
        "strokeWidth": alt.StrokeWidth("stroke:Q", scale=None, legend=None),
    }
    fill = box.mark_bar(size=_BOX_PX, cornerRadius=5, fillOpacity=0.09, strokeOpacity=1).encode(
        stroke=_colour("stroke"), **look
    )
    share = box.mark_bar(size=4, yOffset=_BOX_PX / 2 - 2, cornerRadius=2).encode(x2="share")
    height = network.rows * _ROW_PX
    # The tables below say it all in words; a screen reader would meet every mark once more.
    drawn = alt.LayerChart(layer=[*_arrows(network, chosen, y), fill, share, *lines], height=height)
    # "currentColor", the page's own light or dark, is known to SVG alone.
    drawn.usermeta = {"embedOptions": {"renderer": "svg"}}
    drawn.config = alt.Config(mark=alt.MarkConfig(aria=False), view=alt.ViewConfig(stroke=None))
    return drawn


def _colour(channel: str = "color") -> Any:  # noqa: ANN401 - one of two of altair's classes
    kind = {"color": alt.Color, "stroke": alt.Stroke}[channel]
    return kind("colour:N", scale=None, legend=None)


def _boxes(network: Network, documents: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    shown = documents.loc[list(network.spots)]
    most = max([*documents["claims"], 1])
    layers = [float(spot.layer) for spot in network.spots.values()]
    is_chosen = [source_id == chosen for source_id in network.spots]
    return pd.DataFrame(
        {
            "x": layers,
            "x2": [layer + 1 - _GAP for layer in layers],
            "y": [spot.row for spot in network.spots.values()],
            "share": [
                layer + (1 - _GAP) * claims / most for layer, claims in zip(layers, shown["claims"], strict=True)
            ],
            "Who": shown["who"].map(_cut).to_numpy(),
            "What": shown["what"].map(_cut).to_numpy(),
            "When": shown["when"].to_numpy(),
            "pale": shown["pale"].to_numpy(),
            "opacity": shown["pale"].map({True: _PALE, False: 1.0}).to_numpy(),
            "colour": [_CHOSEN if own else _PLAIN for own in is_chosen],
            "stroke": [2.5 if own else 1.0 for own in is_chosen],
        }
    )


def _arrows(network: Network, chosen: str | None, y: alt.Y) -> list[alt.Chart]:
    if not network.arrows:
        return []
    points = pd.DataFrame(
        [
            {
                "arrow": number,
                "at": at,
                "x": x,
                "y": row,
                "colour": _CHOSEN if own else _PLAIN,
                "width": 2.2 if own else 1.2,
            }
            for number, arrow in enumerate(network.arrows)
            for own in [chosen in (arrow.source, arrow.target)]
            for at, (x, row) in enumerate(_curve(arrow))
        ]
    ).sort_values(["width", "arrow", "at"], kind="stable")  # the chosen document's over the others
    heads = points.groupby("arrow", sort=False).tail(1)
    x = alt.X("x:Q", axis=None)
    width = alt.StrokeWidth("width:Q", scale=None, legend=None)
    lines = (
        alt.Chart(points)
        .mark_line(interpolate="linear")
        .encode(x=x, y=y, detail="arrow:N", order="at:Q", color=_colour(), strokeWidth=width)
    )
    shape = (
        alt.Chart(heads)
        .mark_point(shape="triangle-right", size=90, filled=True, opacity=1)
        .encode(x=x, y=y, color=_colour())
    )
    return [lines, shape]


def _curve(arrow: Arrow) -> list[tuple[float, float]]:
    """Return the points of an arrow that leaves and arrives level, and passes level through the layers between."""
    points: list[tuple[float, float]] = []
    for here, there in zip(arrow.way, arrow.way[1:], strict=False):
        start, end = here.layer + 1 - _GAP, there.layer - _HEAD
        for step in range(_BENDS + 1):
            part = step / _BENDS
            points.append((start + part * (end - start), here.row + (3 - 2 * part) * part**2 * (there.row - here.row)))
    return points


def _cut(text: str) -> str:
    """Return a text as a label shows it: the beginning of one that would fill the page."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
