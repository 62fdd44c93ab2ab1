"""Many readers at once, over the WebSocket and by the messages that Streamlit's own page sends."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import websockets
from serving import DidNotFinishError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from serving import Server

FIRST_DAY, DAYS = date(2024, 8, 1), 100  # of the shipped story; every window begins on one of them
THINKING_S = 5.0
RERUNS = 4
LIMIT_S = 60


@dataclass(slots=True)
class Readers:
    """What became of the readers of one page.

    Attributes
    ----------
    reruns_ms
        From each message that asks for a rerun to the one that says that it is finished.
    errors
        Exceptions that the page showed, and sessions that broke off.
    mb_each
        By how much the server's memory grew, divided by the readers.
    """

    reruns_ms: list[float] = field(default_factory=list)
    errors: int = 0
    mb_each: float = 0


def read_together(server: Server, count: int, *, thinking_s: float = THINKING_S) -> Readers:
    """Let some readers open a page at once, each ask for reruns with pauses in between, and leave.

    Raises
    ------
    DidNotFinishError
        When it takes too long.
    """
    readers = Readers()
    before = server.rss_mb()
    limit = LIMIT_S + RERUNS * thinking_s * 2
    try:
        asyncio.run(asyncio.wait_for(_all(server, count, thinking_s, readers), limit))
    except TimeoutError as error:
        msg = f"{count} readers were not done in {limit:.0f} s"
        raise DidNotFinishError(msg) from error
    readers.mb_each = (readers.mb_each - before) / count
    return readers


async def _all(server: Server, count: int, thinking_s: float, readers: Readers) -> None:
    opened = asyncio.Barrier(count)

    async def one(number: int) -> None:
        chance = random.Random(number)
        try:
            async with websockets.connect(_stream(server), subprotocols=["streamlit"], max_size=None) as socket:
                await _run(socket, "", readers)
                if await opened.wait() == 0:
                    readers.mb_each = server.rss_mb()  # of all, until the end
                for _ in range(RERUNS):
                    await asyncio.sleep(thinking_s * chance.uniform(0.5, 1.5))
                    # as the page asks once the story view has reported a step
                    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
                    readers.reruns_ms.append(await _run(socket, f"from={day}", readers))
                await opened.wait()
        except (OSError, websockets.WebSocketException):
            readers.errors += 1
            await opened.abort()

    await asyncio.gather(*map(one, range(count)), return_exceptions=True)


def first_session_s(server: Server, limit_s: float) -> None:
    """Open a page once and wait until its script is finished.

    Raises
    ------
    DidNotFinishError
        When it takes too long.
    """

    async def visit() -> None:
        async with websockets.connect(_stream(server), subprotocols=["streamlit"], max_size=None) as socket:
            await _run(socket, "", Readers())
            await _run(socket, "", Readers())  # as the story view asks for the tabs once it is drawn

    try:
        asyncio.run(asyncio.wait_for(visit(), limit_s))
    except TimeoutError as error:
        msg = f"the first session was not done in {limit_s:.0f} s"
        raise DidNotFinishError(msg) from error


def _stream(server: Server) -> str:
    return f"{server.address.replace('http', 'ws', 1)}/_stcore/stream"


async def _run(socket: websockets.ClientConnection, query: str, readers: Readers) -> float:
    """Ask for a run of the script and return the ms until it is finished."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    start = time.perf_counter()
    await socket.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await socket.recv())
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            readers.errors += 1
        if kind == "script_finished":
            return (time.perf_counter() - start) * 1000
