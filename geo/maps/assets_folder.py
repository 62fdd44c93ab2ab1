"""The files that the page's two maps load, gathered in one folder under names that change with their content."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from xstatic.pkg import leaflet  # type: ignore[import-untyped]

from geo.maps.bundle import join_modules

_ASSETS = Path(str(files("geo.maps"))) / "assets"
_LEAFLET = Path(leaflet.BASE_DIR)
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


def build_assets(folder: Path) -> Assets:
    """Write the files into a folder; its ``index.html`` is the map of candidates, a component of its own.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    script = join_modules(_ASSETS / "view.js", name="StoryView", exposes="mount")
    candidates = join_modules(_ASSETS / "candidatemap.js", name="CandidateMap", exposes="showCandidates")
    # Leaflet's package points at a source map that browsers would ask for in vain.
    leaflet_script = _SOURCE_MAP.sub("", (_LEAFLET / "leaflet.js").read_text(encoding="utf-8"))
    assets = Assets(
        scripts=(_put(folder, "leaflet.js", leaflet_script), _put(folder, "story_view.js", script)),
        styles=(
            _put(folder, "leaflet.css", (_LEAFLET / "leaflet.css").read_text(encoding="utf-8")),
            _put(folder, "story_view.css", (_ASSETS / "story_view.css").read_text(encoding="utf-8")),
        ),
        basemap=_put(folder, "basemap.json", (_ASSETS / "basemap.json").read_text(encoding="utf-8")),
    )
    own_style = _put(folder, "candidate_map.css", (_ASSETS / "candidatemap.css").read_text(encoding="utf-8"))
    page = Template((_ASSETS / "candidatemap.html").read_text(encoding="utf-8")).substitute(
        styles="".join(f'<link rel="stylesheet" href="{name}" />' for name in (*assets.styles, own_style)),
        scripts="".join(
            f'<script src="{name}"></script>'
            for name in (assets.scripts[0], _put(folder, "candidate_map.js", candidates))
        ),
    )
    (folder / "index.html").write_text(page, encoding="utf-8")  # Streamlit asks for it by this name
    return assets


def _put(folder: Path, name: str, text: str) -> str:
    content = text.encode()
    stem, _, suffix = name.rpartition(".")
    hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (folder / hashed).write_bytes(content)
    return hashed
