"""What the desk says of a place and of a decision, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.gazetteer import Chosen, Doubt, LeftOff, Pinned
from geo.schema import LOCATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.gazetteer import Decision
    from geo.stories import Story
    from geo.ui.caching import OpenStory
    from geo.ui.desk_state import Desk

_MOST_CLAIMS = 3
# What a reason goes on to say after this sign the table of candidates says better.
_ENOUGH = {Doubt.SEVERAL: ": ", Doubt.PERHAPS: ": ", Doubt.NOT_FOUND: "; "}


def decision_words(decision: Decision | None) -> str:
    """Return a decision in a few words, blank for none."""
    match decision:
        case None:
            return ""
        case Chosen(candidate):
            return ", ".join(filter(None, (candidate.name, candidate.district, candidate.region, candidate.country)))
        case Pinned(lat, lon):
            return f"pinned at {lat:.4f}, {lon:.4f}"
        case LeftOff(_, why):
            return f"left off the map: {why}" if why else "left off the map"
    return "to be looked up again"


def queue_frame(opened: OpenStory, desk: Desk, queue: Sequence[str]) -> pd.DataFrame:
    """Return places of the list, in its order."""
    story, names, named = opened.story, opened.frames.place_names, opened.frames.named
    return pd.DataFrame(
        {
            "Place": [names[place] for place in queue],
            "Doubt": [str(story.doubts[place]) for place in queue],
            "Claims": [len(named.of(place)) for place in queue],
            "Decision": [decision_words(desk.decisions.get(place)) for place in queue],
        }
    )


def place_words(opened: OpenStory, record: Mapping[Any, Any], row: int, decision: Decision | None) -> dict[str, Any]:
    """Return what stands above a place's candidates, as ``assets/place.html`` takes it.

    Parameters
    ----------
    record, row
        The location's row of the table, and its number as a spreadsheet counts.
    """
    story, location_id = opened.story, record["location_id"]
    numbers = opened.frames.named.of(location_id)
    cards = story.cards.of(numbers[:_MOST_CLAIMS])
    return {
        "name": record["name"],
        "aliases": record["aliases"],
        "why": _why(story, record, row),
        "decided": decision_words(decision),
        "note": record["note"],
        "claims": [(card.claimant, card.statement) for card in cards],
        "more": len(numbers) - len(cards),
    }


def _why(story: Story, record: Mapping[Any, Any], row: int) -> str:
    """Return why a place is in doubt, or how it got where it is; the table has the candidates."""
    doubt = story.doubts[record["location_id"]]
    if not doubt.is_open:
        where = record["coordinate_source"] if doubt is Doubt.LEFT_OFF else story.sites["provenance"][row]
        return f"It is {where}." if doubt is not Doubt.RUNNERS_UP else f"It is {where}; other names are nearly as like."
    # The resolver's problems come last, one for each place that is open.
    reason = next(each.reason for each in reversed(story.problems) if (each.file, each.row) == (LOCATIONS.file, row))
    return f"It {reason.partition(_ENOUGH[doubt])[0] if doubt in _ENOUGH else reason}."
