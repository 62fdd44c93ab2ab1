"""``datapackage.json``: the story's title, and its schema as Frictionless Table Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.errors import Problem, quote
from geo.schema import PACKAGE_FILE, SEPARATOR, TABLES, YES, Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.NUMBER: {"type": "number"},
    Kind.FLAG: {"type": "boolean", "trueValues": [YES], "falseValues": ["no"]},  # the standard wants a word for no
    Kind.LIST: {"type": "list", "delimiter": SEPARATOR},
}


def data_package(title: str, description: str, tables: Sequence[Table] = TABLES) -> dict[str, Any]:
    """Return the story's descriptor as Data Package 2.0, written from the schema.

    Parameters
    ----------
    tables
        Those that the story has.

    References
    ----------
    Data Package Standard 2.0 (2024), https://datapackage.org
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": title,
        "description": description,
        "resources": [_resource(table) for table in tables],
    }


def read_package(content: bytes | None, folder_name: str) -> tuple[str, str, str, list[Problem]]:
    """Return title, description and licence of a story, and what is wrong with them; it needs no descriptor."""
    descriptor: Any = {}
    problems = []
    if content is not None:
        try:
            descriptor = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            problems.append(_problem(None, f"the file is not JSON in UTF-8{where}"))
        if not isinstance(descriptor, dict):
            problems.append(_problem(None, "the file holds no JSON object"))
            descriptor = {}
    texts = {"title": folder_name, "description": ""}
    for key in texts:
        value = descriptor.get(key, "")
        if not isinstance(value, str):
            problems.append(_problem(str(value), f"is not a text, as {quote(key)} must be"))
        elif value.strip():
            texts[key] = value.strip()
    texts["licence"] = _licence(descriptor.get("licenses"))
    # JSON, and a folder's name, may hold half a character, which no UTF-8 can: it becomes a question mark.
    title, description, licence = (text.encode("utf-8", "replace").decode() for text in texts.values())
    return title, description, licence, problems


def _licence(licenses: object) -> str:
    """Return the licences that a descriptor names, in words; blank for none, and for what is none."""
    named = [each for each in licenses if isinstance(each, dict)] if isinstance(licenses, list) else []
    words = []
    for each in named:
        name, path = (_word(each.get(key)) for key in ("title", "path"))
        name = name or _word(each.get("name"))
        words.append(f"{name} ({path})" if name and path else name or path)
    return "; ".join(filter(None, words))


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _problem(value: str | None, reason: str) -> Problem:
    fix = "Correct it, or delete it: the story is then called by its folder's name."
    return Problem(PACKAGE_FILE, None, None, value, reason, fix)


def _resource(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": column.refers_to, "fields": [f"{column.refers_to[:-1]}_id"]},
        }
        for column in table.columns
        if column.refers_to and column.kind is not Kind.LIST  # the standard has no foreign keys out of lists
    ]
    return {
        "name": table.name,
        "path": table.file,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "fieldsMatch": "subset",  # a story may have columns of its own
            "primaryKey": [table.id_column],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.kind is Kind.ID:
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    field = {"name": column.name, **_TYPES.get(column.kind, {"type": "string"}), "description": column.meaning}
    return field | ({"constraints": constraints} if constraints else {})
