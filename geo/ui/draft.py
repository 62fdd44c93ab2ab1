"""A reader's own copy of a story: opened, decided on and corrected in one session, and gone with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.tables import zip_files

if TYPE_CHECKING:
    from geo.story_files import StoryFiles

_KEY = "draft"
_MOST_STEPS = 100  # that can be undone; each holds only the files that it changed anew


@dataclass(frozen=True, slots=True)
class Draft:
    """The copy as it stands, as it stood before each step, and as it stood before steps were taken back.

    Attributes
    ----------
    earlier
        The oldest first.
    undone
        The step that was taken back last comes last.
    """

    files: StoryFiles
    earlier: tuple[StoryFiles, ...] = ()
    undone: tuple[StoryFiles, ...] = ()


def current_draft() -> Draft | None:
    """Return this session's own copy, None while it shows the story that is served."""
    draft: Draft | None = st.session_state.get(_KEY)
    return draft


def open_draft(files: StoryFiles) -> None:
    """Show a story of the reader's own from now on; what the address asks for is another story's."""
    st.session_state[_KEY] = Draft(files)
    st.query_params.clear()


def amend(before: StoryFiles, after: StoryFiles) -> None:
    """Put a changed story in the place of the one that is shown; the served one stays as it is.

    Parameters
    ----------
    before
        What is shown, the draft's or the served story.
    """
    draft = current_draft() or Draft(before)
    st.session_state[_KEY] = Draft(after, (*draft.earlier, draft.files)[-_MOST_STEPS:])


def undo() -> None:
    """Take back the last step."""
    draft = current_draft()
    if draft and draft.earlier:
        st.session_state[_KEY] = Draft(draft.earlier[-1], draft.earlier[:-1], (*draft.undone, draft.files))


def redo() -> None:
    """Take the step again that was taken back last."""
    draft = current_draft()
    if draft and draft.undone:
        st.session_state[_KEY] = Draft(draft.undone[-1], (*draft.earlier, draft.files), draft.undone[:-1])


def close_draft() -> None:
    """Show the served story again."""
    st.session_state.pop(_KEY, None)
    st.query_params.clear()


def show_draft_bar(draft: Draft) -> None:
    """Say above everything else whose copy this is, and offer the ways back; no text from data, for it is markdown."""
    with st.container(horizontal=True, vertical_alignment="center", key="draft-bar"):
        steps = len(draft.earlier)
        # The story view brings the top of the page into sight when it is drawn below the first of the two.
        with st.container(key="draft-opened" if not steps and not draft.undone else "draft-changed"):
            st.markdown(
                "**Your own copy**, in this session only: nobody else sees it. Closing or reloading the page ends it."
            )
        st.button(
            f"Undo ({steps})" if steps else "Undo",
            key="undo",
            on_click=undo,
            disabled=not steps,
            icon=":material/undo:",
            help="Take back the last change to the story.",
        )
        st.button(
            "Redo",
            key="redo",
            on_click=redo,
            disabled=not draft.undone,
            icon=":material/redo:",
            help="Make the change again that was taken back last.",
        )
        st.download_button(
            "Download",
            lambda: zip_files(draft.files),
            "story.zip",
            "application/zip",
            key="download-draft",
            on_click="ignore",
            icon=":material/download:",
            help="This copy as a ZIP, which the tab Your own story opens again.",
        )
        st.button("Back to the served story", key="close-draft", on_click=close_draft, icon=":material/close:")
