"""The tabs below the story view: what people work with, following the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.selection import NOT_ON_MAP, counts
from geo.stories import select_claims
from geo.ui.tables import claims_frame, movements_frame, problems_table, show_table, sites_frame, sources_frame

if TYPE_CHECKING:
    import pandas as pd

    from geo.selection import Selection
    from geo.stories import Story


def show_tabs(story: Story, selection: Selection) -> None:
    """Paint the tabs for what a selection lets through."""
    selected = select_claims(story, selection)
    # Names stay the same at every selection, else Streamlit would go back to the first tab.
    claims, movements, sources, not_on_map, data = st.tabs(["Claims", "Movements", "Sources", "Not on the map", "Data"])
    with claims:
        _say_counts(selected)
        show_table(claims_frame(story, selected))
    with movements:
        _show_movements(movements_frame(story, selected))
    with sources:
        st.caption("Every document of the story. A claim's own chain is on its card.")
        show_table(sources_frame(story), links=("Address", "Archived copy"))
    with not_on_map:
        _show_not_on_map(story, selected)
    with data:
        _show_data(story)


def _say_counts(selected: pd.DataFrame) -> None:
    found = counts(selected)
    st.caption(
        f"{found.shown} on the map, {found.filtered} filtered out, {found.not_on_map} without a place: "
        f"{len(selected)} claims in all. The table holds those that are not filtered out."
    )


def _show_movements(frame: pd.DataFrame) -> None:
    if frame.empty:
        st.caption("No movement passes this selection.")
        return
    st.caption(
        "A movement is a claim that names an origin or a destination. Numbers of different things are never added."
    )
    show_table(frame)


def _show_not_on_map(story: Story, selected: pd.DataFrame) -> None:
    frame = claims_frame(story, selected)
    frame = frame[selected.loc[frame.index, "place"] == NOT_ON_MAP]
    st.caption(f"{len(frame)} claims pass the selection and have no place that can be drawn.")
    show_table(frame.drop(columns=["Places", "On the map"]))


def _show_data(story: Story) -> None:
    st.subheader("Problems")
    if story.problems:
        rows = ", ".join(f"{count} of {file}" for file, count in story.tables.left_out.items() if count)
        st.caption(f"Rows left out: {rows}." if rows else "No row is left out.")
        problems_table(story.problems)
    else:
        st.caption("None: every row of the story is in use, and every place is settled.")
    st.subheader("Places")
    show_table(sites_frame(story))
