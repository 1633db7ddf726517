"""`python -m helpcentre.content.importing FOLDER`: make drafts of articles that were elsewhere.

FOLDER holds Markdown with front matter of Jekyll, Hugo or Docusaurus, or exports of Zendesk, JSON.
Pages keep their words, pictures, links to each other and old addresses. Nothing is invented, and no
file is overwritten; what could not be taken over is printed with file and line.
"""

import filecmp
import os
import posixpath
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import yaml

from helpcentre.content import hashed, links, page, picture, redirects
from helpcentre.content.foreign import (
    MAX_ARTICLE,
    Article,
    address_part,
    folder_of,
    key_of,
    markdown,
    of_markdown,
    of_zendesk,
    path_of,
)
from helpcentre.content.new_page import plain_or_quoted
from macros import strict_yaml
from macros.layout import ASSETS, DOCS
from macros.problem import Problem, ProblemsError

MAX_ARTICLES = 20_000
MAX_PICTURE, MAX_TOTAL = 10_000_000, 100_000_000
"""Bytes of one picture, and of all articles."""

_MARKDOWN = (".md", ".markdown", ".mdx")
_PICTURES = {kind: kind for kind in picture.SUFFIXES} | {".jpeg": ".jpg"}
_SKIPPED = ("node_modules", "_site", "_includes", "_layouts")
_ANCHOR = re.compile(r"(?<=[ \t])\{#([\w-]+)\}(?=[ \t]*$)", re.MULTILINE)
_REFERENCE = re.compile(
    r"\{\{[<%]-?\s*(?:rel)?ref\s+[\"'`]?([^\"'`\s]+)[\"'`]?\s*-?[>%]\}\}"
    r"|\{%-?\s*(?:link|post_url)\s+([^\s%]+)\s*-?%\}|\{\{\s*site\.(?:baseurl|url)\s*\}\}"
)
"""Hugo's and Jekyll's ways to name another article in a link."""
_ZENDESK = re.compile(r"/articles/(\d+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\Z", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:iframe|video|audio|script|style|form|object|embed|svg|button|input|details|t[dh]\b[^<>\n]*span=)"
    r"[^<>\n]*"
)
"""Elements that pages may not have, and cells that Markdown cannot have."""
_BEFORE_PICTURE = re.compile(r"!\[[^\]\n]*\]\([ \t]*<?$|\bsrc\s*=\s*[\"']?$", re.IGNORECASE)
_TEMPLATES = (
    (re.compile(r"\{\{[<%][^{}\n]*\}\}"), "the shortcode"),
    (re.compile(r"\{%[^%\n]*%\}"), "the tag"),
    (re.compile(r"\{\{(?![<%])[^{}\n]*\}\}|\{#"), "the variable or comment"),
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f]"), "the control character"),
)
_MARKUP = (
    (re.compile(r"^(?:import|export)[ \t]+[^\n]+", re.MULTILINE), "the line of JavaScript"),
    (re.compile(r"<[A-Z]\w*[^<>\n]*"), "the component"),
    (re.compile(r"^[ \t]*:::[^\n]+", re.MULTILINE), "the note"),
    (re.compile(r"^[ \t]*--8<--[^\n]*|^\{![^\n]*!\}", re.MULTILINE), "the include"),
    (re.compile(r"^(?:\{:toc\}|\[toc\])", re.MULTILINE | re.IGNORECASE), "the table of contents"),
    (re.compile(r"<table\b[^<>\n]*"), "the HTML"),
    (_HTML, "the HTML"),
)
"""What pages have no equal of; each is reported, and stays as it is."""


class Import:
    """One folder of articles on its way into the project at `root`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder.resolve()
        self.problems: list[Problem] = []
        """What could not be taken over."""
        self.written = 0
        self.existing = 0
        """How many articles have become a page, and how many had one already."""
        self._articles: list[Article] = []
        self._known: dict[str, Article] = {}
        """By file, address and name."""

    def run(self) -> None:
        """Write a draft for each article that has no page yet.

        Raises ValueError, before anything is written, if there are too many articles.
        """
        redirects.read(self._root)  # raises if they are wrong
        total = 0
        for file in self._files():
            articles = list(self._read(file))
            total += sum(len(article.body) for article in articles)
            self._articles += articles
            if len(self._articles) > MAX_ARTICLES or total > MAX_TOTAL:
                raise ValueError(
                    f"expected at most {MAX_ARTICLES} articles of {MAX_TOTAL} bytes together:"
                    " import one folder after the other"
                )
        self._place()
        for article in self._articles:
            for name in (article.file, *article.old, f"*/{posixpath.basename(article.file)}"):
                self._known.setdefault(key_of(name), article)
            if article.is_html and (number := _ZENDESK.search("".join(article.old))):
                self._known.setdefault(number[0], article)
        made = [article for article in self._articles if self._make(article)]
        self.written = len(made)
        self._redirect(made)

    def _report(self, article: Article | str, line: int, message: str) -> None:
        file = article if isinstance(article, str) else article.file
        printable = f"{self._folder.name}/{file}".encode(errors="replace").decode()
        self.problems.append(Problem(printable, line, message))

    def _files(self) -> list[str]:
        files: list[str] = []
        for folder, folders, names in os.walk(self._folder):
            folders[:] = sorted(n for n in folders if n[0] != "." and n not in _SKIPPED)
            for name in sorted(names):
                if name.lower().endswith((*_MARKDOWN, ".json")):
                    files.append((Path(folder) / name).relative_to(self._folder).as_posix())
        return files

    def _read(self, file: str) -> Iterator[Article]:
        """Yield the articles in `file`, and report why it has none."""
        is_export = file.lower().endswith(".json")
        try:
            path = self._inside(file)
            limit = MAX_TOTAL if is_export else MAX_ARTICLE
            if not path:
                raise ValueError("it is not a file in this folder")
            if path.stat().st_size > limit:
                raise ValueError(f"expected at most {limit} bytes, found {path.stat().st_size}")
            text = strict_yaml.read_text(self._folder, file)
            yield from (of_zendesk(file, text) if is_export else (of_markdown(file, text),))
        except ProblemsError as error:
            problem = error.problems[0]
            self._report(file, problem.line, f"not taken over: {problem.message}")
        except (ValueError, OSError, RecursionError, yaml.YAMLError) as error:
            self._report(file, 1, f"not taken over: {' '.join(str(error).split())}")

    def _inside(self, file: str) -> Path | None:
        """Return the path of `file` if it is a file in the folder, not elsewhere by a link."""
        try:
            path = (self._folder / file).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except (OSError, ValueError, RuntimeError):  # a name too long or with a zero byte; a loop
            return None

    def _place(self) -> None:
        """Give each article the path of its page: that of its file, in small letters."""
        pages = {file.removeprefix(f"{DOCS}/") for file in page.files(self._root)}
        self._addresses = {page.url_of(source).casefold() for source in pages}
        used: dict[str, int] = {}
        given: set[str] = set()
        for article in self._articles:
            folders = [address_part(part) for part in folder_of(article.file).split("/")]
            name = (
                address_part(article.name)
                or address_part(article.title)
                or hashed.digest(os.fsencode(article.file))
            )
            stem = "/".join([*filter(None, folders), name])
            for n in count(used.get(stem, 0) + 1):
                source = f"{stem}-{n}.md" if n > 1 else f"{stem}.md"
                is_free = page.url_of(source) not in self._addresses or source in pages
                if is_free and source not in given:
                    break
            used[stem] = n
            given.add(source)
            article.source = source
        self._addresses |= {page.url_of(source) for source in given}

    def _make(self, article: Article) -> bool:
        """Write the page of `article`, with its pictures, and return whether it was written."""
        file = f"{DOCS}/{article.source}"
        if os.path.lexists(self._root / file):
            self.existing += 1
            return False
        pictures: dict[str, Path] = {}
        front = f"---\ntitle: {plain_or_quoted(article.title)}\ndraft: true\n"
        if article.description:
            front += f"description: {plain_or_quoted(article.description)}\n"
        try:
            body = markdown(article)
            page.parse(file, f"{front}---\n\n{body}\n")  # nothing too long is looked at closely
            text = f"{front}---\n\n{self._body(article, body, pictures).strip()}\n"
            page.parse(file, text)
            for picture, path in pictures.items():
                if os.path.lexists(self._root / picture):
                    continue
                shutil.copyfile(path, self._parent(picture) / posixpath.basename(picture))
            with (self._parent(file) / posixpath.basename(file)).open("xb") as new:
                new.write(text.encode())
        except (ValueError, OSError, RecursionError) as error:
            problems = error.problems if isinstance(error, ProblemsError) else ()
            message = problems[0].message if problems else f"{error}"
            self._report(article, article.line, f"not taken over: {message}")
            return False
        return True

    def _parent(self, file: str) -> Path:
        """Return the folder of `file`, which is there then. Raises OSError if it is elsewhere."""
        folder = (self._root / file).parent
        if not folder.resolve().is_relative_to(self._root.resolve() / DOCS):
            raise OSError(f"{posixpath.dirname(file)} leads out of {DOCS}/")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _body(self, article: Article, body: str, pictures: dict[str, Path]) -> str:
        """Return `body` with our links; add its pictures, and report what is left."""
        for found in _HTML.finditer(article.body) if article.is_html else ():
            self._report(article, article.line, f"check what became of the HTML {found[0]}>")

        def line(start: int) -> int:
            return article.line + (0 if article.is_html else body.count("\n", 0, start))

        edits = [
            (*anchor.span(), f"{{: #{anchor[1]} }}")
            for anchor in _ANCHOR.finditer(links.without_code(body))
        ]
        for start, target in links.targets(body):
            is_picture = bool(_BEFORE_PICTURE.search(body, body.rfind("\n", 0, start) + 1, start))
            try:
                new = self._target(article, target, is_picture, pictures)
            except ValueError as error:
                self._report(article, line(start), f"'{target}': {error}")
                if is_picture:  # a link, so that the draft can be shown
                    mark = body.rfind("![", 0, start)
                    edits.append((mark, mark + 1, ""))
            else:
                edits.append((start, start + len(target), new))
        for start, end, new in sorted(edits, reverse=True):
            body = body[:start] + new + body[end:]
        without_code = links.without_code(body)
        for patterns, text in ((_TEMPLATES, body), (_MARKUP, without_code)):
            for pattern, what in patterns:
                for found in pattern.finditer(text):
                    self._report(
                        article, line(found.start()), f"left as it is: {what} {found[0].strip()!r}"
                    )
        return body

    def _target(
        self, article: Article, target: str, is_picture: bool, pictures: dict[str, Path]
    ) -> str:
        """Return what the page of `article` calls `target`. Raises ValueError if it is lost."""
        reference = _REFERENCE.search(target)
        path = _REFERENCE.sub(lambda name: name[1] or name[2] or "", target)
        path, mark, anchor = path.partition("#")
        number = _ZENDESK.search(path)
        found = self._known.get(number[0]) if number else None
        if not found and _ELSEWHERE.match(path):
            if is_picture and not path.startswith("data:"):
                raise ValueError("the picture is on another site; put a copy here")
            return target
        path = unquote(path.partition("?")[0])
        if is_picture or Path(path).suffix.lower() in _PICTURES:
            return self._picture(article, path, pictures)
        bases = (
            posixpath.dirname(article.file),
            *article.old[:1],
            "",
            *(["*"] if reference else []),
        )
        for base in bases if path.strip("/") or not reference else ():
            found = found or self._known.get(key_of(posixpath.join(f"/{base}", path)))
        if not found:
            raise ValueError("the link leads to no article in this folder")
        return (
            posixpath.relpath(found.source, posixpath.dirname(article.source) or ".")
            + mark
            + anchor
        )

    def _picture(self, article: Article, path: str, pictures: dict[str, Path]) -> str:
        """Return what the page of `article` calls the picture at `path`, and add it."""
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        if suffix.lower() not in _PICTURES:
            raise ValueError(f"pages show no pictures of the kind '{suffix}'")
        folder = posixpath.dirname(article.file)
        tries = [folder, "."] if not path.startswith("/") else [".", "static", "assets"]
        found = [self._inside(posixpath.join(base, path.lstrip("/"))) for base in tries]
        if not (picture := next(filter(None, found), None)):
            raise ValueError("there is no such picture in this folder")
        if picture.stat().st_size > MAX_PICTURE:
            raise ValueError(f"expected a picture of at most {MAX_PICTURE} bytes")
        name = posixpath.join(
            ASSETS, posixpath.dirname(article.source), address_part(stem) or "picture"
        )
        kind = _PICTURES[suffix.lower()]
        for n in count(1):
            file = f"{name}-{n}{kind}" if n > 1 else f"{name}{kind}"
            there = pictures.get(file, self._root / file)
            if there == picture or not there.exists() or filecmp.cmp(there, picture, shallow=False):
                break
        pictures[file] = picture
        return posixpath.relpath(file, posixpath.dirname(f"{DOCS}/{article.source}"))

    def _redirect(self, articles: list[Article]) -> None:
        """Write a redirect for each address that these had, and report which cannot be one."""
        taken = self._addresses | {old.casefold() for old in redirects.read(self._root)}
        new: dict[str, str] = {}
        for article in articles:
            line = article.line if article.is_html else 1
            for old in dict.fromkeys(article.old):
                path = path_of(old).strip("/")
                address = next(filter(redirects.is_address, (path, f"{path}/")), "")
                if address.casefold() == page.url_of(article.source):
                    continue
                if not address or address.casefold().startswith(hashed.FOLDERS):
                    self._report(
                        article, line, f"the old address '{old}' cannot be a redirect here"
                    )
                elif address.casefold() in taken:
                    self._report(article, line, f"the old address '{old}' is lost: it is taken")
                else:
                    taken.add(address.casefold())
                    new[address] = article.source
        try:
            if new:
                redirects.add(self._root, new)
        except (ValueError, OSError) as error:
            for old, source in new.items():
                message = f"{error}; add '{old}: {source}' yourself"
                self.problems.append(Problem(redirects.FILE, 1, message))


def main(folder: str) -> None:
    """Import the articles in `folder`. Raises SystemExit with what is wrong with it."""
    if not folder or not Path(folder).is_dir():
        raise SystemExit(f"expected a folder with articles, found '{folder}'")
    articles = Import(Path.cwd(), Path(folder))
    try:
        articles.run()
    except (ValueError, OSError) as error:
        raise SystemExit(f"{folder}: {error}") from None
    for problem in articles.problems:
        print(problem)
    print(
        f"{articles.written} drafts written, {articles.existing} pages left as they were,"
        f" {len(articles.problems)} things to look at"
    )


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
