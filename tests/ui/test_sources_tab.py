"""The tab Sources: what rests on one document alone, on how many origins a number rests, what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_story import claim, pinned, small_story
from ui.reading import tab, table

if TYPE_CHECKING:
    from pathlib import Path

    from ui.reading import OpenPage


def test_all_of_the_shipped_story_rests_on_the_article_and_two_claims_on_the_statement(open_page: OpenPage) -> None:
    page = open_page()
    sources = tab(page, "Sources")
    assert sources.selectbox[0].label == "What rests only on this document?"
    assert sources.selectbox[0].value == "newsweek"
    assert sources.markdown[0].value.startswith("**32 of 32** claims")
    assert len(table(page, "Sources")) == 32
    sources.selectbox[0].select("nis-statement").run()
    assert tab(page, "Sources").markdown[0].value.startswith("**2 of 2** claims")
    assert sorted(table(page, "Sources")["Id"]) == ["nis-1500", "nis-second-batch"]
    tab(page, "Sources").selectbox[0].select("csc-video").run()
    assert tab(page, "Sources").markdown[0].value.startswith("**0 of 0** claims")
    assert len(tab(page, "Sources").dataframe) == 2


def test_every_number_of_the_shipped_story_rests_on_one_origin(open_page: OpenPage) -> None:
    origins = table(open_page(), "Sources", 1)
    assert origins["Accounts"].tolist() == origins["Independent origins"].tolist() == [1] * 4
    troops = origins.set_index("Numbers told").loc["1,500 in total", "Who tells it, and first document"]
    assert troops.startswith("South Korea's National Intelligence Service (statement)")


def test_a_reprint_is_an_account_and_no_origin_of_its_own(open_page: OpenPage, tmp_path: Path) -> None:
    sent = {"destinations": "place", "quantity_unit": "troops", "quantity_min": "1500", "quantity_max": "1500"}
    army = {"claimant": "An army", "source_id": "briefing", "quantity_min": "3000", "quantity_max": "3000"}
    small_story(
        tmp_path,
        [
            claim("sent", **sent | {"claimant": "A ministry", "source_id": "reprint"}),
            claim("copied", **sent | {"claimant": "A portal", "source_id": "reprint"}),
            claim("other", **sent | army | {"reported_date": "2024-10-20"}),
            claim("unlike", statement="Nobody knows.", source_id="reprint"),
        ],
        [pinned("place", 43.1, 131.9)],
        [
            {"source_id": "statement", "publisher": "A ministry", "published": "2024-10-18"},
            {"source_id": "reprint", "publisher": "A portal", "derived_from": "statement", "published": "2024-10-19"},
            {"source_id": "briefing", "publisher": "An army", "published": "2024-10-20"},
        ],
    )
    page = open_page(tmp_path)
    row = table(page, "Sources", 1).iloc[0]
    assert (row["Accounts"], row["Independent origins"], row["Numbers told"]) == (3, 2, "1,500; 3,000")
    assert row["Who tells it, and first document"] == "1: A ministry; A portal · 2: An army"
    assert tab(page, "Sources").selectbox[0].value == "reprint"
    assert table(page, "Sources")["Id"].tolist() == ["unlike"]
    hidden = open_page(tmp_path, claimant="A portal")
    assert table(hidden, "Sources", -2)["Independent origins"].tolist() == [2]  # what is hidden was told all the same
    assert tab(hidden, "Sources").markdown[0].value.startswith("**0 of 1** claims")
    before = open_page(tmp_path, known="2024-10-19")
    assert table(before, "Sources", 1)["Independent origins"].tolist() == [1]
    assert sorted(table(before, "Sources")["Id"]) == ["copied", "sent", "unlike"]


def test_of_three_hundred_documents_the_sixty_with_most_claims_are_drawn(open_page: OpenPage, tmp_path: Path) -> None:
    sources = [{"source_id": f"d{number}", "publisher": f"Paper {number}"} for number in range(300)]
    small_story(tmp_path, [claim("sent", source_id="d299")], (), sources)
    page = open_page(tmp_path)
    sources_tab = tab(page, "Sources")
    said = sources_tab.caption[0].value
    assert "Drawn are the 60 documents with most claims, and the arrows between them; the table below has 240" in said
    assert sources_tab.selectbox[0].value == "d299"
    assert "is not among them" not in said
    sources_tab.selectbox[0].select("d298").run()
    assert "The document that is asked about is not among them." in tab(page, "Sources").caption[0].value
