"""What `serve` keeps: search has the index of the last good build, or none, never a failed one's."""

import json
import sys
from pathlib import Path

import pytest

from tests.project import Project, run

pytestmark = [pytest.mark.site, pytest.mark.slow]

DRIVER = """
import json, sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

site = Path("site")

class Server:
    def watch(self, folder): pass
    def set_app(self, app): self.app = app
    def serve_request(self, environ, start_response):
        start_response("200 OK", [])
        file = site / environ["PATH_INFO"].lstrip("/")
        return [file.read_bytes() if file.is_file() else b""]

server = Server()

def rebuild():
    config = load_config("mkdocs.yml", site_dir=str(site))
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config)
    except (Abort, BuildError, SystemExit):
        return "failed"
    config.plugins.on_serve(server, config=config, builder=None)
    return "built"

def edit(file, old, new):
    text = Path(file).read_text()
    assert old in text
    Path(file).write_text(text.replace(old, new, 1))

def index():
    return b"".join(server.app({"PATH_INFO": "/search/index-en.bin"}, lambda *_: None)).hex()

found = []
for step in json.loads(sys.argv[1]):
    edit(*step)
    found.append([rebuild(), index()])
print(json.dumps(found))
"""
"""Builds again after each of several edits, as `mkdocs serve` does, and asks for the index."""

GLOSSARY = "docs/glossary.md"
REFUND = "docs/refunds/when-will-i-receive-my-refund.md"
LINK = " <a href='../bank/'>The bank</a>."


def serve(project: Project, *edits: tuple[str, str, str]) -> list[tuple[str, str]]:
    """Return how the build after each edit ended, and the index that is served then."""
    outcome = run(sys.executable, "-c", DRIVER, json.dumps(edits), cwd=project.root)
    assert outcome.code == 0, outcome.output
    return [(ended, index) for ended, index in json.loads(outcome.output.splitlines()[-1])]


@pytest.fixture
def served(project: Project) -> list[tuple[str, str]]:
    return serve(
        project,
        (GLOSSARY, "when you track", "when you lexicon"),
        (GLOSSARY, "sources: [", "sources: [F99, "),
        (GLOSSARY, "when you lexicon", "when you semaphore"),
        (GLOSSARY, "sources: [F99, ", "sources: ["),
        (REFUND, "The time varies with the bank.", f"The time varies with the bank.{LINK}"),
        (GLOSSARY, "when you semaphore", "when you heliograph"),
        (REFUND, LINK, ""),
    )


def test_a_failed_build_never_leaves_an_index_to_be_searched(
    served: list[tuple[str, str]],
) -> None:
    lexicon, refused, refused_too, semaphore, broken, broken_too, heliograph = served
    assert lexicon[0] == semaphore[0] == heliograph[0] == "built"
    assert len({lexicon[1], semaphore[1], heliograph[1], ""}) == 4
    # The lint stops a build before anything is written: the last good site is searched.
    assert refused == refused_too == ("failed", lexicon[1])
    # A broken link is found after all pages were written: nothing is searched.
    assert broken == broken_too == ("failed", "")


def test_a_build_that_strict_mode_refuses_in_the_end_leaves_no_index_either(
    project: Project,
) -> None:
    """The link leads to a page, but MkDocs warns of links that do not name a file of docs/."""
    link = "The time [varies](../../contact/) with the bank."
    good, refused = serve(
        project,
        (GLOSSARY, "when you track", "when you lexicon"),
        (REFUND, "The time varies with the bank.", link),
    )
    assert good[0] == "built"
    assert good[1]
    assert refused == ("failed", "")


def test_an_index_made_under_serve_is_the_one_that_a_build_makes(
    project: Project, tmp_path: Path
) -> None:
    ((ended, index),) = serve(project, (GLOSSARY, "when you track", "when you lexicon"))
    assert ended == "built"
    assert project.build().code == 0
    (built,) = (project.root / "site/search").glob("index.*.bin")
    assert bytes.fromhex(index) == built.read_bytes()
