"""Files that pages fetch: made small, and named by their content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import minify


def named(path: str, content: bytes) -> str:
    """Return `path`, such as search/worker.js, with a hash of `content`: search/worker.1a2b3c.js.

    A file under such a name never changes, so that browsers may keep it for ever.
    """
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{digest(content)}{dot}{ending}"


def digest(content: bytes) -> str:
    """Return the hash of `content` that names carry."""
    return hashlib.sha256(content).hexdigest()[:10]


def small(path: str, content: bytes) -> bytes:
    """Return a script or stylesheet without what no browser needs; anything else as it is."""
    kind = {".js": "text/javascript", ".css": "text/css"}.get(Path(path).suffix)
    return minify.string(kind, content.decode()).encode() if kind else content


def data_uri(svg: str) -> str:
    """Return a small picture as an address that holds it, so that no page has to fetch it."""
    return f"data:image/svg+xml,{quote(svg.strip(), safe=' /=:;,')}".replace(" ", "%20")


def script(parts: Iterable[str | Path]) -> bytes:
    """Return one small script of `parts`, texts or files, each after those whose names it uses."""
    texts = (part.read_text(encoding="utf-8") if isinstance(part, Path) else part for part in parts)
    # Inside a function no name is global, so that the minifier may shorten all of them.
    small: str = minify.string("text/javascript", "\n".join(["(() => {", *texts, "})();"]))
    return small.encode()
