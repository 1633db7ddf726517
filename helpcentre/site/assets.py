"""Files that pages fetch, minified."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import minify

_KINDS = {".js": "text/javascript", ".css": "text/css"}


def of_theme(theme: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each asset of the folder `theme`: its path there, and its content as browsers get it.

    Scripts and stylesheets are without what no browser needs.
    """
    files = (path for path in (theme / "assets").rglob("*") if path.is_file())
    for path in sorted(path for path in files if not path.name.startswith(".")):
        content = path.read_bytes()
        if kind := _KINDS.get(path.suffix):
            content = minify.string(kind, content.decode()).encode()
        yield path.relative_to(theme).as_posix(), content


def data_uri(svg: str) -> str:
    """Return a small picture as an address that contains it, so that no page has to fetch it."""
    return f"data:image/svg+xml,{quote(svg.strip(), safe=' /=:;,')}".replace(" ", "%20")


def script(parts: Iterable[str]) -> bytes:
    """Return one script made of `parts`, each after those whose names it uses."""
    # Inside a function no name is global, so that the minifier may shorten all of them.
    text: str = minify.string("text/javascript", "\n".join(["(() => {", *parts, "})();"]))
    return text.encode()
