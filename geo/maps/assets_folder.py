"""The files that the page's two maps load, gathered in one folder under names that change with their content."""

from __future__ import annotations

import hashlib
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
BASEMAP = "basemap.json"
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*\Z")


@dataclass(frozen=True, slots=True)
class Assets:
    """Names of the built files inside their folder.

    Attributes
    ----------
    scripts, styles
        In the order in which a page must load them: Leaflet, then ours.
    basemap
        The base map's data.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    basemap: str


def read_assets() -> dict[str, str]:
    """Return the text of each file by its name, in the order in which a page must load them."""
    # Leaflet's package points at a source map that browsers would ask for in vain.
    leaflet_script = _SOURCE_MAP.sub("", (_LEAFLET / "leaflet.js").read_text(encoding="utf-8"))
    return {
        "leaflet.js": leaflet_script,
        "story_view.js": _script("view.js", name="StoryView", exposes="mount"),
        "leaflet.css": (_LEAFLET / "leaflet.css").read_text(encoding="utf-8"),
        "story_view.css": _style("story_view.css"),
        BASEMAP: (_ASSETS / BASEMAP).read_text(encoding="utf-8"),
    }


def build_assets(folder: Path) -> Assets:
    """Write the files into a folder; its ``index.html`` is the map of candidates, a component of its own.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    names = {name: _put(folder, name, text) for name, text in read_assets().items()}
    candidates = _script("candidatemap.js", name="CandidateMap", exposes="showCandidates")
    assets = Assets(
        scripts=tuple(built for name, built in names.items() if name.endswith(".js")),
        styles=tuple(built for name, built in names.items() if name.endswith(".css")),
        basemap=names[BASEMAP],
    )
    own_style = _put(folder, "candidate_map.css", _style("candidatemap.css"))
    page = Template((_ASSETS / "candidatemap.html").read_text(encoding="utf-8")).substitute(
        styles="".join(f'<link rel="stylesheet" href="{name}" />' for name in (*assets.styles, own_style)),
        scripts="".join(
            f'<script src="{name}"></script>'
            for name in (assets.scripts[0], _put(folder, "candidate_map.js", candidates))
        ),
    )
    (folder / "index.html").write_text(page, encoding="utf-8")  # Streamlit asks for it by this name
    return assets


def hashed_name(name: str, content: bytes) -> str:
    """Return a file's name with its content in it, so that no cache holds an older one under that name."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def _script(entry: str, *, name: str, exposes: str) -> str:
    """Return modules as one script, without comments and white space.

    What the minifier takes for white space may stand in a template inside a template: a test compares the syntax.
    """
    script: str = jsmin(join_modules(_ASSETS / entry, name=name, exposes=exposes))
    return script


def _style(name: str) -> str:
    style: str = cssmin((_ASSETS / name).read_text(encoding="utf-8"))
    return style


def _put(folder: Path, name: str, text: str) -> str:
    content = text.encode()
    hashed = hashed_name(name, content)
    (folder / hashed).write_bytes(content)
    return hashed
