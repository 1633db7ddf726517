"""Markdown as GitHub and editors show it, rendered by Python-Markdown as MkDocs has it.

Writers think in CommonMark. Python-Markdown wants four spaces in a list and a blank line before
one, and knows fewer escapes: the extension rewrites blocks as it wants them. It also keeps the
markup of policy values away from Markdown, and out of code, links and attributes, which show the
plain words.
"""

import re
import string
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any
from urllib.parse import quote

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

_VALUE = re.compile(
    r'<a class="row" .*?</a>|<bdi class="value-whole">.*?</bdi>|<strong class="label" .*?</strong>'
)
"""What macros/ fills in for a value."""
_TOKEN = re.compile("\ue000([0-9]+)\ue001")
"""What stands for a value while Markdown is read, by its number."""
_PLAIN_ONLY = re.compile(
    r"<a\b[^>]*>.*?</a>|<(code|pre|kbd|label|summary)\b.*?</\1>|<[a-z][^<>]*>", re.DOTALL
)
"""Where markup would be shown, or is not allowed."""
_ADDRESS = re.compile(r'\b(href|src)="[^"]*"')
_TAB = re.compile(r'^( *)===(?=[+!]? ")', re.MULTILINE)
"""A content tab, which is read as a note: both indent what they hold."""
_MARKER = re.compile(r"( *)([-+*]|\d{1,9}[.)])( {1,4}(?=\S)| ?)")
_MARKED = re.compile(r"[ \t]+\S|[-+*>#~`|=!?:_\\]|\d+[.)]|.*\\$")
"""How a line begins or ends that may be more than words."""
_QUOTE = re.compile(r" {0,3}> ?")
DEEPEST = 20
"""How many levels of lists, quotations and notes are read: the parser reads no more."""
_LISTS = ("bullet_list_open", "ordered_list_open")
NAMES = {
    "p": "a paragraph",
    "ul": "a list",
    "ol": "steps",
    "li": "an item of a list",
    "blockquote": "a quotation",
    "note": "a note",
    "table": "a table",
    "tr": "a row of a table",
    "th": "a cell of a table",
    "td": "a cell of a table",
    "dl": "a list of definitions",
    "dt": "a term",
    "dd": "a definition",
    "pre": "code",
    "html": "HTML",
    "hr": "a line across the page",
    "footnote": "a footnote",
} | {f"h{level}": f"a heading of level {level}" for level in range(1, 7)}
"""What writers call each kind of block, by its tag or by another name that kind() returns."""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable("inline")
    parser.use(admon_plugin).use(deflist_plugin).use(footnote_plugin)
    return parser.disable("footnote_tail")  # footnotes stay where they are written


@lru_cache(maxsize=256)  # a page is parsed to be rewritten, and to be compared, in each language
def parse(text: str) -> Sequence[Token]:
    """Return the blocks of `text` as a CommonMark reader sees them; marks in lines are not read."""
    return _parser().parse(_TAB.sub(r"\1!!!", text))


def kind(token: Token) -> str:
    """Return the kind of block that a token begins or ends, a key of NAMES; else another word."""
    match token.type.removesuffix("_open").removesuffix("_close"):
        case "fence" | "code_block":
            return "pre"
        case "admonition":
            return "note"
        case "html_block":
            return "html"
        case "footnote_reference":
            return "footnote"
        case "admonition_title":
            return "title"
    return token.tag


def without_values(text: str) -> tuple[str, list[str]]:
    """Return `text` with tokens for the markup of values and spaces for tabs; and the values."""
    values: list[str] = []

    def token(value: re.Match[str]) -> str:
        values.append(value[0])
        return f"\ue000{len(values) - 1}\ue001"

    return _VALUE.sub(token, text.expandtabs(4)), values


def rewritten(text: str, *, in_item: bool = False, depth: int = 0) -> str:
    """Return `text` so that Python-Markdown finds the blocks that CommonMark does.

    In an item of a list, a list may follow its words without a blank line. What is more than
    DEEPEST levels deep stays as it is.
    """
    if depth > DEEPEST:
        return text
    lines = text.split("\n")
    done: list[str] = []
    at, previous = 0, ""

    def add(block: list[str]) -> None:
        if done and done[-1].strip() and block and block[0].strip():
            done.append("")
        done.extend(block)

    if depth and not any(map(_MARKED.match, lines)):
        return text
    tokens = parse(text)
    for number, token in enumerate(tokens):
        if token.level or token.nesting < 0 or not token.map or token.map[0] < at:
            continue
        start, end = token.map
        add(lines[at:start])
        if token.type in _LISTS:
            if token.type == previous:
                add(["<!-- -->"])  # separates two lists with different markers
            items = takewhile(lambda other: other.level, tokens[number + 1 :])
            starts = [item.map[0] - start for item in items if _is_item(item) and item.map]
            block = list(_list(token, lines[start:end], starts, depth + 1))
        else:
            block = _block(token, lines[start:end], depth + 1)
        if in_item and token.type in _LISTS and previous == "paragraph_open":
            done.extend(block)
        else:
            add(block)
        at, previous = end, token.type
    add(lines[at:])
    return "\n".join(done)


def _block(token: Token, lines: list[str], depth: int) -> list[str]:
    """Return the lines of one block as Python-Markdown wants them."""
    match token.type:
        case "blockquote_open":
            inner = rewritten(
                "\n".join(_QUOTE.sub("", line, count=1) for line in lines), depth=depth
            )
            return [f"> {line}".rstrip() for line in inner.split("\n")]
        case "admonition_open":
            indent = len(lines[0]) - len(lines[0].lstrip())
            inner = rewritten("\n".join(line[indent + 4 :] for line in lines[1:]), depth=depth)
            return [lines[0][indent:], *_indented(inner)]
        case "fence" if not lines[-1].strip().endswith(token.markup) or len(lines) == 1:
            return [*lines, token.markup]
        case "paragraph_open":
            return [_paragraph_line(line) for line in lines]
    return lines


def _paragraph_line(line: str) -> str:
    """Keep a hashtag from becoming a heading; make a backslash at the end a line break."""
    line = re.sub(r"^\s+(?=[^\W\d_])", "", line)
    line = re.sub(r"^(\s*)(#{1,6}[^#\s])", r"\1\\\2", line)
    return re.sub(r"(?<!\\)((?:\\\\)*)\\$", r"\1  ", line)


def _is_item(token: Token) -> bool:
    return token.type == "list_item_open" and token.level == 1


def _list(token: Token, lines: list[str], starts: list[int], depth: int) -> Iterator[str]:
    """Yield a list's lines, with all that an item holds indented by four spaces.

    `starts` are the lines on which the items begin.
    """
    ordered = token.type == "ordered_list_open"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        marker = _MARKER.match(lines[start])
        if not marker:  # never: it is how an item begins
            raise ValueError(lines[start])
        width = len(marker[0]) if marker[3] else len(marker[0]) + 1
        own = [lines[start][len(marker[0]) :]]
        own += [
            line[min(width, len(line) - len(line.lstrip())) :] for line in lines[start + 1 : end]
        ]
        inner = rewritten("\n".join(own), in_item=True, depth=depth).rstrip()
        first, *others = _indented(inner)
        yield f"{f'{marker[2][:-1]}.' if ordered else '-'} {first.strip()}"
        yield from others
        if end < len(lines) and (not lines[end - 1].strip() or "" in others):
            yield ""


def _indented(text: str) -> list[str]:
    return [f"    {line}".rstrip() for line in text.split("\n")]


class _Rewrite(Preprocessor):
    def __init__(self, values: list[str]) -> None:
        self._values = values

    def run(self, lines: list[str]) -> list[str]:
        text, self._values[:] = without_values("\n".join(lines))
        return rewritten(text).split("\n")


class _FillIn(Postprocessor):
    def __init__(self, values: list[str]) -> None:
        self._values = values

    def run(self, text: str) -> str:
        if not self._values:
            return text
        text = _PLAIN_ONLY.sub(self._in_plain, text)
        return _TOKEN.sub(lambda token: self._values[int(token[1])], text)

    def _in_plain(self, part: re.Match[str]) -> str:
        in_address = _ADDRESS.sub(
            lambda address: _TOKEN.sub(lambda token: quote(self._plain(token)), address[0]), part[0]
        )
        return _TOKEN.sub(lambda token: str(escape(self._plain(token))), in_address)

    def _plain(self, token: re.Match[str]) -> str:
        return Markup(self._values[int(token[1])]).striptags()  # noqa: S704 - of macros/


class _EscapedHtml(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return str(escape(m[1])), m.start(), m.end()


class CommonMark(Extension):
    """For Python-Markdown: reads blocks and escapes as CommonMark does."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Come before all other preprocessors, and at the very end."""
        values: list[str] = []
        md.preprocessors.register(_Rewrite(values), "commonmark", 31)
        md.postprocessors.register(_FillIn(values), "commonmark", -1)
        md.ESCAPED_CHARS = [mark for mark in string.punctuation if mark not in "<>&"]
        md.inlinePatterns.register(_EscapedHtml(r"\\([<>&])"), "escaped_html", 181)


def makeExtension(**settings: Any) -> CommonMark:  # noqa: N802 - Python-Markdown's name
    """Return the extension, for `markdown_extensions` in mkdocs.yml."""
    return CommonMark(**settings)
