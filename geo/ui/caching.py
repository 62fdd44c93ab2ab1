"""What is computed once and kept: the story, by the hash of its bytes, and the files of its page."""

from __future__ import annotations

import atexit
import gc
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component

from geo import stories
from geo.ahead import announce
from geo.maps import BASEMAP, SCRIPT, STYLE, Assets, build_candidate_map, hashed_name, read_assets
from geo.outputs import MOST_INSIDE
from geo.routes import address_of, offer, offer_file
from geo.schema import TABLES
from geo.served_view import ServedView
from geo.story_files import FILES
from geo.ui.frames import story_frames
from geo.ui.waiting import work_and_say

if TYPE_CHECKING:
    from streamlit.components.v1.custom_component import CustomComponent
    from streamlit.delta_generator import DeltaGenerator

    from geo.gazetteer import Geocoder
    from geo.stories import Story
    from geo.story_files import StoryFiles
    from geo.ui.frames import Frames
    from geo.ui.waiting import Say

_MOST_STORIES = 4
_OPENING = "Reading the story and finding its places…"
_OWN = "own story"


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story, and what its page shows of it whatever is selected.

    Attributes
    ----------
    files
        What it was read from.
    payload
        What the story view is given.
    view
        What answers the story view's questions; None where the payload holds all.
    frames
        The tables of the tabs, whole.
    """

    files: StoryFiles
    story: Story
    payload: str
    view: ServedView | None
    frames: Frames


def cached_story(files: StoryFiles, geocoder: Geocoder, basemap: str, place: DeltaGenerator) -> OpenStory:
    """Open the story that is served; again only when a byte of its files has changed.

    Parameters
    ----------
    basemap
        Address of the base map's data, as the story view's frame sees it.
    place
        Of the page, where it is said how far the work is.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    return work_and_say(
        lambda say: _open_once(files.name, files.digest, basemap, files, geocoder, say), _OPENING, place
    )


def own_story(files: StoryFiles, geocoder: Geocoder, basemap: str, place: DeltaGenerator) -> OpenStory:
    """Open a story that this session alone may see, and keep it only there; as ``cached_story`` otherwise."""
    kept: tuple[StoryFiles, OpenStory] | None = st.session_state.get(_OWN)
    if kept is None or kept[0] is not files:
        key = token_urlsafe()
        opened = work_and_say(lambda say: _open(files, geocoder, basemap, key, say, shareable=False), _OPENING, place)
        kept = (files, opened)
        st.session_state[_OWN] = kept
    return kept[1]


def served_files(path: Path) -> StoryFiles:
    """Return the files of the story that is served; read again only when one of them has changed.

    Raises
    ------
    DatasetError
        When there is nothing to open.
    """
    if path.is_file():
        return _files_once(str(path), (_state(path),))
    states = {file: _state(path / file) for file in FILES}
    if any(states[table.file] is None for table in TABLES):  # of what is amiss nothing is remembered
        return stories.story_files(path)
    return _files_once(str(path), tuple(states.values()))


def _state(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does; None for a file that isn't there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@st.cache_resource(max_entries=_MOST_STORIES, show_spinner=_OPENING)
def _files_once(path: str, states: tuple[tuple[int, int] | None, ...]) -> StoryFiles:  # noqa: ARG001 - the key
    return stories.story_files(Path(path))


@st.cache_resource(max_entries=_MOST_STORIES, show_spinner=False)
def _open_once(
    name: str,  # noqa: ARG001 - the key
    digest: str,
    basemap: str,
    _files: StoryFiles,
    _geocoder: Geocoder,
    _say: Say,
) -> OpenStory:
    key = digest[:32]
    opened = _open(_files, _geocoder, basemap, key, _say, shareable=True)
    announce("story", {f"{address_of(key)}columns": "fetch"} if opened.view else {})
    _freeze()
    return opened


def _freeze() -> None:
    """Spare the collector what stays: it holds the lock while it searches, and every reader waits.

    Thawed first, so that what was frozen with an earlier story and is no longer used doesn't stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _warm(view: ServedView) -> None:
    view.warm()
    _freeze()


def _open(files: StoryFiles, geocoder: Geocoder, basemap: str, key: str, say: Say, *, shareable: bool) -> OpenStory:
    story = stories.open_story(files, geocoder, keep=shareable, say=say)  # what is a session's own stays in its memory
    say(f"Drawing up the map of {len(story.tables.claims):,} claims…")
    if len(story.tables.claims) <= MOST_INSIDE:
        return OpenStory(
            files, story, stories.map_payload(story, basemap, shareable=shareable), None, story_frames(story)
        )
    view = ServedView(story, basemap, address_of(key), shareable=shareable)
    offer(key, view)
    Thread(target=partial(_warm, view) if shareable else view.warm, daemon=True).start()
    return OpenStory(files, story, view.payload, view, story_frames(story))


@st.cache_resource(show_spinner=False)
def page_assets() -> Assets:
    """Serve the files of the story view, and tell browsers ahead that its frame will load them."""
    addresses = {
        name: offer_file(hashed_name(name, text.encode()), text.encode()) for name, text in read_assets().items()
    }
    assets = Assets(addresses[SCRIPT], addresses[STYLE], addresses[BASEMAP])
    announce("page", {assets.script: "script", assets.style: "style"})
    return assets


@st.cache_resource(show_spinner=False)
def candidate_map() -> CustomComponent:
    """Return the map of candidates as a component: Streamlit serves the folder that it is."""
    folder = Path(tempfile.mkdtemp(prefix="claim-atlas-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build_candidate_map(folder)
    return declare_component("story_view", path=str(folder))
