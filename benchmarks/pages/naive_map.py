"""The map that one writes first: a slider of Streamlit's, and one folium marker for each site with a claim in it."""

import html
import os
from datetime import timedelta
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from local_leaflet import empty_map
from streamlit_folium import st_folium

MOST_STATEMENTS = 5  # of a site, in its tooltip


@st.cache_data
def read_claims(folder: str) -> pd.DataFrame:
    """Return each claim at each of its sites that has coordinates."""
    claims = pd.read_csv(Path(folder) / "claims.csv", dtype=str, keep_default_na=False)
    sites = pd.read_csv(Path(folder) / "locations.csv").dropna(subset=["latitude", "longitude"])
    claims["day"] = pd.to_datetime(claims["event_date"].str[:10], format="%Y-%m-%d", errors="coerce")
    places = claims["locations"] + ";" + claims["origins"] + ";" + claims["destinations"]
    return claims.assign(location_id=places.str.split(";")).explode("location_id").merge(sites, on="location_id")


st.set_page_config(layout="wide")
claims = read_claims(os.environ["CLAIM_ATLAS_STORY"])
days = claims["day"].dropna().dt.date
window = (days.min(), days.max() + timedelta(days=1))  # a slider's ends must differ
first, last = st.slider("Dates", *window, window)
inside = claims["day"].isna() | claims["day"].between(pd.Timestamp(first), pd.Timestamp(last))
story_map = empty_map((claims["latitude"].mean(), claims["longitude"].mean()))
for _, site in claims[inside].groupby("location_id"):
    words = "<br>".join(map(html.escape, [site["name"].iloc[0], *site["statement"].head(MOST_STATEMENTS)]))
    where = (site["latitude"].iloc[0], site["longitude"].iloc[0])
    folium.CircleMarker(where, radius=6, tooltip=words).add_to(story_map)
st_folium(story_map, height=700, use_container_width=True, returned_objects=[])
