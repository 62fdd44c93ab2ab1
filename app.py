"""The atlas as Streamlit runs it: chooses the story and the geocoder, and hands them to the page."""

import os
from pathlib import Path

from geo.gazetteer import Offline
from geo.ui import show_page

show_page(Path(os.environ.get("CLAIM_ATLAS_STORY") or Path(__file__).parent / "data"), Offline())
