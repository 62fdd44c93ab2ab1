"""A story as a web page of its own: all that its map needs is in the file, or for a big story beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from branca.element import Figure
from jinja2 import Environment, StrictUndefined

from geo import __version__
from geo.maps.packing import letters
from geo.maps.page_files import BASEMAP, SCRIPT, STYLE, hashed_name, read_assets
from geo.maps.story_view import DATA, story_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.card import Card

INDEX = "index.html"
GENERATOR = "Claim Atlas"
BASEMAP_INSIDE = "#basemap"  # where the page's own element is, as ``assets/store.js`` reads it
_MAP = "story_map"

# Text from a story becomes HTML here alone, and is escaped; what the template calls safe is our own, and base64.
_TEMPLATE = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
    (Path(__file__).with_name("assets") / "published.html").read_text(encoding="utf-8")
)


def published_page(title: str, description: str, payload: str, cards: Sequence[Card]) -> str:
    """Return a page that needs no other file and no network.

    Parameters
    ----------
    payload
        As ``encode_payload`` writes it, with ``BASEMAP_INSIDE`` for the base map.
    cards
        For readers without scripts, and for archives.
    """
    return _page(title, description, payload, cards, None)


def file_beside(name: str, content: bytes) -> tuple[str, str]:
    """Return the name and the text of a file with a part of a story's texts: compressed, in base64."""
    return _script(name, letters(content))


def published_folder(title: str, description: str, payload: str) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the data and of the page that loads them; as ``published_page`` otherwise.

    Parameters
    ----------
    payload
        As ``parted_payload`` writes it.
    """
    data = _script("data.js", payload)
    yield data
    yield INDEX, _page(title, description, None, (), data)


def _script(name: str, base64_text: str) -> tuple[str, str]:
    """Return a file's name and text: a script, since a page that is opened from a disk can't fetch."""
    text = f'window.{DATA} = "{base64_text}";\n'
    return hashed_name(name, text.encode()), text


def _page(
    title: str, description: str, payload: str | None, cards: Sequence[Card], data: tuple[str, str] | None
) -> str:
    assets = read_assets()
    script, style = _inline(assets[SCRIPT]), _lines(assets[STYLE])
    element, mount = _folium(payload)
    nonce = _sha256(data[1]) if data else None  # it names all other files, and these names their content
    return _TEMPLATE.render(
        policy=_policy((script, mount), style, nonce),
        generator=f"{GENERATOR} {__version__}",
        description=description
        or "What has been said, where, when and by whom: every mark on the map is a sourced claim.",
        title=title,
        style=style,
        element=element,
        basemap=assets[BASEMAP].replace("<", r"\u003c"),
        script=script,
        mount=mount,
        cards=cards,
        data=data[0] if data else None,
        nonce=nonce,
    )


def _folium(payload: str | None) -> tuple[str, str]:
    """Return folium's element for the map, and its script, which hands the map and the payload to ours."""
    story = story_map(payload)
    figure = Figure()
    figure.add_child(story)
    figure.render()
    # folium's ids are random; a story that is published again shall give the same file.
    parts = (part.render().replace(story.get_name(), _MAP) for part in (figure.html, figure.script))
    element, script = parts
    return element.strip(), _inline(script)


def _lines(text: str) -> str:
    """Return a text with the ends of lines as the browser reads them, and so hashes them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _inline(script: str) -> str:
    """Return a script in which nothing ends the element that it stands in."""
    return re.sub(r"<(?=/?script|!--)", r"\\x3C", _lines(script), flags=re.IGNORECASE)


def _policy(scripts: Iterable[str], style: str, nonce: str | None) -> str:
    """Return a Content-Security-Policy under which nothing else runs, and nothing is loaded or sent."""
    allowed = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts)
    if nonce:  # no hash: browsers compare that of a file only if it comes by HTTP
        allowed += f" 'nonce-{nonce}'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{_sha256(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
