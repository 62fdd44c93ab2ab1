"""The story view: one folium element with its own JavaScript, and the data that it is given."""

from geo.maps.assets_folder import Assets, build_assets
from geo.maps.payload import (
    Head,
    ViewedStory,
    arrow_words,
    packed_sites,
    served_columns,
    served_payload,
    site_words,
    whole_payload,
)
from geo.maps.published import BASEMAP_INSIDE, GENERATOR, INDEX, published_folder, published_page
from geo.maps.story_view import story_map
from geo.maps.view_columns import arrow_frame

__all__ = [
    "BASEMAP_INSIDE",
    "GENERATOR",
    "INDEX",
    "Assets",
    "Head",
    "ViewedStory",
    "arrow_frame",
    "arrow_words",
    "build_assets",
    "packed_sites",
    "published_folder",
    "published_page",
    "served_columns",
    "served_payload",
    "site_words",
    "story_map",
    "whole_payload",
]
