"""What the gazetteer's tests share: a server that plays Nominatim, and rows of locations.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_nominatim import FakeNominatim, fake_nominatim

from geo.gazetteer import Nominatim

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[FakeNominatim]:
    with fake_nominatim() as server:
        yield server


@pytest.fixture
def nominatim(server: FakeNominatim) -> Nominatim:
    return Nominatim(server.domain, "http", timeout_s=5)
