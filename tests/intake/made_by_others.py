"""Tables in the shapes in which other people's tools and habits leave them, each with what it needs to be told."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook

from geo.intake import Answers, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Made(NamedTuple):
    """A table of somebody's.

    Attributes
    ----------
    claims
        How many of its rows open.
    answers
        What the atlas can't find out by itself: at most one thing.
    """

    what: str
    file: str
    make: Callable[[], bytes]
    claims: int
    answers: Answers = Answers()

    @property
    def upload(self) -> Upload:
        return Upload(self.file, self.make())


def delimited(records: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(records)
    return text.getvalue().encode(encoding)


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, records in sheets.items():
        sheet = book.create_sheet(title)
        for record in records:
            sheet.append(list(record))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def kobo_export() -> bytes:
    """Return what a form of KoboToolbox exports: groups before the names, its own columns around them."""
    headings = (
        *("start", "end", "today", "event/place_name", "event/what_happened", "event/date_of_event"),
        *("event/_location_latitude", "event/_location_longitude", "event/_location_altitude"),
        *("event/_location_precision", "event/reported_by", "event/link"),
        *(
            "_id",
            "_uuid",
            "_submission_time",
            "_validation_status",
            "_notes",
            "_status",
            "_submitted_by",
            "__version__",
        ),
    )
    first = (
        *("2024-10-09T08:12:33.123+10:00", "2024-10-09T08:20:01.500+10:00", "2024-10-09", "Sergeevsky"),
        *(
            "Buses with soldiers arrived at the base.",
            "2024-10-08",
            "43.5201",
            "131.9003",
            "0",
            "12.5",
            "A resident",
            "",
        ),
        *("812", "6f1c-01", "2024-10-09T22:31:10", "", "", "submitted_via_web", "field1", "vA1"),
    )
    second = (
        *("2024-10-14T09:00:00.000+10:00", "2024-10-14T09:05:00.000+10:00", "2024-10-14", "Vladivostok"),
        *("Four landing ships entered the bay.", "2024-10-12", "43.1056", "131.8735", "0", "4.9", "A harbour pilot"),
        *("https://example.org/photo/17", "813", "6f1c-02", "2024-10-13T23:05:44", "", "", "submitted_via_web"),
        *("field2", "vA1"),
    )
    return delimited([headings, first, second], ";", "utf-8-sig")


def google_sheet() -> bytes:
    """Return a Google Sheet as CSV: a title, merged headings over two rows, a row of totals."""
    return delimited(
        [
            ("Transfers reported in October", "", "", "", "", "", "", ""),
            ("", "", "", "", "", "", "", ""),
            ("Location", "", "", "Report", "", "", "Source", ""),
            ("Name", "Latitude", "Longitude", "Date", "What happened", "Troops", "Title", "URL"),
            (
                "Kursk",
                "51.7304",
                "36.1926",
                "10/25/2024",
                "Troops were seen.",
                "3,000",
                "A paper",
                "https://example.org/1",
            ),
            (
                "Sudzha",
                "51.1906",
                "35.2711",
                "10/8/2024",
                "A column passed.",
                "500",
                "A channel",
                "https://example.org/2",
            ),
            ("Total", "", "", "", "", "3,500", "", ""),
        ]
    )


def excel_sheet() -> bytes:
    """Return a workbook whose dates are dates, days' numbers and texts; another sheet is no table."""
    records = (
        ("Location", "Reported Date", "Claim", "Claimed by", "Source", "Number"),
        ("Kursk", date(2024, 10, 25), "Troops arrived.", "A ministry", "Briefing", 3000),
        ("Kursk", 45590, "Training has begun.", "A ministry", "Briefing", None),
        ("Ussuriysk", "26 October 2024", "Trains left.", "A railwayman", "https://example.org/a", "about 1,500"),
        ("Khabarovsk", "2024-10", "A base was prepared.", "An agency", "A report", "500-800"),
    )
    return workbook({"Read me": [("How this list is kept",), ("Ask before you change it",)], "Incidents": records})


def event_table() -> bytes:
    """Return events in the columns of the UCDP's georeferenced dataset; one of them is off the Earth."""
    headings = (
        *(
            "id",
            "relid",
            "year",
            "type_of_violence",
            "dyad_name",
            "side_a",
            "side_b",
            "source_article",
            "source_office",
        ),
        *(
            "source_date",
            "source_headline",
            "where_prec",
            "where_coordinates",
            "where_description",
            "adm_1",
            "latitude",
        ),
        *("longitude", "country", "event_clarity", "date_prec", "date_start", "date_end", "best", "high", "low"),
    )
    rows = [
        (
            *(n, f"RUS-2024-1-{n}", 2024, 1, "Government of A - Government of B", "Government of A", "Government of B"),
            *(
                f'"An agency,2024-08-{10 + n},A headline"',
                "An agency",
                f"2024-08-{10 + n}",
                f"Clashes at village {n}",
                1,
            ),
            *("Sudzha town", "near the border", "Kursk oblast", lat, "35.271083", "Russia", 1, 1),
            *(f"2024-08-0{n}", f"2024-08-0{n + 1}", 4, 7, 2),
        )
        for n, lat in ((6, "51.190619"), (7, "51.190619"), (8, "151.19"))
    ]
    return delimited([headings, *rows])


def hangul_table() -> bytes:
    """Return places in Hangul and Cyrillic, with no coordinates, parted by tabs, in UTF-16 as Excel saves 'Unicode'."""
    return delimited(
        [
            ("장소", "날짜", "주장", "출처"),
            ("블라디보스토크", "2024년 10월 8일", "군인 1,500명이 도착했다.", "연합뉴스"),
            ("Уссурийск", "2024-10-12", "훈련이 시작되었다.", "국가정보원"),
            ("함흥; 청진", "2024.10.08", "군인들이 배를 탔다.", "https://example.kr/a"),
        ],
        "\t",
        "utf-16",
    )


def cyrillic_table() -> bytes:
    """Return a table as a Russian Excel saves CSV: Windows-1251, semicolons, decimal commas, dates with dots."""
    return delimited(
        [
            ("№", "Место", "Широта", "Долгота", "Дата", "Что сообщается", "Кто сообщает", "Источник", "Численность"),
            (
                1,
                "Суджа",
                "51,1906",
                "35,2711",
                "08.10.2024",
                "Прибыла первая группа военных.",
                "Штаб",
                "Газета",
                "1 500",
            ),
            (
                2,
                "Курск",
                "51,7304",
                "36,1926",
                "03.11.2024",
                "Прибыла вторая группа военных.",
                "Штаб",
                "Газета",
                "2 600",
            ),
            (3, "Курск", "51,7304", "36,1926", "31.11.2024", "Такого дня в году не бывает.", "Штаб", "Газета", ""),
        ],
        ";",
        "cp1251",
    )


def ambiguous_table() -> bytes:
    """Return a table whose dates could be American or European, with latitude and longitude in one cell."""
    return delimited(
        [
            ("Location", "lat, lng", "Reported Date", "Claim", "Source URL"),
            ("Kursk", "51.7304, 36.1926", "03/04/2024", "Troops were seen.", "https://example.org/1"),
            ("Sudzha", "51.1906, 35.2711", "05/06/2024", "A column passed.", "https://example.org/2"),
        ]
    )


MADE_BY_OTHERS = (
    Made("a KoBo export", "Movements - all versions - labels.csv", kobo_export, 2),
    Made("a Google Sheet with merged headings", "Transfers - Sheet1.csv", google_sheet, 2),
    Made("an Excel file with dates as numbers and as text", "incidents.xlsx", excel_sheet, 4),
    Made("an event table in the columns of the UCDP", "gedevents.csv", event_table, 2),
    Made("places in Hangul and Cyrillic without coordinates", "보고.txt", hangul_table, 3),
    Made("semicolons, decimal commas and Windows-1251", "Отчёт.csv", cyrillic_table, 2),
    Made("dates that could be two", "list.csv", ambiguous_table, 2, Answers(date_order="day first")),
)
