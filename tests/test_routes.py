"""What is served beside the page: files of the story view, compressed once and kept by browsers."""

from __future__ import annotations

import gzip

import pytest
from asgi import answer
from starlette.applications import Starlette

from geo.routes import offer_file, story_routes

SERVER = Starlette(routes=story_routes())


@pytest.mark.parametrize(
    ("name", "kind"),
    [("view-1.js", "text/javascript"), ("view-2.css", "text/css"), ("map-3.json", "application/json")],
)
def test_a_file_comes_compressed_by_its_kind_and_may_be_kept_for_good(name: str, kind: str) -> None:
    content = "청진 — Chongjin\n".encode() * 100
    assert offer_file(name, content) == f"../../story_view/{name}"
    status, headers, body = answer(SERVER, f"/story_view/{name}")
    assert (status, gzip.decompress(body)) == (200, content)
    assert len(body) < len(content)
    assert headers["content-type"].split(";")[0] == kind
    assert (headers["content-encoding"], headers["content-length"]) == ("gzip", str(len(body)))
    assert headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/story_view/other.js", "/story_view/../routes.py", "/story_view/"])
def test_what_was_not_offered_is_not_there(path: str) -> None:
    assert answer(SERVER, path)[0] == 404
