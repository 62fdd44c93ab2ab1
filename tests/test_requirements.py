"""The pinned requirements, against what pyproject.toml asks for; ``make requirements`` writes them."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME = (*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["build"])
DEVELOPMENT = (*RUN_TIME, *PYPROJECT["dependency-groups"]["dev"])
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(file: str) -> dict[str, str]:
    """Return the pinned version of every distribution in a file of requirements."""
    lines = (ROOT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", lines, re.MULTILINE))


@pytest.mark.parametrize(
    ("line", "file"), [(line, FILES[0]) for line in RUN_TIME] + [(line, FILES[1]) for line in DEVELOPMENT]
)
def test_what_the_project_asks_for_is_pinned(line: str, file: str) -> None:
    wanted = Requirement(line)
    assert wanted.specifier.contains(pins(file)[canonicalize_name(wanted.name)])


def test_tests_run_on_the_very_versions_that_readers_get() -> None:
    assert pins(FILES[0]).items() <= pins(FILES[1]).items()


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_its_hash_and_none_names_a_host(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_the_build_system_is_what_the_build_group_installs() -> None:
    assert PYPROJECT["build-system"]["requires"] == PYPROJECT["dependency-groups"]["build"]
