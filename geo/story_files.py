"""The files of a story as bytes, wherever they come from: a folder, an archive, a page that somebody uploads to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.schema import OPTIONAL_TABLES, PACKAGE_FILE, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import Problem

FILES = (PACKAGE_FILE, *(table.file for table in (*TABLES, *OPTIONAL_TABLES)))
MAY_BE_MISSING = (PACKAGE_FILE, *(table.file for table in OPTIONAL_TABLES))


@dataclass(frozen=True, slots=True)
class StoryFiles:
    """What a story is read from.

    Attributes
    ----------
    name
        What the story is called where its ``datapackage.json`` doesn't say.
    contents
        Bytes by file name; of names other than ``FILES`` nothing is read.
    problems
        What was already found to be wrong on the way here, such as a file that cannot be read.
    left_out
        By the name of an original file that the three tables were made from: how many of its rows are not in them.
    digest
        SHA-256 of the files with their names, in hexadecimal: the story's identity for every cache.
    """

    name: str
    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256()
        for file in FILES:
            if (content := self.contents.get(file)) is not None:
                digest.update(f"{file}\0{len(content)}\0".encode())
                digest.update(content)
        object.__setattr__(self, "digest", digest.hexdigest())

    def with_file(self, file: str, content: bytes) -> StoryFiles:
        """Return the same story with one file put in place of the one of that name, and what was said of that gone."""
        kept = tuple(problem for problem in self.problems if problem.file != file)
        return replace(self, contents={**self.contents, file: content}, problems=kept)
