"""A big story in parts: the files beside its published page, which loads those whose texts are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.maps import BASEMAP_INSIDE, Head, Parts, file_beside, parted_payload, published_folder
from geo.numbered_view import NumberedView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.stories import Story

# How many a file holds. A click loads the files of a few claims that lie far apart in time, a search all of its own.
TEXTS, ARROWS, SITES, SEARCH = 1_000, 5_000, 2_000, 10_000


def folder_of_parts(story: Story) -> Iterator[tuple[str, str]]:
    """Yield the files of a web folder by name and text, each made when its turn comes; those first that others name."""
    view = NumberedView(story)
    kinds = {
        "texts": (view.cards, TEXTS, len(view.order)),
        "arrows": (view.arrows, ARROWS, len(view.arrow_claims)),
        "sites": (view.sites, SITES, len(story.sites)),
        "search": (view.haystacks, SEARCH, len(view.order)),
        "standing": (lambda _: view.standing(), len(view.order), len(view.order)),  # in one: each may stand with any
    }
    parts = {}
    for kind, (answer, size, count) in kinds.items():
        names = []
        for number, start in enumerate(range(0, count, size)):
            name, text = file_beside(f"{kind}-{number:04}.js", answer(range(start, min(start + size, count))))
            names.append(name)
            yield name, text
        parts[kind] = Parts(size, tuple(names))
    tables = story.tables
    head = Head(tables.title, BASEMAP_INSIDE, shareable=True)
    yield from published_folder(tables.title, tables.description, parted_payload(head, view.viewed, parts))
