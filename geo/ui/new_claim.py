"""A form for one claim more, for those who don't want a grid: each answer is checked as it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import Problem
from geo.schema import CLAIMS, LOCATIONS, MAX_EXCERPT_WORDS, MODALITIES, SEPARATOR, SOURCES, YES
from geo.tables import RawTable, csv_bytes, edited, new_id, read_files
from geo.ui.draft import amend
from geo.ui.tables import show_problems
from geo.ui.typed import ANSWER, discard, edited_files, edits, typed_table
from geo.wording import MODALITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from geo.schema import Table
    from geo.story_files import StoryFiles
    from geo.ui.caching import OpenStory

_ROUND = "claims added by the form"
_NEW_SOURCE = "A document that is not in the list"
_DATE = (
    "A year 2024, a month 2024-10, a day 2024-10-08, a span 2024-10-08/2024-10-13, or open at one end: 2024-10-08/.. "
    "Blank where it is not stated."
)


@dataclass(frozen=True, slots=True)
class _Answers:
    """What stands in the form.

    Attributes
    ----------
    claim, source
        Cells by column; those of the source for a new one alone.
    places
        Names of places that the story doesn't have yet, by the column of the claim in which they stand.
    slots
        Where to say what is wrong with an answer, by table and column.
    """

    claim: dict[str, str]
    source: dict[str, str]
    places: dict[str, list[str]]
    slots: dict[tuple[str, str], DeltaGenerator]


def show_new_claim(opened: OpenStory) -> None:
    """Paint the form; what it adds is one step, which also puts on the map what was typed into the tables."""
    tables = {}
    for table in (CLAIMS, SOURCES, LOCATIONS):
        typed = typed_table(opened.files, table)
        if isinstance(typed, Problem):
            st.error("A claim can't be added before this is mended:")
            show_problems([typed])
            return
        tables[table.name] = typed.now
    answers = _ask(tables)
    if not any(answers.claim.get(name) for name in ("statement", "claimant", "excerpt")):
        st.caption("Nothing is added before you say so. Fields with * must be filled in.")
        return
    before = edited_files(opened.files)
    after = _with_claim(before, tables, answers)
    known = set(read_files(before).problems if edits() else opened.story.tables.problems)
    problems = [found for found in read_files(after).problems if found not in known]
    _say(problems, answers)
    others = "; it also puts on the map what you typed into the tables" if edits() else ""
    st.caption(f"One step, which Undo takes back{others}.")
    if st.button("Add it to the story", type="primary", icon=":material/add:", disabled=bool(problems)):
        amend(opened.files, after)
        discard()
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # other keys: an empty form
        st.toast("The claim is in the story. Undo stands at the top of the page.")
        st.rerun()


def _ask(tables: Mapping[str, RawTable]) -> _Answers:
    answers = _Answers({}, {}, {}, {})
    left, right = st.columns(2, gap="large")
    with left:
        _text(answers, "statement", "What is asserted, in plain words *", area=True)
        _text(answers, "claimant", "Who asserts it *")
        _ask_source(answers, tables)
        _text(answers, "excerpt", f"The source's own words, {MAX_EXCERPT_WORDS} at most", area=True)
        st.caption(f"{len(answers.claim['excerpt'].split())} of {MAX_EXCERPT_WORDS} words")
        _text(answers, "hedge", "Its hedging words, such as: alleged, purports to")
    with right:
        _text(answers, "event_date", "When it is said to have happened", note=_DATE)
        _text(answers, "reported_date", "When it was said", note=_DATE)
        _ask_places(answers, tables[LOCATIONS.name])
        modality = st.selectbox("How it is asserted *", MODALITIES, format_func=_modality_words, key=_key("modality"))
        answers.claim["modality"] = modality or ""
        _ask_number(answers)
        _text(answers, "note", "Note: how it was read, what was inferred")
    return answers


def _modality_words(word: str) -> str:
    return MODALITY_WORDS.get(word, word)


def _key(name: str) -> str:
    return f"{ANSWER}{st.session_state.get(_ROUND, 0)}-{name}"


def _text(
    answers: _Answers, name: str, label: str, *, table: Table = CLAIMS, area: bool = False, note: str = ""
) -> None:
    cells = answers.claim if table is CLAIMS else answers.source
    key = _key(f"{table.name}-{name}")
    if area:
        cells[name] = st.text_area(label, key=key, height=80)
    else:
        cells[name] = st.text_input(label, key=key, help=note or None)
    answers.slots[table.name, name] = st.empty()


def _ask_source(answers: _Answers, tables: Mapping[str, RawTable]) -> None:
    names = _names(tables[SOURCES.name], ("publisher", "title"))
    options = [*names, ""]
    chosen = st.selectbox(
        "Where it was read *",
        options,
        format_func=lambda source_id: names.get(source_id, _NEW_SOURCE),
        key=_key("source"),
    )
    answers.claim["source_id"] = chosen or ""
    answers.slots[CLAIMS.name, "source_id"] = st.empty()
    if not chosen:
        for name, label in (("title", "Its title"), ("publisher", "Its publisher"), ("url", "Its web address")):
            _text(answers, name, label, table=SOURCES)
        _text(answers, "published", "When it was published", table=SOURCES, note=_DATE)
        words = " ".join((answers.source["publisher"], answers.source["title"]))
        answers.claim["source_id"] = new_id(words, names) if words.strip() else ""


def _ask_places(answers: _Answers, locations: RawTable) -> None:
    names = _names(locations, ("name",))
    for column, label in (
        ("locations", "Where it is said to be so"),
        ("origins", "For a movement: from where"),
        ("destinations", "For a movement: to where"),
    ):
        chosen: list[str] = st.multiselect(
            label,
            list(names),
            format_func=lambda key: names.get(key, key),
            accept_new_options=True,
            key=_key(column),
            placeholder="Choose, or type a new name",
        )
        answers.claim[column] = SEPARATOR.join(key for key in chosen if key in names)
        answers.places[column] = [name for name in chosen if name not in names]
        answers.slots[CLAIMS.name, column] = st.empty()


def _ask_number(answers: _Answers) -> None:
    low, high, unit = st.columns(3)
    with low:
        _text(answers, "quantity_min", "Number, at least")
    with high:
        _text(answers, "quantity_max", "At most", note="The same as at least for a single number; filled in if blank.")
    with unit:
        _text(answers, "quantity_unit", "Of what", note="Troops, ships, ...")
    _text(answers, "quantity_of", "What exactly it counts", note="Such as: sent so far. Others are never added to it.")
    about = st.checkbox("The source calls the number approximate", key=_key("about"))
    answers.claim["quantity_approximate"] = YES if about else ""
    answers.claim["quantity_max"] = answers.claim["quantity_max"] or answers.claim["quantity_min"]


def _names(raw: RawTable, columns: Sequence[str]) -> dict[str, str]:
    """Return what each row is called, by its id."""
    ids = raw.texts(raw.table.id_column)
    said = [": ".join(filter(None, words)) for words in zip(*map(raw.texts, columns), strict=True)] or ids
    return {
        key: f"{words} ({key})" if words not in ("", key) else key for key, words in zip(ids, said, strict=True) if key
    }


def _with_claim(files: StoryFiles, tables: Mapping[str, RawTable], answers: _Answers) -> StoryFiles:
    """Return the story with the claim, and with the document and places that are new with it."""
    claim = dict(answers.claim)
    taken = set(tables[LOCATIONS.name].texts(LOCATIONS.id_column))
    new_places: dict[str, str] = {}
    for column, names in answers.places.items():
        for name in names:
            if name not in new_places:
                new_places[name] = new_id(name, taken | set(new_places.values()))
        claim[column] = SEPARATOR.join(filter(None, (claim[column], *(new_places[name] for name in names))))
    words = f"{claim['claimant']} {claim['statement']}"
    claim["claim_id"] = new_id(words, set(tables[CLAIMS.name].texts(CLAIMS.id_column)))
    rows: dict[Table, list[dict[str, str]]] = {
        LOCATIONS: [{"location_id": key, "name": name} for name, key in new_places.items()],
        SOURCES: [{"source_id": claim["source_id"], **answers.source}] if any(answers.source.values()) else [],
        CLAIMS: [claim],
    }
    for table, added in rows.items():
        if added:
            files = files.with_file(table.file, csv_bytes(edited(tables[table.name], {}, added=added)))
    return files


def _say(problems: Sequence[Problem], answers: _Answers) -> None:
    """Say each problem below its field, or below the form; as plain text, for it quotes answers."""
    for found in problems:
        slot = answers.slots.get((found.file.removesuffix(".csv"), found.column or ""))
        words = found.reason if found.value is None else f"This {found.reason}"
        (slot or st).text(f"{words[0].upper()}{words[1:]}. {found.fix}")
