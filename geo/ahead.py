"""What the browser is told before it asks: which files to load while the frame of the story view starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
        What the browser will take each for, a "destination" as Fetch says it, by its address as the frame sees it.
    """
    _announced[what] = dict(files)


class Ahead:
    """Middleware of ASGI around Streamlit's server.

    The frame's own script, which isn't ours, asks for the files only once it runs, one after the other; told ahead, the
    browser has them by then.

    References
    ----------
    RFC 8288 (Link), the HTML standard's link type "preload".
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as Streamlit does, with a header more where the frame's page is asked for."""
        if scope["type"] != "http" or not scope["path"].endswith(_FRAME) or not any(_announced.values()):
            await self._app(scope, receive, send)
            return
        files = {address: kind for told in _announced.values() for address, kind in told.items()}
        links = (f"<{address}>; rel=preload; as={kind}{_MODE.get(kind, '')}" for address, kind in files.items())

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Link"] = ", ".join(links)
            await send(message)

        await self._app(scope, receive, send_with_links)
