"""Files as other people make them open, with one answer at most."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.made_by_others import MADE_BY_OTHERS, Made, kobo_export
from small_story import FixedGeocoder

from geo.intake import Answers, Upload, take_in
from geo.stories import open_story
from geo.tables import Tables, read_files

ROOT = Path(__file__).parents[2]


def opened(what: str) -> Tables:
    made = next(made for made in MADE_BY_OTHERS if what in made.what)
    files = take_in([made.upload], made.answers).files
    assert files
    return read_files(files)


@pytest.mark.parametrize("made", MADE_BY_OTHERS, ids=lambda made: made.what)
def test_each_opens_with_one_answer_at_most(made: Made) -> None:
    given = [made.answers.sheet, made.answers.header_row, made.answers.date_order, *made.answers.fields]
    assert len([answer for answer in given if answer]) <= 1
    intake = take_in([made.upload], made.answers)
    assert intake.questions == ()
    assert intake.files
    tables = read_files(intake.files)
    assert len(tables.claims) == made.claims
    assert intake.table
    assert made.claims + sum(tables.left_out.values()) == intake.table.rows


@pytest.mark.parametrize("made", MADE_BY_OTHERS, ids=lambda made: made.what)
def test_each_opens_on_the_map(made: Made) -> None:
    files = take_in([made.upload], made.answers).files
    assert files
    assert len(open_story(files, FixedGeocoder()).cards) == made.claims


def test_what_is_asked_about_dates_shows_them_and_offers_both_orders() -> None:
    made = next(made for made in MADE_BY_OTHERS if made.answers.date_order)
    intake = take_in([made.upload])
    assert intake.files is None
    (question,) = intake.questions
    assert (question.field, question.choices) == ("date_order", ("day first", "month first"))
    assert question.examples == ("03/04/2024", "05/06/2024")
    by_order = {
        order: read_files(files).claims["reported_date"].tolist()
        for order in question.choices
        if (files := take_in([made.upload], Answers(date_order=order)).files)
    }
    assert by_order == {"day first": ["2024-04-03", "2024-06-05"], "month first": ["2024-03-04", "2024-05-06"]}


def test_the_kobo_form_keeps_what_has_no_field_and_the_time_of_day() -> None:
    claims = opened("KoBo").claims
    assert claims["event/_location_precision"].tolist() == ["12.5", "4.9"]
    assert claims["reported_date"].tolist() == ["2024-10-09", "2024-10-13"]
    assert claims["_submission_time"].tolist() == ["2024-10-09T22:31:10", "2024-10-13T23:05:44"]
    assert claims["claim_id"].tolist() == ["6f1c-01", "6f1c-02"]


def test_when_a_form_was_filled_in_is_not_when_it_happened() -> None:
    without = kobo_export().replace(b"event/date_of_event", b"event/weather")
    files = take_in([Upload("form.csv", without)], Answers(fields={"event/weather": ""})).files
    assert files
    assert set(read_files(files).claims["event_date"]) == {""}


def test_the_best_estimate_is_kept_beside_the_range() -> None:
    claims = opened("UCDP").claims
    assert claims[["quantity_min", "quantity_max", "best"]].to_numpy().tolist() == [[2.0, 7.0, "4"]] * 2
    assert claims["event_date"].tolist() == ["2024-08-06/2024-08-07", "2024-08-07/2024-08-08"]
    assert claims["where_prec"].tolist() == ["1", "1"]


def test_coordinates_say_from_which_row_they_were_taken() -> None:
    locations = opened("Windows-1251").locations
    assert locations["coordinate_source"].tolist() == ["Отчёт.csv, row 2", "Отчёт.csv, row 3"]
    assert locations["latitude"].tolist() == [51.1906, 51.7304]


def test_places_without_coordinates_are_left_to_the_gazetteer() -> None:
    tables = opened("Hangul")
    assert tables.locations["name"].tolist() == ["블라디보스토크", "Уссурийск", "함흥", "청진"]
    assert tables.locations["latitude"].isna().all()
    assert tables.claims["locations"].tolist()[2] == ("함흥", "청진")
