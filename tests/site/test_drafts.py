"""A published build has nothing of a draft; `serve` and a preview show it, and mark it."""

import json
import sys
from pathlib import Path

import pytest

from tests.lint.test_drafts import DRAFT, FILE, LIST, add
from tests.project import Project, run, run_module
from tests.site.test_serve import DRIVER

pytestmark = [pytest.mark.site, pytest.mark.slow]

BAD_LINKS = "See [that](gone.md), [top](#gone) and ![it](https://shop.example/x.png).\n"


def mentions(site: Path) -> list[str]:
    """Return the files of the built site that mention the draft."""
    pages = (path for path in site.rglob("*") if path.is_file())
    return sorted(
        path.relative_to(site).as_posix()
        for path in pages
        if b"exchange an item" in path.read_bytes() or b"orders/exchange" in path.read_bytes()
    )


def test_a_published_build_has_no_trace_of_a_draft_and_a_preview_shows_it(project: Project) -> None:
    add(project, DRAFT.replace("Ask", "Ask {{ policy.cancel_button }}"))
    related = "related: [orders/broken.md, contact.md]\ndraft:"
    add(project, DRAFT.replace("draft:", related) + BAD_LINKS, "docs/orders/links.md")
    add(project, DRAFT.replace("Ask", "{{ nothing }} Ask"), "docs/orders/broken.md")
    project.edit("mkdocs.yml", LIST, f"{LIST}      - orders/exchange.md\n")
    project.edit("content/redirects.yml", "{}", "{exchange/: orders/exchange.md}")
    outcome = project.build(SITE_URL="https://help.example/")
    assert outcome.code == 0, outcome.output
    assert mentions(project.root / "site") == []
    assert not (project.root / "site/exchange").exists()

    module = "helpcentre.deploy.build"
    outcome = run_module(module, cwd=project.root, SITE_URL="https://help.example/")
    assert outcome.code == 0, outcome.output
    assert "Not shown: docs/orders/broken.md:6: unknown name 'nothing'" in outcome.output
    preview = project.root / "site-preview"
    page = (preview / "orders/exchange/index.html").read_text(encoding="utf-8")
    assert "Draft: only previews show this page" in page
    assert "This page was last checked" not in page
    assert (preview / "exchange/index.html").is_file()
    assert "orders/index.html" in mentions(preview)
    assert "orders/exchange" in (preview / "questions/index.html").read_text(encoding="utf-8")
    assert not (preview / "orders/broken").exists()
    assert "loads from elsewhere" in (preview / "orders/links/index.html").read_text("utf-8")


def test_serve_shows_a_draft_and_what_leads_to_it(project: Project) -> None:
    add(project)
    edits = [
        ("docs/contact.md", "related:\n", "related:\n  - orders/exchange.md\n"),
        (FILE, "Ask", "[Gone](gone.md) Ask"),
        (FILE, "[Gone](gone.md) Ask", "{{ nothing }}"),
        (FILE, "{{ nothing }}", "Ask"),
    ]
    outcome = run(sys.executable, "-c", DRIVER, json.dumps(edits), cwd=project.root, SITE_AS_OF="")
    assert outcome.code == 0, outcome.output
    found = json.loads(outcome.output.splitlines()[-1])
    assert [ended for ended, _ in found] == ["built", "built", "failed", "built"]
    page = (project.root / "site/orders/exchange/index.html").read_text(encoding="utf-8")
    assert "Draft: only previews show this page" in page
