"""The tab Places: one place after another is looked at, decided on, and put on the map together with the others."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from geopy.exc import GeopyError  # type: ignore[import-untyped]
from jinja2 import Environment, StrictUndefined

from geo.errors import DatasetError
from geo.gazetteer import candidates_for, decided_file
from geo.schema import LOCATIONS
from geo.ui.caching import candidate_map, page_assets
from geo.ui.candidates import candidates_frame, keys_of, map_args, other_sites, rank
from geo.ui.desk_controls import show_choices, show_inputs, show_steps
from geo.ui.desk_session import ALL, DECIDED, FILTER, TO_DECIDE, Session
from geo.ui.desk_state import show
from geo.ui.desk_words import place_words, queue_frame
from geo.ui.draft import amend
from geo.ui.pages import page_of
from geo.ui.tables import show_problems, show_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.errors import Problem
    from geo.gazetteer import Candidate, Geocoder
    from geo.ui.caching import OpenStory
    from geo.ui.candidates import Ranked

_LIST, _MAP = "places-list", "places-map"
_CHECKED = "decisions, checked"
_LIST_PX, _ROW_PX = 290, 28
_KEYS_IN_WORDS = (
    "Keys: **1** to **9** choose · **O** leave off the map · **N** next, **P** previous · **U** undo · **B** back to "
    "undecided · **M** more candidates. A click on the map pins the place there, a click on a number chooses it. "
    "What you choose is noted as your choice, not as certain."
)
# Text from a story becomes HTML here alone, and is escaped.
_TEMPLATE = Environment(autoescape=True, undefined=StrictUndefined).from_string(
    (Path(__file__).with_name("assets") / "place.html").read_text(encoding="utf-8")
)


def show_places(opened: OpenStory, geocoder: Geocoder) -> None:
    """Paint the tab: the desk, and below it the table of all places."""
    if opened.story.doubts:
        _show_desk(opened, geocoder)
    else:
        st.caption("This story has no places.")
    st.subheader("All places", anchor=False)
    show_table(opened.frames.places, "Places")


@st.fragment
def _show_desk(opened: OpenStory, geocoder: Geocoder) -> None:
    """Paint the desk; a step here runs it alone, and neither the story view nor the other tabs."""
    session = Session(opened)
    _show_progress(session)
    row, record = session.record()
    decision = session.desk.decisions.get(session.desk.current)
    others = other_sites(opened.story, session.desk.decisions, session.desk.current)
    left, right = st.columns([0.38, 0.62], gap="small")
    with right:
        st.html(_TEMPLATE.render(place_words(opened, record, row, decision)))
        ranked = rank(_candidates(session, record, geocoder), others)
        if ranked:
            _show_candidates(ranked, session.desk.first)
        show_choices(session, ranked)
        show_inputs(session, row, record, decision)
        show_steps(session, len(ranked))
    with left:
        _show_list(session)
        _show_map(session, row, map_args(ranked, session.desk.first, others, decision), ranked)
    st.caption(_KEYS_IN_WORDS)


def _show_progress(session: Session) -> None:
    in_all = len(session.opened.frames.open_places)
    done = in_all - len(session.waiting)
    decisions = session.desk.decisions
    with st.container(horizontal=True, vertical_alignment="center", key="places-progress"):
        if in_all:
            st.progress(done / in_all, text=f"{done:,} of {in_all:,} decided")
        else:
            found = session.opened.frames.found_places
            st.caption(
                f"Nothing needs a decision: of {len(session.doubts):,} places {found:,} were found by the gazetteer, "
                "the others were decided by a person. Any of them can be reconsidered."
            )
        many = len(decisions)
        label = f"Put {many} decisions on the map" if many > 1 else "Put the decision on the map"
        put = st.button(label, type="primary", disabled=not many, help="One step, which can be undone above the map.")
        can_write, finished = _can_write(session), partial(decided_file, session.content, decisions)
        st.download_button(
            "locations.csv", finished, LOCATIONS.file, "text/csv", disabled=not can_write,
            icon=":material/download:", on_click="ignore", help="The file with your decisions in it.",
        )  # fmt: skip
    if put and can_write:
        amend(session.opened.files, session.opened.files.with_file(LOCATIONS.file, finished()))
        st.rerun()


def _can_write(session: Session) -> bool:
    """Return whether the file of places can be written with the decisions; where a row can't be told, say so.

    Asked once for each state of the decisions: the file may be long.
    """
    decisions = session.desk.decisions
    if not decisions:
        return True
    kept: tuple[object, Sequence[Problem]] | None = st.session_state.get(_CHECKED)
    if kept is None or kept[0] is not decisions:
        try:
            decided_file(session.content, decisions)
            kept = (decisions, ())
        except DatasetError as error:
            kept = (decisions, error.problems)
        st.session_state[_CHECKED] = kept
    if kept[1]:
        show_problems(kept[1], "Problems of what was decided")
    return not kept[1]


def _show_list(session: Session) -> None:
    numbers = {TO_DECIDE: len(session.waiting), DECIDED: len(session.desk.decisions), ALL: len(session.order)}
    st.segmented_control(
        "Places", list(numbers), key=FILTER, default=TO_DECIDE if session.waiting else ALL,
        format_func=lambda name: f"{name[0].upper()}{name[1:]} ({numbers[name]:,})", label_visibility="collapsed",
    )  # fmt: skip
    queue = session.queue
    to_decide = session.listed == TO_DECIDE
    if to_decide and not numbers[TO_DECIDE]:
        st.caption("Every place that was in doubt is decided.")
    if not queue:
        return
    current = session.desk.current
    at = queue.index(current) if current in queue else None
    # The page is that of the place that is shown, until the reader leafs on.
    part = page_of(len(queue), "the list of places", (session.listed, current), at=at or 0, noun="Places")
    on_page = at is not None and part.start <= at < part.stop
    st.session_state[_LIST] = {"selection": {"rows": [at - part.start] if on_page else [], "columns": [], "cells": []}}

    def select() -> None:
        rows = st.session_state[_LIST]["selection"]["rows"]
        if rows:
            session.desk = show(session.desk, queue[part.start + rows[0]])

    frame = queue_frame(session.opened, session.desk, queue[part])
    st.dataframe(
        frame.drop(columns="Decision") if to_decide else frame,
        hide_index=True,
        height=min(_LIST_PX, 38 + _ROW_PX * len(frame)),
        row_height=_ROW_PX,
        key=_LIST,
        on_select=select,
        selection_mode="single-row",
        column_config={"Claims": st.column_config.Column(width=60)},
        alt="Places, the most doubtful first",
    )


def _candidates(session: Session, record: Mapping[Any, Any], geocoder: Geocoder) -> Sequence[Candidate]:
    """Return what the gazetteer offers; of a place that a person decided earlier it is asked now."""
    offered = session.opened.story.candidates.get(session.desk.current)
    if offered is not None:
        return offered
    try:
        return candidates_for(record, geocoder)
    except GeopyError:
        st.caption("The gazetteer could not be asked. The place can be pinned all the same.")
        return ()


def _show_candidates(ranked: Sequence[Ranked], first: int) -> None:
    frame = candidates_frame(ranked, first)
    st.dataframe(
        frame,
        hide_index=True,
        row_height=_ROW_PX,
        height=38 + _ROW_PX * len(frame),
        column_config={
            "Key": st.column_config.TextColumn(width=44),
            "People": st.column_config.NumberColumn(format="localized", width=80),
            "Next site, km": st.column_config.NumberColumn(
                format="localized", width=95, help="How far the nearest of the story's other sites is."
            ),
            "Median, km": st.column_config.NumberColumn(
                format="localized", width=85, help="Within which half of the story's other sites lie."
            ),
            "Likeness": st.column_config.NumberColumn(format="%.2f", width=70, help="Of the names, 0 to 1."),
            "Region": st.column_config.TextColumn(width=200),
            "Type": st.column_config.TextColumn(width=150 if frame["Type"].str.contains(",").any() else 55),
        },
        placeholder="",
        alt="Candidates",
    )


def _show_map(session: Session, row: int, args: Mapping[str, Any], ranked: Sequence[Ranked]) -> None:
    def clicked() -> None:
        value = st.session_state[_MAP]
        if not isinstance(value, dict) or value.get("place") != row:
            return  # of a place that was shown before
        if isinstance(key := value.get("key"), str):
            session.choose(ranked, keys_of(ranked, session.desk.first).index(key))
        elif all(isinstance(value.get(name), int | float) for name in ("lat", "lon", "pixel_km")):
            how = f"on the map of Claim Atlas, where a pixel was {value['pixel_km']:.2g} km"
            session.pin(value["lat"], value["lon"], how)

    candidate_map()(
        place=row,
        view=f"{row}-{session.desk.first}",
        basemap=page_assets().basemap,
        uncertainty_km=session.uncertainty_km(),
        key=_MAP,
        on_change=clicked,
        default=None,
        **args,
    )
