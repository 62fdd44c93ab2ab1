"""The floors of docs/architecture.md: imports only point down, also those for type checkers alone."""

import ast
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FLOORS = (
    {"geo", "geo.schema", "geo.dates", "geo.errors", "geo.story_files"},
    {
        "geo.accounts",
        "geo.cells",
        "geo.changes",
        "geo.card",
        "geo.contested",
        "geo.dossier",
        "geo.encodings",
        "geo.figures",
        "geo.flat",
        "geo.formulas",
        "geo.geodesy",
        "geo.near_misses",
        "geo.network",
        "geo.notation",
        "geo.provenance",
        "geo.quotations",
        "geo.readable",
        "geo.reliance",
        "geo.search_index",
        "geo.selection",
        "geo.selection_words",
        "geo.sentences",
        "geo.suggestions",
        "geo.timeline",
        "geo.wording",
    },
    {"geo.tables", "geo.intake", "geo.gazetteer", "geo.maps", "geo.export"},
    {"geo.stories", "geo.outputs", "geo.numbered_view", "geo.served_view", "geo.story_parts"},
    {"geo.ahead"},
    {"geo.routes"},
    {"geo.ui"},
    {"app", "geo.cli", "geo.__main__"},
)
STRANGERS = FLOORS[2]
PAINTERS = {"geo.ui", "app"}
FILES = ("glob", "io", "os", "pathlib", "pickle", "platformdirs", "shutil", "sqlite3", "tempfile", "zipfile")
NETWORK = ("asyncio", "geopy.geocoders", "http", "requests", "socket", "ssl", "urllib.request", "webbrowser")
PROCESSES = ("logging", "multiprocessing", "subprocess", "threading")


class Import(NamedTuple):
    """One import statement: where it stands and what it brings in, both by their dotted names."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported} in line {self.line}"


def files() -> dict[str, Path]:
    """Return every module of the program by its dotted name."""
    found = {}
    for path in [ROOT / "app.py", *sorted((ROOT / "geo").rglob("*.py"))]:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: path for name, path in found.items() if path.exists()}


def imports() -> list[Import]:
    """Return every import of the program, at the top of a module or deep inside a function."""
    modules = files()
    found = []
    for importer, path in modules.items():
        package = importer if path.name == "__init__.py" else importer.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [Import(importer, alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                source = ".".join([*above, *([node.module] if node.module else [])])
                inner = {f"{source}.{alias.name}" for alias in node.names} & modules.keys()
                found += [Import(importer, name, node.lineno) for name in sorted(inner) or [source]]
    return found


def part(module: str) -> str:
    """Return the part of the program that a module belongs to: ``geo.maps.payload`` belongs to ``geo.maps``."""
    return ".".join(module.split(".")[:2])


def floor(module: str) -> int:
    return next(level for level, parts in enumerate(FLOORS) if part(module) in parts)


def ours(module: str) -> bool:
    return module.split(".")[0] in {"geo", "app"}


@pytest.mark.parametrize("module", files())
def test_every_module_stands_on_a_floor(module: str) -> None:
    assert any(part(module) in parts for parts in FLOORS), f"give {part(module)} a place in FLOORS and the docs"


def test_imports_never_point_up() -> None:
    assert [str(i) for i in imports() if ours(i.imported) and floor(i.imported) > floor(i.importer)] == []


def test_neighbours_on_the_second_floor_are_strangers() -> None:
    meetings = [i for i in imports() if {part(i.importer), part(i.imported)} <= STRANGERS]
    assert [str(i) for i in meetings if part(i.importer) != part(i.imported)] == []


def test_no_module_imports_itself_by_a_detour() -> None:
    graph: dict[str, set[str]] = {}
    for i in imports():
        graph.setdefault(i.importer, set()).add(i.imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" <- ".join(circle.args[1]))


def test_only_the_page_imports_streamlit() -> None:
    users = [i for i in imports() if i.imported.split(".")[0] in {"streamlit", "streamlit_folium"}]
    assert [str(i) for i in users if part(i.importer) not in PAINTERS] == []


def test_the_two_lowest_floors_do_no_input_and_output() -> None:
    outside = tuple(f"{module}." for module in FILES + NETWORK + PROCESSES)
    low = [i for i in imports() if floor(i.importer) <= 1]
    assert [str(i) for i in low if f"{i.imported}.".startswith(outside)] == []


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    distributions = packages_distributions()
    undeclared = [
        str(i)
        for i in imports()
        if (library := i.imported.split(".")[0]) not in sys.stdlib_module_names and not ours(library)
        if not declared & {canonicalize_name(name) for name in distributions.get(library, [])}
    ]
    assert undeclared == []
