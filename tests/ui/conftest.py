"""The page as Streamlit runs it: ``app.py`` on real folders, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest
from ui.reading import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from ui.reading import OpenPage


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens the page of a folder, the shipped story's if none is named, at an address."""

    def run(folder: Path | None = None, **query: str) -> AppTest:
        if folder is None:
            monkeypatch.delenv("CLAIM_ATLAS_STORY", raising=False)
        else:
            monkeypatch.setenv("CLAIM_ATLAS_STORY", str(folder))
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        page.session_state["begun"] = True  # no browser draws the story view, which would ask for a second run
        for name, value in query.items():
            page.query_params[name.rstrip("_")] = value
        return page.run()

    return run
