"""What templates know of the whole site."""

from markupsafe import Markup

from helpcentre.site import templates
from tests.project import own_content


def test_a_text_escapes_words_and_keeps_markup_that_looks_the_same() -> None:
    text = templates.of_site(own_content(), "")["t"]
    for title, shown in ((Markup("<b>1</b>"), "<b>1</b>"), ("<b>1</b>", "&lt;b&gt;1&lt;/b&gt;")):
        assert text("page_title", page=title, site="Help") == Markup("{} - Help").format(title)
        assert shown in text("page_title", page=title, site="Help")
