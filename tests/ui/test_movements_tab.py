"""The tab Movements: its table, and the sentences above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_story import claim, pinned, small_story
from ui.reading import read_sentences, tab, table

if TYPE_CHECKING:
    from pathlib import Path

    from ui.reading import OpenPage


def test_the_two_movements_of_the_shipped_story_say_what_is_not_stated(open_page: OpenPage) -> None:
    moves = table(open_page(), "Movements").set_index("Id")
    assert moves.loc["nis-1500", ["From", "To"]].tolist() == ["Chongjin; Hamhung; Musudan", "Vladivostok"]
    assert moves.loc["nis-1500", "Number"] == "1,500 in total"
    assert moves.loc["budanov-2600", ["From", "To", "Happened"]].tolist() == ["not stated", "Kursk Oblast", "not dated"]
    assert len(moves) == 2


def test_the_movements_stand_as_sentences_with_their_permalinks_above_the_table(open_page: OpenPage) -> None:
    page = open_page(from_="2024-10-09", to="2024-10-10", site="kursk")
    sentences = read_sentences(page)
    assert "Chongjin, Hamhung and Musudan → Vladivostok: 1 account" in sentences.text
    assert "says that 1,500 troops in total were sent from Chongjin, Hamhung and Musudan to" in sentences.text
    assert (
        "2,600 soldiers are to be deployed from a place that is not stated to Kursk Oblast; when is" in sentences.text
    )
    assert sentences.text.count("possibly in these days") == 1
    assert sentences.links == [
        f"?from=2024-10-09&to=2024-10-10&claim={claim_id}" for claim_id in table(page, "Movements")["Id"]
    ]


def test_of_many_movements_a_page_stands_as_sentences_and_the_next_follows(open_page: OpenPage, tmp_path: Path) -> None:
    small_story(tmp_path, [claim(f"c{n}", destinations="port") for n in range(102)], [pinned("port", 43.1, 131.9)])
    page = open_page(tmp_path)
    first = read_sentences(page).links
    assert len(first) == 100
    assert tab(page, "Movements").caption[1].value.startswith("**Sentences 1 to 100 of 102**")
    tab(page, "Movements").button(key="next-sentences").click().run()
    second = read_sentences(page)
    assert len({*first, *second.links}) == 102
    assert "102 accounts by 1 claimant" in second.text
    assert len(table(page, "Movements")) == 100, "the table is leafed through for itself"
