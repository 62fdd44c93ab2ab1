"""What a ZIP holds, looked at from outside before anything of it is unpacked."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geo.errors import quote
from geo.intake.grid import refusal
from geo.intake.kinds import foreign_archive
from geo.intake.limits import MAX_INFLATED_MB, MAX_MEMBERS, MAX_RATIO, MEGABYTE
from geo.intake.model import Upload

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPACK = "Pack the story's tables anew, as a plain ZIP."
_BEYOND = "has a member that would be written outside of its folder"
_UNIX, _ENCRYPTED = 3, 0x1


def open_archive(upload: Upload) -> zipfile.ZipFile:
    """Return a ZIP whose every member may be read.

    Raises
    ------
    DatasetError
        When it is broken, would unpack to more than the limits allow, or holds what a story has no use for.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(upload.content))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise refusal(upload.name, f"the ZIP is broken or cut off ({error})", "Send it or pack it anew.") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise refusal(upload.name, f"the ZIP has {len(members):,} members, more than {MAX_MEMBERS:,}", _REPACK)
    total = sum(member.file_size for member in members)
    if total > MAX_INFLATED_MB * MEGABYTE:
        reason = f"the ZIP would unpack to {total / MEGABYTE:,.0f} MB, more than {MAX_INFLATED_MB} MB"
        raise refusal(upload.name, reason, "Divide the story.")
    names: set[str] = set()
    for member in members:
        _check_member(upload.name, member)
        if member.filename.casefold() in names:
            raise refusal(upload.name, f"the ZIP holds {quote(member.filename)} twice", _REPACK)
        names.add(member.filename.casefold())
    if (found := foreign_archive(archive.namelist())) is not None:
        raise refusal(upload.name, f"the file is {found[0]}", found[1])
    return archive


def read_member(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> bytes:
    """Return the bytes of one member; no more of them than the ZIP says that there are.

    Raises
    ------
    DatasetError
        When they can't be unpacked.
    """
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        name = member if isinstance(member, str) else member.filename
        raise refusal(file, f"{quote(name)} in the ZIP can't be unpacked ({error})", _REPACK) from error


def unpacked(upload: Upload, archive: zipfile.ZipFile) -> Iterator[Upload]:
    """Yield the files of the ZIP's root, or of the one folder that holds them all; hidden ones left out."""
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member.filename)]
    folders = {PurePosixPath(member.filename).parent for member in members}
    root = PurePosixPath() if PurePosixPath() in folders or not folders else min(folders, key=lambda each: each.parts)
    for member in members:
        path = PurePosixPath(member.filename)
        if path.parent == root and len(root.parts) <= 1:
            content = read_member(upload.name, archive, member)
            if content.startswith(b"PK\x03\x04"):
                raise refusal(
                    upload.name, f"{quote(path.name)} in the ZIP is a ZIP or a workbook itself", "Bring it alone."
                )
            yield Upload(path.name, content)


def _is_hidden(name: str) -> bool:
    """Return whether an archiver put it there by itself, as that of macOS does with ``__MACOSX/._claims.csv``."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _check_member(file: str, member: zipfile.ZipInfo) -> None:
    name = member.orig_filename  # before the module puts slashes for backslashes and cuts at a NUL
    path = PurePosixPath(name)
    if "\\" in name or "\0" in name or path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", name):
        raise refusal(file, f"the ZIP {_BEYOND}: {quote(name)}", _REPACK)
    if member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16):
        raise refusal(file, f"the ZIP holds a link instead of a file: {quote(name)}", _REPACK)
    if member.flag_bits & _ENCRYPTED:
        raise refusal(file, "the ZIP has a password", "Pack it without one.")
    if member.file_size > MEGABYTE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        times = member.file_size // max(member.compress_size, 1)
        reason = f"{quote(name)} in the ZIP would grow {times:,} times, more than {MAX_RATIO}"
        raise refusal(file, reason, "No table does; look at what packed it.")
