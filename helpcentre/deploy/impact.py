"""`python -m helpcentre.deploy.impact`: show every sentence that a change rewrites.

Two built sites are compared as shoppers read them: by default that of the last commit, or of
another revision (--base main), with that of the working tree. With SITE_AS_OF in the environment,
today's site is compared with that day's.
"""

import argparse
import difflib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from helpcentre.deploy import build
from macros.clock import VARIABLE
from macros.layout import SITE

_INLINE = [
    *("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "u"),
]
"""Elements inside a sentence; any other begins and ends one."""
_SENTENCE_END = re.compile(r"(?<=[.?!؟])\s+(?=\S)|(?<=[。！？])")


def sentences(page: Path) -> list[str]:
    """Return what a shopper reads of a built page, in order: its description, then its content."""
    # Scripts show what templates hold, so it is read too.
    text = re.sub(r"<(/?)template\b", r"<\1div", page.read_text(encoding="utf-8"))
    html = LexborHTMLParser(" ".join(text.split()))
    description = html.css_first("meta[name=description]")
    blocks = [(description.attributes["content"] or "")] if description else []
    for repeated in html.css("header, footer, .side, .crumbs, script, style, svg"):
        repeated.decompose()
    for node in html.css("body [alt], body [title], body [aria-label]"):
        for attribute in ("alt", "title", "aria-label"):
            node.insert_before(f" {node.attributes.get(attribute) or ''} ")
    html.unwrap_tags(_INLINE, delete_empty=True)
    html.merge_text_nodes()
    blocks += html.body.text(separator="\n").split("\n") if html.body else []
    texts = (" ".join(block.split()) for block in blocks)
    return [sentence for text in texts for sentence in _SENTENCE_END.split(text) if sentence]


def compare(before: Path, after: Path) -> Iterator[str]:
    """Yield the lines of a report on the sentences that differ between two built sites."""
    pages = {path.relative_to(site) for site in (before, after) for path in site.rglob("*.html")}
    for page in sorted(pages):
        old, new = (
            sentences(site / page) if (site / page).exists() else [] for site in (before, after)
        )
        changes = [line for line in difflib.ndiff(old, new) if line.startswith(("- ", "+ "))]
        if changes:
            yield f"/{page.as_posix().removesuffix('index.html')}"
            yield from (f"  {line}" for line in changes)
            yield ""


def _build(root: Path, name: str, site: Path, as_of: str) -> None:
    """Build the project at `root` into `site`, by its own code. `name` is for people."""
    environment = os.environ | {VARIABLE: as_of, "NO_MKDOCS_2_WARNING": "1"}
    done = build.run(root, site, env=environment, capture_output=True)
    if done.returncode:
        why = done.stderr.strip()
        if "Traceback " in why:  # code of a revision that needs another package, most likely
            why = why.splitlines()[-1]
        raise SystemExit(f"{name} cannot be built with the packages that are installed:\n{why}")


def _export(root: Path, revision: str, to: Path) -> None:
    """Write the files of a revision of the repository into `to`."""
    command = ["git", "archive", "--format=tar", "--end-of-options", revision]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"git has no revision '{revision}' here: {done.stderr.decode().strip()}")
    to.mkdir()
    subprocess.run(["tar", "-x", "-C", to], input=done.stdout, check=True)


def main() -> None:
    """Print the report that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m helpcentre.deploy.impact", description=__doc__)
    parser.add_argument("--base", help="the revision to compare with; default: the last commit")
    base = parser.parse_args().base
    root, as_of = Path.cwd(), os.environ.get(VARIABLE, "")
    with tempfile.TemporaryDirectory() as folder:
        names = (f"before/{SITE}", f"after/{SITE}", "revision")
        before, after, old = (Path(folder) / name for name in names)
        if as_of and not base:
            _build(root, "the working tree", before, "")
            period = f"from today to {as_of}"
        else:
            _export(root, base or "HEAD", old)
            _build(old, f"revision {base or 'HEAD'}", before, as_of)
            period = f"since {base or 'the last commit'}"
        _build(root, "the working tree", after, as_of)
        report = "\n".join(compare(before, after)).rstrip()
    if report:
        print(f"Sentences that read differently {period}:\n\n{report}")
    else:
        print(f"Nothing reads differently {period}.")


if __name__ == "__main__":
    main()
