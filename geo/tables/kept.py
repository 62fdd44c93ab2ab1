"""Kept stories: what was read and computed of a large story, in the user's cache folder, by the digest of its bytes.

A story's entry is a folder; each of its parts is a folder in that, put in place at once and not changed after. What
is read from there is mapped into memory, not copied. Entries can be deleted at any time: they are made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import platformdirs
import pyarrow as pa

from geo import __version__
from geo.schema import OPTIONAL_TABLES, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import numpy.typing as npt

MAX_KEPT_BYTES = 4_000_000_000
_FORMAT = 4  # to be raised when what is kept, or how it is checked, changes within a version of the package
_REST, _ROW, _LISTS = "rest.json", "", "lists"
_UNUSABLE = (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, pa.ArrowException)
_ABANDONED_S = 86_400.0


def default_folder() -> Path:
    """Return where stories are kept: in the user's cache folder."""
    return platformdirs.user_cache_path("claim-atlas") / "stories"


def kept_arrays(
    digest: str, name: str, make: Callable[[], Mapping[str, npt.NDArray[Any]]]
) -> Mapping[str, npt.NDArray[Any]]:
    """Return arrays that follow from a story's bytes alone: those that are kept, or else as made, and then kept.

    Parameters
    ----------
    digest
        Of the ``StoryFiles``.
    name
        Of the arrays as a whole: small letters, digits and hyphens. What they depend on besides the story's bytes must
        be in it.
    make
        Computes them; by names that files may have, of any dtype but object. What is kept is read-only.
    """
    part = _entry(digest) / name
    with suppress(*_UNUSABLE):
        if json.loads((part / _REST).read_bytes()) == _sizes(part):
            found = {path.stem: np.load(path, mmap_mode="r", allow_pickle=False) for path in part.glob("*.npy")}
            _touch(part)
            return found
    made = make()

    def write(folder: Path) -> None:
        for array, values in made.items():
            np.save(folder / f"{array}.npy", values, allow_pickle=False)
        (folder / _REST).write_text(json.dumps(_sizes(folder)), encoding="utf-8")

    _keep(part, write)
    return made


def kept_frames(digest: str, name: str) -> tuple[dict[str, pd.DataFrame], Any] | None:
    """Return frames as ``keep_frames`` kept them, with the rest; None where there are none that can be used."""
    part = _entry(digest) / name
    try:
        rest = json.loads((part / _REST).read_bytes())
        if rest["sizes"] != _sizes(part):
            return None
        frames = {table: _read_frame(part, table) for table in rest["frames"]}
        _touch(part)
    except _UNUSABLE:
        return None
    return frames, rest["rest"]


def keep_frames(digest: str, name: str, frames: Mapping[str, pd.DataFrame], rest: object) -> None:
    """Keep frames of texts, numbers, flags and tuples, with what else there is to them as JSON."""

    def write(folder: Path) -> None:
        for table, frame in frames.items():
            _write_frame(folder, table, frame)
        found = {"frames": list(frames), "sizes": _sizes(folder), "rest": rest}
        (folder / _REST).write_text(json.dumps(found), encoding="utf-8")

    _keep(_entry(digest) / name, write)


def _entry(digest: str) -> Path:
    layout = hashlib.sha256(repr((_FORMAT, __version__, TABLES, OPTIONAL_TABLES)).encode()).hexdigest()
    return default_folder() / f"{digest[:32]}-{layout[:16]}"


def _sizes(part: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(part.iterdir()) if path.name != _REST}


def _write_frame(folder: Path, table: str, frame: pd.DataFrame) -> None:
    columns: dict[str, pa.Array] = {_ROW: pa.array(frame.index.to_numpy("int64"))}
    lists = {}
    for name, column in frame.items():
        if column.dtype == object:  # tuples, each distinct one once
            codes, distinct = pd.factorize(column)
            lists[str(name)] = distinct.tolist()
            columns[str(name)] = pa.array(codes.astype("int32"))
        else:
            is_text = isinstance(column.dtype, pd.StringDtype)
            columns[str(name)] = pa.array(column, pa.large_string() if is_text else None, from_pandas=False)
    arrow = pa.table(columns).combine_chunks()
    with pa.OSFile(str(folder / f"{table}.arrow"), "wb") as file, pa.ipc.new_file(file, arrow.schema) as writer:
        writer.write_table(arrow)
    (folder / f"{table}.{_LISTS}.json").write_text(json.dumps(lists), encoding="utf-8")


def _read_frame(part: Path, table: str) -> pd.DataFrame:
    lists = json.loads((part / f"{table}.{_LISTS}.json").read_bytes())
    arrow = pa.ipc.open_file(pa.memory_map(str(part / f"{table}.arrow"))).read_all()
    arrow.validate()
    columns: dict[str, Any] = {}
    for name in arrow.column_names:
        column = arrow[name]
        if name in lists:
            distinct = np.empty(len(lists[name]), object)
            distinct[:] = [tuple(items) for items in lists[name]]
            columns[name] = distinct[column.to_numpy()]
        elif pa.types.is_large_string(column.type):
            columns[name] = pd.array(column, dtype="str")
        else:
            columns[name] = column.to_numpy()
    index = pd.Index(columns.pop(_ROW), name="row")
    return pd.DataFrame(columns, index, copy=False)


def _keep(part: Path, write: Callable[[Path], None]) -> None:
    """Have the part written aside and put in place at once; where no file can be written, it is not kept."""
    folder = default_folder()
    draft = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what one reads is private
        draft = folder / tempfile.mkdtemp(prefix=".", dir=folder)
        write(draft)
        part.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)  # one that could not be used
        draft.rename(part)
        _touch(part)
        _evict(folder, part.parent)
    except OSError:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)


def _touch(part: Path) -> None:
    with suppress(OSError):
        os.utime(part.parent)


def _evict(folder: Path, newest: Path) -> None:
    """Delete the entries that were used least recently, as far as all together are too large."""
    entries = sorted((path.stat().st_mtime, path) for path in folder.iterdir() if path != newest)
    left = MAX_KEPT_BYTES - _bytes_of(newest)
    for used, path in reversed(entries):
        is_draft = path.name.startswith(".")
        left -= _bytes_of(path)
        if left < 0 or (is_draft and time.time() - used > _ABANDONED_S):
            shutil.rmtree(path, ignore_errors=True)


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
