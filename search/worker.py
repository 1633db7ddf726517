"""The program that answers in the browser: one script of the parts in browser/."""

import json
from collections.abc import Mapping
from pathlib import Path

from publish import assets
from search.language import Language

_FOLDER = Path(__file__).parent
_PARTS = ("language", "index", "ranking", "worker")
"""Scripts of browser/, each after those whose names it uses."""


def script(language: Language, pages: Mapping[str, str]) -> bytes:
    """Return the worker for `language`, with the addresses of the `pages` it names."""
    about = {
        "tag": language.tag,
        "stop": " ".join(sorted(language.stop)),
        "light": " ".join(sorted(language.light)),
        "texts": language.texts,
        "pages": pages,
    }
    stemmer = _FOLDER / "languages" / f"{language.tag}.js"
    return assets.script(
        [
            f"const LANGUAGE = {json.dumps(about, ensure_ascii=False)};",
            stemmer if stemmer.exists() else "const stemOf = (word) => word;",
            *(_FOLDER / "browser" / f"{part}.js" for part in _PARTS),
        ]
    )
