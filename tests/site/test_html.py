"""Every page is correct HTML, as html-validate understands the standard and WCAG."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import node

pytestmark = pytest.mark.site

PLANTED = {
    "close-order": "<div><span></div>",
    "element-permitted-content": "<ul><p>No item</p></ul>",
    "wcag/h37": "<img src='x.svg'>",
    "no-dup-id": '<h2 id="answer">Twice</h2>',
    "text-content": "<button type=button></button>",
}
"""By the rule that finds it."""


def mistakes(*pages: str | Path) -> Mapping[str, list[str]]:
    """Return the rules that pages break, by file; pages may be patterns such as site/**/*.html."""
    # wcag/h32 is off: results come while one types, so the search dialog's form needs no button.
    config = node.PACKAGES / ".htmlvalidate.json"
    program = "node_modules/html-validate/bin/html-validate.mjs"
    with TemporaryDirectory() as folder:  # of what it prints, its end is lost in a slow pipe
        printed = Path(folder) / "found.json"
        formatter = f"--formatter=json={printed}"
        done = node.run(node.PACKAGES, program, "--config", config, formatter, *pages)
        assert not done.stderr, done.stderr
        results = json.loads(printed.read_bytes())
    found = {
        result["filePath"]: [f"{message['ruleId']}: {message['message']}" for message in result["messages"]]
        for result in results
        if result["messages"]
    }  # fmt: skip
    assert bool(done.returncode) == bool(found)
    return found


def test_no_page_has_a_mistake(site: Path, help_site: Path, settings_site: Path) -> None:
    assert (site / "404.html").is_file()
    for folder in (site, help_site, settings_site):
        assert mistakes(folder / "**/*.html") == {}


def test_planted_mistakes_are_found(site: Path, tmp_path: Path) -> None:
    page = (site / "contact/index.html").read_text(encoding="utf-8")
    for number, planted in enumerate(PLANTED.values()):
        text = page.replace("</article>", f"{planted}</article>")
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    found = {
        Path(file).name: " ".join(rules) for file, rules in mistakes(tmp_path / "*.html").items()
    }
    for number, rule in enumerate(PLANTED):
        assert f"{rule}: " in found[f"{number}.html"]
