"""What a reader has decided at the desk and not yet put on the map: values, each step giving a new one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.gazetteer import Decision, Doubt

KEYS = 9  # candidates that have a key at one time
_MOST_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of the desk.

    Attributes
    ----------
    current
        Id of the location that is shown; blank before the first.
    first
        Number of the candidate that key 1 chooses, from 0.
    decisions
        By location id, in the order in which they were made.
    earlier
        The place that was shown and the decisions before each step, the oldest first.
    """

    current: str = ""
    first: int = 0
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    earlier: tuple[tuple[str, Mapping[str, Decision]], ...] = ()


def decide(desk: Desk, decision: Decision | None) -> Desk:
    """Return the desk with the current place decided, None taking it back."""
    decisions = {place: made for place, made in desk.decisions.items() if place != desk.current}
    if decision is not None:
        decisions[desk.current] = decision
    earlier = (*desk.earlier, (desk.current, desk.decisions))[-_MOST_STEPS:]
    return replace(desk, decisions=decisions, earlier=earlier)


def undo(desk: Desk) -> Desk:
    """Return the desk as it was before the last decision, with the place of that decision shown."""
    if not desk.earlier:
        return desk
    *earlier, (place, decisions) = desk.earlier
    return Desk(place, 0, decisions, tuple(earlier))


def show(desk: Desk, place: str) -> Desk:
    """Return the desk with another place shown."""
    return replace(desk, current=place, first=0)


def step(desk: Desk, queue: Sequence[str], by: int) -> Desk:
    """Return the desk with the place shown that stands so many further in the list, which goes round."""
    if not queue:
        return desk
    at = queue.index(desk.current) if desk.current in queue else -1 if by > 0 else 0
    return show(desk, queue[(at + by) % len(queue)])


def more_candidates(desk: Desk, in_all: int) -> Desk:
    """Return the desk with the next candidates at the keys; after the last the first again."""
    after = desk.first + KEYS
    return replace(desk, first=after if after < in_all else 0)


def show_next(desk: Desk, queue: Sequence[str], doubts: Mapping[str, Doubt]) -> Desk:
    """Return the desk with the next place below shown that waits for a decision, from the top again; else unchanged."""
    at = queue.index(desk.current) + 1 if desk.current in queue else 0
    waiting = [place for place in (*queue[at:], *queue[:at]) if waits(desk, place, doubts)]
    return show(desk, waiting[0]) if waiting else desk


def waits(desk: Desk, place: str, doubts: Mapping[str, Doubt]) -> bool:
    """Return whether a place is open and nobody has decided it at the desk."""
    return doubts[place].is_open and place not in desk.decisions
