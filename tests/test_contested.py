"""A claim is contested from the first day by which something that stands against it may have been said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.accounts import FIRST_DAY, accounts, rivals
from geo.contested import NEVER, contested_from, doubted_from
from geo.timeline import day_bounds

ENDS = st.sampled_from([(), ("a",), ("b",), ("a", "b")])
CLAIM = st.fixed_dictionaries(
    {
        "claimant": st.sampled_from("XYZ"),
        "origins": ENDS,
        "destinations": ENDS,
        "event_date": st.sampled_from(["", "2024", "2024-01", "2024-01-05", "../2024-02", "2024-03/.."]),
        "modality": st.sampled_from(["happened", "planned"]),
        "quantity_min": st.sampled_from([np.nan, 1.0, 2.0]),
        "quantity_max": st.sampled_from([np.nan, 2.0, 3.0]),
        "quantity_unit": st.sampled_from(["", "men", "Men", "tanks"]),
        "quantity_of": st.sampled_from(["", "sent", "lost"]),
        "target": st.integers(0, 30),
        "stance": st.sampled_from(["", "", "denies", "disputes", "supports"]),
        "known": st.integers(0, 9),
    }
)


def story(rows: list[dict[str, Any]]) -> tuple[pd.DataFrame, np.ndarray[Any, np.dtype[np.int64]]]:
    """Return the claims, each with a stance on another one, and the first day on which each may have been said."""
    claims = pd.DataFrame(rows)
    claims["claim_id"] = pd.Series([f"c{number}" for number in range(len(rows))], dtype="str")
    targets = zip(claims["target"] % len(rows), claims["stance"], strict=True)
    claims["responds_to"] = pd.Series([(f"c{target}",) if stance else () for target, stance in targets], dtype=object)
    return claims, np.where(claims["known"] == 0, FIRST_DAY, claims["known"]).astype(np.int64)


@given(st.lists(CLAIM, min_size=1, max_size=14))
def test_a_claim_is_contested_from_the_first_day_on_which_one_of_its_rivals_was_known(
    rows: list[dict[str, Any]],
) -> None:
    claims, known = story(rows)
    found = rivals(claims, accounts(claims, day_bounds(claims["event_date"])))
    expected = [min([known[other] for other, _ in found.of(n)], default=NEVER) for n in range(len(rows))]
    assert contested_from(found, known).tolist() == expected


@given(st.lists(CLAIM, min_size=1, max_size=14))
def test_a_claim_is_doubted_from_the_first_day_on_which_another_may_have_disputed_or_denied_it(
    rows: list[dict[str, Any]],
) -> None:
    claims, known = story(rows)
    for stance, days in zip(("disputes", "denies"), doubted_from(claims, known), strict=True):
        said = claims[claims["stance"] == stance]
        expected = [
            min((known[row] for row, to in said["responds_to"].items() if claim_id in to), default=NEVER)
            for claim_id in claims["claim_id"]
        ]
        assert days.tolist() == expected
