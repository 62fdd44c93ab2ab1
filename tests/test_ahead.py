"""The headers that are added to the server's answers: what the frame will load, and what a browser may keep."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from geo import ahead
from geo.ahead import Ahead, announce

if TYPE_CHECKING:
    from starlette.requests import Request

FRAME = "/component/streamlit_folium.st_folium/index.html"


@pytest.fixture(autouse=True)
def _nothing_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_announced", {})


def headers(path: str, *, status: int = 200) -> dict[str, str]:
    """Return what stands in the headers of a server's answer."""

    async def answer(_: Request) -> Response:
        return Response("", status_code=status, headers={"Cache-Control": "public"})

    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    app = Ahead(Starlette(routes=[Route("/{path:path}", answer)]))
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_frames_page_says_what_its_script_will_ask_for() -> None:
    announce("page", {"../ours/view-1.js": "script", "../ours/view-2.css": "style"})
    announce("story", {"../../story/abc/columns": "fetch"})
    assert headers(FRAME)["link"] == (
        "<../ours/view-1.js>; rel=preload; as=script, <../ours/view-2.css>; rel=preload; as=style, "
        "<../../story/abc/columns>; rel=preload; as=fetch; crossorigin"
    )
    assert headers(f"/under/a/path{FRAME}")["link"] == headers(FRAME)["link"]


def test_what_is_announced_takes_the_place_of_what_was_announced_of_the_same() -> None:
    announce("page", {"../ours/view-1.js": "script"})
    announce("story", {"../../story/abc/columns": "fetch"})
    announce("story", {})
    assert headers(FRAME)["link"] == "<../ours/view-1.js>; rel=preload; as=script"


def test_what_is_announced_is_kept_by_the_browser_for_good() -> None:
    announce("page", {"../ours/view-1.js": "script"})
    kept = headers("/component/ours/view-1.js")
    assert kept["cache-control"] == "private, max-age=31536000, immutable"
    assert "link" not in kept


@pytest.mark.parametrize("path", ["/", "/component/ours/index.html", "/component/ours/other-view-1.js", FRAME])
def test_what_is_not_announced_is_kept_no_longer_than_before(path: str) -> None:
    announce("page", {"../ours/view-1.js": "script"})
    assert headers(path)["cache-control"] == "public"
    assert ("link" in headers(path)) == (path == FRAME)


def test_an_error_is_not_kept() -> None:
    announce("page", {"../ours/view-1.js": "script"})
    assert headers("/component/ours/view-1.js", status=404)["cache-control"] == "public"
    assert "link" not in headers(FRAME, status=500)


def test_nothing_is_said_before_anything_is_announced() -> None:
    assert "link" not in headers(FRAME)
