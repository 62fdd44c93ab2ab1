"""The atlas as Streamlit runs it: chooses the story and the geocoder, and hands them to the page."""

import os
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from geo.ahead import Ahead
from geo.routes import story_routes

if __name__ == "__main__":  # as a script, which runs anew for every reader
    from geo.gazetteer import Offline
    from geo.ui import show_page  # not before: Streamlit must be there when the page declares its components

    show_page(Path(os.environ.get("CLAIM_ATLAS_STORY") or Path(__file__).parent / "data"), Offline())
else:  # as a module, which the server imports once
    app = App(__file__, routes=story_routes(), middleware=[Middleware(Ahead)])
