"""Coordinates and numbers as people write them."""

from __future__ import annotations

import pytest

from geo.intake.figures import Quantity, decimal_marks, read_degrees, read_pair, read_quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("51.73", 51.73),
        ("51,73", 51.73),
        ("−0.5", -0.5),
        ("36.19 W", -36.19),
        ("S33.9", -33.9),
        ("51°44'13\"N", 51.7369444),
        ("36°11.5' W", -36.1916667),
        ("51°75'13\"N", None),
        ("Kursk", None),
        ("", None),
    ],
)
def test_degrees(text: str, value: float | None) -> None:
    assert read_degrees(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "51.73, 36.19",
        "(51.73, 36.19)",
        "51.73 36.19 0 4.9",
        "51,73; 36,19",
        "51,73 36,19",
        "POINT (36.19 51.73)",
        "51.73N, 36.19E",
        "N51.73 E36.19",
    ],
)
def test_two_in_one_cell(text: str) -> None:
    assert read_pair(text) == (51.73, 36.19)


@pytest.mark.parametrize("text", ["Kursk, Russia", "2024, 10", "51.73", ""])
def test_what_is_no_pair(text: str) -> None:
    assert read_pair(text) is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1500", Quantity("1500", "1500")),
        ("1,500", Quantity("1500", "1500")),
        ("1 500", Quantity("1500", "1500")),
        ("1,500–2,000", Quantity("1500", "2000")),
        ("about 1,500", Quantity("1500", "1500", is_approximate=True)),
        ("1,500+", Quantity("1500", "")),
        ("up to 3000", Quantity("", "3000")),
        ("1.500", None),
        ("dozens", None),
        ("5-", None),
    ],
)
def test_a_number(text: str, quantity: Quantity | None) -> None:
    assert read_quantity(text, set()) == quantity


def test_the_tables_other_numbers_tell_what_a_comma_means() -> None:
    assert decimal_marks(["51,1906", "1 500"]) == {","}
    assert read_quantity("1,5", {","}) == Quantity("1.5", "1.5")
    assert read_quantity("1.500", {","}) == Quantity("1500", "1500")
    assert read_quantity("1,500", {","}) is None
