"""The tabs below the story view: what people work with, following the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.ui.changes import show_changes
from geo.ui.claim_words import ON_MAP
from geo.ui.claim_words import PLACES as LOCATED
from geo.ui.desk import show_places
from geo.ui.downloads import show_downloads
from geo.ui.editing import show_editing
from geo.ui.figures import show_figures
from geo.ui.movements import show_movements
from geo.ui.opening import show_opening
from geo.ui.sources import show_sources
from geo.ui.tables import show_problems, show_rows, show_table
from geo.ui.typed import keep_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from geo.gazetteer import Geocoder
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.caching import OpenStory
    from geo.ui.frames import Frames
    from geo.ui.passing import Passing

PLACES = "Places"
_CLAIMS = "Claims"
_OWN = "Your own story"
_READ_IN_FULL = "A double click on a cell shows all of its text."


def show_tabs(opened: OpenStory, selection: Selection, geocoder: Geocoder) -> None:
    """Paint the tab that is open; in captions stand our own words and numbers alone."""
    story, frames = opened.story, opened.frames
    # Names stay the same at every selection, else Streamlit would go back to the first tab.
    paint: dict[str, Callable[[], None]] = {
        "Figures": lambda: show_figures(frames, frames.passing(selection)),
        _CLAIMS: lambda: _show_claims(frames, frames.passing(selection)),
        "Movements": lambda: show_movements(story, frames, frames.passing(selection)),
        "Sources": lambda: show_sources(story, frames, frames.passing(selection)),
        "Not on the map": lambda: _show_not_on_map(frames, frames.passing(selection)),
        PLACES: lambda: show_places(opened, geocoder),
        "Data": lambda: _show_data(story, frames),
        "Download": lambda: show_downloads(opened, selection, frames.passing(selection).counts),
        "Edit": lambda: show_editing(opened, selection),
        _OWN: show_opening,
    }
    if len(story.tables.changes):
        paint["Changes"] = lambda: show_changes(frames.changes)
    keep_answers()
    # With the switch a rerun: a tab costs nothing, and the keys of the desk do nothing, before it is open.
    for name, tab in zip(paint, st.tabs(list(paint), key="tabs", on_change="rerun"), strict=True):
        with tab:
            if name == _CLAIMS:  # the counts cost nothing: they are there when the tab is opened
                _say_how_many(frames.passing(selection))
            if tab.open or name == _OWN:  # files that were taken in there would be lost
                paint[name]()


def _say_how_many(found: Passing) -> None:
    number, rows = found.counts, found.claims
    st.caption(
        f"{number.shown:,} on the map · {number.filtered:,} filtered out · {number.not_on_map:,} without a place "
        f"= {len(found.selected):,} claims. The table holds the {len(rows):,} that are not filtered out. "
        f"{_READ_IN_FULL}"
    )


def _show_claims(frames: Frames, found: Passing) -> None:
    rows = found.claims
    if len(rows):
        show_rows(len(rows), lambda part: frames.claim_rows(found, rows[part]), "Claims", found.selection)


def _show_not_on_map(frames: Frames, found: Passing) -> None:
    rows = found.not_on_map
    if not len(rows):
        st.caption("Every claim that passes this selection is on the map.")
        return

    def make(part: slice) -> pd.DataFrame:
        frame = frames.claim_rows(found, rows[part]).drop(columns=LOCATED)
        frame.insert(2, "Why", frame.pop(ON_MAP))
        return frame

    no_place = int((~frames.names_place[rows]).sum())
    not_settled = int(frames.names_unsettled[rows].sum())
    left_off = len(rows) - no_place - not_settled
    left_off_words = f", {left_off:,} name only places that were left off the map" if left_off else ""
    st.caption(
        f"{len(rows):,} claims pass the selection and are not on the map: {no_place:,} state no place, "
        f"{not_settled:,} name only places that are not settled{left_off_words}."
    )
    show_rows(len(rows), make, "Claims that are not on the map", found.selection)


def _show_data(story: Story, frames: Frames) -> None:
    st.subheader("Problems", anchor=False)
    if story.problems:
        st.caption(f"{len(story.problems):,} found; {sum(story.tables.left_out.values()):,} rows are left out.")
        show_problems(story.problems)
    else:
        st.caption("None: every row of the story is in use, and every place is settled.")
    st.subheader("Files", anchor=False)
    show_table(frames.files, "Files")
