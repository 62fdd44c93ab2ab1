"""The atlas's own page, with all its tabs, and folium's empty map in the place of the story view."""

import os
from pathlib import Path

import streamlit as st
from local_leaflet import empty_map
from streamlit_folium import st_folium

from geo.gazetteer import Offline
from geo.ui import page


def show_empty_map(*_: object) -> None:
    st_folium(empty_map((49.5, 32.0)), height=700, use_container_width=True, returned_objects=[])


page._show_story_view = show_empty_map
st.session_state["begun"] = True  # no story view tells that it is drawn, and the tabs wait for that
page.show_page(Path(os.environ["CLAIM_ATLAS_STORY"]), Offline())
