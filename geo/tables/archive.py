"""A story as one file to keep or to hand on."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from geo.story_files import FILES

if TYPE_CHECKING:
    from geo.story_files import StoryFiles

_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows: the same story is the same archive on any day


def zip_files(files: StoryFiles) -> bytes:
    """Return the files of a story as a ZIP, each byte for byte; the same files make the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for file in FILES:
            if file in files.contents:
                entry = zipfile.ZipInfo(file, _WHEN)
                entry.external_attr = 0o644 << 16  # else some programs unpack it as a file that nobody may read
                target.writestr(entry, files.contents[file], zipfile.ZIP_DEFLATED)
    return archive.getvalue()
