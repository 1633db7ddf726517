"""Scripts and styles pass linters: each file, and each script as browsers get it.

They use nothing that the oldest browser of tests/npm/package.json does not know.
"""

import json
import shutil
from pathlib import Path

import minify
import pytest

from helpcentre import search
from helpcentre.search.language import language
from helpcentre.site import assets, calendars, scripts
from macros.layout import LANGUAGES, THEME, WORK
from tests import node
from tests.project import DAY, ROOT

pytestmark = pytest.mark.slow

SCRIPTS = ("search worker", "counting search worker", "calculators")
WHOLE = (
    "--only=correctness/noUndeclaredVariables",
    "--only=correctness/noUnusedVariables",
    "--only=style/useConst",
)
"""Rules that a part of a script cannot be judged by."""


def findings(folder: Path, *options: str) -> str:
    """Return what the linter, run in `folder`, finds below its theme/; nothing if all is well."""
    done = node.check(node.PACKAGES, "biome", "lint", *options, cwd=folder)
    return done.stdout if done.returncode else ""


def whole(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return one of SCRIPTS, put together from its parts in the project at `root`, not minified."""
    monkeypatch.setattr(minify, "string", lambda kind, text: text)
    if name == "calculators":
        return scripts.calculators(root, calendars.make(DAY, ROOT / WORK))[1].decode()
    parts, counts = root / THEME / search.FOLDER, name.startswith("counting")
    lists = language(ROOT / LANGUAGES / "en")
    return assets.script(search.worker_parts(lists, parts, counts=counts)).decode()


def unknown(folder: Path) -> str:
    """Return what scripts and styles below `folder`'s theme/ use that our browsers do not know."""
    config = node.PACKAGES.resolve()
    outputs = [
        node.check(node.PACKAGES, program, "--config", config / settings, file, cwd=folder)
        for program, settings, file in (
            ("eslint", "eslint.config.mjs", THEME),
            ("stylelint", "stylelint.config.mjs", f"{THEME}/assets/style.css"),
        )
    ]
    return "".join(done.stdout for done in outputs if done.returncode)


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A copy of theme/ that a test may break."""
    return Path(shutil.copytree(ROOT / THEME, tmp_path / THEME))


def test_no_file_has_a_mistake() -> None:
    assert findings(ROOT) == ""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_whole_script_uses_only_names_that_exist_and_all_of_them(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / THEME).mkdir()
    (tmp_path / THEME / "whole.js").write_text(whole(name, ROOT, monkeypatch), encoding="utf-8")
    assert findings(tmp_path, *WHOLE) == ""


@pytest.mark.parametrize(
    ("file", "mistake", "rule"),
    [
        ("assets/site.js", "const spare = 1;", "noUnusedVariables"),
        ("assets/site.js", "if (location == 1) stop();", "noDoubleEquals"),
        ("search/worker.js", "latest = latest;", "noSelfAssign"),
        ("assets/style.css", "p { colour: red }", "noUnknownProperty"),
        ("assets/style.css", "p { color: red; color: blue }", "noDuplicateProperties"),
    ],
)
def test_a_planted_mistake_is_found(theme: Path, file: str, mistake: str, rule: str) -> None:
    with (theme / file).open("a", encoding="utf-8") as script:
        script.write(f"\n{mistake}\n")
    found = findings(theme.parent)
    assert rule in found
    assert f"{THEME}/{file}" in found


def test_nothing_is_used_that_a_browser_of_ours_does_not_know() -> None:
    assert unknown(ROOT) == ""


def test_what_is_too_new_is_named(theme: Path) -> None:
    newer_scripts = {
        "assets/method.js": ("[1].at(-1);", "no-array-prototype-at"),
        "assets/private.js": ("class Point { #x = 1; }", "Unexpected character '#'"),
        "search/global.js": ("structuredClone(1);", "structuredClone"),
        "calculators/intl.js": ("new Intl.Segmenter();", "Intl.Segmenter"),
    }
    newer_styles = {
        "@container (width > 3px) { a { color: red; } }": "container-queries",
        "a { height: 3dvh; }": "viewport-unit-variants",
        "a { & b { color: red; } }": "css-nesting",
    }
    for file, (newer, _) in newer_scripts.items():
        (theme / file).write_text(f"{newer}\n", encoding="utf-8")
    (theme / "assets/known.js").write_text("addEventListener.name &&= 1;\n", encoding="utf-8")
    with (theme / "assets/style.css").open("a", encoding="utf-8") as code:
        code.write("\n".join(newer_styles))
    found = unknown(theme.parent)
    for file, (_, name) in newer_scripts.items():
        assert name in found.partition(f"{THEME}/{file}")[2].partition("\n\n")[0], found
    assert [name for name in newer_styles.values() if name not in found] == []
    assert "known.js" not in found


def test_contributing_shows_the_oldest_browsers() -> None:
    listed = json.loads((node.PACKAGES / "package.json").read_text(encoding="utf-8"))[
        "browserslist"
    ]
    shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {browser}" for browser in listed) in shown


@pytest.mark.parametrize(
    ("name", "file", "mistake", "rule"),
    [
        ("search worker", "search/worker.js", "answer(wordOf);", "noUndeclaredVariables"),
        ("search worker", "search/language.js", "const spare = 1;", "noUnusedVariables"),
        ("calculators", "calculators/words.js", "let spare = 1; isoDay(spare);", "useConst"),
    ],
)
def test_a_mistake_planted_in_a_part_is_found_in_the_whole(
    theme: Path, name: str, file: str, mistake: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (theme / file).open("a", encoding="utf-8") as script:
        script.write(f"\n{mistake}\n")
    text = whole(name, theme.parent, monkeypatch)
    shutil.rmtree(theme)
    theme.mkdir()
    (theme / "whole.js").write_text(text, encoding="utf-8")
    assert rule in findings(theme.parent, *WHOLE)
