"""Frames as the page shows them: plain text in a grid, so that no text from data is ever markup."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.dossier import Place
    from geo.errors import Problem
    from geo.stories import Story

_JOIN = "; "


def show_table(frame: pd.DataFrame, links: Sequence[str] = ()) -> None:
    """Show a frame; ``links`` names columns that hold checked http(s) addresses."""
    columns = {name: st.column_config.LinkColumn(name) for name in links}
    st.dataframe(frame, hide_index=True, width="stretch", column_config=columns)


def problems_table(problems: Sequence[Problem]) -> None:
    """Show problems, each with file, row, column, value, reason and fix."""
    frame = pd.DataFrame([asdict(problem) for problem in problems])
    # A row number may be missing; text keeps 7 from turning into 7.0.
    frame["row"] = ["" if problem.row is None else str(problem.row) for problem in problems]
    show_table(frame.fillna(""))


def claims_frame(story: Story, selected: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that pass, one row each, in words."""
    cards = pd.DataFrame([asdict(card) for card in story.cards], index=story.tables.claims.index)
    cards = cards[selected["verdict"] != "filtered"]
    passed = selected.loc[cards.index]
    return pd.DataFrame(
        {
            "Claimant": cards["claimant"],
            "Statement": cards["statement"],
            "When": cards["event_words"],
            "In these days": passed["verdict"].astype(str),
            "Said": cards["reported_words"],
            "How asserted": cards["modality_words"],
            "Number": cards["quantity_words"],
            "Counts": cards["quantity_of"],
            "Hedge": cards["hedge"],
            "Places": [_JOIN.join(place["name"] for place in places) for places in cards["places"]],
            "On the map": passed["place"].astype(str).map({"shown": "yes", "not_on_map": "no"}),
            "Excerpt": cards["excerpt"],
            "Id": cards["claim_id"],
        }
    )


def movements_frame(story: Story, selected: pd.DataFrame) -> pd.DataFrame:
    """Return the movements that pass, one row each; what isn't stated says so."""
    rows = zip(story.cards, selected["verdict"], strict=True)
    return pd.DataFrame(
        [
            {
                "Claimant": card.claimant,
                "From": _ends(card.places, "from"),
                "To": _ends(card.places, "to"),
                "When": card.event_words,
                "Number": card.quantity_words or "not stated",
                "Counts": card.quantity_of,
                "How asserted": card.modality_words,
                "Hedge": card.hedge,
                "Said": card.reported_words,
                "Statement": card.statement,
                "Id": card.claim_id,
            }
            for card, verdict in rows
            if card.movement_words and verdict != "filtered"
        ]
    )


def sources_frame(story: Story) -> pd.DataFrame:
    """Return the documents, each with what it derives from and how many claims were read in it or reached it."""
    sources = story.tables.sources
    passed = pd.Series([link.source_id for card in story.cards for link in card.chain], dtype="str").value_counts()
    titles = sources["title"].where(sources["title"] != "", sources["publisher"] + ", " + sources["kind"])
    names = dict(zip(sources["source_id"], titles, strict=True))
    return pd.DataFrame(
        {
            "Publisher": sources["publisher"],
            "Title": sources["title"].replace("", "not known"),
            "Kind": sources["kind"],
            "Published": sources["published"].replace("", "not stated"),
            "Reprints or quotes": [
                _JOIN.join(names[parent] for parent in parents) for parents in sources["derived_from"]
            ],
            "Claims through it": sources["source_id"].map(passed).fillna(0).astype(int),
            "Address": sources["url"],
            "Archived copy": sources["archived_url"],
            "Note": sources["note"],
        }
    )


def sites_frame(story: Story) -> pd.DataFrame:
    """Return the sites with their coordinates in degrees and where these come from."""
    names: Mapping[str, str] = {
        "name": "Place",
        "feature_type": "What it is",
        "lat": "Latitude",
        "lon": "Longitude",
        "uncertainty_km": "± km",
        "provenance": "Where the coordinates come from",
        "note": "Note",
    }
    return story.sites[list(names)].rename(columns=dict(names))


def _ends(places: Sequence[Place], role: str) -> str:
    return _JOIN.join(place.name for place in places if place.role == role) or "not stated"
