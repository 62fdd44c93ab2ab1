"""Joining the element's small ES modules into one classic script, which is all that streamlit-folium can load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT = re.compile(r'^import \{ [\w$]+(?:, [\w$]+)* \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\*? |const |class )", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join_modules(entry: Path, *, name: str, exposes: str) -> str:
    """Return one script that runs the modules in the order of their imports.

    Modules must import by name, on one line, from their own folder, and their top-level names must differ: the
    script holds them all in one function.

    Parameters
    ----------
    entry
        The module to begin with.
    name
        The global variable that the script sets.
    exposes
        The one function of the entry module that this variable offers.

    Raises
    ------
    ValueError
        When a module imports or exports in another way, or modules import each other in a circle.
    """
    parts: dict[Path, str] = {}
    _collect(entry, parts, ())
    body = "\n".join(parts.values())
    return f'(() => {{\n"use strict";\n{body}\nwindow.{name} = {{ {exposes} }};\n}})();\n'


def _collect(module: Path, parts: dict[Path, str], above: tuple[Path, ...]) -> None:
    if module in above:
        circle = " -> ".join(path.name for path in (*above, module))
        msg = f"modules import each other in a circle: {circle}"
        raise ValueError(msg)
    if module in parts:
        return
    source = module.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(source):
        _collect(module.parent / imported, parts, (*above, module))
    text = _EXPORT.sub("", _IMPORT.sub("", source))
    if left := _LEFT_OVER.search(text):
        msg = f"{module.name}: {left.group()!r} can't be joined. Import and export by name, on one line."
        raise ValueError(msg)
    parts[module] = text
