"""The tab Places: one place after another is looked at, decided on, and put on the map together with the others."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from geopy.exc import GeopyError  # type: ignore[import-untyped]
from jinja2 import Environment, StrictUndefined

from geo.errors import CoordinatesError, DatasetError
from geo.gazetteer import (
    Chosen,
    Decision,
    Doubt,
    LeftOff,
    Pinned,
    Reopened,
    by_doubt,
    candidates_for,
    decided_file,
    parse_point,
)
from geo.schema import LOCATIONS
from geo.ui.caching import candidate_map, page_assets
from geo.ui.candidates import candidates_frame, keys_of, map_args, other_sites, rank
from geo.ui.desk_state import KEYS, Desk, decide, more_candidates, show, show_next, step, undo, waits
from geo.ui.desk_words import place_words, queue_frame
from geo.ui.draft import amend
from geo.ui.tables import show_problems, show_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.gazetteer import Candidate, Geocoder
    from geo.ui.caching import OpenStory
    from geo.ui.candidates import Ranked

_DESKS = "desks"
_FILTER, _LIST, _MAP, _UNCERTAINTY, _WORDS, _COORDINATES = (
    f"places-{name}" for name in ("filter", "list", "map", "uncertainty", "words", "coordinates")
)
_TO_DECIDE, _DECIDED, _ALL = "to decide", "decided", "all"
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


class _Session:
    """The desk of the places that are shown, as this session keeps it: another file of places has another desk."""

    def __init__(self, opened: OpenStory) -> None:
        self.opened = opened
        self.doubts = opened.story.doubts
        self.content = opened.files.contents[LOCATIONS.file]
        self._key = hashlib.sha256(self.content).hexdigest()
        counts = {place: len(numbers) for place, numbers in opened.frames.claims_at.items()}
        self.order = by_doubt(self.doubts, counts)
        if self.desk.current not in self.doubts:
            self.desk = show(self.desk, self.order[0])

    @property
    def desk(self) -> Desk:
        desks: dict[str, Desk] = st.session_state.setdefault(_DESKS, {})
        return desks.get(self._key, Desk())

    @desk.setter
    def desk(self, desk: Desk) -> None:
        st.session_state.setdefault(_DESKS, {})[self._key] = desk

    @property
    def waiting(self) -> list[str]:
        desk = self.desk
        return [place for place in self.order if waits(desk, place, self.doubts)]

    @property
    def listed(self) -> str:
        """Which places the list shall hold."""
        return st.session_state.get(_FILTER) or (_TO_DECIDE if self.waiting else _ALL)

    @property
    def queue(self) -> Sequence[str]:
        """The list as it is filtered; the place that is shown stays among those to decide until another is."""
        if self.listed == _TO_DECIDE:
            stays = {self.desk.current} if self.doubts[self.desk.current].is_open else set()
            to_decide = {*self.waiting} | stays
            return [place for place in self.order if place in to_decide]
        return [*self.desk.decisions] if self.listed == _DECIDED else self.order

    def record(self) -> tuple[int, Mapping[Any, Any]]:
        """Return the row's number, as a spreadsheet counts, and the row of the place that is shown."""
        locations = self.opened.story.tables.locations
        row = locations.index[locations["location_id"] == self.desk.current][0]
        return int(row), locations.loc[row].to_dict()

    def decide(self, decision: Decision | None, *, go_on: bool = True) -> None:
        queue = self.queue
        desk = decide(self.desk, decision)
        self.desk = show_next(desk, queue, self.doubts) if go_on else desk

    def uncertainty_km(self) -> float | None:
        """Return what stands in the box, which the place's row or decision was written into."""
        km: float | None = st.session_state.get(f"{_UNCERTAINTY}-{self.record()[0]}")
        return km

    def words(self) -> str:
        return str(st.session_state.get(f"{_WORDS}-{self.record()[0]}") or "").strip()


@st.fragment
def _show_desk(opened: OpenStory, geocoder: Geocoder) -> None:
    """Paint the desk; a step here runs it alone, and neither the story view nor the other tabs."""
    session = _Session(opened)
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
        _show_choices(session, ranked)
        _show_inputs(session, row, record, decision)
        _show_steps(session, len(ranked))
    with left:
        _show_list(session)
        _show_map(session, row, map_args(ranked, session.desk.first, others, decision), ranked)
    st.caption(_KEYS_IN_WORDS)


def _today() -> Any:  # noqa: ANN401
    return datetime.now(UTC).date()


def _show_progress(session: _Session) -> None:
    in_all = sum(doubt.is_open for doubt in session.doubts.values())
    done = in_all - len(session.waiting)
    decisions = session.desk.decisions
    with st.container(horizontal=True, vertical_alignment="center", key="places-progress"):
        if in_all:
            st.progress(done / in_all, text=f"{done} of {in_all} decided")
        else:
            found = sum(doubt in (Doubt.FOUND, Doubt.RUNNERS_UP) for doubt in session.doubts.values())
            st.caption(
                f"Nothing needs a decision: of {len(session.doubts)} places {found} were found by the gazetteer, the "
                "others were decided by a person. Any of them can be reconsidered."
            )
        many = len(decisions)
        label = f"Put {many} decisions on the map" if many > 1 else "Put the decision on the map"
        put = st.button(label, type="primary", disabled=not many, help="One step, which can be undone above the map.")
        finished = _finished(session)
        st.download_button(
            "locations.csv", finished or b"", LOCATIONS.file, "text/csv", disabled=finished is None,
            icon=":material/download:", on_click="ignore", help="The file with your decisions in it.",
        )  # fmt: skip
    if put and finished is not None:
        amend(session.opened.files, session.opened.files.with_file(LOCATIONS.file, finished))
        st.rerun()


def _finished(session: _Session) -> bytes | None:
    """Return the file of places with the decisions in it; None where a row can't be told, which is then said."""
    try:
        return decided_file(session.content, session.desk.decisions)
    except DatasetError as error:
        show_problems(error.problems)
        return None


def _show_list(session: _Session) -> None:
    numbers = {_TO_DECIDE: len(session.waiting), _DECIDED: len(session.desk.decisions), _ALL: len(session.order)}
    st.segmented_control(
        "Places", list(numbers), key=_FILTER, default=_TO_DECIDE if session.waiting else _ALL,
        format_func=lambda name: f"{name[0].upper()}{name[1:]} ({numbers[name]})", label_visibility="collapsed",
    )  # fmt: skip
    queue = session.queue
    to_decide = session.listed == _TO_DECIDE
    if to_decide and not numbers[_TO_DECIDE]:
        st.caption("Every place that was in doubt is decided.")
    if not queue:
        return
    current = session.desk.current
    st.session_state[_LIST] = {
        "selection": {"rows": [queue.index(current)] if current in queue else [], "columns": [], "cells": []}
    }

    def select() -> None:
        rows = st.session_state[_LIST]["selection"]["rows"]
        if rows:
            session.desk = show(session.desk, queue[rows[0]])

    frame = queue_frame(session.opened, session.desk, queue)
    st.dataframe(
        frame.drop(columns="Decision") if to_decide else frame,
        hide_index=True,
        height=min(_LIST_PX, 38 + _ROW_PX * len(queue)),
        row_height=_ROW_PX,
        key=_LIST,
        on_select=select,
        selection_mode="single-row",
        column_config={"Claims": st.column_config.Column(width=60)},
        alt="Places, the most doubtful first",
    )


def _candidates(session: _Session, record: Mapping[Any, Any], geocoder: Geocoder) -> Sequence[Candidate]:
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


def _show_map(session: _Session, row: int, args: Mapping[str, Any], ranked: Sequence[Ranked]) -> None:
    assets, _ = page_assets()

    def clicked() -> None:
        value = st.session_state[_MAP]
        if not isinstance(value, dict) or value.get("place") != row:
            return  # of a place that was shown before
        if isinstance(key := value.get("key"), str):
            _choose(session, ranked, keys_of(ranked, session.desk.first).index(key))
        elif all(isinstance(value.get(name), int | float) for name in ("lat", "lon", "pixel_km")):
            how = f"on the map of Claim Atlas, where a pixel was {value['pixel_km']:.2g} km"
            _pin(session, value["lat"], value["lon"], how)

    candidate_map()(
        place=row,
        view=f"{row}-{session.desk.first}",
        basemap=assets.basemap,
        uncertainty_km=session.uncertainty_km(),
        key=_MAP,
        on_change=clicked,
        default=None,
        **args,
    )


def _choose(session: _Session, ranked: Sequence[Ranked], number: int) -> None:
    session.decide(Chosen(ranked[number].candidate, len(ranked), _today(), session.uncertainty_km()))


def _pin(session: _Session, lat: float, lon: float, how: str) -> None:
    """Pin the place and stay with it: the point shall be seen, and its uncertainty set."""
    pinned = Pinned(round(lat, 5), round(lon, 5), how, _today(), session.words(), session.uncertainty_km())
    session.decide(pinned, go_on=False)


def _show_choices(session: _Session, ranked: Sequence[Ranked]) -> None:
    keys = keys_of(ranked, session.desk.first)
    with st.container(horizontal=True, gap="small", key="places-choices"):
        for number in range(KEYS):
            key = str(number + 1)
            there = key in keys
            st.button(
                key, key=f"places-choose-{key}", shortcut=key, disabled=not there,
                on_click=_choose, args=(session, ranked, keys.index(key)) if there else None,
            )  # fmt: skip


def _show_inputs(session: _Session, row: int, record: Mapping[Any, Any], decision: Decision | None) -> None:
    in_file = None if math.isnan(record["uncertainty_km"]) else float(record["uncertainty_km"])

    def note() -> None:
        made = session.desk.decisions.get(session.desk.current)
        if made is None:
            return
        noted: Decision = replace(made, uncertainty_km=session.uncertainty_km())
        if isinstance(noted, Pinned):
            noted = replace(noted, taken_from=session.words())
        elif isinstance(noted, LeftOff):
            noted = replace(noted, why=session.words())
        session.decide(noted, go_on=False)

    def pin_typed() -> None:
        try:
            lat, lon = parse_point(st.session_state[f"{_COORDINATES}-{row}"])
        except CoordinatesError:
            return  # said below the box
        _pin(session, lat, lon, "by coordinates typed into Claim Atlas")

    said = (
        decision.taken_from if isinstance(decision, Pinned) else decision.why if isinstance(decision, LeftOff) else ""
    )
    uncertainty, words, coordinates = st.columns([1, 2, 2], gap="small")
    uncertainty.number_input(
        "Uncertainty, km", 0.0, 20_000.0, decision.uncertainty_km if decision else in_file, format="%g",
        key=f"{_UNCERTAINTY}-{row}", on_change=note, placeholder="no ring",
        help="Radius of the circle believed to hold the true place.",
    )  # fmt: skip
    words.text_input("From what, or why", said, key=f"{_WORDS}-{row}", on_change=note, placeholder="optional")
    typed = coordinates.text_input(
        "Pin at latitude, longitude", key=f"{_COORDINATES}-{row}", on_change=pin_typed, placeholder="43.1056, 131.8735"
    )
    if typed:
        try:
            parse_point(typed)
        except CoordinatesError as error:
            st.text(str(error))


def _show_steps(session: _Session, in_all: int) -> None:
    desk = session.desk

    def take_back() -> None:
        decided_earlier = session.doubts[desk.current] in (Doubt.PINNED, Doubt.LEFT_OFF)
        reopened = (
            Reopened(session.uncertainty_km()) if decided_earlier and desk.current not in desk.decisions else None
        )
        session.decide(reopened, go_on=False)

    def leave_off() -> None:
        session.decide(LeftOff(_today(), session.words(), session.uncertainty_km()))

    def to(change: Callable[[Desk], Desk]) -> Callable[[], None]:
        def go() -> None:
            session.desk = change(session.desk)

        return go

    is_decided = desk.current in desk.decisions or not session.doubts[desk.current].is_open
    queue = session.queue
    with st.container(horizontal=True, gap="small", key="places-steps"):
        st.button("Leave it off the map", shortcut="O", on_click=leave_off)
        st.button("Back to undecided", shortcut="B", on_click=take_back, disabled=not is_decided)
        more = to(lambda desk: more_candidates(desk, in_all))
        st.button("More candidates", shortcut="M", on_click=more, disabled=in_all <= KEYS)
        st.button("Previous", shortcut="P", on_click=to(lambda desk: step(desk, queue, -1)))
        st.button("Next", shortcut="N", on_click=to(lambda desk: step(desk, queue, 1)))
        st.button("Undo", shortcut="U", on_click=to(undo), disabled=not desk.earlier)
