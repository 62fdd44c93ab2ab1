"""The page from top to bottom: the story view, and below it the tabs of what people work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from geo.errors import DatasetError
from geo.maps import story_map
from geo.ui.address import read_address, write_address
from geo.ui.caching import cached_payload, cached_story, page_assets
from geo.ui.tables import problems_table
from geo.ui.tabs import show_tabs

if TYPE_CHECKING:
    from pathlib import Path

    from geo.gazetteer import Geocoder
    from geo.stories import Story

_FRAME_PX = 700  # until the story view has measured the window

# Streamlit leaves a hand's breadth at the top and the sides, which the map can use.
_STYLE = """
<style>
  .stMainBlockContainer { padding: 0.6rem 1rem 2rem; max-width: none; }
  .stApp > header { background: transparent; height: 0; }
  iframe { display: block; }
</style>
"""


def show_page(folder: Path, geocoder: Geocoder) -> None:
    """Paint the page of one story.

    Parameters
    ----------
    folder
        The story's.
    geocoder
        Whom to ask for places without coordinates.
    """
    st.set_page_config(page_title="Claim Atlas", page_icon="🗺️", layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    try:
        story = cached_story(folder, geocoder)
    except DatasetError as error:
        st.error("This story can't be opened.")
        problems_table(error.problems)
        return
    _say_what_is_left_out(story)
    _show_story_view(story)
    show_tabs(story, read_address(st.query_params, story))


def _say_what_is_left_out(story: Story) -> None:
    """Say it above the map: whoever quotes the map must know that it isn't whole."""
    rows = sum(story.tables.left_out.values())
    unplaced = len(story.problems) - len(story.tables.problems)
    said = (
        [f"{rows} rows of this story are left out" if rows != 1 else "1 row of this story is left out"] if rows else []
    )
    if unplaced:
        said.append(f"{unplaced} places are not settled" if unplaced != 1 else "1 place is not settled")
    elif story.tables.problems and not rows:
        said.append("This story's files have problems")
    if said:
        st.warning(f"{', '.join(said)}. The tab Data says which, why, and what to do.")


def _show_story_view(story: Story) -> None:
    assets, base = page_assets()
    payload = cached_payload(story.tables.digest, base + assets.basemap, story)
    key = f"story-{story.tables.digest[:16]}"
    # The address is written here and nowhere else: the returned value is sticky and would undo the way back.
    st_folium(
        story_map(payload, assets, base),
        key=key,
        height=_FRAME_PX,
        use_container_width=True,
        returned_objects=[],
        on_change=lambda: st.query_params.from_dict(write_address(st.session_state.get(key))),
    )
