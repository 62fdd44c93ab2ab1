"""The files that the page's two maps load, under names that change with their content."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from rcssmin import cssmin  # type: ignore[import-untyped]
from rjsmin import jsmin  # type: ignore[import-untyped]
from xstatic.pkg import leaflet  # type: ignore[import-untyped]

from geo.maps.bundle import join_modules

_ASSETS = Path(str(files("geo.maps"))) / "assets"
_LEAFLET = Path(leaflet.BASE_DIR)
SCRIPT, STYLE, BASEMAP = "story_view.js", "story_view.css", "basemap.json"
_SOURCE_MAP = re.compile(r"\s*//# sourceMappingURL=\S+\s*\Z")
# Most functions run before the first map is there: an engine that is told so compiles all while the file comes in, and
# reads none twice (https://v8.dev/blog/explicit-compile-hints).
_COMPILE_HINT = "//# allFunctionsCalledOnLoad\n"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the story view's files, as its frame sees them.

    Attributes
    ----------
    script, style
        Leaflet's and ours in one file each: a page loads one after the other, however many there are.
    basemap
        The base map's data.
    """

    script: str
    style: str
    basemap: str


def read_assets() -> dict[str, str]:
    """Return the text of each of the story view's files by its name."""
    return {
        SCRIPT: _script("view.js", name="StoryView", exposes="mount"),
        STYLE: _style("story_view.css"),
        BASEMAP: (_ASSETS / BASEMAP).read_text(encoding="utf-8"),
    }


def build_candidate_map(folder: Path) -> None:
    """Write the map of candidates into a folder: its ``index.html``, for which Streamlit asks, and what this loads.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    own_style = cssmin((_ASSETS / "candidatemap.css").read_text(encoding="utf-8"))
    page = Template((_ASSETS / "candidatemap.html").read_text(encoding="utf-8")).substitute(
        style=_put(folder, STYLE, _style(STYLE)),
        own_style=_put(folder, "candidate_map.css", own_style),
        script=_put(
            folder, "candidate_map.js", _script("candidatemap.js", name="CandidateMap", exposes="showCandidates")
        ),
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def hashed_name(name: str, content: bytes) -> str:
    """Return a file's name with its content in it, so that no cache holds an older one under that name."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _script(entry: str, *, name: str, exposes: str) -> str:
    """Return Leaflet and modules of ours as one script, ours without comments and white space.

    What the minifier takes for white space may stand in a template inside a template: a test compares the syntax.
    Other signs than ASCII's are escaped: a script with one that Latin-1 lacks is kept in two bytes a sign.
    """
    # Leaflet's package points at a source map that browsers would ask for in vain.
    leaflet_script = _SOURCE_MAP.sub("", (_LEAFLET / "leaflet.js").read_text(encoding="utf-8"))
    own_script = jsmin(join_modules(_ASSETS / entry, name=name, exposes=exposes))
    return f"{_COMPILE_HINT}{leaflet_script}\n{_NOT_ASCII.sub(_escaped, own_script)}"


def _escaped(sign: re.Match[str]) -> str:
    """Return a sign as texts and patterns of JavaScript may write it, which is as those of JSON do."""
    return json.dumps(sign.group())[1:-1]


def _style(name: str) -> str:
    """Return Leaflet's rules and ours, which come after those that they overrule."""
    rules = [
        (folder / file).read_text(encoding="utf-8") for folder, file in ((_LEAFLET, "leaflet.css"), (_ASSETS, name))
    ]
    style: str = cssmin("\n".join(rules))
    return style


def _put(folder: Path, name: str, text: str) -> str:
    content = text.encode()
    hashed = hashed_name(name, content)
    (folder / hashed).write_bytes(content)
    return hashed
