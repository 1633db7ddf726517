"""Every Markdown feature that a page may use, and the worst that may come, on one page of samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.project import ROOT, Project
from tests.site.test_accessibility import violations
from tests.site.test_html import mistakes
from tests.site_server import serving

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.slow]

SAMPLES = Path(__file__).with_name("samples.md")
WIDE = '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200"><rect width="2000" height="200" fill="#0b6b5e"/></svg>'


@pytest.fixture(scope="module")
def samples_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site that has the page of samples, and one ten times as long."""
    project = Project.copy(tmp_path_factory.mktemp("samples") / "project")
    text = SAMPLES.read_text(encoding="utf-8")
    (project.root / "docs/samples.md").write_text(text, encoding="utf-8")
    (project.root / "docs/assets/wide.svg").write_text(WIDE, encoding="utf-8")
    head, mark, body = text.partition("\n---\n\n")
    longer = (head + mark + body * 10).replace("sample ", "specimen ").replace("menu: Samples", "menu: Specimens")  # fmt: skip
    (project.root / "docs/specimens.md").write_text(longer, encoding="utf-8")
    project.edit(
        "mkdocs.yml", "  - contact.md\n", "  - contact.md\n  - samples.md\n  - specimens.md\n"
    )
    outcome = project.build()
    assert outcome.code == 0, outcome.output
    return project.root / "site"


@pytest.fixture(scope="module")
def samples(samples_site: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(samples_site) as url:
        yield url


def test_it_is_correct_html(samples_site: Path) -> None:
    assert mistakes(samples_site / "samples/index.html") == ""


@pytest.mark.parametrize("name", ["samples", "specimens", "key-dates", "questions"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_everything_stays_inside_the_page(
    browser: Browser, samples: str, width: int, name: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{samples}{name}/")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = page.evaluate(
        """width => [...document.querySelectorAll("article *")].filter((each) =>
            !each.closest(".table, pre, .unseen, template")
            && each.getBoundingClientRect().right > width + 1).map((each) => each.outerHTML.slice(0, 80))""",
        width,
    )
    page.close()
    assert beyond == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_it_shuts_anybody_out(browser: Browser, samples: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 844})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{samples}samples/")
    found = violations(page)
    context.close()
    assert found == []


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
    tab.wait_for_timeout(300)
    assert table.evaluate("table => table.scrollLeft") > 0


def test_the_samples_are_not_published(site: Path) -> None:
    assert not (site / "samples").exists()
    assert not (ROOT / "docs/samples.md").exists()
