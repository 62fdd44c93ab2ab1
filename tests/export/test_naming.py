"""Names of files."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.export import file_name
from geo.selection import Selection


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("North Korean troops reported in Russia", "north-korean-troops-reported-in-russia.csv"),
        ("Café & Straße: ﬁn", "cafe-strae-fin.csv"),
        ("Владивосток", "story.csv"),
        ("../../etc/passwd\x00", "etc-passwd.csv"),
        ("CON", "story.csv"),
        ("", "story.csv"),
        ("x" * 500, f"{'x' * 60}.csv"),
    ],
)
def test_a_name_is_the_title_in_letters_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, Selection(), ".csv") == name


def test_the_days_that_were_chosen_stand_in_the_name() -> None:
    asked = Selection(from_=date(2024, 10, 8), to=date(2024, 10, 13), known=date(2024, 10, 20))
    name = "a-from-2024-10-08-to-2024-10-13-as-known-on-2024-10-20.kml"
    assert file_name("A", asked, ".kml") == name
    assert file_name("A", Selection(to=date(2024, 10, 13)), ".kml") == "a-to-2024-10-13.kml"


@given(st.text())
def test_no_title_makes_a_name_that_leads_elsewhere(title: str) -> None:
    name = file_name(title, Selection(), ".csv").removesuffix(".csv")
    assert name.isascii()
    assert name.replace("-", "").isalnum()
    assert not name.startswith("-")
