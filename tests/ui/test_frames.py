"""What the tables of the page say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_story import claim, pinned, small_story

from geo.selection import Selection
from geo.ui.frames import story_frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from geo.ui.frames import Frames

UNSETTLED = {"location_id": "lost", "name": "Lost Village", "query": "nowhere in any gazetteer"}
PLACES = (pinned("chongjin", 41.8, 129.8), pinned("vladivostok", 43.1, 131.9), UNSETTLED)


def frames_of(folder: Path, *claims: dict[str, str], **tables: Sequence[dict[str, str]]) -> Frames:
    return story_frames(small_story(folder, claims, **{"locations": PLACES, **tables}))


def claims_of(frames: Frames) -> pd.DataFrame:
    found = frames.passing(Selection())
    return frames.claim_rows(found, found.claims)


def movements_of(frames: Frames) -> pd.DataFrame:
    found = frames.passing(Selection())
    return frames.movement_rows(found, found.movements)


def cell(frames: Frames, column: str, row: int = 0) -> str:
    return str(claims_of(frames)[column].iloc[row])


def test_claims_come_in_the_order_of_their_dates(tmp_path: Path) -> None:
    frames = frames_of(
        tmp_path,
        claim("undated"),
        claim("ends", event_date="../2024-01-01"),
        claim("later", event_date="2024-10-09"),
        claim("october", event_date="2024-10"),
        claim("open", event_date="2024-10-08/.."),
        claim("same-day", event_date="2024-10-09"),
    )
    assert claims_of(frames)["Id"].tolist() == ["october", "open", "later", "same-day", "ends", "undated"]


def test_an_inferred_date_says_so_and_a_stated_one_does_not(tmp_path: Path) -> None:
    dates = {"event_date": "2024-10-08/2024-10-13", "reported_date": "2024-10-18"}
    bases = {"event_date_basis": "inferred", "reported_date_basis": "stated"}
    frames = frames_of(tmp_path, claim("sent", **dates, **bases, note="From the day of the week."))
    assert cell(frames, "Happened") == "8-13 Oct 2024 (inferred)"
    assert cell(frames, "Said") == "18 Oct 2024"


def test_a_claim_that_states_no_date_says_so(tmp_path: Path) -> None:
    assert cell(frames_of(tmp_path, claim("sent")), "Happened") == "not dated"


@pytest.mark.parametrize(
    ("places", "words", "on_map"),
    [
        ({}, "", "no place stated"),
        ({"locations": "chongjin"}, "Chongjin", "yes"),
        ({"locations": "lost"}, "Lost Village", "place not settled: Lost Village"),
        ({"locations": "chongjin;lost"}, "Chongjin; Lost Village", "in part; place not settled: Lost Village"),
        ({"origins": "chongjin", "destinations": "vladivostok"}, "from Chongjin, to Vladivostok", "yes"),
        ({"destinations": "vladivostok", "locations": "chongjin"}, "Chongjin, to Vladivostok", "yes"),
    ],
)
def test_a_claim_says_where_and_whether_that_is_on_the_map(
    tmp_path: Path, places: dict[str, str], words: str, on_map: str
) -> None:
    frames = frames_of(tmp_path, claim("sent", **places))
    assert (cell(frames, "Places"), cell(frames, "On the map")) == (words, on_map)


def test_a_claim_says_what_others_say_of_it_and_what_it_is_about(tmp_path: Path) -> None:
    frames = frames_of(
        tmp_path,
        claim("sent", statement="They were sent."),
        claim("denial", claimant="A ministry", responds_to="sent", stance="denies"),
    )
    assert cell(frames, "What others say") == "A ministry denied this"
    assert cell(frames, "Responds to", 1) == "A service: They were sent."


def test_a_movement_is_one_row_and_says_what_is_not_stated(tmp_path: Path) -> None:
    frames = frames_of(
        tmp_path,
        claim("stays", locations="chongjin"),
        claim("comes", destinations="vladivostok"),
        claim(
            "sent",
            origins="chongjin;lost",
            destinations="vladivostok",
            quantity_min="1500",
            quantity_max="1500",
            quantity_of="sent so far",
            mode="ship",
        ),
    )
    shown = movements_of(frames).set_index("Id")[["From", "To", "Number", "What it counts", "By"]]
    assert shown.loc["comes"].tolist() == ["not stated", "Vladivostok", "not stated", "", "not stated"]
    sent = ["Chongjin; Lost Village", "Vladivostok", "1,500 in total", "sent so far", "ship"]
    assert shown.loc["sent"].tolist() == sent
    assert len(shown) == 2


SOURCES = (
    {"source_id": "statement", "publisher": "A service", "kind": "statement", "published": "2024-10-18"},
    {"source_id": "imagery", "publisher": "A service", "kind": "imagery"},
    {"source_id": "article", "publisher": "A paper", "title": "A title", "derived_from": "statement;imagery"}
    | {"language": "en", "note": "Read twice."},
    {"source_id": "reprint", "publisher": "A site", "derived_from": "article", "url": "https://example.org/x"},
)


def test_a_claim_names_its_documents_from_the_first_to_the_one_that_was_read(tmp_path: Path) -> None:
    sent = claim("sent", claimant="A service", reported_date="2024-10-18", source_id="reprint")
    frames = frames_of(tmp_path, sent, sources=SOURCES)
    assert cell(frames, "Documents") == "A service (statement) → A paper → A site"


def test_a_document_says_what_it_reprints_who_reprints_it_and_how_many_claims_came_through_it(tmp_path: Path) -> None:
    sent = claim("sent", claimant="A service", reported_date="2024-10-18", source_id="reprint")
    documents = frames_of(tmp_path, sent, claim("own", claimant="A paper", source_id="article"), sources=SOURCES)
    shown = documents.documents
    assert shown["Claims in all"].to_dict() == {"statement": 1, "imagery": 0, "article": 2, "reprint": 1}
    assert shown.loc["article", "Reprints or quotes"] == "A service (statement); A service (imagery)"
    assert shown.loc["article", "Reprinted or quoted by"] == "A site"
    assert shown.loc["reprint", "Address"] == "https://example.org/x"
    assert shown.loc["statement", ["Title", "Address", "Archived copy", "Reprints or quotes"]].isna().all()
    assert shown.loc["statement", ["Publisher", "Kind", "Published"]].tolist() == [
        "A service",
        "statement",
        "18 Oct 2024",
    ]
    assert shown.loc["article", ["Title", "Language", "Note"]].tolist() == ["A title", "en", "Read twice."]


def test_documents_that_share_publisher_and_kind_are_told_apart(tmp_path: Path) -> None:
    sources = (
        {"source_id": "first", "publisher": "A paper", "title": "One"},
        {"source_id": "second", "publisher": "A paper", "derived_from": "first"},
        {"source_id": "third", "derived_from": "second"},
        {"source_id": "fourth", "derived_from": "third"},
    )
    documents = frames_of(tmp_path, claim("sent", source_id="fourth"), sources=sources).documents
    assert documents["Reprints or quotes"].tolist()[1:] == ["A paper: One", "A paper: second", "third"]


def test_a_place_says_where_it_is_how_that_is_known_and_who_names_it(tmp_path: Path) -> None:
    places = (pinned("chongjin", 41.8, 129.8, uncertainty_km="12", feature_type="city"), UNSETTLED)
    claims = (claim("a", locations="chongjin"), claim("b", origins="chongjin", destinations="chongjin"))
    shown = frames_of(tmp_path, *claims, locations=places).places.set_index("Place")
    known = ["city", 41.8, 129.8, 12.0, "pinned: a test", 2]
    columns = ["What it is", "Latitude", "Longitude", "Uncertainty, km", "How it is known", "Claims"]
    assert shown.loc["Chongjin", columns].tolist() == known
    assert shown.loc["Lost Village", ["Latitude", "Longitude", "Uncertainty, km"]].isna().all()
    assert shown.loc["Lost Village", "How it is known"] == "place not settled, see the problems"


def test_columns_of_the_story_s_own_are_shown_in_every_table(tmp_path: Path) -> None:
    frames = frames_of(
        tmp_path,
        claim("sent", Note="mine", unit="87th"),
        claim("denied"),
        locations=[pinned("chongjin", 41.8, 129.8, photo="yes")],
        sources=[{"source_id": "article", "desk": "Asia"}],
    )
    assert claims_of(frames)["More"].tolist() == ["Note: mine; unit: 87th", ""]
    assert frames.places["More"].tolist() == ["photo: yes"]
    assert frames.documents["More"].tolist() == ["desk: Asia"]
    assert frames.files["Columns of its own"].tolist() == ["photo", "desk", "Note; unit"]


def test_no_table_has_a_column_for_what_no_story_has(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, claim("sent"))
    assert not [frame for frame in (claims_of(frames), frames.documents, frames.places) if "More" in frame]


def test_the_files_say_how_many_rows_are_in_use_and_left_out(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, claim("sent"), claim("wrong", event_date="2024-13-08"))
    rows = frames.files[["File", "Rows in use", "Rows left out"]].to_numpy().tolist()
    assert rows == [["locations.csv", 3, 0], ["sources.csv", 1, 0], ["claims.csv", 1, 1]]


def test_the_files_count_stored_quotations_where_there_are_any(tmp_path: Path) -> None:
    header, row = "claim_id,source_id,excerpt,checked_on,text_sha256", f"sent,article,So it is,2026-11-24,{'ab' * 32}"
    (tmp_path / "quotations.csv").write_text(f"{header}\n{row}\n{row.replace('sent', 'gone')}\n", encoding="utf-8")
    frames = frames_of(tmp_path, claim("sent", excerpt="So it is"))
    assert frames.files.iloc[3, :3].tolist() == ["quotations.csv", 1, 1]


def test_a_story_without_claims_has_empty_tables(tmp_path: Path) -> None:
    frames = frames_of(tmp_path, locations=(), sources=())
    assert [len(frame) for frame in (claims_of(frames), movements_of(frames), frames.documents, frames.places)] == [
        0
    ] * 4
