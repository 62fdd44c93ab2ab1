"""The optional fourth table: which excerpts were found in their source's text, when, and in which text.

A row says something only of the excerpt that was looked up. Where the claim has another one since, or another source,
it is left out and told, and the claim counts as not checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import Problem
from geo.schema import CLAIMS, QUOTATIONS
from geo.tables.checks import check_rows
from geo.tables.columns import read_values
from geo.tables.reading import empty_sheet, read_sheet
from geo.tables.references import REPAIR_FIRST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_LOOKED_UP = ("claim_id", "source_id", "excerpt")
_CHECK_AGAIN = "Look it up again with claim-atlas check-quotes, or delete the row."


def none_checked() -> pd.DataFrame:
    """Return the table without a row."""
    return read_values(empty_sheet(QUOTATIONS))[0].frame


def read_quotations(
    content: bytes, claims: pd.DataFrame, left_out: pd.DataFrame
) -> tuple[pd.DataFrame, list[Problem], int]:
    """Return the rows that hold of these claims, what is wrong with the others, and how many those are.

    Parameters
    ----------
    content
        Bytes of the file.
    claims
        The checked claims that are in use.
    left_out
        The claims that are not.
    """
    sheet, problems = read_sheet(content, QUOTATIONS)
    if sheet is None:
        return none_checked(), problems, 0
    values, found = read_values(sheet)
    found += check_rows(values)
    out = set(sheet.broken) | {problem.row for problem in found if problem.row is not None}
    if any(column.name in sheet.absent for column in QUOTATIONS.columns):
        out |= set(values.frame.index)
    frame = values.frame.drop(index=list(out), errors="ignore")
    outdated = list(_outdated(frame, claims, left_out))
    frame = frame.drop(index=[problem.row for problem in outdated])
    return frame, [*problems, *found, *outdated], len(out) + len(outdated)


def renew_quotations(
    stored: pd.DataFrame, found: Mapping[str, str], checked: Collection[str], claims: pd.DataFrame, day: str
) -> pd.DataFrame:
    """Return the table after a check: rows of claims that were looked up are made anew, the others stay.

    Parameters
    ----------
    stored
        The rows that hold so far.
    found
        SHA-256 of the text in which it was found, by claim id.
    checked
        Ids of all claims that were looked up.
    day
        Of the check, as an ISO date.
    """
    new = claims.loc[claims["claim_id"].isin(list(found)), list(_LOOKED_UP)]
    sha256 = new["claim_id"].map(dict(found)).astype("str")
    new = new.assign(checked_on=day, text_sha256=sha256)
    own = stored.columns.difference(new.columns)  # of the file, which other programs or people fill
    rows = pd.concat([stored[~stored["claim_id"].isin(list(checked))], new.assign(**dict.fromkeys(own, ""))])
    order = dict(zip(claims["claim_id"], range(len(claims)), strict=True))
    return rows.sort_values("claim_id", key=lambda ids: ids.map(order))


def _outdated(frame: pd.DataFrame, claims: pd.DataFrame, left_out: pd.DataFrame) -> Iterator[Problem]:
    """Yield for each row that no longer says anything of its claim why it doesn't."""
    row_of = dict(zip(left_out["claim_id"], left_out.index, strict=True))
    of_claims, of_rows = ([table[name] for name in _LOOKED_UP] for table in (claims, frame))
    now = {claim_id: (source_id, excerpt) for claim_id, source_id, excerpt in zip(*of_claims, strict=True)}
    for row, claim_id, source_id, excerpt in zip(frame.index, *of_rows, strict=True):
        if claim_id in row_of and claim_id not in now:
            reason = f"is the claim of {CLAIMS.file} row {row_of[claim_id]}, which is left out"
            yield Problem(QUOTATIONS.file, row, "claim_id", claim_id, reason, REPAIR_FIRST)
        elif claim_id not in now:
            yield Problem(QUOTATIONS.file, row, "claim_id", claim_id, "is the id of no claim", _CHECK_AGAIN)
        elif source_id != now[claim_id][0]:
            reason = "is no longer the claim's source, so the claim counts as not checked"
            yield Problem(QUOTATIONS.file, row, "source_id", source_id, reason, _CHECK_AGAIN)
        elif excerpt != now[claim_id][1]:
            reason = "is no longer the claim's excerpt, so the claim counts as not checked"
            yield Problem(QUOTATIONS.file, row, "excerpt", excerpt, reason, _CHECK_AGAIN)
