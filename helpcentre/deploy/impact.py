"""`python -m helpcentre.deploy.impact`: every sentence that a change rewrites, before it is published.

Two built sites are compared as shoppers read them. `make impact` compares the working tree with
the last commit, or with another revision (SINCE=main); with SITE_AS_OF it compares today with
that day.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.clock import VARIABLE
from helpcentre.deploy.build import MKDOCS

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "time", "u"}
)
"""Elements inside a sentence; any other begins and ends one."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\S)")


def sentences(page: Path) -> list[str]:
    """Return what a shopper reads of a built page, in order: description, then all but menus."""
    # What templates hold is read, too, once a shopper has asked for it.
    html = LexborHTMLParser(re.sub(r"<(/?)template\b", r"<\1div", page.read_text(encoding="utf-8")))
    description = html.css_first("meta[name=description]")
    found = [(description.attributes["content"] or "")] if description else []
    for repeated in html.css("header, footer, .side, .crumbs, script, style, svg"):
        repeated.decompose()
    if html.body:
        found += "".join(_read(html.body)).split("\n")
    texts = (" ".join(text.split()) for text in found)
    return [sentence for text in texts for sentence in _SENTENCE.split(text) if sentence]


def _read(node: LexborNode) -> Iterator[str]:
    """Yield the words below `node`, with a line break where one block ends and another begins."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield (child.text_content or "").replace("\n", " ")
        else:
            around = "" if child.tag in _INLINE else "\n"
            yield around
            for read_aloud in ("alt", "title", "aria-label"):
                yield f" {child.attributes.get(read_aloud) or ''} "
            yield from _read(child)
            yield around


def compare(before: Path, after: Path) -> Iterator[str]:
    """Yield the lines of a report on the sentences that differ between two built sites."""
    pages = sorted(
        {path.relative_to(site) for site in (before, after) for path in site.rglob("*.html")}
    )
    for page in pages:
        old, new = (
            sentences(site / page) if (site / page).exists() else [] for site in (before, after)
        )
        changes = [line for line in difflib.ndiff(old, new) if line.startswith(("- ", "+ "))]
        if changes:
            yield f"/{page.as_posix().removesuffix('index.html')}"
            yield from (f"  {line}" for line in changes)
            yield ""


def _build(root: Path, site: Path, as_of: str) -> None:
    """Build the project at `root` into `site`. Raises SystemExit with what MkDocs printed."""
    environment = {**os.environ, VARIABLE: as_of} if as_of else _without_preview()
    done = subprocess.run(
        [MKDOCS, "build", "--site-dir", site],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{root} cannot be built:\n{done.stderr}")


def _without_preview() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != VARIABLE}


def _export(root: Path, revision: str, to: Path) -> None:
    """Write the files of `revision` into `to`. Raises SystemExit for a revision there is not."""
    done = subprocess.run(
        ["git", "archive", "--format=tar", "--end-of-options", revision],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"git knows no revision '{revision}' here: {done.stderr.decode().strip()}")
    to.mkdir()
    subprocess.run(["tar", "-x", "-C", to], input=done.stdout, check=True)


def main(words: list[str]) -> None:
    """Run the command that `words` say."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.deploy.impact", description=__doc__)
    parser.add_argument("--since", help="the revision to compare with; the last commit if none")
    since = parser.parse_args(words).since
    root, as_of = Path.cwd(), os.environ.get(VARIABLE, "")
    with tempfile.TemporaryDirectory() as folder:
        before, after, old = (Path(folder) / name for name in ("before", "after", "revision"))
        if as_of and not since:
            _build(root, before, "")
            what = f"from today to {as_of}"
        else:
            _export(root, since or "HEAD", old)
            _build(old, before, as_of)
            what = f"since {since or 'the last commit'}"
        _build(root, after, as_of)
        report = "\n".join(compare(before, after)).rstrip()
    print(
        f"Sentences that read differently {what}:\n\n{report}"
        if report
        else f"Nothing reads differently {what}."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
