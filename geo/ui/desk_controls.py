"""The controls of the desk for places: candidates by key, boxes that go with a decision, steps through the list."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import CoordinatesError
from geo.gazetteer import Decision, Doubt, LeftOff, Pinned, Reopened, parse_point
from geo.ui.candidates import keys_of
from geo.ui.desk_session import UNCERTAINTY, WORDS, Session, today
from geo.ui.desk_state import KEYS, Desk, more_candidates, step, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.ui.candidates import Ranked

_COORDINATES = "places-coordinates"


def show_choices(session: Session, ranked: Sequence[Ranked]) -> None:
    """Paint a button for each candidate that has a key now."""
    keys = keys_of(ranked, session.desk.first)
    with st.container(horizontal=True, gap="small", key="places-choices"):
        for number in range(KEYS):
            key = str(number + 1)
            there = key in keys
            st.button(
                key, key=f"places-choose-{key}", shortcut=key, disabled=not there,
                on_click=session.choose, args=(ranked, keys.index(key)) if there else None,
            )  # fmt: skip


def show_inputs(session: Session, row: int, record: Mapping[Any, Any], decision: Decision | None) -> None:
    """Paint the boxes that go with a decision, and the one that pins."""
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
        session.pin(lat, lon, "by coordinates typed into Claim Atlas")

    said = (
        decision.taken_from if isinstance(decision, Pinned) else decision.why if isinstance(decision, LeftOff) else ""
    )
    uncertainty, words, coordinates = st.columns([1, 2, 2], gap="small")
    uncertainty.number_input(
        "Uncertainty, km", 0.0, 20_000.0, decision.uncertainty_km if decision else in_file, format="%g",
        key=f"{UNCERTAINTY}-{row}", on_change=note, placeholder="no ring",
        help="Radius of the circle believed to hold the true place.",
    )  # fmt: skip
    words.text_input("From what, or why", said, key=f"{WORDS}-{row}", on_change=note, placeholder="optional")
    typed = coordinates.text_input(
        "Pin at latitude, longitude", key=f"{_COORDINATES}-{row}", on_change=pin_typed, placeholder="43.1056, 131.8735"
    )
    if typed:
        try:
            parse_point(typed)
        except CoordinatesError as error:
            st.text(str(error))


def show_steps(session: Session, in_all: int) -> None:
    """Paint the buttons that decide without a candidate, and those that go through the list."""
    desk = session.desk

    def take_back() -> None:
        decided_earlier = session.doubts[desk.current] in (Doubt.PINNED, Doubt.LEFT_OFF)
        reopened = (
            Reopened(session.uncertainty_km()) if decided_earlier and desk.current not in desk.decisions else None
        )
        session.decide(reopened, go_on=False)

    def leave_off() -> None:
        session.decide(LeftOff(today(), session.words(), session.uncertainty_km()))

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
