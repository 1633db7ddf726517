"""HTML that a page must not have, as a browser reads what was built."""

import pytest

from helpcentre.lint.markup import check_rendered
from tests.lint.pages import page

PAGE = page("")


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<script>1</script>", "<script> is not allowed"),
        ("<p><iframe src=x></iframe>", "<iframe> is not allowed"),
        ("<b title='>' onclick=x>", "'onclick=' on <b> would run code"),
        (f"<b title='{'x' * 5000}' onclick=x>", "'onclick=' on <b> would run code"),
        ("<a href='java\nscript:x'>", "'href=' on <a> would run code"),
        ("<a href='&#106;avascript:x'>", "'href=' on <a> would run code"),
        ("<b style='color:red'>", "'style=' is not allowed"),
        ("<body onload=x>", "'onload=' on <body> would run code"),
        ("<svg onload=x>", "<svg> is not allowed"),
        ("<span class=twemoji><svg onload=x>", "'onload=' on <svg> would run code"),
        ("<input name=q>", "<input> is not allowed"),
        ("<p>words</p><!-- for Bob", "this comment hides the rest of the page"),
    ],
)
def test_what_runs_code_is_an_error(html: str, message: str) -> None:
    assert any(message in str(problem) for problem in check_rendered(PAGE, "", html))


@pytest.mark.parametrize(
    "html",
    [
        "<p>One <b>two</b> <a href='../x/'>three</a></p>",
        "<table><tr><td style='text-align: right'>20</td></tr></table>",
        "<time datetime='2020-03-16'>that day</time>",
        "<p>onclick=x</p>",
        '<div class="tabbed-set"><input type="radio" name="tabs"></div>',
        '<span class="twemoji"><svg viewBox="0 0 24 24"><path d="M1 1"></path></svg></span>',
    ],
)
def test_other_html_is_accepted(html: str) -> None:
    assert list(check_rendered(PAGE, "", html)) == []
