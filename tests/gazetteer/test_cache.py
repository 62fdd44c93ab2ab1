from __future__ import annotations

import json
import math
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fake_nominatim import VLADIVOSTOK, Answer, FakeNominatim
from geopy.exc import GeocoderServiceError
from geopy.location import Location

from geo.gazetteer import Cached, Nominatim, Offline, ask, cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Counting:
    """A geocoder of the simplest make, that counts how often it is asked."""

    def __init__(self, *answers: Location | None) -> None:
        self.answers, self.asked = list(answers), 0

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:  # noqa: ARG002
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer if exactly_one or answer is None else [answer]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2024, 10, 19, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


PLACE = Location("Vladivostok, Russia", (43.1, 131.9), {"id": 4103})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers.sqlite3"


def test_a_second_call_asks_nobody_and_gives_the_same(path: Path) -> None:
    geocoder = Counting(PLACE)
    for _ in range(2):
        assert Cached(geocoder, path).geocode("Vladivostok") == PLACE
    assert geocoder.asked == 1


def test_a_service_is_asked_once_also_for_candidates(path: Path, server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    answers = [ask(Cached(nominatim, path), "Vladivostok", country_code="RU", feature_type="city") for _ in range(2)]
    assert answers[0] == answers[1] == ask(nominatim, "Vladivostok", country_code="RU", feature_type="city")
    assert answers[1][0].raw == VLADIVOSTOK
    assert len(server.requests) == 2, "once through the cache, once past it"


def test_another_query_country_type_or_service_is_another_question(path: Path) -> None:
    offline = Offline()
    cached = Cached(offline, path)
    assert ask(cached, "Kursk", feature_type="city") != ask(cached, "Kursk", feature_type="area")
    assert ask(cached, "Chongjin") != ask(cached, "Chongjin", country_code="CN")
    assert cached.geocode("Kursk") != cached.geocode("Kursk", exactly_one=False)
    assert Cached(Counting(PLACE), path).geocode("Kursk") == PLACE


def test_another_edition_of_a_geocoder_is_asked_anew(path: Path) -> None:
    first, second = Counting(PLACE), Counting(PLACE)
    for geocoder, edition in ((first, "1"), (second, "2"), (first, "1")):
        geocoder.edition = edition
        assert Cached(geocoder, path).geocode("Vladivostok") == PLACE
    assert (first.asked, second.asked) == (1, 1)


def test_the_offline_gazetteers_answers_come_back_as_they_were(path: Path) -> None:
    for query, narrowed in (("Ussuryisk", {"country_code": "RU"}), ("Kursk", {}), ("zzzzqqqq", {})):
        first, again = (ask(Cached(Offline(), path), query, **narrowed) for _ in range(2))
        assert first == again == ask(Offline(), query, **narrowed)


def test_areas_without_coordinates_come_back_without(path: Path) -> None:
    cached = Cached(Offline(), path)
    first, again = (ask(cached, "Kursk Oblast", feature_type="area")[0] for _ in range(2))
    assert first == again
    assert (again.lat, again.lon) == (None, None)
    geocoder = Counting(Offline().geocode("Kursk Oblast", featuretype="state"))
    for _ in range(2):
        location = Cached(geocoder, path).geocode("Kursk Oblast")
        assert (math.isnan(location.latitude), math.isnan(location.longitude)) == (True, True)
    assert geocoder.asked == 1


def test_the_file_keeps_service_query_time_and_raw_answer(
    path: Path, nominatim: Nominatim, server: FakeNominatim
) -> None:
    server.answer(Answer([VLADIVOSTOK]))
    clock = Clock()
    Cached(nominatim, path, clock=clock).geocode("Владивосток", country_codes="ru")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT service, query, asked_at, answer FROM answers").fetchall()
    [(service, query, asked_at, answer)] = rows
    assert service == f"Nominatim at {server.domain}"
    assert json.loads(query) == {"query": "Владивосток", "exactly_one": True, "country_codes": "ru"}
    assert datetime.fromisoformat(asked_at) == clock.now
    assert json.loads(answer)[0][3] == VLADIVOSTOK


def test_not_found_is_kept_for_a_week(path: Path) -> None:
    geocoder, clock = Counting(None, PLACE), Clock()
    cached = Cached(geocoder, path, clock=clock)
    assert cached.geocode("Vladivostok") is None
    clock.now += timedelta(days=6, hours=23)
    assert cached.geocode("Vladivostok") is None
    assert geocoder.asked == 1
    clock.now += timedelta(hours=2)
    assert cached.geocode("Vladivostok") == PLACE


def test_an_answer_is_kept_for_half_a_year(path: Path) -> None:
    geocoder, clock = Counting(PLACE), Clock()
    cached = Cached(geocoder, path, clock=clock)
    cached.geocode("Vladivostok")
    clock.now += timedelta(days=179)
    cached.geocode("Vladivostok")
    assert geocoder.asked == 1
    clock.now += timedelta(days=2)
    cached.geocode("Vladivostok")
    assert geocoder.asked == 2


def test_errors_are_not_kept(path: Path, server: FakeNominatim, nominatim: Nominatim) -> None:
    server.answer(Answer(b"", 500), Answer(b"", 500), Answer([VLADIVOSTOK]))
    cached = Cached(nominatim, path)
    with pytest.raises(GeocoderServiceError):
        cached.geocode("Vladivostok")
    assert cached.geocode("Vladivostok").raw == VLADIVOSTOK


def other_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE answers")
        connection.execute("CREATE TABLE answers (something TEXT)")


@pytest.mark.parametrize(
    "tear",
    [
        lambda path: path.write_bytes(b"not a database, though long enough to be taken for one" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:20] + b"\xff" * 9000),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\0" * (path.stat().st_size - 100)),
        other_table,
    ],
    ids=["not a database", "cut short", "overwritten", "zeros", "another layout"],
)
def test_a_torn_file_is_set_aside_and_begun_anew(path: Path, tear: Callable[[Path], object]) -> None:
    geocoder = Counting(PLACE)
    cached = Cached(geocoder, path)
    for number in range(40):
        cached.geocode(f"Vladivostok {number}")
    tear(path)
    asked = geocoder.asked
    for _ in range(3):
        assert cached.geocode("Vladivostok 7") == PLACE
    assert geocoder.asked in (asked + 1, asked + 2), "the new file is in use after the second call at the latest"
    assert path.with_name(path.name + ".torn").exists()


def test_an_emptied_file_is_begun_anew(path: Path) -> None:
    geocoder = Counting(PLACE)
    cached = Cached(geocoder, path)
    cached.geocode("Vladivostok")
    path.write_bytes(b"")
    for _ in range(3):
        assert cached.geocode("Vladivostok") == PLACE
    assert geocoder.asked == 2, "once before, and once for the new file"


@pytest.mark.parametrize("answer", ["", "nonsense", "{}", "[[]]", '[["a", "b", "c", null]]', "7"])
def test_a_row_that_makes_no_sense_is_asked_for_again(path: Path, answer: str) -> None:
    geocoder = Counting(PLACE)
    cached = Cached(geocoder, path)
    cached.geocode("Vladivostok")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE answers SET answer = ?", (answer,))
    assert cached.geocode("Vladivostok") == PLACE
    assert geocoder.asked == 2


def test_where_no_file_can_be_the_geocoder_still_answers(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert Cached(Counting(PLACE), tmp_path / "file" / "answers.sqlite3").geocode("Vladivostok") == PLACE
    (tmp_path / "folder").mkdir()
    assert Cached(Counting(PLACE), tmp_path / "folder").geocode("Vladivostok") == PLACE


def test_a_file_that_another_process_is_writing_to_is_waited_for(path: Path) -> None:
    geocoder = Counting(PLACE)
    cached = Cached(geocoder, path)
    cached.geocode("Chongjin")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        release = threading.Timer(0.5, other.rollback)
        release.start()
        cached.geocode("Vladivostok")
        release.join()
    assert cached.geocode("Vladivostok") == PLACE
    assert geocoder.asked == 2


def test_a_file_that_stays_locked_is_waited_for_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_LOCK_WAIT_S", 0.05)
    geocoder = Counting(PLACE)
    cached = Cached(geocoder, path)
    cached.geocode("Chongjin")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cached.geocode("Vladivostok") == PLACE
    cached.geocode("Chongjin")
    assert geocoder.asked == 3, "the file is let alone, though it is free by now"
    Cached(geocoder, path).geocode("Chongjin")
    assert geocoder.asked == 3


WRITE_MANY = """
import sys
from pathlib import Path
from geopy.location import Location
from geo.gazetteer import Cached

class One:
    service = "Counting"
    def geocode(self, query, *, exactly_one=True):
        return Location("Vladivostok, Russia", (43.1, 131.9), {"id": 4103})

cached = Cached(One(), Path(sys.argv[1]))
for number in range(50):
    cached.geocode(f"{sys.argv[2]} {number}")
"""


def test_two_processes_write_at_once_and_lose_nothing(path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITE_MANY, str(path)]
    processes = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    assert [process.wait(60) for process in processes] == [0, 0]
    geocoder = Counting(None)
    cached = Cached(geocoder, path)
    assert all(cached.geocode(f"{name} {n}") == PLACE for name in ("one", "two") for n in range(50))
    assert geocoder.asked == 0
