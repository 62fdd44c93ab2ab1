"""What is computed once and kept: the story, by the hash of its bytes, and the files of its page."""

from __future__ import annotations

import atexit
import gc
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component

from geo import stories
from geo.maps import Assets, build_assets
from geo.tables import read_digest
from geo.ui.frames import story_frames

if TYPE_CHECKING:
    from geo.gazetteer import Geocoder
    from geo.stories import Story
    from geo.ui.frames import Frames

_MOST_STORIES = 4


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story, and what its page shows of it whatever is selected.

    Attributes
    ----------
    payload
        What the story view is given.
    frames
        The tables of the tabs, whole.
    """

    story: Story
    payload: str
    frames: Frames


def cached_story(folder: Path, geocoder: Geocoder, basemap: str) -> OpenStory:
    """Open a story; again only when a byte of its files has changed.

    Parameters
    ----------
    basemap
        Address of the base map's data, as the story view's frame sees it.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    return _open(folder, read_digest(folder), basemap, geocoder)


@st.cache_resource(max_entries=_MOST_STORIES, show_spinner="Reading the story and finding its places…")
def _open(folder: Path, digest: str, basemap: str, _geocoder: Geocoder) -> OpenStory:  # noqa: ARG001 - digest: the key
    story = stories.open_story(folder, _geocoder)
    opened = OpenStory(story, stories.map_payload(story, basemap), story_frames(story))
    # Streamlit collects garbage in full after every run, holding the lock: what stays for good needn't be searched.
    # Thawed first, so that what was frozen with an earlier story and is no longer used doesn't stay.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return opened


@st.cache_resource(show_spinner=False)
def page_assets() -> tuple[Assets, str]:
    """Return the files of the story view and the address, seen from its frame, under which they are served."""
    folder = Path(tempfile.mkdtemp(prefix="claim-atlas-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assets = build_assets(folder)
    # Streamlit serves a component's folder: so no other server and no static folder is needed.
    component = declare_component("story_view", path=str(folder))
    return assets, f"../{component.name}/"
