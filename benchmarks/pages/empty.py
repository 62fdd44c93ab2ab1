"""An empty Streamlit page: what every page costs."""

import streamlit as st

st.write("Empty")
