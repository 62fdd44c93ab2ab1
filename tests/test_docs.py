"""The documentation knows every column, every command and its options, and none of its links leads nowhere."""

import re
from pathlib import Path

import pytest
import typer.main

from geo.cli import with_commands
from geo.schema import OPTIONAL_TABLES, TABLES, Table

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = typer.main.get_command(with_commands()).commands


def section(page: str, title: str) -> str:
    """Return what stands in a page of docs/ under the heading that names ``title``, up to the next such heading."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.search(rf"^(#+) [^\n]*\b{re.escape(title)}\b[^\n]*\n(.*?)(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/{page} has no heading that names {title}"
    return found[2]


@pytest.mark.parametrize("table", [*TABLES, *OPTIONAL_TABLES], ids=lambda table: table.file)
def test_every_column_is_documented_under_its_table(table: Table) -> None:
    text = section("data.md", table.file)
    assert [name for name in table.names if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    text = section("commands.md", name)
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in text and option != "--help"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_documentation_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)\s#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
