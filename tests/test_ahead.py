"""The header that is added to one of the server's answers: what the frame will load."""

from __future__ import annotations

import pytest
from asgi import answer
from starlette.responses import PlainTextResponse

from geo import ahead
from geo.ahead import Ahead, announce

FRAME = "/component/streamlit_folium.st_folium/index.html"


@pytest.fixture(autouse=True)
def _nothing_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_announced", {})


def headers(path: str) -> dict[str, str]:
    """Return what stands in the headers of a server's answer."""
    return answer(Ahead(PlainTextResponse("")), path)[1]


def test_the_frames_page_says_what_its_script_will_ask_for() -> None:
    announce("page", {"../../story_view/view-1.js": "script", "../../story_view/view-2.css": "style"})
    announce("story", {"../../story/abc/columns": "fetch"})
    assert headers(FRAME)["link"] == (
        "<../../story_view/view-1.js>; rel=preload; as=script, <../../story_view/view-2.css>; rel=preload; as=style, "
        "<../../story/abc/columns>; rel=preload; as=fetch; crossorigin"
    )
    assert headers(f"/under/a/path{FRAME}")["link"] == headers(FRAME)["link"]


def test_what_is_announced_takes_the_place_of_what_was_announced_of_the_same() -> None:
    announce("page", {"../../story_view/view-1.js": "script"})
    announce("story", {"../../story/abc/columns": "fetch"})
    announce("story", {})
    assert headers(FRAME)["link"] == "<../../story_view/view-1.js>; rel=preload; as=script"


@pytest.mark.parametrize("path", ["/", "/component/ours/index.html", "/story_view/view-1.js"])
def test_other_answers_are_as_they_were(path: str) -> None:
    announce("page", {"../../story_view/view-1.js": "script"})
    assert "link" not in headers(path)


def test_nothing_is_said_before_anything_is_announced() -> None:
    assert "link" not in headers(FRAME)
    announce("story", {})
    assert "link" not in headers(FRAME)
