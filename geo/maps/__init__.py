"""The story view: one folium element with its own JavaScript, and the data that it is given."""

from geo.maps.assets_folder import Assets, build_assets
from geo.maps.payload import Head, ViewedStory, served_columns, served_payload, whole_payload
from geo.maps.published import BASEMAP_INSIDE, GENERATOR, INDEX, published_folder, published_page
from geo.maps.story_view import story_map

__all__ = [
    "BASEMAP_INSIDE",
    "GENERATOR",
    "INDEX",
    "Assets",
    "Head",
    "ViewedStory",
    "build_assets",
    "published_folder",
    "published_page",
    "served_columns",
    "served_payload",
    "story_map",
    "whole_payload",
]
