"""The tabs below the story view: what people work with, following the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.gazetteer import Doubt
from geo.selection import FILTERED, NOT_ON_MAP, counts
from geo.selection_words import SURELY_WORDS
from geo.stories import select_claims
from geo.ui.changes import show_changes
from geo.ui.desk import show_places
from geo.ui.downloads import show_downloads
from geo.ui.editing import show_editing
from geo.ui.figures import show_figures
from geo.ui.frames import HAPPENED, NO_PLACE, ON_MAP
from geo.ui.known import as_known
from geo.ui.movements import show_movements
from geo.ui.opening import show_opening
from geo.ui.sources import show_sources
from geo.ui.tables import show_problems, show_table

if TYPE_CHECKING:
    import pandas as pd

    from geo.gazetteer import Geocoder
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.caching import OpenStory
    from geo.ui.frames import Frames

PLACES = "Places"
_READ_IN_FULL = "A double click on a cell shows all of its text."


def show_tabs(opened: OpenStory, selection: Selection, geocoder: Geocoder) -> None:
    """Paint the tabs for what a selection lets through; in their captions stand our own words and numbers alone."""
    story, frames = opened.story, opened.frames
    selected = select_claims(story, selection)

    def passing(frame: pd.DataFrame) -> pd.DataFrame:
        rows = _passing(frame, selected, windowed=selection.from_ is not None or selection.to is not None)
        return as_known(rows, story, frames.names, selected, selection.known) if selection.known else rows

    # Names stay the same at every selection, else Streamlit would go back to the first tab.
    names = [
        "Figures",
        "Claims",
        "Movements",
        "Sources",
        "Not on the map",
        PLACES,
        "Data",
        "Download",
        "Edit",
        "Your own story",
    ]
    # With the switch a rerun: the keys of the desk shall work, and its map be sent, only while the desk is open.
    figures, claims, movements, documents, not_on_map, places, data, downloads, editing, opening, *changes = st.tabs(
        names if frames.changes.empty else [*names, "Changes"], key="tabs", on_change="rerun"
    )
    with figures:
        show_figures(frames.figures, selected, selection)
    with claims:
        _show_claims(passing(frames.claims), selected)
    with movements:
        show_movements(story, frames, selection, selected, passing(frames.movements))
    with documents:
        show_sources(story, frames, selection, selected)
    with not_on_map:
        _show_not_on_map(passing(frames.claims), selected)
    if places.open:
        with places:
            show_places(opened, geocoder)
    with data:
        _show_data(story, frames)
    with downloads:
        show_downloads(opened, selection, counts(selected))
    with editing:
        show_editing(opened, selected.index[selected["verdict"] != FILTERED])
    with opening:
        show_opening()
    for tab in changes:
        with tab:
            show_changes(frames.changes)


def _passing(frame: pd.DataFrame, selected: pd.DataFrame, *, windowed: bool) -> pd.DataFrame:
    """Return the rows that pass; where days were asked for, with how surely each falls in them."""
    verdicts = selected["verdict"].loc[frame.index]
    passing = frame[verdicts != FILTERED]
    if windowed:
        words = verdicts.loc[passing.index].map(SURELY_WORDS).astype("str")
        passing.insert(list(passing).index(HAPPENED) + 1, "In these days", words)
    return passing


def _show_claims(frame: pd.DataFrame, selected: pd.DataFrame) -> None:
    found = counts(selected)
    st.caption(
        f"{found.shown} on the map · {found.filtered} filtered out · {found.not_on_map} without a place "
        f"= {len(selected)} claims. The table holds the {len(frame)} that are not filtered out. {_READ_IN_FULL}"
    )
    if not frame.empty:
        show_table(frame, "Claims")


def _show_not_on_map(frame: pd.DataFrame, selected: pd.DataFrame) -> None:
    frame = frame[selected["place"].loc[frame.index] == NOT_ON_MAP].drop(columns="Places")
    if frame.empty:
        st.caption("Every claim that passes this selection is on the map.")
        return
    frame.insert(2, "Why", frame.pop(ON_MAP))
    no_place = int((frame["Why"] == NO_PLACE).sum())
    left_off = int(frame["Why"].str.startswith(Doubt.LEFT_OFF).sum())
    left_off_words = f", {left_off} name only places that were left off the map" if left_off else ""
    st.caption(
        f"{len(frame)} claims pass the selection and are not on the map: {no_place} state no place, "
        f"{len(frame) - no_place - left_off} name only places that are not settled{left_off_words}."
    )
    show_table(frame, "Claims that are not on the map")


def _show_data(story: Story, frames: Frames) -> None:
    st.subheader("Problems", anchor=False)
    if story.problems:
        st.caption(f"{len(story.problems)} found; {sum(story.tables.left_out.values())} rows are left out.")
        show_problems(story.problems)
    else:
        st.caption("None: every row of the story is in use, and every place is settled.")
    st.subheader("Files", anchor=False)
    show_table(frames.files, "Files")
