"""The architecture holds: the floors, the one file that knows MkDocs, the one list of folders."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.layout import CONTENT, THEME
from tests.project import ROOT, Outcome, Project, run

PACKAGES = ("helpcentre", "macros")
LAYOUT = "macros/layout.py"
_IN_PATH = re.compile(rf"(?:^|[^\w.-])(?:{CONTENT}|{THEME})/")


def lint_imports(root: Path) -> Outcome:
    """Check the contracts in pyproject.toml on the packages at `root`."""
    command = Path(sys.executable).parent / "lint-imports"
    return run(command, "--no-cache", cwd=root)


def test_the_contracts_hold() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.code == 0, outcome.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("macros/refund.py", "import helpcentre.content", "A floor imports only the floors below"),
        ("helpcentre/content/page.py", "from helpcentre import lint", "A floor imports only the"),
        ("helpcentre/lint/flows.py", "import helpcentre.site.links", "A floor imports only the"),
        ("helpcentre/search/index.py", "import helpcentre.lint", "A floor imports only the floors"),
        ("helpcentre/site/links.py", "import helpcentre.deploy", "A floor imports only the floors"),
        ("helpcentre/site/links.py", "import mkdocs.config", "Only the plugin imports MkDocs"),
        ("helpcentre/content/page.py", "import mkdocs", "Only the plugin imports MkDocs"),
        ("macros/policy.py", "import mkdocs_macros.plugin", "Only the plugin imports MkDocs"),
    ],
)
def test_a_planted_import_breaks_a_contract(
    project: Project, module: str, line: str, contract: str
) -> None:
    with (project.root / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    outcome = lint_imports(project.root)
    assert outcome.code != 0
    assert re.search(rf"{contract}.* BROKEN", outcome.output), outcome.output


def folder_names(root: Path) -> Iterator[str]:
    """Yield file and line of each text in our code that names content/ or theme/ as a path."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            file = path.relative_to(root).as_posix()
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
            joined = [node.right for node in nodes if isinstance(node, ast.BinOp)]
            for node in nodes if file != LAYOUT else ():
                if not isinstance(node, ast.Constant) or node in docstrings:
                    continue
                if _IN_PATH.search(str(node.value)) or (
                    node in joined and node.value in (CONTENT, THEME)
                ):
                    yield f"{file}:{node.lineno}: {node.value!r}"


def test_only_one_module_names_the_folders() -> None:
    assert list(folder_names(ROOT)) == []


@pytest.mark.parametrize(
    "line", ['FILE = "content/spare.yml"', 'FOLDER = root / "theme"', 'X = f"{y}: theme/{z}"']
)
def test_a_planted_folder_name_is_found(tmp_path: Path, line: str) -> None:
    project = Project.copy(tmp_path, *PACKAGES)
    with (project.root / "helpcentre/site/links.py").open("a", encoding="utf-8") as file:
        file.write(f'\n{line}\n"""Of content/."""\n')
    (found,) = folder_names(project.root)
    assert found.startswith("helpcentre/site/links.py:")
