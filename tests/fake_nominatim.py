"""A real HTTP server on loopback that plays Nominatim, well or badly."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Answer:
    """One answer: its body, as it is or as JSON, after so many seconds."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Request:
    """What arrived, and when by the monotonic clock."""

    at: float
    path: str
    parameters: dict[str, str]
    user_agent: str


class FakeNominatim(ThreadingHTTPServer):
    """Gives the scripted answers in turn, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = [Answer([])]
        self.requests: list[Request] = []
        self.lock = threading.Lock()

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def answer(self, *answers: Answer) -> None:
        self.answers = list(answers)


class Handler(BaseHTTPRequestHandler):
    server: FakeNominatim

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        parameters = {name: values[0] for name, values in parse_qs(address.query).items()}
        request = Request(time.monotonic(), address.path, parameters, self.headers["User-Agent"])
        with self.server.lock:
            self.server.requests.append(request)
            answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        time.sleep(answer.delay_s)
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)
        except OSError:
            pass  # the client has given up, as the tests of time-outs want

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def fake_nominatim() -> Iterator[FakeNominatim]:
    with FakeNominatim() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def place(name: str, lat: float, lon: float, osm_id: int, **more: object) -> dict[str, Any]:
    """Return a place as Nominatim describes one."""
    return {
        "osm_type": "relation",
        "osm_id": osm_id,
        "lat": str(lat),
        "lon": str(lon),
        "class": "boundary",
        "type": "administrative",
        "addresstype": "city",
        "name": name,
        "display_name": f"{name}, Primorsky Krai, Russia",
        "address": {"city": name, "state": "Primorsky Krai", "country": "Russia", "country_code": "ru"},
        "boundingbox": [str(lat - 0.25), str(lat + 0.25), str(lon - 0.5), str(lon + 0.5)],
    } | more


VLADIVOSTOK = place("Vladivostok", 43.1150678, 131.8855768, 4103)
