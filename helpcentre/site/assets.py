"""Files that pages fetch, minified."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import minify


def minified(path: str, content: bytes) -> bytes:
    """Return a script or stylesheet without what no browser needs; anything else as it is."""
    kind = {".js": "text/javascript", ".css": "text/css"}.get(Path(path).suffix)
    return minify.string(kind, content.decode()).encode() if kind else content


def data_uri(svg: str) -> str:
    """Return a small picture as an address that contains it, so that no page has to fetch it."""
    return f"data:image/svg+xml,{quote(svg.strip(), safe=' /=:;,')}".replace(" ", "%20")


def script(parts: Iterable[str | Path]) -> bytes:
    """Return one script made of `parts`, texts or files, each after those whose names it uses."""
    texts = (part.read_text(encoding="utf-8") if isinstance(part, Path) else part for part in parts)
    # Inside a function no name is global, so that the minifier may shorten all of them.
    text: str = minify.string("text/javascript", "\n".join(["(() => {", *texts, "})();"]))
    return text.encode()
