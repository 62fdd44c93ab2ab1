"""The story view: one folium element with its own JavaScript, and the data that it is given."""

from geo.maps.page_files import BASEMAP, SCRIPT, STYLE, Assets, build_candidate_map, hashed_name, read_assets
from geo.maps.payload import (
    Head,
    Parts,
    ViewedStory,
    arrow_words,
    packed_sites,
    parted_payload,
    served_columns,
    served_payload,
    site_words,
    standing,
    whole_payload,
)
from geo.maps.published import BASEMAP_INSIDE, GENERATOR, INDEX, file_beside, published_folder, published_page
from geo.maps.story_view import story_map
from geo.maps.view_columns import arrow_frame, first_sites

__all__ = [
    "BASEMAP",
    "BASEMAP_INSIDE",
    "GENERATOR",
    "INDEX",
    "SCRIPT",
    "STYLE",
    "Assets",
    "Head",
    "Parts",
    "ViewedStory",
    "arrow_frame",
    "arrow_words",
    "build_candidate_map",
    "file_beside",
    "first_sites",
    "hashed_name",
    "packed_sites",
    "parted_payload",
    "published_folder",
    "published_page",
    "read_assets",
    "served_columns",
    "served_payload",
    "site_words",
    "standing",
    "story_map",
    "whole_payload",
]
