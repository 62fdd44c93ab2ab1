"""The tab Figures: rival numbers by claimant and reported date, each thing that is counted in a panel of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
import streamlit as st

from geo.dates import Overlap
from geo.figures import DAY_NOT_STATED, Panel
from geo.selection import EVENT
from geo.timeline import UNDATED
from geo.ui.draft import current_draft
from geo.ui.figure_charts import cut, date_chart, number_chart
from geo.wording import MODALITY_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from geo.selection import Selection
    from geo.ui.frames import Frames
    from geo.ui.passing import Passing

APART = "Numbers that count different things can't be compared; nothing here is added up."
_KEY = (
    "Filled point: an exact number or day. Open point: an approximate number. Bar: a range, hollow where it is "
    "approximate, or days of which it was one. Arrow: an end that is open. Diamond, dashed bar: planned or forecast. "
    "Paler: only possibly in the selection."
)
_FIRST_PANELS = 4
_MORE_PANELS = 16
_KEPT_PANELS = 512

# Escaped by jinja2, and cleaned by Streamlit once more. <bdi>: no text turns the direction of what stands beside it.
_HEADING = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""
<div class="figures-thing"><h3><bdi>{{ counted }}</bdi></h3><p>{{ how_often }}</p></div>
""")
_LIST = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""
<ul class="figures-words{{ '' if seen else ' figures-unseen' }}">
{% for row in rows %}
<li><bdi>{{ row.claimant }}</bdi>, {{ row.said }}: {{ row.number }}
{%- if row.unit %} <bdi>{{ row.unit }}</bdi>{% endif %}; {{ row.how }}
{%- if row.hedge %}; hedged: “<bdi>{{ row.hedge }}</bdi>”{% endif %}</li>
{% endfor %}
</ul>
""")
_STYLE = """
<style>
  .figures-thing { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; }
  .figures-thing { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding-top: 0.6rem; }
  .figures-thing h3 { font-size: 1rem; font-weight: 600; padding: 0; margin: 0; overflow-wrap: anywhere; }
  .figures-thing p { font-size: 0.875rem; margin: 0; opacity: 0.8; }
  .figures-words { font-size: 0.875rem; margin: 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
  @media screen and (min-width: 640px) { /* narrower, the labels of a chart are cut */
    .figures-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  }
  /* They would show the columns and the code of the drawing; the tab Claims has the story's own. */
  .st-key-figures button:is([aria-label^="Show data"], [aria-label^="Copy"]) { display: none; }
</style>
"""


def show_figures(frames: Frames, found: Passing) -> None:
    """Paint the figures that a selection lets through, one panel for each thing that is counted."""
    in_all, passing = len(frames.figures), found.figures
    if not len(passing):
        some = f"None of the {in_all:,} claims with a number passes this selection."
        st.caption(some if in_all else "No claim of this story states a number.")
        return
    drawn = frames.panels(found.selection)
    count = f"{drawn.things:,} different things" if drawn.things > 1 else "one thing"
    st.caption(f"{len(passing):,} of {in_all:,} claims with a number pass this selection; they count {count}. {APART}")
    st.html(_STYLE)
    shown = st.session_state.setdefault("figures-shown", _FIRST_PANELS)
    show_panel = _show_panel if current_draft() else _repeat_panel  # what is a session's own is kept only there
    with st.container(key="figures"):
        for number in range(min(shown, len(drawn))):
            show_panel(frames.digest, _told(frames, found.selection, number), frames)
        if len(drawn) > shown:
            more = min(_MORE_PANELS, len(drawn) - shown)
            st.button(f"Show {more} more of the {len(drawn) - shown:,} that follow", on_click=_show_more)
    st.caption(_KEY)


def _show_more() -> None:
    st.session_state["figures-shown"] += _MORE_PANELS


@dataclass(frozen=True, slots=True)
class _Told:
    """All that decides how a panel looks: of two selections that differ by a day it is mostly the same.

    Attributes
    ----------
    figures
        Its rows, by the index of ``Frames.figures``.
    verdict, known
        How surely each of them passes, and is known.
    dated
        Whether days are asked on which it happened.
    reports, claimants, highest, days
        As in ``geo.figures.Panel``.
    """

    figures: tuple[int, ...]
    verdict: tuple[int, ...]
    known: tuple[int, ...]
    dated: bool
    reports: int
    claimants: int
    highest: float
    days: tuple[int, int] | None


def _told(frames: Frames, selection: Selection, number: int) -> _Told:
    panel = frames.panels(selection)[number]
    found = frames.passing(selection).selected.loc[panel.rows.index]
    rows, verdict, known = (tuple(each.tolist()) for each in (panel.rows.index, found["verdict"], found["known"]))
    dated = selection.clock == EVENT and bool(selection.from_ or selection.to)
    return _Told(rows, verdict, known, dated, panel.reports, panel.claimants, panel.highest, panel.days)


def _in_words(rows: pd.DataFrame, told: _Told) -> pd.DataFrame:
    """Add how surely each number passes and how it is asserted, and what stands beside it in the chart."""
    verdict, known = np.array(told.verdict), np.array(told.known) == Overlap.POSSIBLE
    in_days = verdict == Overlap.POSSIBLE
    undated = (verdict == UNDATED) & told.dated
    how = rows["modality"].map(MODALITY_WORDS)
    said_first = (
        (known, "possibly said only later"),
        (undated, "event not dated"),
        (in_days, "possibly in these days"),
    )
    for such, words in said_first:
        how = how.where(~such, f"{words}; " + how)
    hedged = how + "; hedged: “" + rows["hedge"].map(cut) + "”"
    beside = rows["number"] + " · " + how.where(rows["hedge"] == "", hedged)
    return rows.assign(how=how, pale=in_days | known, words=beside)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A panel as it is painted: markup, and drawings as the browser takes them; None for no axis of days."""

    heading: str
    in_words: str
    single: bool
    numbers: dict[str, Any]
    dates: dict[str, Any] | None


def _drawn(frames: Frames, told: _Told) -> _Drawn:
    rows = _in_words(frames.figures.loc[list(told.figures)], told)
    panel = Panel(rows, told.reports, told.claimants, told.highest, told.days)
    by = "one claimant" if panel.claimants == 1 else f"{panel.claimants:,} claimants"
    here = f"; {len(rows)} of these numbers are here" if len(rows) < panel.reports else ""
    how_often = f"Counted {panel.reports:,} times by {by}{here}." if panel.reports > 1 else "Counted once."
    return _Drawn(
        heading=_HEADING.render(counted=cut(rows["counted"].iloc[0]), how_often=how_often),
        in_words=_LIST.render(rows=rows.to_dict("records"), seen=panel.reports > 1),
        single=panel.reports == 1,
        numbers=number_chart(panel),
        dates=None if panel.days is None else date_chart(panel, *panel.days),
    )


def _show_panel(digest: str, told: _Told, _frames: Frames) -> None:  # noqa: ARG001 - what it is kept by
    drawn = _frames.once(_drawn, told)
    st.html(drawn.heading + drawn.in_words if drawn.single else drawn.heading)
    numbers, dates = st.columns([3, 2], gap="medium")
    numbers.vega_lite_chart(
        spec=drawn.numbers, width="stretch", alt="Chart of the reported numbers, which a list says in words"
    )
    if drawn.dates is None:
        dates.caption(f"Reported date: {DAY_NOT_STATED}.")
    else:
        dates.vega_lite_chart(
            spec=drawn.dates, width="stretch", alt="Chart of the reported dates, which a list says in words"
        )
    if not drawn.single:
        st.html(drawn.in_words)


# Asked again for the same panel, Streamlit repeats what it sent: many readers at once wait for nothing to be made anew.
_repeat_panel = st.cache_resource(max_entries=_KEPT_PANELS, show_spinner=False)(_show_panel)
