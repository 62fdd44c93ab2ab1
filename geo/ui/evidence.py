"""What the tab Sources says of the story's evidence: what rests on one document alone, and on how many origins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.accounts import accounts
from geo.dates import Overlap
from geo.network import arrange
from geo.provenance import chains, independent_origins, rests_on
from geo.reliance import distinct, only_through
from geo.selection import EVENT, FILTERED
from geo.ui.folder_frames import JOIN, document_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.accounts import Accounts, Mask
    from geo.network import Network
    from geo.stories import Story

MOST_DRAWN = 60  # documents; more are no drawing that anybody reads
MOST_LISTED = 100  # claims in the table of origins


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is computed of a story once, by row position of the claim where not said otherwise.

    Attributes
    ----------
    told
        Who speaks of the same thing.
    chains, rests
        Ids of documents, as ``provenance.chains`` and ``provenance.rests_on`` give them.
    claimants, numbers, statements
        What the claim's card says.
    names, publishers
        Of the documents, by id; no two have one name.
    network
        The drawing of the documents that have most claims.
    """

    told: Accounts
    chains: pd.Series
    rests: list[tuple[str, ...]]
    claimants: list[str]
    numbers: list[str]
    statements: list[str]
    names: Mapping[str, str]
    publishers: Mapping[str, str]
    network: Network


@dataclass(frozen=True, slots=True)
class Origins:
    """The table of origins, and how many of its rows are left out because there is no room for them."""

    frame: pd.DataFrame
    left_out: int


def story_evidence(story: Story) -> Evidence:
    """Return the evidence of a story."""
    claims, sources = story.tables.claims, story.tables.sources
    paths = chains(claims, sources)
    claims_of = sources["source_id"].map(paths.explode().value_counts()).fillna(0)
    drawn = sources.loc[claims_of.sort_values(ascending=False, kind="stable").index[:MOST_DRAWN].sort_values()]
    return Evidence(
        told=accounts(claims, story.bounds[EVENT]),
        chains=paths,
        rests=rests_on(claims, sources).to_list(),
        claimants=claims["claimant"].to_list(),
        numbers=[card.quantity_words for card in story.cards],
        statements=claims["statement"].to_list(),
        publishers=dict(zip(sources["source_id"], sources["publisher"], strict=True)),
        names=_distinct_names(document_names(sources)),
        network=arrange(dict(zip(drawn["source_id"], drawn["derived_from"], strict=True))),
    )


def known_accounts(evidence: Evidence, selected: pd.DataFrame) -> Accounts:
    """Return who speaks of the same thing as far as it was said by the day that is asked.

    The other filters don't count here: what rests on one document doesn't come to rest on it alone because a reader
    hides the rest.
    """
    return evidence.told.among((selected["known"] != Overlap.NONE).to_numpy())


def resting_only(evidence: Evidence, told: Accounts, selected: pd.DataFrame) -> pd.DataFrame:
    """Return for each claim that passes and each document of its chain whether it rests on that document alone.

    Returns
    -------
    through
        As ``accounts.only_through`` gives it.
    """
    known = selected["known"] != Overlap.NONE
    paths = pd.Series([path if is_known else () for path, is_known in zip(evidence.chains, known, strict=True)])
    through = only_through(told, paths)
    passing: pd.DataFrame = through[_passing(selected)[through["claim"].to_numpy(np.int64)]]
    return passing


def origins(evidence: Evidence, told: Accounts, selected: pd.DataFrame) -> Origins:
    """Return the movements and numbers that pass, each with those who tell it and the origins that they rest on.

    Claims that the same accounts tell of have one row.
    """
    asked = distinct(told, _passing(selected))
    rows = [_origins_row(evidence, told, position) for position in asked[:MOST_LISTED]]
    columns = ["Claim", "Accounts", "Independent origins", "Numbers told", "Who tells it, and first document"]
    kinds = dict(zip(columns, ("str", "int64", "int64", "str", "str"), strict=True))
    frame = pd.DataFrame(rows, columns=columns).astype(kinds)
    order = frame.sort_values(["Accounts", "Independent origins"], ascending=False, kind="stable")
    return Origins(order, max(0, len(asked) - MOST_LISTED))


def _distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names, with the id where several documents have one: a list is chosen from by name."""
    uses = Counter(names.values())
    return {source_id: f"{name} ({source_id})" if uses[name] > 1 else name for source_id, name in names.items()}


def _passing(selected: pd.DataFrame) -> Mask:
    return (selected["verdict"] != FILTERED).to_numpy(bool)


def _origins_row(evidence: Evidence, told: Accounts, position: int) -> tuple[str, int, int, str, str]:
    claims = (position, *told.of(position))
    found = independent_origins(claims, evidence.claimants, evidence.rests)
    numbers = dict.fromkeys(filter(None, (evidence.numbers[claim] for claim in claims)))
    tellers = [JOIN.join(_teller(evidence, *told_by) for told_by in origin.told_by) for origin in found]
    who = tellers[0] if len(tellers) == 1 else " · ".join(f"{at}: {who}" for at, who in enumerate(tellers, start=1))
    return evidence.statements[position], len(claims), len(found), JOIN.join(numbers) or "not stated", who


def _teller(evidence: Evidence, claimant: str, document: str) -> str:
    own = evidence.publishers[document] == claimant
    return evidence.names[document] if own else f"{claimant}, in {evidence.names[document]}"
