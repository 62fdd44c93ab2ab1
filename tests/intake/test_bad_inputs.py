"""What cannot be used is refused in clear words, soon, and without taking the machine with it."""

from __future__ import annotations

import tracemalloc

import pytest
from intake.bad_inputs import BAD_INPUTS, HARMLESS, Bad

from geo.errors import DatasetError
from geo.intake import take_in
from geo.tables import read_files

PARSED_MB = 100  # at most, beside the upload itself, whatever was brought


def said_of(bad: Bad) -> str:
    """Return all that is said of a file: why it is refused; or what is asked, noted and left out."""
    try:
        intake = take_in([bad.upload])
        problems = read_files(intake.files).problems if intake.files else ()
    except DatasetError as error:
        return str(error)
    return "\n".join([*map(str, problems), *(question.text for question in intake.questions), *intake.notes])


def test_there_are_forty_of_them() -> None:
    assert len({bad.what for bad in BAD_INPUTS}) == len(BAD_INPUTS) >= 40


@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.what)
def test_what_is_wrong_is_said(bad: Bad) -> None:
    said = said_of(bad)
    assert [words for words in bad.words if words not in said] == []


@pytest.mark.parametrize("bad", [bad for bad in BAD_INPUTS if bad.is_big], ids=lambda bad: bad.what)
def test_the_refusal_comes_before_the_memory_is_spent(bad: Bad) -> None:
    upload = bad.upload
    tracemalloc.start()
    try:
        with pytest.raises(DatasetError):
            take_in([upload])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < PARSED_MB * 1e6


@pytest.mark.parametrize("bad", HARMLESS, ids=lambda bad: bad.what)
def test_what_is_only_strange_opens(bad: Bad) -> None:
    files = take_in([bad.upload]).files
    assert files
    tables = read_files(files)
    assert tables.problems == ()
    assert len(tables.claims) == 1
    assert all(words in tables.claims["statement"].iloc[0] for words in bad.words)
