"""The page from top to bottom: the story view, and below it the tabs of what people work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-untyped]

from geo.errors import DatasetError
from geo.maps import story_map
from geo.schema import OPTIONAL_TABLES
from geo.ui.address import read_address, write_address
from geo.ui.caching import cached_story, own_story, page_assets, served_files
from geo.ui.draft import current_draft, show_draft_bar
from geo.ui.opening import show_opening
from geo.ui.tables import show_problems

if TYPE_CHECKING:
    from geo.gazetteer import Geocoder
    from geo.maps import Assets
    from geo.stories import Story
    from geo.ui.caching import OpenStory

_FRAME_PX = 700  # until the story view has measured the window

_BEGUN = "begun"  # in a session of which the first run is over

_ASSETS = Path(__file__).with_name("assets")
_STYLE = _ASSETS / "page.css"
_ICON = _ASSETS / "icon.svg"  # not as a letter: Streamlit takes a tenth of a second to find out that one is an emoji


def show_page(path: Path, geocoder: Geocoder) -> None:
    """Paint the page of one story.

    Parameters
    ----------
    path
        The story's: a folder, or a file that holds it.
    geocoder
        Whom to ask for places without coordinates.
    """
    st.set_page_config(page_title="Claim Atlas", page_icon=_ICON, layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    assets = page_assets()
    draft = current_draft()
    # Also there while empty: else what is below would be painted anew once something stands in it, on another tab.
    top = st.container()
    with top:
        if draft:
            show_draft_bar(draft)
    try:
        if draft:
            opened = own_story(draft.files, geocoder, assets.basemap, top)
        else:
            opened = cached_story(served_files(path), geocoder, assets.basemap, top)
    except DatasetError as error:
        st.error("This story can't be opened. What stands in the way, and what to do:")
        show_problems(error.problems)
        show_opening()
        return
    with st.container():
        _say_what_is_left_out(opened.story)
    _show_story_view(opened, assets)
    # The tabs take the browser longer to draw than the map: they follow with the run that the view asks for as soon as
    # it is drawn, or with any other.
    if _BEGUN in st.session_state:
        from geo.ui.tabs import show_tabs  # here, for what they draw with takes half a second, and the map comes first

        show_tabs(opened, read_address(st.query_params, opened.story), geocoder)
    st.session_state[_BEGUN] = True


def _say_what_is_left_out(story: Story) -> None:
    """Say it above the map: whoever quotes the map must know that it isn't whole."""
    takes_nothing = {table.file for table in OPTIONAL_TABLES}  # from the map
    rows = sum(number for file, number in story.tables.left_out.items() if file not in takes_nothing)
    unsettled = len(story.problems) - len(story.tables.problems)
    said = []
    if rows:
        left_out = f"{rows} rows of this story are left out" if rows > 1 else "1 row of this story is left out"
        claims = len(story.tables.claims)
        said.append(f"{left_out}, {claims} claims are in use" if claims != 1 else f"{left_out}, 1 claim is in use")
    elif story.tables.problems:
        said.append("this story's files have problems")
    if unsettled:
        said.append(f"{unsettled} places are not settled" if unsettled > 1 else "1 place is not settled")
    if said:
        words = " and ".join(said)
        decide = " In the tab Places you can decide." if unsettled else ""
        st.warning(f"{words[0].upper()}{words[1:]}. The tab Data says which, why, and what to do.{decide}")


def _show_story_view(opened: OpenStory, assets: Assets) -> None:
    key = f"story-{opened.story.tables.digest[:16]}"
    # The address is written here and nowhere else: the returned value is sticky and would undo the way back.
    st_folium(
        story_map(opened.payload, assets),
        key=key,
        height=_FRAME_PX,
        use_container_width=True,
        returned_objects=[],
        render=False,  # all of a page of folium's own, which nothing shows
        on_change=lambda: _take(st.session_state.get(key)),
    )


def _take(reported: object) -> None:
    """Write the address of the state that the story view reports; that it is drawn changes nothing."""
    if isinstance(reported, dict) and _BEGUN in reported:
        st.session_state[_BEGUN] = True
    else:
        st.query_params.from_dict(write_address(reported))
