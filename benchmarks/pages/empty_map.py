"""An empty folium map in a Streamlit page, without tiles, since nothing is loaded from elsewhere."""

import streamlit as st
from local_leaflet import empty_map
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
st_folium(empty_map((49.5, 32.0)), height=700, use_container_width=True, returned_objects=[])
