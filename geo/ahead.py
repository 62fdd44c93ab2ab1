"""What the browser is told before it asks: which files to load while the frame of the story view starts."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOR_GOOD = "private, max-age=31536000, immutable"  # for what has another address when it has another content
_FRAME = "/component/streamlit_folium.st_folium/index.html"
_MODE = {"fetch": "; crossorigin"}  # a script asks in that mode, and what was loaded in another is loaded again
_announced: dict[str, dict[str, str]] = {}


def announce(what: str, files: Mapping[str, str]) -> None:
    """Tell browsers from now on what the story view's frame will load, in the place of what they were told before.

    Parameters
    ----------
    what
        For what part of the page; others stay announced.
    files
        What the browser will take each for, a "destination" as Fetch says it, by its address as the frame sees it. The
        address changes with the content.
    """
    _announced[what] = dict(files)


class Ahead:
    """Middleware of ASGI around Streamlit's server.

    The frame's own script, which isn't ours, asks for the files only once it runs, one after the other; told ahead, the
    browser has them by then. Streamlit lets it keep them for no time, and a reader would load them with every visit.

    References
    ----------
    RFC 8288 (Link), the HTML standard's link type "preload", RFC 8246 (immutable).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as Streamlit does, with a header of ours."""
        header = _header(scope["path"]) if scope["type"] == "http" else None
        if not header:
            await self._app(scope, receive, send)
            return
        name, value = header

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < HTTPStatus.BAD_REQUEST:
                MutableHeaders(scope=message)[name] = value
            await send(message)

        await self._app(scope, receive, send_with_header)


def _header(path: str) -> tuple[str, str] | None:
    files = {address: kind for told in _announced.values() for address, kind in told.items()}
    if files and path.endswith(_FRAME):
        return "Link", ", ".join(
            f"<{address}>; rel=preload; as={kind}{_MODE.get(kind, '')}" for address, kind in files.items()
        )
    if any(path.endswith("/" + address.replace("../", "")) for address in files):
        return "Cache-Control", FOR_GOOD
    return None
