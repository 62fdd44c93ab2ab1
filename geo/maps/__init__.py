"""The story view: one folium element with its own JavaScript, and the data that it is given."""

from geo.maps.assets_folder import Assets, build_assets
from geo.maps.payload import encode_payload
from geo.maps.story_view import story_map

__all__ = ["Assets", "build_assets", "encode_payload", "story_map"]
