"""Long work says on the page how far it is; short work says nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def work_of(seconds: float, *, fails: bool = False) -> AppTest:
    def script(seconds: float, fails: bool) -> None:
        import time

        import streamlit as st

        from geo.ui.waiting import work_and_say

        def work(say):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            say("half of it…")
            time.sleep(seconds)
            if fails:
                raise LookupError
            return "made"

        try:
            st.write(work_and_say(work, "beginning…", st.container()))
        except LookupError:
            st.write("It is gone.")

    return AppTest.from_function(script, args=(seconds, fails), default_timeout=20).run()


def test_what_is_made_is_returned_and_said_nothing_of_where_it_takes_no_time() -> None:
    page = work_of(0)
    assert [each.value for each in page.markdown] == ["made"]
    assert not page.status


def test_long_work_says_how_far_it_is() -> None:
    page = work_of(1.2)
    assert [each.label for each in page.status] == ["half of it…"]
    assert page.markdown[-1].value == "made"


@pytest.mark.parametrize("seconds", [0, 1.2])
def test_an_error_of_the_work_is_the_callers(seconds: float) -> None:
    page = work_of(seconds, fails=True)
    assert [each.value for each in page.markdown] == ["It is gone."]
