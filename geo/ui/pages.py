"""Long tables in pages: a run of the page makes and sends the rows of one, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Hashable

PAGE_ROWS = 100
_KEPT = "pages"


def page_of(rows: int, what: str, asked: Hashable = None, *, at: int = 0, noun: str = "Rows", note: str = "") -> slice:
    """Show where in a long list the reader is, with ways to go on, and return the part to show.

    Nothing is shown where all fits into one page.

    Parameters
    ----------
    rows
        How many there are in all.
    what
        Names the list, on the page only once.
    asked
        What the list was chosen by: another begins with the page of its row ``at``.
    noun, note
        What is counted; what else a reader must know of a page.
    """
    kept: dict[str, tuple[Hashable, int]] = st.session_state.setdefault(_KEPT, {})
    pages = -(-rows // PAGE_ROWS)
    before, page = kept.get(what, (None, 0))
    page = min(page, pages) if page and before == asked else at // PAGE_ROWS + 1
    if pages <= 1:
        return slice(0, rows)
    kept[what] = (asked, page)
    first = (page - 1) * PAGE_ROWS
    last = min(first + PAGE_ROWS, rows)
    box = f"page-{what}"

    def go(to: int) -> None:
        kept[what] = (asked, to)

    with st.container(horizontal=True, vertical_alignment="center", key=f"pager-{what}"):
        st.caption(f"**{noun} {first + 1:,} to {last:,} of {rows:,}**{note}", width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall"):
            st.button(
                "Previous",
                on_click=go,
                args=(page - 1,),
                disabled=page == 1,
                icon=":material/chevron_left:",
                key=f"previous-{what}",
            )
            st.session_state[box] = page
            st.number_input(
                f"Page, 1 to {pages:,}",
                1,
                pages,
                key=box,
                on_change=lambda: go(st.session_state[box]),
                label_visibility="collapsed",
                width=84,
            )
            st.caption(f"of {pages:,}", width="content")
            st.button(
                "Next",
                on_click=go,
                args=(page + 1,),
                disabled=page == pages,
                icon=":material/chevron_right:",
                icon_position="right",
                key=f"next-{what}",
            )
    return slice(first, last)
