"""The way in: what each file is, and who reads it."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import TYPE_CHECKING

from geo.errors import DatasetError, Problem
from geo.intake.model import BY_NAME, Answers, ColumnGuess, Intake, TableGuess
from geo.schema import CLAIMS, LOCATIONS, SOURCES
from geo.story_files import FILES, StoryFiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.intake.model import Upload

_NAMES = {"place": "place", "location": "place", "date": "date", "claim": "statement", "source": "source"}
_NAMES |= {"latitude": "latitude", "lat": "latitude", "longitude": "longitude", "lon": "longitude"}


def take_in(uploads: Sequence[Upload], answers: Answers = Answers()) -> Intake:  # noqa: B008 - it is frozen
    """Return the story that the files hold, or what must be answered first.

    Parameters
    ----------
    uploads
        A story's own tables, a ZIP of them, a workbook, or a single table.
    answers
        What a person says of a single table.

    Raises
    ------
    DatasetError
        When nothing can be opened, whatever is answered.
    """
    ours = {upload.name: upload.content for upload in uploads if upload.name in FILES}
    if ours:
        return Intake(StoryFiles("story", ours))
    if len(uploads) != 1:
        reason, fix = "these are no files of a story", "Open claims.csv, sources.csv and locations.csv, or one table."
        raise DatasetError([Problem("upload", None, None, None, reason, fix)])
    return _one_table(uploads[0], answers)


def _one_table(upload: Upload, answers: Answers) -> Intake:
    records = list(csv.DictReader(io.StringIO(upload.content.decode("utf-8-sig"), newline="")))
    headings = list(records[0]) if records else []
    fields = {heading: answers.fields.get(heading, _NAMES.get(heading.casefold(), "")) for heading in headings}
    columns = tuple(
        ColumnGuess(heading, field, BY_NAME if field else "", tuple(row[heading] for row in records[:3]))
        for heading, field in fields.items()
    )
    table = TableGuess(upload.name, "", (), 1, "UTF-8", "commas", columns, len(records), "")
    rows = [{fields[heading]: cell for heading, cell in record.items()} for record in records]
    claims = [
        {
            "claim_id": f"claim-{number}",
            "statement": row.get("statement", ""),
            "claimant": "not stated",
            "source_id": f"source-{number}",
            "locations": f"place-{number}",
            "event_date": row.get("date", ""),
            "modality": "happened",
        }
        for number, row in enumerate(rows, 2)
    ]
    sources = [{"source_id": f"source-{number}", "title": row.get("source", "")} for number, row in enumerate(rows, 2)]
    locations = [
        {
            "location_id": f"place-{number}",
            "name": row.get("place", ""),
            "latitude": row.get("latitude", ""),
            "longitude": row.get("longitude", ""),
            "coordinate_source": f"{upload.name}, row {number}" if row.get("latitude") else "",
        }
        for number, row in enumerate(rows, 2)
    ]
    contents = {}
    for schema, found in ((CLAIMS, claims), (SOURCES, sources), (LOCATIONS, locations)):
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, schema.names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
        contents[schema.file] = text.getvalue().encode()
    return Intake(StoryFiles(PurePath(upload.name).stem, contents), table)
