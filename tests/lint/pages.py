"""Pages for tests of rules that judge one page."""

from helpcentre.content.page import Page, read
from tests.project import ROOT

_SOME_PAGE = read(ROOT, "docs/contact.md")


def page(body: str) -> Page:
    """Return a page with this Markdown, whose front matter has no mistakes."""
    return Page("docs/a.md", _SOME_PAGE.front_matter, body, body_line=10, text=body)
