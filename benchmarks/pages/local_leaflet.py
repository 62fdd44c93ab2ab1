"""Leaflet from this machine for folium's own maps, which would else wait for a network."""

from pathlib import Path

import folium
from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet


def empty_map(centre: tuple[float, float]) -> folium.Map:
    """Return a map without tiles."""
    served = declare_component("leaflet", path=str(Path(leaflet.BASE_DIR)))
    made = folium.Map(centre, zoom_start=5, tiles=None)
    made.default_js = [("leaflet", f"../{served.name}/leaflet.js")]
    made.default_css = [("leaflet", f"../{served.name}/leaflet.css")]
    return made
