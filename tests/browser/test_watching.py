"""That a page does nothing it must not is worth something only if the watch sees what it shall see."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Trouble
    from playwright.sync_api import Page


def test_a_request_that_would_leave_the_machine_is_refused_and_noticed(page: Page, trouble: Trouble) -> None:
    url = "http://tile.example.org/1/1/1.png"
    page.set_content(f"<img src='{url}'>")
    page.wait_for_function("document.images[0].complete")
    assert page.evaluate("document.images[0].naturalWidth") == 0
    assert trouble.outside_requests == [url]
    trouble.outside_requests.clear()
    trouble.console_errors.clear()


def test_errors_and_dialogs_are_noticed(page: Page, trouble: Trouble) -> None:
    page.set_content(
        "<script>console.error('told'); setTimeout(() => { throw new Error('thrown') }); alert(1)</script>"
    )
    page.wait_for_timeout(100)
    assert sorted(trouble.console_errors) == ["thrown", "told"]
    assert trouble.dialogs == ["1"]
    trouble.console_errors.clear()
    trouble.dialogs.clear()
