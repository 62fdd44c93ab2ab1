"""The tab Sources: the network of documents, what rests on one of them alone, and independent origins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import streamlit as st

from geo.dates import Overlap
from geo.selection import known_by
from geo.timeline import day_bounds
from geo.ui.charts import specification
from geo.ui.source_chart import least_width_px, source_chart
from geo.ui.tables import show_rows, show_table
from geo.wording import date_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.network import Network
    from geo.selection import Selection
    from geo.stories import Story
    from geo.ui.evidence import Origins, Reliance
    from geo.ui.frames import Frames
    from geo.ui.passing import Passing

_WHEN_KNOWN: Mapping[str, str] = {
    Overlap.CERTAIN: "",
    Overlap.POSSIBLE: ", perhaps not out yet",
    Overlap.NONE: ", not out yet",
}
# A phone scrolls the drawing sideways; squeezed, its boxes would have no room for words. Of what Streamlit offers
# beside it only the full screen helps: the data are places of boxes, and a picture would have dark words in the dark.
_STYLE = """
<style>
  .st-key-source-network { overflow-x: auto; }
  .st-key-source-network [data-testid=stVegaLiteChart] { min-width: %dpx; }
  .st-key-source-network :is(
    button[aria-label^="Show data"], button[aria-label^="Download as PNG"], button[aria-label^="Copy Vega-Lite spec"]
  ) { display: none; }
</style>
"""
_RESTING_COLUMNS = ("Claimant", "Claim", "Happened", "Said", "Number", "What it counts", "Documents", "Id")


def show_sources(story: Story, frames: Frames, found: Passing) -> None:
    """Paint the tab; in its captions stand our own words and numbers alone."""
    if not len(story.tables.sources):
        st.caption("This story has no documents.")
        return
    evidence, known = frames.evidence, found.selection.known
    resting = evidence.known(known)
    counted = frames.once(_counted, found.selection)
    drawing = st.container()
    chosen = _show_resting(story, frames, found, resting, counted)
    with drawing:
        _show_network(frames, found, chosen)
    _show_origins(evidence.origins(found))
    st.subheader("Documents", anchor=False)
    _show_documents(frames, found)


def _counted(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return by document how many claims that pass came through it, and how many of them rest on it alone."""
    found, resting = frames.passing(selection), frames.evidence.known(selection.known)
    ids = frames.documents.index
    documents = len(ids)
    passing = found.passes[resting.claim]
    through, alone = (resting.document[which] for which in (passing, passing & resting.alone))
    numbers = {"size": np.bincount(through, minlength=documents), "sum": np.bincount(alone, minlength=documents)}
    return pd.DataFrame(numbers, index=ids)


def _show_network(frames: Frames, found: Passing, chosen: str | None) -> None:
    network, known = frames.evidence.network, found.selection.known
    said = [
        "An arrow leads from a document to one that reprints or quotes it: at the left is what was said first, as far "
        "as it is listed. The bar in a box, and its number, are the claims that pass and came through the document."
    ]
    if known is not None:
        said.append(f"Dashed: a document that was not out by {date_words(known.isoformat())}, or perhaps not.")
    if left := len(frames.documents) - len(network.spots):
        said.append(
            f"Drawn are the {len(network.spots)} documents with most claims, and the arrows between them; the table "
            f"below has {left:,} more."
        )
    if chosen is not None and chosen not in network.spots:
        said.append("The document that is asked about is not among them.")
    st.caption(" ".join(said))
    with st.container(key="source-network"):
        st.html(_STYLE % least_width_px(network))
        st.vega_lite_chart(
            spec=frames.once(_drawn, found.selection, chosen),
            width="stretch",
            alt="Which document reprints or quotes which; the table Sources says the same",
        )


def _drawn(frames: Frames, selection: Selection, chosen: str | None) -> dict[str, Any]:
    network, counted = frames.evidence.network, frames.once(_counted, selection)
    documents = _box_words(frames.sources, network, counted, selection.known)
    return specification(source_chart(network, documents, chosen))


def _box_words(sources: pd.DataFrame, network: Network, counted: pd.DataFrame, known: date | None) -> pd.DataFrame:
    """Return what ``source_chart`` writes into the boxes, and of the document with most claims, drawn or not."""
    most = int(counted["size"].to_numpy().argmax())
    rows = np.unique([*counted.index.get_indexer(pd.Index(network.spots)), most])
    sources, counted = sources.iloc[rows], counted.iloc[rows]
    out = known_by(day_bounds(sources["published"]), known)
    claims = counted["size"].to_numpy()
    whats = zip(sources["kind"], sources["title"], sources["source_id"], strict=True)
    dates = zip(sources["published"], out, claims, strict=True)
    return pd.DataFrame(
        {
            "who": sources["publisher"].where(sources["publisher"] != "", "publisher not stated").array,
            "what": [": ".join(filter(None, (kind, title))) or source_id for kind, title, source_id in whats],
            "when": [
                f"{date_words(day)}{_WHEN_KNOWN[is_out]} · {number} claim{'' if number == 1 else 's'}"
                for day, is_out, number in dates
            ],
            "claims": claims,
            "pale": (out != Overlap.CERTAIN).array,
        },
        index=sources["source_id"],
    )


def _show_resting(story: Story, frames: Frames, found: Passing, resting: Reliance, counted: pd.DataFrame) -> str | None:
    """Ask for a document, show what rests on it alone, and return its id."""
    options, layers = counted.index[frames.evidence.offered], frames.evidence.network.spots
    # Of several with as many: that with more claims in all, then the one that is nearer to where they began.
    nearness = [layers[name].layer if name in layers else 0 for name in options]
    keys = (np.array(nearness), *(-counted[name].to_numpy()[frames.evidence.offered] for name in ("size", "sum")))
    chosen = st.selectbox(
        "What rests only on this document?",
        list(options),
        index=int(np.lexsort(keys)[0]),
        format_func=frames.evidence.names.__getitem__,
        key=f"rests-only-{story.tables.digest[:16]}",
    )
    if len(options) < len(counted):
        st.caption(f"To choose from are the {len(options):,} documents with most claims.")
    document = counted.index.get_loc(chosen)
    in_all, alone = counted.iloc[document][["size", "sum"]]
    st.markdown(f"**{alone} of {in_all}** claims that pass and came through it rest on nothing else.")
    known = found.selection.known
    by = "" if known is None else f" of those known on {date_words(known.isoformat())}"
    st.caption(
        f"Nothing else: no other account{by} tells of the same movement or number and reached us without this "
        "document. One that a filter hides is an account all the same."
    )
    rests = np.zeros(len(found.passes), dtype=bool)
    rests[resting.claim[resting.alone & (resting.document == document)]] = True
    rows = found.claims[rests[found.claims]]
    if len(rows):
        show_rows(
            len(rows),
            lambda part: frames.claim_rows(found, rows[part])[list(_RESTING_COLUMNS)],
            "Claims that rest on this document alone",
            (found.selection, chosen),
        )
    return str(chosen)


def _show_origins(found: Origins) -> None:
    st.subheader("Independent origins", anchor=False)
    if found.frame.empty:
        st.caption("No claim that passes is a movement, or has a number that says what it counts.")
        return
    several = int((found.frame["Accounts"] > 1).sum())
    single = int((found.frame["Independent origins"] == 1).sum())
    said = [
        f"Movements and numbers that pass: {len(found.frame)}. Told more than once: {several}. Resting on one origin: "
        f"{single}. "
        "Accounts have one origin if their claimant is the same, or if their first documents are or go back to the "
        "same; so copies count once. That no link is listed doesn't prove that there is none."
    ]
    if found.left_out:
        said.append(f"{found.left_out} more, with fewer accounts, have no room here.")
    st.caption(" ".join(said))
    show_table(found.frame, "Independent origins")


def _show_documents(frames: Frames, found: Passing) -> None:
    through = frames.through.counts(found.claims)

    def make(part: slice) -> pd.DataFrame:
        frame = frames.documents.iloc[part].copy()
        frame.insert(list(frame).index("Claims in all"), "Claims that pass", through[part])
        return frame

    st.caption(
        "Every document of the story, with the number of claims that were read in it or came through it. "
        "Copies of one original are not further evidence."
    )
    show_rows(len(through), make, "Sources")
