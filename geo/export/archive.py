"""A whole story as one ZIP file, to keep or to go on with."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from geo.story_files import FILES

if TYPE_CHECKING:
    from geo.story_files import StoryFiles


def story_archive(files: StoryFiles) -> bytes:
    """Return a story's files, byte for byte, as a ZIP file; the same for the same files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name in FILES:
            if (content := files.contents.get(name)) is not None:
                entry = zipfile.ZipInfo(name)  # its time is 1980, so that the same story makes the same file
                entry.external_attr = 0o644 << 16
                target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
