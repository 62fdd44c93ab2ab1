"""The story view as a folium element: a map with no layers of folium's own, which our script takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.maps.page_files import SCRIPT, STYLE

if TYPE_CHECKING:
    from geo.maps.page_files import Assets

DATA = "storyData"  # the global variable of a payload that comes in a file of its own
_MIN_ZOOM = 2
_MAX_ZOOM = 12  # the base map is drawn for 1:50 million; closer it shows nothing more


class StoryView(MacroElement):
    """Hands a story to the script; the template is constant, and the payload is base64."""

    _template = Template("""
        {% macro script(this, kwargs) -%}
        StoryView.mount({{ this._parent.get_name() }}, {{ this.data }});
        {%- endmacro %}
    """)

    def __init__(self, payload: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "StoryView"
        self.data = f"window.{DATA}" if payload is None else f'"{payload}"'


def story_map(payload: str | None, assets: Assets | None = None) -> folium.Map:
    """Return the map of a story.

    Parameters
    ----------
    payload
        As ``encode_payload`` writes it; None where another script sets it as the global variable ``DATA``.
    assets
        The files to load; none where the page brings them itself.
    """
    story = folium.Map(location=(0, 0), zoom_start=_MIN_ZOOM, tiles=None, zoom_snap=0.25, world_copy_jump=True)
    # folium's own arguments of these names are for a tile layer, and there is none.
    story.options |= {"min_zoom": _MIN_ZOOM, "max_zoom": _MAX_ZOOM}
    # On the instance: other maps of the process keep folium's own files.
    story.default_js = [(SCRIPT, assets.script)] if assets else []
    story.default_css = [(STYLE, assets.style)] if assets else []
    story.add_child(StoryView(payload))
    return story
