"""The tab Download: what the selection lets through as a file for other programs, and the whole story to keep."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.export import EXPORTERS, file_name
from geo.outputs import extract, published_page
from geo.selection import Selection
from geo.tables import zip_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.export import Exporter
    from geo.selection import Counts
    from geo.stories import Story
    from geo.ui.caching import OpenStory

_ZIP = ".zip"


def show_downloads(opened: OpenStory, selection: Selection, found: Counts) -> None:
    """Offer a file of each format; it is made when its button is clicked, and in no label stands text from data."""
    story = opened.story
    passing = found.shown + found.not_on_map
    st.caption(
        f"What is filtered is what is exported: {passing} of {passing + found.filtered} claims, {found.shown} of them "
        f"on the map and {found.not_on_map} without a place. Sources, uncertainties and what is not stated come along."
    )
    if left_out := sum(story.tables.left_out.values()):
        st.caption(f"Rows with problems are in none of these files: {left_out}. The tab Data lists them.")
    for name, exporter in EXPORTERS.items():
        _offer(
            name,
            (exporter.title, exporter.purpose, exporter.media_type),
            file_name(story.tables.title, selection, exporter.suffix),
            partial(_exported, exporter, story, selection),
        )
    st.subheader("The whole story", anchor=False)
    _offer(
        "html",
        (
            "Web page",
            "One file with the same map, time bar and cards: it opens from a disk, and any web server can host it.",
            "text/html",
        ),
        file_name(story.tables.title, Selection(), ".html"),
        partial(_page, story),
    )
    _offer(
        "zip",
        (
            "ZIP",
            "Its tables as they are, byte for byte, whatever is filtered: to keep, or to go on with.",
            "application/zip",
        ),
        file_name(story.tables.title, Selection(), _ZIP),
        partial(zip_files, opened.files),
    )


def _exported(exporter: Exporter, story: Story, selection: Selection) -> bytes:
    return exporter.export(extract(story, selection))


def _page(story: Story) -> bytes:
    return published_page(story).encode("utf-8", "replace")


def _offer(name: str, words: tuple[str, str, str], file: str, make: Callable[[], bytes]) -> None:
    """Paint a button and, beside it, what its file is for; a click doesn't run the page again."""
    title, purpose, media_type = words
    button, told = st.columns([1, 5], vertical_alignment="center")
    button.download_button(
        title,
        make,
        file,
        media_type,
        key=f"download-{name}",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
    told.markdown(purpose)
