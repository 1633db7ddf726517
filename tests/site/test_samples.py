"""Every Markdown feature that a page may use, and the worst cases of each, on a page of samples."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from helpcentre.site import headers
from macros.layout import ASSETS
from tests.project import ROOT, Project, once
from tests.site import visits
from tests.site.test_html import mistakes
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.slow]

SAMPLES = Path(__file__).with_name("samples.md")
WIDE = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200"><rect width="2000" height="200" fill="#0b6b5e"/></svg>'


TITLE = "Track &copy it"
"""As it is shown: what looks like HTML in a title is text."""


def build(folder: Path) -> None:
    """Build the project in `folder` with the page of samples, and one ten times as long."""
    project = Project.copy(folder)
    text = SAMPLES.read_text(encoding="utf-8")
    (project.root / "docs/samples.md").write_text(text, encoding="utf-8")
    for name in ("sample", "specimen"):
        phrases = "".join(f"{name} of number {number}\n" for number in range(100, 112))
        (project.root / f"docs/{name}s.phrases.txt").write_text(phrases, encoding="utf-8")
    (project.root / ASSETS).mkdir()
    (project.root / ASSETS / "wide.svg").write_text(WIDE, encoding="utf-8")
    head, mark, body = text.partition("\n---\n\n")
    longer = (head + mark + body * 10).replace("menu: Samples", f"menu: {TITLE}")  # fmt: skip
    longer = re.sub("title: .*", f"title: {TITLE}", longer)
    (project.root / "docs/specimens.md").write_text(longer, encoding="utf-8")
    project.edit(
        "mkdocs.yml", "  - contact.md\n", "  - contact.md\n  - samples.md\n  - specimens.md\n"
    )
    outcome = project.build()
    assert outcome.code == 0, outcome.output


@pytest.fixture(scope="module")
def samples_site(shared: Path) -> Path:
    """A built site with these pages."""
    return once(shared, "samples", build) / "site"


@pytest.fixture(scope="module")
def samples(samples_site: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(samples_site, headers=headers.headers()) as url:
        yield url


def test_it_is_correct_html(samples_site: Path) -> None:
    assert mistakes(samples_site / "samples/index.html") == {}


@pytest.mark.parametrize("name", ["samples", "specimens", "key-dates", "questions"])
def test_everything_stays_inside_the_page(browser: Browser, samples: str, name: str) -> None:
    page = browser.new_page()
    page.goto(f"{samples}{name}/")
    found = {width: beyond(page, width) for width in (320, 390, 1280)}
    page.close()
    assert found == {320: [], 390: [], 1280: []}


def beyond(page: Page, width: int) -> list[str]:
    """Return the elements that reach beyond a window of that width, which must not scroll."""
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found: list[str] = page.evaluate(
        """width => [...document.querySelectorAll("article *")].filter((each) =>
            !each.closest(".table, pre, .unseen, template")
            && each.getBoundingClientRect().right > width + 1).map((each) => each.outerHTML.slice(0, 80))""",
        width,
    )
    return found


def test_the_samples_pass_axe_and_the_content_security_policy(
    browser: Browser, samples: str
) -> None:
    record = visits.visit(browser, f"{samples}samples/")
    found = {name: look.violations for name, look in record.looks.items() if look.violations}
    assert found == {}
    assert record.refused == []


def test_a_title_that_looks_like_html_reads_the_same_everywhere(tab: Page, samples: str) -> None:
    tab.goto(f"{samples}specimens/")
    expect(tab).to_have_title(re.compile(f"^{re.escape(TITLE)} - "))
    expect(tab.locator("h1")).to_have_text(TITLE)
    expect(tab.locator(".menu a[aria-current]")).to_have_text(TITLE)
    tab.goto(f"{samples}questions/")
    expect(tab.locator(".questions").get_by_text(TITLE)).to_have_count(1)


def test_at_twice_the_size_nothing_is_cut_off(browser: Browser, samples: str) -> None:
    """1280 pixels at 200% are 640; text alone at twice its size must fit, too."""
    page = browser.new_page(viewport={"width": 640, "height": 844})
    for path in ("", "samples/", "refunds/when-will-i-receive-my-refund/"):
        page.goto(samples + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.close()


def test_a_wide_table_scrolls_by_keyboard(tab: Page, samples: str) -> None:
    tab.goto(f"{samples}samples/")
    table = tab.get_by_role("region", name="Table")
    table.focus()
    tab.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)


def test_the_samples_are_not_published(site: Path) -> None:
    assert not (site / "samples").exists()
    assert not (ROOT / "docs/samples.md").exists()
