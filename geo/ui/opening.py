"""The tab in which readers open a story of their own; it stays in their session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import DatasetError
from geo.intake import MAX_UPLOAD_MB, Answers, Upload, take_in
from geo.tables import read_files
from geo.ui.draft import open_draft
from geo.ui.guess import answers_given, show_guess
from geo.ui.tables import show_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from geo.intake import Intake
    from geo.story_files import StoryFiles
    from geo.tables import Tables

_TAKEN = "upload"  # nothing of an upload is kept anywhere but in the session
_REFUSED = "upload refused"
_ROUND = "uploads so far"
_TEMPLATE = (
    "place,latitude,longitude,date,claim,claimant,source,source url\r\n"
    'Vladivostok,43.1056,131.8735,2024-10-08/2024-10-13,"1,500 soldiers were brought to Vladivostok.",'
    "National Intelligence Service,A press release,https://example.org/release\r\n"
    "Kursk,,,2024-10,More soldiers will go to Kursk.,A general,An interview,\r\n"
)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of an upload.

    Attributes
    ----------
    asked
        The files, by Streamlit's ids for them, and the answers: what came of both needn't be found out again.
    error
        Where nothing can be opened: why.
    tables
        What the story holds, where there is one.
    """

    asked: tuple[tuple[str, ...], Answers]
    intake: Intake | None = None
    tables: Tables | None = None
    error: DatasetError | None = None


@st.fragment
def show_opening() -> None:
    """Paint the tab: files in, what they were taken for, what is asked, and the story."""
    st.markdown(
        "Open **one table** with a place or coordinates, a date, a claim and a source in each row, **a story's files** "
        f"(claims.csv, sources.csv, locations.csv), or **a ZIP** of them: CSV, TSV or XLSX, at most {MAX_UPLOAD_MB} "
        "MB. You see what your headings were taken for before anything opens. It stays in this session: nobody else "
        "sees it, nothing is kept."
    )
    round_ = st.session_state.setdefault(_ROUND, 0)
    # Of any type: that of a file which can't be opened is told, with what to do instead.
    uploads = st.file_uploader("Files", accept_multiple_files=True, key=f"upload-{round_}")
    st.download_button(
        "A table to begin with",
        _TEMPLATE.encode("utf-8-sig"),  # Excel takes it for UTF-8 by its mark
        "template.csv",
        "text/csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        help="A CSV with the columns that most people need and two rows to write over.",
    )
    if not uploads:
        st.session_state.pop(_TAKEN, None)
        if refused := st.session_state.get(_REFUSED):
            _say_why_not(refused)
        return
    st.session_state.pop(_REFUSED, None)
    taken = _take(uploads)
    if taken.error and not taken.intake:
        st.session_state[_REFUSED] = taken.error
        _begin_anew()
    if taken.error:
        _say_why_not(taken.error)
    if taken.intake:
        show_guess(taken.intake, taken.asked[1], _form_key(uploads))
    if taken.tables and taken.intake and taken.intake.files:
        _offer(taken.intake.files, taken.tables)


def _form_key(uploads: Sequence[UploadedFile]) -> str:
    return "-".join(upload.file_id for upload in uploads)


def _take(uploads: Sequence[UploadedFile]) -> _Taken:
    """Return what becomes of the files with the answers given so far; once for each state of both."""
    before: _Taken | None = st.session_state.get(_TAKEN)
    ids = tuple(upload.file_id for upload in uploads)
    known = before.intake if before and before.asked[0] == ids else None
    asked = (ids, answers_given(known, before.asked[1], _form_key(uploads)) if before and known else Answers())
    if before is None or before.asked != asked:
        with st.spinner("Reading the files…"):
            before = _taken(asked, [Upload(upload.name, upload.getvalue()) for upload in uploads], known)
        st.session_state[_TAKEN] = before
    return before


def _taken(asked: tuple[tuple[str, ...], Answers], uploads: Sequence[Upload], intake: Intake | None) -> _Taken:
    """Return what becomes of the files; where an answer makes them useless, with what was known before."""
    try:
        intake = take_in(uploads, asked[1])
        return _Taken(asked, intake, read_files(intake.files) if intake.files else None)
    except DatasetError as error:
        return _Taken(asked, intake, error=error)


def _offer(files: StoryFiles, tables: Tables) -> None:
    """Say how much of it can be used, and open it when told to."""
    left_out = sum(tables.left_out.values())
    claims = len(tables.claims)
    rows = f"{claims} {'claim' if claims == 1 else 'claims'} can be opened"
    if left_out:
        st.warning(f"{rows}, {left_out} {'row' if left_out == 1 else 'rows'} will be left out until mended:")
    else:
        st.success(f"{rows}, every row is in use.")
    if tables.problems:
        show_problems(tables.problems, "Problems of these files")
    if st.button("Open it", type="primary", icon=":material/map:", disabled=not claims):
        open_draft(files)
        _begin_anew()


def _begin_anew() -> None:
    """Offer an empty form: the files in this one are let go."""
    st.session_state.pop(_TAKEN, None)
    st.session_state[_ROUND] += 1
    st.rerun()


def _say_why_not(error: DatasetError) -> None:
    st.error("This can't be opened. What stands in the way, and what to do:")
    show_problems(error.problems, "Problems of these files")
