"""The program that answers in the browser: one script of the parts in browser/, made small."""

import json
from collections.abc import Mapping
from pathlib import Path

import minify

from search.language import Language

_FOLDER = Path(__file__).parent
_PARTS = ("language", "index", "ranking", "worker")
"""Scripts of browser/, each after those whose names it uses."""


def script(language: Language, pages: Mapping[str, str]) -> str:
    """Return the worker for `language`, with the addresses of the `pages` it names."""
    about = {
        "tag": language.tag,
        "stop": " ".join(sorted(language.stop)),
        "light": " ".join(sorted(language.light)),
        "texts": language.texts,
        "pages": pages,
    }
    stemmer = _FOLDER / "languages" / f"{language.tag}.js"
    source = [
        f"const LANGUAGE = {json.dumps(about, ensure_ascii=False)};",
        stemmer.read_text(encoding="utf-8")
        if stemmer.exists()
        else "const stemOf = (word) => word;",
        *((_FOLDER / "browser" / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS),
    ]
    # Inside a function no name is global, so that the minifier may shorten all of them.
    whole = "\n".join(["(() => {", *source, "})();"])
    small: str = minify.string("text/javascript", whole)
    return small
