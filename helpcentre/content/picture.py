"""Picture files under docs/: which of them pages can show, and how large they are."""

import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from macros.layout import DOCS

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
MAX_FILE, MAX_PIXELS = 20_000_000, 40_000_000
"""Bytes of a file, and pixels of a picture: 600 MB of memory while it is made small."""
_MAX_SCANS = 100
"""Of a JPEG, each of which may take as long as all of it; cameras and programs write about ten."""


def files(root: Path) -> Iterator[Path]:
    """Yield every picture under docs/ of the project at `root`, in order."""
    for path in sorted(path for path in (root / DOCS).rglob("*") if path.suffix in SUFFIXES):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path


def read(path: Path) -> bytes:
    """Return the content of the file. Raises ValueError if it is too large."""
    if (size := path.stat().st_size) > MAX_FILE:
        raise ValueError(f"expected a picture of at most {MAX_FILE // 10**6} MB, found {size}")
    return path.read_bytes()


def opened(content: bytes) -> Image.Image:
    """Return a picture that is not yet decoded. Raises ValueError, with why pages cannot show it.

    How long this takes, and decoding it later, does not depend on what the content claims.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=FORMATS)
        # A phone's JPEG may have a second picture, for bright screens, which is no animation.
        is_animated = image.format != "MPO" and getattr(image, "is_animated", False)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(_too_many_pixels("more")) from error
    except Exception as error:  # Pillow raises all kinds for damaged files
        raise ValueError(f"cannot be read as a picture: {error}") from error
    if image.width * image.height > MAX_PIXELS:
        raise ValueError(_too_many_pixels(f"{image.width} x {image.height}"))
    if is_animated:
        raise ValueError("is animated: save one picture of it for each step")
    if image.mode.startswith(("I", "F")):
        raise ValueError("has more than 8 bits a colour: save it with 8")
    if image.format in ("JPEG", "MPO") and content.count(b"\xff\xda") > _MAX_SCANS:
        raise ValueError("takes too long to be read: save it anew, as PNG")
    return image


def svg(content: bytes) -> str:
    """Return the text of an SVG. Raises ValueError if it is not in UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"cannot be read as a picture: {error}") from error


def svg_size(svg: str) -> tuple[float, float]:
    """Return the width and height of an SVG. Raises ValueError if it has none."""
    root = re.search(r"<svg\b[^>]*>", svg)
    said = dict(
        re.findall(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)", root[0] if root else "")
    )
    sizes = [re.fullmatch(r"([0-9.]+)(?:px)?", said.get(side, "")) for side in ("width", "height")]
    words = [size[1] for size in sizes if size]
    if len(words) < 2:
        words = re.split(r"[\s,]+", said.get("viewBox", "").strip())[2:]
    try:
        width, height = map(float, words)
    except ValueError:
        width = height = 0
    if min(width, height) <= 0:
        raise ValueError("has no size: give its <svg> a 'viewBox', or 'width' and 'height'")
    return width, height


def _too_many_pixels(found: str) -> str:
    return f"expected at most {MAX_PIXELS // 10**6} million pixels, found {found}: make it smaller"
