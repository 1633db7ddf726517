"""Files that the build makes: scripts of several parts, and names with a hash of the content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

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


def script(parts: Iterable[str | Path]) -> bytes:
    """Return one small script of `parts`, texts or files, each after those whose names it uses."""
    texts = (part.read_text(encoding="utf-8") if isinstance(part, Path) else part for part in parts)
    # Inside a function no name is global, so that the minifier may shorten all of them.
    small: str = minify.string("text/javascript", "\n".join(["(() => {", *texts, "})();"]))
    return small.encode()
