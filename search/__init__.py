"""Search: what its index is made of, how it is written, and the worker that asks it."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from search import encoding, index, pages, worker
from search.language import Language

FOLDER = "search"
"""In the built site."""


def build(
    site: Path,
    front_matter: Mapping[str, Mapping[str, Any]],
    groups: Iterable[tuple[str, ...]],
    language: Language,
    named: Mapping[str, str],
) -> None:
    """Write the search of the built `site` into its folder search/, in place of what is there.

    `front_matter` is by address; `groups` are synonyms; `named` are the addresses of the pages that
    the search box hands over to, "contact" and "questions".

        index.bin           the index, or on a large site what is in its parts
        <hash>/terms-0.bin  those parts, in a folder with a hash of them all in its name
        worker.<hash>.js    what answers questions in the browser
        search_index.json   what the theme asks for on every page; it holds no pages
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = list(pages.read(site, front_matter))
    terms = index.terms(found, language, groups)
    about: dict[str, Any] = {
        "pages": len(found),
        "person": next((i for i, page in enumerate(found) if page.url == named["contact"]), -1),
        "minor": [i for i, page in enumerate(found) if page.minor],
    }
    if len(found) <= encoding.ONE_FILE:
        content = encoding.one_file(found, terms, about)
    else:
        terms = index.with_groups(terms)
        parts = dict(encoding.parts(found, terms))
        about["folder"] = _hash(b"".join(parts.values()))
        (folder / about["folder"]).mkdir()
        for name, part in parts.items():
            (folder / about["folder"] / f"{name}.bin").write_bytes(part)
        content = encoding.manifest(found, terms, about)
    (folder / "index.bin").write_bytes(content)
    program = worker.script(language, named)
    (site / worker_path(language, named)).write_text(program, encoding="utf-8")
    # The theme marks words on the opened page by this separator.
    config = {"lang": [language.tag], "separator": r"[\s\-]+", "pipeline": []}
    (folder / "search_index.json").write_text(json.dumps({"config": config, "docs": []}))


def worker_path(language: Language, named: Mapping[str, str]) -> str:
    """Return the worker's path in the built site, known before there are pages."""
    return f"{FOLDER}/worker.{_hash(worker.script(language, named).encode())}.js"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
