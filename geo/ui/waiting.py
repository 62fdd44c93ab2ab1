"""Long work in a thread of its own, so that the page can say meanwhile how far it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeVar

from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    Say = Callable[[str], object]

Made = TypeVar("Made")

_SILENT_S = 0.4  # what is done by then needs no words
_LOOK_S = 0.2


def work_and_say(work: Callable[[Say], Made], begins: str, place: DeltaGenerator) -> Made:
    """Return what the work makes, and say at a place of the page how far it is, while it takes its time.

    Parameters
    ----------
    work
        Is given what takes its words.
    begins
        What is said before it has said anything.

    Raises
    ------
    Exception
        Whatever the work raises.
    """
    said = [begins]
    worker = ThreadPoolExecutor(1, initializer=add_script_run_ctx, initargs=(None, get_script_run_ctx()))
    try:
        made = worker.submit(work, said.append)
        if wait([made], _SILENT_S).not_done:
            with place.status(said[-1]) as status:
                while wait([made], _LOOK_S).not_done:
                    status.update(label=said[-1])
        return made.result()
    finally:
        worker.shutdown(wait=False)  # a reader who leaves doesn't wait; what is made is there for the next
