"""What the browser asks for beside the page: files of the story view; of a big story the view's columns, and texts."""

from __future__ import annotations

import gzip
from datetime import date
from mimetypes import guess_type
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from geo.served_view import MOST_ASKED, ServedView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

_PREFIX, _FILES = "story", "story_view"
_JSON, _BYTES = "application/json", "application/octet-stream"
_KEPT = "private, max-age=31536000, immutable"  # for good: another content has another address
_COMPRESSED = {"Content-Encoding": "gzip", "Cache-Control": _KEPT}
_files: dict[str, bytes] = {}
# An address is told only to who may see the story; it ends with the last page that keeps the view.
_views: WeakValueDictionary[str, ServedView] = WeakValueDictionary()


def address_of(key: str) -> str:
    """Return where a view is found, as the story view's frame sees it."""
    return f"../../{_PREFIX}/{key}/"


def offer(key: str, view: ServedView) -> None:
    """Serve a view for as long as someone keeps it."""
    _views[key] = view


def offer_file(name: str, content: bytes) -> str:
    """Serve a file of the story view, compressed once, and return where it is found, as the frame sees it.

    Parameters
    ----------
    name
        Changes with the content.
    """
    _files[name] = gzip.compress(content, mtime=0)
    return f"../../{_FILES}/{name}"


def story_routes() -> list[Route]:
    """Return the routes for Streamlit's server."""
    files = Route(f"/{_FILES}/{{name}}", _file)
    columns = Route(f"/{_PREFIX}/{{key}}/columns", _columns)
    return [
        files,
        columns,
        *(Route(f"/{_PREFIX}/{{key}}/{what}", _answering(ask, media)) for what, ask, media in _ANSWERS),
    ]


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _files:
        raise HTTPException(404)
    return Response(_files[name], media_type=guess_type(name)[0], headers=_COMPRESSED)


def _columns(request: Request) -> Response:
    return Response(_view(request).columns, media_type=_BYTES, headers=_COMPRESSED)


def _answering(ask: Callable[[ServedView, Mapping[str, str]], bytes], media: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            content = ask(_view(request), request.query_params)
        except (IndexError, KeyError, ValueError) as error:
            raise HTTPException(400) from error
        return Response(content, media_type=media, headers={"Cache-Control": _KEPT})

    return answer


def _view(request: Request) -> ServedView:
    view = _views.get(request.path_params["key"])
    if view is None:
        raise HTTPException(404)
    return view


def _numbers(asked: Mapping[str, str]) -> list[int]:
    numbers = [int(text) for text in asked["numbers"].split(",")]
    if min(numbers) < 0 or len(numbers) > MOST_ASKED:
        raise ValueError
    return numbers


def _known(asked: Mapping[str, str]) -> date | None:
    return date.fromisoformat(asked["known"]) if "known" in asked else None


_ANSWERS: tuple[tuple[str, Callable[[ServedView, Mapping[str, str]], bytes], str], ...] = (
    ("cards", lambda view, asked: view.cards(_numbers(asked)), _JSON),
    ("sites", lambda view, asked: view.sites(_numbers(asked)), _JSON),
    ("arrows", lambda view, asked: view.arrows(_numbers(asked)), _JSON),
    ("claim-ids", lambda view, asked: view.claim_ids(_numbers(asked)), _JSON),
    ("site-ids", lambda view, _: view.site_ids(), _JSON),
    ("locate", lambda view, asked: view.locate(asked["site"], asked["claim"]), _JSON),
    ("search", lambda view, asked: view.search(asked["q"]), _BYTES),
    ("dossiers", lambda view, asked: view.dossiers(_numbers(asked), _known(asked)), _JSON),
    ("sides", lambda view, asked: view.sides(_numbers(asked)[0], _known(asked)), _JSON),
)
