"""Every page is correct HTML, as html-validate understands the standard and WCAG."""

from pathlib import Path

import pytest

from tests import node

pytestmark = pytest.mark.site


def mistakes(*pages: str | Path) -> str:
    """Return what html-validate finds in pages, which may be patterns such as site/**/*.html."""
    # wcag/h32 is off: results come as one types, so the search dialog's form needs no button.
    config = node.PACKAGES / ".htmlvalidate.json"
    program = "node_modules/html-validate/bin/html-validate.mjs"
    done = node.run(node.PACKAGES, program, "--config", config, "--formatter=text", *pages)
    assert not done.stderr, done.stderr
    assert bool(done.returncode) == bool(done.stdout)
    return done.stdout


def test_no_page_has_a_mistake(site: Path, help_site: Path) -> None:
    assert (site / "404.html").is_file()
    assert mistakes(site / "**/*.html", help_site / "**/*.html") == ""


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<div><span></div>", "close-order"),
        ("<ul><p>No item</p></ul>", "element-permitted-content"),
        ("<img src='x.svg'>", "wcag/h37"),
        ('<h2 id="answer">Twice</h2>', "no-dup-id"),
        ("<button type=button></button>", "text-content"),
    ],
)
def test_a_planted_mistake_is_found(site: Path, tmp_path: Path, planted: str, rule: str) -> None:
    page = (site / "contact/index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(
        page.replace("</article>", f"{planted}</article>"), encoding="utf-8"
    )
    assert rule in mistakes(tmp_path / "index.html")
