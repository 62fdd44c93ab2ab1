"""What the desk for places keeps in a session: the decisions, the list as it is filtered, what stands in the boxes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.gazetteer import Chosen, Pinned
from geo.schema import LOCATIONS
from geo.ui.desk_state import Desk, decide, show, show_next

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.gazetteer import Decision
    from geo.ui.caching import OpenStory
    from geo.ui.candidates import Ranked

_DESKS = "desks"
FILTER, UNCERTAINTY, WORDS = (f"places-{name}" for name in ("filter", "uncertainty", "words"))
TO_DECIDE, DECIDED, ALL = "to decide", "decided", "all"


class Session:
    """The desk of the places that are shown, as this session keeps it: another file of places has another desk."""

    def __init__(self, opened: OpenStory) -> None:
        self.opened = opened
        self.doubts = opened.story.doubts
        self.content = opened.files.contents[LOCATIONS.file]
        self._key = hashlib.sha256(self.content).hexdigest()
        self.order = opened.frames.by_doubt
        if self.desk.current not in self.doubts:
            self.desk = show(self.desk, self.order[0])

    @property
    def desk(self) -> Desk:
        """The decisions and the place that is shown."""
        desks: dict[str, Desk] = st.session_state.setdefault(_DESKS, {})
        return desks.get(self._key, Desk())

    @desk.setter
    def desk(self, desk: Desk) -> None:
        st.session_state.setdefault(_DESKS, {})[self._key] = desk

    @property
    def waiting(self) -> Sequence[str]:
        """Places in doubt that nobody has decided, the most doubtful first."""
        desk, in_doubt = self.desk, self.opened.frames.open_places
        return [place for place in in_doubt if place not in desk.decisions] if desk.decisions else in_doubt

    @property
    def listed(self) -> str:
        """Which places the list shall hold."""
        return st.session_state.get(FILTER) or (TO_DECIDE if self.waiting else ALL)

    @property
    def queue(self) -> Sequence[str]:
        """The list as it is filtered; the place that is shown stays among those to decide until another is."""
        if self.listed == TO_DECIDE:
            desk, in_doubt = self.desk, self.opened.frames.open_places
            decided = desk.decisions.keys() - {desk.current}
            return [place for place in in_doubt if place not in decided] if decided else in_doubt
        return [*self.desk.decisions] if self.listed == DECIDED else self.order

    def record(self) -> tuple[int, Mapping[Any, Any]]:
        """Return the row's number, as a spreadsheet counts, and the row of the place that is shown."""
        locations = self.opened.story.tables.locations
        row = locations.index[locations["location_id"] == self.desk.current][0]
        return int(row), locations.loc[row].to_dict()

    def decide(self, decision: Decision | None, *, go_on: bool = True) -> None:
        """Decide the place that is shown, or take its decision back; then show the next of the list."""
        queue = self.queue
        desk = decide(self.desk, decision)
        self.desk = show_next(desk, queue, self.doubts) if go_on else desk

    def uncertainty_km(self) -> float | None:
        """Return what stands in the box, which the place's row or decision was written into."""
        km: float | None = st.session_state.get(f"{UNCERTAINTY}-{self.record()[0]}")
        return km

    def words(self) -> str:
        """Return what stands in the box that says from what, or why."""
        return str(st.session_state.get(f"{WORDS}-{self.record()[0]}") or "").strip()

    def choose(self, ranked: Sequence[Ranked], number: int) -> None:
        """Decide for a candidate, counted from 0, and show the next place of the list."""
        self.decide(Chosen(ranked[number].candidate, len(ranked), today(), self.uncertainty_km()))

    def pin(self, lat: float, lon: float, how: str) -> None:
        """Pin the place and stay with it: the point shall be seen, and its uncertainty set."""
        pinned = Pinned(round(lat, 5), round(lon, 5), how, today(), self.words(), self.uncertainty_km())
        self.decide(pinned, go_on=False)


def today() -> date:
    """Return the day that a decision is dated with, in UTC."""
    return datetime.now(UTC).date()
