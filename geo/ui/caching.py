"""What is computed once and kept: the story, by the hash of its bytes, and the files of its page."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component

from geo import stories
from geo.maps import Assets, build_assets
from geo.tables import read_digest

if TYPE_CHECKING:
    from geo.gazetteer import Geocoder
    from geo.stories import Story

_MOST_STORIES = 4


def cached_story(folder: Path, geocoder: Geocoder) -> Story:
    """Open a story; again only when a byte of its files has changed.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    return _story(folder, read_digest(folder), geocoder)


@st.cache_resource(max_entries=_MOST_STORIES, show_spinner="Reading the story and finding its places…")
def _story(folder: Path, digest: str, _geocoder: Geocoder) -> Story:  # noqa: ARG001 - the digest is the key
    story = stories.open_story(folder, _geocoder)
    # Streamlit collects garbage in full after every run, holding the lock: what stays for good needn't be searched.
    gc.freeze()
    return story


@st.cache_resource(show_spinner=False)
def page_assets() -> tuple[Assets, str]:
    """Return the files of the story view and the address, seen from its frame, under which they are served."""
    folder = Path(tempfile.mkdtemp(prefix="claim-atlas-"))
    assets = build_assets(folder)
    # Streamlit serves a component's folder: so no other server and no static folder is needed.
    component = declare_component("story_view", path=str(folder))
    return assets, f"../{component.name}/"


@st.cache_data(max_entries=_MOST_STORIES, show_spinner=False)
def cached_payload(digest: str, basemap: str, _story: Story) -> str:  # noqa: ARG001 - the digest is the key
    """Return what the story view of a story is given."""
    return stories.map_payload(_story, basemap)
