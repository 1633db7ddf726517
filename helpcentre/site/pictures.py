"""Pictures as pages show them: small, in the widths that screens need, without metadata."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import minify
from PIL import Image, ImageCms, ImageOps

from helpcentre.content import hashed, phrases, picture
from helpcentre.site.built_pages import read_page
from macros.layout import DOCS, WORK
from macros.problem import Problem

WIDTHS = (800, 1600)
"""In the picture's pixels: for phones, and for other screens."""
MAX_BYTES = 300_000
"""Of each file: what a slow phone loads in some seconds."""
COLUMN, MARGINS = 736, 32
"""In the page's pixels: what theme/assets/style.css leaves a picture, and what phones do not."""
MAX_HEIGHT, MIN_WIDTH = 800, 320
"""In the page's pixels: a tall picture is shown smaller, but never narrower than a phone."""
KEPT = "pictures"
"""In the folder of what builds keep."""

Size = tuple[float, float]


@dataclass(frozen=True)
class Picture:
    """A picture of a page."""

    width: int
    height: int
    """In the page's pixels, where there is room."""
    files: Mapping[str, bytes]
    """By path in the site, the smallest first."""
    widths: tuple[int, ...]
    """Of these files, in their own pixels."""

    @property
    def name(self) -> str:
        """The name of the largest file, which pages name."""
        return list(self.files)[-1].rpartition("/")[2]


def make_all(sources: Iterable[str], root: Path, made: dict[str, Picture]) -> list[Problem]:
    """Add to `made`, by their paths under docs/, those of the files `sources` that it lacks.

    Returns a problem for each that cannot be shown. Search phrases are no pictures.
    """
    problems = []
    for source in sources:
        if not source.endswith(phrases.SUFFIX) and source not in made:
            try:
                made[source] = make(source, root / DOCS / source, root / WORK)
            except ValueError as error:
                problems.append(Problem(f"{DOCS}/{source}", 1, str(error)))
    return problems


def make(source: str, path: Path, work: Path) -> Picture:
    """Return the picture at `path`, which is `source` under docs/, as pages show it.

    What was encoded is kept in the folder `work`. Raises ValueError, with why it cannot be shown.
    """
    content = picture.read(path)
    name, _, suffix = source.removeprefix("assets/").rpartition(".")
    if suffix == "svg":
        svg = picture.svg(content)
        for why in read_page(svg).refused:
            raise ValueError(why)
        made: dict[Size, bytes] = {
            picture.svg_size(svg): minify.string("image/svg+xml", svg).encode()
        }
    else:
        suffix = "webp"
        made = _kept(content, work / KEPT)
    width, height = max(made)
    made = {
        size: file
        for size, file in made.items()
        if size == (width, height) or len(file) < len(made[width, height])
    }
    if (size := max(map(len, made.values()))) > MAX_BYTES:
        message = f"takes {size // 1000} KB when it is made small: expected at most"
        raise ValueError(f"{message} {MAX_BYTES // 1000}; cut out what matters")
    shown_width = min(width, max(MIN_WIDTH, MAX_HEIGHT * width / height))
    return Picture(
        max(1, round(shown_width)),
        max(1, round(shown_width * height / width)),
        {hashed.named(f"assets/{name}.{suffix}", file): file for _, file in sorted(made.items())},
        tuple(round(width) for width, _ in sorted(made)),
    )


def shown(page: str, pictures: Mapping[str, Picture]) -> str:
    """Return the HTML of a page, whose pictures now say their sizes, and load when they are near.

    `pictures` are by name.
    """

    def image(match: re.Match[str]) -> str:
        start, folder, name = match.groups()
        if not (found := pictures.get(name)):
            return match[0]
        column = min(found.width, COLUMN)
        names = (file.rpartition("/")[2] for file in found.files)
        choice = ", ".join(
            f"{folder}{file} {w}w" for file, w in zip(names, found.widths, strict=True)
        )
        sizes = f"(max-width: {column + MARGINS}px) calc(100vw - {MARGINS}px), {column}px"
        srcset = f'srcset="{choice}" sizes="{sizes}" ' if len(found.files) > 1 else ""
        size = f'width="{found.width}" height="{found.height}"'
        return f'{start}{folder}{name}" {srcset}{size} loading="lazy" decoding="async"'

    return re.sub(r'(<img\b[^>]*?\bsrc=")([^"]*?)([^/"]+)"', image, page)


def _kept(content: bytes, folder: Path) -> dict[Size, bytes]:
    """Return the files of a picture by their sizes; it is encoded at the first time only."""
    made_from = version("pillow").encode() + Path(__file__).read_bytes() + content
    kept = folder / hashed.digest(made_from)
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(mkdtemp(dir=folder))
        for (width, height), file in _encoded(content).items():
            (unfinished / f"{width}x{height}").write_bytes(file)
        with suppress(OSError):  # another build was quicker
            unfinished.rename(kept)
    files = {path.name.partition("x"): path.read_bytes() for path in kept.iterdir()}
    return {(int(width), int(height)): file for (width, _, height), file in files.items()}


def _encoded(content: bytes) -> dict[tuple[int, int], bytes]:
    """Return the files of a picture by their sizes, in the browsers' own space of colours."""
    image = picture.opened(content)
    files = {}
    try:
        image.draft("RGB", (2 * max(WIDTHS), 2 * max(WIDTHS)))  # a large JPEG is read small at once
        ImageOps.exif_transpose(image, in_place=True)
        profile = image.info.get("icc_profile")
        if (mode := "RGBA" if image.has_transparency_data else "RGB") != image.mode:
            image = image.convert(mode)
        if profile:
            with suppress(ImageCms.PyCMSError):  # a profile for other colours, such as a printer's
                wide = ImageCms.ImageCmsProfile(BytesIO(profile))
                ImageCms.profileToProfile(image, wide, ImageCms.createProfile("sRGB"), inPlace=True)
        for width in {min(image.width, width) for width in WIDTHS}:
            size = (width, max(1, round(image.height * width / image.width)))
            small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
            # Text on plain ground takes a third of the space, and is sharp, without loss.
            attempts = [_webp(small, quality=80), _webp(small, quality=20, lossless=True)]
            files[size] = min(attempts, key=len)
    except Exception as error:  # Pillow raises all kinds for damaged files
        raise ValueError(f"cannot be read as a picture: {error}") from error
    return files


def _webp(image: Image.Image, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()
