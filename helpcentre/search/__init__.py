"""Search: the index as files, and the parts of the worker that answers from it in the browser."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpcentre.content.hashed import digest, named
from helpcentre.content.page import CONTACT, LISTS
from helpcentre.content.project import Project
from helpcentre.content.synonyms import groups
from helpcentre.search import encoding, index, known_words, ranking
from helpcentre.search.language import language
from helpcentre.search.pages import SearchPage, read

FOLDER = "search"
"""In the built site, and below theme/."""
INDEX = "index.bin"


def pages_of(project: Project, html: Mapping[str, str]) -> tuple[list[SearchPage], SearchPage]:
    """Return the pages of `project` that answer, and what stands for customer care.

    `html` is the content of their articles, by path under docs/. Pages that only list answers are
    left out: they would come before the answers.
    """
    pages = [
        read(
            html[page.source],
            page.url,
            project.answer(page).striptags(),
            [phrase.text for phrase in page.phrases],
            is_reference=page.front_matter.reference,
        )
        for page in sorted(project.pages.values(), key=lambda page: page.url)
        if page.front_matter.template not in LISTS
    ]
    contact = project.pages[CONTACT]
    out_of_scope = tuple(phrase.text for phrase in project.out_of_scope)
    answer = project.answer(contact).striptags()
    return pages, SearchPage(contact.url, "", answer, phrases=out_of_scope)


def index_of(project: Project, html: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the index of the pages of `project`, as index_files() does."""
    pages, person = pages_of(project, html)
    return index_files(pages, project.history.tag, groups(project.synonyms), person)


def index_files(
    pages: Sequence[SearchPage],
    tag: str,
    synonyms: Iterable[Sequence[str]],
    contact: SearchPage | None = None,
) -> Mapping[str, bytes]:
    """Return the index of `pages`, in the language of `tag` such as en-GB, as files by name.

    `contact` stands for customer care, and is found by out-of-scope questions. INDEX is the whole
    index or, on a large site, names the parts of it, which are in a folder with a hash of them all
    in its name.
    """
    found = [*pages, *([contact] if contact else [])]
    made = ranking.Index.of(pages, contact, tag, synonyms)
    terms, (counts, kinds) = made.terms, made.evidence
    known = known_words.file_of(tag)
    others = {named("known.bin", known): known} if known else {}
    about: dict[str, Any] = {
        "pages": made.pages,
        "contact": made.contact,
        "person": made.person,
        "minor": sorted(made.minor),
        "counts": counts,
        "kinds": kinds,
        "known": next(iter(others), ""),
    }
    if len(found) <= encoding.ONE_FILE:
        return {INDEX: encoding.one_file(found, terms, about)} | others
    terms = index.with_groups(terms)
    parts = dict(encoding.parts(found, terms))
    folder = digest(b"".join(parts.values()))
    manifest = encoding.manifest(found, terms, {**about, "folder": folder})
    written = {f"{folder}/{name}.bin": part for name, part in parts.items()}
    return {INDEX: manifest} | written | others


def names_file(tag: str) -> dict[str, bytes]:
    """Return the file of names that are not counted, by its name; empty without a list of them."""
    names = known_words.file_of(tag, "names")
    return {named("names.bin", names): names} if names else {}


def worker_parts(tag: str, scripts: Path, *, counts: bool = False) -> list[str | Path]:
    """Return the parts of the worker for the language of `tag`, as text or as files of `scripts`.

    Each part comes after those whose names it uses. With `counts` the worker says what of a
    question may be counted, for which it fetches names_file().
    """
    lists = language(tag)
    stemmer = scripts / f"stemmer-{lists.tag}.js"
    return [
        f"const LANGUAGE = {lists.as_json()};",
        stemmer if stemmer.exists() else "const stemOf = (word) => word;",
        *(scripts / f"{part}.js" for part in ("language", "index", "ranking")),
        *(
            [
                f"const NAMES = {json.dumps(next(iter(names_file(tag)), ''))};",
                scripts / "insights.js",
            ]
            if counts
            else ['const counted = () => "";']
        ),
        scripts / "worker.js",
    ]
