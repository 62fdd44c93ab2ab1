"""Drawings as the browser takes them, to be kept: altair takes its time, and no run of the page shall wait."""

from __future__ import annotations

from typing import Any

import altair as alt


def specification(chart: alt.LayerChart) -> dict[str, Any]:
    """Return a drawing for ``st.vega_lite_chart``, its tables beside it: text of a story is no part of the drawing."""
    # Altair moves a table that all layers share up into the chart.
    given = [chart.data if layer.data is alt.Undefined else layer.data for layer in chart.layer]
    tables: dict[int, Any] = {id(table): table for table in given}
    names = {key: f"table {number}" for number, key in enumerate(tables)}
    layers = [layer.copy(deep=False) for layer in chart.layer]
    for layer, table in zip(layers, given, strict=True):
        layer.data = alt.NamedData(names[id(table)])
    drawn = chart.copy(deep=False)
    drawn.layer, drawn.data = layers, alt.Undefined
    return drawing(drawn) | {"datasets": {names[key]: table for key, table in tables.items()}}


def drawing(chart: alt.LayerChart) -> dict[str, Any]:
    """Return a drawing that lacks the tables that its layers name: the same for many of them."""
    # As a part of something greater: else altair's own theme would come with it.
    spec: dict[str, Any] = chart.to_dict(validate=False, context={"top_level": False})
    return spec
