"""The tables as known on a day: what was said and issued only after it is not in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.dates import Overlap
from geo.timeline import day_number
from geo.ui.frames import DOCUMENTS, HAPPENED, OTHERS, documents_words, others_words
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.stories import Story

SAID = "Said"
LATER_WORDS = "possibly only later"


def as_known(
    frame: pd.DataFrame, story: Story, names: Mapping[str, str], selected: pd.DataFrame, day: date
) -> pd.DataFrame:
    """Return claims with the responses and the documents of a day, and with whether each had surely been said by it.

    Parameters
    ----------
    frame
        Claims that pass, as ``frames.Frames`` has them.
    names
        Of the documents, by id.
    selected
        What becomes of each claim, as ``selection.select`` says.
    """
    claims = story.tables.claims
    unheard = frozenset(claims["claim_id"][selected["known"] == Overlap.NONE])
    cards = [story.cards[place] for place in claims.index.get_indexer(frame.index)]
    last = day_number(day)
    columns = {
        OTHERS: [others_words(card, unheard) for card in cards],
        DOCUMENTS: [documents_words(card, names, last) for card in cards],
    }
    shown = frame.assign(**{name: pd.Series(words, frame.index, dtype="str") for name, words in columns.items()})
    surely = selected["known"].loc[frame.index] == Overlap.CERTAIN
    title = f"By {date_words(day.isoformat())}"
    shown.insert(list(shown).index(HAPPENED) + 1, title, surely.map({True: "said", False: LATER_WORDS}).astype("str"))
    return shown
