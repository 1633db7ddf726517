"""Search: what its index is made of, how it is written, and the worker that asks it."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from publish import assets
from search import encoding, index, pages, worker
from search.language import language

FOLDER = "search"
"""In the built site."""


class About(TypedDict):
    """What cannot be read from the built pages; hooks.py leaves it beside them."""

    language: str
    """The site's, such as en-GB."""
    contact: str
    questions: str
    """The addresses of the pages to which the search box hands over."""
    pages: Mapping[str, Mapping[str, Any]]
    """Front matter by address; a page that is not there is searched by its text alone."""


def build(site: Path, about: About, groups: Iterable[tuple[str, ...]]) -> None:
    """Write the search of the built `site` into its folder search/, in place of what is there.

    `groups` are synonyms.

        index.bin           the index, or on a large site what is in its parts; publish.finish
                            gives it a name with its hash, and that name to the pages
        <hash>/terms-0.bin  those parts, in a folder with a hash of them all in its name
        worker.<hash>.js    what answers questions in the browser
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = list(pages.read(site, about["pages"]))
    places = {page.url: place for place, page in enumerate(found)}
    if contact := about["pages"].get(about["contact"]):
        found.append(pages.hand_over(about["contact"], contact))
    spoken = language(about["language"])
    terms = index.terms(found, spoken, groups)
    told: dict[str, Any] = {
        "pages": len(found),
        "contact": places.get(about["contact"], -1),
        "person": len(found) - 1 if contact else -1,
        "minor": [i for i, page in enumerate(found) if page.minor],
    }
    if len(found) <= encoding.ONE_FILE:
        content = encoding.one_file(found, terms, told)
    else:
        terms = index.with_groups(terms)
        parts = dict(encoding.parts(found, terms))
        told["folder"] = assets.digest(b"".join(parts.values()))
        (folder / told["folder"]).mkdir()
        for name, part in parts.items():
            (folder / told["folder"] / f"{name}.bin").write_bytes(part)
        content = encoding.manifest(found, terms, told)
    (folder / "index.bin").write_bytes(content)
    (site / worker_path(about)).write_bytes(_worker(about))


def worker_path(about: About) -> str:
    """Return the worker's path in the built site; `about` needs no pages for it."""
    return assets.named(f"{FOLDER}/worker.js", _worker(about))


def _worker(about: About) -> bytes:
    named = {"contact": about["contact"], "questions": about["questions"]}
    return worker.script(language(about["language"]), named)
