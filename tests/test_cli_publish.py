"""The command publish: what it writes where, what it leaves alone, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_story import claim, pinned, small_story
from typer.testing import CliRunner, Result

from geo import cli, outputs

if TYPE_CHECKING:
    from pathlib import Path

TITLE = 'A "story" <b>\x1b[31m'


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    small_story(folder, [claim("c1", locations="here")], [pinned("here", 43, 131)], title=TITLE)
    return folder


def publish(story: Path, out: Path | str) -> Result:
    return CliRunner().invoke(cli.with_commands(), ["publish", str(story), str(out)])


def test_a_name_that_ends_in_html_is_one_file_in_a_folder_that_is_made(story: Path, tmp_path: Path) -> None:
    page = tmp_path / "deep" / "down" / "atlas.html"
    done = publish(story, page)
    assert (done.exit_code, done.stdout) == (0, f"{page}\n")
    assert [path.name for path in page.parent.iterdir()] == ["atlas.html"]
    size = page.stat().st_size
    assert f"Written: atlas.html, {size:,} bytes" in done.stderr
    assert "Claims: 1, all of them" in done.stderr


def test_the_markup_that_embeds_it_holds_the_title_as_text(story: Path, tmp_path: Path) -> None:
    told = publish(story, tmp_path / "my atlas.html").stderr
    [frame] = [line for line in told.splitlines() if line.startswith("<iframe")]
    assert 'src="https://example.org/my%20atlas.html"' in frame
    assert 'title="A &quot;story&quot; &lt;b&gt;' in frame
    assert "\x1b" not in told


def test_any_other_name_is_a_folder(story: Path, tmp_path: Path) -> None:
    done = publish(story, tmp_path / "site")
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'site' / 'index.html'}\n")
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["index.html"]


def test_a_big_story_is_a_page_with_its_data_and_its_texts_in_files_beside_it(tmp_path: Path) -> None:
    count = outputs.MOST_INSIDE + 1
    small_story(tmp_path, [claim(f"c{i}") for i in range(count)])
    done = publish(tmp_path, tmp_path / "site")
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "site").iterdir()}
    [data] = [name for name in sizes if name.startswith("data-")]
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'site' / 'index.html'}\n")
    assert f'src="{data}"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    page_size = sizes.pop("index.html")
    assert f"Written: index.html, {page_size:,} bytes" in done.stderr
    assert f"Beside it: {len(sizes)} files, {sum(sizes.values()):,} bytes" in done.stderr
    alone = publish(tmp_path, tmp_path / "one.html")
    assert alone.exit_code == 0
    assert "a folder as OUT" in alone.stderr
    assert "Beside it" not in alone.stderr
    assert (tmp_path / "one.html").stat().st_size > page_size + sum(sizes.values())


def test_the_page_is_written_after_all_that_it_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_story(tmp_path, [claim(f"c{i}") for i in range(3)])
    written: list[str] = []
    monkeypatch.setattr(outputs, "MOST_INSIDE", 2)
    monkeypatch.setattr("geo.cli.publish.replace_file", lambda path, _: written.append(path.name))
    assert publish(tmp_path, tmp_path / "site").exit_code == 0
    assert [name.split("-")[0] for name in written] == ["texts", "search", "standing", "data", "index.html"]


def test_it_works_in_a_pipe(story: Path) -> None:
    command = [sys.executable, "-m", "geo", "publish", str(story), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b"<!DOCTYPE html>")
    assert done.stdout.rstrip().endswith(b"</html>")
    assert done.stderr == b""


def test_a_page_that_was_published_before_is_replaced_and_nothing_else_is(story: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<h1>Our own</h1>", encoding="utf-8")
    refused = publish(story, site)
    assert refused.exit_code == 2
    assert "is there already and is no page of Claim Atlas" in refused.stderr
    assert (site / "index.html").read_text(encoding="utf-8") == "<h1>Our own</h1>"
    (site / "index.html").unlink()
    (site / "notes.txt").write_text("ours", encoding="utf-8")
    assert publish(story, site).exit_code == publish(story, site).exit_code == 0
    assert sorted(path.name for path in site.iterdir()) == ["index.html", "notes.txt"]


def test_a_place_that_cannot_be_written_to_is_wrong_usage(story: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = publish(story, tmp_path / "file" / "atlas.html")
    assert done.exit_code == 2
    assert "could not be written" in done.stderr
    (tmp_path / "folder.html").mkdir()
    assert publish(story, tmp_path / "folder.html").exit_code == 2


def test_a_story_with_problems_is_published_without_the_rows_concerned(tmp_path: Path) -> None:
    small_story(tmp_path, [claim("c1"), claim("c2", event_date="2024-13-08")])
    done = publish(tmp_path, tmp_path / "atlas.html")
    assert done.exit_code == 1
    assert "claims.csv, row 3, column 'event_date': '2024-13-08' has no month 13." in done.stderr
    assert "Claims: 1, all of them" in done.stderr
    assert (tmp_path / "atlas.html").exists()


def test_what_cannot_be_opened_is_not_published(tmp_path: Path) -> None:
    done = publish(tmp_path, tmp_path / "atlas.html")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "claims.csv" in done.stderr
    assert not (tmp_path / "atlas.html").exists()
